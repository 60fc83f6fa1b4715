"""Antiderivatives of sums of x^k*log(x)^n, k rational and n whole: by parts until the logarithm is gone, or an exponential integral is left."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from twofold.grammar.term import App, Symbol, Term, Var, num
from twofold.symbolic.arithmetic import ONE, over, power, times
from twofold.symbolic.primitives.reading import NotRead, depends, rational_number
from twofold.symbolic.primitives.roots import root_power
from twofold.symbolic.primitives.writing import Part, app, content, fraction, total

Sum: TypeAlias = dict[tuple[Fraction, int], Fraction]
_MOST, _HIGHEST = 30, 16


def by_logarithms(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a sum of this kind, `None` for any other term."""
    try:
        read = {key: c for key, c in _read(t, x).items() if c}
    except NotRead:
        return None
    if any(abs(n) > _HIGHEST for _, n in read):
        return None
    v, rows, rest = Var(x), dict[Fraction, dict[int, Fraction]](), list[Part]()
    log = app("log", v)
    for (k, n), c in read.items():
        if k == -1:
            size = app("log", app("abs", v)) if n == 0 else log
            rest.append(
                (c, app("log", app("abs", log)))
                if n == -1
                else (c / (n + 1), power(size, num(n + 1)) if n >= 0 else over(ONE, power(log, num(-n - 1))))
            )
            continue
        while n < -1:
            rows.setdefault(k + 1, {})[n + 1] = rows.get(k + 1, {}).get(n + 1, Fraction(0)) + c / (n + 1)
            c, n = -c * (k + 1) / (n + 1), n + 1
        if n == -1:
            rest.append((c, app("Ei", total([(k + 1, log)]))))
            continue
        while n >= 0:
            row = rows.setdefault(k + 1, {})
            row[n] = row.get(n, Fraction(0)) + c / (k + 1)
            c, n = -c * n / (k + 1), n - 1
            if not c:
                break
    parts: list[Part] = []
    for k, row in sorted(rows.items(), reverse=True):
        inner = [(q, _power(log, n)) for n, q in sorted(row.items(), reverse=True) if q]
        if not inner:
            continue
        shared = content([q for q, _ in inner])
        if all(q < 0 for q, _ in inner):
            shared = -shared
        made = total([(q / shared, p) for q, p in inner])
        parts.append((shared, _joined(v, k, made)))
    return total([*parts, *rest])


def _power(log: Term, n: int) -> Term:
    return over(ONE, power(log, num(-n))) if n < 0 else power(log, num(n))


def _joined(x: Term, k: Fraction, other: Term) -> Term:
    """x^k*other with negative powers below."""
    if k < 0:
        return over(other, root_power(x, -k))
    return times(root_power(x, k), other) if k else other


def _read(t: Term, x: Symbol) -> Sum:
    if isinstance(t, Var) and t.symbol is x:
        return {(Fraction(1), 0): Fraction(1)}
    if not depends(t, x):
        q = rational_number(t)
        if q is None:
            raise NotRead
        return {(Fraction(0), 0): fraction(q)}
    if not isinstance(t, App) or t.shape:
        raise NotRead
    if t.op == "log" and isinstance(t.args[0], Var):
        return {(Fraction(0), 1): Fraction(1)}
    if t.op in ("add", "sub"):
        out = dict(_read(t.args[0], x))
        for key, c in _read(t.args[1], x).items():
            out[key] = out.get(key, Fraction(0)) + (c if t.op == "add" else -c)
        return out
    if t.op == "neg":
        return {key: -c for key, c in _read(t.args[0], x).items()}
    if t.op == "mul":
        return _times(_read(t.args[0], x), _read(t.args[1], x))
    if t.op == "div":
        return _times(_read(t.args[0], x), _raised(_read(t.args[1], x), Fraction(-1)))
    if t.op == "sqrt":
        return _raised(_read(t.args[0], x), Fraction(1, 2))
    if t.op == "pow":
        e = rational_number(t.args[1])
        if e is not None:
            return _raised(_read(t.args[0], x), fraction(e))
    raise NotRead


def _times(a: Sum, b: Sum) -> Sum:
    out: Sum = {}
    for (k, n), c in a.items():
        for (j, m), d in b.items():
            key = k + j, n + m
            out[key] = out.get(key, Fraction(0)) + c * d
    if len(out) > _MOST:
        raise NotRead
    return out


def _raised(a: Sum, e: Fraction) -> Sum:
    """A power: of a sum with a small whole exponent, or of one power of x or of the logarithm."""
    if e.denominator == 1 and 0 <= e <= 12:
        out: Sum = {(Fraction(0), 0): Fraction(1)}
        for _ in range(int(e)):
            out = _times(out, a)
        return out
    if len(a) != 1:
        raise NotRead
    (((k, n), c),) = a.items()
    if not c or e.denominator > 1 and (c != 1 or n or k != 1):
        raise NotRead
    return {(k * e, n * int(e) if n else 0): c ** int(e) if e.denominator == 1 else Fraction(1)}
