"""Zeros of algebraic functions and of sums of inverse angles by a polynomial that vanishes at all of them.

Roots become unknowns with their defining equations, which resultants remove. Of a sum of multiples of asin, acos and atan that is an angle
with algebraic sine and cosine, the product of the numbers on the unit circle has no part beside that angle. Every real root of the polynomial is
then decided: a ball excludes 0 there, or the function changes its sign across a bracket that holds no other root, or it is 0 exactly.
Source: Yap, "Fundamental Problems of Algorithmic Algebra", ch. 6, for resultants.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, num, substitute, transform, var
from twofold.symbolic.arithmetic import plus, times
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.ring import fraction
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.places import Place, Span, at, before, inside

_HIGHEST = 40
_MOST_ROOTS = 6
_ANGLES = frozenset({"asin", "acos", "atan"})


def sieved(f: Term, symbol: Symbol, context: Context, domain: list[Span]) -> list[Place]:
    """All zeros of a function on its domain, ascending. Raises `NotApplicable`."""
    from twofold.symbolic.solving.monotone_pieces import exact_spans

    p = _polynomial(f, symbol, context)
    curve = Curve(f, symbol, context)
    # Where the function is defined the polynomial may be too; its roots are looked for in the declared range of the unknown.
    spans = exact_spans(app("eq", _term(p, symbol), num(0)), symbol, context)
    if any(not s.single for s in spans):
        raise NotApplicable("no polynomial vanishes at the zeros alone")
    roots = [s.low for s in spans if s.low is not None]
    return [
        r for k, r in enumerate(roots) if any(inside(r, s) for s in domain) and _vanishes(f, curve, roots, k, domain, context)
    ]


def _term(p: Any, symbol: Symbol) -> Term:
    """The polynomial as a term, by Horner's rule."""
    out: Term = num(0)
    for c in p.all_coeffs():
        out = plus(times(out, var(symbol)), Num(Fraction(int(c.p), int(c.q))))
    return out


# --- the polynomial ----------------------------------------------------------------------------------------------------------------


