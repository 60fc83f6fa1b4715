"""The uniform law on an interval."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Uniform",
    parameters=(
        Parameter("a", "true", "a real number", (-3, 1)),
        Parameter("b", "b > a", "a real number above the first one", (1.5, 4)),
    ),
    support=("a", "b"),
    discrete=False,
    density="1/(b - a)",
    closed={
        "mean": "(a + b)/2",
        "variance": "(b - a)^2/12",
        "median": "(a + b)/2",
        "mode": Absent("the density is the same everywhere on the support"),
        "skewness": "0",
        "kurtosis": "-6/5",
        "entropy": "log(b - a)",
        "cdf": "(x - a)/(b - a)",
        "survival": "(b - x)/(b - a)",
        "quantile": "a + q*(b - a)",
        "mgf": "{1 if t == 0; (exp(b*t) - exp(a*t))/(t*(b - a)) otherwise}",
        "cf": "{1 if t == 0; (exp(im*b*t) - exp(im*a*t))/(im*t*(b - a)) otherwise}",
        "log_moment": "{log(b) - 1 if a == 0; (b*log(b) - a*log(a))/(b - a) - 1 otherwise} given a >= 0",
        "moment": "sum(a^j*b^(k - j), j = 0..k)/(k + 1) given k >= 0",
    },
    summary="a number between a and b, every interval in proportion to its length",
    examples=(Example("mean(Uniform(2, 4))", "3"), Example("variance(Uniform(0, 1))", "1/12")),
    oracle=("scipy.stats:uniform", {"loc": "a", "scale": "b - a"}),
)
