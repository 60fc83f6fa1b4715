"""The Laplace law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Laplace",
    parameters=(
        Parameter("mean", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="exp(-abs(x - mean)/scale)/(2*scale)",
    closed={
        "mean": "mean",
        "variance": "2*scale^2",
        "median": "mean",
        "mode": "mean",
        "skewness": "0",
        "kurtosis": "3",
        "entropy": "1 + log(2*scale)",
        "cdf": "{exp((x - mean)/scale)/2 if x < mean; 1 - exp(-(x - mean)/scale)/2 otherwise}",
        "survival": "{1 - exp((x - mean)/scale)/2 if x < mean; exp(-(x - mean)/scale)/2 otherwise}",
        "quantile": "{mean + scale*log(2*q) if q < 1/2; mean - scale*log(2 - 2*q) otherwise}",
        "mgf": "exp(mean*t)/(1 - scale^2*t^2) given abs(t) < 1/scale",
        "cf": "exp(im*mean*t)/(1 + scale^2*t^2)",
        "moment": "sum(binomial(k, 2*j)*factorial(2*j)*scale^(2*j)*mean^(k - 2*j), j = 0..floor(k/2)) given k >= 0",
    },
    summary="the double exponential law around its mean",
    examples=(Example("variance(Laplace(0, 3))", "18"), Example("entropy(Laplace(0, 1/2))", "1")),
    oracle=("scipy.stats:laplace", {"loc": "mean", "scale": "scale"}),
)
