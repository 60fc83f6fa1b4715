"""Resolved terms: what a text means, with symbols in place of names and shapes attached. Both routes interpret these.

Conventions:

* `shape` is `()` for a scalar, `(n,)` for a (column) vector, `(m, n)` for a matrix; a dimension is an `int` or a `Term` (a size symbol or an
  expression of such). A transposed vector has shape `(1, n)`; a product of shape 1 x 1 is a scalar.
* `sort` is `number`, `truth`, `set`, `law`, `function`, `tuple`, `text` or `answer`.
* Arithmetic and comparison are applications like any other: `add sub mul div pow neg` (matrix products are `mul`), `emul ediv epow` entrywise,
  `transpose`, `factorial`; `eq ne lt le gt ge in`; `and or not implies iff`; `piecewise` (value, condition, …, otherwise);
  `index` (base, i, j; `ALL` for a colon); `tuple`, `set`, `interval_cc`, `interval_co`, `interval_oc`, `interval_oo`; `apply` (function, arguments …);
  `E Var Std` (body[, condition]), `Cov Corr` (x, y), `P` (event[, condition]).
* Every variable binder is a `Bound`: the bound symbol is fresh, so substitution never captures.
  `sum prod integrate bracket`: args (lower, upper); `antiderivative`: args (point,); `limit`: args (target,), `side` "", "+", "-";
  `diff`: args (point, order), the derivative at the point; `grad jacobian hessian laplacian divergence`: args (point,), the bound symbol has
  the shape of the point; `lambda`: no args.
* Terms compare by structure, symbols by identity; spans never count. Hashes are computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from operator import is_
from typing import Any, TypeAlias

from twofold.core.span import NOWHERE, Span
from twofold.grammar.sealed import sealed


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """What a name stands for. `kind`: real, integer, complex, truth, function.

    `lower`, `upper` bound a scalar (or every entry), strictly where `open_*`. `law` makes it a random variable; `index` is the symbol that
    the law of an indexed sample depends on (`y[i] ~ Normal(a + b*t[i], s)`). `assumed`: nobody declared it, it was taken to be a real scalar.
    """

    name: str
    kind: str = "real"
    shape: Shape = ()
    lower: Term | None = None
    upper: Term | None = None
    open_lower: bool = False
    open_upper: bool = False
    properties: frozenset[str] = frozenset()
    law: Term | None = None
    index: Symbol | None = None
    arity: int = 0
    assumed: bool = False
    size: bool = False

    def __repr__(self) -> str:
        return self.name


class Term:
    """Base of all terms; see the module's conventions."""

    __slots__ = ()
    span: Span
    shape: Shape
    sort: str


_PLACE: Any = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
_HASH: Any = field(init=False, compare=False, repr=False, default=0)


