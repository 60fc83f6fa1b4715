"""Resolution of the operations that bind a variable: sums, integrals, limits, derivatives."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.index import functions
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.coordinates import OPERATIONS, SYSTEMS, in_coordinates
from twofold.catalogue.resolution.scope import Scope
from twofold.catalogue.resolution.unknowns import differential
from twofold.catalogue.shapes import ShapeError, bound, describe, full
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import (
    OO,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    mentioned,
    num,
    substitute,
    subterms,
    var,
)


def range_term(node: tree.Range, scope: Scope, integer: bool = True) -> Term:
    """`a..b` as a set; an undeclared name that ends it is a nonnegative integer, unless it is the range of a real variable."""
    lower, upper = ends(node, scope, integer)
    return x.build("range", lower, upper, span=node.span)


def ends(node: tree.Range, scope: Scope, integer: bool) -> tuple[Term, Term]:
    """The two ends of a range."""
    for side in (node.lower, node.upper):
        if integer and isinstance(side, tree.Name) and scope.find(side.id) is None:
            scope.symbol(side, integer=True)
    return x.resolve(node.lower, scope), x.resolve(node.upper, scope)


def _parts(node: tree.Call, least: int = 1) -> tuple[tree.Expr, list[tree.Expr]]:
    if len(node.arguments) < least:
        usage = _USAGE[node.function.id]
        raise fail("wrong-arity", f"{node.function.id} needs more than this", node.span, f"write {usage}")
    return node.arguments[0], list(node.arguments[1:])


def _bind(op: str, symbols: tuple[Symbol, ...], body: Term, *args: Term, side: str = "", span: Span) -> Bound:
    try:
        return bound(op, symbols, body, *args, side=side, span=span)
    except ShapeError as e:
        raise fail("shape-mismatch", str(e), span, e.help) from None


def ranged(node: tree.Call, scope: Scope) -> Term:
    """`sum(f, k = a..b)`, `prod`, `integrate(f, x = a..b, y = c..d)`, `integrate(f, x)`, `bracket(F, x = a..b)`; several ranges: the first is innermost.

    `integrate(f, [x, y], subject_to = {…})` is over the region in which inequalities hold.
    """
    op = node.function.id
    head, rest = _parts(node)
    region = next((a for a in rest if op == "integrate" and _is_named(a, "subject_to")), None)
    if region is not None:
        rest = [n for a in rest if a is not region for n in (_listed(a) or [a])]
        _refuse_repeated(rest)
    if not rest and op in ("sum", "prod"):
        return x.build(op, x.resolve(head, scope), span=node.span)
    if not rest:
        raise fail("wrong-arity", f"{op} needs a variable", node.span, f"write {_USAGE[op]}")
    integer = op in ("sum", "prod")
    plan: list[tuple[Symbol, Term | None, Term | None]] = []
    inner = scope
    # Outer ranges are read first: the bounds of an inner one may name the outer variable.
    for item in reversed(rest):
        if isinstance(item, tree.Binding) and isinstance(item.target, tree.Name) and isinstance(item.value, tree.Range):
            _refuse_inner_names(item, rest, inner, op)
            lower, upper = ends(item.value, inner, integer)
            kind = "integer" if integer else _kind(inner, item.target)
            low, high = (lower, upper) if integer else _ordered(lower, upper)
            symbol = Symbol(item.target.id, kind, lower=low, upper=high)
            plan.append((symbol, lower, upper))
            inner = inner.inner({symbol.name: symbol})
        elif isinstance(item, tree.Name) and op == "integrate":
            outer = inner.find(item.id)
            if outer is None:
                outer = inner.symbol(item)
            if not isinstance(outer, Symbol):
                raise fail(
                    "not-a-variable",
                    f"`{item.id}` has a value, so nothing can be integrated over it",
                    item.span,
                    "use another name for the variable",
                )
            symbol = copy_symbol(outer)
            if region is None:
                plan.append((symbol, var(outer, item.span), None))
            else:
                infinity: Term = OO
                plan.append((symbol, symbol.lower or x.build("neg", infinity, span=item.span), symbol.upper or infinity))
            inner = inner.inner({symbol.name: symbol})
        else:
            raise fail("not-a-range", f"{op} wants a range here", item.span, f"write {_USAGE[op]}")
    out = _applied(x.resolve(head, inner), [symbol for symbol, _, _ in reversed(plan)], op, head.span)
    if region is not None:
        out = _inside(out, region, inner, node.span)
    for symbol, lower_, upper_ in reversed(plan):
        assert lower_ is not None
        out = captured(out, symbol)
        if upper_ is None:
            out = _bind("antiderivative", (symbol,), out, lower_, span=node.span)
        else:
            out = _bind(op, (symbol,), out, lower_, upper_, span=node.span)
    return out


def _applied(body: Term, symbols: list[Symbol], op: str, span: Span) -> Term:
    """The value where a function is given for it: `integrate(f, x = a..b)` is `integrate(f(x), x = a..b)`."""
    if body.sort == "truth" and op in ("integrate", "bracket"):
        raise fail(
            "wrong-kind",
            f"{op} takes a value, not a relation",
            span,
            "indicator(x > 0) is 1 where a relation holds and 0 elsewhere",
        )
    if body.sort != "function":
        return body
    if isinstance(body, Bound) and body.op == "lambda" and len(body.symbols) == len(symbols):
        return substitute(body.body, dict(zip(body.symbols, map(var, symbols), strict=True)))
    called = f"f({', '.join(s.name for s in symbols)})"
    raise fail("wrong-kind", f"{op} takes a value, not a function", span, f"write {called}")


def _is_named(node: tree.Expr, name: str) -> bool:
    return isinstance(node, tree.Binding) and isinstance(node.target, tree.Name) and node.target.id == name


def _refuse_repeated(names: list[tree.Expr]) -> None:
    """Refuses to integrate over a name twice."""
    seen: set[str] = set()
    for node in names:
        name = node.target if isinstance(node, tree.Binding) else node
        if isinstance(name, tree.Name):
            if name.id in seen:
                raise fail("not-a-variable", f"`{name.id}` is integrated over twice", node.span, "name every variable once")
            seen.add(name.id)


def _inside(body: Term, region: tree.Expr, scope: Scope, span: Span) -> Term:
    """An integrand that is 0 outside of a region."""
    assert isinstance(region, tree.Binding)
    condition = x.resolve(region.value, scope)
    if condition.sort != "truth":
        raise fail(
            "wrong-kind", "a region is described by inequalities", region.value.span, "write subject_to = {x^2 + y^2 <= 1}"
        )
    if body.shape or body.sort != "number":
        raise fail("wrong-kind", "over a region a number is integrated", body.span or span, "take it of each component")
    if any(isinstance(t, App) and t.op == "eq" for t in subterms(condition)):
        raise fail(
            "wrong-kind",
            "an equation describes a curve, over which this integral is 0",
            region.value.span,
            "describe a region by inequalities, or put the equation in with `where`",
        )
    return x.build("piecewise", body, condition, num(0), span=span)


def _refuse_inner_names(item: tree.Binding, ranges: list[tree.Expr], scope: Scope, op: str) -> None:
    """Refuses a range whose end names the variable of a range inside it, where nothing else has that name."""
    place = ranges.index(item)
    inside = {r.target.id: r for r in ranges[:place] if isinstance(r, tree.Binding) and isinstance(r.target, tree.Name)}
    stack: list[tree.Node] = [item.value]
    while stack:
        n = stack.pop()
        if isinstance(n, tree.Name) and n.id in inside and scope.find(n.id) is None:
            raise fail(
                "range-order",
                f"`{n.id}` runs inside of `{item.span.text}`, so that this range cannot end at it",
                n.span,
                f"the first range is the innermost: write {op}(…, {item.span.text}, {inside[n.id].span.text})",
            )
        stack.extend(tree.children(n))


def captured(body: Term, symbol: Symbol) -> Term:
    """A body in which definitions made before move with the bound name: after `f = x^2`, `integrate(f, x = 0..1)` is 1/3.

    So do the laws of random variables inside averages. Only scalars are taken.
    """
    outer = {
        s: var(symbol) for s in mentioned(body) if s.name == symbol.name and s is not symbol and not s.shape and s.law is None
    }
    return substitute(body, outer)


def _ordered(lower: Term, upper: Term) -> tuple[Term | None, Term | None]:
    """Bounds for the symbol of an integral, where the order of the ends is plain to see."""
    if isinstance(lower, Num) and isinstance(upper, Num):
        return (lower, upper) if lower.value <= upper.value else (upper, lower)
    if upper == OO:
        return lower if isinstance(lower, Num) else None, None
    return None, None


def _kind(scope: Scope, name: tree.Name) -> str:
    found = scope.find(name.id)
    return "complex" if isinstance(found, Symbol) and found.kind == "complex" else "real"


def limit(node: tree.Call, scope: Scope) -> Term:
    """`limit(f, x -> a)`, one-sided with `a+`, `a-`."""
    head, rest = _parts(node, 2)
    place = rest[0]
    if isinstance(place, tree.Lambda) and len(place.parameters) == 1:
        place = tree.Approach(place.parameters[0], place.body, span=place.span)
    if not isinstance(place, tree.Approach) or len(rest) > 1:
        raise fail("not-an-approach", "limit wants the point that is approached", rest[0].span, f"write {_USAGE['limit']}")
    target = x.resolve(place.target, scope)
    kind = "integer" if isinstance((s := scope.find(place.variable.id)), Symbol) and s.kind == "integer" else "real"
    symbol = Symbol(place.variable.id, kind)
    body = captured(_applied(x.resolve(head, scope.inner({symbol.name: symbol})), [symbol], "limit", head.span), symbol)
    if kind == "real" and target == OO and _counts(body, symbol):
        kind, symbol = "integer", Symbol(symbol.name, "integer")  # What a sum ends at takes whole values.
        body = captured(_applied(x.resolve(head, scope.inner({symbol.name: symbol})), [symbol], "limit", head.span), symbol)
    return _bind("limit", (symbol,), body, target, side=place.side, span=node.span)


def _counts(body: Term, symbol: Symbol) -> bool:
    """Whether a name stands in the range of a sum or product, or as the power of what may be negative."""
    for t in subterms(body):
        if isinstance(t, Bound) and t.op in ("sum", "prod") and any(symbol in free_symbols(end) for end in t.args):
            return True
        if not isinstance(t, App) or t.op != "pow" or t.shape or symbol not in free_symbols(t.args[1]):
            continue
        if symbol not in free_symbols(t.args[0]) and _may_be_negative(t.args[0]):
            return True
    return False


def _may_be_negative(t: Term) -> bool:
    """Whether a minus sign is written before a base, or a name stands in it that is not declared to be positive."""
    if isinstance(t, Num):
        return t.value < 0
    if isinstance(t, App) and t.op == "neg":
        return True
    names = [u.symbol for u in subterms(t) if isinstance(u, Var)]
    return any(s.kind == "real" and not (isinstance(s.lower, Num) and s.lower.value >= 0) for s in names)


def by(body: Term, point: Term, order: Term, op: str, span: Span) -> Term:
    """The derivative of a body by what stands at a point: a name, an entry, or an array of them."""
    if body.sort == "truth":
        raise fail(
            "wrong-kind",
            "a derivative is taken of a value, not of an equation",
            span,
            "implicit_diff(x^2 + y^2 == 1, y, x) is dy/dx where y is tied to x by an equation",
        )
    if isinstance(body, Bound) and body.op == "lambda" and len(body.symbols) == 1 and isinstance(point, Var):
        body = substitute(body.body, {body.symbols[0]: point})  # diff(f, x) is diff(f(x), x).
    if body.sort == "function":
        raise fail("wrong-kind", "a derivative is taken of a value, not of a function", span, "write diff(f(x), x), or f'(x)")
    if isinstance(point, Array) and op in ("grad", "jacobian", "hessian", "diff", "laplacian", "divergence"):
        return _by_list(body, point, op, span)
    if isinstance(point, App) and point.op == "index" and isinstance(point.args[0], Var):
        base, places = point.args[0], point.args[1:]
        symbol = Symbol(f"{base.symbol.name}_", base.symbol.kind)
        moved = substitute(body, {base.symbol: _with_entry(base, places, var(symbol), span)})
        return _bind("diff", (symbol,), moved, point, order, span=span)
    if not isinstance(point, Var):
        raise fail(
            "not-a-variable", "a derivative is taken by a name", point.span or span, "use a variable, and substitute with `where`"
        )
    if point.symbol.kind == "function":
        raise fail("not-a-variable", "a derivative is not taken by a function", span)
    if point.symbol.kind == "complex":
        _refuse_not_holomorphic(body, point.symbol, span)
    if op == "diff" and point.shape:
        op = "jacobian" if body.shape else "grad"
        if order != num(1):
            if order == num(2) and not body.shape:
                op = "hessian"
            else:
                raise fail("wrong-order", "a derivative by a vector or matrix has order 1 or 2", span)
    elif op in ("grad", "jacobian") and not point.shape and not body.shape:
        op = "diff"
    elif op == "hessian" and not point.shape:
        op, order = "diff", num(2)
    symbol = copy_symbol(point.symbol)
    body = substitute(body, {point.symbol: var(symbol)})
    return _bind(op, (symbol,), body, point, *((order,) if op == "diff" else ()), span=span)


_NOT_HOLOMORPHIC = frozenset(("abs", "arg", "conjugate", "im", "norm", "re", "sign"))


def _refuse_not_holomorphic(body: Term, symbol: Symbol, span: Span) -> None:
    """Refuses a derivative by a complex name of what has one in no open set."""
    for t in subterms(body):
        if isinstance(t, App) and t.op in _NOT_HOLOMORPHIC and symbol in free_symbols(t):
            raise fail(
                "not-holomorphic",
                f"{t.op} has no derivative by a complex name",
                t.span or span,
                f"write {symbol.name} as x + im*y with real x and y, and differentiate by these",
            )


def _with_entry(base: Var, places: tuple[Term, ...], value: Term, span: Span) -> Term:
    """An array like a symbol's, with one entry replaced."""
    if all(isinstance(p, Num) for p in places) and all(isinstance(d, int) for d in base.shape):
        m, n = full(base.shape)
        assert isinstance(m, int) and isinstance(n, int)
        where = tuple(int(p.value) for p in places if isinstance(p, Num))
        rows = tuple(
            tuple(value if (i, j)[: len(base.shape)] == where else x.entry(base, i, j) for j in range(1, n + 1))
            for i in range(1, m + 1)
        )
        return Array((tuple(r[0] for r in rows),), base.shape) if len(base.shape) == 1 else Array(rows, base.shape)
    raise fail(
        "symbolic-entry",
        "a derivative by an entry needs a size and an index that are numbers",
        span,
        "take grad(…, v) and then its entry",
    )


