"""The inverse gamma law, by shape and scale."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="InverseGamma",
    parameters=(
        Parameter("shape", "shape > 0", "a positive shape", (4.5, 9)),
        Parameter("scale", "scale > 0", "a positive scale", (0.3, 4)),
    ),
    support=("0", "oo"),
    discrete=False,
    density="scale^shape/gamma(shape)*x^(-shape - 1)*exp(-scale/x)",
    closed={
        "mean": "scale/(shape - 1) given shape > 1",
        "variance": "scale^2/((shape - 1)^2*(shape - 2)) given shape > 2",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "scale/(shape + 1)",
        "skewness": "4*sqrt(shape - 2)/(shape - 3) given shape > 3",
        "kurtosis": "6*(5*shape - 11)/((shape - 3)*(shape - 4)) given shape > 4",
        "entropy": "shape + log(scale) + loggamma(shape) - (1 + shape)*digamma(shape)",
        "cdf": "uppergamma(shape, scale/x)/gamma(shape)",
        "survival": "lowergamma(shape, scale/x)/gamma(shape)",
        "quantile": Absent("the cdf is not inverted by a formula"),
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "moment": "scale^k*gamma(shape - k)/gamma(shape) given shape > k",
        "log_moment": "log(scale) - digamma(shape)",
        "inverse_moment": "shape/scale",
    },
    summary="one over a gamma variable with the given shape and rate equal to scale",
    examples=(Example("mean(InverseGamma(3, 4))", "2"), Example("mode(InverseGamma(3, 4))", "1")),
    natural=(("-shape - 1", "log(x)"), ("-scale", "1/x")),
    normaliser="loggamma(shape) - shape*log(scale)",
    base="1",
    oracle=("scipy.stats:invgamma", {"a": "shape", "scale": "scale"}),
    others=({"": "natural1 natural2", "shape": "-natural1 - 1", "scale": "-natural2"},),
)
