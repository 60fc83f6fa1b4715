"""The gamma law, by shape and rate."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Gamma",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (0.6, 6)),
        Parameter("rate", "rate > 0", "a positive rate (one over the scale)", (0.3, 4)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="rate^shape/gamma(shape)*x^(shape - 1)*exp(-rate*x)",
    closed={
        "mean": "shape/rate",
        "variance": "shape/rate^2",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "(shape - 1)/rate given shape >= 1",
        "skewness": "2/sqrt(shape)",
        "kurtosis": "6/shape",
        "entropy": "shape - log(rate) + loggamma(shape) + (1 - shape)*digamma(shape)",
        "cdf": "lowergamma(shape, rate*x)/gamma(shape)",
        "survival": "uppergamma(shape, rate*x)/gamma(shape)",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": "(rate/(rate - t))^shape given t < rate",
        "cf": "(1 - im*t/rate)^(-shape)",
        "moment": "gamma(shape + k)/(gamma(shape)*rate^k) given shape + k > 0",
        "log_moment": "digamma(shape) - log(rate)",
        "inverse_moment": "rate/(shape - 1) given shape > 1",
    },
    summary="the gamma law with the given shape and rate; mean shape/rate",
    examples=(Example("mean(Gamma(3, 2))", "3/2"), Example("variance(Gamma(shape = 3, scale = 2))", "12")),
    natural=(("shape - 1", "log(x)"), ("-rate", "x")),
    normaliser="loggamma(shape) - shape*log(rate)",
    base="1",
    oracle=("scipy.stats:gamma", {"a": "shape", "scale": "1/rate"}),
    others=(
        {"": "shape scale", "shape": "shape", "rate": "1/scale"},
        {"": "mean variance", "shape": "mean^2/variance", "rate": "mean/variance"},
        {"": "natural1 natural2", "shape": "natural1 + 1", "rate": "-natural2"},
    ),
    relations=("pdf(Gamma(3/2, 1/2), 2) == pdf(ChiSquared(3), 2)",),
)
