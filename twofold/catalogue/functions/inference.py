"""Inference: likelihood, estimates, posteriors, tests and intervals.

Those that fit take a declared sample, `mle(x)`, or a law with data, `mle(Normal(m, s), y)`; the unknown parameters may follow as a list.
"""

from twofold.catalogue.spec import Argument, Example, Function

_AREA = "inference"
_M = "twofold.symbolic.inference."
_H = _M + "hypotheses:"
_SCALAR = "twofold.catalogue.functions.probability:scalar"
_WHAT = (
    Argument("sample", kind="any"),
    Argument("data", kind="any", optional=True),
    Argument("parameters", kind="any", optional=True),
)
_CHECKS = "twofold.engine.checks.inference:"


SPECS = (
    Function(
        name="likelihood",
        arguments=_WHAT,
        area=_AREA,
        summary="the product of the densities of the observations",
        shape=_SCALAR,
        exact=_M + "likelihood:likelihood",
        examples=(Example("likelihood(Bernoulli(p), [1, 0])", "p*(1 - p)"),),
    ),
    Function(
        name="loglikelihood",
        arguments=_WHAT,
        area=_AREA,
        summary="the log-likelihood, reduced to sums over the sample",
        shape=_SCALAR,
        exact=_M + "likelihood:loglikelihood",
        examples=(Example("loglikelihood(Poisson(r), [1, 0])", "log(r) - 2*r"),),
    ),
    Function(
        name="score",
        arguments=_WHAT,
        area=_AREA,
        summary="the derivative of the log-likelihood by the unknown parameters",
        shape=_M + "observations:gradient",
        exact=_M + "likelihood:score",
        examples=(Example("score(Poisson(r), [1, 0])", "1/r - 2"),),
    ),
    Function(
        name="mle",
        arguments=_WHAT,
        area=_AREA,
        summary="maximum-likelihood estimates, for a sample of any size or for data",
        shape=_SCALAR,
        result="answer",
        exact=_M + "maximum:mle",
        check=_CHECKS + "maximum",
        examples=(Example("mle(Exponential(r), [1, 2, 3])", "r == 1/2"),),
    ),
    Function(
        name="mom",
        arguments=_WHAT,
        area=_AREA,
        summary="estimates by the method of moments, for a sample of any size or for data",
        shape=_SCALAR,
        result="answer",
        exact=_M + "matching:mom",
        check=_CHECKS + "matched",
        examples=(Example("mom(Exponential(r), [1, 2, 3])", "r == 1/2"),),
    ),
    Function(
        name="posterior",
        arguments=(Argument("parameter", kind="any"), Argument("observations", kind="system", rest=True)),
        area=_AREA,
        result="law",
        summary="the law of a parameter given observations, named where the pair is conjugate",
        shape=_SCALAR,
        exact=_M + "posterior:posterior",
        check=_CHECKS + "posterior",
        examples=(Example("q ~ Beta(1, 1)\nK | q ~ Binomial(3, q)\nposterior(q, K = 2)", "Beta(3, 2)"),),
    ),
    Function(
        name="prior_predictive",
        arguments=(Argument("observation", kind="any"),),
        area=_AREA,
        result="law",
        shape=_SCALAR,
        summary="the law of an observation with its random parameter averaged out",
        exact=_M + "posterior:prior_predictive",
        examples=(Example("q ~ Beta(1, 1)\nK | q ~ Binomial(3, q)\nprior_predictive(K)", "BetaBinomial(3, 1, 1)"),),
    ),
    Function(
        name="t_test",
        area=_AREA,
        shape=_SCALAR,
        result="tuple",
        exact=_H + "t_test",
        check=_CHECKS + "test",
        arguments=(
            Argument("x"),
            Argument("y", optional=True),
            Argument("kind", kind="text", optional=True),
            Argument("mean", named=True, optional=True),
        ),
        summary="Student's test of a mean, of two means (welch, pooled) or of paired data",
        examples=(Example("t_test([1, 2, 3], mean = 2)", "(t == 0, df == 2, p == 2*survival(StudentT(2), 0))"),),
    ),
    Function(
        name="z_test",
        area=_AREA,
        shape=_SCALAR,
        result="tuple",
        exact=_H + "z_test",
        check=_CHECKS + "test",
        arguments=(Argument("x"), Argument("mean", named=True, optional=True), Argument("sd", named=True)),
        summary="the test of a mean with a known standard deviation",
        examples=(Example("z_test([1, 2, 3], mean = 2, sd = 1)", "(z == 0, p == 1)"),),
    ),
    Function(
        name="proportion_test",
        area=_AREA,
        shape=_SCALAR,
        result="tuple",
        exact=_H + "proportion_test",
        check=_CHECKS + "test",
        arguments=(Argument("k"), Argument("n"), Argument("p")),
        summary="the test of a proportion by the normal approximation",
        examples=(Example("proportion_test(5, 10, 1/2)", "(z == 0, p == 1)"),),
    ),
    Function(
        name="chi2_test",
        area=_AREA,
        shape=_SCALAR,
        result="tuple",
        exact=_H + "chi2_test",
        check=_CHECKS + "test",
        arguments=(Argument("observed"), Argument("expected", optional=True)),
        summary="Pearson's test of counts, or of independence in a table",
        examples=(Example("chi2_test([10, 10])", "(chi2 == 0, df == 1, p == survival(ChiSquared(1), 0))"),),
    ),
    Function(
        name="f_test",
        area=_AREA,
        shape=_SCALAR,
        result="tuple",
        exact=_H + "f_test",
        check=_CHECKS + "test",
        arguments=(Argument("x"), Argument("y")),
        summary="the test of equal variances of two normal samples",
        examples=(
            Example(
                "f_test([1, 2, 3], [2, 3, 4])", "(f == 1, df1 == 2, df2 == 2, p == 2*min(cdf(F(2, 2), 1), survival(F(2, 2), 1)))"
            ),
        ),
    ),
    Function(
        name="confint",
        area=_AREA,
        shape=_SCALAR,
        result="set",
        exact=_H + "confint",
        check=_CHECKS + "interval",
        arguments=(Argument("x"), Argument("level", named=True, optional=True), Argument("sd", named=True, optional=True)),
        summary="the confidence interval for the mean, at level 19/20 unless said",
        examples=(Example("confint([1, 1, 1], level = 1/2)", "[1, 1]"),),
    ),
)
