"""The F law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="F",
    parameters=(
        Parameter("d1", "d1 > 0", "a positive number of degrees of freedom", (1, 9)),
        Parameter("d2", "d2 > 0", "a positive number of degrees of freedom", (9, 16)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="(d1/d2)^(d1/2)*x^(d1/2 - 1)*(1 + d1*x/d2)^(-(d1 + d2)/2)/beta(d1/2, d2/2)",
    closed={
        "mean": "d2/(d2 - 2) given d2 > 2",
        "variance": "2*d2^2*(d1 + d2 - 2)/(d1*(d2 - 2)^2*(d2 - 4)) given d2 > 4",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "(d1 - 2)*d2/(d1*(d2 + 2)) given d1 >= 2",
        "skewness": "(2*d1 + d2 - 2)*sqrt(8*(d2 - 4))/((d2 - 6)*sqrt(d1*(d1 + d2 - 2))) given d2 > 6",
        "kurtosis": "12*(d1*(5*d2 - 22)*(d1 + d2 - 2) + (d2 - 4)*(d2 - 2)^2)/(d1*(d2 - 6)*(d2 - 8)*(d1 + d2 - 2)) given d2 > 8",
        "entropy": "log(beta(d1/2, d2/2)) + log(d2/d1) + (1 - d1/2)*digamma(d1/2) - (1 + d2/2)*digamma(d2/2)"
        " + (d1 + d2)/2*digamma((d1 + d2)/2)",
        "cdf": "betainc(d1/2, d2/2, d1*x/(d1*x + d2))",
        "survival": "betainc(d2/2, d1/2, d2/(d1*x + d2))",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "moment": "(d2/d1)^k*gamma(d1/2 + k)*gamma(d2/2 - k)/(gamma(d1/2)*gamma(d2/2)) given d2 > 2*k and d1/2 + k > 0",
        "log_moment": "log(d2/d1) + digamma(d1/2) - digamma(d2/2)",
    },
    summary="the ratio of two independent chi-squared variables, each divided by its degrees of freedom",
    examples=(Example("mean(F(3, 10))", "5/4"),),
    oracle=("scipy.stats:f", {"dfn": "d1", "dfd": "d2"}),
)
