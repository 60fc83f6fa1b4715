"""Operations that are other operations in disguise: fields, lengths of curves, transforms, Taylor polynomials, roots."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flint import acb, ctx, fmpq, fmpq_poly

from twofold.grammar.term import (
    MINUS_OO,
    MISSING,
    OO,
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    var,
)
from twofold.numeric.containers import flat, total
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved
from twofold.numeric.series import Series, aligned, new_tag

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def _moved(body: Term, variable: Term) -> tuple[Symbol, Term]:
    """A body with a fresh symbol for its variable."""
    if not isinstance(variable, Var):
        raise CannotEvaluate("an operation by something that is not a variable")
    fresh = copy_symbol(variable.symbol, law=None)
    return fresh, substitute(body, {variable.symbol: var(fresh)})


def _partial(body: Term, variable: Term) -> Term:
    fresh, moved = _moved(body, variable)
    return Bound("diff", (fresh,), moved, (variable, num(1)))


def _names(t: Term) -> list[Term]:
    if isinstance(t, Array):
        return [x for r in t.rows for x in r]
    if isinstance(t, App) and t.op == "tuple":
        return list(t.args)
    if t.shape:
        raise CannotEvaluate("an operation by the entries of a vector of unknown size")
    return [t]


def _directional(e: Evaluator, t: App) -> Value:
    """The gradient times the direction, normalised; at a point, where one is given."""
    m = e.arithmetic
    if len(t.args) > 3:
        places = [App("index", (t.args[3], num(k + 1))) if t.args[3].shape else t.args[3] for k in range(len(_names(t.args[1])))]
        values = {n.symbol: e.value(p) for n, p in zip(_names(t.args[1]), places, strict=True) if isinstance(n, Var)}
        if len(values) < len(places):
            raise CannotEvaluate("a point whose coordinates have no names")
        direction = {n.symbol for n in _names(t.args[1]) if isinstance(n, Var)} & set(free_symbols(t.args[2]))
        if direction:
            raise CannotEvaluate("a direction that depends on the place")
        return e.inner(values).value(App("directional", t.args[:3]))
    direction = flat(e.value(t.args[2]))
    point = t.args[1]
    if isinstance(point, Var) and point.shape:
        fresh, moved = _moved(t.args[0], point)
        slopes = flat(e.value(Bound("grad", (fresh,), moved, (point,), shape=point.shape)))
    else:
        slopes = [e.value(_partial(t.args[0], x)) for x in _names(point)]
    size = m.call("sqrt", [total(m, [m.mul(d, d) for d in direction])])
    return m.div(total(m, [m.mul(s, d) for s, d in zip(slopes, direction, strict=True)]), size)


def _curl(e: Evaluator, t: App) -> Value:
    field, names = t.args[0], _names(t.args[1])
    parts = _names(field) if isinstance(field, Array) else [App("index", (field, num(k))) for k in (1, 2, 3)]
    if len(parts) != 3 or len(names) != 3:
        raise Undefined("curl outside three dimensions")

    def d(i: int, j: int) -> Value:
        return e.value(_partial(parts[i], names[j]))

    m = e.arithmetic
    return tuple(m.sub(d(k, j), d(j, k)) for j, k in ((1, 2), (2, 0), (0, 1)))


def _range(t: Term) -> tuple[Symbol, Term, Term]:
    """`x = a..b` as an argument."""
    if (
        isinstance(t, App)
        and t.op == "eq"
        and isinstance(t.args[0], Var)
        and isinstance(t.args[1], App)
        and t.args[1].op == "range"
    ):
        return t.args[0].symbol, *t.args[1].args  # type: ignore[return-value]
    raise CannotEvaluate("a range is needed here")


def _arclength(e: Evaluator, t: App) -> Value:
    symbol, low, high = _range(t.args[1])
    fresh = copy_symbol(symbol, law=None)
    parts = _names(t.args[0])
    slopes = [Bound("diff", (symbol,), p, (var(fresh), num(1))) for p in parts]
    squares: Term = num(1) if len(parts) == 1 else num(0)
    for s in slopes:
        squares = App("add", (squares, App("pow", (s, num(2)))))
    return e.value(Bound("integrate", (fresh,), App("sqrt", (squares,)), (low, high)))


def _volume(e: Evaluator, t: App) -> Value:
    """Discs, or shells about the other axis; regions on one side of the axis only."""
    graphs, symbol, ends, other = _solid(t)
    x = var(symbol)
    if other or len(graphs) > 1:
        low, high = (e.value(a) for a in ends)
        if not other or not _of_one_sign(e, low, high):
            raise CannotEvaluate("a solid whose region may lie on both sides of the axis")
    height = graphs[0] if len(graphs) == 1 else App("sub", tuple(graphs))
    body = App("mul", (App("abs", (x,)), App("abs", (height,)))) if other else App("mul", (height, height))
    factor = num(2) if other else num(1)
    return _turned(e, factor, symbol, body, ends)


def _of_one_sign(e: Evaluator, low: Value, high: Value) -> bool:
    m = e.arithmetic
    return any(
        _certain(m.compare("ge", a, m.zero)) and _certain(m.compare("ge", b, m.zero))
        for a, b in ((low, high), (m.sub(m.zero, low), m.sub(m.zero, high)))
    )


def _certain(v: Value) -> bool:
    return bool(v is True or v is not False and getattr(v, "size", 0) and bool((v == 1).all()))


def _surface_area(e: Evaluator, t: App) -> Value:
    """Bands about the first axis, or about the other."""
    graphs, symbol, ends, other = _solid(t)
    if len(graphs) != 1:
        raise CannotEvaluate("a surface of several graphs")
    inner = copy_symbol(symbol, law=None)
    parts = _names(graphs[0]) if graphs[0].shape else [var(symbol), graphs[0]]
    slopes = [Bound("diff", (inner,), substitute(p, {symbol: var(inner)}), (var(symbol), num(1))) for p in parts]
    squares: Term = num(0)
    for s in slopes:
        squares = App("add", (squares, App("pow", (s, num(2)))))
    body = App("mul", (App("abs", (parts[0 if other else 1],)), App("sqrt", (squares,))))
    return _turned(e, num(2), symbol, body, ends)


def _solid(t: App) -> tuple[list[Term], Symbol, tuple[Term, Term], bool]:
    """Graphs, variable, ends, and whether the other axis is meant."""
    for k, a in enumerate(t.args):
        if isinstance(a, App) and a.op == "eq":
            symbol, low, high = _range(a)
            other = any(isinstance(b, Var) and b.symbol.name != symbol.name for b in t.args[k + 1 :])
            return list(t.args[:k]), symbol, (low, high), other
    raise CannotEvaluate("a range is needed here")


def _turned(e: Evaluator, factor: Term, symbol: Symbol, body: Term, ends: tuple[Term, Term]) -> Value:
    fresh = copy_symbol(symbol, law=None)
    integral = Bound("integrate", (fresh,), substitute(body, {symbol: var(fresh)}), ends)
    return e.value(App("mul", (App("mul", (factor, Const("pi"))), integral)))


def _substitute(e: Evaluator, t: App) -> Value:
    """Values for names; parts that are no names are left to the exact route."""
    values: dict[Symbol, Term] = {}
    for b in (x for a in t.args[1:] for x in (a.args if isinstance(a, App) and a.op in ("set", "tuple", "and") else (a,))):
        if not (isinstance(b, App) and b.op == "eq" and isinstance(b.args[0], Var)):
            raise CannotEvaluate("a substitution for something that is not a name")
        values[b.args[0].symbol] = b.args[1]
    return e.value(substitute(t.args[0], values))


def _changed(e: Evaluator, t: App) -> Value:
    """The integral in the old variable."""
    if len(t.args) != 3:
        raise CannotEvaluate("a change of several variables")
    symbol, low, high = _range(t.args[1])
    fresh = copy_symbol(symbol, law=None)
    return e.value(Bound("integrate", (fresh,), substitute(t.args[0], {symbol: var(fresh)}), (low, high)))


def _laplace(e: Evaluator, t: App) -> Value:
    """The integral of f exp(-s t) over t = 0..oo, where it converges."""
    fresh, body = _moved(t.args[0], t.args[1])
    decay = App("exp", (App("neg", (App("mul", (t.args[2], var(fresh))),)),))
    return e.value(Bound("integrate", (fresh,), App("mul", (body, decay)), (num(0), OO)))


def _fourier(e: Evaluator, t: App) -> Value:
    """The integral of f exp(-im w t) over all t, by its real and imaginary parts for a real f."""
    fresh, body = _moved(t.args[0], t.args[1])
    angle = App("mul", (t.args[2], var(fresh)))
    ends = (MINUS_OO, OO)
    parts = [e.value(Bound("integrate", (fresh,), App("mul", (body, App(f, (angle,)))), ends)) for f in ("cos", "sin")]
    return e.arithmetic.sub(parts[0], e.arithmetic.mul(e.arithmetic.constant("im"), parts[1]))


def _taylor(e: Evaluator, t: App) -> Value:
    """The Taylor polynomial of an order (5) around a point (0), at the value of the variable."""
    m = e.arithmetic
    given = [a if a != MISSING else None for a in t.args[1:]] + [None] * 3
    variable, centre, order = given[:3]
    if isinstance(variable, App) and variable.op == "eq":
        variable, centre, order = variable.args[0], variable.args[1], given[1] or given[2]
    n = 5 if order is None else m.integer(e.value(order))
    if not isinstance(variable, Var) or not 0 <= n <= 60:
        raise CannotEvaluate("a Taylor polynomial that is not understood")
    at, tag = (m.zero if centre is None else e.value(centre)), new_tag()
    try:
        moved = e.inner({variable.symbol: Series(tag, (at, m.one, *(m.zero,) * max(0, n - 1)))}).value(t.args[0])
    except Undefined:
        raise CannotEvaluate("a Taylor polynomial at a point where the function is not defined by its formula") from None
    step = m.sub(e.value(variable), at)
    out: Value = m.zero
    for c in reversed(aligned(moved, tag, max(1, n), m.zero)[: n + 1]):
        out = m.add(m.mul(out, step), c)
    return out


def _root_of(e: Evaluator, t: App) -> Value:
    """The k-th root of a rational polynomial: the real ones first, ascending, then the others by their real parts, of a pair the
    one with the negative imaginary part first."""
    f = t.args[0]
    if not isinstance(f, Bound) or f.op != "lambda" or len(f.symbols) != 1:
        raise CannotEvaluate("a root of something that is not a polynomial")
    k = e.arithmetic.integer(e.value(t.args[1]))
    if isinstance(e.arithmetic, Doubles):
        import flint

        from twofold.numeric.balls import Balls

        with flint.ctx.workprec(80):
            root = acb(_root(e.over(Balls("complex"), {}), f, k))
        return e.arithmetic.dtype(
            complex(root) if e.arithmetic.reading == "complex" else float(root.real) if root.imag.is_zero() else float("nan")
        )
    return _root(e, f, k)


@lru_cache(maxsize=64)
def _all_roots(coefficients: tuple[tuple[int, int], ...], precision: int) -> list[Any]:
    """The complex roots of a rational polynomial as balls, each as often as its multiplicity."""
    return [acb(z) for z, n in fmpq_poly([fmpq(p, q) for p, q in coefficients]).complex_roots() for _ in range(n)]


def _degree(t: Term, x: Symbol) -> int:
    """A bound of the degree of a polynomial, by how it is written; a large number for what is none."""
    if isinstance(t, Var):
        return int(t.symbol is x)
    if not isinstance(t, App):
        return 0 if not isinstance(t, Bound) else 99
    if t.op in ("add", "sub", "neg"):
        return max(_degree(a, x) for a in t.args)
    if t.op in ("mul", "div"):
        return sum(_degree(a, x) for a in t.args)
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1:
        return _degree(t.args[0], x) * abs(int(t.args[1].value))
    return 99


_ROWS: dict[int, tuple[Bound, tuple[tuple[int, int], ...]]] = {}
_MOST_ROWS = 32


def _coefficients(e: Evaluator, f: Bound) -> tuple[tuple[int, int], ...]:
    """The coefficients of a rational polynomial, ascending. Those without other names are kept: every root of one asks for them."""
    held = _ROWS.get(id(f))
    if held is not None and held[0] is f:
        return held[1]
    tag = new_tag()
    size = min(_degree(f.body, f.symbols[0]), 62) + 2
    moved = Series(tag, (fmpq(0), fmpq(1), *(fmpq(0),) * (size - 2)))
    row = aligned(e.inner({f.symbols[0]: moved}).value(f.body), tag, size, fmpq(0))
    if any(type(c) is not fmpq for c in row) or row[-1] != 0:
        raise CannotEvaluate("a root of a polynomial that is not rational")
    made = tuple((int(c.p), int(c.q)) for c in row)
    if not free_symbols(f):
        while len(_ROWS) >= _MOST_ROWS:
            del _ROWS[next(iter(_ROWS))]
        # With the term itself, so that what is known by its identity stays its own.
        _ROWS[id(f)] = f, made
    return made


def _root(e: Evaluator, f: Bound, k: int) -> Value:
    found = _all_roots(_coefficients(e, f), ctx.prec)
    real = sorted((z.real for z in found if z.imag.is_zero()), key=lambda x: float(x.mid()))
    if not 1 <= k <= len(found):
        raise Undefined("a root that does not exist")
    if k <= len(real):
        return real[k - 1]
    if e.arithmetic.reading == "real":
        raise Undefined("a root that is not real")
    upper = sorted((z for z in found if z.imag > 0), key=lambda z: float(z.real.mid()))
    if any(not a.real < b.real for a, b in pairwise(upper)):
        # Equal real parts cannot be told from close ones.
        raise (
            Unresolved("the order of roots that are not real")
            if ctx.prec < 500
            else CannotEvaluate("the order of roots that are not real")
        )
    place = k - len(real) - 1
    root = upper[place // 2]
    return root if place % 2 else acb(root.real, -root.imag)


APPLICATIONS = {
    "directional": _directional, "curl": _curl, "arclength": _arclength, "laplace": _laplace, "fourier": _fourier, "taylor": _taylor, "root_of": _root_of,
    "volume": _volume, "surface_area": _surface_area, "substitute": _substitute, "change_variables": _changed,
}  # fmt: skip
