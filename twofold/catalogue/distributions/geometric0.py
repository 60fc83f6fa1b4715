"""The geometric law on 0, 1, 2, …: failures before the first success."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Geometric0",
    parameters=(Parameter("p", "0 < p and p <= 1", "a probability, above 0 and at most 1", (0.1, 0.95)),),
    support=("0", "oo"),
    discrete=True,
    density="p*(1 - p)^x",
    closed={
        "mean": "(1 - p)/p",
        "variance": "(1 - p)/p^2",
        "median": Absent("the quantile at 1/2: it depends on rounding log(2)"),
        "mode": "0",
        "skewness": "(2 - p)/sqrt(1 - p)",
        "kurtosis": "6 + p^2/(1 - p)",
        "entropy": "(-(1 - p)*log(1 - p) - p*log(p))/p",
        "cdf": "1 - (1 - p)^(x + 1)",
        "survival": "(1 - p)^(x + 1)",
        "quantile": "max(0, ceil(log(1 - q)/log(1 - p)) - 1)",
        "mgf": "p/(1 - (1 - p)*exp(t)) given (1 - p)*exp(t) < 1",
        "cf": "p/(1 - (1 - p)*exp(im*t))",
        "factorial_moment": "factorial(k)*((1 - p)/p)^k",
    },
    summary="the number of failures before the first success; 0, 1, 2, …",
    examples=(Example("mean(Geometric0(1/4))", "3"), Example("pmf(Geometric0(1/4), 2)", "9/64")),
    natural=(("log(1 - p)", "x"),),
    normaliser="-log(p)",
    base="1",
    oracle=("scipy.stats:geom", {"p": "p", "loc": "-1"}),
    others=({"": "mean", "p": "1/(1 + mean)"}, {"": "natural1", "p": "1 - exp(natural1)"}),
    relations=("pmf(Geometric0(1/4), 3) == pmf(NegativeBinomial(1, 1/4), 3)",),
)
