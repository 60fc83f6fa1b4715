"""The hypergeometric law: draws without replacement."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Hypergeometric",
    parameters=(
        Parameter("N", "N >= 1", "the size of the population: a positive integer", (12, 20), kind="integer"),
        Parameter("K", "0 <= K and K <= N", "the number of successes in the population", (3, 9), kind="integer"),
        Parameter("n", "0 <= n and n <= N", "the number of draws", (2, 9), kind="integer"),
    ),
    support=("max(0, n + K - N)", "min(n, K)"),
    discrete=True,
    density="binomial(K, x)*binomial(N - K, n - x)/binomial(N, n)",
    closed={
        "mean": "n*K/N",
        "variance": "n*K*(N - K)*(N - n)/(N^2*(N - 1)) given N > 1",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "floor((n + 1)*(K + 1)/(N + 2))",
        "skewness": "(N - 2*K)*sqrt(N - 1)*(N - 2*n)/(sqrt(n*K*(N - K)*(N - n))*(N - 2)) given N > 2",
        "factorial_moment": "falling(n, k)*falling(K, k)/falling(N, k)",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="successes among n draws without replacement from N items of which K are successes",
    examples=(Example("mean(Hypergeometric(10, 4, 5))", "2"), Example("pmf(Hypergeometric(4, 2, 2), 1)", "2/3")),
    oracle=("scipy.stats:hypergeom", {"M": "N", "n": "K", "N": "n"}),
)
