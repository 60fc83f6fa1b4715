"""Sums, products, derivatives, integrals and limits in normal form."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import Any

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    App,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.normal import kinks
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element, Key
from twofold.symbolic.normal.polygammas import polygamma_of
from twofold.symbolic.normal.polynomials import Mono, Poly
from twofold.symbolic.normal.power_series import logarithmic, of_halves
from twofold.symbolic.normal.powers import log_kernel, logarithm, power
from twofold.symbolic.normal.rational_sums import rational_series
from twofold.symbolic.normal.sums import from_zero, nonnegative
from twofold.symbolic.normal.telescoping import telescoped

_EXPANDED = 400
OO = Const("oo")


def convert_bound(c: Converter, t: Bound) -> Element:
    """The normal form of a binder."""
    if t.op in ("sum", "prod"):
        return _ranged(c, t)
    if t.op == "diff":
        return _derivative(c, t)
    if t.op == "bracket":
        return _bracket(c, t)
    if t.op in ("integrate", "antiderivative"):
        return _integral(c, t)
    if t.op == "limit":
        from twofold.symbolic.normal.series import limit

        found = limit(c, t)
        if found is not None:
            return found
    return opaque_bound(c, t)


def canonical(c: Converter, t: Bound) -> tuple[Symbol, Term]:
    """The bound symbol every binder of this kind and range uses, and the body over it."""
    s = t.symbols[0]
    depth = getattr(c, "depth", 0)
    pool: dict[Any, Symbol] = c.__dict__.setdefault("pool", {})
    key = (depth, s.kind, s.shape, s.lower, s.upper)
    k = pool.setdefault(key, Symbol(f"_{depth}", s.kind, s.shape, s.lower, s.upper))
    return k, substitute(t.body, {s: var(k)})


def inside(c: Converter, body: Term) -> Element:
    """A body, one level deeper."""
    c.__dict__["depth"] = getattr(c, "depth", 0) + 1
    try:
        return c(body)
    finally:
        c.__dict__["depth"] -= 1


def opaque_bound(c: Converter, t: Bound) -> Element:
    """A binder as a kernel of its body in normal form."""
    if len(t.symbols) != 1:
        return c.opaque(t.op, [("term", t)])
    s, body = canonical(c, t)
    ends = [("oo",) if a == OO else ("-oo",) if a == App("neg", (OO,)) else c.argument(a) for a in t.args]
    return c.opaque(t.op, [s_key(s), inside(c, body).key, *ends, t.side])


def s_key(s: Symbol) -> Key:
    return ("sym", s)


# --- derivatives ---------------------------------------------------------------------------------------------------------------


def _derivative(c: Converter, t: Bound) -> Element:
    from twofold.symbolic.derivative import derivative

    point, order = t.args
    k = c(order).rational()
    if k is None or k.denominator != 1 or not 0 <= k <= 30:
        return opaque_bound(c, t)
    s, body = t.symbols[0], t.body
    if isinstance(body, App) and body.op == "apply" and isinstance(body.args[0], Var):
        rest = body.args[1:]
        if rest == (Var(s),):
            return c.opaque("apply_diff", [("sym", body.args[0].symbol), int(k), c(point).key])
    for _ in range(int(k)):
        body = derivative(body, s)
    return c(substitute(body, {s: point}))


# --- integrals -----------------------------------------------------------------------------------------------------------------


def _integral(c: Converter, t: Bound) -> Element:
    """Linear in what does not depend on the variable; equal ends give 0; the rest is a kernel."""
    f = c.field
    if t.op == "integrate" and OO not in t.args and App("neg", (OO,)) not in t.args and f.equal(c(t.args[0]), c(t.args[1])):
        return f.number(0)
    cut = kinks.cut(c, t)
    if cut is not None:
        return f.sum([c(piece) for piece in cut])
    s, body = canonical(c, t)
    e = inside(c, body)
    finite = t.op == "antiderivative" or all(a != OO and a != App("neg", (OO,)) for a in t.args)
    g = c.field.kernel(s_key(s))
    ends = [("oo",) if a == OO else ("-oo",) if a == App("neg", (OO,)) else c.argument(a) for a in t.args]
    if not e.num:
        return f.number(0)
    closed = _closed(c, t, e, g)
    if closed is not None:
        return closed
    out = f.number(0)
    for outer, inner in _separate(c, e, g, split=finite and t.op == "antiderivative"):
        out = f.add(out, f.mul(outer, c.opaque(t.op, [s_key(s), inner.key, *ends])))
    return out


def _closed(c: Converter, t: Bound, e: Element, g: int) -> Element | None:
    """The value of a definite integral by theorems, where they reach."""
    from twofold.symbolic.normal import integrals

    if t.op != "integrate":
        return None
    minus = App("neg", (OO,))
    low, high = t.args
    if low == OO or high == minus:
        return None
    lower = None if low == minus else c(low)
    upper = None if high == OO else c(high)
    return integrals.definite(c, e, g, lower, upper, low == minus, high == OO)


def _bracket(c: Converter, t: Bound) -> Element:
    s = t.symbols[0]
    ends = []
    for a in t.args:
        infinite = a in (OO, App("neg", (OO,)))
        ends.append(c(Bound("limit", (s,), t.body, (a,))) if infinite else c(substitute(t.body, {s: a})))
    return c.field.sub(ends[1], ends[0])


# --- sums and products ---------------------------------------------------------------------------------------------------------


def _ranged(c: Converter, t: Bound) -> Element:
    f = c.field
    lower, upper = t.args
    low = c(lower).rational() if lower != OO else None
    high = c(upper).rational() if upper != OO else None
    if low is not None and high is not None:
        if low.denominator != 1 or high.denominator != 1:
            return opaque_bound(c, t)
        if high - low >= _EXPANDED:
            return _symbolic(c, t)
        out = f.number(0 if t.op == "sum" else 1)
        for k in range(int(low), int(high) + 1):
            e = c(substitute(t.body, {t.symbols[0]: num(k)}))
            out = f.add(out, e) if t.op == "sum" else f.mul(out, e)
        return out
    return _symbolic(c, t)


def _shifted(c: Converter, t: Bound) -> Bound:
    """The same sum from 1, where its lower end is another whole number."""
    low = c(t.args[0]).rational()
    if low is None or low == 1 or low.denominator != 1:
        return t
    s = t.symbols[0]
    new = Symbol(s.name, "integer", lower=num(1))
    step = num(low - 1)
    upper = t.args[1] if t.args[1] == OO else app("sub", t.args[1], step)
    body = substitute(t.body, {s: app("add", var(new), step)})
    return Bound(t.op, (new,), body, (num(1), upper), t.side, t.shape, t.sort, span=t.span)


def _symbolic(c: Converter, t: Bound) -> Element:
    f = c.field
    if t.args[0] == OO or t.args[0] == App("neg", (OO,)):
        return opaque_bound(c, t)
    if c(t.args[0]).rational() == 0:
        s, body = canonical(c, t)
        g = _index_kernel(c, s)
        e = inside(c, body)
        known = from_zero(c, t, e, g, None if t.args[1] == OO else c(t.args[1]))
        if known is None and t.op == "sum" and t.args[1] == OO and e.num:
            known = of_halves(c, e, g)
        if known is not None:
            return known
    elif t.op == "sum" and any(isinstance(u, App) and u.op in _FACTORIALS for u in subterms(t.body)):
        known = _from_near_zero(c, t)
        if known is not None:
            return known
    t = _shifted(c, t)
    s, body = canonical(c, t)
    g = _index_kernel(c, s)
    e = inside(c, body)
    lower = c(t.args[0])
    if t.args[1] == OO:
        return _series(c, t, s, e, g, lower)
    upper = c(t.args[1])
    if _turned_round(c, t, e, upper):
        body = substitute(body, {s: app("sub", app("add", t.args[0], t.args[1]), var(s))})
        e = inside(c, body)
    count = f.add(f.sub(upper, lower), f.number(1))
    if t.op == "prod":
        return _product(c, e, g, s, lower, upper, count)
    out = f.number(0)
    for outer, inner in _separate(c, e, g, split=True):
        out = f.add(out, f.mul(outer, _sum_of(c, inner, g, s, lower, upper, count)))
    return out


_FACTORIALS = frozenset("factorial gamma binomial rising falling".split())
_NEAR = 6
"""Sums that start at most so far above 0 are completed by the terms that are missing."""


def _from_near_zero(c: Converter, t: Bound) -> Element | None:
    """A sum of factorials from a small whole number: moved to 0, or completed there."""
    low = c(t.args[0]).rational()
    if low is None or low.denominator != 1 or not 0 < abs(low) <= _NEAR:
        return None
    f = c.field
    s = t.symbols[0]
    new = Symbol(s.name, "integer", lower=num(0))
    end = OO if t.args[1] == OO else app("sub", t.args[1], num(low))
    moved = Bound(t.op, (new,), substitute(t.body, {s: app("add", var(new), num(low))}), (num(0), end))
    k, body = canonical(c, moved)
    known = from_zero(c, moved, inside(c, body), _index_kernel(c, k), None if end == OO else c(end))
    if known is not None or low < 0:
        return known
    if t.args[1] != OO and not nonnegative(c, c(app("add", app("sub", t.args[1], t.args[0]), num(1)))):
        return None
    whole = Bound(t.op, (new,), substitute(t.body, {s: var(new)}), (num(0), t.args[1]))
    k, body = canonical(c, whole)
    known = from_zero(c, whole, inside(c, body), _index_kernel(c, k), None if t.args[1] == OO else c(t.args[1]))
    if known is None:
        return None
    return f.sub(known, f.sum([inside(c, substitute(t.body, {s: num(j)})) for j in range(int(low))]))


def _turned_round(c: Converter, t: Bound, e: Element, upper: Element) -> bool:
    """Whether a finite sum is simpler from its end to its start: its terms then do not mention the end."""
    ends = {g for p in (upper.num, upper.den) for g in P.generators(p)}
    if t.op != "sum" or not ends or not e.num:
        return False
    s = t.symbols[0]
    k, body = canonical(c, t)
    g = _index_kernel(c, k)

    def moved(body: Element) -> bool:
        return any(
            depends(c, h, end)
            for _, inner in _separate(c, body, g, split=False)
            for p in (inner.num, inner.den)
            for h in P.generators(p)
            for end in ends
        )

    if not moved(e):
        return False
    back = substitute(t.body, {s: app("sub", app("add", t.args[0], t.args[1]), var(k))})
    return not moved(inside(c, back))


def _index_kernel(c: Converter, s: Symbol) -> int:
    """The kernel of a bound index, known to be whole."""
    c.symbol(s)
    g = c.field.kernel(s_key(s))
    c.integers.add(g)
    return g


def depends(c: Converter, g: int, on: int) -> bool:
    """Whether a kernel's description mentions another kernel."""
    if g == on:
        return True
    cache: dict[tuple[int, int], bool] = c.__dict__.setdefault("depending", {})
    if (g, on) not in cache:
        cache[(g, on)] = False
        cache[(g, on)] = _mentions(c, c.field.kernels[g][1:], on, c.field.kernels[on])
    return cache[(g, on)]


