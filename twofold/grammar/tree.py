"""The syntax tree as written: what the parser gives, what `fmt` prints and what a repair edits.

Names are canonical (`α` is `alpha`, `x₁` is `x_1`), numbers and strings keep their spelling. Spans never take part in equality,
so "the same tree" means "the same text up to layout and spelling". No node knows what a name stands for: see `term`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, TypeAlias

from twofold.core.diagnostic import Diagnostic
from twofold.core.span import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    span: Span = field(default=NOWHERE, compare=False, repr=False)


# --- expressions ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Number(Located):
    """`1`, `0.1`, `2e3`: exact; `text` is the spelling."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(Located):
    """`"…"`; `value` has no quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name(Located):
    """A name, canonical ASCII in `id` (`oo`, `pi`, `im`, `true` are names too); `spelling` is what was typed."""

    id: str
    spelling: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Prefix(Located):
    """`-x`, `+x`, `not p`."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Postfix(Located):
    """`A'` (transpose) and `n!`. Primes on a called function are on the `Call`."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Infix(Located):
    """`+ - * / .* ./ ^`; `implicit` for juxtaposition (operator `*`). `operator_span` is the place of the sign."""

    operator: str
    left: Expr
    right: Expr
    implicit: bool = False
    operator_span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Call(Located):
    """`f(x, k = 1..n)`, `f''(x)` (`primes`), `E[X | Y = y]` (`square`, `condition`), `sin^2(x)` is read as `Infix("^", Call, 2)`.

    `named` arguments are `Binding`s in `arguments` as they stand; they keep their place.
    """

    function: Name
    arguments: tuple[Expr, ...]
    primes: int = 0
    square: bool = False
    condition: Expr | None = None


@dataclass(frozen=True, slots=True)
class Index(Located):
    """`v[i]`, `A[1, :]`, `f(x)[k]`."""

    base: Expr
    indices: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Slice(Located):
    """`:` inside an index."""


@dataclass(frozen=True, slots=True)
class Matrix(Located):
    """`[1, 2; 3, 4]`: `rows`. `[1, 2, 3]` is a column vector: `vector` is true and there is one row in the tree."""

    rows: tuple[tuple[Expr, ...], ...]
    vector: bool = False


@dataclass(frozen=True, slots=True)
class Tuple(Located):
    """`(x, y)`."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Interval(Located):
    """After `in`: `[0, 1]`, `(0, 1]`, `(0, oo)`."""

    lower: Expr
    upper: Expr
    closed_left: bool
    closed_right: bool


@dataclass(frozen=True, slots=True)
class Set(Located):
    """`{1, 2, 3}` and `{}`."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Piecewise(Located):
    """`{x^2 if x > 0; 0 otherwise}`: pairs (value, condition), then the value otherwise where given."""

    branches: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr | None = None


@dataclass(frozen=True, slots=True)
class System(Located):
    """`{2x + y == 1, x - y == 2}`."""

    relations: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Lambda(Located):
    """`x -> x^2`, `(x, y) -> x + y`."""

    parameters: tuple[Name, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Range(Located):
    """`1..n`."""

    lower: Expr
    upper: Expr


@dataclass(frozen=True, slots=True)
class Binding(Located):
    """`k = 1..n`, `mean = m`, `column = "cm"`, `Y = y` inside brackets. The target is a name, or an expression in `P(X = 1)`."""

    target: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class Approach(Located):
    """`x -> 0`, `x -> 0+`, `x -> 0-` inside `limit`; `side` is "", "+" or "-"."""

    variable: Name
    target: Expr
    side: str = ""


@dataclass(frozen=True, slots=True)
class Relation(Located):
    """`a == b`, chained `0 < x < 1`, `x in [0, 1]`: operators `== != < <= > >= ~= in propto`, one fewer than operands.

    `within` and `up to` belong to the claim or step, not to the relation. `propto` carries its variables in `variables`.
    """

    operators: tuple[str, ...]
    operands: tuple[Expr, ...]
    variables: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Logic(Located):
    """`and or => <=> <==`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Leibniz(Located):
    """`d/dx (…)`, `d^2/dx^2 f(x)`, `∂/∂x f(x, y)`, `d^2/(dx dy) f`: pairs (variable, order)."""

    variables: tuple[tuple[Name, Expr | None], ...]
    operand: Expr


@dataclass(frozen=True, slots=True)
class Where(Located):
    """`expr where x = 2, y = 3`."""

    expression: Expr
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Given(Located):
    """`expr given x > 0`."""

    expression: Expr
    conditions: tuple[Expr, ...]


