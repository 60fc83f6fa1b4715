"""Terms as index expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import ALL, App, Array, Bound, Const, Num, Shape, Symbol, Term, Var, copy_symbol
from twofold.symbolic.tensors import functions as f
from twofold.symbolic.tensors.algebra import (
    add,
    as_slot,
    depends,
    fresh_axes,
    multiply,
    negative,
    power,
    product,
    rename,
    replace,
    size,
    subtract,
    total,
)
from twofold.symbolic.tensors.differentiate import differential
from twofold.symbolic.tensors.inverse import determinant, inverse
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Axis,
    Call,
    Delta,
    Entry,
    Index,
    Place,
    Poly,
    Slot,
    Tensor,
    Unsupported,
    constant,
    matrix,
    scalar,
    single,
)
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.signs import always_nonnegative
from twofold.symbolic.tensors.sizes import axes, dimension

STRUCTURAL = frozenset(("symmetric", "posdef", "orthogonal", "diagonal", "onehot", "probability", "invertible"))
"""Properties that tie entries together; the symbol a derivative is taken by has none of them."""

OPAQUE = frozenset("logm sqrtm pinv adjugate rank cond expm".split())
"""Functions of whole matrices about which nothing more is known here than that they are functions."""


def independent(symbol: Symbol) -> Symbol:
    """A symbol of the same shape and bounds whose entries are independent of each other."""
    return copy_symbol(symbol, properties=symbol.properties - STRUCTURAL, law=None)


def of_symbol(symbol: Symbol) -> Tensor:
    """The entries of a symbol."""
    if symbol.kind not in ("real", "integer"):
        raise Unsupported(f"{symbol.name} is not real")
    found = axes(symbol.shape)
    slots = tuple(i for a in found for i in a)
    if "diagonal" in symbol.properties and len(slots) == 2:
        entry = single(Entry(symbol, (slots[0], slots[0])))
        return Tensor(found, multiply(single(Delta(*slots)), entry))
    return Tensor(found, single(Entry(symbol, slots)))


class Reader:
    """Reads terms. `values` are the tensors and indices that bound symbols stand for; `strict` as in `differential`.

    With `whole`, sums that depend on that symbol are kept together (`let`) instead of being multiplied out.
    """

    def __init__(
        self, values: Mapping[Symbol, Tensor | Index] | None = None, strict: bool = False, whole: Symbol | None = None
    ) -> None:
        self.whole = whole
        self.values = dict(values or {})
        self.strict = strict
        self.done: dict[int, tuple[Term, Tensor]] = {}

    def read(self, term: Term) -> Tensor:
        """The tensor of a term. Raises `Unsupported`."""
        known = self.done.get(id(term))
        if known is not None:
            return known[1]
        made = self._fit(self._read(term), term.shape)
        made = Tensor(made.axes, reduced(made.poly))
        if self.whole is not None and isinstance(term, App) and term.op in ("add", "sub"):
            made = self._together(made, self.whole)
        self.done[id(term)] = (term, made)
        return made

    def _together(self, t: Tensor, symbol: Symbol) -> Tensor:
        """The same entries as one factor, where they are a sum that depends on the symbol."""
        if len(t.poly.terms) < 2 or t.indices or not depends(t.poly, symbol):
            return t
        outer = fresh_axes(t)
        return Tensor(outer.axes, single(Call("let", (t,), outer.live)))

    def scalar(self, term: Term) -> Poly:
        """The polynomial of a scalar term."""
        t = self.read(term)
        if t.live:
            raise Unsupported("a scalar is needed here")
        return t.poly

    def _fit(self, t: Tensor, shape: Shape) -> Tensor:
        """The same entries, arranged in the axes of a shape."""
        if len(t.axes) == len(shape):
            return t
        live = [a for a in t.axes if a]
        if len(shape) == 1 and len(live) <= 1:
            return Tensor((live[0] if live else (),), t.poly)
        if not shape and not live:
            return Tensor((), t.poly)
        if len(shape) == 2:
            sizes = [dimension(d) == ONE for d in shape]
            if len(live) == 2 - sum(sizes):
                return Tensor(tuple(() if one else live.pop(0) for one in sizes), t.poly)
        raise Unsupported("a shape that does not fit")

    def _read(self, term: Term) -> Tensor:
        if isinstance(term, Num):
            return scalar(constant(term.value))
        if isinstance(term, Const):
            if term.name == "e" and term.sort == "number":
                return scalar(f.call("exp", ONE))
            if term.name == "pi" and term.sort == "number":
                return scalar(single(Call("pi", ())))
            if term.sort == "truth" and term.name in ("true", "false"):
                return scalar(ONE if term.name == "true" else ZERO)
            raise Unsupported(f"{term.name} has no place in an index expression")
        if isinstance(term, Var):
            value = self.values.get(term.symbol)
            if isinstance(value, Index):
                return scalar(single(Place(value)))
            return of_symbol(term.symbol) if value is None else value
        if isinstance(term, Array):
            return self._array(term)
        if isinstance(term, Bound):
            rule: Callable[..., Tensor] | None = _BINDERS.get(term.op)
            if rule is None:
                raise Unsupported(f"{term.op} is not part of the index algebra")
            return rule(self, term)
        assert isinstance(term, App)
        rule = _RULES.get(term.op)
        return rule(self, *term.args) if rule is not None else self._function(term)

    # --- functions of the catalogue ---

    def _function(self, term: App) -> Tensor:
        spec = functions().get(term.op)
        if spec is None or spec.result != "number":
            raise Unsupported(f"{term.op} is not part of the index algebra")
        if spec.shape == "entrywise":
            return self.entrywise(spec.name, *term.args)
        parts = tuple(map(self.read, term.args))
        if term.op in OPAQUE:
            return self._opaque(term, parts)
        if spec.definition and len(spec.arguments) == len(term.args):
            names = {a.name: t for a, t in zip(spec.arguments, term.args, strict=True)}
            return self.read(formula(spec.definition, names))
        raise Unsupported(f"{term.op} is not part of the index algebra")

    def _opaque(self, term: App, parts: tuple[Tensor, ...]) -> Tensor:
        found = axes(term.shape)
        return Tensor(found, single(Call(term.op, tuple(map(fresh_axes, parts)), tuple(i for a in found for i in a))))

    def entrywise(self, op: str, *terms: Term) -> Tensor:
        """A scalar function applied entry by entry, scalars standing for arrays of equal entries."""
        parts = self.together(*map(self.read, terms))
        return Tensor(parts[0].axes, f.call(op, *[p.poly for p in parts]))

    def together(self, *parts: Tensor) -> list[Tensor]:
        """Tensors on the same axes; scalars are spread."""
        first = next((p for p in parts if p.axes), None)
        if first is None:
            return list(parts)
        return [Tensor(first.axes, p.poly) if not p.axes else onto(p, first.axes) for p in parts]

    def condition(self, term: Term) -> Poly:
        """A condition as an expression of value 1 or 0."""
        if isinstance(term, Const) and term.sort == "truth":
            return ONE if term.name == "true" else ZERO
        if not isinstance(term, App):
            raise Unsupported("a condition that cannot be read")
        if term.op == "and":
            return product([self.condition(a) for a in term.args])
        if term.op == "not":
            return subtract(ONE, self.condition(term.args[0]))
        if term.op == "or":
            return subtract(ONE, product([subtract(ONE, self.condition(a)) for a in term.args]))
        if term.op in ("eq", "ne", "lt", "gt", "le", "ge"):
            a, b = (self.scalar(x) for x in term.args)
            value = (
                f.condition_zero(subtract(a, b))
                if term.op in ("eq", "ne")
                else f.condition_positive(subtract(*((b, a) if term.op in ("lt", "ge") else (a, b))))
            )
            return subtract(ONE, value) if term.op in ("ne", "le", "ge") else value
        raise Unsupported("a condition that cannot be read")

    # --- arithmetic ---

    def add(self, a: Term, b: Term) -> Tensor:
        x = self.read(a)
        return Tensor(x.axes, add(x.poly, onto(self.read(b), x.axes).poly))

    def sub(self, a: Term, b: Term) -> Tensor:
        x = self.read(a)
        return Tensor(x.axes, subtract(x.poly, onto(self.read(b), x.axes).poly))

    def neg(self, a: Term) -> Tensor:
        x = self.read(a)
        return Tensor(x.axes, negative(x.poly))

    def mul(self, a: Term, b: Term) -> Tensor:
        return times(self.read(a), self.read(b))

    def div(self, a: Term, b: Term) -> Tensor:
        x = self.read(a)
        return Tensor(x.axes, multiply(x.poly, power(self.scalar(b), -1)))

    def pow(self, a: Term, b: Term) -> Tensor:
        x, e = self.read(a), self.scalar(b)
        if not x.live:
            return Tensor(x.axes, f.symbolic_power(x.poly, e))
        number = e.constant
        if number is None or number != int(number) or abs(number) > 12:
            raise Unsupported("a power of a matrix whose exponent is not a small whole number")
        if number < 0:
            x = inverse(x)
        out = identity(x)
        for _ in range(abs(int(number))):
            out = times(out, x)
        return out

    def emul(self, a: Term, b: Term) -> Tensor:
        x, y = self.together(self.read(a), self.read(b))
        return Tensor(x.axes, multiply(x.poly, y.poly))

    def ediv(self, a: Term, b: Term) -> Tensor:
        x, y = self.together(self.read(a), self.read(b))
        return Tensor(x.axes, multiply(x.poly, power(y.poly, -1)))

    def epow(self, a: Term, b: Term) -> Tensor:
        x, y = self.together(self.read(a), self.read(b))
        return Tensor(x.axes, f.symbolic_power(x.poly, y.poly))

    def transpose(self, a: Term) -> Tensor:
        x = self.read(a)
        rows, columns = full(x)
        return Tensor((columns, rows), x.poly)

    def index(self, base: Term, *places: Term) -> Tensor:
        x = self.read(base)
        if len(places) == 1 and len(x.axes) == 2 and () in x.axes:
            x = Tensor(tuple(a for a in x.axes if a) or ((),), x.poly)
        if len(places) != len(x.axes):
            raise Unsupported("an index that does not fit")
        names: dict[Index, Slot] = {}
        left: list[Axis] = []
        for a, p in zip(x.axes, places, strict=True):
            if p == ALL:
                left.append(a)
            elif len(a) == 1:
                names[a[0]] = as_slot(self.scalar(p))
            elif a:
                raise Unsupported("an entry of a vectorised matrix")
        return Tensor(tuple(left), rename(x.poly, names))

    # --- linear algebra ---

    def inv(self, a: Term) -> Tensor:
        return inverse(self.read(a))

    def det(self, a: Term) -> Tensor:
        return scalar(determinant(self.read(a)))

    def logdet(self, a: Term) -> Tensor:
        return scalar(f.call("log", determinant(self.read(a))))

    def tr(self, a: Term) -> Tensor:
        rows, columns = full(x := self.read(a))
        names = dict(zip(columns, rows, strict=True))
        if any(i.range != j.range for i, j in names.items()):
            raise Unsupported("the trace of a matrix that is not square")
        return scalar(multiply(rename(x.poly, names), ONE, rows))

    def dot(self, a: Term, b: Term) -> Tensor:
        x = self.read(a)
        y = onto(self.read(b), x.axes)
        return scalar(multiply(x.poly, y.poly, x.live))

    def norm(self, a: Term, kind: Term | None = None) -> Tensor:
        x = self.read(a)
        vector = len(x.live) <= 1
        if isinstance(kind, Num) and kind.value == 1 and vector:
            return scalar(multiply(f.call("abs", x.poly), ONE, x.live))
        if kind is None or kind == Num(Fraction(2)) and vector or isinstance(kind, Const) and kind.name == "fro":
            return scalar(power(multiply(x.poly, x.poly, x.live), Fraction(1, 2)))
        raise Unsupported("a norm that is not a sum over the entries")

    def outer(self, a: Term, b: Term) -> Tensor:
        x, y = self.read(a), fresh_axes(self.read(b))
        return Tensor((x.live, y.live), multiply(x.poly, y.poly))

    def kron(self, a: Term, b: Term) -> Tensor:
        x, y = self.read(a), fresh_axes(self.read(b))
        (m, n), (p, q) = full(x), full(y)
        return Tensor((m + p, n + q), multiply(x.poly, y.poly))

    def vec(self, a: Term) -> Tensor:
        x = self.read(a)
        rows, columns = full(x)
        return Tensor((columns + rows,), x.poly)

    def diag(self, *entries: Term) -> Tensor:
        if len(entries) != 1:
            raise Unsupported("a diagonal matrix of listed entries")
        x = self.read(entries[0])
        if len(x.live) == 2 and len(x.axes) == 2:
            rows, columns = x.axes
            if len(rows) != 1 or rows[0].range != columns[0].range:
                raise Unsupported("the diagonal of a matrix that is not square")
            return Tensor((rows,), rename(x.poly, {columns[0]: rows[0]}))
        if not x.live:
            return Tensor(((), ()), x.poly)
        (i,) = x.live
        j = i.fresh()
        return matrix(i, j, multiply(single(Delta(i, j)), x.poly))

    def eye(self, n: Term) -> Tensor:
        rows, columns = axes((n, n))
        return Tensor((rows, columns), single(Delta(rows[0], columns[0])) if rows else ONE)

    def ones(self, *dims: Term) -> Tensor:
        return Tensor(axes(dims), ONE)

    def zeros(self, *dims: Term) -> Tensor:
        return Tensor(axes(dims), ZERO)

    def onehot(self, k: Term, n: Term) -> Tensor:
        (a,) = axes((n,))
        return Tensor((a,), single(Delta(a[0], as_slot(self.scalar(k)))) if a else ONE)

    # --- entries ---

    def sum(self, a: Term, along: Term | None = None) -> Tensor:
        x = self.read(a)
        if along is None:
            return scalar(multiply(x.poly, ONE, x.live))
        if not isinstance(along, Num) or along.value not in (1, 2) or len(x.axes) != 2:
            raise Unsupported("a sum along an axis that is not 1 or 2")
        gone = x.axes[int(along.value) - 1]
        kept = x.axes[2 - int(along.value)]
        return Tensor((kept,), multiply(x.poly, ONE, gone))

    def prod(self, a: Term) -> Tensor:
        x = self.read(a)
        if len(x.axes) != 1 or not x.live:
            raise Unsupported("the product of the entries of a matrix")
        return scalar(single(Call("prod", (fresh_axes(x),))))

    def mean(self, a: Term) -> Tensor:
        x = self.read(a)
        return scalar(multiply(multiply(x.poly, ONE, x.live), count(x)))

    def softmax(self, a: Term) -> Tensor:
        x = self.read(a)
        if len(x.live) != len(x.axes) and x.live or len(x.live) > 1:
            raise Unsupported("the softmax of something that is not a vector")
        return Tensor(x.axes, softened(x, x.live))

    def rowsoftmax(self, a: Term) -> Tensor:
        x = self.read(a)
        return Tensor(x.axes, softened(x, x.axes[-1]))

    def logsumexp(self, a: Term) -> Tensor:
        x = self.read(a)
        return scalar(f.call("log", multiply(f.call("exp", x.poly), ONE, x.live)))

    def indicator(self, a: Term) -> Tensor:
        return scalar(self.condition(a))

    def delta(self, a: Term, b: Term) -> Tensor:
        return scalar(f.condition_zero(subtract(self.scalar(a), self.scalar(b))))

    def piecewise(self, *parts: Term) -> Tensor:
        """Each value times its condition times the complements of those before; without a value otherwise the conditions have to cover everything."""
        first = self.read(parts[0])
        out, left = ZERO, ONE
        for k in range(0, len(parts) - 1, 2):
            holds = self.condition(parts[k + 1])
            value = onto(self.read(parts[k]), first.axes).poly
            out = add(out, product([left, holds, value]))
            left = multiply(left, subtract(ONE, holds))
        if len(parts) % 2:
            out = add(out, multiply(left, onto(self.read(parts[-1]), first.axes).poly))
        elif left.terms:
            raise Unsupported("a case distinction that leaves something out")
        return Tensor(first.axes, out)

    def largest(self, *parts: Term) -> Tensor:
        if len(parts) < 2:
            raise Unsupported("the largest entry of an array")
        out, *rest = self.together(*map(self.read, parts))
        value = out.poly
        for p in rest:
            value = add(p.poly, f.call("relu", subtract(value, p.poly)))
        return Tensor(out.axes, value)

    def smallest(self, *parts: Term) -> Tensor:
        if len(parts) < 2:
            raise Unsupported("the smallest entry of an array")
        out, *rest = self.together(*map(self.read, parts))
        value = out.poly
        for p in rest:
            value = subtract(value, f.call("relu", subtract(value, p.poly)))
        return Tensor(out.axes, value)

    def apply(self, function: Term, *arguments: Term) -> Tensor:
        if not isinstance(function, Var) or function.symbol.kind != "function":
            raise Unsupported("a function that is not a name")
        head = scalar(single(Entry(function.symbol, ())))
        parts = self.together(*map(self.read, arguments))
        return Tensor(parts[0].axes, single(Call("apply", (head, *[scalar(p.poly) for p in parts]))))

    def _array(self, term: Array) -> Tensor:
        entries = tuple(scalar(self.scalar(x)) for row in term.rows for x in row)
        found = axes(term.shape)
        dims = ":".join(str(d) for d in term.shape if d != 1)
        if not entries:
            raise Unsupported("an array without entries")
        slots = tuple(i for a in found for i in a)
        return Tensor(found, single(Call(f"array:{dims}", entries, slots)) if slots else entries[0].poly)

    # --- binders ---

    def bound_sum(self, term: Bound) -> Tensor:
        lower, upper = (self.scalar(a) for a in term.args)
        index = Index(lower, upper)
        if not (_whole(lower) and _whole(upper) and always_nonnegative(size(index))):
            raise Unsupported("a range that may be empty or is not made of whole numbers")
        body = self.inside({term.symbols[0]: index}).read(term.body)
        return Tensor(body.axes, total(body.poly, index))

    def bound_prod(self, term: Bound) -> Tensor:
        lower, upper = (self.scalar(a) for a in term.args)
        index = Index(lower, upper)
        if not (_whole(lower) and _whole(upper) and always_nonnegative(size(index))):
            raise Unsupported("a range that may be empty or is not made of whole numbers")
        body = self.inside({term.symbols[0]: index}).scalar(term.body)
        return scalar(single(Call("prod", (Tensor(((index,),), body),))))

    def inside(self, values: Mapping[Symbol, Tensor | Index]) -> Reader:
        """A reader that knows more symbols."""
        return Reader({**self.values, **values}, self.strict, self.whole)

    def body(self, term: Bound) -> tuple[Symbol, Tensor]:
        """The body of a derivative over a symbol whose entries are independent."""
        symbol = independent(term.symbols[0])
        return symbol, self.inside({term.symbols[0]: of_symbol(symbol)}).read(term.body)

    def derived(self, poly: Poly, symbol: Symbol) -> tuple[tuple[Axis, ...], Poly]:
        """The derivative, and the axes of the symbol it is taken by."""
        found = axes(symbol.shape)
        return found, reduced(differential(poly, symbol, tuple(i for a in found for i in a), self.strict))

    def valued(self, t: Tensor, symbol: Symbol, point: Term) -> Tensor:
        """The tensor at a point."""
        return Tensor(t.axes, reduced(replace(t.poly, symbol, self.read(point))))

    def bound_diff(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        order = self.scalar(term.args[1]).constant if len(term.args) > 1 else 1
        if order is None or order != int(order) or not 0 <= order <= 8:
            raise Unsupported("a derivative whose order is not a small whole number")
        poly = x.poly
        for _ in range(int(order)):
            _, poly = self.derived(poly, symbol)
        return self.valued(Tensor(x.axes, poly), symbol, term.args[0])

    def bound_grad(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        found, poly = self.derived(x.poly, symbol)
        return self.valued(Tensor(found, poly), symbol, term.args[0])

    def bound_jacobian(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        found, poly = self.derived(x.poly, symbol)
        return self.valued(Tensor((_vectorised(x.axes), _vectorised(found)), poly), symbol, term.args[0])

    def bound_hessian(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        first, poly = self.derived(x.poly, symbol)
        second, poly = self.derived(poly, symbol)
        return self.valued(Tensor((_vectorised(first), _vectorised(second)), poly), symbol, term.args[0])

    def bound_laplacian(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        first, poly = self.derived(x.poly, symbol)
        second, poly = self.derived(poly, symbol)
        names = dict(zip((i for a in second for i in a), (i for a in first for i in a), strict=True))
        return self.valued(scalar(multiply(rename(poly, names), ONE, tuple(i for a in first for i in a))), symbol, term.args[0])

    def bound_divergence(self, term: Bound) -> Tensor:
        symbol, x = self.body(term)
        found, poly = self.derived(x.poly, symbol)
        places = tuple(i for a in found for i in a)
        if [i.range for i in places] != [i.range for i in x.live]:
            raise Unsupported("the divergence of a field of another dimension")
        return self.valued(
            scalar(multiply(rename(poly, dict(zip(x.live, places, strict=True))), ONE, places)), symbol, term.args[0]
        )


def _vectorised(found: tuple[Axis, ...]) -> Axis:
    """The places of an array as one axis, column after column."""
    return tuple(i for a in reversed(found) for i in a)


def _whole(p: Poly) -> bool:
    """Whether an expression of sizes is surely a whole number."""
    return all(
        Fraction(c).denominator == 1
        and all(isinstance(g, Place) or isinstance(g, Entry) and g.symbol.kind == "integer" and e > 0 for g, e in m.powers)
        for m, c in p.terms
    )


def full(t: Tensor) -> tuple[Axis, Axis]:
    """Rows and columns, a vector standing upright."""
    if not t.axes:
        return (), ()
    return (t.axes[0], ()) if len(t.axes) == 1 else (t.axes[0], t.axes[1])


def onto(t: Tensor, target: tuple[Axis, ...]) -> Tensor:
    """The tensor with its axes renamed to those of another of the same shape."""
    mine, other = [a for a in t.axes if a], [a for a in target if a]
    if [[i.range for i in a] for a in mine] != [[i.range for i in a] for a in other]:
        raise Unsupported("sizes that are not the same expression")
    return Tensor(target, rename(t.poly, dict(zip(t.live, (i for a in other for i in a), strict=True))))


def times(x: Tensor, y: Tensor) -> Tensor:
    """The matrix product; a scalar multiplies everything."""
    if not x.axes or not y.axes:
        return Tensor(x.axes or y.axes, multiply(x.poly, y.poly))
    y = fresh_axes(y)
    (m, n), (k, p) = full(x), full(y)
    if [i.range for i in n] != [i.range for i in k]:
        raise Unsupported("sizes that are not the same expression")
    poly = multiply(x.poly, rename(y.poly, dict(zip(k, n, strict=True))), n)
    if len(x.axes) == 2 and len(y.axes) == 1:
        return Tensor((m,) if m else (), poly)
    return Tensor((m, p), poly)


def identity(t: Tensor) -> Tensor:
    """The identity matrix of the size of a square matrix."""
    rows, _ = full(t)
    columns = tuple(i.fresh() for i in rows)
    return Tensor((rows, columns), product([single(Delta(i, j)) for i, j in zip(rows, columns, strict=True)]))


def count(t: Tensor) -> Poly:
    """One over the number of entries."""
    return power(product(map(size, t.live)), -1)


def softened(x: Tensor, along: Axis) -> Poly:
    """The exponentials of the entries over their sum along an axis."""
    poly = f.call("exp", x.poly)
    other = fresh_axes(Tensor((along,), poly))
    return multiply(poly, power(multiply(other.poly, ONE, other.live), -1))


_NAMES = (
    "add sub neg mul div pow emul ediv epow transpose index inv det logdet tr dot norm outer kron vec diag eye ones zeros onehot sum prod mean softmax "
    "rowsoftmax logsumexp indicator delta piecewise apply"
).split()
_RULES: dict[str, Callable[..., Tensor]] = {name: getattr(Reader, name) for name in _NAMES}
_RULES |= {"trace": Reader.tr, "max": Reader.largest, "min": Reader.smallest, "hadamard": Reader.emul}
_BINDERS: dict[str, Callable[..., Tensor]] = {
    name: getattr(Reader, f"bound_{name}")
    for name in ("sum", "prod", "diff", "grad", "jacobian", "hessian", "laplacian", "divergence")
}