def _mentions(c: Converter, value: Any, on: int, key: Key) -> bool:
    if isinstance(value, Symbol):
        return value is key[1]
    if isinstance(value, Term):
        from twofold.grammar.term import subterms

        return any(isinstance(t, Var) and t.symbol is key[1] for t in subterms(value))
    if isinstance(value, tuple):
        if (
            len(value) == 2
            and isinstance(value[0], int)
            and not isinstance(value[0], bool)
            and isinstance(value[1], (int, Fraction))
        ):
            return depends(c, value[0], on)
        return any(_mentions(c, v, on, key) for v in value)
    if isinstance(value, frozenset):
        return any(_mentions(c, v, on, key) for v in value)
    return False


def _separate(c: Converter, e: Element, g: int, split: bool) -> list[tuple[Element, Element]]:
    """Pairs (part free of g, part with g) whose products add up to e; one pair with the common part where `split` is off."""
    f = c.field
    if len(e.den) == 1:
        free_den, bound_den = UNIT, UNIT
    else:
        constant, m, found = P.factors(e.den)
        free_den, bound_den = {m: constant}, UNIT
        for p, k in found:
            q = P.power(p, k)
            if any(depends(c, h, g) for h in P.generators(p)):
                bound_den = P.mul(bound_den, q)
            else:
                free_den = P.mul(free_den, q)
    groups: dict[Mono, Poly] = {}
    for m, v in e.num.items():
        free = tuple(x for x in m if not depends(c, x[0], g))
        rest = tuple(x for x in m if depends(c, x[0], g))
        key = rest if split else ()
        if split:
            groups.setdefault(key, {})[free] = v
        else:
            groups.setdefault(key, {})[m] = v
    if not split:
        p = groups[()]
        common = tuple(x for x in P.lowest(p) if not depends(c, x[0], g))
        inner_num = P.scaled(p, fmpq(1), P.mono_pow(common, -1))
        scale = P.content(inner_num) * P.leading_sign(inner_num)
        outer = f.made({common: scale}, free_den)
        return [(outer, f.made(P.scaled(inner_num, 1 / scale), bound_den))]
    return [(f.made(p, free_den), f.made({rest: fmpq(1)}, bound_den)) for rest, p in groups.items()]


