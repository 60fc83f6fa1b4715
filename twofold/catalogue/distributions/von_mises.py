"""The von Mises law on the circle, written on (-pi, pi] around its mean direction."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="VonMises",
    parameters=(
        Parameter("mean", "true", "the mean direction: a real number", (-1, 1)),
        Parameter("concentration", "concentration > 0", "a positive concentration", (0.3, 5)),
    ),
    support=("mean - pi", "mean + pi"),
    discrete=False,
    density="exp(concentration*cos(x - mean))/(2*pi*besseli(0, concentration))",
    closed={
        "mean": "mean",
        "median": "mean",
        "mode": "mean",
        "skewness": "0",
        "entropy": "log(2*pi*besseli(0, concentration)) - concentration*besseli(1, concentration)/besseli(0, concentration)",
        "variance": Absent("the circular variance is 1 - besseli(1, concentration)/besseli(0, concentration)"),
        "quantile": Absent("the cdf is not inverted by a formula"),
        "E[cos(x)]": "besseli(1, concentration)/besseli(0, concentration)*cos(mean)",
        "E[sin(x)]": "besseli(1, concentration)/besseli(0, concentration)*sin(mean)",
    },
    summary="an angle around a mean direction",
    examples=(Example("mode(VonMises(1, 2))", "1"),),
    natural=(("concentration*cos(mean)", "cos(x)"), ("concentration*sin(mean)", "sin(x)")),
    normaliser="log(besseli(0, concentration))",
    base="1/(2*pi)",
    oracle=("scipy.stats:vonmises", {"kappa": "concentration", "loc": "mean"}),
    others=({"": "natural2 natural1", "mean": "atan2(natural2, natural1)", "concentration": "sqrt(natural1^2 + natural2^2)"},),
)
