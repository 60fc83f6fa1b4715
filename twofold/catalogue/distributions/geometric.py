"""The geometric law on 1, 2, 3, …: trials up to and including the first success."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Geometric",
    parameters=(Parameter("p", "0 < p and p <= 1", "a probability, above 0 and at most 1", (0.1, 0.95)),),
    support=("1", "oo"),
    discrete=True,
    density="p*(1 - p)^(x - 1)",
    closed={
        "mean": "1/p",
        "variance": "(1 - p)/p^2",
        "median": Absent("the quantile at 1/2: it depends on rounding log(2)"),
        "mode": "1",
        "skewness": "(2 - p)/sqrt(1 - p)",
        "kurtosis": "6 + p^2/(1 - p)",
        "entropy": "(-(1 - p)*log(1 - p) - p*log(p))/p",
        "cdf": "1 - (1 - p)^x",
        "survival": "(1 - p)^x",
        "quantile": "ceil(log(1 - q)/log(1 - p))",
        "mgf": "p*exp(t)/(1 - (1 - p)*exp(t)) given (1 - p)*exp(t) < 1",
        "cf": "p*exp(im*t)/(1 - (1 - p)*exp(im*t))",
        "factorial_moment": "factorial(k)*(1 - p)^(k - 1)/p^k given k >= 1",
        "inverse_moment": "-p*log(p)/(1 - p)",
    },
    summary="the number of trials up to and including the first success; 1, 2, 3, …",
    examples=(Example("mean(Geometric(1/4))", "4"), Example("pmf(Geometric(1/4), 2)", "3/16")),
    natural=(("log(1 - p)", "x"),),
    normaliser="log((1 - p)/p)",
    base="1",
    oracle=("scipy.stats:geom", {"p": "p"}),
    others=({"": "mean", "p": "1/mean"}, {"": "natural1", "p": "1 - exp(natural1)"}),
)