def _sum_of(c: Converter, inner: Element, g: int, s: Symbol, lower: Element, upper: Element, count: Element) -> Element:
    f = c.field
    known = nonnegative(c, count)
    if inner.rational() == 1:
        if known:
            return count
        return c.opaque("count", [count.key])
    if len(inner.num) == 1 and len(inner.den) == 1 and known:
        (m, v) = next(iter(inner.num.items()))
        if m == ((g, -1),) and v == 1 and lower.rational() == 1:
            return f.add(polygamma_of(c, 0, f.add(upper, f.number(1))), f.atom(("sym", "euler_gamma")))
        if len(m) == 1 and m[0][0] == g and isinstance(m[0][1], int) and 0 < m[0][1] <= 16:
            return f.mul(
                f.number(Fraction(int(v.p), int(v.q))),
                f.sub(_faulhaber(c, upper, m[0][1]), _faulhaber(c, f.sub(lower, f.number(1)), m[0][1])),
            )
        ratio = _ratio(c, m, g)
        if ratio is not None and v == 1:
            degree, r, first = ratio
            if (
                degree == 0
                and f.zeroed(f.sub(r, f.number(1)).num)
                and (not _turns(c, r) or c.continuous(r) or c.nonzero(f.sub(r, f.number(1))))
            ):
                top = f.sub(power(c, r, lower), power(c, r, f.add(upper, f.number(1))))
                return f.mul(first, f.div(top, f.sub(f.number(1), r)))
        whole = _whole_law(c, m, g, lower, upper)
        if whole is not None:
            return whole
    return c.opaque("sum", [s_key(s), inner.key, lower.key, upper.key])


