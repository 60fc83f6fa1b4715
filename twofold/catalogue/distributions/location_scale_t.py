"""Student's t law with a location and a scale."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="LocationScaleT",
    parameters=(
        Parameter("location", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.4, 3)),
        Parameter("df", "df > 0", "a positive number of degrees of freedom", (4.5, 12)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="gamma((df + 1)/2)/(scale*sqrt(df*pi)*gamma(df/2))*(1 + ((x - location)/scale)^2/df)^(-(df + 1)/2)",
    closed={
        "mean": "location given df > 1",
        "variance": "scale^2*df/(df - 2) given df > 2",
        "median": "location",
        "mode": "location",
        "skewness": "0 given df > 3",
        "kurtosis": "6/(df - 4) given df > 4",
        "entropy": "(df + 1)/2*(digamma((df + 1)/2) - digamma(df/2)) + log(sqrt(df)*beta(df/2, 1/2)) + log(scale)",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t other than 0"),
    },
    summary="location + scale*T where T has Student's t law",
    examples=(Example("variance(LocationScaleT(1, 3, 5))", "15"),),
    oracle=("scipy.stats:t", {"df": "df", "loc": "location", "scale": "scale"}),
)
