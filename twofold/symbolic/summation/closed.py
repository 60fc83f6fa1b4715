"""The closed form of a sum or product by our own rules, compared with the sum itself, written out, where its end is a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from twofold.grammar.term import MINUS_OO, OO, App, Bound, Symbol, Term, free_symbols, num, substitute, transform, var
from twofold.symbolic.asymptotic.balls import inside
from twofold.symbolic.asymptotic.constants import Constants, Undecided
from twofold.symbolic.asymptotic.limits import spread
from twofold.symbolic.asymptotic.powers import quotient
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.raising import polynomial, raised
from twofold.symbolic.summation import gosper, hypergeometric, power_sums, products
from twofold.symbolic.summation.index import Index, NoRule

TRIED = 4
"""Short ranges for which a closed form is compared with the sum written out."""


@dataclass
class Closed:
    """A closed form and what must not be 0 for it."""

    value: Term
    apart: list[Term] = field(default_factory=list)


def closed(t: Bound, facts: tuple[Term, ...]) -> Closed | None:
    """The closed form of `sum(f, k = low..high)` or of a product, for a whole number or a name as the lower end; `None` where no rule applies."""
    low, high = t.args
    if t.shape or len(t.symbols) != 1 or any(a.shape for a in t.args) or MINUS_OO in t.args or low == OO:
        return None
    try:
        return _closed(t, facts, low, high)
    except (NoRule, Undecided, *GIVES_UP, ZeroDivisionError):
        return None


def _closed(t: Bound, facts: tuple[Term, ...], low: Term, high: Term) -> Closed | None:
    c = converter((t,), spread(facts))
    own = bool(set(free_symbols(high)) & set(free_symbols(t.body)))
    # The empty sum is one too: a closed form that is right for it needs no other condition.
    start = c(low).rational()
    if start is None or start.denominator != 1:
        return None
    last = Symbol("last", "integer", lower=num(start - 1))
    end: Term | None = None if high == OO else high if own else var(last)
    index = Index(c, t.body, Symbol(t.symbols[0].name, "integer", lower=low), c(low))
    index.body = substitute(t.body, {t.symbols[0]: var(index.symbol)})
    whole = t if end is None or own else Bound(t.op, t.symbols, t.body, (low, end))
    found = _by_rules(c, whole, index, end)
    if found is None:
        return None
    apart = [] if isinstance(found, Term) else _excluded(c, found)
    if high == OO:
        return Closed(_written(c, found), apart)
    made = found if isinstance(found, Term) else raised(c, found)
    if not (_right_for_names(c, t, int(start), made) if own else _right(c, t, int(start), last, made)):
        return None
    if own:
        return Closed(_written(c, found), apart)
    if isinstance(found, Term):
        return Closed(_written(c, substitute(found, {last: high})), apart)
    return Closed(_written(c, c(substitute(made, {last: high}))), [substitute(x, {last: high}) for x in apart])


def _by_rules(c: Converter, t: Bound, x: Index, end: Term | None) -> Element | Term | None:
    upper = None if end is None else c(end)
    direct = c(t)
    if not _holds_binders(c, direct):
        return direct
    if t.op == "sum":
        rules = [lambda: gosper.infinite(x)] if upper is None else []
        rules.append(lambda: hypergeometric.summed(x, upper))
        rules.append(lambda: power_sums.infinite(x) if upper is None else gosper.finite(x, t.args[1]))
    else:
        rules = [lambda: products.infinite(x) if upper is None else products.finite(x, upper)]
    for rule in rules:
        try:
            found = rule()
        except (NoRule, *GIVES_UP):
            continue
        if isinstance(found, Term) or not _holds_binders(c, found):
            return found
    return None


_BINDERS = frozenset("sum prod product integrate antiderivative diff limit count power_of_zero log_of_zero".split())


def _holds_binders(c: Converter, e: Element) -> bool:
    """Whether a sum or the like is left in an element, at whatever depth, or a power of 0."""

    def holds(value: object) -> bool:
        if isinstance(value, str):
            return value in _BINDERS
        return isinstance(value, (tuple, frozenset)) and any(map(holds, value))

    seen: set[int] = set()
    todo = [*P.generators(e.num, e.den)]
    while todo:
        g = todo.pop()
        if g not in seen:
            seen.add(g)
            key = c.field.kernels[g]
            if key[0] != "sym" and (holds(key) or (key[0] == "power" and not key[1][0])):
                return True
            todo += inside(key)
    return False


def _right(c: Converter, t: Bound, start: int, last: Symbol, made: Term) -> bool:
    """Whether a closed form has the values of the first few sums, the empty one among them."""
    total = c.field.number(0 if t.op == "sum" else 1)
    for i in range(-1, TRIED):
        if i >= 0:
            total = _joined(c, t, total, t.body, start + i)
        try:
            if not c.field.equal(total, c(substitute(made, {last: num(start + i)}))):
                return False
        except GIVES_UP:
            return False
    return True


def _joined(c: Converter, t: Bound, total: Element, body: Term, k: int) -> Element:
    part = c(substitute(body, {t.symbols[0]: num(k)}))
    return c.field.add(total, part) if t.op == "sum" else c.field.mul(total, part)


def _right_for_names(c: Converter, t: Bound, start: int, made: Term) -> bool:
    """The same where the name in the end stands in the terms too: for its first values."""
    names = free_symbols(t.args[1])
    if len(names) != 1:
        return False
    n, counted = names[0], 0
    bound = c(n.lower).rational() if n.lower is not None else None
    first = start if bound is None else max(start, int(-(-bound // 1)) + (bound.denominator == 1 and n.open_lower))
    for i in range(first, first + TRIED):
        end = c(substitute(t.args[1], {n: num(i)})).rational()
        if end is None or end.denominator != 1 or end - start > 60:
            return False
        body = substitute(t.body, {n: num(i)})
        total = c.field.number(0 if t.op == "sum" else 1)
        for k in range(start, int(end) + 1):
            total = _joined(c, t, total, body, k)
        if end >= start - 1:
            if not c.field.equal(total, c(substitute(made, {n: num(i)}))):
                return False
            counted += 1
    return counted >= TRIED - 1


def _written(c: Converter, e: Element | Term) -> Term:
    return transform(e if isinstance(e, Term) else quotient(Constants(c), e), lambda t: _factorial(c, t))


def _factorial(c: Converter, t: Term) -> Term | None:
    """gamma of whole numbers by its usual name."""
    if not (isinstance(t, App) and t.op == "gamma"):
        return None
    u = c(t.args[0])
    if len(u.den) > 1 or not all(v.q == 1 and (m == () or c.is_integer(m)) for m, v in u.num.items()):
        return None
    return App("factorial", (raised(c, c.field.sub(u, c.field.number(1))),))


def _excluded(c: Converter, e: Element) -> list[Term]:
    """The factors below a closed form that could be 0, though the terms of the sum have values there."""
    _, m, found = P.factors(e.den)
    parts: list[Poly] = [p for p, _ in found]
    parts += [
        {((g, 1),): next(iter(c.field.number(1).num.values()))}
        for n in e.num
        for g, k in n
        if k < 0 and c.field.kernels[g][0] not in ("exp", "prime", "gamma", "unit", "cis")
    ]
    out = []
    for p in parts:
        if c.nonzero(Element(p, c.field.number(1).den)) or not any(g for n in p for g, _ in n):
            continue
        shown = polynomial(c, p)
        if free_symbols(shown) and shown not in out:
            out.append(shown)
    return out


__all__ = ["Closed", "closed"]