class _Roots:
    """Roots and absolute values as unknowns, the inner ones first."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.known: dict[Term, Symbol] = {}
        self.rows: list[tuple[Symbol, int, Term]] = []

    def of(self, u: Term, n: int) -> Term:
        key = App("root", (u, num(n)))
        if key not in self.known:
            self.known[key] = Symbol(f"root_{len(self.known)}", "real")
            self.rows.append((self.known[key], n, u))
        if len(self.rows) > _MOST_ROOTS:
            raise NotApplicable("too many roots")
        return var(self.known[key])

    def replaced(self, t: Term) -> Term:
        """The term with unknowns for its roots, from the inside."""
        if not isinstance(t, App):
            return t
        args = tuple(self.replaced(a) for a in t.args)
        if t.op == "sqrt":
            return self.of(args[0], 2)
        if t.op == "cbrt":
            return self.of(args[0], 3)
        if t.op == "root" and isinstance(args[1], Num) and args[1].value.denominator == 1 and args[1].value > 1:
            return self.of(args[0], int(args[1].value))
        if t.op == "abs":
            return self.of(App("pow", (args[0], num(2))), 2)
        if t.op == "pow" and isinstance(t.args[1], (Num, App)):
            e = _rational(t.args[1])
            if e is not None and e.denominator > 1:
                return App("pow", (self.of(args[0], e.denominator), num(e.numerator)))
        if t.op in ("add", "sub", "mul", "div", "neg", "pow") or not free_symbols(t):
            return App(t.op, args, t.shape, t.sort)
        raise NotApplicable("not an algebraic function")


def _rational(t: Term) -> Fraction | None:
    if isinstance(t, Num):
        return t.value
    if isinstance(t, App) and t.op == "neg" and (inner := _rational(t.args[0])) is not None:
        return -inner
    if isinstance(t, App) and t.op == "div" and all(isinstance(a, Num) for a in t.args) and t.args[1].value:  # type: ignore[attr-defined]
        return t.args[0].value / t.args[1].value  # type: ignore[attr-defined, no-any-return]
    return None


def _polynomial(f: Term, symbol: Symbol, context: Context) -> Any:
    """A polynomial with whole coefficients, not 0, that vanishes at every zero of the function."""
    roots = _Roots(context)
    angles: dict[Symbol, App] = {}

    def named(t: Term) -> Term | None:
        if isinstance(t, App) and t.op in _ANGLES and symbol in free_symbols(t):
            angles[s := Symbol(f"angle_{len(angles)}", "real")] = t
            return var(s)
        return None

    plain = transform(f, named)
    x = symbol_for(symbol, context)
    if angles:
        if len(angles) > 3:
            raise NotApplicable("too many angles")
        e = _turned(plain, angles, roots, context)
    else:
        e = lower(roots.replaced(plain), context)
    e = sp.numer(sp.together(e))
    for s, n, u in reversed(roots.rows):
        r = symbol_for(s, context)
        over, under = sp.fraction(sp.together(lower(u, context)))
        if not e.has(r):
            continue
        e = attempt(sp.resultant, sp.expand(e), sp.expand(under * r**n - over), r)
        if e is None:
            raise NotApplicable("no resultant")
        e = sp.numer(sp.together(e))
    made = attempt(sp.Poly, sp.expand(e), x, domain=sp.QQ)
    if made is None or made.is_zero or made.degree() > _HIGHEST:
        raise NotApplicable("no polynomial of small degree vanishes at the zeros")
    return made.sqf_part()


def _turned(plain: Term, angles: dict[Symbol, App], roots: _Roots, context: Context) -> Any:
    """The part of the product of the numbers on the unit circle beside the angle that the sum has to be."""
    e = sp.expand(lower(plain, context))
    symbols = {s: symbol_for(s, context) for s in angles}
    weights = {}
    rest = e
    for s, a in symbols.items():
        c = e.coeff(a)
        if not c.is_Rational:
            raise NotApplicable("an angle without a rational coefficient")
        weights[s] = c
        rest = rest - c * a
    rest = sp.expand(rest)
    if rest.free_symbols or not (rest / sp.pi).is_Rational:
        raise NotApplicable("not a sum of angles that is a rational multiple of pi")
    scale = lcm(*(int(c.q) for c in weights.values()))
    turn = -rest * scale
    cosine, sine = sp.cos(turn), sp.sin(turn)
    if any(v.has(sp.cos, sp.sin, sp.pi) or not v.is_Rational for v in (cosine, sine)):
        # Only the ratio matters: pi/4 and its kind have tangent 1, pi/6 and its kind have the square 1/3.
        square = sp.tan(turn) ** 2
        if not square.is_Rational:
            raise NotApplicable("the square of the tangent of the angle is not rational")
        cosine = sine = None
    z: Any = sp.S.One
    for s, t in angles.items():
        inner = lower(roots.replaced(t.args[0]), context)
        other = App("sub", (num(1), App("pow", (t.args[0], num(2)))))
        if t.op == "atan":
            unit = 1 + sp.I * inner
        else:
            root = lower(roots.of(roots.replaced(other), 2), context)
            unit = root + sp.I * inner if t.op == "asin" else inner + sp.I * root
        n = int(weights[s] * scale)
        if abs(n) > 6:
            raise NotApplicable("a high multiple of an angle")
        z = sp.expand(z * (unit if n > 0 else sp.conjugate(unit) if not unit.has(sp.I) else unit.subs(sp.I, -sp.I)) ** abs(n))
    real, imaginary = z.subs(sp.I, 0), sp.expand((z - z.subs(sp.I, 0)) / sp.I)
    if cosine is None:
        return sp.expand(imaginary**2 - square * real**2)
    return sp.expand(imaginary * cosine - real * sine)


# --- the roots ---------------------------------------------------------------------------------------------------------------------


def _vanishes(f: Term, curve: Curve, roots: list[Place], k: int, domain: list[Span], context: Context) -> bool:
    """Whether the function is 0 at a root of the polynomial. Raises `NotApplicable` where this is not decided."""
    place = roots[k]
    for bits in (80, 240):
        with precision(bits + 40):
            v = curve.at(place.enclosure(bits))
        if v is not None and (v > 0 or v < 0):
            return False
    if place.term is not None:
        exact = place.value is not None and curve.vanishes(place.value)
        if exact or lower(substitute(f, {curve.symbol: place.term}), context) == 0:
            return True
    ends = place.enclosure(120)
    with precision(160):
        a, b = (fraction(e.fmpq()) for e in (ends.lower() - _WIDTH, ends.upper() + _WIDTH))
    around = (at(a), at(b))
    alone = all(before(roots[j], around[0]) for j in range(k)) and all(before(around[1], r) for r in roots[k + 1 :])
    if not alone or not any(all(inside(q, s) for q in around) for s in domain):
        raise NotApplicable("a root at the edge of the domain, or beside another")
    signs = curve.sign(a), curve.sign(b)
    if signs in ((1, -1), (-1, 1)):
        return True
    raise NotApplicable("whether a root is a zero is not decided")


_WIDTH = arb(1) / 2**40

__all__ = ["sieved"]
