"""Values of SymPy expressions in double precision, as a quick look before the slow one."""

import pytest
import sympy as sp

from twofold.symbolic.context import Context
from twofold.symbolic.doubles import in_doubles
from twofold.symbolic.spot import agree

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        (x**3 / 3 - 1 / x, -1.5),
        (sp.sqrt(x), -2.0),
        (sp.log(x), -2.0),
        (sp.log(sp.I * x), -2.0),
        (x ** sp.Rational(1, 3), -8.0),
        (sp.exp(sp.I * x) * sp.cos(x), 0.75),
        (sp.atan(x) + sp.Abs(x) + sp.EulerGamma * sp.pi, -0.5),
    ],
)
def test_values_are_those_of_sympy(expression: sp.Expr, at: float) -> None:
    found = in_doubles(expression, {x: at})
    assert found is not None
    assert abs(complex(found) - complex(expression.subs(x, sp.Rational(at)).evalf(20))) < 1e-12


@pytest.mark.parametrize(
    "expression",
    [
        sp.gamma(x),
        sp.asin(x + 2),
        1 / (x - sp.Rational(1, 2)),
        sp.exp(sp.exp(sp.exp(20 * x))),
        sp.log(-1 + x * sp.I * sp.Rational(1, 10**12)),
        sp.sqrt(-1 - x * sp.I * sp.Rational(1, 10**12)),
    ],
)
def test_no_value_beyond_what_doubles_tell(expression: sp.Expr) -> None:
    """Unknown functions, complex values of the inverse ones, poles, overflow, and values beside a cut are left to the slow look."""
    assert in_doubles(expression, {x: 0.5}) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((x + 1) ** 2, x**2 + 2 * x + 1, True),
        (sp.sqrt(x**2, evaluate=False), sp.Abs(x), True),
        (sp.sqrt(x) ** 2, x, True),
        (x, sp.Abs(x), False),
        (x**2 + sp.Rational(1, 10**6), x**2, False),
    ],
)
def test_agreement(left: sp.Expr, right: sp.Expr, expected: bool) -> None:
    assert agree(left, right, Context(), tries=8, enough=1) is expected