def _by_list(body: Term, point: Array, op: str, span: Span) -> Term:
    """Derivatives by a list of scalar names: `grad(f, [x, y])`."""
    names = [e for row in point.rows for e in row]
    one = num(1)
    if op == "hessian":
        if body.shape:
            raise fail(
                "shape-mismatch",
                f"a Hessian is of a number, but this is {describe(body.shape)}",
                body.span or span,
                "take it of each component, or jacobian([f, g], [x, y])",
            )
        rows = tuple(tuple(by(by(body, a, one, "diff", span), b, one, "diff", span) for b in names) for a in names)
        return Array(rows, (len(names), len(names)), span=span)
    if op == "laplacian":
        parts = [by(body, a, num(2), "diff", span) for a in names]
    elif op == "divergence":
        if full(body.shape) != (len(names), 1):
            raise fail(
                "shape-mismatch",
                f"divergence takes a field with as many components as there are variables, but this is {describe(body.shape)}",
                span,
                "write divergence([P, Q, R], [x, y, z])",
            )
        parts = [by(x.entry(body, k, 1), a, one, "diff", span) for k, a in enumerate(names, 1)]
    elif body.shape:
        m = full(body.shape)[0]
        if not isinstance(m, int):
            raise fail("symbolic-entry", "the jacobian by a list of names needs a vector of known length", span)
        return Array(
            tuple(tuple(by(x.entry(body, i, 1), a, one, "diff", span) for a in names) for i in range(1, m + 1)),
            (m, len(names)),
            span=span,
        )
    else:
        return Array((tuple(by(body, a, one, "diff", span) for a in names),), (len(names),), span=span)
    out = parts[0]
    for p in parts[1:]:
        out = x.build("add", out, p, span=span)
    return out


