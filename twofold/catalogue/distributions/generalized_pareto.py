"""The generalised Pareto law of excesses over a high threshold, by shape and scale."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="GeneralizedPareto",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (0.05, 0.2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.4, 3)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="(1 + shape*x/scale)^(-1/shape - 1)/scale",
    closed={
        "mean": "scale/(1 - shape) given shape < 1",
        "variance": "scale^2/((1 - shape)^2*(1 - 2*shape)) given shape < 1/2",
        "median": "scale*(2^shape - 1)/shape",
        "mode": "0",
        "skewness": "2*(1 + shape)*sqrt(1 - 2*shape)/(1 - 3*shape) given shape < 1/3",
        "entropy": "log(scale) + shape + 1",
        "cdf": "1 - (1 + shape*x/scale)^(-1/shape)",
        "survival": "(1 + shape*x/scale)^(-1/shape)",
        "quantile": "scale*((1 - q)^(-shape) - 1)/shape",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
    },
    summary="excesses over a threshold, with a tail that falls like x^(-1/shape)",
    examples=(Example("mean(GeneralizedPareto(1/2, 3))", "6"),),
    oracle=("scipy.stats:genpareto", {"c": "shape", "scale": "scale"}),
)
