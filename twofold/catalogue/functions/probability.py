"""Expectations, and what can be asked of a law or a random variable.

The first argument of most is a law, a random variable, or an expression in random variables.
"""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "probability"
_Q = "twofold.symbolic.probability.questions:"
_I = "twofold.symbolic.probability.information:"
_S = "twofold.catalogue.functions.probability:"
_X = Argument("X", kind="any")
_ON = Argument("given", kind="truth", optional=True)
_LAW = Argument("law", kind="any")


def scalar(*args: Term) -> Shape:
    """A number."""
    return ()


def body(*args: Term) -> Shape:
    """The shape of what is averaged."""
    return args[0].shape


def spread(*args: Term) -> Shape:
    """A number, or the covariance matrix of a vector."""
    x = args[0]
    return (x.shape[0], x.shape[0]) if len(x.shape) == 1 and x.sort == "law" else ()


def centre(*args: Term) -> Shape:
    """The shape of one draw of a law; the mean of data is a number."""
    return args[0].shape if args[0].sort == "law" else ()


def information(*args: Term) -> Shape:
    """A number for one parameter, a matrix for a list of them."""
    if len(args) < 2:
        return ()
    size = args[1].shape[0] if len(args[1].shape) == 1 else 1
    return (size, size) if size != 1 else ()


def draws(*args: Term) -> Shape:
    """One number, or as many as asked for."""
    from twofold.catalogue.shapes import dim

    return (dim(args[1]),) if len(args) > 1 else ()


