"""Left sides: what a `let`, a definition and a law give a name to."""

from __future__ import annotations

from dataclasses import replace

from twofold.core.diagnostic import TwofoldError, fail
from twofold.grammar.climb import Places
from twofold.grammar.scan import Token
from twofold.grammar.tree import Call, Declared, Distributed, Expr, Index, Infix, Logic, Name, Range, Relation

KINDS = frozenset("real integer complex size function scalar".split())
PROPERTIES = frozenset("positive integer probability onehot symmetric posdef orthogonal diagonal invertible".split())


def declared_items(items: list[tuple[Expr, Expr | None]], places: Places, word: Token) -> tuple[Declared, ...]:
    """The items of a `let`: pairs of what stands before and after the colon, taken from left to right.

    A list of names takes the property that ends it. After `name : kind`, known properties belong to that name, and so do the
    words that end the statement.
    """
    found: list[Declared] = []
    names: list[Name] = []
    described = False
    for value, description in items:
        if description is None and isinstance(value, Name):
            if described and not names and value.id in PROPERTIES:
                found[-1] = _with_properties(found[-1], (value,))
            else:
                names.append(value)
            continue
        if description is None and described and not names and (words := _property_words(value)):
            found[-1] = _with_properties(found[-1], words)
            continue
        described = description is not None
        if description is None:
            names.append(_subject(value, places))
            conditions = tuple(_about(name, names[-1], value) for name in names)
            found.append(_located(Declared(tuple(names), None, (), conditions), places, value))
        else:
            if not isinstance(value, Name):
                raise _bad("a kind is given to a name", value, "write `let x : real`")
            names.append(value)
            found.append(_located(_described(tuple(names), description), places, description))
        names = []
    if names and described:
        found[-1] = _with_properties(found[-1], tuple(names))
    elif names:
        listed = ", ".join(name.spelling for name in names)
        raise _bad("`let` says what a name stands for", names[-1], f"write `let {listed} : real`, or `let {listed} > 0`")
    return tuple(found)


def _bad(headline: str, node: Expr, help: str) -> TwofoldError:
    return fail("bad-declaration", headline, node.span, help)


def _located(item: Declared, places: Places, last: Expr) -> Declared:
    return replace(item, span=places.span(item.names[0].span.start, places.end(last)))


def _with_properties(item: Declared, properties: tuple[Name, ...]) -> Declared:
    return replace(item, properties=item.properties + properties, span=item.span.to(properties[-1].span))


def _subject(value: Expr, places: Places) -> Name:
    """The name that a relation declares: `x` in `x > 0`, `p` in `0 < p < 1`."""
    relation = value
    while isinstance(relation, Logic):
        relation = relation.left
    if isinstance(relation, Relation):
        for operand in relation.operands:
            if isinstance(operand, Name):
                return operand
    if isinstance(value, Call):
        raise _bad("a function is declared by its name alone", value, f"write `let {value.function.spelling} : function`")
    raise _bad(
        f"`{places.text(value)}` does not say what a name stands for",
        value,
        "write `let x : real`, `let x > 0` or `let 0 < p < 1`",
    )


def _about(name: Name, subject: Name, condition: Expr) -> Expr:
    """The condition with one name in place of another."""
    if name is subject:
        return condition
    if isinstance(condition, Relation):
        return replace(condition, operands=tuple(name if o is subject else o for o in condition.operands))
    raise _bad("a condition joined by words is about one name", condition, "give each name its own `let`")


def _described(names: tuple[Name, ...], description: Expr) -> Declared:
    """`names : words`, `names : words in 0..9`."""
    words, conditions = description, ()
    if isinstance(description, Relation):
        words = description.operands[0]
        conditions = tuple(replace(description, operands=(name, *description.operands[1:])) for name in names)  # type: ignore[assignment]
    factors = _factors(words)
    kind: Name | Call | None = None
    for factor in factors:
        if isinstance(factor, Call):
            if isinstance(kind, Call):
                raise _bad("this gives two shapes", factor, "keep one of them")
            kind = factor
    if kind is None:
        kind = next((factor for factor in factors if isinstance(factor, Name) and factor.id in KINDS), None)
    properties = tuple(factor for factor in factors if isinstance(factor, Name) and factor is not kind)
    return Declared(names, kind, properties, conditions)


