"""Resolution of derivatives: by names, entries, vectors and lists, and in other coordinates."""

from __future__ import annotations

from twofold.catalogue.index import functions
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.binder_parts import USAGE, bind, body_and_rest, listed_names
from twofold.catalogue.resolution.coordinates import OPERATIONS, SYSTEMS, in_coordinates
from twofold.catalogue.resolution.scope import Scope
from twofold.catalogue.shapes import describe, full
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
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
    substitute,
    subterms,
    var,
)


def derivative(node: tree.Call, scope: Scope) -> Term:
    """`diff(f, x, y, 2)`, `grad(f, x)`, `jacobian`, `hessian`, `laplacian`, `divergence`; in other coordinates with their name at the end."""
    op = node.function.id
    if op in OPERATIONS:
        found = _in_system(node, scope)
        if found is not None:
            return found
    head, rest = body_and_rest(node)
    body = x.resolve(head, scope)
    span = node.span
    if not rest:
        free = [s for t in subterms(body) if isinstance(t, Var) and (s := t.symbol).kind != "function"]
        names = list(dict.fromkeys(free))
        if op == "diff" and len(names) == 1:
            return by(body, var(names[0]), num(1), op, span)
        raise fail("wrong-arity", f"{op} needs what to differentiate by", span, f"write {USAGE[op]}")
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


def leibniz(node: tree.Leibniz, scope: Scope) -> Term:
    """`d/dx (…)`, `d^2/dx^2 f(x)`."""
    body = x.resolve(node.operand, scope)
    for name, order in node.variables:
        body = by(body, x.resolve(name, scope), x.resolve(order, scope) if order is not None else num(1), "diff", node.span)
    return body


def is_order(term: Term) -> bool:
    """Whether an argument after a variable of `diff` is the order: anything but a name that is not declared an integer."""
    return not (isinstance(term, Var) and not (term.symbol.kind == "integer" and not term.symbol.assumed)) and not term.shape


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
        return bind("diff", (symbol,), moved, point, order, span=span)
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
    return bind(op, (symbol,), body, point, *((order,) if op == "diff" else ()), span=span)


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


_NOT_HOLOMORPHIC = frozenset(("abs", "arg", "conjugate", "im", "norm", "re", "sign"))


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
        names = listed_names(node.arguments[1])
        if len(names) == 2:
            return _in_system(node, scope, "cartesian")  # type: ignore[return-value]
    return x.calls.declared(functions()["curl"], node, scope)


def _in_system(node: tree.Call, scope: Scope, system: str = "") -> Term | None:
    """The operation in the coordinates that the last argument names; `None` where it names none. Coordinates that nobody declared are real."""
    arguments = list(node.arguments)
    if not system:
        last = arguments[-1] if len(arguments) == 3 else None
        if not isinstance(last, tree.Name) or last.id not in SYSTEMS or scope.find(last.id) is not None:
            return None
        system = last.id
    listed = listed_names(arguments[1])
    if not listed:
        raise fail(
            "not-a-variable", "coordinates are listed by their names", arguments[1].span, f"list them as {SYSTEMS[system][1]}"
        )
    inner = scope.inner({n.id: Symbol(n.id, assumed=True) for n in listed if scope.find(n.id) is None})
    names = [x.resolve(n, inner) for n in listed]
    body = x.resolve(arguments[0], inner)
    return in_coordinates(node.function.id, body, names, system, lambda f, n: by(f, n, num(1), "diff", node.span), node.span)
