"""Whether a sum up to infinity grows beyond all bounds, by the leading monomial of its terms, which all have a value."""

from __future__ import annotations

from flint import fmpq

from twofold.grammar.term import OO, Bound, Symbol, Term, num, substitute, var
from twofold.symbolic.asymptotic.bertrand import growth
from twofold.symbolic.asymptotic.constants import Constants, NotReal, Undecided
from twofold.symbolic.asymptotic.limits import constants
from twofold.symbolic.normal import GIVES_UP
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.summation.index import Index, NoRule


def diverges(t: Bound, facts: tuple[Term, ...]) -> int | None:
    """1 or -1 where the sum from a whole number to infinity is oo or -oo; `None` where that is not shown."""
    try:
        x = Symbol(t.symbols[0].name)
        k = constants(facts, t.body, t.symbols[0])
        start = k.c(t.args[0]).rational()
        if start is None or start.denominator != 1 or not _has_values(k, t, int(start)):
            return None
        return growth(k, x, substitute(t.body, {t.symbols[0]: var(x)}), OO)
    except (Undecided, NotReal, NoRule, *GIVES_UP, ZeroDivisionError):
        return None


def _has_values(k: Constants, t: Bound, start: int) -> bool:
    """Whether every term has a value: no factor of the denominator is 0 at a whole number from the start on."""
    x = Index(k.c, t.body, Symbol(t.symbols[0].name, "integer", lower=num(start)), k.f.number(start))
    x.body = substitute(t.body, {t.symbols[0]: var(x.symbol)})
    e = x.at(var(x.symbol))
    _, m, found = P.factors(e.den)
    below = [p for p, _ in found] + [{((g, 1),): fmpq(1)} for n in e.num for g, power in n if power < 0]
    for p in [*below, *({((g, 1),): fmpq(1)} for g, _ in m)]:
        if k.c.signs.of(p) in ("+", "-"):
            continue
        key = k.f.kernels[next(iter(p))[0][0]] if len(p) == 1 and next(iter(p)) else ("",)
        if key[0] == "log" and isinstance(key[1], frozenset):
            p = P.add(dict(key[1]), P.constant(-1))  # A logarithm is 0 where its argument is 1.
        for q, _ in x.factors(x.row(p)):
            values = [v.rational() for v in q]
            if None in values:
                return False
            root = -values[0] / values[1] if len(q) == 2 else None  # type: ignore[operator]
            if root is not None and root.denominator == 1 and root >= start:
                return False
    return True
