"""The Maxwell law: the speed of a molecule."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="Maxwell",
    parameters=(Parameter("scale", "scale > 0", "a positive scale", (0.3, 3)),),
    support=("0", "oo"),
    discrete=False,
    density="sqrt(2/pi)*x^2*exp(-x^2/(2*scale^2))/scale^3",
    closed={
        "mean": "2*scale*sqrt(2/pi)",
        "variance": "scale^2*(3*pi - 8)/pi",
        "median": Absent("the cdf is not inverted by a formula"),
        "mode": "sqrt(2)*scale",
        "skewness": "2*sqrt(2)*(16 - 5*pi)/(3*pi - 8)^(3/2)",
        "kurtosis": "4*(-96 + 40*pi - 3*pi^2)/(3*pi - 8)^2",
        "entropy": "log(scale*sqrt(2*pi)) + euler_gamma - 1/2",
        "cdf": "erf(x/(sqrt(2)*scale)) - sqrt(2/pi)*x*exp(-x^2/(2*scale^2))/scale",
        "moment": "2^(k/2 + 1)*scale^k*gamma((k + 3)/2)/sqrt(pi) given k > -3",
        "inverse_moment": "sqrt(2/pi)/scale",
    },
    summary="the length of a vector in space with independent normal components of standard deviation scale",
    examples=(Example("mode(Maxwell(1))", "sqrt(2)"), Example("mean(Maxwell(1))", "2*sqrt(2/pi)")),
    natural=(("-1/(2*scale^2)", "x^2"),),
    normaliser="3*log(scale)",
    base="sqrt(2/pi)*x^2",
    oracle=("scipy.stats:maxwell", {"scale": "scale"}),
    others=({"": "natural1", "scale": "sqrt(-1/(2*natural1))"},),
)
