"""Antiderivatives by parts: a polynomial or a rational function times one logarithm or one inverse function."""

from __future__ import annotations

from typing import Any

from flint import fmpq_poly

from twofold.grammar.term import App, Symbol, Term, Var
from twofold.symbolic.arithmetic import over, times
from twofold.symbolic.primitives.rational import parts_of
from twofold.symbolic.primitives.reading import NotRead, depends, rational
from twofold.symbolic.primitives.roots import over_root
from twofold.symbolic.primitives.writing import Part, polynomial, primitive, total

_ROOTED = {"asin": (1, -1, 0), "acos": (-1, -1, 0), "asinh": (1, 1, 0)}
_FUNCTIONS = frozenset(("log", "atan", "atanh", *_ROOTED))


def by_parts(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a product of this kind, `None` for any other term."""
    try:
        above, below, g = _read(t, x)
        if g is None:
            return None
        return _worked(above, below, g, x)
    except NotRead:
        return None


def _read(t: Term, x: Symbol) -> tuple[Any, Any, App | None]:
    """A rational function and at most one function of the list that it is multiplied by."""
    if isinstance(t, App) and not t.shape:
        if t.op in _FUNCTIONS and depends(t, x):
            return fmpq_poly([1]), fmpq_poly([1]), t
        if t.op == "neg":
            p, q, g = _read(t.args[0], x)
            return -p, q, g
        if t.op in ("mul", "div"):
            (p, q, g), (r, s, h) = _read(t.args[0], x), _read(t.args[1], x)
            if g is not None and h is not None or t.op == "div" and h is not None:
                raise NotRead
            return (p * r, q * s, g or h) if t.op == "mul" else (p * s, q * r, g or h)
    return *rational(t, x), None


def _worked(above: Any, below: Any, g: App, x: Symbol) -> Term | None:
    common = above.gcd(below)
    above, below = divmod(above, common)[0], divmod(below, common)[0]
    v = Var(x)
    u, w = rational(g.args[0], x)
    if below.degree() > 0:
        p, q = _rational_antiderivative(above, below)
    else:
        p, q = (above / below.coeffs()[0]).integral(), fmpq_poly([1])
    step = u.derivative() * w - u * w.derivative()
    if g.op in _ROOTED:
        if w.degree() > 0 or u.degree() != 1 or q.degree() > 0:
            return None
        sign, square, _ = _ROOTED[g.op]
        left = over_root(p * step * sign, 1 + square * u * u, v)
    else:
        # u'/u, u'/(1 + u^2), u'/(1 - u^2) for u over w.
        base = u * w if g.op == "log" else w * w + u * u if g.op == "atan" else w * w - u * u
        shared = step.gcd(base)
        step, base = divmod(step, shared)[0], divmod(base, shared)[0]
        if q.degree() == 0 and base.degree() > 0:
            # The constant of integration that makes the rest simpler.
            excess = divmod(p, base)[1]
            p = p - excess if excess.degree() == 0 else p
        left = parts_of(*_reduced(p * step, base * q), v)
    if left is None:
        return None
    c, inner = primitive(p, v)
    head: Term = times(inner, g) if q.degree() <= 0 else over(times(inner, g), polynomial(q, v))
    rows: list[Part] = [(c, head), *((-k, part) for k, part in left)]
    return total(rows)


def _reduced(a: Any, b: Any) -> tuple[Any, Any]:
    if not a:
        return a, fmpq_poly([1])
    g = a.gcd(b)
    a, b = divmod(a, g)[0], divmod(b, g)[0]
    lead = b.leading_coefficient()
    return a / lead, b / lead


def _rational_antiderivative(above: Any, below: Any) -> tuple[Any, Any]:
    """The antiderivative where it is rational. Raises `NotRead`."""
    # Of p/q it is r/d, d the gcd of q and q': r' - r*(d'/d) = p*d/q, linear in the coefficients of r.
    whole, rest = divmod(above, below)
    if below.degree() == 0 or not rest:
        return whole.integral(), fmpq_poly([1])
    factors = below.factor()[1]
    if len(factors) != 1 or factors[0][0].degree() != 1:
        raise NotRead
    line, k = factors[0]
    a, b = line.coeffs()[1], line.coeffs()[0]
    shifted = above(fmpq_poly([-b / a, 1 / a])) / below.leading_coefficient() * a**k
    # The sum of c_j*u^(j - k)/a with u = a*x + b.
    rows = [*shifted.coeffs()]
    if len(rows) >= k and rows[k - 1]:
        raise NotRead
    made = fmpq_poly([c / (a * (j - k + 1)) if j != k - 1 else c for j, c in enumerate(rows)])
    return made(line), line ** (k - 1)
