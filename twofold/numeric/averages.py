"""Enclosures of expectations: linearity, independence, and certified integrals or sums over one variable at a time.

Splitting is by what is written: sums, differences, constant factors, products of factors that share no variable, small powers of sums. What is left over
one variable is integrated (summed) against its declared density, which bounds the tail as well; an expectation that is not shown to converge
absolutely has no value. Several dependent variables are integrated one inside the other where their supports are bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    children,
    copy_symbol,
    num,
    rebuild,
    substitute,
    subterms,
    var,
)
from twofold.numeric import moments
from twofold.numeric.conditioning import by_sides, fewer
from twofold.numeric.constants import BINDING, hoisted
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.random_parts import variables
from twofold.numeric.series import Series, base

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Product = tuple[Term, ...]
Known = dict[Any, Value]
"""Expectations that have been found, by what is averaged and the law of its one variable."""

LONGEST_SAMPLE = 12
LARGEST_EXPANSION = 400


def enclosed(e: Evaluator, body: Term) -> Value:
    """E[body] over balls. Raises `CannotEvaluate` where no enclosure is found."""
    if body.shape:
        raise CannotEvaluate("no enclosure of the expectation of an array")
    e, flat = hoisted(e, _explicit(e, body), ())
    if any(isinstance(t, App) and t.op in BINDING for t in subterms(flat)):
        raise CannotEvaluate("no enclosure of an average inside an average")
    total: Value = e.arithmetic.zero
    known: Known = {}
    for factors in expanded(flat):
        total = e.arithmetic.add(total, _product(e, factors, known))
    return total


def by_moments(e: Evaluator, body: Term) -> Value | None:
    """E[body] in double precision, at many points at once, where moments of the laws are enough; `None` elsewhere."""
    try:
        e, flat = hoisted(e, _explicit(e, body), ())
        if any(isinstance(t, App) and t.op in BINDING for t in subterms(flat)):
            return None
        total: Value = 0.0
        size: Value = 0.0
        known: Known = {}
        for factors in expanded(flat):
            part = _product(e, factors, known)
            total, size = e.arithmetic.add(total, part), size + np.abs(base(part))
    except CannotEvaluate:
        return None
    if isinstance(total, Series):
        return total
    return np.where(np.abs(total) <= _NOTHING * size, 0.0, total)[()]


_NOTHING = 2e-14
"""The share of the size of its parts below which a sum in double precision is 0."""


# --- samples of known size ----------------------------------------------------------------------------------------------------------


def _explicit(e: Evaluator, body: Term) -> Term:
    """The body with every sample written out in scalars, and the sums over it unrolled."""
    made: dict[Symbol, Term] = {}

    def sample(s: Symbol) -> Term:
        if s not in made:
            size = s.shape[0] if isinstance(s.shape[0], int) else e.arithmetic.integer(e.value(s.shape[0]))
            if len(s.shape) != 1 or size > LONGEST_SAMPLE or s.law is None:
                raise CannotEvaluate("no enclosure of an expectation over a large sample")
            entries = []
            for k in range(1, size + 1):
                law = substitute(s.law, {s.index: num(k)}) if s.index is not None else s.law
                entries.append(var(copy_symbol(s, name=f"{s.name}[{k}]", shape=(), law=law, index=None)))
            made[s] = Array((tuple(entries),), (size,))
        return made[s]

    def walk(t: Term, places: dict[Symbol, Term]) -> Term:
        if isinstance(t, Var):
            if t.symbol.law is not None and t.symbol.shape:
                return sample(t.symbol)
            return places.get(t.symbol, t)
        if isinstance(t, Bound) and t.op in ("sum", "prod") and random(t.body):
            low, high = (e.arithmetic.integer(e.value(substitute(a, places))) for a in t.args)
            if high - low > LONGEST_SAMPLE:
                raise CannotEvaluate("no enclosure of an expectation over a large sample")
            parts = [walk(t.body, {**places, t.symbols[0]: num(k)}) for k in range(low, high + 1)]
            return _joined("add" if t.op == "sum" else "mul", parts, num(0 if t.op == "sum" else 1))
        if isinstance(t, App) and t.op == "index":
            base = walk(t.args[0], places)
            where = [walk(p, places) for p in t.args[1:]]
            if isinstance(base, Array) and len(base.shape) == 1:
                return base.rows[0][e.arithmetic.integer(e.value(where[0])) - 1]
            return App("index", (base, *where), t.shape)
        if isinstance(t, App) and t.op in ("sum", "mean") and len(t.args) == 1 and random(t.args[0]):
            inner = walk(t.args[0], places)
            if isinstance(inner, Array):
                cells = [x for r in inner.rows for x in r]
                whole = _joined("add", cells, num(0))
                return App("div", (whole, num(len(cells)))) if t.op == "mean" else whole
            return App(t.op, (inner,), t.shape)
        parts = tuple(walk(c, places) for c in children(t))
        return rebuild(t, parts) if parts else t

    return walk(body, {})


def _joined(op: str, parts: Sequence[Term], empty: Term) -> Term:
    out: Term | None = None
    for p in parts:
        out = p if out is None else App(op, (out, p))
    return empty if out is None else out


def random(t: Term) -> bool:
    """Whether a random variable stands in a term, outside expectations of its own."""
    return bool(variables(t))


# --- splitting -----------------------------------------------------------------------------------------------------------------------


def expanded(t: Term) -> list[Product]:
    """The term as a sum of products, as far as its random parts are written as sums and products."""
    if not random(t):
        return [(t,)]
    if isinstance(t, App):
        if t.op in ("add", "sub"):
            right = expanded(t.args[1])
            return expanded(t.args[0]) + (right if t.op == "add" else [(num(-1), *p) for p in right])
        if t.op == "neg":
            return [(num(-1), *p) for p in expanded(t.args[0])]
        if t.op in ("mul", "emul") and not any(a.shape for a in t.args):
            return _distributed(expanded(t.args[0]), expanded(t.args[1]))
        sides = by_sides(t)
        if sides is not None:
            return [(num(sign), *p) for sign, value, when in sides for p in _distributed(expanded(value), [(when,)])]
        if t.op == "div" and not random(t.args[1]):
            return [(*p, App("div", (num(1), t.args[1]))) for p in expanded(t.args[0])]
        if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value in (2, 3, 4) and len(variables(t.args[0])) > 1:
            base = expanded(t.args[0])
            out = base
            for _ in range(int(t.args[1].value) - 1):
                out = _distributed(out, base)
            return out
    return [(t,)]


def _distributed(a: list[Product], b: list[Product]) -> list[Product]:
    if len(a) * len(b) > LARGEST_EXPANSION:
        raise CannotEvaluate("an expectation that expands too far")
    return [(*p, *q) for p in a for q in b]


def _product(e: Evaluator, factors: Product, known: Known) -> Value:
    """The expectation of a product: constants go out, factors without common variables are independent."""
    m = e.arithmetic
    out: Value = m.one
    groups: list[tuple[set[Symbol], list[Term]]] = []
    for f in factors:
        owners = set(variables(f))
        if not owners:
            out = m.mul(out, e.value(f))
            continue
        joined = [f]
        rest = []
        for others, members in groups:
            if others & owners:
                owners |= others
                joined = [*members, *joined]
            else:
                rest.append((others, members))
        groups = [*rest, (owners, joined)]
    for owners, members in groups:
        out = m.mul(out, _group(e, owners, members, known))
    return out


def _group(e: Evaluator, owners: set[Symbol], members: list[Term], known: Known) -> Value:
    """The expectation of factors that share variables; for one variable the same for all variables of its law."""
    if len(owners) > 1:
        made = fewer(members)
        return _average(e, _joined("mul", members, num(1))) if made is None else _product(e, tuple(made), known)
    (own,) = owners
    counts: dict[Term, int] = {}
    for t in members:
        same = substitute(t, {own: var(_ANY)})
        counts[same] = counts.get(same, 0) + 1
    key = (own.law, frozenset(counts.items()))
    if key not in known:
        powers = [t if k == 1 else App("pow", (t, num(k))) for t, k in counts.items()]
        known[key] = _average(e, substitute(_joined("mul", powers, num(1)), {_ANY: var(own)}))
    return known[key]


_ANY = Symbol("X")


# --- one variable --------------------------------------------------------------------------------------------------------------------


def _average(e: Evaluator, body: Term) -> Value:
    owners = variables(body)
    out = body
    for s in reversed(owners):
        out = _over(e, s, out)
    return e.value(out)


def _over(e: Evaluator, s: Symbol, body: Term) -> Term:
    """The sum or integral of the body against the law of one variable, as a term."""
    if s.shape or not isinstance(s.law, App):
        raise CannotEvaluate("no enclosure of an expectation over a random vector")
    known = moments.average(e, s, body)
    if known is not None:
        return known
    if isinstance(e.arithmetic, Doubles):
        raise CannotEvaluate("no polynomial of a variable with known moments")
    plain = copy_symbol(s, law=None)
    moved = substitute(body, {s: var(plain)})
    if s.law.op == "density":
        curve, low, high = s.law.args
        assert isinstance(curve, Bound)
        weight = substitute(curve.body, {curve.symbols[0]: var(plain)})
        top = Bound("integrate", (plain,), App("mul", (moved, weight)), (low, high))
        return App("div", (top, Bound("integrate", (plain,), weight, (low, high))))
    spec = laws().get(s.law.op)
    if spec is None or spec.kind != "univariate" or spec.atoms:
        raise CannotEvaluate(f"no enclosure of an expectation over {s.law.op}")
    names = {p.name: a for p, a in zip(spec.parameters, s.law.args, strict=True)}
    weight = formula(spec.density, {**names, "x": var(plain)})
    low, high = (_end(text, names) for text in spec.support)
    return Bound("sum" if spec.discrete else "integrate", (plain,), App("mul", (moved, weight)), (low, high))


def _end(text: str, names: dict[str, Term]) -> Term:
    if text == "oo":
        return OO
    return MINUS_OO if text == "-oo" else formula(text, names)
