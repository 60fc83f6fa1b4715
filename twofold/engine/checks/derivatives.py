"""Checks of what is made of derivatives, with the derivatives taken numerically along lines."""

from __future__ import annotations

from twofold.catalogue.shapes import bound
from twofold.core.evidence import Check
from twofold.engine.checks.sampling import items, points, value, verdict
from twofold.engine.comparison import compare
from twofold.grammar.term import App, Array, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.context import Context


def slope(f: Term, name: Term) -> Term | None:
    """The derivative of f by a name, to be evaluated."""
    if not isinstance(name, Var):
        return None
    t = Symbol(name.symbol.name, name.symbol.kind)
    return bound("diff", (t,), substitute(f, {name.symbol: var(t)}), name, num(1))


def curl(question: Term, answer: Term, context: Context) -> Check | None:
    """The six derivatives, one by one."""
    if not isinstance(question, App) or not isinstance(question.args[0], Array):
        return None
    parts, names = items(question.args[0]), items(question.args[1])
    entries = []
    for i, j in ((2, 1), (0, 2), (1, 0)):
        a, b = slope(parts[i], names[j]), slope(parts[j], names[i])
        if a is None or b is None:
            return None
        entries.append(App("sub", (a, b)))
    return compare(Array((tuple(entries),), (3,)), answer, context)


def directional(question: Term, answer: Term, context: Context) -> Check | None:
    """The derivative along the line in that direction."""
    if not isinstance(question, App):
        return None
    f, names, steps = question.args[0], items(question.args[1]), items(question.args[2])
    t = Symbol("t")
    length: Term = num(0)
    for s in steps:
        length = App("add", (length, App("pow", (s, num(2)))))
    places = {n.symbol: App("add", (n, App("mul", (var(t), s)))) for n, s in zip(names, steps, strict=True) if isinstance(n, Var)}
    if len(places) < len(names):
        return None
    along = bound("diff", (t,), substitute(f, dict(places)), num(0), num(1))
    slope: Term = App("div", (along, App("sqrt", (length,))))
    if len(question.args) > 3:
        point = items(question.args[3])
        slope = substitute(slope, {n.symbol: q for n, q in zip(names, point, strict=True) if isinstance(n, Var)})
    return compare(slope, answer, context)


def implicit(question: Term, answer: Term, context: Context) -> Check | None:
    """The first derivative: the equation stays true along the slope. Higher ones: derivatives along it, taken numerically."""
    if not isinstance(question, App):
        return None
    equation, y, x = question.args[:3]
    f = App("sub", equation.args) if isinstance(equation, App) and equation.op == "eq" else equation
    if len(question.args) > 3 and question.args[3] != Num(num(1).value):
        return _along_the_curve(f, x, y, question.args[3], answer, context)
    by_x, by_y = slope(f, x), slope(f, y)
    if by_x is None or by_y is None:
        return None
    along = App("add", (by_x, App("mul", (by_y, answer))))
    errors = []
    for p in points([along], context, 6):
        found, size = value(along, p, context), value(by_x, p, context)
        if found is not None and size is not None:
            errors.append(float(abs(found)) / max(1e-9, float(abs(size))))
    return verdict("slope of the equation", errors)


def _along_the_curve(f: Term, x: Term, y: Term, order: Term, answer: Term, context: Context) -> Check | None:
    by_x, by_y = slope(f, x), slope(f, y)
    if by_x is None or by_y is None or not isinstance(order, Num) or order.value > 3:
        return Check("derivatives along the curve", None, note="only the first three derivatives are checked")
    first: Term = App("neg", (App("div", (by_x, by_y)),))
    out = first
    for _ in range(int(order.value) - 1):
        across, along = slope(out, x), slope(out, y)
        assert across is not None and along is not None
        out = App("add", (across, App("mul", (along, first))))
    return compare(out, answer, context)


def parametric(question: Term, answer: Term, context: Context) -> Check | None:
    """The quotient of the derivatives by the parameter, taken numerically, as often as asked."""
    if not isinstance(question, App) or not isinstance(question.args[0], Array):
        return None
    (x, y), t = items(question.args[0]), question.args[1]
    order = int(question.args[2].value) if len(question.args) > 2 and isinstance(question.args[2], Num) else 1
    below, out = slope(x, t), y
    for _ in range(order):
        above = slope(out, t)
        if above is None or below is None:
            return None
        out = App("div", (above, below))
    return compare(out, answer, context)


def rewritten(question: Term, answer: Term, context: Context) -> Check | None:
    """The values before and after."""
    if not isinstance(question, App) or question.args[0].sort not in ("number", "answer"):
        return None
    return compare(question.args[0], answer, context)


def put(question: Term, answer: Term, context: Context) -> Check | None:
    """The expression with the values put for the names."""
    if not isinstance(question, App) or question.args[0].sort != "number":
        return None
    grouped = ("set", "tuple", "and")
    flat = [p for b in question.args[1:] for p in (b.args if isinstance(b, App) and b.op in grouped else [b])]
    if len(flat) == 2 and not any(isinstance(b, App) and b.op == "eq" for b in flat):
        names, values = (items(b) if isinstance(b, Array) else [b] for b in flat)
        flat = [App("eq", pair, (), "truth") for pair in zip(names, values, strict=True)]
    if any(not (isinstance(b, App) and isinstance(b.args[0], Var)) for b in flat):
        # A part was replaced: putting it back must give the expression again.
        back = answer
        for b in flat:
            if not isinstance(b, App) or not isinstance(b.args[1], Var):
                return None
            back = substitute(back, {b.args[1].symbol: b.args[0]})
        return compare(question.args[0], back, context)
    put = {b.args[0].symbol: b.args[1] for b in flat if isinstance(b, App) and isinstance(b.args[0], Var)}
    return compare(substitute(question.args[0], put), answer, context)


def rewritten_never(question: Term, answer: Term, context: Context) -> Check | None:
    """A numerator or denominator: with the other part it makes the expression, up to a factor that is a number."""
    if not isinstance(question, App):
        return None
    ratio = App("div", (answer, question.args[0])) if question.op == "numerator" else App("mul", (answer, question.args[0]))
    from twofold.symbolic.polynomial_tools import denominator, numerator

    other = (denominator if question.op == "numerator" else numerator)(context, question.args[0])
    return compare(ratio, other, context)


def polynomial_part(question: Term, answer: Term, context: Context) -> Check | None:
    """Coefficients: the polynomial that they make has the values of the expression; a discriminant or a resultant from numeric roots."""
    if not isinstance(question, App) or question.op != "coefficients" or not isinstance(answer, Array):
        return None
    names = [a.symbol for a in question.args[1:] if isinstance(a, Var)] or list(free_symbols(question.args[0]))
    total: Term = num(0)
    for c in items(answer):
        total = App("add", (App("mul", (total, var(names[0]))), c))
    return compare(question.args[0], total, context)


def division(question: Term, answer: Term, context: Context) -> Check | None:
    """a = b*q + r at several points, with the part that was not asked for worked out too."""
    if not isinstance(question, App):
        return None
    from twofold.symbolic.polynomial_tools import quotient, remainder

    a, b = question.args[:2]
    q = answer if question.op == "quotient" else quotient(context, *question.args)
    r = answer if question.op == "remainder" else remainder(context, *question.args)
    return compare(a, App("add", (App("mul", (b, q)), r)), context)
