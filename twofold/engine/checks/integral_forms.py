"""Checks of lengths and areas, and of integrals by parts and in new variables: other integrals with the same value."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.shapes import bound
from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, distance, items, points, value, verdict
from twofold.engine.comparison import compare
from twofold.grammar.term import App, Array, Bound, Symbol, Term, Var, num, substitute, var
from twofold.symbolic.context import Context


def arclength(question: Term, answer: Term, context: Context) -> Check | None:
    """Quadrature of the speed, its derivatives taken numerically."""
    if not isinstance(question, App) or not isinstance(question.args[1], App) or not isinstance(question.args[1].args[0], Var):
        return None
    f, (x, ends) = question.args[0], question.args[1].args
    assert isinstance(x, Var) and isinstance(ends, App)
    t, u = Symbol(x.symbol.name, lower=ends.args[0], upper=ends.args[1]), Symbol(x.symbol.name)
    parts = [e for row in f.rows for e in row] if isinstance(f, Array) else [x, f]
    total: Term = num(0)
    for part in parts:
        slope = bound("diff", (u,), substitute(part, {x.symbol: var(u)}), var(t), num(1))
        total = App("add", (total, App("pow", (slope, num(2)))))
    return compare(Bound("integrate", (t,), App("sqrt", (total,)), ends.args), answer, context)


def area(question: Term, answer: Term, context: Context) -> Check | None:
    """Quadrature of the distance between the graphs."""
    over = _over(question.args[-1]) if isinstance(question, App) else None
    if not isinstance(question, App) or over is None:
        return None
    if question.args[0].shape:
        return _inside_curve(question.args[0], over, answer, context)
    gap = App("sub", question.args[:2]) if len(question.args) == 3 else question.args[0]
    return compare(_integral(App("abs", (gap,)), *over), answer, context)


def _over(term: Term) -> tuple[Symbol, Term, Term] | None:
    """Variable and ends of `x = a..b`."""
    if isinstance(term, App) and term.op == "eq" and isinstance(term.args[0], Var) and isinstance(term.args[1], App):
        return term.args[0].symbol, term.args[1].args[0], term.args[1].args[1]
    return None


def _integral(f: Term, x: Symbol, low: Term, high: Term) -> Term:
    t = Symbol(x.name, lower=low, upper=high)
    return Bound("integrate", (t,), substitute(f, {x: var(t)}), (low, high))


def _inside_curve(curve: Term, over: tuple[Symbol, Term, Term], answer: Term, context: Context) -> Check | None:
    """Quadrature of half of x*y' - y*x', the derivatives taken numerically."""
    if not isinstance(curve, Array):
        return None
    x, (a, b) = over[0], items(curve)
    u = Symbol(x.name)
    slopes = [bound("diff", (u,), substitute(e, {x: var(u)}), var(x), num(1)) for e in (a, b)]
    body = App("sub", (App("mul", (a, slopes[1])), App("mul", (b, slopes[0]))))
    half = App("div", (_integral(body, *over), num(2)))
    return compare(App("abs", (half,)), answer, context)


def parts(question: Term, answer: Term, context: Context) -> Check | None:
    """The integral of the product against what integration by parts makes of it; an antiderivative is differentiated back."""
    if not isinstance(question, App):
        return None
    product, over = App("mul", question.args[:2]), _over(question.args[2])
    if over is not None:
        return compare(_integral(product, *over), answer, context)
    x = question.args[2]
    if not isinstance(x, Var):
        return None
    t = Symbol(x.symbol.name)
    slope = bound("diff", (t,), substitute(answer, {x.symbol: var(t)}), x, num(1))
    errors = []
    for p in points([product, answer], context, 6):
        left, right = value(slope, p, context), value(product, p, context)
        if left is not None and right is not None:
            errors.append(distance(left, right))
    return verdict("differentiated back", errors)


def changed(question: Term, answer: Term, context: Context) -> Check | None:
    """Both integrals by quadrature; in several variables the integrand, with a Jacobian matrix taken numerically."""
    if isinstance(question, App) and isinstance(question.args[1], (Array, App)) and len(question.args) > 3:
        return _in_new_variables(question, answer, context)
    over = _over(question.args[1]) if isinstance(question, App) else None
    if not isinstance(question, App) or over is None:
        return Check("quadrature", None, None, EXACT_ROUTE, "an indefinite integral has no value to compare")
    return compare(_integral(question.args[0], *over), answer, context)


def _in_new_variables(question: App, answer: Term, context: Context) -> Check | None:
    """The integrand at points of the new ranges: f there, times the size of the determinant of the slopes."""
    put = {b.args[0].symbol: b.args[1] for b in items(question.args[2]) if isinstance(b, App) and isinstance(b.args[0], Var)}
    inside: dict[Symbol, Term] = {}
    for r in question.args[3:]:
        if isinstance(r, App) and isinstance(r.args[0], Var) and isinstance(r.args[1], App):
            low, high = r.args[1].args
            inside[r.args[0].symbol] = var(Symbol(r.args[0].symbol.name, lower=low, upper=high))
    body, renamed = answer, {}
    for s in reversed(inside):
        if not isinstance(body, Bound):
            return None
        renamed[body.symbols[0]] = inside[s]
        body = body.body
    slopes = []
    for g in put.values():
        row: list[Term] = []
        for s in inside:
            t = Symbol(s.name)
            row.append(bound("diff", (t,), substitute(g, {s: var(t)}), var(s), num(1)))
        slopes.append(tuple(row))
    size = App("abs", (App("det", (Array(tuple(slopes), (len(slopes), len(slopes))),)),))
    expected = substitute(App("mul", (substitute(question.args[0], put), size)), inside)
    found = compare(expected, substitute(body, renamed), context)
    return found and replace(found, method="the integrand with numeric slopes")
