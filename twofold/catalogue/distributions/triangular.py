"""The triangular law."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="Triangular",
    parameters=(
        Parameter("a", "true", "the smallest value", (-3, -1)),
        Parameter("b", "b > a", "the largest value", (2, 4)),
        Parameter("c", "a <= c and c <= b", "the most likely value, between the other two", (-0.5, 1.5)),
    ),
    support=("a", "b"),
    discrete=False,
    density="{2*(x - a)/((b - a)*(c - a)) if x < c; 2/(b - a) if x == c; 2*(b - x)/((b - a)*(b - c)) otherwise}",
    closed={
        "mean": "(a + b + c)/3",
        "variance": "(a^2 + b^2 + c^2 - a*b - a*c - b*c)/18",
        "median": "{a + sqrt((b - a)*(c - a)/2) if c >= (a + b)/2; b - sqrt((b - a)*(b - c)/2) otherwise}",
        "mode": "c",
        "skewness": "sqrt(2)*(a + b - 2*c)*(2*a - b - c)*(a - 2*b + c)/(5*(a^2 + b^2 + c^2 - a*b - a*c - b*c)^(3/2))",
        "kurtosis": "-3/5",
        "entropy": "1/2 + log((b - a)/2)",
        "cdf": "{(x - a)^2/((b - a)*(c - a)) if x < c; (c - a)/(b - a) if x == c; 1 - (b - x)^2/((b - a)*(b - c)) otherwise}",
        "quantile": "{a + sqrt(q*(b - a)*(c - a)) if q < (c - a)/(b - a); b - sqrt((1 - q)*(b - a)*(b - c)) otherwise}",
    },
    summary="between a and b, with a density that rises to c and falls after it",
    examples=(Example("mean(Triangular(0, 2, 1))", "1"), Example("variance(Triangular(0, 2, 1))", "1/6")),
    oracle=("scipy.stats:triang", {"loc": "a", "scale": "b - a", "c": "(c - a)/(b - a)"}),
)
