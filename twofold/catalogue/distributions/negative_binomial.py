"""The negative binomial law, counting failures."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="NegativeBinomial",
    parameters=(
        Parameter("r", "r > 0", "a positive number of successes to wait for", (0.5, 8)),
        Parameter("p", "0 < p and p <= 1", "a probability, above 0 and at most 1", (0.15, 0.95)),
    ),
    support=("0", "oo"),
    discrete=True,
    density="gamma(x + r)/(gamma(r)*factorial(x))*p^r*(1 - p)^x",
    closed={
        "mean": "r*(1 - p)/p",
        "variance": "r*(1 - p)/p^2",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "{0 if r <= 1; floor((r - 1)*(1 - p)/p) otherwise}",
        "skewness": "(2 - p)/sqrt(r*(1 - p))",
        "kurtosis": "6/r + p^2/(r*(1 - p))",
        "entropy": Absent("an infinite sum without a shorter form"),
        "cdf": "betainc(r, x + 1, p)",
        "mgf": "(p/(1 - (1 - p)*exp(t)))^r given (1 - p)*exp(t) < 1",
        "cf": "(p/(1 - (1 - p)*exp(im*t)))^r",
        "factorial_moment": "rising(r, k)*((1 - p)/p)^k",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="the number of failures before the r-th success",
    examples=(Example("mean(NegativeBinomial(3, 1/2))", "3"), Example("pmf(NegativeBinomial(2, 1/2), 1)", "1/4")),
    natural=(("log(1 - p)", "x"),),
    normaliser="-r*log(p)",
    base="gamma(x + r)/(gamma(r)*factorial(x))",
    oracle=("scipy.stats:nbinom", {"n": "r", "p": "p"}),
    others=(
        {"": "mean p", "r": "mean*p/(1 - p)", "p": "p"},
        {"": "r mean", "r": "r", "p": "r/(r + mean)"},
        {"": "r natural1", "r": "r", "p": "1 - exp(natural1)"},
    ),
)
