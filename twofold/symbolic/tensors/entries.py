"""Index expressions written entry by entry: sums over indices of products of entries."""

from __future__ import annotations

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import App, Const, Symbol, Term, num, var
from twofold.symbolic.tensors.factoring import times
from twofold.symbolic.tensors.node import Call, Delta, Entry, Factor, Index, Monomial, Place, Poly, Slot, Tensor
from twofold.symbolic.tensors.pieces import NoNotation
from twofold.symbolic.tensors.renaming import at

LETTERS = "ijklpqrst"


class Entries:
    """Writes scalars in which indices are names."""

    def __init__(self) -> None:
        self.names: dict[Index, Symbol] = {}

    def name(self, i: Index) -> Symbol:
        """The symbol of an index, made when first asked for."""
        if i not in self.names:
            k = len(self.names)
            text = LETTERS[k % len(LETTERS)] + (f"_{k // len(LETTERS)}" if k >= len(LETTERS) else "")
            self.names[i] = Symbol(text, "integer", lower=self.poly(i.lower), upper=self.poly(i.upper))
        return self.names[i]

    def function(self, t: Tensor) -> Term:
        """The entries as a function of their indices, in the order of the axes; a scalar as it is."""
        if not t.live:
            return self.poly(t.poly)
        symbols = tuple(map(self.name, t.live))
        return bound("lambda", symbols, self.poly(t.poly))

    def poly(self, p: Poly) -> Term:
        """A polynomial."""
        out: Term | None = None
        for m, c in sorted(p.terms, key=lambda x: x[1] < 0):
            body = times(abs(c), (), (self.monomial(m),) if m.powers else ())
            out = (body if c > 0 else app("neg", body)) if out is None else app("add" if c > 0 else "sub", out, body)
        return num(0) if out is None else out

    def monomial(self, m: Monomial) -> Term:
        """A product summed over its indices, without its coefficient."""
        for i in m.bound:
            self.name(i)
        out = times(1, [(self.factor(f), e) for f, e in m.powers])
        for i in m.bound:
            out = bound("sum", (self.name(i),), out, self.poly(i.lower), self.poly(i.upper))
        return out

    def slot(self, s: Slot) -> Term:
        return var(self.name(s)) if isinstance(s, Index) else self.poly(s)

    def factor(self, f: Factor) -> Term:
        """A factor at its places."""
        if isinstance(f, Place):
            return var(self.name(f.index))
        if isinstance(f, Delta):
            return app("delta", self.slot(f.slots[0]), self.slot(f.slots[1]))
        if isinstance(f, Entry):
            return self.entry(f)
        assert isinstance(f, Call)
        if f.op == "group":
            return self.poly(f.inner)
        if f.op == "let":
            return self.poly(at(f.arguments[0], f.slots))
        if f.op == "prod":
            (i,) = f.arguments[0].live
            return bound("prod", (self.name(i),), self.poly(f.arguments[0].poly), self.poly(i.lower), self.poly(i.upper))
        if f.op.startswith("apply"):
            return self.applied(f)
        if f.op == "pi":
            return Const("pi")
        if any(t.axes for t in f.arguments) or f.slots:
            if any(t.indices for t in f.arguments):
                raise NoNotation
            from twofold.symbolic.tensors.write import Writer

            value = Writer().explicit(f) if f.op.startswith("array") else app(f.op, *map(Writer().tensor, f.arguments))
            return app("index", value, *map(self.slot, f.slots)) if f.slots else value
        from twofold.symbolic.tensors.write import function

        return function(f.op, [self.poly(t.poly) for t in f.arguments])

    def entry(self, f: Entry) -> Term:
        """An entry of a symbol, dimensions of size 1 counted."""
        slots = list(f.slots)
        if not f.symbol.shape:
            return var(f.symbol)
        places = [num(1) if d == 1 else self.slot(slots.pop(0)) for d in f.symbol.shape]
        return app("index", var(f.symbol), *places)

    def applied(self, f: Call) -> Term:
        head = f.arguments[0].poly.terms[0][0].powers[0][0]
        assert isinstance(head, Entry)
        order = int(f.op.partition(":")[2] or 0)
        arguments = [self.poly(t.poly) for t in f.arguments[1:]]
        if not order:
            return App("apply", (var(head.symbol), *arguments), ())
        t = Symbol("t")
        return bound("diff", (t,), App("apply", (var(head.symbol), var(t)), ()), arguments[0], num(order))
