"""Matrices of explicit size in normal form: rows of elements."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.index import functions
from twofold.catalogue.shapes import app, full
from twofold.grammar.term import ALL, App, Array, Bound, Symbol, Term, Var, num, substitute, var
from twofold.symbolic.normal.convert import Converter, Outside, rule
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import TooLarge

Rows = list[list[Element]]
_LARGEST = 900


def size(t: Term) -> tuple[int, int]:
    """Rows and columns as numbers. Raises `Outside` where they are symbols."""
    m, n = full(t.shape)
    if not isinstance(m, int) or not isinstance(n, int):
        raise Outside("a matrix of symbolic size")
    if m * n > _LARGEST:
        raise TooLarge("a matrix of this size")
    return m, n


def entries(c: Converter, t: Term) -> Rows:
    """The entries of a term of explicit shape; a scalar is 1 x 1."""
    key = ("rows", t)
    cache = c.__dict__.setdefault("matrices", {})
    if key not in cache:
        cache[key] = _entries(c, t)
    return cache[key]  # type: ignore[no-any-return]


def _entries(c: Converter, t: Term) -> Rows:
    if not t.shape and not (isinstance(t, App) and t.op in ("mul", "transpose") and any(a.shape for a in t.args)):
        return [[c(t)]]
    if t.shape:
        size(t)
    if isinstance(t, Var):
        return symbol_entries(c, t.symbol)
    if isinstance(t, Array):
        rows = [[c(x) for x in row] for row in t.rows]
        return [[x] for x in rows[0]] if len(t.shape) == 1 else rows
    if isinstance(t, Bound):
        return _bound(c, t)
    assert isinstance(t, App)
    made = _OPS.get(t.op)
    if made is not None:
        return made(c, t)
    spec = functions().get(t.op)
    if spec is not None and spec.shape == "entrywise":
        return _entrywise(c, t)
    raise Outside(t.op)


def symbol_entries(c: Converter, s: Symbol) -> Rows:
    """Entries of a declared array, by its properties."""
    m, n = full(s.shape)
    if not isinstance(m, int) or not isinstance(n, int):
        raise Outside("a matrix of symbolic size")
    f = c.field
    zero = f.number(0)
    out = [[zero if "diagonal" in s.properties and i != j else entry(c, s, i + 1, j + 1) for j in range(n)] for i in range(m)]
    if n == 1 and {"probability", "onehot"} & s.properties and m > 1:
        # The last entry is what the others leave.
        out[m - 1][0] = f.sub(f.number(1), f.sum([row[0] for row in out[:-1]]))
    return out


def entry(c: Converter, s: Symbol, i: int, j: int) -> Element:
    """One entry of a declared array as a kernel."""
    if {"symmetric", "posdef"} & s.properties and i > j:
        i, j = j, i
    places = [c.field.number(i).key] if len(s.shape) == 1 else [c.field.number(i).key, c.field.number(j).key]
    return _index_kernel(c, s, places, (i, j))


def _index_kernel(c: Converter, s: Symbol, places: list, at: tuple[int, int] | None = None) -> Element:  # type: ignore[type-arg]
    e = c.opaque("index", [s, *places])
    g = c.field.kernel(("index", s, *places))
    if s.kind == "integer":
        c.integers.add(g)
    c._bounds(g, s)
    if "posdef" in s.properties and at is not None and at[0] == at[1]:
        c.signs.bounds[g] = (num(0).value, True, None, True)
    return e


@rule("index")
def _index(c: Converter, t: App) -> Element:
    base, places = t.args[0], t.args[1:]
    at = [None if p == ALL else c(p).rational() for p in places]
    explicit = all(isinstance(d, int) for d in base.shape)
    if all(p is not None and p.denominator == 1 for p in at):
        whole = [int(p) for p in at if p is not None]
        if isinstance(base, Var) and not explicit:
            return _index_kernel(c, base.symbol, [c.field.number(p).key for p in whole])
        if explicit:
            rows = entries(c, base)
            i, j = (
                (whole[0], 1)
                if len(base.shape) == 1
                else (whole[0], whole[1])
                if len(whole) == 2
                else (1, whole[0])
                if base.shape[0] == 1
                else (whole[0], 1)
            )
            if not (1 <= i <= len(rows) and 1 <= j <= len(rows[0])):
                return c.opaque("index_outside", [("term", t)])
            return rows[i - 1][j - 1]
    if isinstance(base, Var):
        keys = [c(p).key for p in places]
        if {"symmetric", "posdef"} & base.symbol.properties and len(keys) == 2:
            keys = sorted(keys, key=lambda k: sorted(map(str, k[0])))
        return _index_kernel(c, base.symbol, keys)
    return _through(c, base, places)


def _through(c: Converter, base: Term, places: tuple[Term, ...]) -> Element:
    """An entry of an expression, by the entries of its parts."""
    if isinstance(base, App) and base.op in ("add", "sub", "emul", "ediv", "neg"):
        op = {"emul": "mul", "ediv": "div"}.get(base.op, base.op)
        return c(app(op, *(_at(a, places) for a in base.args)))
    if isinstance(base, App) and base.op in ("mul", "div") and len([a for a in base.args if a.shape]) == 1:
        return c(app(base.op, *(_at(a, places) for a in base.args)))
    if isinstance(base, App) and base.op == "transpose" and len(places) == 2:
        return c(_at(base.args[0], (places[1], places[0])))
    if isinstance(base, App) and base.op == "ones":
        return c.field.number(1)
    if isinstance(base, App) and base.op in functions() and functions()[base.op].shape == "entrywise":
        return c(app(base.op, *(_at(a, places) for a in base.args)))
    return c.opaque("entry", [("term", base), *(c(p).key for p in places)])


def _at(a: Term, places: tuple[Term, ...]) -> Term:
    if not a.shape:
        return a
    if len(a.shape) == 1 and len(places) == 2:
        places = places[:1]
    return app("index", a, *places)


# --- operations ----------------------------------------------------------------------------------------------------------------


def _pairwise(name: str) -> Callable[[Converter, App], Rows]:
    def run(c: Converter, t: App) -> Rows:
        m, n = size(t)
        a, b = (entries(c, x) for x in t.args)
        op = getattr(c.field, name)
        return [[op(_spread(a, i, j), _spread(b, i, j)) for j in range(n)] for i in range(m)]

    return run


def _spread(rows: Rows, i: int, j: int) -> Element:
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows[i][j]


def _product(c: Converter, t: App) -> Rows:
    f = c.field
    x, y = t.args
    a, b = entries(c, x), entries(c, y)
    if not x.shape:
        return [[f.mul(a[0][0], v) for v in row] for row in b]
    if not y.shape:
        return [[f.mul(v, b[0][0]) for v in row] for row in a]
    return multiply(c, a, b)


def multiply(c: Converter, a: Rows, b: Rows) -> Rows:
    f = c.field
    return [[f.sum([f.mul(a[i][k], b[k][j]) for k in range(len(b))]) for j in range(len(b[0]))] for i in range(len(a))]


def _quotient(c: Converter, t: App) -> Rows:
    f = c.field
    d = f.inverse(c(t.args[1]))
    return [[f.mul(v, d) for v in row] for row in entries(c, t.args[0])]


def _negative(c: Converter, t: App) -> Rows:
    return [[c.field.neg(v) for v in row] for row in entries(c, t.args[0])]


def _transpose(c: Converter, t: App) -> Rows:
    return [list(r) for r in zip(*entries(c, t.args[0]), strict=True)]


def _power(c: Converter, t: App) -> Rows:
    k = c(t.args[1]).rational()
    if k is None or k.denominator != 1 or abs(k) > 64:
        raise Outside("a matrix power")
    a = entries(c, t.args[0])
    if k < 0:
        a, k = inverse(c, a), -k
    out = _identity(c, len(a))
    for _ in range(int(k)):
        out = multiply(c, out, a)
    return out


def _identity(c: Converter, n: int) -> Rows:
    return [[c.field.number(int(i == j)) for j in range(n)] for i in range(n)]


def inverse(c: Converter, a: Rows) -> Rows:
    """The inverse by cofactors: no choice of a pivot, so it holds wherever the determinant is not zero."""
    f = c.field
    n = len(a)
    if n > 5:
        raise TooLarge("a symbolic inverse of this size")
    d = f.inverse(determinant(c, a))
    if n == 1:
        return [[d]]
    return [
        [
            f.mul(
                d,
                f.mul(
                    f.number((-1) ** (i + j)),
                    determinant(c, [[v for k, v in enumerate(r) if k != i] for m, r in enumerate(a) if m != j]),
                ),
            )
            for j in range(n)
        ]
        for i in range(n)
    ]


def determinant(c: Converter, a: Rows) -> Element:
    """The determinant by expansion over subsets of columns (n 2^n products)."""
    f = c.field
    n = len(a)
    if n > 10:
        raise TooLarge("a symbolic determinant of this size")
    best: dict[int, Element] = {0: f.number(1)}
    for row in a:
        new: dict[int, Element] = {}
        for mask, value in best.items():
            for j in range(n):
                if mask >> j & 1 or not row[j].num:
                    continue
                sign = (-1) ** bin(mask >> (j + 1)).count("1")
                part = f.mul(value, row[j]) if sign > 0 else f.neg(f.mul(value, row[j]))
                key = mask | 1 << j
                new[key] = f.add(new[key], part) if key in new else part
        best = new
    return best.get((1 << n) - 1, f.number(0))


def _inverse(c: Converter, t: App) -> Rows:
    return inverse(c, entries(c, t.args[0]))


def _entrywise(c: Converter, t: App) -> Rows:
    m, n = size(t)
    return [[c(app(t.op, *(_pick(c, a, i, j) for a in t.args))) for j in range(1, n + 1)] for i in range(1, m + 1)]


def _pick(c: Converter, a: Term, i: int, j: int) -> Term:
    if not a.shape:
        return a
    if isinstance(a, Array):
        return a.rows[0][i - 1] if len(a.shape) == 1 else a.rows[i - 1][j - 1]
    return app("index", a, num(i)) if len(a.shape) == 1 else app("index", a, num(i), num(j))


def _part(c: Converter, t: App) -> Rows:
    rows = entries(c, t.args[0])
    places = list(t.args[1:])
    if len(t.args[0].shape) == 1:
        places.append(num(1))
    picks = []
    for p, n in zip(places, (len(rows), len(rows[0])), strict=True):
        if p == ALL:
            picks.append(range(n))
        else:
            r = c(p).rational()
            if r is None or not 1 <= r <= n:
                raise Outside("an index")
            picks.append(range(int(r) - 1, int(r)))
    return [[rows[i][j] for j in picks[1]] for i in picks[0]]


def _piecewise(c: Converter, t: App) -> Rows:
    m, n = size(t)
    return [
        [c(app("piecewise", *(a if a.sort == "truth" else _pick(c, a, i, j) for a in t.args))) for j in range(1, n + 1)]
        for i in range(1, m + 1)
    ]


def _softmax(c: Converter, t: App) -> Rows:
    f = c.field
    powers = [[c(app("exp", _pick(c, t.args[0], i, 1)))] for i in range(1, size(t)[0] + 1)]
    total = f.inverse(f.sum([r[0] for r in powers]))
    return [[f.mul(r[0], total)] for r in powers]


def _outer(c: Converter, t: App) -> Rows:
    a, b = (entries(c, x) for x in t.args)
    return [[c.field.mul(x[0], y[0]) for y in b] for x in a]


def _diagonal(c: Converter, t: App) -> Rows:
    a = entries(c, t.args[0])
    if len(t.args[0].shape) == 1:
        return [[a[i][0] if i == j else c.field.number(0) for j in range(len(a))] for i in range(len(a))]
    return [[a[i][i]] for i in range(min(len(a), len(a[0])))]


def _constant(value: Callable[[int, int], int]) -> Callable[[Converter, App], Rows]:
    def run(c: Converter, t: App) -> Rows:
        m, n = size(t)
        return [[c.field.number(value(i, j)) for j in range(n)] for i in range(m)]

    return run


def _kron(c: Converter, t: App) -> Rows:
    a, b = (entries(c, x) for x in t.args)
    return [[c.field.mul(x, y) for x in ra for y in rb] for ra in a for rb in b]


def _cross(c: Converter, t: App) -> Rows:
    f = c.field
    a, b = ([r[0] for r in entries(c, x)] for x in t.args)
    return [[f.sub(f.mul(a[(k + 1) % 3], b[(k + 2) % 3]), f.mul(a[(k + 2) % 3], b[(k + 1) % 3]))] for k in range(3)]


def _vec(c: Converter, t: App) -> Rows:
    a = entries(c, t.args[0])
    return [[a[i][j]] for j in range(len(a[0])) for i in range(len(a))]


def _bound(c: Converter, t: Bound) -> Rows:
    from twofold.symbolic.derivative import derivative

    s, body = t.symbols[0], t.body
    if t.op == "diff":
        order = c(t.args[1]).rational()
        if order is None or order.denominator != 1 or not 0 <= order <= 20:
            raise Outside("a derivative of this order")
        m, n = size(t)
        out: Rows = []
        for i in range(1, m + 1):
            row = []
            for j in range(1, n + 1):
                row.append(c(Bound("diff", t.symbols, _pick(c, body, i, j), t.args)))
            out.append(row)
        return out
    if t.op in ("sum", "prod"):
        low, high = c(t.args[0]).rational(), c(t.args[1]).rational()
        if low is None or high is None or t.op == "prod" or high - low > 200:
            raise Outside("a sum of matrices")
        m, n = size(t)
        total = [[c.field.number(0)] * n for _ in range(m)]
        for k in range(int(low), int(high) + 1):
            part = entries(c, substitute(body, {s: num(k)}))
            total = [[c.field.add(x, y) for x, y in zip(a, b, strict=True)] for a, b in zip(total, part, strict=True)]
        return total
    if t.op in ("grad", "jacobian", "hessian"):
        places, array = _unknowns(s)
        spread = substitute(body, {s: array})
        point = entries(c, t.args[0])

        def back(x: Term) -> Element:
            values = {p.symbol: _pick(c, t.args[0], i, j) for (i, j), p in places.items()}
            return c(substitute(x, values))

        del point
        if t.op == "grad":
            m, n = size(t)
            return [[back(derivative(spread, places[i, j].symbol)) for j in range(1, n + 1)] for i in range(1, m + 1)]
        line = [p.symbol for p in places.values()]
        if t.op == "hessian":
            return [[back(derivative(derivative(spread, a), b)) for b in line] for a in line]
        m = size(body)[0]
        parts = [_scalar(c, spread, i) for i in range(1, m + 1)]
        return [[back(derivative(p, a)) for a in line] for p in parts]
    raise Outside(t.op)


def _scalar(c: Converter, body: Term, i: int) -> Term:
    return body if not body.shape else _pick(c, body, i, 1) if len(body.shape) == 1 else app("index", body, num(1), num(i))


def _unknowns(s: Symbol) -> tuple[dict[tuple[int, int], Var], Term]:
    """Independent scalars for the entries of a symbol, and the array of them."""
    m, n = full(s.shape)
    if not isinstance(m, int) or not isinstance(n, int):
        raise Outside("a gradient by an array of symbolic size")
    places = {(i, j): var(Symbol(f"{s.name}_{i}_{j}")) for i in range(1, m + 1) for j in range(1, n + 1)}
    if not s.shape:
        return places, places[1, 1]
    rows = tuple(tuple(places[i, j] for j in range(1, n + 1)) for i in range(1, m + 1))
    return places, Array((tuple(r[0] for r in rows),), s.shape) if len(s.shape) == 1 else Array(rows, s.shape)


_OPS: dict[str, Callable[[Converter, App], Rows]] = {
    "add": _pairwise("add"), "sub": _pairwise("sub"), "emul": _pairwise("mul"), "ediv": _pairwise("div"), "hadamard": _pairwise("mul"),
    "mul": _product, "div": _quotient, "neg": _negative, "transpose": _transpose, "pow": _power, "inv": _inverse, "index": _part,
    "piecewise": _piecewise, "softmax": _softmax, "outer": _outer, "diag": _diagonal, "kron": _kron, "cross": _cross, "vec": _vec,
    "eye": _constant(lambda i, j: int(i == j)), "ones": _constant(lambda i, j: 1), "zeros": _constant(lambda i, j: 0),
}  # fmt: skip

__all__ = ["determinant", "entries", "inverse"]
