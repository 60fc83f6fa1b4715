"""The binomial law: successes in n independent trials."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Binomial",
    parameters=(
        Parameter("n", "n >= 0", "a number of trials: a nonnegative integer", (1, 12), kind="integer"),
        Parameter("p", "0 <= p and p <= 1", "a probability, between 0 and 1", (0.05, 0.95)),
    ),
    support=("0", "n"),
    discrete=True,
    density="binomial(n, x)*p^x*(1 - p)^(n - x)",
    closed={
        "mean": "n*p",
        "variance": "n*p*(1 - p)",
        "median": Absent("an integer between floor(n*p) and ceil(n*p), without a formula"),
        "mode": "{n if p == 1; floor((n + 1)*p) otherwise}",
        "skewness": "(1 - 2*p)/sqrt(n*p*(1 - p))",
        "kurtosis": "(1 - 6*p*(1 - p))/(n*p*(1 - p))",
        "entropy": Absent("a finite sum without a shorter form"),
        "cdf": "{1 if x >= n; betainc(n - x, x + 1, 1 - p) otherwise}",
        "mgf": "(1 - p + p*exp(t))^n",
        "cf": "(1 - p + p*exp(im*t))^n",
        "factorial_moment": "falling(n, k)*p^k",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="the number of successes in n independent trials, each with probability p",
    examples=(Example("mean(Binomial(10, 1/5))", "2"), Example("pmf(Binomial(3, 1/2), 2)", "3/8")),
    natural=(("log(p/(1 - p))", "x"),),
    normaliser="-n*log(1 - p)",
    base="binomial(n, x)",
    oracle=("scipy.stats:binom", {"n": "n", "p": "p"}),
    others=({"": "n natural1", "n": "n", "p": "1/(1 + exp(-natural1))"},),
)
