"""The Fréchet law of largest values, by shape and scale."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Frechet",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (4.5, 8)),
        Parameter("scale", "scale > 0", "a positive scale", (0.4, 3)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="shape/scale*(x/scale)^(-1 - shape)*exp(-(x/scale)^(-shape))",
    closed={
        "mean": "scale*gamma(1 - 1/shape) given shape > 1",
        "variance": "scale^2*(gamma(1 - 2/shape) - gamma(1 - 1/shape)^2) given shape > 2",
        "median": "scale/log(2)^(1/shape)",
        "mode": "scale*(shape/(1 + shape))^(1/shape)",
        "entropy": "1 + euler_gamma/shape + euler_gamma + log(scale/shape)",
        "cdf": "exp(-(x/scale)^(-shape))",
        "quantile": "scale*(-log(q))^(-1/shape)",
        "moment": "scale^k*gamma(1 - k/shape) given shape > k",
        "log_moment": "log(scale) + euler_gamma/shape",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
    },
    summary="the extreme-value law with a heavy tail",
    examples=(Example("median(Frechet(1, 1))", "1/log(2)"),),
    oracle=("scipy.stats:invweibull", {"c": "shape", "scale": "scale"}),
)
