"""The categorical law on 1, 2, …, k."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Categorical",
    parameters=(Parameter("p", "true", "a vector of probabilities that add to 1", (0, 1), kind="simplex"),),
    support=("1", "length(p)"),
    discrete=True,
    density="p[x]",
    closed={
        "mean": "sum(x*p[x], x = 1..length(p))",
        "variance": "sum(x^2*p[x], x = 1..length(p)) - sum(x*p[x], x = 1..length(p))^2",
        "entropy": "-sum(p[x]*log(p[x]), x = 1..length(p))",
        "cdf": "sum(p[j], j = 1..x)",
        "mgf": "sum(p[x]*exp(t*x), x = 1..length(p))",
        "median": Absent("it depends on which probability passes 1/2"),
        "quantile": Absent("it depends on which probability passes q"),
    },
    summary="one of the classes 1, 2, …, k with the given probabilities",
    examples=(Example("mean(Categorical([1/2, 1/4, 1/4]))", "7/4"), Example("pmf(Categorical([1/2, 1/4, 1/4]), 2)", "1/4")),
)
