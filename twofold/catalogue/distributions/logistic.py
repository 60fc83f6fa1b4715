"""The logistic law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Logistic",
    parameters=(
        Parameter("mean", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="exp(-(x - mean)/scale)/(scale*(1 + exp(-(x - mean)/scale))^2)",
    closed={
        "mean": "mean",
        "variance": "pi^2*scale^2/3",
        "median": "mean",
        "mode": "mean",
        "skewness": "0",
        "kurtosis": "6/5",
        "entropy": "log(scale) + 2",
        "cdf": "1/(1 + exp(-(x - mean)/scale))",
        "survival": "1/(1 + exp((x - mean)/scale))",
        "quantile": "mean + scale*log(q/(1 - q))",
        "mgf": "exp(mean*t)*gamma(1 - scale*t)*gamma(1 + scale*t) given abs(t) < 1/scale",
        "cf": Absent("exp(im*mean*t)*pi*scale*t/sinh(pi*scale*t), with the value 1 at t = 0"),
    },
    summary="the law whose cdf is the sigmoid of (x - mean)/scale",
    examples=(Example("variance(Logistic(0, 3))", "3*pi^2"), Example("cdf(Logistic(1, 2), 1)", "1/2")),
    oracle=("scipy.stats:logistic", {"loc": "mean", "scale": "scale"}),
)
