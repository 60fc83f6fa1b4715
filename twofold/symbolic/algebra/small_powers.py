"""Powers of a matrix whose eigenvalue 0 has chains: the first of them are not what the formula for large exponents gives."""

from __future__ import annotations

from functools import reduce

from sympy.polys.matrices import DomainMatrix

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term, Var, num
from twofold.symbolic.algebra.elimination import expressions
from twofold.symbolic.algebra.matrices import term_of
from twofold.symbolic.context import Context


def first_powers(m: DomainMatrix, length: int, general: Term, exponent: Term, context: Context) -> Term:
    """A^n with the cases n = 1, 2, … below the length of the longest chain of the eigenvalue 0, from which on `general` is the power."""
    parts: list[Term] = []
    power = m.to_field()
    for k in range(1, length):
        if not _is_excluded(exponent, k, context):
            value = term_of(expressions(power), context)
            if value != general:
                parts += [value, app("eq", exponent, num(k))]
        power = power * m.to_field()
    return App("piecewise", (*parts, general), general.shape) if parts else general


def _is_excluded(exponent: Term, k: int, context: Context) -> bool:
    """Whether a declaration or an assumption says that an exponent is greater."""
    if not isinstance(exponent, Var) or exponent.shape:
        return False
    known = context.range(exponent.symbol)
    return known.lower is not None and (known.lower > k or known.lower == k and known.open_lower)


def flattened(t: Term) -> Term:
    """Cases whose values are cases again, as cases of one kind."""
    if not isinstance(t, App) or t.op != "piecewise" or not any(isinstance(v, App) and v.op == "piecewise" for v in t.args[::2]):
        return t
    parts: list[Term] = []
    for k in range(0, len(t.args), 2):
        value = t.args[k]
        condition = t.args[k + 1] if k + 1 < len(t.args) else None
        inner = value.args if isinstance(value, App) and value.op == "piecewise" else (value,)
        for j in range(0, len(inner), 2):
            own = [c for c in (condition, inner[j + 1] if j + 1 < len(inner) else None) if c is not None]
            parts += [inner[j], *([reduce(lambda a, b: app("and", a, b), own)] if own else [])]
    return App("piecewise", tuple(parts), t.shape)


def of_exponents(exponent: Term, length: int, whole: bool) -> Term:
    """The exponents for which cases up to a length hold."""
    if whole:
        return app("ge", exponent, num(1))
    rows = [app("eq", exponent, num(k)) for k in range(1, length)] + [app("ge", exponent, num(length))]
    return reduce(lambda a, b: app("or", a, b), rows)
