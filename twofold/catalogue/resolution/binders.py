"""Resolution of the operations that bind a variable: sums, products, integrals, limits."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.binder_parts import USAGE, bind, body_and_rest, captured, listed_names
from twofold.catalogue.resolution.derivatives import curl, derivative
from twofold.catalogue.resolution.scope import Scope
from twofold.catalogue.resolution.unknowns import differential
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import (
    OO,
    App,
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


def ranged(node: tree.Call, scope: Scope) -> Term:
    """`sum(f, k = a..b)`, `prod`, `integrate(f, x = a..b, y = c..d)`, `integrate(f, x)`, `bracket(F, x = a..b)`; several ranges: the first is innermost.

    `integrate(f, [x, y], subject_to = {…})` is over the region in which inequalities hold.
    """
    op = node.function.id
    head, rest = body_and_rest(node)
    region = next((a for a in rest if op == "integrate" and _is_named(a, "subject_to")), None)
    if region is not None:
        rest = [n for a in rest if a is not region for n in (listed_names(a) or [a])]
        _refuse_repeated(rest)
    if not rest and op in ("sum", "prod"):
        return x.build(op, x.resolve(head, scope), span=node.span)
    if not rest:
        raise fail("wrong-arity", f"{op} needs a variable", node.span, f"write {USAGE[op]}")
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
            raise fail("not-a-range", f"{op} wants a range here", item.span, f"write {USAGE[op]}")
    out = _applied(x.resolve(head, inner), [symbol for symbol, _, _ in reversed(plan)], op, head.span)
    if region is not None:
        out = _inside(out, region, inner, node.span)
    for symbol, lower_, upper_ in reversed(plan):
        assert lower_ is not None
        out = captured(out, symbol)
        if upper_ is None:
            out = bind("antiderivative", (symbol,), out, lower_, span=node.span)
        else:
            out = bind(op, (symbol,), out, lower_, upper_, span=node.span)
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
    head, rest = body_and_rest(node, 2)
    place = rest[0]
    if isinstance(place, tree.Lambda) and len(place.parameters) == 1:
        place = tree.Approach(place.parameters[0], place.body, span=place.span)
    if not isinstance(place, tree.Approach) or len(rest) > 1:
        raise fail("not-an-approach", "limit wants the point that is approached", rest[0].span, f"write {USAGE['limit']}")
    target = x.resolve(place.target, scope)
    kind = "integer" if isinstance((s := scope.find(place.variable.id)), Symbol) and s.kind == "integer" else "real"
    symbol = Symbol(place.variable.id, kind)
    body = captured(_applied(x.resolve(head, scope.inner({symbol.name: symbol})), [symbol], "limit", head.span), symbol)
    if kind == "real" and target == OO and _counts(body, symbol):
        kind, symbol = "integer", Symbol(symbol.name, "integer")  # What a sum ends at takes whole values.
        body = captured(_applied(x.resolve(head, scope.inner({symbol.name: symbol})), [symbol], "limit", head.span), symbol)
    return bind("limit", (symbol,), body, target, side=place.side, span=node.span)


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


BINDERS: dict[str, Callable[[tree.Call, Scope], Term]] = {
    **dict.fromkeys(("sum", "prod", "integrate", "bracket"), ranged),
    "limit": limit,
    "curl": curl,
    **dict.fromkeys(("diff", "grad", "jacobian", "hessian", "laplacian", "divergence"), derivative),
    "dsolve": differential,
}
