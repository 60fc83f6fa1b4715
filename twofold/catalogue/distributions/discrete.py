"""A law on finitely many listed values."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Discrete",
    parameters=(
        Parameter("values", "true", "a vector of numbers", (-4, 4), kind="vector"),
        Parameter("probabilities", "true", "a vector as long as the values, nonnegative, adding to 1", (0, 1), kind="simplex"),
    ),
    support=("min(values)", "max(values)"),
    discrete=True,
    atoms="values",
    density="probabilities",
    closed={
        "median": Absent("it depends on the order of the values"),
        "quantile": Absent("it depends on the order of the values"),
    },
    summary="the listed values with the listed probabilities",
    examples=(Example("mean(Discrete([0, 1, 5], [1/2, 1/4, 1/4]))", "3/2"),),
)
