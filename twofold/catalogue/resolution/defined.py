"""Functions that a person defined, and anonymous ones: applied to arguments, with primes, and as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from twofold.catalogue.resolution import entrywise
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.scope import Macro, Scope
from twofold.catalogue.shapes import ShapeError, bound
from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import (
    App,
    Bound,
    Symbol,
    Term,
    by_law,
    copy_symbol,
    free_symbols,
    mentioned,
    num,
    substitute,
    subterms,
    var,
)


def applied(macro: Macro, node: tree.Call, scope: Scope) -> Term:
    """A call of a defined function, with primes or without; one of scalars is taken of arrays entry by entry."""
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
    return slopes(bound("diff", (inner,), body, var(symbol), num(node.primes), span=node.span), symbol, argument, node.span)


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


def _is_of_shapes(e: TwofoldError) -> bool:
    return e.diagnostic.code == "shape-mismatch"


def slopes(slope: Term, symbol: Symbol, argument: Term, span: Span) -> Term:
    """A derivative at a scalar symbol, at every entry of an array instead."""
    try:
        return x.at(entrywise.over_arrays(slope, {symbol: argument}), span)
    except ShapeError as e:
        raise fail("shape-mismatch", str(e), span, e.help) from None


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


def inline(function: Bound, arguments: list[Term], span: Span) -> Term:
    """A lambda applied to arguments."""
    if len(arguments) != len(function.symbols):
        raise fail("wrong-arity", f"this function takes {len(function.symbols)}, not {len(arguments)}", span)
    return x.at(substitute(function.body, dict(zip(function.symbols, arguments, strict=True))), span)


def as_function(macro: Macro, span: Span, size: int | None) -> Term:
    """A defined function as a value: its parameters become scalars, or a vector as long as the body asks for."""
    scope = Scope(macro.names)
    first, last = ([size], []) if size else lengths(macro.body, macro.parameters, scope)
    return _first_that_fits(
        (*first, None, *last),
        macro.parameters,
        lambda symbols: bound("lambda", symbols, expand(macro, [var(s) for s in symbols], scope, span), span=span),
    )


def derivative_function(macro: Macro, order: int, span: Span) -> Term:
    """`f'` as a function."""
    f = as_function(macro, span, None)
    assert isinstance(f, Bound)
    point = Symbol(f.symbols[0].name)
    return bound("lambda", (point,), bound("diff", f.symbols, f.body, var(point), num(order)), span=span)


def anonymous(node: tree.Lambda, scope: Scope) -> Term:
    """`v -> [v[1], 2v[2]]` as a value."""
    first, last = lengths(node.body, node.parameters, scope)

    def made(symbols: tuple[Symbol, ...]) -> Term:
        body = x.resolve(node.body, scope.inner({s.name: s for s in symbols}))
        return bound("lambda", symbols, body, span=node.span)

    return _first_that_fits((*first, None, *last), node.parameters, made)


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
