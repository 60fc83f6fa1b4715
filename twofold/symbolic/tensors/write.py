"""Index expressions as terms: in matrix notation where there is one, else entry by entry with sums."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.shapes import app, bound, dim_term
from twofold.grammar.term import ALL, App, Const, Symbol, Term, num, subterms, var, vector
from twofold.grammar.term import matrix as explicit
from twofold.symbolic.tensors.blocks import Blocks
from twofold.symbolic.tensors.entries import Entries
from twofold.symbolic.tensors.factoring import Word, sum_of
from twofold.symbolic.tensors.node import ONE, Call, Delta, Entry, Factor, Index, Monomial, Number, Place, Poly, Slot, Tensor
from twofold.symbolic.tensors.pieces import Letter, Letters, NoNotation, Piece, contract, flipped
from twofold.symbolic.tensors.recognise import merged, norm_of, without_softmax
from twofold.symbolic.tensors.renaming import at


def write(t: Tensor) -> Term:
    """The term of a tensor: a scalar, vector or matrix, or a function of indices where its entries have no matrix notation."""
    try:
        return Writer().tensor(t)
    except NoNotation:
        return Entries().function(t)


class Writer:
    """Writes tensors in matrix notation; raises `NoNotation` for what has none, except for scalars, which are then written with
    sums.
    """

    def tensor(self, t: Tensor) -> Term:
        """The term of a tensor with at most two axes."""
        if len(t.axes) > 2:
            raise NoNotation
        if any(len(a) > 1 for a in t.axes):
            return Blocks(self).tensor(t)
        if not t.live:
            return self.scalar(t.poly)
        rows = t.axes[0]
        columns = t.axes[1] if len(t.axes) == 2 else ()
        if not t.poly.terms:
            return app("zeros", *[self.length(a[0]) if a else num(1) for a in t.axes])
        row = rows[0] if rows else None
        column = columns[0] if columns else None
        if row is None:
            assert column is not None
            return app("transpose", self.tensor(Tensor((columns,), t.poly)))
        return sum_of([self.word(m, c, row, column) for m, c in t.poly.terms])

    def scalar(self, p: Poly) -> Term:
        """The term of a polynomial without free indices."""
        if p.indices:
            raise NoNotation
        if not p.terms:
            return num(0)
        words = []
        for m, c in p.terms:
            try:
                words.append(self.word(m, c, None, None))
            except NoNotation:
                words.append(Word(c, ((Entries().monomial(m), 1),), ()))
        return sum_of(words)

    def vector(self, p: Poly, i: Index) -> Term:
        """The vector whose entries a polynomial gives."""
        return self.tensor(Tensor(((i,),), p))

    def spread(self, p: Poly, ends: tuple[Index, ...]) -> Term:
        """An argument of an entrywise function: a scalar where it depends on no index, else an array over all of them."""
        if not p.indices:
            return self.scalar(p)
        return self.tensor(Tensor(tuple((i,) for i in ends), p))

    def length(self, i: Index) -> Term:
        """The number of places of an index."""
        if i.lower != ONE:
            raise NoNotation
        return self.scalar(i.upper)

    # --- products ---

    def word(self, m: Monomial, c: Number, row: Index | None, column: Index | None) -> Word:
        """A term of a sum: its scalars, and the product of matrices that has these rows and columns."""
        m, soft = without_softmax(m)
        scalars: list[tuple[Term, Number]] = []
        pieces: list[Piece] = []
        for op, poly, ends in soft:
            pieces.append(self.soft(op, poly, ends))
        for f, e in merged(m):
            ends = tuple(sorted(f.indices, key=lambda i: i.serial))
            if not ends:
                scalars.append(self.scalar_factor(f, e))
            elif len(ends) > 2:
                raise NoNotation
            else:
                pieces.append(self.piece(f, e, ends))
        for i in m.bound:
            if i.lower != ONE:
                raise NoNotation
        left, closed = contract(pieces, m.bound, lambda i: app("ones", self.length(i)))
        for t in closed:
            scalars.append((t, 1))
        return Word(c, _collected(scalars), self.chain(left, row, column))

    def chain(self, pieces: list[Piece], row: Index | None, column: Index | None) -> Letters:
        """The pieces left after contraction as one product."""
        if row is None:
            if pieces:
                raise NoNotation
            return ()
        if column is None:
            if not pieces:
                return (Letter(app("ones", self.length(row))),)
            if len(pieces) != 1 or pieces[0].ends != (row,):
                raise NoNotation
            return pieces[0].letters
        whole = [p for p in pieces if p.column is not None]
        if len(pieces) == 1 and whole and set(whole[0].ends) == {row, column}:
            return whole[0].standing(row).letters or (Letter(app("eye", self.length(row)), True),)
        if whole or len(pieces) > 2:
            raise NoNotation
        here = {id(p.row): p.letters for p in pieces}
        first = here.get(id(row)) or (Letter(app("ones", self.length(row))),)
        last = here.get(id(column)) or (Letter(app("ones", self.length(column))),)
        return (*first, *flipped(last))

    def soft(self, op: str, poly: Poly, ends: tuple[Index, ...]) -> Piece:
        """A softmax of a vector (one end) or of the rows of a matrix (row and column)."""
        inner = self.tensor(Tensor(tuple((i,) for i in ends), poly))
        return Piece((Letter(app(op, inner)),), ends[0], ends[1] if len(ends) == 2 else None)

    # --- factors ---

    def scalar_factor(self, f: Factor, e: Number) -> tuple[Term, Number]:
        """A factor without indices, as a base and an exponent."""
        if isinstance(f, Entry):
            return (self.partly(var(f.symbol), f.slots) if f.symbol.shape else var(f.symbol)), e
        if isinstance(f, Delta):
            return app("delta", self.place(f.slots[0]), self.place(f.slots[1])), e
        assert isinstance(f, Call)
        if f.op == "group":
            norm = norm_of(f.inner)
            if norm is not None and Fraction(e).denominator == 2:
                return app("norm", self.tensor(norm)), 2 * e
            return self.scalar(f.inner), e
        return self.value(f, ()), e

    def piece(self, f: Factor, e: Number, ends: tuple[Index, ...]) -> Piece:
        """A factor with one or two indices as a vector or matrix."""
        if isinstance(f, Place):
            raise NoNotation
        if isinstance(f, Delta):
            if len(ends) == 2:
                return Piece((), *ends)
            fixed = next(s for s in f.slots if isinstance(s, Poly))
            if fixed.indices:
                raise NoNotation
            return Piece((Letter(app("onehot", self.scalar(fixed), self.length(ends[0]))),), ends[0])
        if isinstance(f, Entry) or (isinstance(f, Call) and f.slots):
            return self.array_piece(f, e)
        assert isinstance(f, Call)
        base = self.spread(f.inner, ends) if f.op == "group" else self.value(f, ends)
        return Piece((Letter(entry_power(base, e)),), ends[0], ends[1] if len(ends) == 2 else None)

    def array_piece(self, f: Entry | Call, e: Number) -> Piece:
        """A symbol, inverse or explicit array at its slots."""
        slots = f.slots
        if any(isinstance(s, Poly) and s.indices for s in slots) or (isinstance(f, Call) and any(t.indices for t in f.arguments)):
            raise NoNotation
        live = [s for s in slots if isinstance(s, Index)]
        symmetric = f.symmetric and len(live) == 2
        base = self.base(f)
        if len(live) < len(slots):
            base = self.partly(base, slots)
        if len(base.shape) == 2 and base.shape[0] == 1:
            base = app("transpose", base)
        letter = Letter(entry_power(base, e), symmetric)
        if isinstance(f, Call) and f.op == "inv" and len(live) == 2 and not symmetric:
            turned = app("inv", self.tensor(Tensor(f.arguments[0].axes[::-1], f.inner)))
            if _nodes(turned) < _nodes(base):
                letter = Letter(entry_power(turned, e), False, True)
        return Piece((letter,), live[0], live[1] if len(live) == 2 else None)

    def base(self, f: Entry | Call) -> Term:
        """The whole array that a factor is an entry of."""
        if isinstance(f, Entry):
            return var(f.symbol)
        if f.op.startswith("array"):
            return self.explicit(f)
        return self.tensor(f.arguments[0]) if f.op == "let" else app(f.op, *map(self.tensor, f.arguments))

    def partly(self, base: Term, slots: tuple[Slot, ...]) -> Term:
        """A row, a column or an entry of an array; dimensions of size 1 have no slot."""
        left = list(slots)
        places = [num(1) if d == 1 else ALL if isinstance(s := left.pop(0), Index) else self.scalar(s) for d in base.shape]
        return app("index", base, *places)

    def explicit(self, f: Call) -> Term:
        dims = [int(d) for d in f.op.split(":")[1:]]
        entries = [self.scalar(t.poly) for t in f.arguments]
        if len(dims) == 1:
            return vector(tuple(entries))
        return explicit(tuple(tuple(entries[k : k + dims[1]]) for k in range(0, len(entries), dims[1])))

    def place(self, s: Slot) -> Term:
        if isinstance(s, Index):
            raise NoNotation
        return self.scalar(s)

    def value(self, f: Call, ends: tuple[Index, ...]) -> Term:
        """A function's value as a scalar (no ends) or entry by entry."""
        if f.op == "let":
            return self.spread(at(f.arguments[0], f.slots), ends)
        if any(t.axes for t in f.arguments) or f.slots:
            if ends:
                raise NoNotation
            if f.slots:
                return self.partly(self.base(f), f.slots)
            if f.op == "det":
                t = f.arguments[0]
                return app("det", min((self.tensor(x) for x in (t, Tensor(t.axes[::-1], t.poly))), key=_nodes))
            return app(f.op, *map(self.tensor, f.arguments))
        if f.op == "pi":
            return Const("pi")
        if f.op.startswith("apply"):
            return self.applied(f, ends)
        arguments = [self.spread(t.poly, ends) if t.poly.indices else self.scalar(t.poly) for t in f.arguments]
        return function(f.op, arguments)

    def applied(self, f: Call, ends: tuple[Index, ...]) -> Term:
        head = f.arguments[0].poly.terms[0][0].powers[0][0]
        assert isinstance(head, Entry)
        order = int(f.op.partition(":")[2] or 0)
        arguments = [self.spread(t.poly, ends) for t in f.arguments[1:]]
        if not order:
            return App("apply", (var(head.symbol), *arguments), arguments[0].shape)
        if ends:
            raise NoNotation
        t = Symbol("t")
        return bound("diff", (t,), App("apply", (var(head.symbol), var(t)), ()), arguments[0], num(order))


