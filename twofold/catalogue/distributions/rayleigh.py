"""The Rayleigh law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Rayleigh",
    parameters=(Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),),
    support=("0", "oo"),
    discrete=False,
    density="x/scale^2*exp(-x^2/(2*scale^2))",
    closed={
        "mean": "scale*sqrt(pi/2)",
        "variance": "(4 - pi)/2*scale^2",
        "median": "scale*sqrt(2*log(2))",
        "mode": "scale",
        "skewness": "2*sqrt(pi)*(pi - 3)/(4 - pi)^(3/2)",
        "kurtosis": "-(6*pi^2 - 24*pi + 16)/(4 - pi)^2",
        "entropy": "1 + log(scale/sqrt(2)) + euler_gamma/2",
        "cdf": "1 - exp(-x^2/(2*scale^2))",
        "survival": "exp(-x^2/(2*scale^2))",
        "quantile": "scale*sqrt(-2*log(1 - q))",
        "mgf": Absent("a formula with the error function, not shorter than the integral"),
        "moment": "scale^k*2^(k/2)*gamma(1 + k/2) given k > -2",
        "log_moment": "log(scale) + log(2)/2 - euler_gamma/2",
        "inverse_moment": "sqrt(pi/2)/scale",
    },
    summary="the length of a plane vector with independent normal components of standard deviation scale",
    examples=(Example("mode(Rayleigh(2))", "2"), Example("mean(Rayleigh(1))", "sqrt(pi/2)")),
    natural=(("-1/(2*scale^2)", "x^2"),),
    normaliser="2*log(scale)",
    base="x",
    oracle=("scipy.stats:rayleigh", {"scale": "scale"}),
    others=({"": "natural1", "scale": "sqrt(-1/(2*natural1))"},),
)
