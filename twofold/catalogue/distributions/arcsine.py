"""The arcsine law on (a, b)."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Arcsine",
    parameters=(
        Parameter("a", "true", "the smallest value", (-3, 0)),
        Parameter("b", "b > a", "the largest value", (0.5, 3)),
    ),
    support=("a", "b"),
    discrete=False,
    density="1/(pi*sqrt((x - a)*(b - x)))",
    closed={
        "mean": "(a + b)/2",
        "variance": "(b - a)^2/8",
        "median": "(a + b)/2",
        "mode": Absent("the density is unbounded at both ends"),
        "skewness": "0",
        "kurtosis": "-3/2",
        "entropy": "log(pi*(b - a)/4)",
        "cdf": "2/pi*asin(sqrt((x - a)/(b - a)))",
        "quantile": "a + (b - a)*sin(pi*q/2)^2",
    },
    summary="the density 1/(pi sqrt((x - a)(b - x)))",
    examples=(Example("variance(Arcsine(0, 1))", "1/8"), Example("median(Arcsine(0, 1))", "1/2")),
    oracle=("scipy.stats:arcsine", {"loc": "a", "scale": "b - a"}),
)
