"""The Dirichlet law on the probability simplex."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Dirichlet",
    parameters=(Parameter("alpha", "true", "a vector of positive numbers", (0.5, 5), kind="vector"),),
    support=("0", "1"),
    discrete=False,
    kind="vector",
    density="gamma(sum(alpha))*prod(x[i]^(alpha[i] - 1)/gamma(alpha[i]), i = 1..length(alpha))",
    closed={
        "mean": "alpha/sum(alpha)",
        "variance": "(diag(alpha)*sum(alpha) - alpha*alpha')/(sum(alpha)^2*(sum(alpha) + 1))",
        "entropy": "sum(loggamma(alpha)) - loggamma(sum(alpha)) + (sum(alpha) - length(alpha))*digamma(sum(alpha))"
        " - sum((alpha[i] - 1)*digamma(alpha[i]), i = 1..length(alpha))",
    },
    summary="a vector of probabilities with density proportional to the product of x[i]^(alpha[i] - 1)",
    examples=(Example("mean(Dirichlet([1, 2, 3]))", "[1/6, 1/3, 1/2]"),),
    oracle=("scipy.stats:dirichlet", {"alpha": "alpha"}),
)
