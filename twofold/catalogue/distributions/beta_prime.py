"""The beta prime law: the odds of a beta variable."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="BetaPrime",
    parameters=(
        Parameter("a", "a > 0", "a positive number", (0.8, 5)),
        Parameter("b", "b > 0", "a positive number", (6, 10)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="x^(a - 1)*(1 + x)^(-a - b)/beta(a, b)",
    closed={
        "mean": "a/(b - 1) given b > 1",
        "variance": "a*(a + b - 1)/((b - 2)*(b - 1)^2) given b > 2",
        "mode": "{(a - 1)/(b + 1) if a >= 1; 0 otherwise}",
        "skewness": "2*(2*a + b - 1)/(b - 3)*sqrt((b - 2)/(a*(a + b - 1))) given b > 3",
        "cdf": "betainc(a, b, x/(1 + x))",
        "survival": "betainc(b, a, 1/(1 + x))",
        "moment": "beta(a + k, b - k)/beta(a, b) given a + k > 0 and b > k",
        "log_moment": "digamma(a) - digamma(b)",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "quantile": Absent("the cdf is not inverted by a formula"),
        "E[log(x + 1)]": "digamma(a + b) - digamma(b)",
    },
    summary="X/(1 - X) where X has the law Beta(a, b)",
    examples=(Example("mean(BetaPrime(2, 3))", "1"),),
    natural=(("a - 1", "log(x)"), ("-a - b", "log(x + 1)")),
    normaliser="loggamma(a) + loggamma(b) - loggamma(a + b)",
    base="1",
    oracle=("scipy.stats:betaprime", {"a": "a", "b": "b"}),
    others=({"": "natural1 natural2", "a": "natural1 + 1", "b": "-natural2 - natural1 - 1"},),
)