@sealed
class Num(Term):
    """An exact rational; `text` is the spelling where a person typed it (`~=` reads its digits)."""

    value: Fraction
    text: str = field(default="", compare=False, repr=False)
    shape: Shape = field(default=(), compare=False, repr=False)
    sort: str = field(default="number", compare=False, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH


@sealed
class Const(Term):
    """`pi e im oo euler_gamma true false`, the colon of an index (`all`), and texts (`sort` text, the value in `name`)."""

    name: str
    shape: Shape = field(default=(), compare=False, repr=False)
    sort: str = field(default="number", compare=True, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH


@sealed
class Var(Term):
    symbol: Symbol
    shape: Shape = field(default=(), compare=False, repr=False)
    sort: str = field(default="number", compare=False, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH


@sealed
class App(Term):
    """An operation or catalogue function applied to terms."""

    op: str
    args: tuple[Term, ...]
    shape: Shape = field(default=(), compare=False, repr=False)
    sort: str = field(default="number", compare=False, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH


@sealed
class Array(Term):
    """An explicit vector (`shape` `(n,)`, one row of entries) or matrix. Entries are scalars; those of data are `measured`."""

    rows: tuple[tuple[Term, ...], ...]
    shape: Shape = field(default=(), compare=True, repr=False)
    sort: str = field(default="number", compare=False, repr=False)
    measured: bool = field(default=False, compare=False, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH
    _numeric: bool | None = field(init=False, compare=False, repr=False, default=None)
    _whole: tuple[int, ...] | None = field(init=False, compare=False, repr=False, default=None)
    _names: tuple[Symbol, ...] | bool | None = field(init=False, compare=False, repr=False, default=None)


@sealed
class Bound(Term):
    """An operation that binds symbols in its body; `args` stand outside the binding."""

    op: str
    symbols: tuple[Symbol, ...]
    body: Term
    args: tuple[Term, ...] = ()
    side: str = ""
    shape: Shape = field(default=(), compare=False, repr=False)
    sort: str = field(default="number", compare=False, repr=False)
    span: Span = _PLACE
    _hash: int = _HASH


Dim: TypeAlias = "int | Term"
Shape: TypeAlias = "tuple[Dim, ...]"

ALL = Const("all")
TRUE = Const("true", sort="truth")
FALSE = Const("false", sort="truth")
MISSING: Const = Const("missing")
"""An argument that is left out."""
OO = Const("oo")
MINUS_OO = App("neg", (OO,))
INFINITE = (OO, MINUS_OO)
"""The infinite ends of a range, and the points at infinity."""


def num(value: int | Fraction) -> Num:
    if type(value) is int:
        known = _SMALL.get(value)
        return Num(Fraction(value)) if known is None else known
    return Num(value if type(value) is Fraction else Fraction(value))


_SMALL = {k: Num(Fraction(k)) for k in range(-16, 65)}
"""Made once: most numbers that rules make are among these."""


def var(symbol: Symbol, span: Span = NOWHERE) -> Var:
    return Var(symbol, symbol.shape, {"function": "function", "truth": "truth"}.get(symbol.kind, "number"), span=span)


def vector(entries: tuple[Term, ...], span: Span = NOWHERE) -> Array:
    return Array((entries,), (len(entries),), span=span)


def matrix(rows: tuple[tuple[Term, ...], ...], span: Span = NOWHERE) -> Array:
    return Array(rows, (len(rows), len(rows[0]) if rows else 0), span=span)


def children(term: Term) -> tuple[Term, ...]:
    """The terms directly inside, those under a binder last."""
    kind = type(term)
    if kind is App:
        return term.args  # type: ignore[attr-defined, no-any-return]
    if kind is Bound:
        return (*term.args, term.body)  # type: ignore[attr-defined]
    if kind is Array:
        return tuple(x for row in term.rows for x in row)  # type: ignore[attr-defined]
    return ()


def rebuild(term: Term, parts: tuple[Term, ...]) -> Term:
    """The same node over other children (as `children` gives them); shape and span are kept."""
    if isinstance(term, App):
        return App(term.op, parts, term.shape, term.sort, span=term.span)
    if isinstance(term, Bound):
        return Bound(term.op, term.symbols, parts[-1], parts[:-1], term.side, term.shape, term.sort, span=term.span)
    if isinstance(term, Array):
        width = len(term.rows[0]) if term.rows else 0
        rows = tuple(parts[i : i + width] for i in range(0, len(parts), max(1, width)))
        return Array(rows, term.shape, measured=term.measured, span=term.span)
    return term


def reshaped(term: App | Bound | Array, shape: Shape) -> Term:
    """The same node with another shape."""
    if isinstance(term, App):
        return App(term.op, term.args, shape, term.sort, span=term.span)
    if isinstance(term, Bound):
        return Bound(term.op, term.symbols, term.body, term.args, term.side, shape, term.sort, span=term.span)
    return Array(term.rows, shape, measured=term.measured, span=term.span)


def transform(term: Term, rule: Callable[[Term], Term | None]) -> Term:
    """Top-down rewriting: where the rule gives a term, it stands; elsewhere the children are transformed. Shared nodes are done once."""
    done: dict[int, Term] = {}

    def walk(t: Term) -> Term:
        key = id(t)
        new = done.get(key)
        if new is None:
            new = rule(t)
            if new is None:
                old = children(t)
                parts = tuple(map(walk, old))
                new = t if all(map(is_, parts, old)) else rebuild(t, parts)
            done[key] = new
        return new

    return walk(term)


def replaced(term: Term, old: Term, new: Term) -> Term:
    """A term with another one in the place of a part, wherever that stands."""
    return transform(term, lambda t: new if t == old else None)


EXPECTATIONS = frozenset("E Var Std Cov Corr P".split())
"""Averages of what is put together from random variables, perhaps under a condition."""

AVERAGES = EXPECTATIONS | frozenset(
    "mean variance std skewness kurtosis moment cumulant mgf cf entropy kl median mode fisher".split()
)
"""Operations that average over the random variables in them: what those stand for ends there, like a bound name."""

CURVES = frozenset("pdf pmf cdf survival hazard quantile".split())
"""Functions of a law (or of a random variable, which stands for its law) and of points."""

LIKELIHOODS = frozenset("likelihood loglikelihood score".split())
"""Functions of the law of a sample and of what was drawn."""

_OF_DATA = frozenset("mean variance std median mode".split())


def substitute(term: Term, values: Mapping[Symbol, Term]) -> Term:
    """Terms for symbols, everywhere: bound symbols are fresh, so nothing is captured.

    An average depends on the parameters of its random variables, so the laws of those are substituted too, inside that average. Outside of averages
    a random variable is a value that has been drawn, and stays as it is: `diff(log(pdf(Normal(mu, s), X)), mu)` holds X.
    """
    if not values:
        return term
    parameters = {s: t for s, t in values.items() if s.law is None}

    def rule(t: Term) -> Term | None:
        if isinstance(t, Var):
            return values.get(t.symbol, t)
        if isinstance(t, App) and parameters and (parts := by_law(t)):
            moved = _with_laws(parts, parameters)
            if moved and t.op in LIKELIHOODS:
                from twofold.grammar.likelihoods import written_out

                return substitute(written_out(t), values)
            if moved:
                inner = {**values, **moved}
                return rebuild(t, tuple(substitute(a, inner if k < len(parts) else values) for k, a in enumerate(t.args)))
        return t if type(t) is Array and is_numeric(t) else None

    return transform(term, rule)


def by_law(t: App) -> tuple[Term, ...]:
    """The leading arguments of an average, a curve or a likelihood in which random variables stand for their laws; none elsewhere."""
    if t.op in AVERAGES:
        return () if t.op in _OF_DATA and is_sample(t.args[0]) else t.args
    return t.args[:1] if (t.op in CURVES or t.op in LIKELIHOODS) and t.args[0].sort != "law" else ()


def mentioned(term: Term) -> set[Symbol]:
    """The free symbols of a term and of the laws of its random variables."""
    found: set[Symbol] = set()

    def visit(t: Term) -> None:
        for s in free_symbols(t):
            if s not in found:
                found.add(s)
                if s.law is not None:
                    visit(s.law)

    visit(term)
    return found


def is_sample(term: Term) -> bool:
    """Whether a term stands for observed numbers, so that its mean is a function of them and not an expectation."""
    if term.sort == "law" or not term.shape:
        return False
    law = term.symbol.law if isinstance(term, Var) else None
    return law is None or not law.shape


def _with_laws(terms: Iterable[Term], values: Mapping[Symbol, Term]) -> dict[Symbol, Term]:
    """Random variables like those of a term, for which substitution changes the law; ancestors of a law follow."""
    moved: dict[Symbol, Term] = {}
    seen: set[Symbol] = set()

    def visit(t: Term) -> None:
        for part in subterms(t):
            if isinstance(part, Var) and (s := part.symbol).law is not None and s not in seen:
                seen.add(s)
                visit(s.law)
                law = substitute(s.law, {**values, **moved})
                if law != s.law:
                    moved[s] = var(_relawed(s, law))

    for term in terms:
        visit(term)
    return moved


@lru_cache(maxsize=4096)
def _relawed(symbol: Symbol, law: Term) -> Symbol:
    """The variable like `symbol` with another law: one for each law, so that equal averages stay equal."""
    return copy_symbol(symbol, law=law)


def copy_symbol(s: Symbol, **changes: Any) -> Symbol:
    """A new symbol like another one."""
    values = {n: getattr(s, n) for n in Symbol.__slots__}
    values.update(changes)
    return Symbol(**values)


def arithmetic_names(array: Array) -> tuple[Symbol, ...] | None:
    """The names in an array whose entries are put together from numbers and scalar names by + - * / and ^ alone, so that nothing is
    left to carry out, in the order of the text; `None` where they are not. Found out once."""
    known = array._names
    if known is None:
        found: dict[Symbol, None] = {}
        known = all(_is_arithmetic(x, found) for row in array.rows for x in row) and tuple(found)
        object.__setattr__(array, "_names", known)
    return known if isinstance(known, tuple) else None


def is_arithmetic(term: Term) -> bool:
    """Whether a term is put together from numbers and scalar names by + - * / and ^ alone, so that nothing is left to carry
    out."""
    return _is_arithmetic(term, {})


def _is_arithmetic(term: Term, names: dict[Symbol, None]) -> bool:
    stack = [term]
    while stack:
        t = stack.pop()
        kind = type(t)
        if kind is App:
            if t.op not in _PLAIN:  # type: ignore[attr-defined]
                return False
            stack += t.args[::-1]  # type: ignore[attr-defined]
        elif kind is Var and not t.shape:
            names[t.symbol] = None  # type: ignore[attr-defined]
        elif kind is not Num:
            return False
    return True


_PLAIN = frozenset("add sub mul div pow neg".split())


def is_numeric(array: Array) -> bool:
    """Whether all entries are plain numbers; found out once."""
    known = array._numeric
    if known is None:
        known = all(type(x) is Num for row in array.rows for x in row)
        object.__setattr__(array, "_numeric", known)
    return known


def whole_numbers(array: Array) -> tuple[int, ...]:
    """The entries row by row where all are whole numbers (`()` where not); found out once."""
    known = array._whole
    if known is None:
        values = [x.value for row in array.rows for x in row if isinstance(x, Num)] if is_numeric(array) else []
        known = tuple(v.numerator for v in values) if all(v.denominator == 1 for v in values) else ()
        object.__setattr__(array, "_whole", known)
    return known


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything inside it."""
    stack = [term]
    while stack:
        t = stack.pop()
        yield t
        kind = type(t)
        if kind is App:
            stack += t.args[::-1]  # type: ignore[attr-defined]
        elif kind is Bound or kind is Array:
            stack += children(t)[::-1]


def nodes(term: Term) -> Iterator[Term]:
    """The term and everything inside it, shared parts once, without the entries of arrays of plain numbers."""
    seen: set[int] = set()
    stack = [term]
    while stack:
        t = stack.pop()
        kind = type(t)
        if kind is App:
            if id(t) in seen:
                continue
            seen.add(id(t))
            yield t
            stack += t.args[::-1]  # type: ignore[attr-defined]
        else:
            yield t
            if kind is Bound or (kind is Array and not is_numeric(t)):  # type: ignore[arg-type]
                stack += children(t)[::-1]


_OPERATIONS: dict[int, tuple[Term, frozenset[str]]] = {}
"""The operations in the terms last asked about, kept as `_FREE` is."""


def operations(term: Term) -> frozenset[str]:
    """The names of all applications and binders inside."""
    kept = _OPERATIONS.get(id(term))
    if kept is not None and kept[0] is term:
        return kept[1]
    found = frozenset([t.op for t in nodes(term) if type(t) is App or type(t) is Bound])
    if len(_OPERATIONS) >= _MOST_KEPT:
        _OPERATIONS.clear()
    _OPERATIONS[id(term)] = term, found
    return found


_FREE: dict[int, tuple[Term, tuple[Symbol, ...]]] = {}
"""The free symbols of the terms last asked about, with the terms themselves, so that what is known by their identities stays theirs."""
_MOST_KEPT = 256


def free_symbols(term: Term) -> list[Symbol]:
    """The symbols that are not bound inside, in the order of the text; symbols in dimensions and laws are not looked at."""
    kept = _FREE.get(id(term))
    if kept is not None and kept[0] is term:
        return list(kept[1])
    found = _free_symbols(term)
    if len(_FREE) >= _MOST_KEPT:
        _FREE.clear()
    _FREE[id(term)] = term, tuple(found)
    return found


def _free_symbols(term: Term) -> list[Symbol]:
    found: dict[Symbol, None] = {}
    bound: set[Symbol] = set()
    seen: set[int] = set()
    stack = [term]
    while stack:
        t = stack.pop()
        kind = type(t)
        if kind is Var:
            found[t.symbol] = None  # type: ignore[attr-defined]
        elif kind is App:
            if id(t) not in seen:
                seen.add(id(t))
                stack += t.args[::-1]  # type: ignore[attr-defined]
        elif kind is Bound or (kind is Array and not is_numeric(t)):  # type: ignore[arg-type]
            bound.update(t.symbols if kind is Bound else ())  # type: ignore[attr-defined]
            stack += children(t)[::-1]
    return [s for s in found if s not in bound] if bound else list(found)
