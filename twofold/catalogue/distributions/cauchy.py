"""The Cauchy law: no mean, no variance."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

_NONE = Absent("the expectation does not exist: the tails are too heavy", exists=False)

SPEC = Law(
    name="Cauchy",
    parameters=(
        Parameter("location", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="1/(pi*scale*(1 + ((x - location)/scale)^2))",
    closed={
        "mean": _NONE,
        "variance": _NONE,
        "skewness": _NONE,
        "kurtosis": _NONE,
        "moment": _NONE,
        "mgf": _NONE,
        "median": "location",
        "mode": "location",
        "entropy": "log(4*pi*scale)",
        "cdf": "1/2 + atan((x - location)/scale)/pi",
        "survival": "1/2 - atan((x - location)/scale)/pi",
        "quantile": "location + scale*tan(pi*(q - 1/2))",
        "cf": "exp(im*location*t - scale*abs(t))",
    },
    summary="the Cauchy law with its median and scale; it has no mean",
    examples=(Example("median(Cauchy(3, 1))", "3"), Example("quantile(Cauchy(0, 1), 3/4)", "1")),
    oracle=("scipy.stats:cauchy", {"loc": "location", "scale": "scale"}),
)
