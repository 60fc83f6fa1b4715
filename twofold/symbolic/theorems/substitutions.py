"""Integrals in a new variable that runs through its range once: the tangent of the half angle, the tangent, and roots.

x = 2*atan(t) takes the line to -pi..pi, and makes rational functions of sin(x) and cos(x) rational ones of t; x = atan(t) takes it to -pi/2..pi/2, for what has the
period pi; x = t^n takes t > 0 to x > 0. All are monotone and differentiable inside, so that the integrals are equal, improper ones too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from flint import fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    MINUS_OO,
    OO,
    App,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.polynomials import generators
from twofold.symbolic.normal.raising import raised

PI = Const("pi")
_WAVES = frozenset("sin cos tan cot sec csc".split())
_MOST_TURNS = 6


def substituted(t: Bound, assumptions: tuple[Term, ...]) -> Iterator[Bound]:
    """Equal integrals of rational functions, where a rule applies."""
    if any(isinstance(u, Bound) for u in subterms(t.body)):
        return
    x = t.symbols[0]
    waves = [u for u in subterms(t.body) if isinstance(u, App) and u.op in _WAVES and x in free_symbols(u)]
    for rule in (_by_tangent, _by_half_angle) if waves else (_by_root,):
        try:
            found = rule(t, converter((), assumptions), assumptions)
        except GIVES_UP:
            continue
        if found is not None:
            yield found


def _by_half_angle(t: Bound, c: Converter, assumptions: tuple[Term, ...]) -> Bound | None:
    ends = _turns(c, t.args)
    if ends is None:
        return None
    low, high = ends
    if high - low == 2:
        low, high = Fraction(-1), Fraction(1)
    if not -1 <= low < high <= 1:
        return None
    s = Symbol("t", "real")
    v, one = var(s), num(1)
    below = app("add", one, app("pow", v, num(2)))
    cosine, sine = app("div", app("sub", one, app("pow", v, num(2))), below), app("div", app("mul", num(2), v), below)
    return _made(t, c, s, sine, cosine, app("div", num(2), below), low / 2, high / 2)


def _by_tangent(t: Bound, c: Converter, assumptions: tuple[Term, ...]) -> Bound | None:
    ends = _turns(c, t.args)
    x = t.symbols[0]
    if ends is None:
        return None
    # The body in sines and cosines as names: of period pi where it stays as it is with both turned round.
    sine, cosine = (Symbol(n, "real") for n in ("s", "c"))
    plain = _in_waves(t.body, x, var(sine), var(cosine), c)
    if plain is None:
        return None
    turned = substitute(plain, {sine: App("neg", (var(sine),)), cosine: App("neg", (var(cosine),))})
    if plain != turned and not c.field.equal(c(plain), c(turned)):
        return None
    low, high = ends
    if high - low == 1:
        low, high = Fraction(-1, 2), Fraction(1, 2)
    elif high - low == 2:
        return _by_half_angle(t, c, assumptions)
    if not Fraction(-1, 2) <= low < high <= Fraction(1, 2):
        return None
    s = Symbol("t", "real")
    v = var(s)
    root = App("sqrt", (app("add", num(1), app("pow", v, num(2))),))
    return _made(t, c, s, app("div", v, root), app("div", num(1), root), app("div", num(1), app("pow", root, num(2))), low, high)


def _made(
    t: Bound, c: Converter, s: Symbol, sine: Term, cosine: Term, slope: Term, low: Fraction, high: Fraction
) -> Bound | None:
    body = _in_waves(t.body, t.symbols[0], sine, cosine, c)
    if body is None or t.symbols[0] in free_symbols(body):
        return None
    return _normal(c, s, app("mul", body, slope), _tangent(low), _tangent(high))


def _normal(c: Converter, s: Symbol, body: Term, low: Term, high: Term) -> Bound | None:
    """The integral with its integrand in lowest terms; none where the variable stands in another kernel than itself, roots of it aside."""
    inner = Symbol("t", "real", lower=low if isinstance(low, Num) else None, open_lower=True)
    made = c(substitute(body, {s: var(inner)}))
    g = c.field.kernel(("sym", inner))
    itself = ("abs", frozenset({((g, 1),): fmpq(1)}.items()))
    if any(h != g and depends(c, h, g) and c.field.kernels[h] != itself for p in (made.num, made.den) for h in generators(p)):
        return None
    plain = Symbol("t", "real")
    return Bound("integrate", (plain,), substitute(raised(c, made), {inner: var(plain)}), (low, high))


def _tangent(turn: Fraction) -> Term:
    """tan(turn*pi) for turns from -1/2 to 1/2."""
    if abs(turn) == Fraction(1, 2):
        return OO if turn > 0 else MINUS_OO
    if turn in (0, Fraction(1, 4), Fraction(-1, 4)):
        return num(int(4 * turn))
    return App("tan", (app("mul", Num(turn), PI),))


def _turns(c: Converter, ends: tuple[Term, ...]) -> tuple[Fraction, Fraction] | None:
    """The ends over pi, where both are rational multiples of it."""
    out = []
    for e in ends:
        if e in INFINITE:
            return None
        q = c.field.div(c(e), c(PI)).rational()
        if q is None:
            return None
        out.append(q)
    return (out[0], out[1]) if out[0] < out[1] else None


def _in_waves(t: Term, x: Symbol, sine: Term, cosine: Term, c: Converter) -> Term | None:
    """A term with all functions of whole multiples of an angle as polynomials in its sine and cosine; `None` where others are left."""

    class Other(Exception):
        pass

    def rule(u: Term) -> Term | None:
        if not isinstance(u, App) or u.op not in _WAVES or x not in free_symbols(u):
            return None
        n = c.field.div(c(u.args[0]), c.symbol(x)).rational()
        if n is None or n.denominator != 1 or not 0 < abs(n) <= _MOST_TURNS:
            raise Other
        s, k = _multiple(int(abs(n)), sine, cosine)
        s = App("neg", (s,)) if n < 0 else s
        return {
            "sin": lambda: s,
            "cos": lambda: k,
            "tan": lambda: app("div", s, k),
            "cot": lambda: app("div", k, s),
            "sec": lambda: app("div", num(1), k),
            "csc": lambda: app("div", num(1), s),
        }[u.op]()

    try:
        return transform(t, rule)
    except Other:
        return None


def _multiple(n: int, s: Term, k: Term) -> tuple[Term, Term]:
    """Sine and cosine of n times an angle."""
    sine, cosine = s, k
    for _ in range(n - 1):
        sine, cosine = (
            app("add", app("mul", sine, k), app("mul", cosine, s)),
            app("sub", app("mul", cosine, k), app("mul", sine, s)),
        )
    return sine, cosine


def _by_root(t: Bound, c: Converter, assumptions: tuple[Term, ...]) -> Bound | None:
    """x = t^n for a common denominator n of the exponents of x, for ranges of numbers that are not negative."""
    x, (lower, upper) = t.symbols[0], t.args
    n = 1
    for u in subterms(t.body):
        if isinstance(u, App) and u.op == "sqrt" and u.args[0] == var(x):
            n = lcm(n, 2)
        elif isinstance(u, App) and u.op == "pow" and u.args[0] == var(x):
            q = rational(u.args[1])
            if q is None:
                return None
            n = lcm(n, q.denominator)
    low = rational(lower)
    if n == 1 or n > 12 or low is None or low < 0 or upper != OO and (rational(upper) is None or rational(upper) <= low):  # type: ignore[operator]
        return None
    s = Symbol("t", "real", lower=num(0), open_lower=True)
    v = var(s)
    body = transform(t.body, lambda u: _rooted(u, x, v, n))
    whole = app("mul", substitute(body, {x: app("pow", v, num(n))}), app("mul", num(n), app("pow", v, num(n - 1))))

    def end(e: Term) -> Term:
        q = rational(e)
        return e if q is None or q in (0, 1) else App("pow", (e, Num(Fraction(1, n))))

    plain = Symbol("t", "real")
    made = raised(c, c(whole))
    return Bound("integrate", (plain,), substitute(made, {s: var(plain)}), (end(lower), end(upper)))


def _rooted(u: Term, x: Symbol, v: Term, n: int) -> Term | None:
    if isinstance(u, App) and u.op == "sqrt" and u.args[0] == var(x):
        return app("pow", v, num(n // 2))
    if isinstance(u, App) and u.op == "pow" and u.args[0] == var(x):
        q = rational(u.args[1])
        return None if q is None else app("pow", v, num(int(q * n)))
    return None


__all__ = ["substituted"]
