"""The beta law on (0, 1)."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Beta",
    parameters=(
        Parameter("a", "a > 0", "a positive number", (0.7, 5)),
        Parameter("b", "b > 0", "a positive number", (0.7, 5)),
    ),
    support=("0", "1"),
    discrete=False,
    density="x^(a - 1)*(1 - x)^(b - 1)/beta(a, b)",
    closed={
        "mean": "a/(a + b)",
        "variance": "a*b/((a + b)^2*(a + b + 1))",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "(a - 1)/(a + b - 2) given a > 1 and b > 1",
        "skewness": "2*(b - a)*sqrt(a + b + 1)/((a + b + 2)*sqrt(a*b))",
        "kurtosis": "6*((a - b)^2*(a + b + 1) - a*b*(a + b + 2))/(a*b*(a + b + 2)*(a + b + 3))",
        "entropy": "log(beta(a, b)) - (a - 1)*digamma(a) - (b - 1)*digamma(b) + (a + b - 2)*digamma(a + b)",
        "cdf": "betainc(a, b, x)",
        "survival": "betainc(b, a, 1 - x)",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": Absent("a confluent hypergeometric function"),
        "moment": "beta(a + k, b)/beta(a, b) given a + k > 0",
        "log_moment": "digamma(a) - digamma(a + b)",
        "inverse_moment": "(a + b - 1)/(a - 1) given a > 1",
        "E[log(1 - x)]": "digamma(b) - digamma(a + b)",
    },
    summary="a proportion with density proportional to x^(a-1) (1-x)^(b-1)",
    examples=(Example("mean(Beta(2, 3))", "2/5"), Example("variance(Beta(1, 1))", "1/12")),
    natural=(("a - 1", "log(x)"), ("b - 1", "log(1 - x)")),
    normaliser="loggamma(a) + loggamma(b) - loggamma(a + b)",
    base="1",
    oracle=("scipy.stats:beta", {"a": "a", "b": "b"}),
    others=(
        {"": "mean size", "a": "mean*size", "b": "(1 - mean)*size"},
        {"": "natural1 natural2", "a": "natural1 + 1", "b": "natural2 + 1"},
    ),
    relations=("pdf(Beta(1, 1), 1/3) == pdf(Uniform(0, 1), 1/3)",),
)
