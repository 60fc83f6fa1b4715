"""The Kumaraswamy law on (0, 1)."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Kumaraswamy",
    parameters=(
        Parameter("a", "a > 0", "a positive number", (0.7, 4)),
        Parameter("b", "b > 0", "a positive number", (0.7, 4)),
    ),
    support=("0", "1"),
    discrete=False,
    density="a*b*x^(a - 1)*(1 - x^a)^(b - 1)",
    closed={
        "mean": "b*beta(1 + 1/a, b)",
        "variance": "b*beta(1 + 2/a, b) - (b*beta(1 + 1/a, b))^2",
        "median": "(1 - 2^(-1/b))^(1/a)",
        "mode": "((a - 1)/(a*b - 1))^(1/a) given a >= 1 and b >= 1 and a*b > 1",
        "entropy": "(1 - 1/b) + (1 - 1/a)*(digamma(b + 1) + euler_gamma) - log(a*b)",
        "cdf": "1 - (1 - x^a)^b",
        "survival": "(1 - x^a)^b",
        "quantile": "(1 - (1 - q)^(1/b))^(1/a)",
        "moment": "b*beta(1 + k/a, b) given k > -a",
        "mgf": Absent("an infinite series"),
        "log_moment": "-(digamma(b + 1) + euler_gamma)/a",
    },
    summary="a law on (0, 1) like the beta, with a cdf in closed form",
    examples=(Example("cdf(Kumaraswamy(2, 1), 1/2)", "1/4"), Example("mean(Kumaraswamy(1, 1))", "1/2")),
)
