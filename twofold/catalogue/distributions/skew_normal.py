"""The skew normal law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="SkewNormal",
    parameters=(
        Parameter("location", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.4, 3)),
        Parameter("slant", "true", "a real number, 0 for the normal law", (-4, 4)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="2/scale*exp(-((x - location)/scale)^2/2)/sqrt(2*pi)*Phi(slant*(x - location)/scale)",
    closed={
        "mean": "location + scale*slant/sqrt(1 + slant^2)*sqrt(2/pi)",
        "variance": "scale^2*(1 - 2*slant^2/(pi*(1 + slant^2)))",
        "mgf": "2*exp(location*t + scale^2*t^2/2)*Phi(scale*slant/sqrt(1 + slant^2)*t)",
        "median": Absent("the cdf is not inverted by a formula"),
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="a normal law leaning to one side",
    examples=(Example("mean(SkewNormal(0, 1, 1))", "1/sqrt(pi)"),),
    oracle=("scipy.stats:skewnorm", {"a": "slant", "loc": "location", "scale": "scale"}),
)
