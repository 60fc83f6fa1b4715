"""The zeta (Zipf) law on the positive integers."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Zeta",
    parameters=(Parameter("s", "s > 1", "an exponent above 1", (8.5, 11)),),
    support=("1", "oo"),
    discrete=True,
    density="x^(-s)/zeta(s)",
    closed={
        "mean": "zeta(s - 1)/zeta(s) given s > 2",
        "variance": "(zeta(s)*zeta(s - 2) - zeta(s - 1)^2)/zeta(s)^2 given s > 3",
        "mode": "1",
        "moment": "zeta(s - k)/zeta(s) given s > k + 1",
        "inverse_moment": "zeta(s + 1)/zeta(s)",
        "mgf": Absent("a polylogarithm, finite only for t <= 0"),
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="positive integers with probability in proportion to x^(-s)",
    aliases=("Zipf",),
    examples=(Example("mode(Zeta(3))", "1"),),
    natural=(("-s", "log(x)"),),
    normaliser="log(zeta(s))",
    base="1",
    oracle=("scipy.stats:zipf", {"a": "s"}),
    others=({"": "natural1", "s": "-natural1"},),
)
