"""The chi-squared law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="ChiSquared",
    parameters=(Parameter("df", "df > 0", "a positive number of degrees of freedom", (1, 10)),),
    support=("0", "oo"),
    discrete=False,
    density="x^(df/2 - 1)*exp(-x/2)/(2^(df/2)*gamma(df/2))",
    closed={
        "mean": "df",
        "variance": "2*df",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "max(df - 2, 0)",
        "skewness": "sqrt(8/df)",
        "kurtosis": "12/df",
        "entropy": "df/2 + log(2) + loggamma(df/2) + (1 - df/2)*digamma(df/2)",
        "cdf": "lowergamma(df/2, x/2)/gamma(df/2)",
        "survival": "uppergamma(df/2, x/2)/gamma(df/2)",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": "(1 - 2*t)^(-df/2) given t < 1/2",
        "cf": "(1 - 2*im*t)^(-df/2)",
        "moment": "2^k*gamma(df/2 + k)/gamma(df/2) given df/2 + k > 0",
        "log_moment": "digamma(df/2) + log(2)",
        "inverse_moment": "1/(df - 2) given df > 2",
    },
    summary="the sum of df squared independent standard normal variables",
    examples=(Example("mean(ChiSquared(5))", "5"), Example("variance(ChiSquared(5))", "10")),
    natural=(("df/2 - 1", "log(x)"),),
    normaliser="df/2*log(2) + loggamma(df/2)",
    base="exp(-x/2)",
    oracle=("scipy.stats:chi2", {"df": "df"}),
    others=({"": "natural1", "df": "2*natural1 + 2"},),
)
