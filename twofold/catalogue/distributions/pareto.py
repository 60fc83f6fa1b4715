"""The Pareto law, by scale (its smallest value) and shape."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Pareto",
    parameters=(
        Parameter("scale", "scale > 0", "a positive smallest value", (0.3, 3)),
        Parameter("shape", "shape > 0", "a positive shape (the tail's exponent)", (4.5, 9)),
    ),
    support=("scale", "oo"),
    discrete=False,
    density="shape*scale^shape/x^(shape + 1)",
    closed={
        "mean": "shape*scale/(shape - 1) given shape > 1",
        "variance": "scale^2*shape/((shape - 1)^2*(shape - 2)) given shape > 2",
        "median": "scale*2^(1/shape)",
        "mode": "scale",
        "skewness": "2*(1 + shape)/(shape - 3)*sqrt((shape - 2)/shape) given shape > 3",
        "kurtosis": "6*(shape^3 + shape^2 - 6*shape - 2)/(shape*(shape - 3)*(shape - 4)) given shape > 4",
        "entropy": "log(scale/shape) + 1 + 1/shape",
        "cdf": "1 - (scale/x)^shape",
        "survival": "(scale/x)^shape",
        "quantile": "scale/(1 - q)^(1/shape)",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "moment": "shape*scale^k/(shape - k) given shape > k",
        "log_moment": "log(scale) + 1/shape",
        "inverse_moment": "shape/(scale*(shape + 1))",
    },
    summary="values above scale, with a tail that falls like x^(-shape)",
    examples=(Example("mean(Pareto(2, 3))", "3"), Example("median(Pareto(2, 1))", "4")),
    natural=(("-shape - 1", "log(x)"),),
    normaliser="-log(shape) - shape*log(scale)",
    base="1",
    oracle=("scipy.stats:pareto", {"b": "shape", "scale": "scale"}),
    others=({"": "scale natural1", "scale": "scale", "shape": "-natural1 - 1"},),
)
