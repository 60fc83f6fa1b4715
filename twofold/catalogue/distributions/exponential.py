"""The exponential law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Exponential",
    parameters=(Parameter("rate", "rate > 0", "a positive rate (one over the mean)", (0.2, 5)),),
    support=("0", "oo"),
    discrete=False,
    density="rate*exp(-rate*x)",
    closed={
        "mean": "1/rate",
        "variance": "1/rate^2",
        "median": "log(2)/rate",
        "mode": "0",
        "skewness": "2",
        "kurtosis": "6",
        "entropy": "1 - log(rate)",
        "cdf": "1 - exp(-rate*x)",
        "survival": "exp(-rate*x)",
        "quantile": "-log(1 - q)/rate",
        "mgf": "rate/(rate - t) given t < rate",
        "cf": "rate/(rate - im*t)",
        "moment": "gamma(k + 1)/rate^k given k > -1",
        "log_moment": "-euler_gamma - log(rate)",
    },
    summary="a waiting time without memory, with the given rate",
    examples=(Example("mean(Exponential(1/3))", "3"), Example("median(Exponential(2))", "log(2)/2")),
    natural=(("-rate", "x"),),
    normaliser="-log(rate)",
    base="1",
    oracle=("scipy.stats:expon", {"scale": "1/rate"}),
    others=({"": "mean", "rate": "1/mean"}, {"": "scale", "rate": "1/scale"}, {"": "natural1", "rate": "-natural1"}),
    relations=("pdf(Exponential(2), 3) == pdf(Gamma(1, 2), 3)",),
)
