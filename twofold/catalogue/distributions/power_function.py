"""The power function law on (0, 1)."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="PowerFunction",
    parameters=(Parameter("a", "a > 0", "a positive exponent", (0.7, 5)),),
    support=("0", "1"),
    discrete=False,
    density="a*x^(a - 1)",
    closed={
        "mean": "a/(a + 1)",
        "variance": "a/((a + 1)^2*(a + 2))",
        "median": "2^(-1/a)",
        "mode": Absent("the density is largest at an end, which one depends on a"),
        "entropy": "1 - 1/a - log(a)",
        "cdf": "x^a",
        "survival": "1 - x^a",
        "quantile": "q^(1/a)",
        "moment": "a/(a + k) given a + k > 0",
        "log_moment": "-1/a",
    },
    summary="the largest of a uniform numbers, for a whole a",
    examples=(Example("mean(PowerFunction(2))", "2/3"),),
    natural=(("a - 1", "log(x)"),),
    normaliser="-log(a)",
    base="1",
    oracle=("scipy.stats:powerlaw", {"a": "a"}),
    others=({"": "natural1", "a": "natural1 + 1"},),
)
