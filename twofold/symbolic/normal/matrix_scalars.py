"""Numbers made of matrices in normal form: determinants, traces, totals, products and norms."""

from __future__ import annotations

from twofold.catalogue.shapes import app, full
from twofold.grammar.term import App, Bound, Symbol, Term, num, var
from twofold.symbolic.normal.conjugates import conjugate
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.matrices import determinant, entries, size
from twofold.symbolic.normal.powers import HALF, power


@rule("det")
def _det(c: Converter, t: App) -> Element:
    size(t.args[0])
    if isinstance(t.args[0], App) and t.args[0].op == "expm":
        return c(app("exp", app("tr", t.args[0].args[0])))
    return determinant(c, entries(c, t.args[0]))


@rule("tr")
def _trace(c: Converter, t: App) -> Element:
    size(t.args[0])
    a = entries(c, t.args[0])
    return c.field.sum([a[i][i] for i in range(len(a))])


@rule("logdet")
def _logdet(c: Converter, t: App) -> Element:
    return c(app("log", app("det", t.args[0])))


@rule("sum")
def _total(c: Converter, t: App) -> Element:
    a = t.args[0]
    if all(isinstance(d, int) for d in a.shape):
        return c.field.sum([x for row in entries(c, a) for x in row])
    if len(a.shape) == 1:
        return c(_sum_term(a))
    return c.function(t)


def _sum_term(a: Term) -> Term:
    from twofold.catalogue.shapes import dim_term

    k = Symbol("k", "integer", lower=num(1), upper=dim_term(a.shape[0]))
    return Bound("sum", (k,), app("index", a, var(k)), (num(1), dim_term(a.shape[0])))


@rule("mean")
def _mean(c: Converter, t: App) -> Element:
    from twofold.catalogue.shapes import dim_term

    a = t.args[0]
    if a.sort != "number" or not a.shape or len(t.args) > 1:
        return c.function(t)
    total = c(App("sum", (a,)))
    m, n = full(a.shape)
    return c.field.div(total, c.field.mul(c(dim_term(m)), c(dim_term(n))))


@rule("dot")
def _dot(c: Converter, t: App) -> Element:
    a, b = t.args
    if all(isinstance(d, int) for d in (*a.shape, *b.shape)):
        return c.field.sum([c.field.mul(x[0], y[0]) for x, y in zip(entries(c, a), entries(c, b), strict=True)])
    if a.shape != b.shape:
        b = app("transpose", b)  # a row and a column
    return c(_sum_term(app("emul", a, b)))


@rule("norm")
def _norm(c: Converter, t: App) -> Element:
    a = t.args[0]
    if len(t.args) > 1 or not all(isinstance(d, int) for d in a.shape):
        return c.function(t)
    squares = c(app("sum", app("emul", a, a))) if c.field.real else _squares(c, a)
    if squares is None:
        return c.function(t)
    if c.field.real and len(squares.den) == 1 and squares.num and c.signs.of(squares.num) is None:
        # Multiplied out, a sum of squares does not look like one.
        c.signs.learn(squares.num, "0+")
    return power(c, squares, c.field.number(HALF))


def _squares(c: Converter, a: Term) -> Element | None:
    """The sum of |x|^2 over the entries x of an array that may be complex; `None` where a conjugate is not known."""
    found: list[Element] = []
    for x in (x for row in entries(c, a) for x in row):
        other = conjugate(c, x)
        if other is None:
            return None
        found.append(c.field.mul(x, other))
    return c.field.sum(found)


@rule("logsumexp")
def _logsumexp(c: Converter, t: App) -> Element:
    if len(t.args) == 1 and t.args[0].shape:
        return c(app("log", app("sum", app("exp", t.args[0]))))
    return c.function(t)