def _turns(c: Converter, r: Element) -> bool:
    """Whether roots of unity with names in them stand in a ratio: it is 1 at some whole numbers then."""
    kinds = {c.field.kernels[g][:2] for p in (r.num, r.den) for g in P.generators(p)}
    return any(k[0] in ("cis", "phase") or k == ("ipow", "minus") for k in kinds)


def _whole_law(c: Converter, m: Mono, g: int, lower: Element, upper: Element) -> Element | None:
    """The sum of all entries of a probability vector is 1."""
    if len(m) != 1 or m[0][1] != 1 or lower.rational() != 1:
        return None
    key = c.field.kernels[m[0][0]]
    if key[0] != "index" or len(key) != 3 or key[2] != c.field.monomial(((g, 1),)).key:
        return None
    s = key[1]
    if not ({"probability", "onehot"} & s.properties):
        return None
    d = s.shape[0]
    size = c.field.number(d) if isinstance(d, int) else c(d)
    return c.field.number(1) if c.field.equal(size, upper) else None


def _faulhaber(c: Converter, n: Element, p: int) -> Element:
    """1^p + … + n^p as a polynomial in n."""
    from flint import fmpq as q

    f = c.field
    bernoulli = [q(1)]
    for m in range(1, p + 1):
        total = q(0)
        for k in range(m):
            total += comb(m + 1, k) * bernoulli[k]
        bernoulli.append(-total / (m + 1))
    out = f.number(0)
    for k in range(p + 1):
        b = bernoulli[k] if k != 1 else q(1, 2)
        coefficient = b * comb(p + 1, k) / (p + 1)
        out = f.add(out, f.mul(f.number(Fraction(int(coefficient.p), int(coefficient.q))), f.power(n, p + 1 - k)))
    return out


