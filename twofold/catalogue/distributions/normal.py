"""The normal law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Normal",
    parameters=(
        Parameter("mean", "true", "a real number", (-3, 3)),
        Parameter("sd", "sd > 0", "a positive standard deviation", (0.3, 3)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="exp(-(x - mean)^2/(2*sd^2))/(sd*sqrt(2*pi))",
    closed={
        "mean": "mean",
        "variance": "sd^2",
        "median": "mean",
        "mode": "mean",
        "skewness": "0",
        "kurtosis": "0",
        "entropy": "log(2*pi*sd^2)/2 + 1/2",
        "cdf": "Phi((x - mean)/sd)",
        "survival": "Phi((mean - x)/sd)",
        "quantile": "mean + sd*sqrt(2)*erfinv(2*q - 1)",
        "mgf": "exp(mean*t + sd^2*t^2/2)",
        "cf": "exp(im*mean*t - sd^2*t^2/2)",
        "moment": "sum(binomial(k, 2*j)*factorial(2*j)/(2^j*factorial(j))*mean^(k - 2*j)*sd^(2*j), j = 0..floor(k/2))",
    },
    summary="the normal (Gaussian) law with mean and standard deviation",
    aliases=("Gaussian",),
    examples=(Example("variance(Normal(3, 2))", "4"), Example("mgf(Normal(0, 1), 2)", "exp(2)")),
    natural=(("mean/sd^2", "x"), ("-1/(2*sd^2)", "x^2")),
    normaliser="mean^2/(2*sd^2) + log(sd)",
    base="1/sqrt(2*pi)",
    oracle=("scipy.stats:norm", {"loc": "mean", "scale": "sd"}),
    others=(
        {"": "mean variance", "mean": "mean", "sd": "sqrt(variance)"},
        {"": "mean precision", "mean": "mean", "sd": "1/sqrt(precision)"},
        {"": "natural1 natural2", "mean": "-natural1/(2*natural2)", "sd": "sqrt(-1/(2*natural2))"},
    ),
)
