"""The logit-normal law on (0, 1)."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="LogitNormal",
    parameters=(
        Parameter("mu", "true", "the mean of the logit: a real number", (-1, 1)),
        Parameter("sigma", "sigma > 0", "a positive standard deviation of the logit", (0.4, 1.5)),
    ),
    support=("0", "1"),
    discrete=False,
    density="exp(-(log(x/(1 - x)) - mu)^2/(2*sigma^2))/(sigma*sqrt(2*pi)*x*(1 - x))",
    closed={
        "mean": Absent("no closed form is known"),
        "variance": Absent("no closed form is known"),
        "median": "1/(1 + exp(-mu))",
        "cdf": "Phi((log(x/(1 - x)) - mu)/sigma)",
        "quantile": "1/(1 + exp(-(mu + sigma*sqrt(2)*erfinv(2*q - 1))))",
    },
    summary="a proportion whose logit is normal",
    examples=(Example("median(LogitNormal(0, 1))", "1/2"),),
)