def _ratio(c: Converter, m: Mono, g: int) -> tuple[int, Element, Element] | None:
    """(degree, r, factor) where the monomial is factor * k^degree * r^k."""
    f = c.field
    degree, r, first = 0, f.number(1), f.number(1)
    for h, e in m:
        if h == g:
            if not isinstance(e, int) or e < 0:
                return None
            degree = e
            continue
        key = f.kernels[h]
        if key[0] == "exp" and key[2] is None:
            rest = tuple(x for x in key[1] if x[0] != g)
            if dict(key[1]).get(g) != 1 or any(depends(c, x[0], g) for x in rest):
                return None
            r = f.mul(r, exp_of(c, f.mul(f.number(Fraction(e)), f.monomial(rest))))
        elif key[0] == "ipow" and len(key) == 3 and key[2] == ((g, 1),) and isinstance(e, int):
            base = f.number(-1) if key[1] == "minus" else Element(dict(key[1]), UNIT)
            if any(depends(c, x, g) for x in P.generators(base.num)):
                return None
            r = f.mul(r, f.power(base, e))
        else:
            return None
    return degree, r, first


def _series(c: Converter, t: Bound, s: Symbol, e: Element, g: int, lower: Element) -> Element:
    """Infinite sums: polynomials times r^k with |r| < 1 are summed; anything else is a kernel as a whole."""
    f = c.field
    if t.op == "sum" and e.num:
        parts = []
        for outer, inner in _separate(c, e, g, split=True):
            m = next(iter(inner.num)) if len(inner.num) == 1 and len(inner.den) == 1 else None
            shape = _ratio(c, m, g) if m is not None and inner.num[m] == 1 else None
            part: Element | None = None
            if shape is not None and shape[0] <= 12 and _contracts(c, shape[1]):
                part = _geometric(c, shape[0], shape[1], lower)
            elif lower.rational() == 1:
                part = logarithmic(c, inner, g)
            if part is None:
                break
            parts.append(f.mul(outer, part))
        else:
            return f.sum(parts)
        if lower.rational() == 1 and len(e.num) == 1 and len(e.den) == 1:
            ((m, v),) = e.num.items()
            order = dict(m).get(g, 0)
            free = tuple(x for x in m if x[0] != g)
            if isinstance(order, int) and order <= -2 and not any(depends(c, h, g) for h, _ in free):
                return f.mul(f.monomial(free, v), c(app("zeta", num(-order))))
    if not e.num:
        return f.number(0 if t.op == "sum" else 1)
    if t.op == "sum":
        ((outer, inner),) = _separate(c, e, g, split=False)
        low = lower.rational()
        if low is not None and low.denominator == 1 and len(inner.den) * len(inner.num) > 1:
            left = telescoped(_quotient(c, inner), g, int(low))
            if left is not None:
                return f.mul(outer, f.number(left))
        if low is not None and low.denominator == 1 and c.field.real:
            made = rational_series(c, _quotient(c, inner), g, int(low))
            if made is not None:
                return f.mul(outer, made)
        return f.mul(outer, c.opaque("sum", [s_key(s), inner.key, lower.key, "oo"]))
    return c.opaque("prod", [s_key(s), e.key, lower.key, "oo"])


def _quotient(c: Converter, e: Element) -> Element:
    """The same quotient without negative powers in the numerator."""
    low = P.lowest(e.num)
    below = tuple((g, -k) for g, k in low if k < 0)
    if not below:
        return e
    return Element(P.scaled(e.num, fmpq(1), below), P.scaled(e.den, fmpq(1), below))


