"""Integrands with corners and jumps: the range is cut where a part changes its branch, and every piece is integrated as the smooth function it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import NoClosedForm

_KINKED = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.Heaviside)
_MOST, _MOST_SOLVED = 200, 40
"""Pieces of a range, and equations that are solved for them."""


def pieces(f: Any, x: Any, a: Any, b: Any) -> list[tuple[Any, Any, Any]] | None:
    """Smooth integrands with their ranges, for a range between numbers; `None` where there is nothing to cut or a cut cannot be found.

    Raises `NoClosedForm` where a part that is cut has no real value on a piece.
    """
    kinked = [g for g in f.atoms(*_KINKED) if g.has(x)]
    if (
        not kinked
        or not (a.is_extended_real and b.is_extended_real and a.is_number and b.is_number)
        or a >= b
        or f.has(sp.Piecewise)
    ):
        return None
    cuts: set[Any] = set()
    innermost = [g for g in kinked if not any(h.has(*_KINKED) for h in g.args)]
    for g in innermost:
        found = _cuts(g, x, a, b)
        if found is None:
            return None
        cuts |= found
    if any(c.free_symbols for c in cuts):
        return None
    places = [a, *sorted((c for c in cuts if a < c < b), key=lambda c: c.evalf(30)), b]
    if len(places) > _MOST:
        return None
    out = []
    for low, high in zip(places, places[1:], strict=False):
        middle = between(low, high)
        if any(u.free_symbols - {x} for g in innermost for u in g.args):
            return None  # max(a, a + 1) has no place of its own where it changes.
        values = [u.subs(x, middle).evalf(30) for g in innermost for u in g.args]
        beside = [u.subs(x, between(low, middle)).evalf(30) for g in innermost for u in g.args]
        if any(sp.im(v).is_nonzero for v in (*values, *beside)):
            raise NoClosedForm("the integrand has no real value on a part of the range")
        if not all(_is_real(v) for v in values):
            return None
        made = f.xreplace({g: _branch(g, x, middle) for g in innermost})
        if not any(g.has(x) for g in made.atoms(*_KINKED)):
            out.append((made, low, high))
            continue
        further = pieces(made, x, low, high)
        if further is None:
            return None
        out += further
    return out if len(out) <= _MOST else None


def between(low: Any, high: Any) -> Any:
    """A place inside a range, whose ends may be infinite."""
    if low.is_infinite and high.is_infinite:
        return sp.S.Zero
    if low.is_infinite:
        return high - 1
    return low + 1 if high.is_infinite else (low + high) / 2


def _is_real(value: Any) -> bool:
    return bool(value.is_Float or value.is_Integer or value.is_Rational or value in (sp.oo, -sp.oo))


def whole_parts(f: Any) -> Any:
    """An integrand with u - m*floor(u/m) for the remainder of u by m."""
    return f.replace(sp.Mod, lambda u, m: u - m * sp.floor(u / m))


def _branch(g: Any, x: Any, at: Any) -> Any:
    """The smooth function that a kinked part is on the piece with this point inside."""
    values = [u.subs(x, at).evalf(30) for u in g.args]
    if isinstance(g, sp.Abs):
        return g.args[0] if values[0] > 0 else -g.args[0]
    if isinstance(g, sp.Max):
        return g.args[max(range(len(values)), key=lambda k: values[k])]
    if isinstance(g, sp.Min):
        return g.args[min(range(len(values)), key=lambda k: values[k])]
    return g.subs(x, at)


def _cuts(g: Any, x: Any, a: Any, b: Any) -> set[Any] | None:
    """The places inside the range where a kinked part may change its branch: zeros and poles of what is inside, or where that is a whole number."""
    if any(u.has(*_KINKED) for u in g.args):
        return None
    if isinstance(g, (sp.floor, sp.ceiling)):
        return _whole_places(g.args[0], x, a, b)
    if isinstance(g, (sp.Max, sp.Min)):
        equations = [u - v for k, u in enumerate(g.args) for v in g.args[:k]]
    else:
        equations = [g.args[0]]
    return _zeros([side for e in equations for side in sp.fraction(sp.together(e))], x, a, b)


def _zeros(functions: Iterable[Any], x: Any, a: Any, b: Any) -> set[Any] | None:
    """All zeros of some functions in the range, `None` where they are not found."""
    out: set[Any] = set()
    for e in functions:
        if not e.has(x):
            continue
        found = attempt(sp.solveset, e, x, sp.Interval(a, b))
        if isinstance(found, sp.Intersection) or found is None or not isinstance(found, (sp.FiniteSet, type(sp.S.EmptySet))):
            return None
        out |= set(found)
    return out


def _whole_places(u: Any, x: Any, a: Any, b: Any) -> set[Any] | None:
    """Where a function without poles in a finite range turns or is a whole number."""
    slope = sp.diff(u, x)
    if slope == 0 or a.is_infinite or b.is_infinite:
        return None
    turns: set[Any] | None = set()
    if slope.has(x):
        turns = _zeros([slope], x, a, b)
        if turns is None or _zeros([sp.fraction(sp.together(e))[1] for e in (u, slope)], x, a, b) != set():
            return None
    values = [u.subs(x, e).evalf(30) for e in (a, b, *turns)]
    if not all(e.is_Float or e.is_Integer for e in values):
        return None
    first, last = int(sp.ceiling(min(values))), int(sp.floor(max(values)))
    if not slope.has(x):
        return {(n - u.subs(x, 0)) / slope for n in range(first, last + 1)} if last - first < _MOST else None
    crossed = _zeros([u - n for n in range(first, last + 1)], x, a, b) if last - first < _MOST_SOLVED else None
    return None if crossed is None else crossed | turns