def curl(node: tree.Call, scope: Scope) -> Term:
    """`curl(F, [x, y, z])`, in a plane `curl(F, [x, y])`, and in other coordinates."""
    found = _in_system(node, scope)
    if found is not None:
        return found
    if len(node.arguments) == 2:
        names = _listed(node.arguments[1])
        if len(names) == 2:
            return _in_system(node, scope, "cartesian")  # type: ignore[return-value]
    return x.calls.declared(functions()["curl"], node, scope)


def _listed(node: tree.Expr) -> list[tree.Name]:
    """The plain names that a list, a tuple or a row of a matrix consists of; none for anything else."""
    if isinstance(node, tree.Matrix) and len(node.rows) == 1:
        entries = node.rows[0]
    elif isinstance(node, tree.Tuple):
        entries = node.items
    else:
        return []
    names = [e for e in entries if isinstance(e, tree.Name)]
    return names if len(names) == len(entries) else []


def _in_system(node: tree.Call, scope: Scope, system: str = "") -> Term | None:
    """The operation in the coordinates that the last argument names; `None` where it names none. Coordinates that nobody declared are real."""
    arguments = list(node.arguments)
    if not system:
        last = arguments[-1] if len(arguments) == 3 else None
        if not isinstance(last, tree.Name) or last.id not in SYSTEMS or scope.find(last.id) is not None:
            return None
        system = last.id
    listed = _listed(arguments[1])
    if not listed:
        raise fail(
            "not-a-variable", "coordinates are listed by their names", arguments[1].span, f"list them as {SYSTEMS[system][1]}"
        )
    inner = scope.inner({n.id: Symbol(n.id, assumed=True) for n in listed if scope.find(n.id) is None})
    names = [x.resolve(n, inner) for n in listed]
    body = x.resolve(arguments[0], inner)
    return in_coordinates(node.function.id, body, names, system, lambda f, n: by(f, n, num(1), "diff", node.span), node.span)