def _factors(words: Expr) -> list[Name | Call]:
    """Words one after the other, which the expression grammar reads as a product."""
    if isinstance(words, Infix) and words.implicit:
        return _factors(words.left) + _factors(words.right)
    if isinstance(words, Name | Call):
        return [words]
    raise _bad(
        "this is no kind of thing",
        words,
        "after the colon stand words: `real`, `positive integer`, `vector(n)`, `matrix(m, n), symmetric`",
    )


def _property_words(value: Expr) -> tuple[Name, ...]:
    """`positive integer` after a comma: several properties in a row; empty for anything else."""
    if not (isinstance(value, Infix) and value.implicit):
        return ()
    left = (value.left,) if isinstance(value.left, Name) else _property_words(value.left)
    words = (*left, value.right) if left and isinstance(value.right, Name) else ()
    return (
        tuple(w for w in words if isinstance(w, Name)) if all(isinstance(w, Name) and w.id in PROPERTIES for w in words) else ()
    )


def _first(node: Expr) -> Expr:
    """What a product begins with."""
    while isinstance(node, Infix):
        node = node.left
    return node


def left_of_definition(target: Expr, sign: Token, places: Places) -> tuple[Name, tuple[Name, ...] | None]:
    """The name that is defined, and its parameters."""
    if isinstance(target, Name):
        return target, None
    if isinstance(target, Call) and not target.primes and not target.square and target.condition is None:
        for argument in target.arguments:
            if not isinstance(argument, Name):
                raise fail("bad-definition", "the parameters of a function are names", argument.span, "write `f(x) = …`")
        return target.function, tuple(argument for argument in target.arguments if isinstance(argument, Name))
    if isinstance(target, Index):
        raise fail("bad-definition", "an entry cannot be defined alone", target.span, "define the whole: `v = [1, 2, 3]`")
    help = f"write `{places.text(target)} == …` to claim that both sides are equal"
    if isinstance(target, Infix) and target.implicit and isinstance(word := _first(target), Name) and len(word.id) > 2:
        help = f"write `{word.id}(… == …)` with brackets if `{word.id}` is a function; {help}"
    raise fail("single-equals", "a single `=` defines a name", places.span(sign.start, sign.end), help)


def left_of_law(
    left: Expr, law: Expr, places: Places, index: Expr | None = None, over: Expr | None = None, given: list[Expr] | None = None
) -> Distributed:
    """`X ~ …`, `K | theta ~ …`, `x[1..n] ~ …`, `y[i] ~ … for i = 1..n`."""
    names: list[Name] = []
    for condition in given or []:
        if not isinstance(condition, Name):
            raise fail("bad-law", "a law is conditional on names", condition.span, "write `K | theta ~ Binomial(n, theta)`")
        names.append(condition)
    if isinstance(left, Call) and left.square and left.condition is None:
        left = Index(left.function, left.arguments, span=left.span)
    if isinstance(left, Name) and index is None:
        return Distributed(left, law, tuple(names))
    if isinstance(left, Index) and isinstance(left.base, Name) and len(left.indices) == 1:
        place = left.indices[0]
        if index is None and isinstance(place, Range):
            return Distributed(left.base, law, tuple(names), None, place)
        if isinstance(index, Name) and isinstance(over, Range) and place == index:
            return Distributed(left.base, law, tuple(names), index, over)
    help = "write `X ~ Normal(0, 1)`, `x[1..n] ~ Normal(0, 1)`, or `y[i] ~ Normal(t[i], 1) for i = 1..n`"
    raise fail("bad-law", "this cannot have a law", places.span(places.start(left), places.end(left)), help)
