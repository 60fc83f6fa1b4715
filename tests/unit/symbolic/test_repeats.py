"""Integrals over the half line that repeat, over the line in exp(x), by reflection; quotients by p + q*cos(x); what these leave."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.work import work

VALUES = {
    "exp(-x)*floor(x), x = 0..oo": "1/(e - 1)", "exp(-x)*abs(sin(x)), x = 0..oo": "1/(2*tanh(pi/2))", "loggamma(x), x = 0..1": "log(2*pi)/2",
    "log(gamma(x)), x = 1..2": "(log(2*pi) - 2)/2", "log(x)/(x^2 - 1), x = 0..oo": "pi^2/4", "log(x)^2/(x^2 + 1), x = 0..1": "pi^3/16", "log(x)/(1 - x), x = 0..1": "-pi^2/6",
    "x*log(x)/(x^3 - 1), x = 0..oo": "4*pi^2/27", "sqrt(x)*log(x)/(1 - x), x = 0..1": "(8 - pi^2)/2",
    "log(x)^2/(1 + x^3), x = 0..1": "(351*zeta(3) + 10*sqrt(3)*pi^3)/486", "log(x)^3/(1 - x), x = 0..1": "-pi^4/15",
    "log(x)/(1 + x^2), x = 0..1": "(pi^2 - polygamma(1, 1/4))/8", "exp(-exp(x) + x), x = -oo..oo": "1",
    "x*exp(-x - exp(-x)), x = -oo..oo": "euler_gamma", "cos(3x)/(5 - 4cos(x)), x = 0..pi": "pi/24", "1/(2 + sin(x)), x = -pi..pi": "2*sqrt(3)*pi/3",
    "1/(a + b*cos(x)), x = 0..pi": "pi*sign(a)/sqrt((a - b)*(a + b))",
}  # fmt: skip
LEFT = ("exp(-x)*floor(x^2), x = 0..oo", "exp(-exp(x) + x^3), x = -oo..oo", "loggamma(x), x = 0..3/2")


def read(text):
    return resolve(parse_expression(f"integrate({text})", "test"), Scope({}))


@pytest.mark.parametrize("text", VALUES)
def test_values(text):
    context = Context()
    assert show(work(read(text), context)) == VALUES[text]
    if text.startswith("1/(a"):
        assert all(part in " and ".join(map(show, context.conditions)) for part in ("(a - b)*(a + b) > 0",))


@pytest.mark.parametrize("text", LEFT)
def test_left(text):
    with pytest.raises(NoClosedForm):
        work(read(text), Context())
