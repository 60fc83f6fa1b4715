"""Smooth and kinked steps: the entrywise functions of neural networks, indicators and impulses."""

from twofold.catalogue.spec import Argument, Example, Function

_X = (Argument("x"),)
_AREA = "activations and steps"

SPECS = (
    Function(
        name="sigmoid", aliases=("expit",), arguments=_X, area=_AREA, summary="the logistic function 1/(1 + exp(-x))", definition="1/(1 + exp(-x))",
        identities=("diff(sigmoid(x), x) == sigmoid(x)*(1 - sigmoid(x))", "sigmoid(-x) == 1 - sigmoid(x)", "logit(sigmoid(x)) == x"),
        examples=(Example("sigmoid(0)", "1/2"),),
    ),
    Function(
        name="softplus", arguments=_X, area=_AREA, summary="log(1 + exp(x)), a smooth max(x, 0)", definition="log(1 + exp(x))",
        identities=("softplus(x) - softplus(-x) == x", "diff(softplus(x), x) == sigmoid(x)"), examples=(Example("softplus(0)", "log(2)"),),
    ),
    Function(
        name="relu", arguments=_X, area=_AREA, summary="max(x, 0)", definition="max(x, 0)",
        identities=("relu(x) - relu(-x) == x", "relu(x) == (x + abs(x))/2"), examples=(Example("relu(-3)", "0"), Example("relu(2)", "2")),
    ),
    Function(
        name="gelu", arguments=_X, area=_AREA, summary="x*Phi(x), the Gaussian error linear unit", definition="x*Phi(x)",
        identities=("gelu(x) - gelu(-x) == x",), examples=(Example("gelu(0)", "0"),), references=("Hendrycks and Gimpel, arXiv:1606.08415",),
    ),
    Function(
        name="logit", arguments=(Argument("p"),), area=_AREA, summary="the log odds log(p/(1 - p))", definition="log(p/(1 - p))", domain="0 < p < 1",
        identities=("sigmoid(logit(p)) == p given 0 < p < 1", "diff(logit(p), p) == 1/(p*(1 - p)) given 0 < p < 1"), examples=(Example("logit(1/2)", "0"),),
    ),
    Function(
        name="logsumexp", arguments=(Argument("x"),), area=_AREA, summary="log of the sum of the exponentials of the entries", shape="(n)->()",
        definition="log(sum(exp(x)))", examples=(Example("logsumexp([0, 0, 0])", "log(3)"),),
    ),
    Function(
        name="indicator", arguments=(Argument("condition", kind="truth"),), area=_AREA, summary="1 where a condition holds, 0 elsewhere", shape="->()",
        definition="{1 if condition; 0 otherwise}", examples=(Example("indicator(2 > 1)", "1"), Example("indicator(2 < 1)", "0")),
    ),
    Function(
        name="heaviside", arguments=_X, area=_AREA, summary="the unit step: 0 below 0, 1 above, and 1/2 at 0", definition="{1 if x > 0; 1/2 if x == 0; 0 otherwise}",
        identities=("heaviside(x) + heaviside(-x) == 1", "heaviside(x) == (1 + sign(x))/2"), examples=(Example("heaviside(3)", "1"), Example("heaviside(0)", "1/2")),
    ),
    Function(
        name="dirac", arguments=_X, area=_AREA, summary="the unit impulse at 0: a distribution, which has no value at 0; it is for integrals",
        exact="sympy:DiracDelta", domain="x != 0", examples=(Example("integrate(dirac(x), x = -1..1)", "1"),),
    ),
    Function(
        name="delta", arguments=(Argument("i"), Argument("j")), area=_AREA, summary="the Kronecker delta: 1 where i == j, 0 elsewhere",
        definition="{1 if i == j; 0 otherwise}", identities=("delta(i, j) == delta(j, i)",), examples=(Example("delta(2, 2)", "1"), Example("delta(1, 2)", "0")),
    ),
)  # fmt: skip
