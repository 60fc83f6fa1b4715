"""The Gumbel law (of the largest of many)."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Gumbel",
    parameters=(
        Parameter("location", "true", "a real number", (-2, 2)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="exp(-(x - location)/scale - exp(-(x - location)/scale))/scale",
    closed={
        "mean": "location + euler_gamma*scale",
        "variance": "pi^2*scale^2/6",
        "median": "location - scale*log(log(2))",
        "mode": "location",
        "skewness": "12*sqrt(6)*zeta(3)/pi^3",
        "kurtosis": "12/5",
        "entropy": "log(scale) + euler_gamma + 1",
        "cdf": "exp(-exp(-(x - location)/scale))",
        "quantile": "location - scale*log(-log(q))",
        "mgf": "gamma(1 - scale*t)*exp(location*t) given scale*t < 1",
        "cf": "gamma(1 - im*scale*t)*exp(im*location*t)",
    },
    summary="the extreme-value law of largest values",
    examples=(Example("mode(Gumbel(2, 1))", "2"), Example("variance(Gumbel(0, 1))", "pi^2/6")),
    oracle=("scipy.stats:gumbel_r", {"loc": "location", "scale": "scale"}),
)