def derivative(node: tree.Call, scope: Scope) -> Term:
    """`diff(f, x, y, 2)`, `grad(f, x)`, `jacobian`, `hessian`, `laplacian`, `divergence`; in other coordinates with their name at the end."""
    op = node.function.id
    if op in OPERATIONS:
        found = _in_system(node, scope)
        if found is not None:
            return found
    head, rest = _parts(node)
    body = x.resolve(head, scope)
    span = node.span
    if not rest:
        free = [s for t in subterms(body) if isinstance(t, Var) and (s := t.symbol).kind != "function"]
        names = list(dict.fromkeys(free))
        if op == "diff" and len(names) == 1:
            return by(body, var(names[0]), num(1), op, span)
        raise fail("wrong-arity", f"{op} needs what to differentiate by", span, f"write {_USAGE[op]}")
    if op != "diff":
        point: Term = x.resolve(rest[0], scope)
        if len(rest) > 1:
            point = Array((tuple(x.resolve(r, scope) for r in rest),), (len(rest),), span=rest[0].span)
        if isinstance(point, App) and point.op == "tuple":
            point = Array((point.args,), (len(point.args),), span=point.span)
        return by(body, point, num(1), op, span)
    k = 0
    while k < len(rest):
        point = x.resolve(rest[k], scope)
        order: Term = num(1)
        if k + 1 < len(rest) and is_order(nxt := x.resolve(rest[k + 1], scope)):
            order = nxt
            k += 1
        body = by(body, point, order, "diff", span)
        k += 1
    return body


