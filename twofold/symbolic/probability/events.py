"""Probabilities of events by rules: complements, independence, and comparisons with one variable or a combination that has a known law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import conjuncts, together
from twofold.grammar.term import FALSE, MINUS_OO, OO, TRUE, App, Term, Var, copy_symbol, substitute, subterms, var
from twofold.symbolic.arithmetic import negate
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.probability import curves, signs
from twofold.symbolic.probability.closure import linear, linear_law
from twofold.symbolic.probability.comparisons import NEGATED, opposite, solved
from twofold.symbolic.probability.conditioning import under
from twofold.symbolic.probability.independence import dependent, is_random, lineage, parents, variables
from twofold.symbolic.probability.laws import is_discrete, law_of
from twofold.symbolic.probability.polynomial import Polynomial, TooLarge
from twofold.symbolic.probability.reading import Reader


def is_event(condition: Term) -> bool:
    return condition.sort == "truth"


def probability(event: Term, condition: Term | None, reader: Reader) -> Polynomial:
    """P(event | condition); what no rule gives stays as one factor."""
    try:
        if condition is not None and condition != TRUE:
            changed = under(event, condition, reader)
            if changed is not None:
                return probability(changed, None, reader)
            both, weight = probability(together((event, condition)), None, reader), probability(condition, None, reader)
            return both * weight.inverse() if weight else Polynomial.factor(App("P", (event, condition)))
        return _plain(solved(event, reader), reader)
    except (NoClosedForm, TooLarge):
        pass
    if condition is None and isinstance(event, App) and event.op in ("gt", "ge", "not"):
        # Of an event and its complement one stays as it is, so that the two add to 1.
        complement = opposite(event)
        assert complement is not None
        return Polynomial.constant(1) - probability(complement, None, reader)
    return Polynomial.factor(App("P", (event,) if condition is None else (event, condition)))


def _plain(event: Term, reader: Reader) -> Polynomial:
    if event == TRUE:
        return Polynomial.constant(1)
    if event == FALSE:
        return Polynomial()
    if not is_random(event):
        known = signs.decide(event, reader.context)
        return Polynomial.constant(int(known)) if known is not None else Polynomial.factor(App("indicator", (event,)))
    assert isinstance(event, App)
    if event.op == "not":
        return Polynomial.constant(1) - _plain(event.args[0], reader)
    if event.op == "or":
        a, b = event.args[0], event.args[1] if len(event.args) == 2 else App("or", event.args[1:], sort="truth")
        return _plain(a, reader) + _plain(b, reader) - _plain(together((a, b)), reader)
    if event.op == "ne":
        return Polynomial.constant(1) - _plain(App("eq", event.args, sort="truth"), reader)
    return _conjunction(list(_parts(event)), reader)


def _parts(event: Term) -> Iterator[Term]:
    """The conjuncts, memberships in intervals and sets and comparisons of absolute values written out."""
    for part in conjuncts(event):
        yield from _written_out(part)


def _written_out(event: Term) -> Iterator[Term]:
    if (
        isinstance(event, App)
        and event.op == "in"
        and isinstance(event.args[1], App)
        and event.args[1].op.startswith("interval_")
    ):
        x, (low, high), ends = event.args[0], event.args[1].args, event.args[1].op[-2:]
        if low != MINUS_OO:
            yield App("ge" if ends[0] == "c" else "gt", (x, low), sort="truth")
        if high != OO:
            yield App("le" if ends[1] == "c" else "lt", (x, high), sort="truth")
        return
    if isinstance(event, App) and event.op in ("lt", "le"):
        x, c = event.args
        if isinstance(x, App) and x.op == "abs":
            yield App(event.op, (x.args[0], c), sort="truth")
            yield App(MIRRORED[event.op], (x.args[0], negate(c)), sort="truth")
            return
    if isinstance(event, App) and event.op in ("gt", "ge") and isinstance(event.args[1], App) and event.args[1].op == "abs":
        yield from _written_out(App(MIRRORED[event.op], (event.args[1], event.args[0]), sort="truth"))
        return
    yield event


def _conjunction(parts: list[Term], reader: Reader) -> Polynomial:
    """Events of independent groups multiply."""
    fixed = [p for p in parts if not is_random(p)]
    groups: list[list[Term]] = []
    for p in parts:
        if p in fixed:
            continue
        linked = [g for g in groups if any(dependent(variables(q), variables(p)) for q in g)]
        groups = [g for g in groups if g not in linked]
        groups.append([*(q for g in linked for q in g), p])
    out = Polynomial.constant(1)
    for f in fixed:
        out = out * _plain(f, reader)
    for g in groups:
        try:
            out = out * _group(g, reader)
        except NoClosedForm:
            out = out * _averaged(g, reader)
    return out


def _averaged(parts: list[Term], reader: Reader) -> Polynomial:
    """P(A) = E[P(A | the other variables)]: one variable that no other depends on is decided first, the others held fixed."""
    owners = frozenset(v for p in parts for v in variables(p))
    for v in sorted(owners, key=repr):
        law = law_of(v)
        others = sorted(lineage(owners) - {v}, key=repr)
        if (
            law is None
            or not others
            or any(v in lineage((w,)) for w in others)
            or any(not isinstance(w, Var) or law_of(w) is None for w in others)
        ):
            continue
        held = {w.symbol: copy_symbol(w.symbol, law=None) for w in others if isinstance(w, Var)}
        free = {s: var(new) for s, new in held.items()}
        own = copy_symbol(v.symbol, law=substitute(law, free)) if isinstance(v, Var) else None
        if own is None or not isinstance(v, Var):
            continue
        try:
            inner = Polynomial.constant(1)
            fixed = [substitute(p, {**free, v.symbol: var(own)}) for p in parts]
            inner = _group([p for p in fixed if is_random(p)], reader)
            for p in fixed:
                if not is_random(p):
                    inner = inner * _plain(p, reader)
        except NoClosedForm:
            continue
        back = {new: var(s) for s, new in held.items()}
        if any(isinstance(s, Var) and s.symbol in back for c in reader.context.conditions for s in subterms(c)):
            continue
        from twofold.symbolic.probability.expectation import expect

        return expect(reader.read(substitute(inner.term(), back)), reader)
    raise NoClosedForm("no rule gives this probability")


@dataclass(slots=True)
class _Between:
    """Bounds on one quantity: pairs of an end and whether it is excluded."""

    lower: list[tuple[Term, bool]] = field(default_factory=list)
    upper: list[tuple[Term, bool]] = field(default_factory=list)
    equal: list[Term] = field(default_factory=list)


def _group(parts: list[Term], reader: Reader) -> Polynomial:
    if len(parts) == 1 and isinstance(parts[0], App) and parts[0].op in ("gt", "ge", "or", "not", "in"):
        (one,) = parts
        assert isinstance(one, App)
        if one.op in ("or", "not"):
            return _plain(one, reader)
        if isinstance(one.args[0], App) and one.args[0].op == "abs":
            complement = App(NEGATED[one.op], one.args, sort="truth")
            return Polynomial.constant(1) - _conjunction(list(_parts(complement)), reader)
        if one.op == "in" and isinstance(one.args[1], App) and one.args[1].op == "set":
            return _among(one.args[0], one.args[1].args, reader)
    law: Term | None = None
    quantity: Polynomial | None = None
    bounds = _Between()
    for p in parts:
        if not (isinstance(p, App) and p.op in MIRRORED) or p.op == "ne":
            raise NoClosedForm("the event is not a comparison")
        found = _normalised(p, reader)
        if found is None:
            raise NoClosedForm("the event is not a linear comparison")
        q, op, end = found
        if quantity is None:
            quantity = q
            law = law_of(q.term()) or linear_law(q, reader)
            if law is None or any(parents(v) for v in variables(q.term())):
                raise NoClosedForm("the compared quantity has no known law")
        elif q.terms != quantity.terms:
            raise NoClosedForm("several quantities are compared")
        if op == "eq":
            bounds.equal.append(end)
        else:
            (bounds.lower if op in ("gt", "ge") else bounds.upper).append((end, op in ("gt", "lt")))
    assert law is not None and quantity is not None
    return _between(law, quantity.term(), bounds, reader)


def _among(x: Term, values: tuple[Term, ...], reader: Reader) -> Polynomial:
    out = Polynomial()
    for v in values:
        out = out + _plain(App("eq", (x, v), sort="truth"), reader)
    return out


def _normalised(p: App, reader: Reader) -> tuple[Polynomial, str, Term] | None:
    """A comparison as `quantity op end`: the first variable has coefficient 1."""
    gap = reader.read(p.args[0]) - reader.read(p.args[1])
    parts = linear(gap)
    if parts is None:
        return None
    coefficients, constant = parts
    lead = coefficients[sorted(coefficients, key=repr)[0]]
    sign = signs.enclose(lead.term(), reader.context)
    if not (sign.positive or sign.negative):
        return None
    scale = lead.inverse()
    quantity = Polynomial()
    for v, c in coefficients.items():
        quantity = quantity + c * scale * Polynomial.factor(v)
    return quantity, p.op if sign.positive else MIRRORED[p.op], (-constant * scale).term()


def _below(law: Term, quantity: Term, x: Term, reader: Reader, strict: bool) -> Polynomial:
    """P(X <= x), or P(X < x); without a distribution function in closed form it stays, the same for both where there are no atoms."""
    try:
        return reader.read(curves.below(law, x, reader, strict=strict))
    except NoClosedForm:
        if is_discrete(law):
            raise
        return Polynomial.factor(App("P", (App("le", (quantity, x), sort="truth"),)))


def _above(law: Term, quantity: Term, x: Term, reader: Reader, strict: bool) -> Polynomial:
    try:
        return reader.read(curves.above(law, x, reader, strict=strict))
    except NoClosedForm:
        return Polynomial.constant(1) - _below(law, quantity, x, reader, strict=not strict)


def _between(law: Term, quantity: Term, bounds: _Between, reader: Reader) -> Polynomial:
    if bounds.equal:
        if bounds.lower or bounds.upper or len(set(bounds.equal)) > 1:
            raise NoClosedForm("an equation with other conditions")
        return reader.read(curves.equal_to(law, bounds.equal[0], reader))
    upper = _tightest(bounds.upper, "le", reader)
    lower = _tightest(bounds.lower, "ge", reader)
    if lower is None:
        assert upper is not None
        return _below(law, quantity, upper[0], reader, upper[1])
    if upper is None:
        return _above(law, quantity, lower[0], reader, lower[1])
    ordered = signs.decide(App("le", (lower[0], upper[0]), sort="truth"), reader.context)
    if ordered is False:
        return Polynomial()
    if ordered is None:
        reader.context.require(App("le", (lower[0], upper[0]), sort="truth"))
    if lower[0] == upper[0]:
        return Polynomial() if lower[1] or upper[1] else reader.read(curves.equal_to(law, lower[0], reader))
    strict = is_discrete(law) and not lower[1]
    return _below(law, quantity, upper[0], reader, upper[1]) - _below(law, quantity, lower[0], reader, strict)


def _tightest(ends: list[tuple[Term, bool]], op: str, reader: Reader) -> tuple[Term, bool] | None:
    if not ends:
        return None
    best = ends[0]
    for e in ends[1:]:
        known = signs.decide(App(op, (best[0], e[0]), sort="truth"), reader.context)
        if known is None:
            raise NoClosedForm("the bounds cannot be ordered")
        if not known or (best[0] == e[0] and e[1]):
            best = e
    return best
