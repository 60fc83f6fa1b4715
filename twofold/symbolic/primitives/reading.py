"""Terms in one variable with rational numbers, read as polynomials and rational functions (FLINT's `fmpq_poly`)."""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpq_poly

from twofold.catalogue.constants import rational as number_of
from twofold.grammar.term import App, Num, Symbol, Term, Var, free_symbols
from twofold.symbolic.arithmetic import ONE, negate, over, times

HIGHEST = 60
"""Degrees up to which polynomials are made."""


class NotRead(Exception):
    """A term of another kind."""


X = fmpq_poly([0, 1])


def rational_number(t: Term) -> Any:
    """The value as an `fmpq`; `None` for what is not rational."""
    found = t.value if isinstance(t, Num) else None if isinstance(t, Var) else number_of(t)
    return None if found is None else fmpq(found.numerator, found.denominator)


def depends(t: Term, x: Symbol) -> bool:
    return x in free_symbols(t)


def polynomial(t: Term, x: Symbol) -> Any:
    """A polynomial in x. Raises `NotRead`."""
    above, below = rational(t, x)
    if below.degree() > 0:
        raise NotRead
    return above / below.coeffs()[0]


def rational(t: Term, x: Symbol) -> tuple[Any, Any]:
    """Numerator and denominator, without common factors. Raises `NotRead`."""
    above, below = _ratio(t, x)
    if below.degree() > 0:
        g = above.gcd(below)
        if g.degree() > 0:
            above, below = divmod(above, g)[0], divmod(below, g)[0]
    lead = below.leading_coefficient()
    return above / lead, below / lead


def _ratio(t: Term, x: Symbol) -> tuple[Any, Any]:
    if isinstance(t, Var):
        if t.symbol is x:
            return X, fmpq_poly([1])
        raise NotRead
    if isinstance(t, Num):
        return fmpq_poly([fmpq(t.value.numerator, t.value.denominator)]), fmpq_poly([1])
    if not isinstance(t, App) or t.shape:
        raise NotRead
    if t.op == "neg":
        a, b = _ratio(t.args[0], x)
        return -a, b
    if t.op == "pow":
        n = rational_number(t.args[1])
        if n is None or n.q != 1:
            raise NotRead
        a, b = _ratio(t.args[0], x)
        k = int(n.p)
        if abs(k) * max(1, a.degree(), b.degree()) > HIGHEST or k < 0 and not a:
            raise NotRead
        return (a**k, b**k) if k >= 0 else (b**-k, a**-k)
    if t.op not in ("add", "sub", "mul", "div"):
        raise NotRead
    (a, b), (c, d) = _ratio(t.args[0], x), _ratio(t.args[1], x)
    if t.op == "mul":
        made = a * c, b * d
    elif t.op == "div":
        if not c:
            raise NotRead
        made = a * d, b * c
    elif b == d:
        made = (a + c if t.op == "add" else a - c), b
    else:
        made = (a * d + c * b if t.op == "add" else a * d - c * b), b * d
    if max(made[0].degree(), made[1].degree()) > HIGHEST:
        raise NotRead
    return made


def linear(t: Term, x: Symbol) -> tuple[Any, Any] | None:
    """The coefficients of a*x + b, a not 0; `None` for anything else."""
    try:
        p = polynomial(t, x)
    except NotRead:
        return None
    return (p.coeffs()[1], p.coeffs()[0]) if p.degree() == 1 else None


def split(t: Term, x: Symbol) -> tuple[Term, Term]:
    """A factor without the variable, and the rest."""
    if not depends(t, x):
        return t, ONE
    if isinstance(t, App) and not t.shape:
        if t.op == "neg":
            c, rest = split(t.args[0], x)
            return negate(c), rest
        if t.op == "mul":
            (a, p), (b, q) = split(t.args[0], x), split(t.args[1], x)
            return times(a, b), times(p, q)
        if t.op == "div":
            (a, p), (b, q) = split(t.args[0], x), split(t.args[1], x)
            return over(a, b), over(p, q)
    return ONE, t