def is_order(term: Term) -> bool:
    """Whether an argument after a variable of `diff` is the order: anything but a name that is not declared an integer."""
    return not (isinstance(term, Var) and not (term.symbol.kind == "integer" and not term.symbol.assumed)) and not term.shape


def leibniz(node: tree.Leibniz, scope: Scope) -> Term:
    """`d/dx (…)`, `d^2/dx^2 f(x)`."""
    body = x.resolve(node.operand, scope)
    for name, order in node.variables:
        body = by(body, x.resolve(name, scope), x.resolve(order, scope) if order is not None else num(1), "diff", node.span)
    return body


_USAGE = {
    "sum": "sum(x[k]^2, k = 1..n)", "prod": "prod(k, k = 1..n)", "integrate": "integrate(f(x), x = a..b), integrate(f(x), x), or integrate(f, [x, y], subject_to = {x^2 + y^2 <= 1})",
    "bracket": "bracket(F(x), x = a..b)", "limit": "limit(sin(x)/x, x -> 0)", "diff": "diff(f(x), x)", "grad": "grad(f(v), v)",
    "jacobian": "jacobian(f(v), v)", "hessian": "hessian(f(v), v)", "laplacian": "laplacian(f, [x, y])", "divergence": "divergence([f, g], [x, y])",
}  # fmt: skip

BINDERS: dict[str, Callable[[tree.Call, Scope], Term]] = {
    **dict.fromkeys(("sum", "prod", "integrate", "bracket"), ranged),
    "limit": limit,
    "curl": curl,
    **dict.fromkeys(("diff", "grad", "jacobian", "hessian", "laplacian", "divergence"), derivative),
    "dsolve": differential,
}
