"""Wigner's semicircle law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="WignerSemicircle",
    parameters=(Parameter("radius", "radius > 0", "a positive radius", (0.4, 3)),),
    support=("-radius", "radius"),
    discrete=False,
    density="2/(pi*radius^2)*sqrt(radius^2 - x^2)",
    closed={
        "mean": "0",
        "variance": "radius^2/4",
        "median": "0",
        "mode": "0",
        "skewness": "0",
        "kurtosis": "-1",
        "entropy": "log(pi*radius) - 1/2",
        "cdf": "1/2 + x*sqrt(radius^2 - x^2)/(pi*radius^2) + asin(x/radius)/pi",
        "mgf": "{1 if t == 0; 2*besseli(1, radius*t)/(radius*t) otherwise}",
    },
    summary="a density that is a half circle around 0",
    examples=(Example("variance(WignerSemicircle(2))", "1"),),
    oracle=("scipy.stats:semicircular", {"scale": "radius"}),
)
