"""Derivatives as operations of the language: `diff`, `grad`, `jacobian`, `hessian`, `laplacian`, `divergence`, and what is made
of them."""

from __future__ import annotations

from contextlib import suppress

from twofold.catalogue.constants import rational
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app, bound
from twofold.core.diagnostic import fail
from twofold.core.span import NOWHERE
from twofold.grammar.term import (
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    replaced,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.arithmetic import ONE, is_number, minus, negate, over, plus, power, times, total
from twofold.symbolic.array_derivative import by_array
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.smooth_kinks import over_kinks
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import NotDifferentiable, derivative, is_unknown
from twofold.symbolic.entries import explicit, is_explicit, rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import present, short
from twofold.symbolic.work import carry_out

_LARGEST_ORDER = 200
_BRIEF = 40
"""Nodes up to which a first derivative is differentiated as it comes from the rules."""


_ORDERS = frozenset(("k", "m", "n"))
"""Names that are meant as orders of derivatives where a function does not have them."""


def diff(context: Context, term: Bound) -> Term:
    """The derivative of the order given, at the point given."""
    point, order = (carry_out(a, context) for a in term.args)
    known = rational(order)
    order = order if known is None else Num(known)
    x, body = term.symbols[0], term.body
    if isinstance(order, Num) and (order.value.denominator != 1 or order.value < 0):
        raise fail("wrong-order", "the order of a derivative is a whole number", term.args[1].span or NOWHERE)
    if not isinstance(order, Num):
        return symbolic_order(context, Bound("diff", term.symbols, body, (point, order), shape=term.shape))
    n = int(order.value)
    if x.name in _ORDERS and x.assumed and n and x not in free_symbols(body):
        context.note(
            f"{x.name} is a variable here; for the derivative of order {x.name} declare let {x.name} : size, or an integer"
        )
    if n > _LARGEST_ORDER:
        raise NoClosedForm(f"a derivative of order {n} is too long to write")
    if is_unknown(body, x):
        return Bound("diff", term.symbols, body, (point, order), shape=term.shape) if n else substitute(body, {x: point})
    if _symbolic(body):
        found = body
        for _ in range(n):
            found = _tensor_derivative(found, x, context)
    else:
        found = _scalar(body, x, n, context)
        if n == 1 and context.reading == "real":
            found = over_kinks(body, found, context)
    return _finish(substitute(found, {x: point}), context)


def _scalar(body: Term, x: Symbol, n: int, context: Context) -> Term:
    try:
        found = derivative(explicit(body, context) if _has_arrays(body) else body, x) if n else body
    except NotDifferentiable:
        found = derivative(carry_out(body, context), x)
    for _ in range(n - 1):
        # Put shortly in between: the rules alone make derivatives of high order grow exponentially.
        brief = n == 2 and sum(1 for _ in subterms(found)) < _BRIEF
        found = derivative(found if brief else _joined(found, context), x)
    return found


def _joined(term: Term, context: Context) -> Term:
    """A derivative that another one is taken of, in a short form."""
    from twofold.symbolic.simplifying import near
    from twofold.symbolic.weight import weight

    if context.reading == "real":
        with suppress(NotApplicable, NoClosedForm):
            return min(near(term, context), key=weight, default=None) or present(term, context)
    return present(term, context)


def _finish(term: Term, context: Context) -> Term:
    """Carries out what the rules left: integrals and sums of derivatives. Derivatives of unknown functions stay."""
    left = any(
        isinstance(t, Bound) and t.op != "lambda" and not (t.op == "diff" and is_unknown(t.body, t.symbols[0]))
        for t in subterms(term)
    )
    return carry_out(term, context) if left else term


def _has_arrays(term: Term) -> bool:
    return any(t.shape or isinstance(t, Array) for t in subterms(term))


def _symbolic(term: Term) -> bool:
    """Whether a symbol of symbolic size takes part other than entry by entry."""
    inside = [t for t in subterms(term) if isinstance(t, App) and t.op == "index"]
    entries = {id(t.args[0]) for t in inside}
    return any(not is_explicit(t.shape) and id(t) not in entries for t in subterms(term) if t.sort == "number")


def _tensor_derivative(term: Term, symbol: Symbol, context: Context) -> Term:
    from twofold.symbolic import tensors

    found = tensors.derivative(term, symbol)
    assert isinstance(found, Term)
    return found


def symbolic_order(context: Context, term: Bound) -> Term:
    """The n-th derivative for a symbolic n, by rule or where SymPy knows a formula."""
    import sympy as sp

    from twofold.symbolic.calculus.any_order import derivative_of_order

    point, order = term.args
    n = lower(order, context)
    if n.is_Symbol and n.is_integer and not n.is_negative and is_explicit(term.body.shape) and not term.shape:
        x, m = symbol_for(term.symbols[0], context), sp.Dummy("n", integer=True, nonnegative=True)
        found = attempt(derivative_of_order, lower(carry_out(term.body, context), context).subs(n, m), x, m)
        if found is not None:
            value, least = found
            if not (n - least).is_nonnegative:
                context.require(App("ge", (order, num(int(least))), (), "truth"))
            value = value.subs(m, n).subs(x, lower(point, context))
            return lift(value if value.is_Piecewise else short(value, context), context)
    made = lower(term, context).doit()
    if made.has(sp.Derivative, sp.Subs):
        raise NoClosedForm("no formula for a derivative of symbolic order")
    return lift(made, context)


def by_variable(context: Context, term: Bound) -> Term:
    """`grad`, `jacobian`, `hessian`, `laplacian`, `divergence` by a vector or matrix."""
    point = carry_out(term.args[0], context)
    symbol = term.symbols[0]
    if is_explicit(symbol.shape) and not _symbolic(term.body):
        found = by_array(
            _worked(term.body, context), symbol, point, term.op, lambda t: explicit(t, context), lambda t: present(t, context)
        )
        found = _finish(found, context)
    else:
        found = _tensor_derivative(term.body, symbol, context)
        if term.op == "hessian":
            found = _tensor_derivative(found, symbol, context)
        elif term.op in ("laplacian", "divergence"):
            found = app("tr", _tensor_derivative(found, symbol, context) if term.op == "laplacian" else found)
        found = substitute(found, {symbol: point})
    return found


def _worked(body: Term, context: Context) -> Term:
    return carry_out(body, context) if any(isinstance(t, Bound) and t.op != "lambda" for t in subterms(body)) else body


def by_entry(body: Term, point: Term, order: int, context: Context) -> Term:
    """The derivative of a term by a variable that stands free in it, or by an entry of an array of explicit size."""
    if isinstance(point, Var):
        x = copy_symbol(point.symbol)
        return diff(context, bound("diff", (x,), substitute(body, {point.symbol: var(x)}), point, num(order)))
    if isinstance(point, App) and point.op == "index" and isinstance(point.args[0], Var):
        x = Symbol(f"{point.args[0].symbol.name}_", point.args[0].symbol.kind)
        inside = replaced(explicit(body, context), point, var(x))
        return diff(context, bound("diff", (x,), inside, point, num(order)))
    raise fail("not-a-variable", "a derivative is taken by a name", point.span)


def variables_of(term: Term) -> list[Term]:
    """The variables that an argument lists: a name, a list or tuple of names, or the entries of a vector."""
    if isinstance(term, Array):
        return [x for row in term.rows for x in row]
    if isinstance(term, App) and term.op in ("tuple", "set"):
        return list(term.args)
    if isinstance(term, Var) and term.shape:
        if not is_explicit(term.shape):
            raise NoClosedForm(f"{term.symbol.name} has a symbolic size")
        return [x for row in rows_of(explicit(term, Context())) for x in row]
    return [term]


def curl(context: Context, field: Term, point: Term) -> Term:
    """The curl of a field in three dimensions, in Cartesian coordinates."""
    names = variables_of(point)
    parts = [x for row in rows_of(explicit(field, context)) for x in row]
    if len(names) != 3 or len(parts) != 3:
        raise fail(
            "shape-mismatch",
            "curl takes a field of three components and three variables",
            field.span,
            "write curl([P, Q, R], [x, y, z])",
        )

    def d(i: int, j: int) -> Term:
        return by_entry(parts[i], names[j], 1, context)

    return Array(((minus(d(2, 1), d(1, 2)), minus(d(0, 2), d(2, 0)), minus(d(1, 0), d(0, 1))),), (3,))


def directional(context: Context, f: Term, point: Term, direction: Term, at: Term | None = None) -> Term:
    """The derivative of a scalar function along a direction, which is normalised first; at a point, where one is given."""
    names = variables_of(point)
    steps = [x for row in rows_of(explicit(direction, context)) for x in row]
    if len(names) != len(steps):
        raise fail("shape-mismatch", f"{len(names)} variables and a direction with {len(steps)} components", direction.span)
    if all(is_number(s, 0) for s in steps):
        raise fail("zero-vector", "the zero vector is no direction", direction.span)
    length = power(total(power(s, num(2)) for s in steps), over(ONE, num(2)))
    found = over(total(times(by_entry(f, n, 1, context), s) for n, s in zip(names, steps, strict=True)), length)
    if at is None:
        return found
    places = [x for row in rows_of(explicit(at, context)) for x in row]
    if len(places) != len(names):
        raise fail("shape-mismatch", f"{len(names)} variables and a point with {len(places)} coordinates", at.span)
    return substitute(found, {n.symbol: p for n, p in zip(names, places, strict=True) if isinstance(n, Var)})


def total_derivative(context: Context, f: Term, t: Term, *others: Term) -> Term:
    """The derivative of f by t along a path: names given in `others` are unknown functions of t."""
    if not isinstance(t, Var) and len(others) == 1 and isinstance(others[0], Var):
        t, others = others[0], (t,)
    if not isinstance(t, Var) or t.shape:
        raise fail("not-a-variable", "the total derivative is taken by a name", t.span, "write total(f, t, x, y)")
    moving = [v for o in others for v in variables_of(o)]
    functions = {v.symbol: Symbol(v.symbol.name, "function", arity=1) for v in moving if isinstance(v, Var)}
    along = substitute(f, {s: App("apply", (var(g), t)) for s, g in functions.items()})
    if not functions and t.symbol not in free_symbols(f):
        still = ", ".join(dict.fromkeys(s.name for s in free_symbols(f)))
        context.note(f"no name is a function of {t.symbol.name} here: total(f, {t.symbol.name}, {still}) lets them move")
    if functions:
        context.note(f"{', '.join(s.name for s in functions)} as functions of {t.symbol.name}")
    return by_entry(along, t, 1, context)


def implicit(context: Context, equation: Term, y: Term, x: Term, order: Term = ONE) -> Term:
    """dy/dx where an equation (or an expression that is 0) ties y to x; higher orders by differentiating again."""
    if not isinstance(y, Var) or not isinstance(x, Var):
        raise fail("not-a-variable", "write implicit_diff(equation, y, x)", equation.span)
    if not isinstance(order, Num) or order.value.denominator != 1 or not 1 <= order.value <= 20:
        raise fail("wrong-order", "the order of a derivative is a whole number", order.span)
    f = minus(*equation.args) if isinstance(equation, App) and equation.op == "eq" else equation
    if y.symbol not in free_symbols(f):
        raise fail("not-a-variable", f"{y.symbol.name} does not stand in the equation", y.span)
    fx, fy = derivative(f, x.symbol), derivative(f, y.symbol)
    first = negate(over(fx, fy))
    out: Term = first
    for _ in range(int(order.value) - 1):
        out = plus(derivative(out, x.symbol), times(derivative(out, y.symbol), first))
    return _finish(out, context)


def parametric(context: Context, curve: Term, t: Term, order: Term = ONE) -> Term:
    """dy/dx along a curve [x(t), y(t)]; higher orders by differentiating by t and dividing by dx/dt again."""
    parts = [e for row in rows_of(explicit(curve, context)) for e in row] if curve.shape else []
    if len(parts) != 2:
        raise fail("shape-mismatch", "parametric_diff takes a plane curve", curve.span, "write parametric_diff([x(t), y(t)], t)")
    if not isinstance(t, Var):
        raise fail("not-a-variable", "a curve is differentiated by its parameter", t.span)
    if not isinstance(order, Num) or order.value.denominator != 1 or not 1 <= order.value <= 20:
        raise fail("wrong-order", "the order of a derivative is a whole number", order.span)
    along, out = derivative(parts[0], t.symbol), parts[1]
    for _ in range(int(order.value)):
        out = present(over(derivative(out, t.symbol), along), context)
    return _finish(out, context)
