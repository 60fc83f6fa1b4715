"""The log-logistic law, by scale and shape."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="LogLogistic",
    parameters=(
        Parameter("scale", "scale > 0", "a positive scale (the median)", (0.4, 3)),
        Parameter("shape", "shape > 0", "a positive shape", (4.5, 8)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="shape/scale*(x/scale)^(shape - 1)/(1 + (x/scale)^shape)^2",
    closed={
        "mean": "scale*pi/shape/sin(pi/shape) given shape > 1",
        "variance": "scale^2*(2*pi/shape/sin(2*pi/shape) - (pi/shape)^2/sin(pi/shape)^2) given shape > 2",
        "median": "scale",
        "mode": "{scale*((shape - 1)/(shape + 1))^(1/shape) if shape > 1; 0 otherwise}",
        "entropy": "log(scale) - log(shape) + 2",
        "cdf": "1/(1 + (x/scale)^(-shape))",
        "survival": "1/(1 + (x/scale)^shape)",
        "quantile": "scale*(q/(1 - q))^(1/shape)",
        "log_moment": "log(scale)",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
    },
    summary="a variable whose logarithm is logistic",
    examples=(Example("cdf(LogLogistic(2, 3), 2)", "1/2"),),
    oracle=("scipy.stats:fisk", {"c": "shape", "scale": "scale"}),
)