Expr: TypeAlias = (
    Number | Text | Name | Prefix | Postfix | Infix | Call | Index | Slice | Matrix | Tuple | Interval | Set | Piecewise | System
    | Lambda | Range | Binding | Approach | Relation | Logic | Leibniz | Where | Given
)  # fmt: skip


# --- statements ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UpTo(Located):
    """`up to constant in x, t`: `kind` is constant, scale, sign, order or transpose."""

    kind: str
    variables: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifiers:
    """What may follow a claim or a line of a derivation."""

    by: str | None = None
    given: tuple[Expr, ...] = ()
    within: Expr | None = None
    up_to: UpTo | None = None


@dataclass(frozen=True, slots=True)
class Declared(Located):
    """One item of a `let`: `x, y : real`, `A : matrix(n, n), symmetric`, `x, y > 0`, `k : integer in 0..9`, `0 < p < 1`.

    `kind` is what stands after the colon: a `Name` (`real`, `integer`, `complex`, `size`, `function`, `scalar`) or a `Call`
    (`vector(n)`, `matrix(m, n)`). `properties` are words (`positive`, `symmetric`). `conditions` are relations, about all the
    names when `names` has several: `x, y > 0` gives the conditions `x > 0` and `y > 0`.
    """

    names: tuple[Name, ...]
    kind: Name | Call | None = None
    properties: tuple[Name, ...] = ()
    conditions: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Declaration(Located):
    items: tuple[Declared, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Definition(Located):
    """`a = 3`, `f(x, y) = x^2`: `parameters` is None for a plain name."""

    name: Name
    parameters: tuple[Name, ...] | None
    value: Expr
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Distributed(Located):
    """`X ~ Normal(mu, sigma)`, `K | theta ~ Binomial(n, theta)` (`given`), `x[1..n] ~ …` (`range`),
    `y[i] ~ … for i = 1..n` (`index` and `range`)."""

    name: Name
    law: Expr
    given: tuple[Name, ...] = ()
    index: Name | None = None
    range: Range | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Question(Located):
    expression: Expr
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Claim(Located):
    """`check "name": left == right up to … given … within …`.

    `statement` is a `Relation`, a `Logic`, or any expression that is true or false.
    """

    statement: Expr
    modifiers: Modifiers = Modifiers()
    name: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Step(Located):
    """A line of a chain: `== right by "…"`.

    `relation` is `== != < <= > >= ~= propto => <=> <==`; the span is that of the whole line, `relation_span` of its sign.
    `expect` is the line below it that says what its verdict should be.
    """

    relation: str
    right: Expr
    modifiers: Modifiers = Modifiers()
    variables: tuple[Name, ...] = ()
    relation_span: Span = field(default=NOWHERE, compare=False, repr=False)
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Chain(Located):
    """The line that starts a chain, and its steps (none: reported by the engine). `expect` is about the first line; beside an
    arrow whose line could not be read the chain is `torn`, and its first line claims nothing."""

    start: Expr
    steps: tuple[Step, ...]
    modifiers: Modifiers = Modifiers()
    expect: Expect | None = None
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Derivation(Located):
    """`derivation "name": … end`; the header and `end` lines are inside the span."""

    name: str | None
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Scope(Located):
    """`assume x > 0 … end`."""

    conditions: tuple[Expr, ...]
    items: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Expect(Located):
    """`expect refuted`: about the statement or step before it."""

    word: str


@dataclass(frozen=True, slots=True)
class Setting(Located):
    """`set digits = 30`."""

    name: str
    value: Expr | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Include(Located):
    path: str


@dataclass(frozen=True, slots=True)
class Broken(Located):
    """A statement that could not be read, in its place, with what was wrong."""

    diagnostics: tuple[Diagnostic, ...]


Statement: TypeAlias = (
    Declaration | Definition | Distributed | Question | Claim | Chain | Derivation | Scope | Expect | Setting | Include | Broken
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Script(Located):
    statements: tuple[Statement, ...]


Node: TypeAlias = Expr | Statement | Script | UpTo | Declared | Step


def children(node: Any) -> list[Any]:
    """The nodes directly inside a node, in the order of the text."""
    found: list[Any] = []
    for name in _names(node.__class__):
        value = getattr(node, name)
        if isinstance(value, Located):
            found.append(value)
        elif value.__class__ is not str:
            _collect(value, found)
    return found


def walk(node: Any) -> Iterator[Any]:
    """A node and everything inside it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def _collect(value: Any, found: list[Any]) -> None:
    if isinstance(value, Located):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _collect(item, found)
    elif isinstance(value, Modifiers):
        for modifier in fields(value):
            _collect(getattr(value, modifier.name), found)


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes that hold other nodes or may do so."""
    return tuple(f.name for f in fields(kind) if f.name != "span")
