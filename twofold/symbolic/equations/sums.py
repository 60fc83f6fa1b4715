"""Sums of symbolic length: what does not depend on the index comes out, so that a statement about them is polynomial in a few sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from twofold.grammar.term import App, Bound, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.equations.bounds import Interval
from twofold.symbolic.equations.formula import Fact
from twofold.symbolic.equations.ring import Generator, Ratio, rational, used

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

INDEX = Symbol("_", "integer")
"""The index of every such sum, so that equal sums are the same whatever their index is called."""

_MOST_TERMS, _HIGHEST = 40, 4
_TOTAL = frozenset("exp sin cos tanh sinh cosh atan asinh sigmoid softplus relu abs erf Phi phi".split())

Factors: TypeAlias = "frozenset[tuple[Term, int]]"
"""What depends on the index, with exponents."""

_NONE: Factors = frozenset()


def split(r: Reading, t: Bound) -> Ratio | None:
    """A sum over 1..n, n a size or a positive integer, as a linear combination of sums of products; None for other sums.

    A factor that may be undefined for some index is a fact of its own, the same in every sum that it stands in. The range is not
    empty, so what stands outside of the sums is needed wherever it stood inside.
    """
    low, high = t.args
    if low != num(1) or not isinstance(high, Var) or not _counts(high.symbol):
        return None
    k = var(INDEX)
    body = substitute(t.body, {t.symbols[0]: k})
    try:
        parts = _polynomial(r, body)
    except _TooLong:
        return None
    for f in {f for factors in parts for f, _ in factors}:
        if not _total(f, high):
            r.conditions.append(Fact(("defined", "each", f, high.symbol)))
    out = rational(0)
    for factors, coefficient in parts.items():
        out = out + coefficient * (_kernel(r, factors, high) if factors else r.scalar(high))
    return out


def of_entries(r: Reading, t: App) -> Ratio | None:
    """sum(v) and mean(v) for a vector of symbolic length."""
    v = t.args[0]
    if len(t.args) != 1 or len(v.shape) != 1 or not isinstance(v.shape[0], Var) or not isinstance(v, Var):
        return None
    s = Symbol("_i", "integer")
    total = split(r, Bound("sum", (s,), App("index", (v, var(s))), (num(1), v.shape[0])))
    if total is None or t.op == "sum":
        return total
    return total / r.scalar(v.shape[0])


def _counts(s: Symbol) -> bool:
    """Whether a name is an integer of at least 1."""
    if s.size:
        return True
    low = s.lower.value if isinstance(s.lower, Num) else None
    return s.kind == "integer" and low is not None and (low > 0 or (low == 0 and s.open_lower))


class _TooLong(Exception):
    """More terms than are worth taking apart."""


def _polynomial(r: Reading, t: Term) -> dict[Factors, Ratio]:
    """The term as a polynomial in factors that depend on the index."""
    if INDEX not in free_symbols(t):
        return {_NONE: r.scalar(t)}
    if isinstance(t, App) and not t.shape and not any(a.shape for a in t.args):
        if t.op in ("add", "sub"):
            parts = [_polynomial(r, a) for a in t.args]
            return _sum([parts[0], _scaled(parts[1], rational(-1))] if t.op == "sub" else parts)
        if t.op == "neg":
            return _scaled(_polynomial(r, t.args[0]), rational(-1))
        if t.op == "mul":
            out: dict[Factors, Ratio] = {_NONE: rational(1)}
            for a in t.args:
                out = _product(out, _polynomial(r, a))
            return out
        if t.op == "div":
            below = t.args[1]
            if INDEX not in free_symbols(below):
                return _scaled(_polynomial(r, t.args[0]), r.scalar(App("div", (num(1), below))))
            return _product(_polynomial(r, t.args[0]), {frozenset([(App("div", (num(1), below)), 1)]): rational(1)})
        if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value in range(1, _HIGHEST + 1):
            base, made = _polynomial(r, t.args[0]), {_NONE: rational(1)}
            for _ in range(int(t.args[1].value)):
                made = _product(made, base)
            return made
    return {frozenset([(t, 1)]): rational(1)}


def _sum(parts: list[dict[Factors, Ratio]]) -> dict[Factors, Ratio]:
    """Terms stay where their coefficients cancel: what they need to be defined does."""
    out: dict[Factors, Ratio] = {}
    for p in parts:
        for factors, c in p.items():
            out[factors] = out[factors] + c if factors in out else c
    if len(out) > _MOST_TERMS:
        raise _TooLong
    return out


def _scaled(p: dict[Factors, Ratio], c: Ratio) -> dict[Factors, Ratio]:
    return {factors: c * x for factors, x in p.items()}


def _product(p: dict[Factors, Ratio], q: dict[Factors, Ratio]) -> dict[Factors, Ratio]:
    return _sum([{_times(a, b): x * y} for a, x in p.items() for b, y in q.items()])


def _times(a: Factors, b: Factors) -> Factors:
    powers = dict(a)
    for f, e in b:
        powers[f] = powers.get(f, 0) + e
    return frozenset(powers.items())


def _kernel(r: Reading, factors: Factors, high: Var) -> Ratio:
    """The sum of a product of factors as a generator, with its sign where that is plain."""
    key = ("total", factors, high.symbol)
    inside: set[int] = set()
    for f, _ in factors:
        for s in free_symbols(f):
            if s is not INDEX and not s.shape and s.kind in ("real", "integer") and s.law is None:
                inside.add(used(r.symbol(var(s)).top)[0])
    new = key not in r.ring.keys
    body: Term | None = None
    for f, e in factors:
        part = f if e == 1 else App("pow", (f, num(e)))
        body = part if body is None else App("mul", (body, part))
    assert body is not None
    made = r.ring.gen(key, Generator("opaque", Bound("sum", (INDEX,), body, (num(1), high)), inside=frozenset(inside)))
    if new and all(e % 2 == 0 or _positive(f) for f, e in factors):
        positive = all(_positive(f) for f, _ in factors)
        r.bounds.narrow(r.ring.keys[key], Interval(low=0, low_in=not positive))
    return made


def _entry(t: Term) -> Symbol | None:
    """The vector of which a term is the entry at the index."""
    if isinstance(t, App) and t.op == "index" and len(t.args) == 2 and t.args[1] == var(INDEX) and isinstance(t.args[0], Var):
        return t.args[0].symbol
    return None


def _positive(t: Term) -> bool:
    """Whether a factor is positive for every index, wherever it is defined."""
    s = _entry(t)
    if s is not None:
        return "positive" in s.properties
    if isinstance(t, App) and t.op == "div":
        return t.args[0] == num(1) and _positive(t.args[1])
    return isinstance(t, App) and t.op in ("exp", "sqrt") and (t.op == "exp" or _positive(t.args[0]))


def _total(t: Term, high: Var) -> bool:
    """Whether a factor has a value for every index from 1 to the end."""
    s = _entry(t)
    if s is not None:
        return s.shape == (high,)
    if isinstance(t, (Num, Var)):
        return True
    if not isinstance(t, App) or t.shape or any(a.shape for a in t.args):
        return False
    if t.op in ("log", "sqrt", "div") or (t.op == "pow" and not isinstance(t.args[1], Num)):
        base = t.args[1] if t.op == "div" else t.args[0]
        return _positive(base) and all(_total(a, high) for a in t.args)
    if t.op == "pow" and isinstance(t.args[1], Num) and (t.args[1].value.denominator != 1 or t.args[1].value < 0):
        return _positive(t.args[0]) and _total(t.args[0], high)
    return t.op in _TOTAL | {"add", "sub", "mul", "neg", "pow"} and all(_total(a, high) for a in t.args)
