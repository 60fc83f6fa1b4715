"""Limits in normal form, by the leading terms of series and the rates at which powers and exponentials decay."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import INFINITE, MINUS_OO, OO, Bound, Const, Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element, Key
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.series import Expansion, NoSeries


def limit(c: Converter, t: Bound) -> Element | None:
    """The value of a limit where an expansion shows it, or None."""
    if len(t.symbols) != 1:
        return None
    if c.field.real and (t.side or t.args[0] in INFINITE):
        from twofold.symbolic.theorems.ranges import has_values_beside

        if not has_values_beside(t, ()):
            return None
    found = _by_powers(c, t)
    if found is None and c.field.real and t.symbols[0].kind in ("real", "integer"):
        from twofold.symbolic.asymptotic.limits import shown
        from twofold.symbolic.normal.magnitudes import squeezed

        found = shown(c, t)
        if found is None and (made := _far_out(c, t)) is not None:
            found = shown(c, made)
        if found is None:
            found = squeezed(c, t)
    return found


def _far_out(c: Converter, t: Bound) -> Bound | None:
    """A limit at infinity of the normal form that holds there, where the variable is positive; that of a sequence along all real numbers."""
    x = t.symbols[0]
    if t.args[0] != OO:
        return None
    near = Symbol(x.name, x.kind, lower=num(1))
    real = Symbol(x.name, "real", lower=num(0), open_lower=True)
    body = substitute(raised(c, c(substitute(t.body, {x: var(near)}))), {near: var(real)})
    if near in free_symbols(body) or body == substitute(t.body, {x: var(real)}):
        return None
    return Bound("limit", (real,), body, t.args, t.side)


def _by_powers(c: Converter, t: Bound) -> Element | None:
    """The same by Laurent series. Two-sided limits are of analytic functions, so both sides agree."""
    x, body, point = t.symbols[0], t.body, t.args[0]
    if x not in free_symbols(body):
        return c(body)
    sides = (1,) if t.side == "+" else (-1,) if t.side == "-" else (1, -1)
    if point in INFINITE:
        sides = (1,)
    values = []
    for side in sides:
        try:
            s = Expansion(c, x, point, side).of(body)
        except NoSeries:
            return _decaying(c, x, body, point) or _vanishing(c, x, body, point, t.side)
        if s[1] and s[0] < 0:
            return None
        if s[2] is not None and s[2] <= 0:
            return _decaying(c, x, body, point)
        values.append(s[1][0] if s[1] and s[0] == 0 else c.field.number(0))
    if len(values) == 2 and not c.field.equal(values[0], values[1]):
        return None
    return values[0]


def _decaying(c: Converter, x: Symbol, body: Term, point: Term) -> Element | None:
    """At infinity: terms with a decaying exponential, or a negative power, vanish; what is free of x stays."""
    from twofold.symbolic.normal.dependence import separate
    from twofold.symbolic.normal.pieces import in_powers, is_positive, is_real, symbolic_power

    if point != OO:
        if point != MINUS_OO:
            return None
        turned = Symbol(x.name, x.kind)
        return _decaying(c, turned, substitute(body, {x: app("neg", var(turned))}), OO)
    f = c.field
    e = c(body)
    g = f.kernel(("sym", x))
    c.signs.bounds.setdefault(g, (Fraction(0), True, None, True))
    itself = frozenset({((g, 1),): fmpq(1)}.items())
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=True):
        if len(inner.den) > 1 or len(inner.num) != 1:
            return None
        m = next(iter(inner.num))
        degree, shift = Fraction(0), f.number(0)
        settled: list[tuple[int, object]] = []
        exponents: dict[int, Element] = {}
        for h, k in m:
            key = f.kernels[h]
            if h == g:
                degree += Fraction(k)
            elif key[0] == "exp" and (own := symbolic_power(c, key, k, itself, frozenset())) is not None:
                shift = f.add(shift, own[1])
            elif key[0] == "exp":
                part = in_powers(c, key[1], key[2], g)
                if part is None:
                    return None
                w = f.mul(part[1], f.number(Fraction(k)))
                exponents[part[0]] = f.add(exponents[part[0]], w) if part[0] in exponents else w
            elif key[0] in ("atan", "erf") and k == 1:
                far = _far(c, x, key)
                if far is None:
                    return None
                outer = f.mul(outer, far)
                settled.append((h, k))
            elif key[0] != "cis" and key[:2] != ("ipow", "minus"):  # exp(i*real) and (-1)^whole are bounded
                return None
        exponents = {j: w for j, w in exponents.items() if f.zeroed(w.num)}
        decays = bool(exponents)
        if decays:
            lead = exponents[max(exponents)]
            if not is_real(c, lead) or not is_positive(c, f.neg(lead)):
                return None
        if len(settled) == len(m):
            out = f.add(out, f.mul(outer, f.number(Fraction(int(inner.num[m].p), int(inner.num[m].q)))))
        elif not decays and (degree >= 0 if not shift.num else not is_positive(c, f.neg(f.add(shift, f.number(degree))))):
            return None
    return out


def _far(c: Converter, x: Symbol, key: Key) -> Element | None:
    """What atan(u) or erf(u) tends to where u grows beyond all bounds."""
    try:
        s = Expansion(c, x, OO).of(raised(c, Element(dict(key[1][0]), dict(key[1][1]))))
    except NoSeries:
        return None
    if not s[1] or s[0] >= 0:
        return None
    lead = s[1][0]
    r = lead.rational()
    top = ("+" if r > 0 else "-") if r is not None else c.signs.of(lead.num) if len(lead.den) == 1 else None
    if top not in ("+", "-"):
        return None
    value = c.field.mul(c(Const("pi")), c.field.number(Fraction(1, 2))) if key[0] == "atan" else c.field.number(1)
    return value if top == "+" else c.field.neg(value)


def _vanishing(c: Converter, x: Symbol, body: Term, point: Term, side: str) -> Element | None:
    """One-sided limits with logarithms: t^a log(t)^k vanishes at 0 for a > 0."""
    from twofold.symbolic.normal.dependence import separate

    if side not in ("+", "-") or point in INFINITE:
        return None
    near = Symbol("t", lower=num(0), open_lower=True)
    place = app("add" if side == "+" else "sub", point, var(near)) if point != num(0) or side == "-" else var(near)
    f = c.field
    e = c(substitute(body, {x: place}))
    g = f.kernel(("sym", near))
    itself = frozenset({((g, 1),): fmpq(1)}.items())
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=True):
        if len(inner.den) > 1 or len(inner.num) != 1:
            return None
        ((m, v),) = inner.num.items()
        degree, logs = Fraction(0), 0
        for h, k in m:
            key = f.kernels[h]
            if h == g or key == ("abs", itself):
                degree += Fraction(k)
            elif key == ("log", itself) and isinstance(k, int) and k > 0:
                logs += k
            else:
                return None
        if degree < 0 or (degree == 0 and logs):
            return None
        if degree == 0:
            out = f.add(out, f.mul(outer, f.number(Fraction(int(v.p), int(v.q)))))
    return out
