"""The Nakagami law, by shape and mean square."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Nakagami",
    parameters=(
        Parameter("shape", "shape >= 1/2", "a shape of at least 1/2", (0.6, 5)),
        Parameter("spread", "spread > 0", "a positive mean square", (0.4, 3)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="2*shape^shape/(gamma(shape)*spread^shape)*x^(2*shape - 1)*exp(-shape*x^2/spread)",
    closed={
        "mean": "gamma(shape + 1/2)/gamma(shape)*sqrt(spread/shape)",
        "variance": "spread*(1 - (gamma(shape + 1/2)/gamma(shape))^2/shape)",
        "mode": "sqrt(2)/2*sqrt((2*shape - 1)*spread/shape)",
        "entropy": "loggamma(shape) - log(2) - log(shape/spread)/2 + shape - (shape - 1/2)*digamma(shape)",
        "cdf": "lowergamma(shape, shape*x^2/spread)/gamma(shape)",
        "survival": "uppergamma(shape, shape*x^2/spread)/gamma(shape)",
        "moment": "gamma(shape + k/2)/gamma(shape)*(spread/shape)^(k/2) given k > -2*shape",
        "log_moment": "(digamma(shape) - log(shape/spread))/2",
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="the root of a gamma variable with the given shape and mean",
    examples=(Example("moment(Nakagami(2, 3), 2)", "3"),),
    natural=(("2*shape - 1", "log(x)"), ("-shape/spread", "x^2")),
    normaliser="loggamma(shape) - shape*log(shape/spread)",
    base="2",
    oracle=("scipy.stats:nakagami", {"nu": "shape", "scale": "sqrt(spread)"}),
    others=({"": "natural1 natural2", "shape": "(natural1 + 1)/2", "spread": "-(natural1 + 1)/(2*natural2)"},),
)
