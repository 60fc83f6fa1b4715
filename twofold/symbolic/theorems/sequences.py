"""Limits of sequences that hold a sum up to their own variable: as a series, by the closed form, or as the integral that a Riemann sum tends to.

sum(f(k/n)/n, k = lo..hi) tends to integrate(f(t), t = a..b) where f is continuous on [a, b], lo = a*n + p with p >= 0 and hi = b*n - q with q >= 0.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import OO, App, Bound, Num, Symbol, Term, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.theorems.continuity import ANALYTIC, is_continuous

_CONTINUOUS = ANALYTIC | {"abs", "cbrt"}


def settled(t: Term, assumptions: tuple[Term, ...]) -> Term:
    """A term with such limits as integrals, or as limits of the closed form of the sum along all real numbers."""

    def written(u: Term) -> Term | None:
        if not isinstance(u, Bound) or u.op != "limit" or u.shape or u.args[0] != OO or not _counts(u):
            return None
        for rule in (_as_series, _closed, _as_integral):
            try:
                made = rule(u, assumptions)
            except GIVES_UP:
                continue
            if made is not None:
                return made
        return None

    return transform(t, written)


def stand_in(t: Term) -> bool:
    """Whether such a limit stands in a term."""
    return any(isinstance(u, Bound) and u.op == "limit" and u.args[0] == OO and _counts(u) for u in subterms(t))


def _counts(t: Bound) -> bool:
    return any(isinstance(u, Bound) and u.op in ("sum", "prod") and _ends_with(u, t.symbols[0]) for u in subterms(t.body))


def _ends_with(t: Bound, n: Symbol) -> bool:
    return any(n in free_symbols(end) for end in t.args)


def _as_series(t: Bound, assumptions: tuple[Term, ...]) -> Term | None:
    """sum(f(k), k = a..n) tends to the series, by what that means."""
    n, inner = t.symbols[0], t.body
    if not isinstance(inner, Bound) or inner.op not in ("sum", "prod") or inner.shape or len(inner.symbols) != 1:
        return None
    lower, upper = inner.args
    if n in free_symbols(inner.body) or n in free_symbols(lower):
        return None
    line = _linear(upper, n, assumptions)
    return None if line is None or line[0] != 1 else Bound(inner.op, inner.symbols, inner.body, (lower, OO))


def _closed(t: Bound, assumptions: tuple[Term, ...]) -> Term | None:
    """The limit of the same without sums. Where that is known along the real numbers, it is along the whole ones."""
    whole = Symbol(t.symbols[0].name, "integer", lower=num(1))
    c = converter((), assumptions)
    body = raised(c, c(substitute(t.body, {t.symbols[0]: var(whole)})))
    if any(isinstance(u, Bound) and whole in free_symbols(u) for u in subterms(body)):
        return None
    real = Symbol(t.symbols[0].name, "real", lower=num(0), open_lower=True)
    return Bound("limit", (real,), substitute(body, {whole: var(real)}), t.args, t.side)


def _as_integral(t: Bound, assumptions: tuple[Term, ...]) -> Term | None:
    found = _factored(t.body)
    if found is None:
        return None
    factor, inner = found
    n, k = t.symbols[0], inner.symbols[0]
    low, high = (_linear(end, n, assumptions) for end in inner.args)
    if low is None or high is None or low[1] < 0 or high[1] > 0 or low[0] >= high[0]:
        return None
    a, b = low[0], high[0]
    large = Symbol(n.name, "real", lower=num(0), open_lower=True)
    place = Symbol("t", "real")
    facts = (*assumptions, app("ge", var(place), Num(a)), app("le", var(place), Num(b)))
    term = app("mul", app("mul", var(large), factor), inner.body)
    made = substitute(substitute(term, {k: app("mul", var(place), var(n))}), {n: var(large)})
    c = converter((), facts)
    curve = raised(c, c(made))
    if large in free_symbols(curve) or not all(is_continuous(c, u, _CONTINUOUS) for u in (made, curve)):
        return None
    return Bound("integrate", (place,), curve, (Num(a), Num(b)))


def _factored(t: Term) -> tuple[Term, Bound] | None:
    """A product as what stands before a sum, and the sum."""
    if isinstance(t, Bound) and t.op == "sum" and len(t.symbols) == 1:
        return num(1), t
    if isinstance(t, App) and t.op in ("mul", "div"):
        for which in (0, 1) if t.op == "mul" else (0,):
            found = _factored(t.args[which])
            if found is not None:
                other = t.args[1 - which]
                factor = app("mul", found[0], other) if t.op == "mul" else app("div", found[0], other)
                return factor, found[1]
    if isinstance(t, App) and t.op == "neg" and (found := _factored(t.args[0])) is not None:
        return app("neg", found[0]), found[1]
    return None


def _linear(end: Term, n: Symbol, assumptions: tuple[Term, ...]) -> tuple[Fraction, Fraction] | None:
    """(a, p) of an end a*n + p with rational numbers."""
    c = converter((), assumptions)
    values: list[Fraction] = []
    for at in (0, 1, 2):
        value = c(substitute(end, {n: num(at)})).rational()
        if value is None:
            return None
        values.append(value)
    p, a = values[0], values[1] - values[0]
    line = app("add", app("mul", Num(a), var(n)), Num(p))
    return (a, p) if c.field.equal(c(end), c(line)) else None