def _contracts(c: Converter, r: Element) -> bool:
    """Whether |r| < 1 is known."""
    f = c.field
    for d in (f.sub(f.number(1), r), f.add(f.number(1), r)):
        top = c.signs.of(d.num) if d.num else None
        below = "+" if len(d.den) == 1 else c.signs.of(d.den)
        if top is None or below is None or top != below or top not in ("+", "-"):
            return False
    return True


def _geometric(c: Converter, degree: int, r: Element, lower: Element) -> Element:
    """sum of k^degree * r^k over k >= lower, for |r| < 1: with k = lower + j, by the sums of j^i r^j."""
    f = c.field
    one = f.number(1)
    gap = f.sub(one, r)
    table = []
    for i in range(degree + 1):
        # sum_j j^i r^j = r * A_i(r) / (1 - r)^(i+1) with the Eulerian numbers; for i = 0 it is 1/(1 - r).
        if i == 0:
            table.append(f.inverse(gap))
            continue
        top = f.number(0)
        for k in range(i):
            eulerian = sum((-1) ** j * comb(i + 1, j) * (k + 1 - j) ** i for j in range(k + 1))
            top = f.add(top, f.mul(f.number(eulerian), f.power(r, k + 1)))
        table.append(f.div(top, f.power(gap, i + 1)))
    out = f.number(0)
    for i in range(degree + 1):
        out = f.add(out, f.mul(f.mul(f.number(comb(degree, i)), f.power(lower, degree - i)), table[i]))
    return f.mul(out, power(c, r, lower)) if r.num else (out if not lower.num else f.number(0))


def _product(c: Converter, e: Element, g: int, s: Symbol, lower: Element, upper: Element, count: Element) -> Element:
    """A product over a symbolic range: factors free of the index become powers, the others kernels one by one."""
    f = c.field
    if not e.num or not nonnegative(c, count):
        return c.opaque("prod", [s_key(s), e.key, lower.key, upper.key])
    value, found = c.split(e)
    out = f.number(1)
    if value != 1:
        out = f.mul(out, power(c, f.number(value), count))
    for key, k in found:
        gens = [key[1]] if key[0] == "gen" else P.generators(dict(key[1]))
        base = f.monomial(((key[1], 1),)) if key[0] == "gen" else Element(dict(key[1]), UNIT)
        if not any(depends(c, h, g) for h in gens):
            out = f.mul(out, power(c, base, f.mul(count, f.number(Fraction(k)))))
            continue
        kernel = f.kernels[key[1]] if key[0] == "gen" else None
        if kernel is not None and kernel[0] == "exp":
            exponent = f.made({kernel[1]: fmpq(1)}, dict(kernel[2]) if kernel[2] is not None else UNIT)
            total = f.number(0)
            for outer, inner in _separate(c, f.mul(exponent, f.number(Fraction(k))), g, split=True):
                total = f.add(total, f.mul(outer, _sum_of(c, inner, g, s, lower, upper, count)))
            out = f.mul(out, exp_of(c, total))
        elif isinstance(k, int):
            h = f.kernel(("product", s_key(s), base.key, lower.key, upper.key))
            if c.signs.of(base.num) == "+":
                f.positive.add(h)
            out = f.mul(out, f.monomial(((h, k),)))
        else:
            return c.opaque("prod", [s_key(s), e.key, lower.key, upper.key])
    return out


def log_of_product(c: Converter, kernel: Key) -> Element:
    """log of a product kernel: the sum of the logs."""
    f = c.field
    _, (_, s), base, lower, upper = kernel
    e = Element(dict(base[0]), dict(base[1]))
    g = f.kernel(s_key(s))
    low, high = (Element(dict(x[0]), dict(x[1])) for x in (lower, upper))
    count = f.add(f.sub(high, low), f.number(1))
    out = f.number(0)
    for outer, inner in _separate(c, logarithm(c, e), g, split=True):
        out = f.add(out, f.mul(outer, _sum_of(c, inner, g, s, low, high, count)))
    return out


__all__ = ["Num", "Outside", "convert_bound", "log_kernel", "log_of_product"]
