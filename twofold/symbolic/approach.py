"""Whether values on the way to a point speak for or against a limit that was found there."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import sympy as sp

from twofold.grammar.term import MINUS_OO, OO, App, Symbol, Term, subterms
from twofold.symbolic import spot
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lower import lower
from twofold.symbolic.term_floats import program

_SECONDS = 0.5
"""Processor seconds for all values of one question: SymPy's own evaluation of special functions far out may never end."""


def probe(target: Any, side: str, k: int) -> Any:
    """A point beside the target, nearer for larger k."""
    if target.is_infinite:
        return (1 if target is sp.oo else -1) * sp.Integer(10) ** k
    return target + (1 if side == "+" else -1) * sp.Rational(1, 10**k)


def approached(e: Any, x: Any, target: Any, side: str, found: Any) -> bool:
    """Whether values on the way do not speak against a limit; what cannot be evaluated does not."""
    return speaks(e, x, target, side, found) is not False


def speaks(e: Any, x: Any, target: Any, side: str, found: Any) -> bool | None:
    """Whether values on the way speak for a limit (`True`) or against it (`False`); `None` where too few are known, or names stand in it."""
    if e.free_symbols != {x} or found.free_symbols or not (found.is_finite or found in (sp.oo, -sp.oo)):
        return None
    if found.is_infinite:
        return _grows(e, x, target, side, 1 if found is sp.oo else -1)
    limit = spot.value(found, {})
    if limit is None:
        return None
    said = _nearer(e, x, target, side, limit, (3, 6, 9))
    if said is not False or not e.has(sp.log) or e.has(sp.exp, sp.gamma, sp.factorial, sp.Integral):
        return said
    # Logarithms are slow: much further out they must come nearer.
    return bool(_nearer(e, x, target, side, limit, (150, 300, 600)))


_TRIED = 12
_SPECIAL = (1, -1, 2, 0, -2, Fraction(1, 2), 3, Fraction(-3, 2), Fraction(7, 5))
"""Values of names at which a limit in general is most often another one."""


def holds_for_names(e: Any, x: Any, target: Any, side: str, found: Any, context: Context) -> bool:
    """Whether values on the way speak for a limit with names in it for some values of these, and for none of the special ones against it."""
    names = sorted((e.free_symbols | target.free_symbols | found.free_symbols) - {x}, key=str)
    facts = [made for f in context.assumptions if (made := _lowered(f, context)) is not None]
    told, tried = False, 0
    values_of_names = list(product(_SPECIAL, repeat=min(len(names), 3)))
    Random(context.seed).shuffle(values_of_names)
    for values in values_of_names:
        point = {s: sp.Rational(values[i % 3]) for i, s in enumerate(names)}
        if any(not spot.admits(s, v, context) for s, v in point.items()) or any(f.subs(point) == sp.false for f in facts):
            continue
        tried += 1
        if tried > _TRIED:
            break
        body, end, value = (t.subs(point) for t in (e, target, found))
        if body.free_symbols != {x} or not all(_is_real(body, x, end, side, j) for j in (4, 6)):
            continue
        said = speaks(body, x, end, side, value)
        if said is False:
            return False
        told |= said is True
    return told


def _lowered(fact: Term, context: Context) -> Any:
    try:
        return lower(fact, context)
    except NoClosedForm:
        return None


def _is_real(e: Any, x: Any, target: Any, side: str, k: int) -> bool:
    v = spot.value(e, {x: probe(target, side, k)})
    return v is not None and abs(v.imag) <= 1e-15 * (1 + abs(v))


def _values(e: Any, x: Any, target: Any, side: str, places: tuple[int, ...]) -> list[Any]:
    found: list[Any] = []
    within(_SECONDS, lambda: found.extend(v for k in places if (v := spot.value(e, {x: probe(target, side, k)})) is not None))
    return found


def _nearer(e: Any, x: Any, target: Any, side: str, limit: Any, places: tuple[int, ...]) -> bool | None:
    return told([abs(v - limit) for v in _values(e, x, target, side, places)], limit)


def told(errors: list[Any], limit: Any) -> bool | None:
    """What distances from a limit, in the order of the places, say of it: `True` where the last is small or less than the one before, `False`
    where they have settled elsewhere, `None` where nothing can be told."""
    if len(errors) < 2:
        return None
    if errors[-1] < 1e-3 * (1 + abs(limit)) or errors[-1] < 0.9 * errors[-2]:
        return True
    settled = min(errors) >= 0.05 * (1 + abs(limit)) and abs(errors[-1] - errors[-2]) <= 0.02 * errors[-1]
    return False if settled else None


def told_in_doubles(t: Term, x: Symbol, point: Term, side: int, value: Term) -> bool | None:
    """The same for a term of one name and a finite limit, by values in double precision: at once, and only for what Python itself evaluates."""
    made = program([t, value]) if all(not isinstance(s, App) or s.op in _QUICK for s in subterms(t)) else None
    end = {OO: math.inf, MINUS_OO: -math.inf}.get(point)
    if end is None and made is not None and (placed := program([point])) is not None:
        end = placed.values({})[0]  # type: ignore[assignment]
    if made is None or not isinstance(end, float):
        return None
    errors, limit = [], None
    for size in (1e2, 1e3, 1e6, 1e12, 1e40, 1e120):
        if not math.isinf(end) and size > 1e3:
            break  # Nearer by, differences of what is nearly equal are lost to rounding.
        found, limit = made.values({x: math.copysign(size, end) if math.isinf(end) else end + side / size})
        if isinstance(found, float) and isinstance(limit, float):
            errors.append(abs(found - limit))
    return told(errors, limit)


_QUICK = frozenset(
    "add sub mul div neg pow sqrt exp log ln abs sign sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh gamma erf erfc floor ceil max min".split()
)


def _grows(e: Any, x: Any, target: Any, side: str, sign: int) -> bool | None:
    """Whether the values have the sign and get larger."""
    sizes = [sign * v.real for v in _values(e, x, target, side, (2, 4, 6, 8))]
    if len(sizes) < 2:
        return None
    return bool(sizes[-1] > 0 and sizes[-1] > sizes[-2])
