"""The Yule-Simon law."""

from twofold.catalogue.spec import Absent, Example, Law, Parameter

SPEC = Law(
    name="YuleSimon",
    parameters=(Parameter("shape", "shape > 0", "a positive shape", (9, 12)),),
    support=("1", "oo"),
    discrete=True,
    density="shape*beta(x, shape + 1)",
    closed={
        "mean": "shape/(shape - 1) given shape > 1",
        "variance": "shape^2/((shape - 1)^2*(shape - 2)) given shape > 2",
        "mode": "1",
        "cdf": "1 - x*beta(x, shape + 1)",
        "survival": "x*beta(x, shape + 1)",
        "mgf": Absent("the expectation of exp(t*X) is infinite for every t > 0"),
        "quantile": Absent("the cdf is not inverted by a formula"),
    },
    summary="sizes in preferential growth, with a tail that falls like x^(-shape - 1)",
    examples=(Example("mean(YuleSimon(3))", "3/2"),),
    oracle=("scipy.stats:yulesimon", {"alpha": "shape"}),
)
