"""The log-normal law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="LogNormal",
    parameters=(
        Parameter("mu", "true", "the mean of the logarithm: a real number", (-1, 1)),
        Parameter("sigma", "sigma > 0", "a positive standard deviation of the logarithm", (0.2, 0.9)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="exp(-(log(x) - mu)^2/(2*sigma^2))/(x*sigma*sqrt(2*pi))",
    closed={
        "mean": "exp(mu + sigma^2/2)",
        "variance": "(exp(sigma^2) - 1)*exp(2*mu + sigma^2)",
        "median": "exp(mu)",
        "mode": "exp(mu - sigma^2)",
        "skewness": "(exp(sigma^2) + 2)*sqrt(exp(sigma^2) - 1)",
        "kurtosis": "exp(4*sigma^2) + 2*exp(3*sigma^2) + 3*exp(2*sigma^2) - 6",
        "entropy": "mu + 1/2 + log(sigma*sqrt(2*pi))",
        "cdf": "Phi((log(x) - mu)/sigma)",
        "survival": "Phi((mu - log(x))/sigma)",
        "quantile": "exp(mu + sigma*sqrt(2)*erfinv(2*q - 1))",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "cf": Absent("no closed form is known"),
        "moment": "exp(k*mu + k^2*sigma^2/2)",
        "log_moment": "mu",
        "inverse_moment": "exp(-mu + sigma^2/2)",
    },
    summary="a variable whose logarithm is normal with mean mu and standard deviation sigma",
    examples=(Example("median(LogNormal(2, 1))", "exp(2)"), Example("mean(LogNormal(0, 2))", "exp(2)")),
    natural=(("mu/sigma^2", "log(x)"), ("-1/(2*sigma^2)", "log(x)^2")),
    normaliser="mu^2/(2*sigma^2) + log(sigma)",
    base="1/(x*sqrt(2*pi))",
    oracle=("scipy.stats:lognorm", {"s": "sigma", "scale": "exp(mu)"}),
    others=({"": "natural1 natural2", "mu": "-natural1/(2*natural2)", "sigma": "sqrt(-1/(2*natural2))"},),
)
