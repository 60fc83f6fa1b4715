"""The Skellam law: the difference of two independent Poisson counts."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Skellam",
    parameters=(
        Parameter("rate1", "rate1 > 0", "a positive rate", (0.3, 4)),
        Parameter("rate2", "rate2 > 0", "a positive rate", (0.3, 4)),
    ),
    support=("-oo", "oo"),
    discrete=True,
    density="exp(-rate1 - rate2)*(rate1/rate2)^(x/2)*besseli(abs(x), 2*sqrt(rate1*rate2))",
    closed={
        "mean": "rate1 - rate2",
        "variance": "rate1 + rate2",
        "skewness": "(rate1 - rate2)/(rate1 + rate2)^(3/2)",
        "kurtosis": "1/(rate1 + rate2)",
        "mgf": "exp(-rate1 - rate2 + rate1*exp(t) + rate2*exp(-t))",
        "cf": "exp(-rate1 - rate2 + rate1*exp(im*t) + rate2*exp(-im*t))",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="the difference of two independent Poisson counts",
    examples=(Example("mean(Skellam(3, 1))", "2"), Example("variance(Skellam(3, 1))", "4")),
    oracle=("scipy.stats:skellam", {"mu1": "rate1", "mu2": "rate2"}),
)
