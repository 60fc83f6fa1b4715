"""A constant as a law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Dirac",
    parameters=(Parameter("value", "true", "a real number", (-3, 3)),),
    support=("value", "value"),
    discrete=True,
    atoms="[value]",
    density="[1]",
    closed={
        "mean": "value",
        "variance": "0",
        "median": "value",
        "mode": "value",
        "entropy": "0",
        "mgf": "exp(value*t)",
        "cf": "exp(im*value*t)",
        "moment": "value^k",
        "quantile": "value",
    },
    summary="one value, with probability 1",
    examples=(Example("mean(Dirac(3))", "3"), Example("variance(Dirac(3))", "0")),
)
