"""Names that nobody declared: what they are taken to be, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope
from twofold.engine.environment import involved
from twofold.grammar import tree
from twofold.grammar.term import EXPECTATIONS, App, Num, Symbol, Term, free_symbols, nodes

_WHOLE = frozenset("+-*")


def foresee(scope: Scope, *nodes: tree.Node) -> None:
    """Makes integers of the undeclared names that end the range of a sum or product or stand as an index, wherever they stand
    first."""
    for node in nodes:
        for name in _whole_names(node):
            if scope.find(name.id) is None:
                scope.symbol(name, integer=True)


def _whole_names(node: tree.Node) -> Iterator[tree.Name]:
    """Names in ends of ranges and in indices that are free there."""
    stack: list[tuple[tree.Node, frozenset[str]]] = [(node, frozenset())]
    while stack:
        part, bound = stack.pop()
        ends: list[tree.Expr] = []
        if isinstance(part, tree.Call):
            ranges = [a for a in part.arguments if isinstance(a, tree.Binding) and isinstance(a.value, tree.Range)]
            bound = bound | {a.target.id for a in ranges if isinstance(a.target, tree.Name)}
            if part.function.id in ("sum", "prod"):
                ends = [end for a in ranges if isinstance(a.value, tree.Range) for end in (a.value.lower, a.value.upper)]
        elif isinstance(part, tree.Index):
            ends = list(part.indices)
        elif isinstance(part, tree.Lambda):
            bound = bound | {p.id for p in part.parameters}
        for end in ends:
            yield from (name for name in _terms(end) if name.id not in bound)
        stack.extend((child, bound) for child in reversed(tree.children(part)))


def _terms(node: tree.Expr) -> Iterator[tree.Name]:
    """The names of an expression made of whole numbers and names by addition and multiplication alone."""
    if isinstance(node, tree.Name):
        yield node
    elif isinstance(node, tree.Prefix) and node.operator == "-":
        yield from _terms(node.operand)
    elif isinstance(node, tree.Infix) and node.operator in _WHOLE:
        yield from _terms(node.left)
        yield from _terms(node.right)


def assumptions(terms: Iterable[Term]) -> tuple[str, ...]:
    """What was taken for granted of the names in some terms: undeclared ones, and that random variables with laws of their own
    are independent."""
    terms = list(terms)
    symbols = involved(terms)
    found = [described(s) for s in symbols if s.assumed]
    joint = dict.fromkeys(s for term in terms for group in _together(term) for s in group)
    if len(joint) > 1 and not _all_conditional(list(joint)):
        found.append(f"{', '.join(sorted(s.name for s in joint))} independent")
    return tuple(found)


def _together(term: Term) -> Iterator[list[Symbol]]:
    """Groups of random variables whose joint law an expectation depends on: two that are only added up under `E` are none."""
    for t in nodes(term):
        if isinstance(t, App) and t.op in EXPECTATIONS:
            parts = list(_summands(t.args[0])) if t.op == "E" and len(t.args) == 1 else [t]
            for part in parts:
                group = [s for s in free_symbols(part) if s.law is not None]
                if len(group) > 1:
                    yield group


def _summands(term: Term) -> Iterator[Term]:
    if isinstance(term, App) and term.op in ("add", "sub", "neg"):
        for a in term.args:
            yield from _summands(a)
    else:
        yield term


def _all_conditional(symbols: list[Symbol]) -> bool:
    """Whether each of the random variables but one has a law that depends on another of them."""
    return sum(not set(symbols) & set(involved([s.law])) for s in symbols if s.law is not None) < 2


def described(symbol: Symbol) -> str:
    """A symbol's declaration in few words: `x real`, `sigma > 0`, `0 <= p <= 1`."""
    name = symbol.name
    if len(symbol.shape) == 1:
        return f"{name} vector({_dim(symbol.shape[0])})"
    if symbol.shape:
        return f"{name} matrix({_dim(symbol.shape[0])}, {_dim(symbol.shape[1])})"
    if symbol.size:
        return f"{name} positive integer"
    word = "integer" if symbol.kind == "integer" else "real"
    if symbol.lower is not None and symbol.upper is not None:
        first, second = ("<" if end else "<=" for end in (symbol.open_lower, symbol.open_upper))
        bounds = f"{show(symbol.lower)} {first} {name} {second} {show(symbol.upper)}"
    elif symbol.lower is not None:
        if symbol.kind == "integer" and isinstance(symbol.lower, Num) and symbol.lower.value in (0, 1) and not symbol.open_lower:
            return f"{name} {'nonnegative' if symbol.lower.value == 0 else 'positive'} integer"
        bounds = f"{name} {'>' if symbol.open_lower else '>='} {show(symbol.lower)}"
    elif symbol.upper is not None:
        bounds = f"{name} {'<' if symbol.open_upper else '<='} {show(symbol.upper)}"
    else:
        return f"{name} {symbol.kind if symbol.kind != 'integer' else word}"
    return f"{bounds}, {word}" if word == "integer" else bounds


def _dim(dim: int | Term) -> str:
    return str(dim) if isinstance(dim, int) else show(dim)
