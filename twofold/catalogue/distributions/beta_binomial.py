"""The beta-binomial law: a binomial one whose probability is beta."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="BetaBinomial",
    parameters=(
        Parameter("n", "n >= 0", "a number of trials: a nonnegative integer", (2, 12), kind="integer"),
        Parameter("a", "a > 0", "a positive number", (0.6, 5)),
        Parameter("b", "b > 0", "a positive number", (0.6, 5)),
    ),
    support=("0", "n"),
    discrete=True,
    density="binomial(n, x)*beta(x + a, n - x + b)/beta(a, b)",
    closed={
        "mean": "n*a/(a + b)",
        "variance": "n*a*b*(a + b + n)/((a + b)^2*(a + b + 1))",
        "median": Absent("the cdf is not inverted by a formula"),
        "skewness": "(a + b + 2*n)*(b - a)/(a + b + 2)*sqrt((1 + a + b)/(n*a*b*(n + a + b)))",
        "factorial_moment": "falling(n, k)*rising(a, k)/rising(a + b, k)",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="successes in n trials whose probability was drawn from Beta(a, b)",
    examples=(Example("mean(BetaBinomial(10, 1, 1))", "5"), Example("pmf(BetaBinomial(4, 1, 1), 2)", "1/5")),
    oracle=("scipy.stats:betabinom", {"n": "n", "a": "a", "b": "b"}),
)
