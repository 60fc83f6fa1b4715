"""Inference: likelihood, estimates, posteriors, tests and intervals.

Those that fit take a declared sample, `mle(x)`, or a law with data, `mle(Normal(m, s), y)`; the unknown parameters may follow as a list.
"""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "inference"
_M = "twofold.symbolic.inference."
_SCALAR = "twofold.catalogue.functions.probability:scalar"
_WHAT = (Argument("sample", kind="any"), Argument("data", kind="any", optional=True), Argument("parameters", kind="any", optional=True))
_CHECKS = "twofold.engine.checks.inference:"


def gradient(*args: Term) -> Shape:
    """A number for one unknown parameter, a vector for several."""
    from twofold.symbolic.inference.observations import observations

    count = len(observations(args[0], args[1:], args[0].span).unknown)
    return (count,) if count > 1 else ()


SPECS = (
    Function(
        name="likelihood", arguments=_WHAT, area=_AREA, summary="the product of the densities of the observations", shape=_SCALAR,
        exact=_M + "likelihood:likelihood", examples=(Example("likelihood(Bernoulli(p), [1, 0])", "p*(1 - p)"),),
    ),
    Function(
        name="loglikelihood", arguments=_WHAT, area=_AREA, summary="the log-likelihood, reduced to sums over the sample", shape=_SCALAR,
        exact=_M + "likelihood:loglikelihood", examples=(Example("loglikelihood(Poisson(r), [1, 0])", "log(r) - 2*r"),),
    ),
    Function(
        name="score", arguments=_WHAT, area=_AREA, summary="the derivative of the log-likelihood by the unknown parameters",
        shape="twofold.catalogue.functions.inference:gradient", exact=_M + "likelihood:score", examples=(Example("score(Poisson(r), [1, 0])", "1/r - 2"),),
    ),
    Function(
        name="mle", arguments=_WHAT, area=_AREA, summary="maximum-likelihood estimates, for a sample of any size or for data", shape=_SCALAR, result="answer",
        exact=_M + "maximum:mle", check=_CHECKS + "maximum", examples=(Example("mle(Exponential(r), [1, 2, 3])", "r == 1/2"),),
    ),
    Function(
        name="posterior", arguments=(Argument("parameter", kind="any"), Argument("observations", kind="system", rest=True)), area=_AREA, result="law",
        summary="the law of a parameter given observations, named where the pair is conjugate", shape=_SCALAR, exact=_M + "posterior:posterior",
        check=_CHECKS + "posterior", examples=(Example("mean(Beta(2 + 3, 2 + 1))", "5/8"),),
    ),
    Function(
        name="prior_predictive", arguments=(Argument("observation", kind="any"),), area=_AREA, result="law", shape=_SCALAR,
        summary="the law of an observation with its random parameter averaged out", exact=_M + "posterior:prior_predictive",
        examples=(Example("mean(BetaBinomial(4, 1, 1))", "2"),),
    ),
)
