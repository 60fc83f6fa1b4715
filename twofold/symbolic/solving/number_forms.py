"""Short forms of single numbers by our own arithmetic: sums of rational multiples of products of roots, logarithms, pi, e and im.

A number is a mapping from products of atoms to their coefficients. Square roots have squarefree whole numbers inside, logarithms with
coefficients in a common ratio become one. What is not of this kind is refused (`None`), and put shortly by slower means.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm, prod

from flint import fmpz

from twofold.catalogue.display import show
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Term, num

Product = tuple[tuple[Term, Fraction], ...]
Number = dict[Product, Fraction]
ONE: Product = ()
_LARGEST = 10**6
_TERMS = 6
IM = Const("im")
_CONSTANTS = frozenset({"pi", "e", "im"})
_ANGLES = {"asin": (0, 1, Fraction(1, 2)), "acos": (0, 1, Fraction(1, 2)), "atan": (0, 1)}
"""Inverse functions with the rational arguments (up to sign) at which they are rational multiples of pi."""


def short_number(t: Term) -> Term | None:
    """The term in a short form; `None` where it is not of the kind that is treated here."""
    found = _quotient(t)
    return None if found is None else _written(*found)


class _Beyond(Exception):
    """The number is of another kind."""


def _quotient(t: Term) -> tuple[Number, Number] | None:
    try:
        top, bottom = (
            (_read(t.args[0]), _read(t.args[1])) if isinstance(t, App) and t.op == "div" else (_read(t), {ONE: Fraction(1)})
        )
        if len(bottom) == 1:
            return _by_product(top, *next(iter(bottom.items()))), {ONE: Fraction(1)}
        return top, bottom
    except (_Beyond, ZeroDivisionError):
        return None


# --- reading -----------------------------------------------------------------------------------------------------------------------


def _read(t: Term) -> Number:
    if isinstance(t, Num):
        return {ONE: t.value} if t.value else {}
    if isinstance(t, Const) and t.name in _CONSTANTS:
        return {((t, Fraction(1)),): Fraction(1)}
    if not isinstance(t, App) or t.shape:
        raise _Beyond
    if t.op == "neg":
        return {p: -c for p, c in _read(t.args[0]).items()}
    if t.op in ("add", "sub"):
        return _joined(_plus(_read(t.args[0]), _read(t.args[1]), 1 if t.op == "add" else -1))
    if t.op == "mul":
        return _times(_read(t.args[0]), _read(t.args[1]))
    if t.op == "div":
        bottom = _read(t.args[1])
        if len(bottom) != 1:
            raise _Beyond
        return _by_product(_read(t.args[0]), *next(iter(bottom.items())))
    if t.op == "sqrt":
        return _root(_read(t.args[0]), 2)
    if t.op == "root" and isinstance(t.args[1], Num):
        return _root(_read(t.args[0]), int(t.args[1].value))
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and 0 <= t.args[1].value <= 8:
        out, base = {ONE: Fraction(1)}, _read(t.args[0])
        for _ in range(int(t.args[1].value)):
            out = _times(out, base)
        return out
    if t.op == "exp":
        return _exponential(_read(t.args[0]))
    if t.op == "log":
        return _logarithm(_read(t.args[0]))
    if t.op in _ANGLES and (inner := _read(t.args[0])).keys() == {ONE} and abs(q := inner[ONE]) not in _ANGLES[t.op]:
        sign = -1 if t.op != "acos" and q < 0 else 1
        return {((app(t.op, Num(sign * q)), Fraction(1)),): Fraction(sign)}
    raise _Beyond


def _plus(a: Number, b: Number, sign: int) -> Number:
    out = dict(a)
    for p, c in b.items():
        out[p] = out.get(p, Fraction(0)) + sign * c
    return {p: c for p, c in out.items() if c}


def _times(a: Number, b: Number) -> Number:
    out: Number = {}
    for p, c in a.items():
        for q, d in b.items():
            out = _plus(out, _product(p, q, c * d), 1)
    if len(out) > _TERMS:
        raise _Beyond
    return out


def _by_product(a: Number, p: Product, c: Fraction) -> Number:
    """The number divided by a product."""
    return _times(a, _product(tuple((x, -e) for x, e in p), ONE, 1 / c))


def _product(p: Product, q: Product, c: Fraction) -> Number:
    """c*p*q, with square roots joined."""
    exponents: dict[Term, Fraction] = {}
    for x, e in (*p, *q):
        exponents[x] = exponents.get(x, Fraction(0)) + e
    inside = 1
    kept = []
    for x, e in exponents.items():
        if isinstance(x, App) and x.op == "sqrt" and isinstance(x.args[0], Num):
            n = int(x.args[0].value)
            whole, odd = divmod(int(e), 2)
            c *= Fraction(n) ** whole
            if odd:
                shared = gcd(inside, n)
                inside, c = inside // shared * (n // shared), c * shared
        elif x == IM:
            c *= -1 if e % 4 > 1 else 1
            if e % 2:
                kept.append((x, Fraction(1)))
        elif isinstance(x, App) and x.op == "root" and e:
            index, base = x.args[1].value, x.args[0].value  # type: ignore[attr-defined]
            whole = e // index
            c, e = c * base**whole, e - whole * index
            if e:
                kept.append((x, e))
        elif e:
            kept.append((x, e))
    if inside > 1:
        kept.append((app("sqrt", num(inside)), Fraction(1)))
    return {tuple(sorted(kept, key=lambda pair: (pair[0] == IM, show(pair[0])))): c}


def _split(n: int, k: int) -> tuple[int, int]:
    """n as a^k * b without k-th powers in b."""
    if abs(n) > 10**12:
        raise _Beyond
    a = b = 1
    for p, e in fmpz(n).factor():
        a *= int(p) ** (int(e) // k)
        b *= int(p) ** (int(e) % k)
    return a, b


def _root(u: Number, k: int) -> Number:
    if not u:
        return {}
    if len(u) != 1 or k < 2:
        raise _Beyond
    ((p, c),) = u.items()
    if p or c < 0:
        raise _Beyond
    # (a/b)^(1/k) is (a*b^(k-1))^(1/k)/b.
    a, b = _split(c.numerator * c.denominator ** (k - 1), k)
    out = Fraction(a, c.denominator)
    if b == 1:
        return {ONE: out}
    # 4^(1/3) is 2^(2/3), 4^(1/4) is sqrt(2).
    powers = gcd(*(int(e) for _, e in fmpz(b).factor()))
    b, shared = prod(int(p) ** (int(e) // powers) for p, e in fmpz(b).factor()), gcd(powers, k)
    powers, k = powers // shared, k // shared
    return {((app("sqrt", num(b)) if k == 2 else app("root", num(b), num(k)), Fraction(powers)),): out}


def _exponential(u: Number) -> Number:
    if not u:
        return {ONE: Fraction(1)}
    if u.keys() == {ONE} and u[ONE].denominator == 1:
        return {((Const("e"), u[ONE]),): Fraction(1)}
    if any(not _is_root(x) for p in u for x, _ in p):
        raise _Beyond
    return {((app("exp", _written(u, {ONE: Fraction(1)})), Fraction(1)),): Fraction(1)}


def _is_root(x: Term) -> bool:
    return isinstance(x, App) and x.op in ("sqrt", "root")


def _logarithm(u: Number) -> Number:
    if u.keys() == {((Const("e"), Fraction(1)),)} and u[next(iter(u))] == 1:
        return {ONE: Fraction(1)}
    if any(not (isinstance(x, App) and x.op == "sqrt") for p in u for x, _ in p) or not u or len(u) > 2:
        raise _Beyond
    if u == {ONE: Fraction(1)}:
        return {}
    return {((app("log", _written(u, {ONE: Fraction(1)})), Fraction(1)),): Fraction(1)}


def _joined(u: Number) -> Number:
    """Sums of logarithms as one, where their coefficients are in whole ratios and no large numbers come up."""
    logs = [
        (p[0][0], c) for p, c in u.items() if len(p) == 1 and p[0][1] == 1 and isinstance(p[0][0], App) and p[0][0].op == "log"
    ]
    if len(logs) < 2:
        return u
    unit = Fraction(gcd(*(c.numerator for _, c in logs)), lcm(*(c.denominator for _, c in logs)))
    inside: Number = {ONE: Fraction(1)}
    for x, c in logs:
        u = {p: d for p, d in u.items() if p != ((x, Fraction(1)),)}
        n, base = int(c / unit), _read(x.args[0])
        if abs(n) > 6 or (len(base) > 1 and n < 0):
            raise _Beyond
        for _ in range(abs(n)):
            inside = _times(inside, base) if n > 0 else _by_product(inside, *next(iter(base.items())))
    if len(inside) > 2 or any(max(c.numerator, c.denominator) > _LARGEST for c in inside.values()):
        raise _Beyond
    return _plus(u, {p: unit * c for p, c in _logarithm(inside).items()}, 1)


# --- writing -----------------------------------------------------------------------------------------------------------------------


def _written(top: Number, bottom: Number) -> Term:
    above, below = _fraction(top)
    if bottom == {ONE: Fraction(1)}:
        return _signed(above, below)
    more, less = _fraction(bottom)
    if _negative(more):
        above, more = ({p: -c for p, c in u.items()} for u in (above, more))
    shared = gcd(gcd(*above.values()), gcd(*more.values())) if above else 1
    above, more = ({p: c // shared for p, c in u.items()} for u in (above, more))
    minus = _negative(above)
    made = app("div", _scaled({p: -c for p, c in above.items()} if minus else above, less), _scaled(more, below))
    return _negated(made) if minus else made


def _fraction(u: Number) -> tuple[dict[Product, int], int]:
    """Whole coefficients over one denominator."""
    d = lcm(*(c.denominator for c in u.values())) if u else 1
    return {p: int(c * d) for p, c in u.items()}, d


def _negative(u: dict[Product, int]) -> bool:
    return all(c < 0 for c in u.values())


def _has_unit(u: dict[Product, int]) -> bool:
    """Whether the imaginary unit stands in some of the products."""
    return any(x == IM for p in u for x, _ in p)


def _signed(u: dict[Product, int], d: int) -> Term:
    if not u:
        return num(0)
    if u.keys() == {ONE}:
        return Num(Fraction(u[ONE], d))
    shared = tuple(pair for pair in next(iter(u)) if all(pair in p for p in u))
    minus = _negative(u) and bool(shared or not _has_unit(u))
    if minus:
        u = {p: -c for p, c in u.items()}
    g = gcd(*u.values())
    if len(u) == 1:
        ((p, c),) = u.items()
        made = _monomial(p, c, d)
    elif _has_unit(u):
        # 2 + 2*im, but sqrt(2)*(1 + im).
        g = g if shared else 1
        inner = _scaled({tuple(pair for pair in p if pair not in shared): c // g for p, c in u.items()}, 1)
        made = app("mul", _monomial(shared, g, 1), inner) if shared else inner
        made = app("div", made, num(d)) if d > 1 else made
    else:
        inner = _scaled({p: c // g for p, c in u.items()}, 1)
        made = app("mul", num(g), inner) if g > 1 else inner
        made = app("div", made, num(d)) if d > 1 else made
    return _negated(made) if minus else made


def _negated(t: Term) -> Term:
    """The sign at the first factor, as a number is typed: -sqrt(6)/2."""
    if isinstance(t, Num):
        return Num(-t.value)
    if isinstance(t, App) and t.op in ("mul", "div"):
        return app(t.op, _negated(t.args[0]), t.args[1])
    return app("neg", t)


def _monomial(p: Product, c: int, d: int) -> Term:
    """c*p/d for a positive c: what has a negative power stands below."""
    above = [_power(x, e) for x, e in p if e > 0]
    below = [_power(x, -e) for x, e in p if e < 0 and not _is_exponential(x)]
    above = [*above, *(_power(x, e) for x, e in p if e < 0 and _is_exponential(x))]
    top = _multiplied([num(c)] if c > 1 or not above else [], above)
    bottom = _multiplied([num(d)] if d > 1 else [], below)
    return top if bottom == num(1) else app("div", top, bottom)


def _is_exponential(x: Term) -> bool:
    return isinstance(x, App) and x.op == "exp"


def _multiplied(first: list[Term], rest: list[Term]) -> Term:
    out: Term | None = None
    for x in (*first, *rest):
        out = x if out is None else app("mul", out, x)
    return num(1) if out is None else out


def _power(x: Term, e: Fraction) -> Term:
    if e == 1 and not (isinstance(x, App) and x.op == "root"):
        return x
    if isinstance(x, App) and x.op == "exp":
        inner = _read(x.args[0])
        return app("exp", _written({p: c * e for p, c in inner.items()}, {ONE: Fraction(1)}))
    if isinstance(x, App) and x.op == "root":
        return app("pow", x.args[0], app("div", Num(e), x.args[1]))
    return app("pow", x, Num(e))


def _scaled(u: dict[Product, int], m: int) -> Term:
    """m times a sum, positive terms first, the number before the others among them; of a complex number the real part first."""
    unit = _has_unit(u)
    rows = sorted(
        u.items(),
        key=lambda row: (unit and _has_unit(dict([row])), not unit and row[1] < 0, row[0] != ONE, [show(x) for x, _ in row[0]]),
    )
    out: Term | None = None
    for p, c in rows:
        size = _monomial(p, abs(c) * m, 1)
        if out is None:
            out = _negated(size) if c < 0 else size
        else:
            out = app("sub" if c < 0 else "add", out, size)
    return num(0) if out is None else out


__all__ = ["short_number"]
