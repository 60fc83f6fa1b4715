"""The multinomial law: counts of n draws in k classes."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Multinomial",
    parameters=(
        Parameter("n", "n >= 0", "a number of trials: a nonnegative integer", (2, 8), kind="integer"),
        Parameter("p", "true", "a vector of probabilities that add to 1", (0, 1), kind="simplex"),
    ),
    support=("0", "n"),
    discrete=True,
    kind="vector",
    density="factorial(n)*prod(p[i]^x[i]/factorial(x[i]), i = 1..length(p))",
    closed={"mean": "n*p", "variance": "n*(diag(p) - p*p')"},
    summary="how often each of k classes comes up in n independent draws",
    examples=(Example("mean(Multinomial(4, [1/2, 1/4, 1/4]))", "[2, 1, 1]"),),
    oracle=("scipy.stats:multinomial", {"n": "n", "p": "p"}),
)