def function(op: str, arguments: list[Term]) -> Term:
    """A scalar function of scalars, or of arrays entry by entry, under its name in the language."""
    if op == "exp" and arguments[0] == num(1):
        return Const("e")
    if op == "step":
        return app("heaviside", *arguments)
    if op in ("positive", "zero"):
        (x,) = arguments
        if not x.shape:
            return app("indicator", app("gt" if op == "positive" else "eq", x, num(0)))
        sign = app("sign", x)
        return app("relu", sign) if op == "positive" else app("sub", app("ones", *[_dim(d) for d in x.shape]), app("abs", sign))
    if op == "power":
        return app("pow", *arguments) if not any(a.shape for a in arguments) else app("hadamard_power", *arguments)
    return app(op, *arguments)


def _nodes(t: Term) -> int:
    """How much there is to read."""
    return sum(1 for _ in subterms(t))


def _dim(d: Term | int) -> Term:
    return num(d) if isinstance(d, int) else d


def entry_power(t: Term, e: Number) -> Term:
    """A power of the entries of an array."""
    if e == 1:
        return t
    if e < 0:
        return app("ediv", num(1), entry_power(t, -e))
    if e == Fraction(1, 2):
        return app("sqrt", t)
    if e == int(e) and e <= 4:
        out = t
        for _ in range(int(e) - 1):
            out = app("emul", out, t)
        return out
    return app("hadamard_power", t, num(e))


def _collected(scalars: list[tuple[Term, Number]]) -> tuple[tuple[Term, Number], ...]:
    """Equal bases joined, in the order they came."""
    found: dict[Term, Number] = {}
    for t, e in scalars:
        found[t] = found.get(t, 0) + e
    for t in list(found):
        if isinstance(t, App) and t.op == "sum" and found[t] == 1 and len(t.args[0].shape) == 1:
            length = dim_term(t.args[0].shape[0])
            if found.get(length, 0) < 0:
                found = {app("mean", t.args[0]) if k is t else k: e + (k == length) for k, e in found.items()}
    return tuple((t, e) for t, e in found.items() if e)
