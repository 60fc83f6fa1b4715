"""Resolution of what is called: functions a person defined, functions and laws of the catalogue, expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from twofold.catalogue.index import functions, laws
from twofold.catalogue.resolution import binders, entrywise
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.laws import data_of, density_of, law_of
from twofold.catalogue.resolution.scope import Macro, Scope, is_letter
from twofold.catalogue.resolution.systems import gathered
from twofold.catalogue.shapes import ShapeError, bound
from twofold.catalogue.spec import Function
from twofold.core.diagnostic import TwofoldError, fail
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
    by_law,
    copy_symbol,
    free_symbols,
    mentioned,
    num,
    substitute,
    subterms,
    var,
)

EXPECTATIONS = {"E": 1, "Var": 1, "Std": 1, "Cov": 2, "Corr": 2, "P": 1}


def call(node: tree.Call, scope: Scope) -> Term:
    """The term a call means."""
    name = node.function.id
    owner = scope.find(name) if name in scope.names or name in scope.made else None
    if name in scope.lost:
        raise scope.unknown(name, node.function.span, called=True)
    if isinstance(owner, Macro):
        return _macro(owner, node, scope)
    if isinstance(owner, Symbol) and owner.kind == "function":
        return _unknown_function(owner, node, scope)
    if isinstance(owner, Bound) and owner.op == "lambda":
        return inline(owner, [x.resolve(a, scope) for a in node.arguments], node.span)
    if isinstance(owner, (Symbol, Term)) and not node.square and not (name in functions() and not _has_shape(owner)):
        return _product(owner, node, scope)
    if isinstance(owner, (Symbol, Term)) and node.square and not (name in EXPECTATIONS and not _has_shape(owner)):
        return x.resolve(tree.Index(node.function, node.arguments, span=node.span), scope)
    if name in EXPECTATIONS:
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


def _macro(macro: Macro, node: tree.Call, scope: Scope) -> Term:
    arguments = [x.resolve(a, scope) for a in node.arguments]
    if len(arguments) != len(macro.parameters):
        wanted = ", ".join(p.id for p in macro.parameters)
        raise fail("wrong-arity", f"{macro.name}({wanted}) takes {len(macro.parameters)}, not {len(arguments)}", node.span)
    if not node.primes:
        try:
            return expand(macro, arguments, scope, node.span)
        except TwofoldError as e:
            made = _entry_by_entry(macro, arguments, scope, node.span) if _is_of_shapes(e) else None
            if made is None:
                raise
            return made
    if len(arguments) != 1:
        raise fail("prime", "a prime differentiates a function of one variable", node.span, "write diff(f(x, y), x)")
    if arguments[0].shape:
        return _prime_entry_by_entry(macro, node, arguments[0], scope)
    symbol = Symbol(macro.parameters[0].id)
    body = expand(macro, [var(symbol)], scope, node.span)
    return bound("diff", (symbol,), body, arguments[0], num(node.primes), span=node.span)


def _prime_entry_by_entry(macro: Macro, node: tree.Call, argument: Term, scope: Scope) -> Term:
    """`f'(v)`: the derivative of a function of a scalar, at every entry."""
    symbol, inner = Symbol(macro.parameters[0].id), Symbol("t")
    body = expand(macro, [var(inner)], scope, node.span)
    return _slopes(bound("diff", (inner,), body, var(symbol), num(node.primes), span=node.span), symbol, argument, node.span)


def _slopes(slope: Term, symbol: Symbol, argument: Term, span: Span) -> Term:
    """A derivative at a scalar symbol, at every entry of an array instead."""
    try:
        return x.at(entrywise.over_arrays(slope, {symbol: argument}), span)
    except ShapeError as e:
        raise fail("shape-mismatch", str(e), span, e.help) from None


def _is_of_shapes(e: TwofoldError) -> bool:
    return e.diagnostic.code == "shape-mismatch"


def _entry_by_entry(macro: Macro, arguments: list[Term], scope: Scope, span: Span) -> Term | None:
    """A defined function of scalars applied to arrays; `None` where it is no such function."""
    if not any(a.shape for a in arguments):
        return None
    symbols = {Symbol(p.id): a for p, a in zip(macro.parameters, arguments, strict=True)}
    try:
        body = expand(macro, [var(s) for s in symbols], scope, span)
        return None if body.shape or body.sort != "number" else x.at(entrywise.over_arrays(body, symbols), span)
    except (TwofoldError, ShapeError):
        return None


_depth = 0


def expand(macro: Macro, arguments: list[Term], scope: Scope, span: Span) -> Term:
    """The body of a defined function, resolved with the arguments in the place of its parameters."""
    global _depth
    names = {p.id: a for p, a in zip(macro.parameters, arguments, strict=True)}
    if _depth > 60:
        raise fail("recursion", f"`{macro.name}` is defined by itself", span, "define it without itself, or use a sum or product")
    _depth += 1
    try:
        known = {**macro.names, macro.name: macro, **names}
        inner = Scope(known, scope.closed, scope.made, scope.read, scope.lost.difference(known), scope.draw)
        body = x.resolve(macro.body, inner)
        of_laws = _of_laws(body, names)
        if not of_laws:
            return x.at(body, span)
        # A parameter takes the place of the name in the laws of random variables too: with X ~ Exponential(r), f(r) = E[X] is 1/r.
        own = {s: copy_symbol(s) for s in of_laws}
        stand_ins = {n: var(Symbol(n, shape=a.shape)) for n, a in names.items() if n not in {s.name for s in own}}
        stand_ins |= {s.name: var(own[s]) for s in own}
        known.update(stand_ins)
        inner = Scope(known, scope.closed, scope.made, scope.read, scope.lost.difference(known), scope.draw)
        body = substitute(x.resolve(macro.body, inner), {s: var(o) for s, o in own.items()})
        return x.at(substitute(body, {t.symbol: names[n] for n, t in stand_ins.items()}), span)
    finally:
        _depth -= 1


def _of_laws(body: Term, names: Iterable[str]) -> list[Symbol]:
    """The symbols with one of some names that stand in the laws of random variables of averages, curves and likelihoods."""
    parts = [a for t in subterms(body) if isinstance(t, App) for a in by_law(t)]
    laws = [s.law for a in parts for s in mentioned(a) if s.law is not None]
    return [s for s in dict.fromkeys(s for law in laws for s in free_symbols(law)) if s.name in names and s.law is None]


def as_function(macro: Macro, span: Span, size: int | None) -> Term:
    """A defined function as a value: its parameters become scalars, or a vector as long as the body asks for."""
    scope = Scope(macro.names)
    first, last = ([size], []) if size else lengths(macro.body, macro.parameters, scope)
    return _first_that_fits(
        (*first, None, *last),
        macro.parameters,
        lambda symbols: bound("lambda", symbols, expand(macro, [var(s) for s in symbols], scope, span), span=span),
    )


def _first_that_fits(
    sizes: Iterable[int | None], parameters: Sequence[tree.Name], made: Callable[[tuple[Symbol, ...]], Term]
) -> Term:
    """A function of parameters of the first length with which its body can be read; the error is that for scalars."""
    reason: TwofoldError | None = None
    for length in sizes:
        try:
            return made(tuple(Symbol(p.id, shape=(length,) if length else ()) for p in parameters))
        except TwofoldError as error:
            reason = error if length is None or reason is None else reason
    assert reason is not None
    raise reason


def anonymous(node: tree.Lambda, scope: Scope) -> Term:
    """`v -> [v[1], 2v[2]]` as a value."""
    first, last = lengths(node.body, node.parameters, scope)

    def made(symbols: tuple[Symbol, ...]) -> Term:
        body = x.resolve(node.body, scope.inner({s.name: s for s in symbols}))
        return bound("lambda", symbols, body, span=node.span)

    return _first_that_fits((*first, None, *last), node.parameters, made)


def lengths(body: tree.Node, parameters: Sequence[tree.Name], scope: Scope) -> tuple[list[int], list[int]]:
    """Lengths that a single parameter has as a vector, by what the body does with it: the largest index, the width of a matrix in
    front of it, the length of a vector beside it in an inner product, 3 in a cross product, what was declared of its name; and
    lengths that it may have if it is no scalar: the widths of the matrices in the body."""
    if len(parameters) != 1:
        return [], []
    name = parameters[0].id
    largest = 0
    found: list[int] = []
    widths: list[int] = []
    declared = scope.names.get(name)
    if isinstance(declared, Symbol) and len(declared.shape) == 1 and isinstance(declared.shape[0], int):
        found.append(declared.shape[0])

    def shape(node: Any) -> tuple[Any, ...]:
        try:
            return tuple(x.resolve(node, scope).shape)
        except TwofoldError:
            return ()

    def is_parameter(node: tree.Node) -> bool:
        return isinstance(node, tree.Name) and node.id == name

    stack: list[tree.Node] = [body]
    while stack:
        n = stack.pop()
        if isinstance(n, tree.Index) and is_parameter(n.base):
            largest = max([largest, *(int(i.text) for i in n.indices if isinstance(i, tree.Number) and i.text.isdigit())])
        if isinstance(n, tree.Infix) and n.operator == "*" and is_parameter(n.right):
            found += [d for s in [shape(n.left)] if len(s) == 2 for d in s[1:] if isinstance(d, int) and d > 1]
        if isinstance(n, tree.Call) and n.function.id in _OF_VECTORS and any(map(is_parameter, n.arguments)):
            found += [3] if n.function.id == "cross" else [d for a in n.arguments for d in shape(a)[:1] if isinstance(d, int)]
        if isinstance(n, tree.Name) and isinstance(entity := scope.names.get(n.id), (Symbol, Term)) and len(entity.shape) == 2:
            widths += [d for d in entity.shape[1:] if isinstance(d, int)]
        stack.extend(tree.children(n))
    return list(dict.fromkeys([*([largest] if largest else []), *found])), widths


_OF_VECTORS = frozenset("dot cross project outer".split())


def derivative_function(macro: Macro, order: int, span: Span) -> Term:
    """`f'` as a function."""
    f = as_function(macro, span, None)
    assert isinstance(f, Bound)
    point = Symbol(f.symbols[0].name)
    return bound("lambda", (point,), bound("diff", f.symbols, f.body, var(point), num(order)), span=span)


def inline(function: Bound, arguments: list[Term], span: Span) -> Term:
    """A lambda applied to arguments."""
    if len(arguments) != len(function.symbols):
        raise fail("wrong-arity", f"this function takes {len(function.symbols)}, not {len(arguments)}", span)
    return x.at(substitute(function.body, dict(zip(function.symbols, arguments, strict=True))), span)


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
    return _slopes(bound("diff", (t,), body, var(outer), num(node.primes), span=node.span), outer, arguments[0], node.span)


def _expectation(node: tree.Call, scope: Scope) -> Term:
    name = node.function.id
    arguments = [_event(a, scope) for a in node.arguments]
    if len(arguments) != EXPECTATIONS[name]:
        usage = {"Cov": "Cov[X, Y]", "Corr": "Corr[X, Y]", "P": "P(X > 1)"}.get(name, f"{name}[X]")
        raise fail("wrong-arity", f"{name} takes {EXPECTATIONS[name]}, not {len(arguments)}", node.span, f"write {usage}")
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


def arguments_of(node: tree.Call, scope: Scope, spec: Function) -> list[Term]:
    """Arguments in the declared order; those left out before a given one are `MISSING`."""
    named = {a.name: k for k, a in enumerate(spec.arguments)}
    found: dict[int, Term] = {}
    plain: list[tree.Expr] = []
    for a in node.arguments:
        if (
            isinstance(a, tree.Binding)
            and isinstance(a.target, tree.Name)
            and a.target.id in named
            and not isinstance(a.value, tree.Range)
        ):
            found[named[a.target.id]] = x.resolve(a.value, scope)
        else:
            plain.append(a)
    plain, systems = gathered(spec, plain, found)
    found |= {k: x.resolve(system, scope) for k, system in systems.items()}
    out: list[Term] = []
    for k, a in enumerate(spec.arguments):
        if k in found:
            out.append(found[k])
        elif a.rest:
            if k == 0 and not plain and not a.optional and not found:
                raise fail("wrong-arity", f"{spec.name} needs {a.name}", node.span, f"write {spec.signature}")
            out.extend(_argument(p, scope, a.kind) for p in plain)
            plain = []
        elif plain and not a.named:
            out.append(_argument(plain.pop(0), scope, a.kind))
        elif a.optional or a.named:
            out.append(MISSING)
        else:
            raise fail("wrong-arity", f"{spec.name} needs {a.name}", node.span, f"write {spec.signature}")
    if plain:
        help = _INSTEAD.get(spec.name, f"write {spec.signature}")
        raise fail("wrong-arity", f"{spec.name} takes fewer arguments than {len(node.arguments)}", node.span, help)
    while out and out[-1] == MISSING:
        out.pop()
    return out


_INSTEAD = {
    "log": "to another base write log(x)/log(b); log2(x) and log10(x) are known",
}
"""What to write instead of a call with too many arguments, where the signature alone does not tell."""


def _argument(node: tree.Expr, scope: Scope, kind: str) -> Term:
    if isinstance(node, tree.Binding):
        target = x.resolve(node.target, scope)
        if isinstance(node.value, tree.Range):
            whole = isinstance(target, Var) and target.symbol.kind == "integer"
            value = binders.range_term(node.value, scope, whole)
        else:
            value = x.resolve_side(node.value, scope)
        return x.build("eq", target, value, span=node.span)
    if isinstance(node, tree.Approach):
        return x.build("eq", x.resolve(node.variable, scope), x.resolve(node.target, scope), span=node.span)
    if kind == "values" and isinstance(node, tree.Set):
        return x.build("set", *(_argument(item, scope, kind) for item in node.items), span=node.span)
    if isinstance(node, tree.Name) and (kind == "number" or (kind != "function" and is_letter(node.id))):
        return x.resolve(node, scope)
    if isinstance(node, tree.Name) and scope.find(node.id) is None and node.id in functions():
        f = functions()[node.id]
        if f.shape == "entrywise" and len(f.arguments) == 1:
            t = Symbol("t")
            return bound("lambda", (t,), x.build(f.name, var(t), span=node.span), span=node.span)
        if node.id not in ("e", "i", *EXPECTATIONS):
            return Const(node.id, (), "text", span=node.span)
    if (
        isinstance(node, tree.Name)
        and scope.find(node.id) is None
        and node.id.isalpha()
        and len(node.id) > 2
        and not is_letter(node.id)
    ):
        return Const(node.id, (), "text", span=node.span)
    return x.resolve(node, scope)


def declared(spec: Function, node: tree.Call, scope: Scope) -> Term:
    """A call of a catalogue function."""
    args = arguments_of(node, scope, spec)
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


__all__ = ["EXPECTATIONS", "MISSING", "Var", "as_function", "call", "expand"]
