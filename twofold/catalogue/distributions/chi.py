"""The chi law: the root of a chi-squared variable."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="ChiDistribution",
    parameters=(Parameter("df", "df > 0", "a positive number of degrees of freedom", (1, 8)),),
    support=("0", "oo"),
    discrete=False,
    density="2*x^(df - 1)*exp(-x^2/2)/(2^(df/2)*gamma(df/2))",
    closed={
        "mean": "sqrt(2)*gamma((df + 1)/2)/gamma(df/2)",
        "variance": "df - 2*gamma((df + 1)/2)^2/gamma(df/2)^2",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "sqrt(df - 1) given df >= 1",
        "entropy": "loggamma(df/2) + (df - log(2) - (df - 1)*digamma(df/2))/2",
        "cdf": "lowergamma(df/2, x^2/2)/gamma(df/2)",
        "survival": "uppergamma(df/2, x^2/2)/gamma(df/2)",
        "moment": "2^(k/2)*gamma((df + k)/2)/gamma(df/2) given df + k > 0",
        "log_moment": "(digamma(df/2) + log(2))/2",
    },
    summary="the length of a vector of df independent standard normal components",
    examples=(Example("mode(ChiDistribution(5))", "2"), Example("mean(ChiDistribution(2))", "sqrt(pi/2)")),
    natural=(("df - 1", "log(x)"),),
    normaliser="(df/2 - 1)*log(2) + loggamma(df/2)",
    base="exp(-x^2/2)",
    oracle=("scipy.stats:chi", {"df": "df"}),
    others=({"": "natural1", "df": "natural1 + 1"},),
)
