"""The multivariate normal law, by mean vector and covariance matrix."""

from twofold.catalogue.spec import Example, Law, Parameter

SPEC = Law(
    name="MultivariateNormal",
    parameters=(
        Parameter("mean", "true", "a vector", (-2, 2), kind="vector"),
        Parameter("covariance", "true", "a symmetric positive definite matrix", (0, 1), kind="matrix"),
    ),
    support=("-oo", "oo"),
    discrete=False,
    kind="vector",
    density="exp(-(x - mean)'*inv(covariance)*(x - mean)/2)/sqrt((2*pi)^length(mean)*det(covariance))",
    closed={
        "mean": "mean",
        "variance": "covariance",
        "mode": "mean",
        "mgf": "exp(t'*mean + t'*covariance*t/2)",
        "entropy": "length(mean)/2*(1 + log(2*pi)) + log(det(covariance))/2",
    },
    summary="a vector whose linear combinations are all normal",
    aliases=("MvNormal",),
    examples=(Example("variance(MultivariateNormal([0, 0], [2, 1; 1, 3]))", "[2, 1; 1, 3]"),),
    oracle=("scipy.stats:multivariate_normal", {"mean": "mean", "cov": "covariance"}),
)
