"""Conditions that follow from others, and those that are seen to fail where others hold, so that a proof need not be looked for.

What is seen in doubles decides only whether a condition is stated, never whether one is left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Symbol, Term, free_symbols
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.conjugates import conjugate, upper_part
from twofold.symbolic.term_floats import Program, Unknown, Value

_SECONDS = 0.3
"""Processor seconds for the proof that a condition follows from others."""
_TRIES = 12
"""Places that are looked at."""
_CLEAR = 1e-6
"""What tells a value from 0 beyond doubt, with values of size 1."""
_HALVINGS, _ZERO = 60, 1e-12
"""Steps towards a change of sign, and the value there that is no jump."""

Place = dict[Symbol, Value]


def is_proved(t: Term, known: list[Term], context: Context) -> bool:
    """Whether a condition follows from others."""
    from twofold.symbolic.equations.decide import proves

    if not known or any(s.kind not in ("real", "integer") for u in (t, *known) for s in free_symbols(u)):
        return False
    if fails_somewhere(t, [*known, *context.assumptions], context):
        return False
    return bool(within(_SECONDS, proves, Goal("=>", together(known), t, context.assumptions, "real"), context))


def _has_nonzero_part(t: Term, context: Context) -> bool:
    """Whether the real or the imaginary part of a complex number is seen to be other than 0."""
    strict = [p for a in context.assumptions for p in conjuncts(a) if isinstance(p, App) and p.op in ("lt", "gt")]
    c = converter((), (*context.assumptions, *(app("ne", *p.args) for p in strict)), context.reading)
    e = c(t)
    other = conjugate(c, e)
    return other is not None and any(c.nonzero(part) for part in (c.field.add(e, other), upper_part(c, e, other)))


def is_always(t: Term, context: Context) -> bool:
    """Whether a comparison with 0 is seen to hold for all that is declared: cos(asin(x)) != 0 with x in (-1, 1), P(X > s) != 0 by the law of X."""
    from twofold.symbolic.methods.equal_squares import sign_of
    from twofold.symbolic.methods.expectations import applies
    from twofold.symbolic.probability.expectation import expand

    signs = {"ne": ("+", "-"), "gt": ("+",), "ge": ("+", "0+")}
    if not isinstance(t, App) or t.op not in signs or t.args[0].sort != "number":
        return False
    local = replace(context, notes=[], conditions=[])
    try:
        gap = app("sub", *t.args)
        gap = expand(gap, local) if applies(gap) else gap
        c = converter((), context.assumptions, context.reading)
        seen = sign_of(c, c(gap)) in signs[t.op] or (
            t.op == "ne" and context.reading == "complex" and _has_nonzero_part(gap, context)
        )
        return seen and not local.conditions
    except (*GIVES_UP, TwofoldError):
        return False


def fails_somewhere(condition: Term, known: Sequence[Term], context: Context) -> bool:
    """Whether a comparison of real numbers is seen to fail at a place where all that is known holds clearly.

    u != 0 fails between two such places where u has different signs, if what is known holds at the change of sign too.
    """
    parts = [_gap(t) for t in (condition, *known)]
    names = list(dict.fromkeys(s for t in (condition, *known) for s in free_symbols(t)))
    if None in parts or any(s.kind != "real" or s.shape for s in names):
        return False
    (op, *_), *others = ways = [p for p in parts if p is not None]
    try:
        program = Program([t for _, t in ways])
        clear = [(at, values[0]) for at, values in _seen(program, names, context) if _hold(others, values[1:])]
        if op != "ne":
            return any(value < -_CLEAR for _, value in clear)
        return any(u * v < 0 and _crosses(program, others, a, b, u) for (a, u), (b, v) in zip(clear, clear[1:], strict=False))
    except Unknown:
        return False


def _gap(t: Term) -> tuple[str, Term] | None:
    """A comparison as what must be positive, not negative or not 0."""
    if not isinstance(t, App) or t.op not in ("gt", "ge", "lt", "le", "ne") or any(a.shape or a.sort != "number" for a in t.args):
        return None
    high, low = t.args if t.op in ("gt", "ge", "ne") else reversed(t.args)
    return {"lt": "gt", "le": "ge"}.get(t.op, t.op), app("sub", high, low)


def _hold(parts: Sequence[tuple[str, Term]], values: Sequence[float]) -> bool:
    return all((abs(v) if op == "ne" else v) > _CLEAR for (op, _), v in zip(parts, values, strict=True))


def _seen(program: Program, names: Sequence[Symbol], context: Context) -> Iterator[tuple[Place, list[float]]]:
    """Places with real values of all gaps."""
    source = random.Random(context.seed)
    for _ in range(_TRIES):
        at: Place = {s: _drawn(s, context, source) for s in names}
        values = _real(program, at)
        if values is not None:
            yield at, values


def _real(program: Program, at: Mapping[Symbol, Value]) -> list[float] | None:
    values = program.values(at)
    return [v for v in values if isinstance(v, float)] if all(isinstance(v, float) for v in values) else None


def _drawn(s: Symbol, context: Context, source: random.Random) -> float:
    known = context.range(s)
    low = -3.0 if known.lower is None else float(known.lower)
    high = max(3.0, low + 3.0) if known.upper is None else float(known.upper)
    if known.lower is None:
        low = min(low, high - 3.0)
    return source.uniform(low, high)


def _crosses(program: Program, others: Sequence[tuple[str, Term]], a: Place, b: Place, at_a: float) -> bool:
    """Whether a value that changes its sign on the way from one place to another does so by way of 0, where what is known holds."""
    for _ in range(_HALVINGS):
        middle: Place = {s: (a[s] + b[s]) / 2 for s in a}
        values = _real(program, middle)
        if values is None or not _hold(others, values[1:]):
            return False
        if abs(values[0]) < _ZERO:
            return True
        if values[0] * at_a > 0:
            a = middle
        else:
            b = middle
    return False
