"""Square roots with what is a square inside of them in front, as an absolute value: sqrt(x + 1/x - 2) is abs(x - 1)/sqrt(x).

Speeds along curves are often such roots, and their integrals are elementary only then.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import App, Symbol, Term, free_symbols, num, subterms, transform
from twofold.symbolic.arithmetic import power
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.normal import equal

_LONGEST = 60
"""Nodes of a radicand beyond which no square is looked for."""
_FUNCTIONS = frozenset("exp sin cos tan cot sec csc sinh cosh tanh coth".split())


def without_squares_in_roots(body: Term, symbol: Symbol, context: Context, proved: bool = False) -> Term:
    """An integrand with `root_of` for the square roots in it of squares, and of quotients, exponentials and waves of its variable; with `proved` only where
    our own normal form finds the square of what comes out the same as what was under the root."""

    def rule(t: Term) -> Term | None:
        if not isinstance(t, App) or not _may_hide_a_square(t, symbol):
            return None
        inside = t.args[0]
        made = root_of(inside, symbol, context)
        return made if not proved or equal(power(made, num(2)), inside, context.assumptions, context.reading) else None

    return transform(body, rule) if any(_may_hide_a_square(t, symbol) for t in subterms(body)) else body


def _may_hide_a_square(t: Term, symbol: Symbol) -> bool:
    if not (isinstance(t, App) and t.op == "sqrt" and not t.shape and symbol in free_symbols(t)):
        return False
    if _is_square(t.args[0]):
        return True
    parts = [u for u in subterms(t.args[0]) if isinstance(u, App)]
    if len(parts) > _LONGEST or not any(u.op in ("add", "sub") for u in parts):
        return False
    return any(u.op in _FUNCTIONS or u.op == "div" and symbol in free_symbols(u.args[1]) for u in parts)


def _is_square(inside: Term) -> bool:
    return isinstance(inside, App) and inside.op == "pow" and inside.args[1] == num(2)


def root_of(inside: Term, symbol: Symbol, context: Context) -> Term:
    """The square root of a function of the symbol with what is a square in it in front, as an absolute value."""
    if _is_square(inside):
        return App("abs", (inside.args[0],))
    found = root_in(lower(inside, context), symbol_for(symbol, context))
    return App("sqrt", (inside,)) if found is None else lift(found, context)


def root_in(e: Any, x: Any) -> Any:
    """The same for SymPy expressions; `None` where no square is found."""
    for rule in (_of_angle, _of_wave, _of_quotient):
        found = attempt(rule, e, x)
        if found is not None:
            return found
    return None


def _of_quotient(e: Any, x: Any) -> Any:
    """Of a rational function, also of one of exponentials."""
    made = sp.factor(sp.together(e))
    outside, rest = sp.S.One, sp.S.One
    for f in sp.Mul.make_args(made):
        base, k = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        if base is sp.E:
            outside *= sp.exp(k / 2)
        elif k.is_Integer and abs(k) > 1 and base.has(x):
            half = (abs(k) // 2) * sp.sign(k)
            outside *= sp.Abs(base) ** half
            rest *= base ** (k - 2 * half)
        else:
            rest *= f
    if not any(g.has(sp.Add) for g in sp.Mul.make_args(outside)):
        return None
    # What is left is positive wherever the root has a value.
    below = rest.base if rest.is_Pow and rest.exp == -1 else None
    return outside * (sp.sqrt(rest) if below is None else 1 / sp.sqrt(below))


def _of_wave(e: Any, x: Any) -> Any:
    """Of c*(1 + cos(v - turn)), which is 2*c*cos((v - turn)/2)^2: sums of a number, a sine and a cosine whose squares fit."""
    constant, waves = e.as_coeff_Add()
    parts = {g.args[0] for g in waves.atoms(sp.sin, sp.cos)}
    if len(parts) != 1 or not constant.is_positive:
        return None
    (v,) = parts
    over, beside = waves.coeff(sp.sin(v)), waves.coeff(sp.cos(v))
    if sp.expand(waves - over * sp.sin(v) - beside * sp.cos(v)) != 0 or not (over.is_number and beside.is_number):
        return None
    if sp.expand(over**2 + beside**2 - constant**2) != 0:
        return None
    return sp.sqrt(2 * constant) * sp.Abs(sp.cos((v - sp.atan2(over, beside)) / 2))


_IN_SINES = {
    sp.tan: lambda v: sp.sin(v) / sp.cos(v),
    sp.cot: lambda v: sp.cos(v) / sp.sin(v),
    sp.sec: lambda v: 1 / sp.cos(v),
    sp.csc: lambda v: 1 / sp.sin(v),
    sp.tanh: lambda v: sp.sinh(v) / sp.cosh(v),
    sp.coth: lambda v: sp.cosh(v) / sp.sinh(v),
}


def _of_angle(e: Any, x: Any) -> Any:
    """Of a rational function of the sine and cosine of one angle, circular or hyperbolic."""
    for kind, form in _IN_SINES.items():
        e = e.replace(kind, form)
    sine, cosine = (sp.sinh, sp.cosh) if e.has(sp.sinh, sp.cosh) else (sp.sin, sp.cos)
    turn = 1 if sine is sp.sin else -1
    angles = {g.args[0] for g in e.atoms(sine, cosine) if g.has(x)}
    if len(angles) != 1:
        return None
    (v,) = angles
    s, c = sp.Dummy("s"), sp.Dummy("c")
    sides = sp.fraction(sp.together(sp.expand(e).xreplace({sine(v): s, cosine(v): c})))
    if any(not p.is_polynomial(s, c) or p.has(x) for p in sides):
        return None
    outside, rest = sp.S.One, sp.S.One
    for sign, side in zip((1, -1), sides, strict=True):
        before, under = _squares(side, s, c, turn)
        outside, rest = outside * before**sign, rest * under**sign
    if not outside.has(s, c) and rest.has(s, c):
        return None
    return (outside * sp.sqrt(rest)).xreplace({s: sine(v), c: cosine(v)})


def _squares(p: Any, s: Any, c: Any, turn: int) -> tuple[Any, Any]:
    """The absolute value of a polynomial in the sine and cosine whose square divides another, and what is left of that."""
    made = sp.rem(sp.Poly(sp.expand(p), s), sp.Poly(s**2 + turn * (c**2 - 1), s)).as_expr()
    constant, factors = sp.factor_list(made, s, c)
    powers = dict(factors)
    lower_half, upper_half = sp.expand(c - 1), sp.expand(c + 1)
    outside = sp.S.One
    if powers.get(lower_half, 0) % 2 and powers.get(upper_half, 0) % 2:
        powers[lower_half] -= 1
        powers[upper_half] -= 1
        constant, outside = -turn * constant, sp.Abs(s)
    rest = constant
    for g, k in powers.items():
        outside *= sp.Abs(g) ** (k // 2)
        rest *= g ** (k % 2)
    return outside, rest
