"""The Poisson law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Poisson",
    parameters=(Parameter("rate", "rate > 0", "a positive rate", (0.2, 12)),),
    support=("0", "oo"),
    discrete=True,
    density="rate^x*exp(-rate)/factorial(x)",
    closed={
        "mean": "rate",
        "variance": "rate",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "floor(rate)",
        "skewness": "1/sqrt(rate)",
        "kurtosis": "1/rate",
        "entropy": Absent("an infinite sum without a shorter form"),
        "cdf": "uppergamma(x + 1, rate)/gamma(x + 1)",
        "mgf": "exp(rate*(exp(t) - 1))",
        "cf": "exp(rate*(exp(im*t) - 1))",
        "factorial_moment": "rate^k",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="a count of rare events with mean rate",
    examples=(Example("variance(Poisson(4))", "4"), Example("pmf(Poisson(2), 0)", "exp(-2)")),
    natural=(("log(rate)", "x"),),
    normaliser="rate",
    base="1/factorial(x)",
    oracle=("scipy.stats:poisson", {"mu": "rate"}),
    others=({"": "mean", "rate": "mean"}, {"": "natural1", "rate": "exp(natural1)"}),
)
