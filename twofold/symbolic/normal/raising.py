"""Normal forms as terms again, for conditions, closed forms and evaluation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.catalogue.shapes import app, vector_term
from twofold.grammar.term import App, Bound, Const, Symbol, Term, num, var
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import Element, Key
from twofold.symbolic.normal.polynomials import Exponent, Mono, Poly, scaled

ONE = num(1)


def raised(c: Converter, e: Element) -> Term:
    """The term of an element. Raises `Outside` for kernels that have no spelling of their own."""
    top = polynomial(c, e.num)
    return top if len(e.den) == 1 else app("div", top, polynomial(c, e.den))


def polynomial(c: Converter, p: Poly) -> Term:
    """A polynomial in kernels, greatest monomials first."""
    out: Term | None = None
    for m in sorted(p, key=lambda m: (-sum(float(e) for _, e in m), [(g, -float(e)) for g, e in m])):
        v = p[m]
        value = Fraction(int(v.p), int(v.q))
        body = monomial(c, m)
        size = num(abs(value))
        part = body if abs(value) == 1 and m else size if not m else app("mul", size, body)
        if out is None:
            out = part if value > 0 else app("neg", part)
        else:
            out = app("add" if value > 0 else "sub", out, part)
    return out if out is not None else num(0)


def monomial(c: Converter, m: Mono) -> Term:
    """A product of kernels to powers, negative ones below the line."""
    top: Term | None = None
    bottom: Term | None = None
    for g, e in m:
        part = _powered(c, g, abs(Fraction(e)))
        if e > 0:
            top = part if top is None else app("mul", top, part)
        else:
            bottom = part if bottom is None else app("mul", bottom, part)
    if bottom is None:
        return top if top is not None else ONE
    return app("div", top if top is not None else ONE, bottom)


def _powered(c: Converter, g: int, e: Fraction) -> Term:
    key = c.field.kernels[g]
    if key[0] == "unit":
        if e == Fraction(1, 2):
            return Const("im")
        return app("exp", app("mul", app("mul", num(e), Const("im")), Const("pi")))
    if key[0] in ("exp", "cis"):
        body = monomial(c, key[1])
        if key[2] is not None:
            body = app("div", body, polynomial(c, dict(key[2])))
        body = app("mul", num(e), body) if e != 1 else body
        return app("exp", body if key[0] == "exp" else app("mul", Const("im"), body))
    if key[0] in ("growth", "phase"):
        body = app("mul", num(e), argument(c, key[1]))
        return app("exp", body if key[0] == "growth" else app("mul", Const("im"), body))
    if key[0] == "prime":
        return _root(num(key[1]), e)
    if key[0] in ("abs", "cbrt", "principal"):
        base = polynomial(c, dict(key[1]))
        if key[0] == "principal":
            return _root(base, e)
        if key[0] == "cbrt":
            root = app("root", base, num(e.denominator)) if e.denominator != 3 else app("cbrt", base)
            return root if e.numerator == 1 else app("pow", root, num(e.numerator))
        sign = c.signs.of(dict(key[1]))
        if sign and sign.endswith("-"):
            base = app("neg", base)
        return _root(base if sign else app("abs", base), e)
    return _root(kernel(c, key), e)


def _root(base: Term, e: Fraction) -> Term:
    if e == 1:
        return base
    if e == Fraction(1, 2):
        return app("sqrt", base)
    return app("pow", base, num(e))


def kernel(c: Converter, key: Key) -> Term:
    """The term of a kernel."""
    name = key[0]
    if name == "sym":
        return Const(key[1]) if isinstance(key[1], str) else var(key[1])
    if name == "log":
        if isinstance(key[1], int):
            return app("log", num(key[1]))
        if isinstance(key[1], tuple):
            return app("log", argument(c, key[1]))
        sign = c.signs.of(dict(key[1]))
        if sign == "-":
            return app("log", polynomial(c, scaled(dict(key[1]), fmpq(-1))))
        base = polynomial(c, dict(key[1]))
        return app("log", base if sign == "+" else app("abs", base))
    if name == "index":
        return app("index", var(key[1]), *(argument(c, k) for k in key[2:]))
    if name == "loggamma":
        return app("loggamma", argument(c, key[1]))
    if name == "polygamma":
        u = argument(c, key[2])
        return app("digamma", u) if key[1] == 0 else app("polygamma", num(key[1]), u)
    if name == "abs_of":
        return app("abs", argument(c, key[1]))
    if name == "ipow" and len(key) == 3:
        base = num(-1) if key[1] == "minus" else polynomial(c, dict(key[1]))
        return app("pow", base, monomial(c, key[2])) if key[2] else base
    if name == "huge":
        return app("pow", num(key[1]), num(key[2]))
    rule = _FUNCTIONS.get(name)
    if rule is not None:
        return rule(c, key)
    raise Outside(str(name))


def argument(c: Converter, key: Any) -> Term:
    """The term of an argument of a kernel."""
    if isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], frozenset):
        return raised(c, Element(dict(key[0]), dict(key[1])))
    if isinstance(key, tuple) and key and key[0] == "term":
        return key[1]  # type: ignore[no-any-return]
    if isinstance(key, tuple) and key and key[0] == "array":
        rows = tuple(tuple(raised(c, Element(dict(e[0]), dict(e[1]))) for e in row) for row in key[1])
        return vector_term(rows)
    if isinstance(key, Exponent):
        return num(Fraction(key))
    raise Outside("an argument")


def _function(c: Converter, key: Key) -> Term:
    return app(key[0], *(argument(c, k) for k in key[1:]))


def _many(c: Converter, key: Key) -> Term:
    return app(key[0], *sorted((argument(c, k) for k in key[1]), key=repr))


def _applied(c: Converter, key: Key) -> Term:
    return App("apply", tuple(argument(c, k) for k in key[1:]))


def _applied_derivative(c: Converter, key: Key) -> Term:
    """A partial derivative of an unknown function: (name, function, order by each argument, places)."""
    orders, places = key[2], [argument(c, k) for k in key[3:]]
    slots = [Symbol("t") for _ in orders]
    out: Term = App("apply", (var(key[1][1]), *(var(s) if n else a for s, n, a in zip(slots, orders, places, strict=True))))
    for s, n, a in zip(slots, orders, places, strict=True):
        if n:
            out = Bound("diff", (s,), out, (a, num(n)))
    return out


_PLAIN = (
    "sin cos asin atan erf erfi gamma floor ceil sign zeta polylog lambertw Ei li Si Ci Shi Chi fresnels fresnelc besselj bessely besseli besselk "
    "airyai airybi airyaiprime airybiprime elliptic_k elliptic_e lowergamma uppergamma mod heaviside"
).split()
_FUNCTIONS: dict[str, Callable[[Converter, Key], Term]] = {
    **dict.fromkeys(_PLAIN, _function), "gcd": _function, "lcm": _function, "max": _many, "min": _many,
    "apply": _applied, "apply_diff": _applied_derivative,
    "power": lambda c, key: app("pow", *(argument(c, k) for k in key[1:])),
}  # fmt: skip
