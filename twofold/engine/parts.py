"""Equation steps about complex names as steps about their real and imaginary parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.index import functions
from twofold.catalogue.shapes import app
from twofold.core.evidence import Counterexample
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, subterms, var

_ZERO = num(0)
_HIGHEST = 6
_ARITHMETIC = frozenset("add sub mul div neg".split())
_WITH_POLES = frozenset("tan sec csc cot coth csch gamma digamma zeta mod acot acsch".split())


class _NoParts(Exception):
    """A term whose real and imaginary parts are not written down."""


Pair = tuple[Term, Term]
Parts = dict[Symbol, tuple[Symbol, Symbol]]


def in_parts(goal: Goal) -> tuple[Goal, Parts] | None:
    """The goal over the reals, with the two real names of each complex one; None where a part of it cannot be written so."""
    parts: Parts = {}
    try:
        left, right, *facts = (_truth(t, parts) for t in (goal.left, goal.right, *goal.assumptions))
    except _NoParts:
        return None
    return (replace(goal, left=left, right=right, assumptions=tuple(facts), reading="real"), parts)


def rejoined(witness: Counterexample, parts: Parts) -> Counterexample:
    """A counterexample with the complex values put together again."""
    values = dict(witness.values)
    for s, (x, y) in parts.items():
        real, imaginary = values.pop(x.name, "0"), values.pop(y.name, "0")
        imaginary = "0" if imaginary.startswith(("0e-", "-0e-")) else imaginary
        turn = {"1": "im", "-1": "-im"}.get(imaginary, f"({imaginary})*im" if " " in imaginary else f"{imaginary}*im")
        values[s.name] = real if imaginary == "0" else turn if real == "0" else _joined(real, turn)
    return replace(witness, values=values)


def _joined(real: str, turn: str) -> str:
    return f"{real} - {turn[1:]}" if turn.startswith("-") else f"{real} + {turn}"


def _truth(t: Term, parts: Parts) -> Term:
    if isinstance(t, Const):
        return t
    if not isinstance(t, App):
        raise _NoParts
    if t.op in ("and", "or", "not"):
        return app(t.op, *(_truth(a, parts) for a in t.args))
    if t.op not in ("eq", "ne", "lt", "le", "gt", "ge") or any(a.shape or a.sort != "number" for a in t.args):
        raise _NoParts
    (a, b), (c, d) = (_pair(x, parts) for x in t.args)
    if t.op in ("eq", "ne"):
        if b == d == _ZERO:
            return app(t.op, a, c)
        return app("and" if t.op == "eq" else "or", app(t.op, a, c), app(t.op, b, d))
    if b != _ZERO or d != _ZERO:
        raise _NoParts
    return app(t.op, a, c)


def _pair(t: Term, parts: Parts) -> Pair:
    """The real and the imaginary part."""
    if isinstance(t, Num):
        return t, _ZERO
    if isinstance(t, Const):
        return (_ZERO, num(1)) if t.name == "im" else (t, _ZERO)
    if isinstance(t, Var):
        if t.symbol.kind != "complex":
            return t, _ZERO
        if t.symbol not in parts:
            parts[t.symbol] = Symbol(f"{t.symbol.name}_re"), Symbol(f"{t.symbol.name}_im")
        x, y = parts[t.symbol]
        return var(x), var(y)
    if not isinstance(t, App) or t.shape:
        raise _NoParts
    if t.op == "pow":
        return _defined(_power(t, parts), [_pair(t.args[0], parts)])
    p = [_pair(a, parts) for a in t.args]
    if all(y == _ZERO for _, y in p) and _stays_real(t.op):
        return App(t.op, tuple(x for x, _ in p), t.shape, t.sort), _ZERO
    if t.op not in _RULES:
        raise _NoParts
    found = _RULES[t.op](*p)
    return _defined(found, p) if t.op in _DROPPING else found


_DROPPING = frozenset(("mul", "re", "im"))


def _defined(found: Pair, read: list[Pair]) -> Pair:
    """A pair that has values only where all that was read has: im(abs(1/z)) is 0 where z is not, and 0*log(z) too."""
    real, imaginary = found
    for part in (x for p in read for x in p if x != _ZERO):
        if not _needed(part) <= _needed(real) | _needed(imaginary):
            real = _add(real, app("mul", _ZERO, part))
    return real, imaginary


def _needed(t: Term) -> set[Term]:
    """What may leave a real term without a value: denominators, what logarithms and angles are taken of, and any other partial function."""
    out: set[Term] = set()
    for u in subterms(t):
        if not isinstance(u, App) or u.op in _TOTAL or (u.op == "sqrt" and _is_size(u.args[0])):
            continue
        if u.op == "div":
            out.add(u.args[1])
        elif u.op == "log":
            out.add(u.args[0])
        elif u.op == "atan2":
            out.add(_size((u.args[1], u.args[0])))
        elif not (u.op == "pow" and isinstance(u.args[1], Num) and u.args[1].value.denominator == 1 and u.args[1].value > 0):
            out.add(u)
    return out


def _is_size(t: Term) -> bool:
    """Whether a term is a sum of squares."""
    return isinstance(t, App) and ((t.op == "add" and all(map(_is_size, t.args))) or (t.op == "mul" and t.args[0] == t.args[1]))


_TOTAL = frozenset("add sub neg mul abs exp sin cos sinh cosh".split())


def _stays_real(op: str) -> bool:
    """Whether an operation has real values at all real arguments, poles apart: the arctanh of 2 is no real number."""
    spec = functions().get(op)
    return op in _ARITHMETIC or op in _WITH_POLES or (spec is not None and spec.domain == "true" and not spec.complex)


def _power(t: App, parts: Parts) -> Pair:
    exponent = t.args[1]
    n = int(exponent.value) if isinstance(exponent, Num) and exponent.value.denominator == 1 else None
    base = _pair(t.args[0], parts)
    if n is None or abs(n) > _HIGHEST:
        raise _NoParts
    if base[1] == _ZERO:
        return app("pow", base[0], exponent), _ZERO
    out: Pair = (num(1), _ZERO)
    for _ in range(abs(n)):
        out = _times(out, base)
    return out if n >= 0 else _over((num(1), _ZERO), out)


def _add(a: Term, b: Term, op: str = "add") -> Term:
    if b == _ZERO:
        return a
    if a == _ZERO:
        return b if op == "add" else app("neg", b)
    return app(op, a, b)


def _mul(a: Term, b: Term) -> Term:
    if _ZERO in (a, b):
        return _ZERO
    return b if a == num(1) else a if b == num(1) else app("mul", a, b)


def _times(a: Pair, b: Pair) -> Pair:
    return _add(_mul(a[0], b[0]), _mul(a[1], b[1]), "sub"), _add(_mul(a[0], b[1]), _mul(a[1], b[0]))


def _size(a: Pair) -> Term:
    return _add(_mul(a[0], a[0]), _mul(a[1], a[1]))


def _over(a: Pair, b: Pair) -> Pair:
    top, below = _times(a, (b[0], app("neg", b[1]) if b[1] != _ZERO else _ZERO)), _size(b)
    return app("div", top[0], below), app("div", top[1], below)


def _split(outer: str, inner: str, other: str, last: str, sign: int) -> Callable[..., Pair]:
    """A function of x + iy as outer(x)*inner(y) + sign*i*other(x)*last(y)."""

    def rule(a: Pair) -> Pair:
        x, y = a
        turn = _mul(app(other, x), app(last, y))
        return _mul(app(outer, x), app(inner, y)), turn if sign > 0 else app("neg", turn)

    return rule


_RULES: dict[str, Callable[..., Pair]] = {
    "add": lambda a, b: (_add(a[0], b[0]), _add(a[1], b[1])),
    "sub": lambda a, b: (_add(a[0], b[0], "sub"), _add(a[1], b[1], "sub")),
    "neg": lambda a: (app("neg", a[0]), app("neg", a[1])),
    "mul": _times,
    "div": _over,
    "conjugate": lambda a: (a[0], app("neg", a[1])),
    "re": lambda a: (a[0], _ZERO),
    "im": lambda a: (a[1], _ZERO),
    "abs": lambda a: (app("sqrt", _size(a)), _ZERO),
    "arg": lambda a: (app("atan2", a[1], a[0]), _ZERO),
    "log": lambda a: (app("div", app("log", _size(a)), num(2)), app("atan2", a[1], a[0])),
    "exp": _split("exp", "cos", "exp", "sin", 1),
    "sin": _split("sin", "cosh", "cos", "sinh", 1),
    "cos": _split("cos", "cosh", "sin", "sinh", -1),
    "sinh": _split("sinh", "cos", "cosh", "sin", 1),
    "cosh": _split("cosh", "cos", "sinh", "sin", 1),
}

__all__ = ["in_parts", "rejoined"]
