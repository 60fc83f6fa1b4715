"""The asymmetric Laplace law, by location, rate and asymmetry."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="AsymmetricLaplace",
    parameters=(
        Parameter("location", "true", "a real number", (-2, 2)),
        Parameter("rate", "rate > 0", "a positive rate", (0.4, 3)),
        Parameter("asymmetry", "asymmetry > 0", "a positive asymmetry, 1 for the Laplace law", (0.5, 2)),
    ),
    support=("-oo", "oo"),
    discrete=False,
    density="{rate/(asymmetry + 1/asymmetry)*exp(rate/asymmetry*(x - location)) if x < location;"
    " rate/(asymmetry + 1/asymmetry)*exp(-rate*asymmetry*(x - location)) otherwise}",
    closed={
        "mean": "location + (1 - asymmetry^2)/(rate*asymmetry)",
        "variance": "(1 + asymmetry^4)/(rate^2*asymmetry^2)",
        "mode": "location",
        "skewness": "2*(1 - asymmetry^6)/(asymmetry^4 + 1)^(3/2)",
        "kurtosis": "6*(1 + asymmetry^8)/(1 + asymmetry^4)^2",
        "entropy": "1 + log((1 + asymmetry^2)/(asymmetry*rate))",
        "cdf": "{asymmetry^2/(1 + asymmetry^2)*exp(rate/asymmetry*(x - location)) if x <= location;"
        " 1 - exp(-rate*asymmetry*(x - location))/(1 + asymmetry^2) otherwise}",
        "cf": "exp(im*location*t)/((1 + im*t*asymmetry/rate)*(1 - im*t/(asymmetry*rate)))",
    },
    summary="the Laplace law with different slopes on both sides",
    examples=(Example("mean(AsymmetricLaplace(3, 1, 1))", "3"),),
    oracle=("scipy.stats:laplace_asymmetric", {"kappa": "asymmetry", "loc": "location", "scale": "1/rate"}),
)
