"""Shorter forms through our own normal form: an expression is read as a quotient of polynomials in kernels (sines and cosines of
single angles, exponentials, logarithms, roots), reduced by the relations between these, and written back in several ways. The
shortest is taken. Real numbers only; what the reading does not know stays as it is inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, over, plus, times
from twofold.symbolic.context import Context
from twofold.symbolic.equations.formula import FALSE
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    Ratio,
    Restart,
    Ring,
    ratio,
)
from twofold.symbolic.kernel_writing import whole
from twofold.symbolic.written_forms import MOST_TERMS, Forms

_MOST_READINGS = 8


def forms(t: Term, context: Context) -> Iterator[Term]:
    """Equal forms of a scalar term. Raises `NotApplicable` where it is not read as a quotient."""
    protected: dict[Term, Symbol] = {}
    inner = transform(t, lambda x: _protected(x, protected, context))
    back = {s: x for x, s in protected.items()}
    ring, value = _read(inner, context, {})
    for f in Forms(ring, value).all():
        yield substitute(f, back) if back else f
    halves = {k: v / 2 for k, v in ring.steps.items() if isinstance(k, tuple) and k[0] == "trig"}
    if halves:
        ring, value = _read(inner, context, {**ring.steps, **halves})
        for f in Forms(ring, value).all():
            yield substitute(f, back) if back else f


def near(t: Term, context: Context) -> Iterator[Term]:
    """Equal forms of a scalar term that keep its angles: the sum with its common factor taken out, the sum, and the product over one
    denominator, also with its roots below. Raises `NotApplicable`."""
    protected: dict[Term, Symbol] = {}
    inner = transform(t, lambda x: _protected(x, protected, context))
    back = {s: x for x, s in protected.items()}
    ring, value = _read(inner, context, {})
    written = Forms(ring, value)
    seen = set()
    for flip in (False, True) if written.angles else (False,):
        u = written.reduced(value, flip)
        if u.key in seen or len(u.top) > MOST_TERMS or len(u.bottom) > MOST_TERMS:
            continue
        seen.add(u.key)
        # A monomial over another one is the same in every form.
        writers = (written.shared, written.sum, written.product) if max(len(u.top), len(u.bottom)) > 1 else (written.sum,)
        parts = whole(u)
        rooted = written.rooted(u)
        for f in dict.fromkeys((*(written.of(parts, write) for write in writers), *([] if rooted is None else [rooted]))):
            yield substitute(f, back) if back else f


def joined(t: Term, context: Context) -> Term | None:
    """A sum of logarithms as one, `None` where there are not two. Raises `NotApplicable`."""
    ring, value = _read(t, context, {})
    return Forms(ring, value).joined_logs(value)


def _read(t: Term, context: Context, steps: dict[object, Fraction]) -> tuple[Ring, Ratio]:
    for _ in range(_MOST_READINGS):
        ring = Ring(steps=steps)
        reading = Reading(ring, context, "plain")
        try:
            value = reading.scalar(t)
        except Restart:
            steps = ring.steps
            continue
        if any(g.kind in ("cases", "imaginary") for g in ring.generators):
            raise NotApplicable("a function with branches")
        if FALSE in reading.conditions:
            raise NotApplicable("a part has no real value")
        return ring, value
    raise NotApplicable("the multiples of an angle or exponent have no common measure")


def _protected(t: Term, known: dict[Term, Symbol], context: Context) -> Term | None:
    """Absolute values as names of their own (or without their bars where the sign is known); the larger and the smaller of two by the
    absolute value of their difference."""
    if not isinstance(t, App) or t.shape:
        return None
    if t.op == "abs":
        u = t.args[0]
        if not all(isinstance(x, (Num, Const, Var, App)) for x in subterms(u)):
            return None
        sign = _sign(u, context)
        if sign is not None:
            return u if sign > 0 else negate(u)
        size, key = _scaled(u, context)
        if key not in known:
            known[key] = Symbol(f"abs_{len(known)}", "real", lower=num(0))
        return var(known[key]) if size == 1 else times(Num(size), var(known[key]))
    if t.op in ("max", "min") and len(t.args) == 2:
        a, b = t.args
        gap = _protected(app("abs", minus(a, b)), known, context)
        if gap is not None:
            return over(plus(plus(a, b), gap) if t.op == "max" else minus(plus(a, b), gap), num(2))
    return None


def _scaled(u: Term, context: Context) -> tuple[Fraction, Term]:
    """abs(u) as a positive number times the absolute value of something without rational factors: abs(-2x) is 2*abs(x)."""
    try:
        ring, value = _read(u, context, {})
    except NotApplicable:
        return Fraction(1), app("abs", u)
    c, top, bottom = whole(value)
    return abs(c), app("abs", Forms(ring, ratio(top, bottom)).quotient(ratio(top, bottom)))


def _sign(u: Term, context: Context) -> int | None:
    """1 where a term is never negative, -1 where it is never positive, as the declarations say."""
    ring = Ring()
    reading = Reading(ring, context, "plain")
    try:
        value = reading.scalar(u)
        signs = reading.bounds.sign(value.top * value.bottom)
    except (NotApplicable, Restart):
        return None
    return 1 if signs <= {0, 1} else -1 if signs <= {0, -1} else None
