"""Under which condition the terms of a series fall geometrically: on the one parameter of its exponentials and powers."""

from __future__ import annotations

from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.arithmetic import minus, plus
from twofold.symbolic.normal import GIVES_UP, Converter
from twofold.symbolic.normal.raising import raised


def decay(c: Converter, t: Bound) -> Term | None:
    """The condition; `None` where no or more than one exponential or power asks for one."""
    k, found = t.symbols[0], []
    for part in dict.fromkeys(subterms(t.body)):
        if not isinstance(part, App) or part.shape or k not in free_symbols(part):
            continue
        try:
            asked = _of_exponential(c, part, k) or _of_power(c, part, k)
        except (*GIVES_UP, ZeroDivisionError):
            continue
        if asked is not None and asked not in found:
            found.append(asked)
    return found[0] if len(found) == 1 else None


def _slope(c: Converter, t: Term, k: Symbol) -> Term | None:
    """What a term grows by from one index to the next, where that is always the same."""
    grown = raised(c, c(minus(substitute(t, {k: plus(var(k), num(1))}), t)))
    return None if k in free_symbols(grown) else grown


def _of_exponential(c: Converter, t: App, k: Symbol) -> Term | None:
    base_e = t.op == "pow" and not free_symbols(t.args[0])
    inside = t.args[0] if t.op == "exp" else t.args[1] if base_e else None
    slope = None if inside is None else _slope(c, inside, k)
    if slope is None or not free_symbols(slope) or (base_e and not _above_one(c, t.args[0])):
        return None
    return App("lt", (slope, num(0)), (), "truth")


def _above_one(c: Converter, base: Term) -> bool:
    gap = c(minus(base, num(1)))
    r = gap.rational()
    return r > 0 if r is not None else c.signs.of(gap.num) == "+"


def _of_power(c: Converter, t: App, k: Symbol) -> Term | None:
    if t.op != "pow" or k in free_symbols(t.args[0]) or not free_symbols(t.args[0]):
        return None
    slope = _slope(c, t.args[1], k)
    step = None if slope is None else c(slope).rational()
    if step is None or step == 0:
        return None
    size: Term = App("abs", (t.args[0],))
    return App("lt", (size, num(1)) if step > 0 else (num(1), size), (), "truth")
