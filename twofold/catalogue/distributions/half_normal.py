"""The half-normal law: the absolute value of a centred normal variable."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="HalfNormal",
    parameters=(Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),),
    support=("0", "oo"),
    discrete=False,
    density="sqrt(2/pi)/scale*exp(-x^2/(2*scale^2))",
    closed={
        "mean": "scale*sqrt(2/pi)",
        "variance": "scale^2*(1 - 2/pi)",
        "median": "scale*sqrt(2)*erfinv(1/2)",
        "mode": "0",
        "skewness": "sqrt(2)*(4 - pi)/(pi - 2)^(3/2)",
        "kurtosis": "8*(pi - 3)/(pi - 2)^2",
        "entropy": "log(pi*scale^2/2)/2 + 1/2",
        "cdf": "erf(x/(scale*sqrt(2)))",
        "survival": "erfc(x/(scale*sqrt(2)))",
        "quantile": "scale*sqrt(2)*erfinv(q)",
        "mgf": "2*exp(scale^2*t^2/2)*Phi(scale*t)",
        "moment": "2^(k/2)*scale^k*gamma((k + 1)/2)/sqrt(pi) given k > -1",
        "cf": Absent("a formula with the error function of an imaginary argument"),
    },
    summary="the absolute value of a normal variable with mean 0 and standard deviation scale",
    examples=(Example("mean(HalfNormal(1))", "sqrt(2/pi)"), Example("variance(HalfNormal(1))", "1 - 2/pi")),
    natural=(("-1/(2*scale^2)", "x^2"),),
    normaliser="log(scale)",
    base="sqrt(2/pi)",
    oracle=("scipy.stats:halfnorm", {"scale": "scale"}),
    others=({"": "natural1", "scale": "sqrt(-1/(2*natural1))"},),
)
