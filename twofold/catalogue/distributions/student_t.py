"""Student's t law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="StudentT",
    parameters=(Parameter("df", "df > 0", "a positive number of degrees of freedom", (4.5, 12)),),
    support=("-oo", "oo"),
    discrete=False,
    density="gamma((df + 1)/2)/(sqrt(df*pi)*gamma(df/2))*(1 + x^2/df)^(-(df + 1)/2)",
    closed={
        "mean": "0 given df > 1",
        "variance": "df/(df - 2) given df > 2",
        "median": "0",
        "mode": "0",
        "skewness": "0 given df > 3",
        "kurtosis": "6/(df - 4) given df > 4",
        "entropy": "(df + 1)/2*(digamma((df + 1)/2) - digamma(df/2)) + log(sqrt(df)*beta(df/2, 1/2))",
        "cdf": "{1 - betainc(df/2, 1/2, df/(df + x^2))/2 if x >= 0; betainc(df/2, 1/2, df/(df + x^2))/2 otherwise}",
        "survival": "{betainc(df/2, 1/2, df/(df + x^2))/2 if x >= 0; 1 - betainc(df/2, 1/2, df/(df + x^2))/2 otherwise}",
        "moment": "(1 + (-1)^k)/2*df^(k/2)*gamma((k + 1)/2)*gamma((df - k)/2)/(sqrt(pi)*gamma(df/2)) given df > k and k >= 0",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t other than 0"),
    },
    summary="a standard normal variable over the root of an independent chi-squared one divided by its degrees of freedom",
    examples=(Example("variance(StudentT(5))", "5/3"), Example("mean(StudentT(5))", "0")),
    oracle=("scipy.stats:t", {"df": "df"}),
)
