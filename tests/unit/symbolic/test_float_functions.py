"""SymPy expressions as functions of floats, as a quick look before the slow one."""

import pytest
import sympy as sp

from twofold.symbolic.context import Context
from twofold.symbolic.float_functions import compiled
from twofold.symbolic.spot import agree

x = sp.Symbol("x", real=True)
THIRD = sp.Rational(1, 3)


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        (x**3 / 3 - 1 / x, -1.5),
        (sp.sqrt(x), 2.0),
        (sp.log(x) * sp.gamma(x), 2.5),
        (x**THIRD, 8.0),
        (sp.atan(x) + sp.Abs(x) + sp.EulerGamma * sp.pi, -0.5),
        (sp.Piecewise((x, x < 1), (x**2, True)), 3.0),
    ],
    ids=str,
)
def test_values_are_those_of_sympy(expression: sp.Expr, at: float) -> None:
    f = compiled(expression, [x])
    assert f is not None
    assert abs(f([at]) - float(expression.subs(x, sp.Rational(at)).evalf(20))) < 1e-12


@pytest.mark.parametrize("expression", [sp.sqrt(x - 1), sp.asin(x + 2), 1 / (x - sp.Rational(1, 2)), (x - 1) ** THIRD], ids=str)
def test_what_has_no_real_value_raises(expression: sp.Expr) -> None:
    f = compiled(expression, [x])
    assert f is not None
    with pytest.raises((ArithmeticError, ValueError)):
        f([0.5])


def test_what_has_no_rule_has_no_function() -> None:
    assert compiled(sp.besselj(0, x), [x]) is None
    assert compiled(sp.I * x, [x]) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((x + 1) ** 2, x**2 + 2 * x + 1, True),
        (sp.sqrt(x**2, evaluate=False), sp.Abs(x), True),
        (sp.sqrt(x) ** 2, x, True),
        (sp.exp(sp.I * x), sp.cos(x) + sp.I * sp.sin(x), True),
        (x, sp.Abs(x), False),
        (x**2 + sp.Rational(1, 10**6), x**2, False),
        (sp.besselj(0, x) * 2, sp.besselj(0, x) + sp.besselj(0, -x), True),
    ],
    ids=str,
)
def test_agreement(left: sp.Expr, right: sp.Expr, expected: bool) -> None:
    assert agree(left, right, Context(), enough=1, real=False) is expected
