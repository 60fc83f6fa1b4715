"""Terms over arrays of explicit size, entry by entry: afterwards every operation is between scalars."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from twofold.catalogue.index import functions
from twofold.catalogue.shapes import app, full, trim
from twofold.core.registry import resolve
from twofold.grammar.term import (
    ALL,
    App,
    Array,
    Bound,
    Num,
    Shape,
    Symbol,
    Term,
    Var,
    arithmetic_names,
    children,
    num,
    rebuild,
    substitute,
    var,
)
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times, total
from twofold.symbolic.context import Context, NoClosedForm

LONGEST_SUM = 1000


def is_explicit(shape: Shape) -> bool:
    """Whether every dimension is a number."""
    return all(isinstance(d, int) for d in shape)


def rows_of(term: Term) -> list[list[Term]]:
    """The entries of an explicit array row by row; a vector is a column, a scalar one entry."""
    if isinstance(term, Array):
        return [[x] for x in term.rows[0]] if len(term.shape) == 1 else [list(r) for r in term.rows]
    if not term.shape:
        return [[term]]
    raise NoClosedForm("an array of symbolic size has no list of entries")


def array(rows: list[list[Term]]) -> Term:
    """The array with these rows: one entry is a scalar, one column a vector."""
    m, n = len(rows), len(rows[0])
    if n == 1:
        return rows[0][0] if m == 1 else Array((tuple(r[0] for r in rows),), (m,))
    return Array(tuple(map(tuple, rows)), (m, n))


def shaped(rows: list[list[Term]], shape: Shape) -> Term:
    """The array with these rows and exactly this shape."""
    if not shape:
        return rows[0][0]
    if len(shape) == 1:
        flat = [r[0] for r in rows] if len(rows[0]) == 1 else rows[0]
        return Array((tuple(flat),), (len(flat),))
    return Array(tuple(map(tuple, rows)), (len(rows), len(rows[0])))


def symbol_entries(symbol: Symbol) -> Term:
    """A symbol of explicit shape as an array of its entries; what its properties make equal or zero is so."""
    m, n = full(symbol.shape)
    assert isinstance(m, int) and isinstance(n, int)
    base = var(symbol)

    def entry(i: int, j: int) -> Term:
        if "diagonal" in symbol.properties and i != j:
            return num(0)
        if symbol.properties & {"symmetric", "posdef"} and j < i:
            i, j = j, i
        return App("index", (base, num(i + 1)) if len(symbol.shape) == 1 else (base, num(i + 1), num(j + 1)))

    return shaped([[entry(i, j) for j in range(n)] for i in range(m)], symbol.shape)


def explicit(term: Term, context: Context) -> Term:
    """The term with its array operations carried out on entries. Raises `NoClosedForm` where a size is symbolic."""
    return _Explicit(context).go(term)


class _Explicit:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[int, tuple[Term, Term]] = {}

    def go(self, t: Term) -> Term:
        if isinstance(t, Array) and arithmetic_names(t) is not None:
            return t
        key = id(t)
        if key not in self.done:
            self.done[key] = (t, self.one(t))
        return self.done[key][1]

    def one(self, t: Term) -> Term:
        if isinstance(t, Var):
            if not t.shape:
                return t
            if not is_explicit(t.shape):
                raise NoClosedForm(f"{t.symbol.name} has a symbolic size")
            return symbol_entries(t.symbol)
        if isinstance(t, Bound):
            return self.binder(t)
        if isinstance(t, App):
            if t.op == "index" and isinstance(t.args[0], Var):
                if is_explicit(t.args[0].shape) and (any(p == ALL for p in t.args[1:]) or t.args[0].symbol.properties):
                    return self.index(App("index", (symbol_entries(t.args[0].symbol), *t.args[1:]), t.shape))
                return t
            args = tuple(map(self.go, t.args))
            if t.shape or any(a.shape for a in args):
                return self.arrays(App(t.op, args, t.shape, t.sort))
            return App(t.op, args, t.shape, t.sort)
        old = children(t)
        return rebuild(t, tuple(map(self.go, old))) if old else t

    def arrays(self, t: App) -> Term:
        rule = _RULES.get(t.op)
        if rule is not None:
            return rule(self, t)
        spec = functions().get(t.op)
        if spec is None:
            return t
        if spec.exact and not spec.exact.startswith("sympy:"):
            found = resolve(spec.exact)(self.context, *t.args)
            if found == t:
                raise NoClosedForm(f"{t.op} of a symbolic size has no entries")
            return self.go(found)
        if spec.exact.startswith("sympy:") and not t.shape:
            return App(t.op, tuple(x for a in t.args for row in rows_of(a) for x in row))
        if spec.shape == "entrywise" and t.shape:
            return _each(lambda *xs: App(t.op, xs), t)
        if spec.definition:
            from twofold.symbolic.lower import expand_definition

            return self.go(expand_definition(t))
        raise NoClosedForm(f"{t.op} has no rule for arrays")

    def mul(self, t: App) -> Term:
        a, b = t.args
        if not a.shape or not b.shape:
            return _each(times, t)
        left, right = rows_of(a), rows_of(b)
        if len(left) * len(right) > 64 and all(isinstance(x, Num) for r in (*left, *right) for x in r):
            out = _multiplied(left, right)
            return shaped(out, trim(len(out), len(out[0])) if t.shape else ())
        columns = list(zip(*right, strict=True))
        out = [[total(times(x, y) for x, y in zip(r, c, strict=True)) for c in columns] for r in left]
        return shaped(out, trim(len(out), len(out[0])) if t.shape else ())

    def pow(self, t: App) -> Term:
        base, exponent = t.args
        if not isinstance(exponent, Num) or exponent.value.denominator != 1:
            from twofold.symbolic.algebra.functions import power_of_matrix

            return power_of_matrix(base, exponent, self.context)
        n = int(exponent.value)
        if n < 0:
            base, n = self.go(app("inv", base)), -n
        size = len(rows_of(base))
        if n == 0:
            return shaped([[num(int(i == j)) for j in range(size)] for i in range(size)], base.shape)
        out = base
        for _ in range(n - 1):
            out = self.mul(App("mul", (out, base), base.shape))
        return out

    def transpose(self, t: App) -> Term:
        rows = rows_of(t.args[0])
        if not rows:
            return t.args[0]
        return shaped([list(r) for r in zip(*rows, strict=True)], t.shape)

    def index(self, t: App) -> Term:
        base, places = t.args[0], t.args[1:]
        if not isinstance(base, Array):
            return t
        if len(base.shape) == 2 and len(places) == 1:
            places = (num(1), places[0]) if base.shape[0] == 1 else (places[0], num(1))
        rows = rows_of(base)
        spots: list[list[int]] = []
        for p, size in zip((*places, num(1))[:2], (len(rows), len(rows[0])), strict=True):
            if p == ALL:
                spots.append(list(range(size)))
            elif isinstance(p, Num):
                spots.append([int(p.value) - 1])
            else:
                raise NoClosedForm("an index into an explicit array is not a number")
        return shaped([[rows[i][j] for j in spots[1]] for i in spots[0]], t.shape)

    def piecewise(self, t: App) -> Term:
        values = [rows_of(v) for v in t.args[0::2]]
        conditions = t.args[1::2]

        def entry(i: int, j: int) -> Term:
            args: list[Term] = []
            for k, v in enumerate(values):
                args.append(v[i][j])
                args += conditions[k : k + 1]
            return App("piecewise", tuple(args))

        return shaped([[entry(i, j) for j in range(len(values[0][0]))] for i in range(len(values[0]))], t.shape)

    def equal(self, t: App) -> Term:
        left, right = rows_of(t.args[0]), rows_of(t.args[1])
        pairs = [App(t.op, (x, y), (), "truth") for r, s in zip(left, right, strict=True) for x, y in zip(r, s, strict=True)]
        out: Term = pairs[0]
        for p in pairs[1:]:
            out = App("or" if t.op == "ne" else "and", (out, p), (), "truth")
        return out

    def binder(self, t: Bound) -> Term:
        args = tuple(map(self.go, t.args))
        if t.op in ("sum", "prod") and all(isinstance(a, Num) for a in args):
            low, high = (int(a.value) for a in args if isinstance(a, Num))
            if high - low < LONGEST_SUM and (t.shape or _indexes_explicit(t)):
                parts = [self.go(substitute(t.body, {t.symbols[0]: num(k)})) for k in range(low, high + 1)]
                if not parts:
                    zero = num(0 if t.op == "sum" else 1)
                    return zero if not t.shape else _each(lambda x: zero, App("neg", (self.go(t.body),), t.shape))
                out = parts[0]
                for p in parts[1:]:
                    out = (
                        self.arrays(app("add" if t.op == "sum" else "mul", out, p))
                        if out.shape
                        else (plus if t.op == "sum" else times)(out, p)
                    )
                return out
        if any(s.shape for s in t.symbols):
            return t
        body = self.go(t.body)
        if body.shape and t.op in ("sum", "integrate", "antiderivative", "limit", "diff", "bracket"):
            return _each(lambda x: Bound(t.op, t.symbols, x, args, t.side), App("neg", (body,), body.shape))
        return Bound(t.op, t.symbols, body, args, t.side, t.shape, t.sort, span=t.span)


def _multiplied(left: list[list[Term]], right: list[list[Term]]) -> list[list[Term]]:
    """The product of matrices of rational numbers."""
    from flint import fmpq, fmpq_mat

    a, b = (
        fmpq_mat(len(m), len(m[0]), [fmpq(x.value.numerator, x.value.denominator) for r in m for x in r if isinstance(x, Num)])
        for m in (left, right)
    )
    return [[Num(Fraction(int(x.p), int(x.q))) for x in r] for r in (a * b).tolist()]


def _indexes_explicit(t: Bound) -> bool:
    """Whether the body takes an entry of an array of explicit size at the bound index."""
    from twofold.grammar.term import free_symbols, subterms

    return any(
        isinstance(s, App)
        and s.op == "index"
        and is_explicit(s.args[0].shape)
        and any(t.symbols[0] in free_symbols(p) for p in s.args[1:])
        for s in subterms(t.body)
    )


def _each(rule: Callable[..., Term], t: App) -> Term:
    """A scalar rule over the entries of the arguments, scalars fitting everything."""
    grids = [rows_of(a) if a.shape else None for a in t.args]
    if all(g is None for g in grids):
        return rule(*t.args)
    first = next(g for g in grids if g is not None)
    out = [
        [rule(*(g[i][j] if g is not None else a for g, a in zip(grids, t.args, strict=True))) for j in range(len(first[0]))]
        for i in range(len(first))
    ]
    return shaped(out, t.shape)


_RULES: dict[str, Callable[[_Explicit, App], Term]] = {
    "add": lambda s, t: _each(plus, t), "sub": lambda s, t: _each(minus, t), "neg": lambda s, t: _each(negate, t),
    "mul": _Explicit.mul, "div": lambda s, t: _each(over, t), "pow": _Explicit.pow,
    "emul": lambda s, t: _each(times, t), "ediv": lambda s, t: _each(over, t), "epow": lambda s, t: _each(power, t),
    "factorial": lambda s, t: _each(lambda x: App("factorial", (x,)), t),
    "transpose": _Explicit.transpose, "index": _Explicit.index, "piecewise": _Explicit.piecewise,
    "eq": _Explicit.equal, "ne": _Explicit.equal,
    "tuple": lambda s, t: t, "set": lambda s, t: t,
}  # fmt: skip
