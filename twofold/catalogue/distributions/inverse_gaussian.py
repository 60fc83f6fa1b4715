"""The inverse Gaussian (Wald) law, by mean and shape."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="InverseGaussian",
    parameters=(
        Parameter("mean", "mean > 0", "a positive mean", (0.4, 3)),
        Parameter("shape", "shape > 0", "a positive shape", (0.5, 5)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="sqrt(shape/(2*pi*x^3))*exp(-shape*(x - mean)^2/(2*mean^2*x))",
    closed={
        "mean": "mean",
        "variance": "mean^3/shape",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "mean*(sqrt(1 + 9*mean^2/(4*shape^2)) - 3*mean/(2*shape))",
        "skewness": "3*sqrt(mean/shape)",
        "kurtosis": "15*mean/shape",
        "cdf": "Phi(sqrt(shape/x)*(x/mean - 1)) + exp(2*shape/mean)*Phi(-sqrt(shape/x)*(x/mean + 1))",
        "mgf": "exp(shape/mean*(1 - sqrt(1 - 2*mean^2*t/shape))) given t <= shape/(2*mean^2)",
        "inverse_moment": "1/mean + 1/shape",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="the time a Brownian motion with drift takes to a level",
    aliases=("Wald",),
    examples=(Example("variance(InverseGaussian(2, 4))", "2"),),
    natural=(("-shape/(2*mean^2)", "x"), ("-shape/2", "1/x")),
    normaliser="-log(shape)/2 - shape/mean",
    base="1/sqrt(2*pi*x^3)",
    oracle=("scipy.stats:invgauss", {"mu": "mean/shape", "scale": "shape"}),
    others=({"": "natural2 natural1", "mean": "sqrt(natural2/natural1)", "shape": "-2*natural2"},),
)
