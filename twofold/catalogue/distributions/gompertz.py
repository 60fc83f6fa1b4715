"""The Gompertz law of lifetimes, by shape and rate."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Gompertz",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (0.2, 3)),
        Parameter("rate", "rate > 0", "a positive rate", (0.4, 3)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="rate*shape*exp(shape + rate*x - shape*exp(rate*x))",
    closed={
        "mean": "-exp(shape)*Ei(-shape)/rate",
        "median": "log(1 + log(2)/shape)/rate",
        "mode": "{-log(shape)/rate if shape < 1; 0 otherwise}",
        "entropy": "1 - log(rate*shape) + exp(shape)*Ei(-shape)",
        "cdf": "1 - exp(-shape*(exp(rate*x) - 1))",
        "survival": "exp(-shape*(exp(rate*x) - 1))",
        "quantile": "log(1 - log(1 - q)/shape)/rate",
        "variance": Absent("a generalised exponential integral"),
    },
    summary="a lifetime whose hazard grows exponentially",
    examples=(Example("median(Gompertz(1, 2))", "log(1 + log(2))/2"),),
    oracle=("scipy.stats:gompertz", {"c": "shape", "scale": "1/rate"}),
)
