"""Terms as index expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import ALL, App, Array, Bound, Const, Num, Shape, Symbol, Term, Var
from twofold.symbolic.tensors import aggregates, binders, matrices
from twofold.symbolic.tensors import functions as f
from twofold.symbolic.tensors.algebra import add, as_slot, multiply, negative, product, subtract
from twofold.symbolic.tensors.arrangement import full, identity, onto, times
from twofold.symbolic.tensors.inverse import inverse
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Axis,
    Call,
    Entry,
    Factor,
    Index,
    Place,
    Poly,
    Slot,
    Tensor,
    Unsupported,
    constant,
    scalar,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import fresh_axes, rename
from twofold.symbolic.tensors.sizes import axes, dimension
from twofold.symbolic.tensors.symbols import of_symbol

OPAQUE = frozenset("logm sqrtm pinv adjugate rank cond expm".split())
"""Functions of whole matrices about which nothing more is known here than that they are functions."""


class Reader:
    """Reads terms. `values` are the tensors and indices that bound symbols stand for; `strict` as in `differential`.

    With `whole`, sums are kept together (`let`) instead of being multiplied out.
    """

    def __init__(self, values: Mapping[Symbol, Tensor | Index] | None = None, strict: bool = False, whole: bool = False) -> None:
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
        if self.whole and isinstance(term, App) and term.op in ("add", "sub"):
            made = _together(made)
        self.done[id(term)] = (term, made)
        return made

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
            rule: Callable[..., Tensor] | None = binders.RULES.get(term.op)
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

    def inside(self, values: Mapping[Symbol, Tensor | Index]) -> Reader:
        """A reader that knows more symbols."""
        return Reader({**self.values, **values}, self.strict, self.whole)


def _is_size(g: Factor) -> bool:
    return isinstance(g, Entry) and g.symbol.kind == "integer" and not g.slots


def _together(t: Tensor) -> Tensor:
    """The same entries as one factor, where they are a sum (of more than sizes)."""
    if len(t.poly.terms) < 2 or t.indices or not t.axes and all(_is_size(g) for m, _ in t.poly.terms for g, _ in m.powers):
        return t
    outer = fresh_axes(t)
    return Tensor(outer.axes, single(Call("let", (t,), outer.live)))


_OWN = "add sub neg mul div pow emul ediv epow transpose index apply".split()
_RULES: dict[str, Callable[..., Tensor]] = {
    **{name: getattr(Reader, name) for name in _OWN}, "hadamard": Reader.emul, **matrices.RULES, **aggregates.RULES,
}  # fmt: skip
