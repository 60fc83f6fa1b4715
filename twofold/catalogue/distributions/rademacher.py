"""The Rademacher law: a fair sign."""

from twofold.catalogue.spec import Example, Law

SPEC = Law(
    name="Rademacher",
    parameters=(),
    support=("-1", "1"),
    discrete=True,
    atoms="[-1, 1]",
    density="[1/2, 1/2]",
    closed={
        "mean": "0",
        "variance": "1",
        "skewness": "0",
        "kurtosis": "-2",
        "entropy": "log(2)",
        "mgf": "cosh(t)",
        "cf": "cos(t)",
        "moment": "(1 + (-1)^k)/2",
    },
    summary="-1 or 1, each with probability 1/2",
    examples=(Example("variance(Rademacher())", "1"), Example("mgf(Rademacher(), 1)", "cosh(1)")),
)
