"""Limits by expansion: the leading term, with both sides from one expansion where that is in whole powers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flint import fmpq

from twofold.grammar.term import INFINITE, MINUS_OO, OO, App, Bound, Symbol, Term, children, free_symbols
from twofold.symbolic.asymptotic.constants import Constants, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.expansion import Expansion
from twofold.symbolic.asymptotic.multiseries import Short, Value
from twofold.symbolic.effort import within
from twofold.symbolic.normal import GIVES_UP, Converter, learn_domain
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Element

SECONDS = 0.7
"""Processor time for the expansions of one limit."""
ATTEMPTS = ((2, False), (5, False), (9, True), (18, True), (34, True))
"""How many terms are tried, and whether sums that cancel are tested for zero."""


@dataclass(frozen=True)
class Side:
    """What happens on one side: a limit, a growth beyond all bounds with a sign, or no real value; `wave` where values do not settle."""

    value: Number | None = None
    sign: int = 0
    real: bool = True
    wave: bool = False
    turns: bool | None = None
    """Whether the other side has the other sign (of an infinite limit); `None` where it has to be looked at by itself."""


def constants(assumptions: Iterable[Term], body: Term, x: Symbol) -> Constants:
    """Coefficients that know the assumptions, and that the parts of a term without x have values."""
    c = Converter(True)
    facts = list(spread(tuple(assumptions)))
    c.assume(facts)
    _chained(c, facts)
    if any(s is not x for s in free_symbols(body)):
        for t in _without(body, x):
            learn_domain(c, t)
    k = Constants(c)
    for f in facts:
        if isinstance(f, App) and f.op in ("lt", "gt") and not any(a.shape or a in INFINITE for a in f.args):
            try:
                k.tell(c.field.sub(c(f.args[0]), c(f.args[1])), 1 if f.op == "gt" else -1)
            except GIVES_UP:
                continue
    return k


def spread(facts: tuple[Term, ...]) -> tuple[Term, ...]:
    """The facts, and what bounds on absolute values say of what stands inside."""
    out = list(facts)
    for f in facts:
        if isinstance(f, App) and f.op in ("lt", "le", "gt", "ge"):
            small, large = f.args if f.op in ("lt", "le") else f.args[::-1]
            if isinstance(small, App) and small.op == "abs" and not small.shape:
                op = "lt" if f.op in ("lt", "gt") else "le"
                inner = small.args[0]
                out += [App(op, (inner, large), (), "truth"), App(op, (App("neg", (large,)), inner), (), "truth")]
    return tuple(out)


def _chained(c: Converter, facts: list[Term]) -> None:
    """What is above something positive is positive."""
    pairs = [
        f.args if f.op in ("lt", "le") else f.args[::-1]
        for f in facts
        if isinstance(f, App) and f.op in ("lt", "le", "gt", "ge") and not any(a.shape for a in f.args)
    ]
    for _ in range(min(4, len(pairs))):
        for small, large in pairs:
            if OO in (small, large) or MINUS_OO in (small, large):
                continue
            try:
                low, high = c(small), c(large)
                if len(low.den) == 1 and low.num and c.signs.of(low.num) == "+":
                    c.positive(high, "+")
            except GIVES_UP:
                continue


def _without(t: Term, x: Symbol) -> list[Term]:
    """The greatest parts of a term in which x does not stand."""
    if x not in free_symbols(t):
        return [t]
    return [p for a in children(t) for p in _without(a, x)]


def one_side(k: Constants, x: Symbol, body: Term, point: Term, side: int) -> Side:
    """The behaviour on one side of a point (at infinity the side is not looked at). Raises `Undecided`."""
    for terms, deep in ATTEMPTS:
        try:
            e = Expansion(k, x, point, side, terms, deep)
            return _told(e, e.of(body))
        except Short:
            continue
        except NotReal:
            return Side(real=False)
        except (*GIVES_UP, ZeroDivisionError) as problem:
            raise Undecided from problem
    raise Undecided


def _told(e: Expansion, v: Value) -> Side:
    at = e.limit(v)
    same = None if e.sided else False
    if at is not None:
        if e.k.waving(at):
            return Side(wave=True, value=at)
        return Side(value=at, turns=same)
    monomial, c = e.lead(v)
    sign = e.k.sign(c)
    turns: bool | None = None
    if not e.sided and len(monomial) == 1 and monomial[0][0] is e.x:
        power = monomial[0][1]
        if isinstance(power, fmpq) and power.q == 1:
            turns = int(power.p) % 2 == 1
    return Side(sign=sign, turns=turns)


def shown(c: Converter, t: Bound) -> Element | None:
    """The value of a finite limit that exists whatever the names stand for; `None` where that is not shown."""
    x, point = t.symbols[0], t.args[0]
    if x in free_symbols(point) or t.shape:
        return None
    k = Constants(c)
    try:
        found = within(SECONDS, sides, k, x, t)
    except (Undecided, NotReal):
        return None
    if found is None or k.generic or any(not s.real or s.wave or s.value is None for s in found):
        return None
    values = [k.lifted(s.value) for s in found if s.value is not None]
    return values[0] if all(c.field.equal(values[0], v) for v in values) else None


def sides(k: Constants, x: Symbol, t: Bound) -> list[Side]:
    """What happens on the sides that are asked for, the right one first."""
    point = t.args[0]
    if point in INFINITE:
        return [one_side(k, x, t.body, point, 1)]
    if t.side:
        return [one_side(k, x, t.body, point, 1 if t.side == "+" else -1)]
    right = one_side(k, x, t.body, point, 1)
    return [right, other_side(right) or one_side(k, x, t.body, point, -1)]


def other_side(s: Side) -> Side | None:
    """The behaviour on the other side where one expansion tells it."""
    if s.turns is None:
        return None
    return Side(s.value, -s.sign if s.turns else s.sign, turns=s.turns)


def unseen(k: Constants, value: Number) -> list[P.Poly]:
    """The factors of what was divided by that names could make 0, and that the value found does not show by having no value there."""
    if not k.generic:
        return []
    shown: set[frozenset] = set()  # type: ignore[type-arg]
    if not isinstance(value, fmpq):
        shown = _factors(value.den) | {frozenset({((g, 1),): fmpq(1)}.items()) for m in value.num for g, e in m if e < 0}
    found = {p: None for e in k.generic for p in sorted(_factors(e.num), key=lambda p: sorted(map(str, p)))}
    return [dict(p) for p in found if p not in shown and k.c.signs.of(dict(p)) not in ("+", "-")]


def vanishes_unseen(k: Constants, value: Number) -> bool:
    """Whether something was divided by that names could make 0, and the value found does not show it."""
    return bool(unseen(k, value))


def _factors(p: P.Poly) -> set[frozenset]:  # type: ignore[type-arg]
    _, m, found = P.factors(p)
    return {frozenset(q.items()) for q, _ in found} | {frozenset({((g, 1),): fmpq(1)}.items()) for g, _ in m}


def waves_forever(k: Constants, value: Number) -> bool:
    """Whether a coefficient is known to keep changing: linear in one that does. What multiplies it is written down where names could make it 0."""
    if isinstance(value, fmpq) or len(value.den) > 1:
        return False
    found = [m for m in value.num if any(g in k.waves for g, _ in m)]
    waves = {(g, e) for m in found for g, e in m if g in k.waves}
    if len(waves) != 1 or next(iter(waves)) not in {(g, 1) for g in k.lasting}:
        return False
    rest = k.plain(Element({tuple(p for p in m if p not in waves): value.num[m] for m in found}, value.den))
    others = k.plain(Element({m: v for m, v in value.num.items() if m not in found}, value.den))
    if k.waving(rest) or k.waving(others) or k.is_zero(rest):
        return False
    if not isinstance(rest, fmpq) and not k.c.nonzero(rest):
        k.generic.append(rest)
    return True


__all__ = ["Side", "constants", "one_side", "other_side", "unseen", "vanishes_unseen"]
