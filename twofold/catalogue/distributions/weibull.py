"""The Weibull law, by shape and scale."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Weibull",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (0.8, 4)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="shape/scale*(x/scale)^(shape - 1)*exp(-(x/scale)^shape)",
    closed={
        "mean": "scale*gamma(1 + 1/shape)",
        "variance": "scale^2*(gamma(1 + 2/shape) - gamma(1 + 1/shape)^2)",
        "median": "scale*log(2)^(1/shape)",
        "mode": "{scale*((shape - 1)/shape)^(1/shape) if shape > 1; 0 otherwise}",
        "entropy": "euler_gamma*(1 - 1/shape) + log(scale/shape) + 1",
        "cdf": "1 - exp(-(x/scale)^shape)",
        "survival": "exp(-(x/scale)^shape)",
        "quantile": "scale*(-log(1 - q))^(1/shape)",
        "mgf": Absent("an infinite series"),
        "moment": "scale^k*gamma(1 + k/shape) given shape + k > 0",
        "log_moment": "log(scale) - euler_gamma/shape",
        "inverse_moment": "gamma(1 - 1/shape)/scale given shape > 1",
    },
    summary="a lifetime whose hazard is a power of the time",
    examples=(Example("median(Weibull(1, 3))", "3*log(2)"), Example("mean(Weibull(1, 3))", "3")),
    oracle=("scipy.stats:weibull_min", {"c": "shape", "scale": "scale"}),
    relations=("pdf(Weibull(1, 1/2), 3) == pdf(Exponential(2), 3)",),
)
