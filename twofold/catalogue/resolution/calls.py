"""Resolution of what is called: functions and laws of the catalogue, expectations, functions that nothing is known of."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.index import functions, laws
from twofold.catalogue.resolution import binders, defined, entrywise, signatures
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.laws import data_of, density_of, law_of
from twofold.catalogue.resolution.scope import Macro, Scope
from twofold.catalogue.shapes import bound
from twofold.catalogue.spec import Function
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import (
    MISSING,
    App,
    Array,
    Bound,
    Const,
    Symbol,
    Term,
    Var,
    num,
    substitute,
    var,
)


def call(node: tree.Call, scope: Scope) -> Term:
    """The term a call means."""
    name = node.function.id
    owner = scope.find(name) if name in scope.names or name in scope.made else None
    if name in scope.lost:
        raise scope.unknown(name, node.function.span, called=True)
    if isinstance(owner, Macro):
        return defined.applied(owner, node, scope)
    if isinstance(owner, Symbol) and owner.kind == "function":
        return _unknown_function(owner, node, scope)
    if isinstance(owner, Bound) and owner.op == "lambda":
        return defined.inline(owner, [x.resolve(a, scope) for a in node.arguments], node.span)
    if isinstance(owner, (Symbol, Term)) and not node.square and not (name in functions() and not _has_shape(owner)):
        return _product(owner, node, scope)
    if isinstance(owner, (Symbol, Term)) and node.square and not (name in signatures.ARITIES and not _has_shape(owner)):
        return x.resolve(tree.Index(node.function, node.arguments, span=node.span), scope)
    if name in signatures.ARITIES:
        return _expectation(node, scope)
    if node.square:
        return x.resolve(tree.Index(node.function, node.arguments, span=node.span), scope)
    if node.primes:
        return _prime_of_declared(node, scope)
    own = functions()[name].name if name in functions() else name
    if own in binders.BINDERS:
        named = node if own == name else replace(node, function=tree.Name(own, span=node.function.span))
        return binders.BINDERS[own](named, scope)
    if name in ("data", "read"):
        return data_of(node, scope)
    if name in laws():
        return law_of(laws()[name], node, scope)
    if name in functions():
        return declared(functions()[name], node, scope)
    if name == "density":
        return density_of(node, scope)
    if len(name) == 1 and len(node.arguments) == 1 and not scope.closed:
        inside = node.arguments[0].span.text
        product = f"write {name}*({inside}) for a product, or " if inside else ""
        help = f"{product}define {name}(…) = … first, or declare `let {name} : function`"
        raise fail("not-a-function", f"`{name}` is not a function", node.span, help)
    raise scope.unknown(name, node.function.span, called=True)


def _has_shape(owner: Symbol | Term) -> bool:
    return bool(owner.shape)


def _product(owner: Symbol | Term, node: tree.Call, scope: Scope) -> Term:
    """`x(y + 1)` is refused with the product spelled out; `x'(A + B)` is a product where x is a vector or matrix."""
    name = node.function.id
    if node.primes and owner.shape and len(node.arguments) == 1:
        left: tree.Expr = node.function
        for _ in range(node.primes):
            left = tree.Postfix("'", left, span=node.function.span)
        return x.resolve(tree.Infix("*", left, node.arguments[0], True, span=node.span), scope)
    inside = ", ".join(a.span.text for a in node.arguments)
    unknown = f", or declare `let {name} : function`" if isinstance(owner, Symbol) and not owner.shape else ""
    raise fail("not-a-function", f"`{name}` is not a function", node.span, f"write {name}*({inside}) for a product{unknown}")


def _unknown_function(symbol: Symbol, node: tree.Call, scope: Scope) -> Term:
    arguments = [x.resolve(a, scope) for a in node.arguments]
    if not node.primes:
        return App(
            "apply", (var(symbol, node.function.span), *arguments), arguments[0].shape if arguments else (), span=node.span
        )
    if len(arguments) != 1:
        raise fail("prime", "a prime differentiates a function of one variable", node.span, "write diff(f(x, y), x)")
    t = Symbol("t")
    body = App("apply", (var(symbol), var(t)), ())
    return bound("diff", (t,), body, arguments[0], num(node.primes), span=node.span)


def _prime_of_declared(node: tree.Call, scope: Scope) -> Term:
    arguments = [x.resolve(a, scope) for a in node.arguments]
    if len(arguments) != 1:
        raise fail("prime", "a prime differentiates a function of one variable", node.span, "write diff(f(x, y), x)")
    t = Symbol("t")
    inner = tree.Call(node.function, (tree.Name("t"),), span=node.span)
    body = call(inner, scope.inner({"t": t}))
    if not arguments[0].shape:
        return bound("diff", (t,), body, arguments[0], num(node.primes), span=node.span)
    outer = Symbol("t")
    return defined.slopes(bound("diff", (t,), body, var(outer), num(node.primes), span=node.span), outer, arguments[0], node.span)


def _expectation(node: tree.Call, scope: Scope) -> Term:
    name = node.function.id
    arguments = [_event(a, scope) for a in node.arguments]
    if len(arguments) != signatures.ARITIES[name]:
        usage = {"Cov": "Cov[X, Y]", "Corr": "Corr[X, Y]", "P": "P(X > 1)"}.get(name, f"{name}[X]")
        raise fail("wrong-arity", f"{name} takes {signatures.ARITIES[name]}, not {len(arguments)}", node.span, f"write {usage}")
    law = next((a for a in arguments if a.sort == "law"), None)
    if law is not None:
        usage = f"name a random variable: `X ~ {law.span.text}`, then `{name}[X]`"
        raise fail("wrong-kind", f"{name} takes a random variable, and this is its law", law.span or node.span, usage)
    if name == "P" and arguments[0].sort != "truth":
        raise fail("wrong-kind", "P takes an event", node.arguments[0].span, "write P(X > 1) or P(X = 1)")
    if node.condition is not None:
        condition = node.condition
        items = condition.items if isinstance(condition, tree.Tuple) else (condition,)
        given = _event(items[0], scope)
        for item in items[1:]:
            given = x.build("and", given, _event(item, scope), span=node.span)
        arguments.append(given)
    return x.build(name, *arguments, span=node.span)


def _event(node: tree.Expr, scope: Scope) -> Term:
    if isinstance(node, tree.Binding):
        return x.build("eq", x.resolve(node.target, scope), x.resolve(node.value, scope), span=node.span)
    return x.resolve_side(node, scope)


def declared(spec: Function, node: tree.Call, scope: Scope) -> Term:
    """A call of a catalogue function."""
    args = signatures.arguments_of(node, scope, spec)
    for k, (a, got) in enumerate(zip(spec.arguments, args, strict=False)):
        by_names = a.kind == "any" and any(other.kind == "variable" for other in spec.arguments)
        if got.sort == "function" and (a.kind == "number" or by_names):
            args[k] = _at_variables(got, spec, args, got.span or node.span)
        if a.kind == "number" and got.sort in ("law", "text") and got != MISSING:
            if got.sort == "text" and isinstance(got, Const):
                raise scope.unknown(got.name, got.span)
            raise fail("wrong-kind", f"{spec.name} takes a value as {a.name}, not a law", got.span or node.span)
    if spec.name == "indicator" and (over := entrywise.indicator(args[0])) is not None:
        return x.at(over, node.span)
    if spec.name == "roots" and len(args) == 1 and isinstance(args[0], Array):
        args = _with_coefficients(args[0])
    made = x.build(spec.name, *args, span=node.span)
    return scope.draw(made) if spec.name == "sample" and scope.draw is not None else made


def _at_variables(function: Term, spec: Function, args: list[Term], span: Span) -> Term:
    """The value where a function is given for it and the variables are given too: `taylor(f, x = 0, 3)` is `taylor(f(x), x = 0, 3)`."""
    listed = [got for a, got in zip(spec.arguments, args, strict=False) if a.kind == "variable" and got != MISSING]
    names = [v for t in listed for v in (t.rows[0] if isinstance(t, Array) else t.args[:1] if isinstance(t, App) else (t,))]
    if isinstance(function, Bound) and function.op == "lambda":
        taken = names[: len(function.symbols)]
        if len(taken) == len(function.symbols) and all(isinstance(v, Var) for v in taken):
            return substitute(function.body, dict(zip(function.symbols, taken, strict=True)))
    raise fail("wrong-kind", f"{spec.name} takes a value, not a function", span, "write f(x)")


def _with_coefficients(listed: Array) -> list[Term]:
    """The polynomial with listed coefficients, the first that of the highest power, and its variable."""
    z = Symbol("z", "complex")
    coefficients = [c for row in listed.rows for c in row]
    out: Term = num(0)
    for k, c in enumerate(coefficients):
        term = App("mul", (c, App("pow", (var(z), num(len(coefficients) - 1 - k)))))
        out = App("add", (out, term), span=listed.span)
    return [out, var(z)]
