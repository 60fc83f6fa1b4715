"""Equations and inequalities with floors and remainders of something linear in the unknown: the floor is a whole number n with
n <= u < n + 1. Where the unknown stands only inside, all n are found; otherwise n runs over a range, and what repeats is a family.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, Var, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, over, plus, times
from twofold.symbolic.context import Context
from twofold.symbolic.solving.completeness import ALL, ONLY
from twofold.symbolic.solving.monotone_pieces import relation_spans
from twofold.symbolic.solving.places import Span, union
from twofold.symbolic.solving.reading import INCOMPLETE
from twofold.symbolic.solving.real_solutions import EACH, answer, integers, is_equation

_REACH = 24


def stepped(relation: Term, symbol: Symbol, context: Context) -> Term:
    """The solutions of a relation with floors of one expression. Raises `NotApplicable`."""
    plain = transform(relation, _as_floor)
    inside = {t.args[0] for t in subterms(plain) if isinstance(t, App) and t.op == "floor"}
    if len(inside) != 1:
        raise NotApplicable("floors of one expression only")
    (u,) = inside
    if set(free_symbols(u)) != {symbol} or any(isinstance(t, App) and t.op == "floor" for t in subterms(u)):
        raise NotApplicable("floors of one expression only")
    y = Symbol("floor_value", "integer")
    put = transform(plain, lambda t: var(y) if isinstance(t, App) and t.op == "floor" else None)
    if symbol not in free_symbols(put):
        spans = integers(relation_spans(put, y, context), True)
        return answer(union([s for p in spans for s in _back(p, u, symbol, context)]), symbol, context, is_equation(relation))
    return _running(put, u, y, symbol, context, relation)


def _as_floor(t: Term) -> Term | None:
    """Ceilings and remainders as floors."""
    if isinstance(t, App) and t.op == "ceil":
        return negate(app("floor", negate(transform(t.args[0], _as_floor))))
    if isinstance(t, App) and t.op == "mod" and isinstance(t.args[1], Num) and t.args[1].value > 0:
        a = transform(t.args[0], _as_floor)
        return minus(a, times(t.args[1], app("floor", over(a, t.args[1]))))
    return None


def _between(u: Term, low: Fraction | None, high: Fraction | None) -> list[Term]:
    """low <= u < high + 1."""
    out = [] if low is None else [app("le", Num(low), u)]
    return out if high is None else [*out, app("lt", u, Num(high + 1))]


def _back(p: Span, u: Term, symbol: Symbol, context: Context) -> list[Span]:
    """Where the floor of u is one of the whole numbers of a span."""
    ends = [None if q is None else q.value for q in (p.low, p.high)]
    if any(q is not None and v is None for q, v in zip((p.low, p.high), ends, strict=True)):
        raise NotApplicable("a whole number is not found")
    parts = _between(u, *ends)
    if not parts:
        return [Span(None, None)]
    return relation_spans(together(parts), symbol, context)


def _running(put: Term, u: Term, y: Symbol, symbol: Symbol, context: Context, relation: Term) -> Term:
    found: dict[int, list[Span]] = {}
    for n in range(-_REACH, _REACH + 1):
        parts = (substitute(put, {y: num(n)}), *_between(u, Fraction(n), Fraction(n)))
        found[n] = relation_spans(together(parts), symbol, context)
    if any(found[n] for n in (-_REACH, _REACH)):
        return _family(found, context, relation)
    context.note(INCOMPLETE)
    made = answer(union([s for spans in found.values() for s in spans]), symbol, context, is_equation(relation))
    context.notes[:] = [n for n in context.notes if n not in (ALL, ONLY)]
    return made


def _family(found: dict[int, list[Span]], context: Context, relation: Term) -> Term:
    """Single solutions at equal distances, one for every whole number."""
    values = []
    for spans in found.values():
        if len(spans) != 1 or not spans[0].single or spans[0].low is None or spans[0].low.value is None:
            raise NotApplicable("what repeats is not one number")
        values.append(spans[0].low.value)
    gaps = {b - a for a, b in zip(values, values[1:], strict=False)}
    if len(gaps) != 1:
        raise NotApplicable("what repeats is not at equal distances")
    step = abs(gaps.pop())
    taken = {s.name for s in free_symbols(relation)}
    k: Var = var(Symbol(next(n for n in "kmnjpqr" if n not in taken), "integer"))
    first = min(values, key=lambda q: (abs(q), q < 0))
    context.note(EACH.format(k.symbol.name))
    many = times(Num(step), k) if step != 1 else k
    return App("set", (many if first == 0 else plus(Num(first), many),), (), "set")
