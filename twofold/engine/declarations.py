"""`let`: what a name stands for."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import Any

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.constants import rational
from twofold.catalogue.resolution.expressions import resolve_side
from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.shapes import app, describe, dim
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.engine.environment import Environment
from twofold.grammar import tree
from twofold.grammar.term import MINUS_OO, OO, App, Dim, Num, Symbol, Term, Var, free_symbols, num, substitute, var

KINDS = ("real", "integer", "complex", "size", "function", "scalar", "vector", "matrix")
MATRIX = frozenset("symmetric posdef orthogonal diagonal invertible".split())
VECTOR = frozenset("probability onehot".split())
SIGNS = frozenset("positive nonnegative negative nonzero".split())
PROPERTIES = MATRIX | VECTOR | SIGNS | {"integer"}


@dataclass(slots=True)
class _Bounds:
    """What conditions say of one name. A fact that is no bound by a known value is kept whole."""

    symbol: Symbol
    lower: Term | None = None
    upper: Term | None = None
    open_lower: bool = False
    open_upper: bool = False
    nonzero: bool = False
    whole: bool = False


def declare(node: tree.Declaration, environment: Environment) -> Environment:
    """The environment after a `let`. Raises `TwofoldError`."""
    declared: set[str] = set()
    for item in _joined(node.items):
        names = {name.id for name in item.names}
        if item.kind is None and not item.properties and names <= declared:
            environment = _narrowed(item, environment)
        else:
            environment = _item(item, environment)
        declared |= names
    return environment


def forgotten(node: tree.Declaration, before: Environment, after: Environment) -> tuple[str, ...]:
    """A remark for each name of which an earlier declaration said more than a bound that follows it: the last one counts alone. A declaration that says
    what kind of thing a name is means all of it."""
    said = {n.id for item in node.items if item.kind or item.properties for n in item.names}
    names = {n.id for item in node.items for n in item.names} - said
    pairs = {name: (before.names.get(name), after.names.get(name)) for name in sorted(names)}
    return tuple(
        f"what was declared of {name} before no longer counts: say all of it in one `let`"
        for name, (old, new) in pairs.items()
        if isinstance(old, Symbol) and isinstance(new, Symbol) and not old.assumed and old.law is None and _says_more(old, new)
    )


def _says_more(old: Symbol, new: Symbol) -> bool:
    return (
        old.kind not in ("real", new.kind)
        or bool(old.shape and old.shape != new.shape)
        or (old.lower is not None and new.lower is None)
        or (old.upper is not None and new.upper is None)
        or not old.properties <= new.properties
    )


def _joined(items: tuple[tree.Declared, ...]) -> list[tree.Declared]:
    """`n : integer, n >= 0` is one item: what is said of a name right after it was declared belongs to it."""
    out: list[tree.Declared] = []
    for item in items:
        last = out[-1] if out else None
        if last is not None and item.kind is None and not item.properties and _same_names(last, item):
            out[-1] = replace(last, conditions=(*last.conditions, *item.conditions))
        else:
            out.append(item)
    return out


def _same_names(a: tree.Declared, b: tree.Declared) -> bool:
    return [n.id for n in a.names] == [n.id for n in b.names]


def _narrowed(item: tree.Declared, environment: Environment) -> Environment:
    """More about names of the same `let`: assumed of what they stand for."""
    for condition in item.conditions:
        scope = Scope(environment.names, lost=environment.lost)
        fact = resolve_side(condition, scope)
        if fact.sort != "truth":
            raise fail("bad-declaration", "a declaration says something that holds", condition.span, "write `let x > 0`")
        if scope.made:
            unknown = next(iter(scope.made))
            raise scope.unknown(unknown, _place(condition, unknown))
        environment = environment.assume(conjuncts(fact))
    return environment


def _item(item: tree.Declared, environment: Environment) -> Environment:
    words = {p.id for p in item.properties}
    for p in item.properties:
        if p.id not in PROPERTIES:
            near = [] if p.id in KINDS else difflib.get_close_matches(p.id, [*PROPERTIES, *KINDS], 1, 0.6)
            help = (
                "names of vectors and matrices have real entries; write those of a complex one: let z : complex, then [z, 1; 1, conjugate(z)]"
                if p.id == "complex"
                else f"did you mean `{near[0]}`?"
                if near
                else "write for example `let x : real`, `let v : vector(n)`, `let A : matrix(n, n), symmetric`"
            )
            raise fail(
                "unknown-property",
                f"`{p.id}` is not a property that can be declared",
                p.span,
                help,
                replacement=near[0] if near else None,
            )
    kind, shape, environment = _kind(item, environment)
    if "integer" in words:
        kind = "integer"
    _fits(item, kind, shape, words)
    size = isinstance(item.kind, tree.Name) and item.kind.id == "size"
    for name in item.names:
        symbol = Symbol(
            name.id, kind, shape, properties=frozenset(words - {"integer"}), arity=1 if kind == "function" else 0, size=size
        )
        if size:
            symbol = replace(symbol, lower=num(1))
        elif "positive" in words:
            symbol = replace(symbol, lower=num(0), open_lower=True)
        elif "nonnegative" in words:
            symbol = replace(symbol, lower=num(0))
        elif "negative" in words:
            symbol = replace(symbol, upper=num(0), open_upper=True)
        environment = _conditioned(symbol, item, environment)
    return environment


def _kind(item: tree.Declared, environment: Environment) -> tuple[str, tuple[Dim, ...], Environment]:
    node = item.kind
    if node is None:
        words = {p.id for p in item.properties}
        if words & MATRIX or words & VECTOR - {"probability"}:
            raise fail(
                "bad-declaration", "this property needs a shape", item.span, "write for example `let A : matrix(n, n), symmetric`"
            )
        return ("integer" if _ranged(item) else "real"), (), environment
    if isinstance(node, tree.Name):
        kind = {"size": "integer", "scalar": "real"}.get(node.id, node.id)
        if node.id not in KINDS or node.id in ("vector", "matrix"):
            help = (
                f"write {node.id}(n)"
                if node.id == "vector"
                else f"write {node.id}(m, n)"
                if node.id == "matrix"
                else f"there are {', '.join(KINDS)}"
            )
            raise fail("unknown-kind", f"`{node.id}` is not a kind of thing", node.span, help)
        return kind, (), environment
    wanted = {"vector": 1, "matrix": 2}.get(node.function.id)
    if wanted is None:
        near = difflib.get_close_matches(node.function.id, KINDS, 1, 0.6)
        help = f"did you mean `{near[0]}`?" if near else "write vector(n) or matrix(m, n)"
        raise fail("unknown-kind", f"`{node.function.id}` is not a kind of thing", node.function.span, help)
    if len(node.arguments) != wanted:
        usage = "vector(n)" if wanted == 1 else "matrix(m, n)"
        raise fail("wrong-arity", f"{node.function.id} takes {wanted}, not {len(node.arguments)}", node.span, f"write {usage}")
    dims = []
    for argument in node.arguments:
        found, environment = dimension(argument, environment)
        dims.append(found)
    return "real", tuple(dims), environment


def _ranged(item: tree.Declared) -> bool:
    """Whether a condition places the names in a range `a..b`."""
    return any(
        isinstance(c, tree.Relation) and "in" in c.operators and isinstance(c.operands[-1], tree.Range) for c in item.conditions
    )


def dimension(node: tree.Expr, environment: Environment) -> tuple[Dim, Environment]:
    """A size as written; an undeclared name becomes a size of the session."""
    environment = sized(node, environment)
    term = resolve(node, Scope(environment.names, lost=environment.lost))
    if term.shape or term.sort != "number":
        raise fail("bad-size", "a size is a whole number", node.span, "write vector(3), or `let n : size` and vector(n)")
    value = rational(term)
    found = dim(term if value is None else num(value))
    if isinstance(found, int):
        if not 1 <= found <= 10_000:
            raise fail("bad-size", f"a size is between 1 and 10000, not {found}", node.span)
    elif value is not None or not all(s.kind == "integer" for s in free_symbols(term)):
        raise fail("bad-size", "a size is a whole number", node.span, "declare it: let n : size")
    return found, environment


def sized(node: tree.Expr, environment: Environment) -> Environment:
    """The environment in which every undeclared name of an expression is a size."""
    stack: list[Any] = [node]
    new: dict[str, Symbol] = {}
    while stack:
        part = stack.pop()
        if isinstance(part, tree.Name) and part.id not in environment.lost and Scope(environment.names).find(part.id) is None:
            new[part.id] = Symbol(part.id, "integer", lower=num(1), assumed=True, size=True)
        elif not isinstance(part, tree.Call):
            stack.extend(tree.children(part))
    return environment.bind(new) if new else environment


def _fits(item: tree.Declared, kind: str, shape: tuple[Dim, ...], words: set[str]) -> None:
    if words & MATRIX and len(shape) != 2:
        raise fail(
            "bad-declaration",
            f"{' and '.join(sorted(words & MATRIX))} is a property of matrices",
            item.span,
            "write matrix(n, n)",
        )
    if words & MATRIX and shape[0] != shape[1]:
        raise fail(
            "shape-mismatch", f"{sorted(words & MATRIX)[0]} needs a square matrix, but this is {describe(shape)}", item.span
        )
    if "onehot" in words and len(shape) != 1:
        raise fail("bad-declaration", "onehot is a property of vectors", item.span, "write vector(n), onehot")
    if "probability" in words and len(shape) == 2:
        raise fail("bad-declaration", "probability is a property of vectors and numbers", item.span)
    compared = [
        c for c in item.conditions if kind == "function" or not (isinstance(c, tree.Relation) and set(c.operators) == {"!="})
    ]
    if kind in ("complex", "function") and (words & SIGNS or compared):
        raise fail("bad-declaration", f"a {kind} name has no sign", item.span)
    if kind == "function" and shape:
        raise fail("bad-declaration", "a function has no shape", item.span)


def _conditioned(symbol: Symbol, item: tree.Declared, environment: Environment) -> Environment:
    """The environment with the symbol, bounded by what the conditions say of it; conditions that are no bounds are assumed."""
    name = symbol.name
    if symbol.properties == {"probability"} and not symbol.shape:
        # A probability that is a number lies strictly between 0 and 1.
        symbol = replace(symbol, properties=frozenset(), lower=num(0), upper=num(1), open_lower=True, open_upper=True)
    conditions = [c for c in item.conditions if _mentions(c, name) or len(item.names) == 1]
    bounds = _Bounds(symbol, symbol.lower, symbol.upper, symbol.open_lower, symbol.open_upper)
    rest: list[Term] = []
    for condition in conditions:
        scope = Scope({**environment.names, name: symbol}, lost=environment.lost)
        fact = resolve_side(condition, scope)
        if fact.sort != "truth":
            raise fail("bad-declaration", "a declaration says something that holds", condition.span, "write `let x > 0`")
        if scope.made:
            unknown = next(iter(scope.made))
            raise scope.unknown(unknown, _place(condition, unknown))
        for part in conjuncts(fact):
            if not _bound(bounds, part):
                rest.append(part)
    properties = symbol.properties | {"nonzero"} if bounds.nonzero else symbol.properties
    if "nonzero" in properties and not symbol.shape:
        rest.append(app("ne", var(symbol), num(0)))  # No interval says it.
    final = replace(
        symbol, lower=bounds.lower, upper=bounds.upper, open_lower=bounds.open_lower, open_upper=bounds.open_upper,
        properties=properties,
        kind="integer" if bounds.whole else symbol.kind,
    )  # fmt: skip
    _not_empty(final, item.span)
    return environment.bind({name: final}).assume(substitute(f, {symbol: var(final)}) for f in rest)


def _mentions(node: tree.Node, name: str) -> bool:
    return any(isinstance(n, tree.Name) and n.id == name for n in tree.walk(node))


def _place(node: tree.Node, name: str) -> Span:
    return next((n.span for n in tree.walk(node) if isinstance(n, tree.Name) and n.id == name), node.span)


def _bound(bounds: _Bounds, fact: Term) -> bool:
    """Whether a fact is a bound for the symbol, which is then taken over."""
    if not isinstance(fact, App) or len(fact.args) != 2:
        return False
    left, right = fact.args
    op = fact.op
    if isinstance(right, Var) and right.symbol is bounds.symbol and op in ORDERS:
        left, right, op = right, left, MIRRORED[op]
    if not isinstance(left, Var) or left.symbol is not bounds.symbol:
        return False
    if op == "ne" and isinstance(right, Num) and right.value == 0:
        bounds.nonzero = True
        return True
    if op == "in":
        return _member(bounds, right)
    if op not in ORDERS or not _known(right):
        return False
    return _above(bounds, right, op == "gt") if op in ("gt", "ge") else _below(bounds, right, op == "lt")


def _member(bounds: _Bounds, set: Term) -> bool:
    if not isinstance(set, App) or not all(map(_known, set.args)):
        return False
    if set.op == "range":
        bounds.whole = True
        return _above(bounds, set.args[0], False) and _below(bounds, set.args[1], False)
    if set.op.startswith("interval_"):
        lower, upper = set.args
        return _above(bounds, lower, set.op[-2] == "o") and _below(bounds, upper, set.op[-1] == "o")
    return False


def _known(bound: Term) -> bool:
    """Whether a bound is a constant, or made of sizes and declared integers alone (`1..n`)."""
    return not bound.shape and bound.sort == "number" and all(s.kind == "integer" and not s.assumed for s in free_symbols(bound))


def _above(bounds: _Bounds, value: Term, strict: bool) -> bool:
    old = bounds.lower
    if value == MINUS_OO:
        return True
    if old is None or (isinstance(old, Num) and isinstance(value, Num) and value.value > old.value):
        bounds.lower, bounds.open_lower = value, strict
        return True
    bounds.open_lower |= strict and old == value
    return isinstance(old, Num) and isinstance(value, Num)


def _below(bounds: _Bounds, value: Term, strict: bool) -> bool:
    old = bounds.upper
    if value == OO:
        return True
    if old is None or (isinstance(old, Num) and isinstance(value, Num) and value.value < old.value):
        bounds.upper, bounds.open_upper = value, strict
        return True
    bounds.open_upper |= strict and old == value
    return isinstance(old, Num) and isinstance(value, Num)


def _not_empty(symbol: Symbol, span: Span) -> None:
    low, high = symbol.lower, symbol.upper
    if not isinstance(low, Num) or not isinstance(high, Num):
        return
    if low.value > high.value or (low.value == high.value and (symbol.open_lower or symbol.open_upper)):
        raise fail("empty-declaration", f"no value of `{symbol.name}` satisfies this", span, "check the order of the bounds")
