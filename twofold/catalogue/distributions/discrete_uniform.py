"""The uniform law on the integers from a to b."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="DiscreteUniform",
    parameters=(
        Parameter("a", "true", "an integer", (-5, 2), kind="integer"),
        Parameter("b", "b >= a", "an integer, at least the first one", (3, 11), kind="integer"),
    ),
    support=("a", "b"),
    discrete=True,
    density="1/(b - a + 1)",
    closed={
        "mean": "(a + b)/2",
        "variance": "((b - a + 1)^2 - 1)/12",
        "median": "floor((a + b)/2)",
        "mode": Absent("every value of the support is as likely"),
        "skewness": "0",
        "kurtosis": "-6*((b - a + 1)^2 + 1)/(5*((b - a + 1)^2 - 1))",
        "entropy": "log(b - a + 1)",
        "cdf": "(x - a + 1)/(b - a + 1)",
        "survival": "(b - x)/(b - a + 1)",
        "quantile": "a + ceil(q*(b - a + 1)) - 1",
        "mgf": "{1 if t == 0; (exp(a*t) - exp((b + 1)*t))/((b - a + 1)*(1 - exp(t))) otherwise}",
        "cf": "{1 if t == 0; (exp(im*a*t) - exp(im*(b + 1)*t))/((b - a + 1)*(1 - exp(im*t))) otherwise}",
    },
    summary="each integer from a to b with the same probability",
    examples=(Example("mean(DiscreteUniform(1, 6))", "7/2"), Example("variance(DiscreteUniform(1, 6))", "35/12")),
    oracle=("scipy.stats:randint", {"low": "a", "high": "b + 1"}),
)