SPECS = (
    Function(
        name="E",
        arguments=(_X, _ON),
        area=_AREA,
        summary="the expectation, also under a condition",
        shape=_S + "body",
        exact=_Q + "expectation",
        examples=(Example("X ~ Normal(2, 1)\nE[X^2]", "5"),),
    ),
    Function(
        name="Var",
        arguments=(_X, _ON),
        area=_AREA,
        summary="the variance, or the covariance matrix of a random vector",
        shape=_S + "spread",
        exact=_Q + "variance_of",
        examples=(Example("X ~ Poisson(3)\nVar[2*X]", "12"),),
    ),
    Function(
        name="Std",
        arguments=(_X, _ON),
        area=_AREA,
        summary="the standard deviation: the root of the variance",
        shape=_S + "scalar",
        exact=_Q + "deviation_of",
        examples=(Example("X ~ Normal(0, 3)\nStd[2*X]", "6"),),
    ),
    Function(
        name="Cov",
        arguments=(_X, Argument("Y", kind="any")),
        area=_AREA,
        summary="the covariance E[X*Y] - E[X]*E[Y]",
        shape=_S + "scalar",
        exact=_Q + "covariance_of",
        examples=(Example("X ~ Poisson(3)\nCov[X, X^2]", "21"),),
    ),
    Function(
        name="Corr",
        arguments=(_X, Argument("Y", kind="any")),
        area=_AREA,
        summary="the correlation coefficient",
        shape=_S + "scalar",
        exact=_Q + "correlation_of",
        examples=(Example("X ~ Poisson(3)\nCorr[X, -X]", "-1"),),
    ),
    Function(
        name="P",
        arguments=(Argument("event", kind="truth"), _ON),
        area=_AREA,
        summary="the probability of an event, also under a condition",
        shape=_S + "scalar",
        exact=_Q + "probability_of",
        examples=(Example("X ~ Uniform(0, 2)\nP(X < 1)", "1/2"),),
    ),
    Function(
        name="pdf",
        arguments=(_LAW, Argument("x")),
        area=_AREA,
        summary="the density of a law at x",
        shape=_S + "scalar",
        exact=_Q + "density_of",
        examples=(Example("pdf(Normal(0, 1), 0)", "1/sqrt(2*pi)"), Example("pdf(Exponential(2), -1)", "0")),
    ),
    Function(
        name="pmf",
        arguments=(_LAW, Argument("x")),
        area=_AREA,
        summary="the probability of the value x",
        shape=_S + "scalar",
        exact=_Q + "density_of",
        examples=(Example("pmf(Binomial(2, 1/2), 1)", "1/2"),),
    ),
    Function(
        name="cdf",
        arguments=(_LAW, Argument("x")),
        area=_AREA,
        summary="the probability of at most x",
        shape=_S + "scalar",
        exact=_Q + "cdf_of",
        examples=(Example("cdf(Exponential(1), log(2))", "1/2"), Example("cdf(Normal(0, 1), 0)", "1/2")),
    ),
    Function(
        name="survival",
        arguments=(_LAW, Argument("x")),
        area=_AREA,
        summary="the probability of more than x",
        shape=_S + "scalar",
        exact=_Q + "survival_of",
        examples=(Example("survival(Exponential(1), log(2))", "1/2"),),
    ),
    Function(
        name="hazard",
        arguments=(_LAW, Argument("x")),
        area=_AREA,
        summary="the density over the survival function",
        shape=_S + "scalar",
        exact=_Q + "hazard_of",
        examples=(Example("hazard(Exponential(3), 2)", "3"),),
    ),
    Function(
        name="quantile",
        arguments=(_LAW, Argument("q")),
        area=_AREA,
        summary="the number where the distribution function reaches q",
        shape=_S + "scalar",
        exact=_Q + "quantile_of",
        examples=(Example("quantile(Uniform(0, 4), 1/4)", "1"),),
    ),
    Function(
        name="support",
        arguments=(_LAW,),
        area=_AREA,
        summary="where a law lives",
        shape=_S + "scalar",
        result="set",
        exact=_Q + "support_of",
        examples=(Example("support(Exponential(1))", "[0, oo)"),),
    ),
    Function(
        name="mean",
        arguments=(_X,),
        area=_AREA,
        summary="the mean of a law, of a random variable or of data",
        shape=_S + "centre",
        exact=_Q + "mean_of",
        examples=(Example("mean(Gamma(3, 2))", "3/2"), Example("mean([1, 2, 6])", "3")),
    ),
    Function(
        name="median",
        arguments=(_X,),
        area=_AREA,
        summary="the median of a law or of data",
        shape=_S + "scalar",
        exact=_Q + "median_of",
        examples=(Example("median(Exponential(1))", "log(2)"), Example("median([3, 1, 2])", "2")),
    ),
    Function(
        name="mode",
        arguments=(_X,),
        area=_AREA,
        summary="where the density or mass of a law is largest",
        shape=_S + "centre",
        exact=_Q + "mode_of",
        examples=(Example("mode(Gamma(3, 2))", "1"),),
    ),
    Function(
        name="variance",
        arguments=(_X, Argument("kind", kind="text", optional=True)),
        area=_AREA,
        shape=_S + "spread",
        exact=_Q + "variance_of_any",
        summary="the variance of a law or random variable; of data by n - 1, with `population` by n",
        examples=(
            Example("variance([1, 2, 3])", "1"),
            Example("variance([1, 2, 3], population)", "2/3"),
            Example("variance(Uniform(0, 1))", "1/12"),
        ),
    ),
    Function(
        name="std",
        arguments=(_X, Argument("kind", kind="text", optional=True)),
        area=_AREA,
        summary="the root of the variance",
        shape=_S + "scalar",
        exact=_Q + "std_of_any",
        examples=(Example("std([1, 2, 3])", "1"),),
    ),
    Function(
        name="skewness",
        arguments=(_X,),
        area=_AREA,
        summary="the third standardised moment",
        shape=_S + "scalar",
        exact=_Q + "skewness_of",
        examples=(Example("skewness(Exponential(5))", "2"),),
    ),
    Function(
        name="kurtosis",
        arguments=(_X,),
        area=_AREA,
        summary="the fourth standardised moment minus 3 (0 for a normal law)",
        shape=_S + "scalar",
        exact=_Q + "kurtosis_of",
        examples=(Example("kurtosis(Normal(1, 2))", "0"), Example("kurtosis(Laplace(0, 1))", "3")),
    ),
    Function(
        name="moment",
        arguments=(_X, Argument("k")),
        area=_AREA,
        summary="the raw moment E[X^k]",
        shape=_S + "scalar",
        exact=_Q + "moment_of",
        examples=(Example("moment(Normal(0, 1), 4)", "3"),),
    ),
    Function(
        name="cumulant",
        arguments=(_X, Argument("k")),
        area=_AREA,
        summary="the k-th cumulant",
        shape=_S + "scalar",
        exact=_Q + "cumulant_of",
        examples=(Example("cumulant(Poisson(3), 4)", "3"),),
    ),
    Function(
        name="mgf",
        arguments=(_X, Argument("t")),
        area=_AREA,
        summary="the moment generating function E[exp(t*X)]",
        shape=_S + "scalar",
        exact=_Q + "mgf_of",
        examples=(Example("mgf(Poisson(1), log(2))", "e"),),
    ),
    Function(
        name="cf",
        arguments=(_X, Argument("t")),
        area=_AREA,
        summary="the characteristic function E[exp(im*t*X)]",
        shape=_S + "scalar",
        complex=True,
        exact=_Q + "cf_of",
        examples=(Example("cf(Normal(0, 1), 1)", "exp(-1/2)"),),
    ),
    Function(
        name="entropy",
        arguments=(_X,),
        area=_AREA,
        summary="the entropy in nats (differential for a density)",
        shape=_S + "scalar",
        exact=_I + "entropy_of",
        examples=(Example("entropy(Uniform(0, 1))", "0"), Example("entropy(Bernoulli(1/2))", "log(2)")),
    ),
    Function(
        name="kl",
        arguments=(Argument("p", kind="law"), Argument("q", kind="law")),
        area=_AREA,
        shape=_S + "scalar",
        exact=_I + "divergence_of",
        summary="the Kullback-Leibler divergence of p from q, in nats",
        examples=(
            Example("kl(Normal(0, 1), Normal(1, 1))", "1/2"),
            Example("kl(Exponential(2), Exponential(1))", "log(2) - 1/2"),
        ),
    ),
    Function(
        name="fisher",
        arguments=(Argument("law", kind="law"), Argument("parameter", kind="any", optional=True)),
        area=_AREA,
        shape=_S + "information",
        summary="the Fisher information of one observation, by a parameter or a list of them",
        exact=_I + "fisher_of",
        examples=(Example("fisher(Poisson(t), t)", "1/t"), Example("fisher(Bernoulli(p), p)", "1/(p*(1 - p))")),
    ),
    Function(
        name="sample",
        arguments=(Argument("law", kind="law"), Argument("count", optional=True)),
        area=_AREA,
        shape=_S + "draws",
        summary="random draws from a law; the same for the same seed",
        floats="twofold.numeric.laws:sample",
        examples=(Example("sample(Dirac(2), 3)", "[2, 2, 2]"),),
    ),
)
