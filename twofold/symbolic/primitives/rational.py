"""Antiderivatives of rational functions with rational coefficients, over the reals: logarithms of absolute values and arctangents.

Hermite's reduction takes off the rational part; of the rest every irreducible factor of degree one or two gives its own part, and a factor x^4 + b*x^2 + c
or x^3 + c its parts over the reals. Anything with other factors is left. Source: Bronstein, "Symbolic Integration I" (2005), 2.2 to 2.8.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from flint import fmpq, fmpq_poly, fmpz

from twofold.grammar.term import App, Num, Symbol, Term, Var, num, subterms
from twofold.symbolic.arithmetic import ONE, over, power, times
from twofold.symbolic.primitives.reading import NotRead, rational
from twofold.symbolic.primitives.writing import Part, app, content, fraction, monomial, polynomial, primitive, scaled, total


def by_fractions(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of a rational function, `None` where a factor of the denominator has no short roots, or for other terms."""
    try:
        return of_rational(*rational(t, x), Var(x))
    except NotRead:
        return None


def of_rational(above: Any, below: Any, x: Term) -> Term | None:
    """The same for a numerator and denominator."""
    parts = parts_of(above, below, x)
    return None if parts is None else total(parts)


def parts_of(above: Any, below: Any, x: Term) -> list[Part] | None:
    """The terms of the antiderivative with rational coefficients."""
    line = _power_of_linear(above, below, x)
    if line is not None:
        return line
    inner = _in_power(above, below, x)
    if inner is not None:
        return inner
    whole, rest = divmod(above, below)
    out: list[Part] = [(fraction(c) / (k + 1), power(x, num(k + 1))) for k, c in reversed(list(enumerate(whole.coeffs()))) if c]
    if not rest:
        return out
    _, factors = below.factor()
    logs: list[Part] = []
    angles: list[Part] = []
    for base, k in factors:
        f, left = base / base.leading_coefficient(), fmpq_poly([])
        for power_of, part in _over_powers(rest, below, f, k):
            if power_of == 1:
                left += part
            else:
                found, remaining = _hermite(part, f, power_of, x)
                out += found
                left += remaining
        if left:
            for q, p in _simple(left, f, x):
                (angles if "atan" in _heads(p) else logs).append((q, p))
    return [*out, *logs, *angles]


def _heads(t: Term) -> set[str]:
    return {s.op for s in subterms(t) if isinstance(s, App)}


def _over_powers(rest: Any, below: Any, f: Any, k: int) -> list[tuple[int, Any]]:
    """The numerators over f, f^2, ..., f^k in partial fractions, the highest power first."""
    fk = f**k
    others = divmod(below, fk)[0]
    _, _, inverse = fk.xgcd(others)
    above = divmod(rest * inverse, fk)[1]
    rows = []
    for j in range(1, k + 1):
        above, digit = divmod(above, f)
        rows.append((k - j + 1, digit))
    return [(p, d) for p, d in rows if d]


def _hermite(p: Any, f: Any, k: int, x: Term) -> tuple[list[Part], Any]:
    """The rational part of p/f^k for k > 1, and what is left over f."""
    out: list[Part] = []
    slope = f.derivative()
    _, s, t = f.xgcd(slope)
    while k > 1 and p:
        # p = a*f + b*f', and b*f'/f^k is minus the derivative of b/((k - 1)*f^(k - 1)) plus b'/((k - 1)*f^(k - 1)).
        quotient, b = divmod(p * t, f)
        a = p * s + quotient * slope
        if b:
            c, text = primitive(b, x)
            scale, inner = _whole(f, x)
            out.append((-c * scale ** (k - 1) / (k - 1), over(text, power(inner, num(k - 1)))))
        p, k = a + b.derivative() / (k - 1), k - 1
    return out, p


def _whole(f: Any, x: Term) -> tuple[Fraction, Term]:
    """f = 1/scale times a polynomial with whole coefficients."""
    shared = content([fraction(c) for c in f.coeffs() if c])
    return 1 / shared, polynomial(f / _q(shared), x)


def _q(v: Fraction) -> Any:
    return fmpq(v.numerator, v.denominator)


def _simple(p: Any, f: Any, x: Term) -> list[Part]:
    """p/f for a monic irreducible f. Raises `NotRead`."""
    degree = f.degree()
    if degree == 1:
        return [(fraction(p.coeffs()[0]), _log(f, x))]
    if degree == 2:
        return _quadratic(p, f, x)
    if degree == 4 and not f.coeffs()[1] and not f.coeffs()[3]:
        return _biquadratic(p, f, x)
    raise NotRead


def _log(f: Any, x: Term) -> Term:
    """log|f|, without the bars where f is positive: without real zeros, or r + u for a positive r and an even power or exponential u."""
    inner = _whole(f, x)[1]
    rows = [fraction(c) for c in f.coeffs()]
    even = isinstance(x, App) and (x.op == "exp" or x.op == "pow" and isinstance(x.args[1], Num) and x.args[1].value % 2 == 0)
    positive = len(rows) == 3 and 4 * rows[0] * rows[2] > rows[1] ** 2 or even and len(rows) == 2 and rows[0] > 0
    return app("log", inner) if positive else app("log", app("abs", inner))


def _quadratic(p: Any, f: Any, x: Term) -> list[Part]:
    """(m*x + n)/(x^2 + b*x + c), whatever the discriminant is."""
    b, c = fraction(f.coeffs()[1]), fraction(f.coeffs()[0])
    rows = [fraction(q) for q in p.coeffs()] + [Fraction(0)] * 2
    n, m = rows[0], rows[1]
    disc = 4 * c - b * b
    out: list[Part] = []
    if m:
        out.append((m / 2, _log(f, x)))
    k = n - m * b / 2
    if not k:
        return out
    outside, inside = root(abs(disc))
    # The root of the discriminant is outside*sqrt(inside).
    if disc > 0:
        # 2*k/root*atan((2*x + b)/root)
        if inside == 1:
            argument = total([(2 / outside, x), (b / outside, ONE)])
            shared = content([2 / outside, abs(b) / outside]) if b else 2 / outside
            argument = scaled(shared, total([(2 / outside / shared, x), (b / outside / shared, ONE)]))
            return [*out, (2 * k / outside, app("atan", argument))]
        shared = content([Fraction(2), abs(b)]) if b else Fraction(2)
        inner = total([(2 / shared, x), (b / shared, ONE)])
        # 1/sqrt(inside) = sqrt(inside)/inside
        argument = _rooted(shared / (outside * inside), inside, inner)
        return [*out, (2 * k / (outside * inside), times(app("sqrt", num(inside)), app("atan", argument)))]
    # k/root*log|(2*x + b - root)/(2*x + b + root)|
    d = Fraction(lcm((b / 2).denominator, (outside / 2).denominator))
    low, high = (total([(d, x), (d * b / 2, ONE), (s * d * outside / 2, app("sqrt", num(inside)))]) for s in (-1, 1))
    scale = k / (outside * inside)
    logs = total([(Fraction(s), app("log", app("abs", u))) for s, u in ((1, low), (-1, high))])
    return [*out, (scale, times(app("sqrt", num(inside)), logs))]


def _biquadratic(p: Any, f: Any, x: Term) -> list[Part]:
    """p/(x^4 + b*x^2 + c) without real zeros, c a square s^2: over (x^2 + s)^2 - (2*s - b)*x^2, the odd part of p in terms of x^2."""
    b, c = fraction(f.coeffs()[2]), fraction(f.coeffs()[0])
    if not (c > 0 and b * b < 4 * c):
        raise NotRead
    s, irrational = root(c)
    if irrational != 1:
        raise NotRead
    rows = [fraction(q) for q in p.coeffs()] + [Fraction(0)] * 4
    out: list[Part] = []
    if rows[1] or rows[3]:
        odd = fmpq_poly([_q(rows[1] / 2), _q(rows[3] / 2)])
        out += _quadratic(odd, fmpq_poly([_q(c), _q(b), 1]), monomial(x, 2))
    logs, angles = rows[0] / s - rows[2], rows[0] / s + rows[2]
    (t, t_in), (w, w_in) = root(2 * s - b), root(2 * s + b)
    roots: dict[int, list[Part]] = {}

    def with_root(sign: int) -> Part:
        return sign * t, app("sqrt", num(t_in))

    if logs:
        for sign in (1, -1):
            q, r = with_root(sign)
            inner = total([(Fraction(1), monomial(x, 2)), (q, times(r, x) if t_in != 1 else x), (s, ONE)])
            roots.setdefault(t_in, []).append((sign * logs / (4 * t * t_in), app("log", inner)))
    if angles:
        for sign in (1, -1):
            q, r = with_root(sign)
            scale = 1 / (w * w_in)
            if t_in == w_in:
                # (2*x + t)/w with both roots of one kind: sqrt(n)*x*2/(w*n) + t/w
                argument = total([(2 * scale, times(app("sqrt", num(w_in)), x) if w_in != 1 else x), (q / w, ONE)])
            else:
                above = total([(Fraction(2), x), (q, r if t_in != 1 else ONE)])
                argument = scaled(1 / w, over(above, app("sqrt", num(w_in)))) if w_in != 1 else scaled(1 / w, above)
            roots.setdefault(w_in, []).append((angles * scale / 2, app("atan", argument)))
    for inside, parts in roots.items():
        if inside == 1:
            out += parts
        else:
            shared = content([q for q, _ in parts])
            out.append((shared, times(app("sqrt", num(inside)), total([(q / shared, u) for q, u in parts]))))
    return out


def _rooted(q: Fraction, inside: int, t: Term) -> Term:
    """q*sqrt(inside)*t."""
    return scaled(q, times(app("sqrt", num(inside)), t))


def root(q: Fraction) -> tuple[Fraction, int]:
    """sqrt(q) as a rational times the root of a whole number without square factors."""
    n = q.numerator * q.denominator
    outside, inside = 1, 1
    if n > 1:
        for prime, e in fmpz(n).factor():
            outside *= int(prime) ** (int(e) // 2)
            inside *= int(prime) ** (int(e) % 2)
    return Fraction(outside, q.denominator), inside


def _power_of_linear(above: Any, below: Any, x: Term) -> list[Part] | None:
    """A constant times a power of a linear polynomial, in terms of that."""
    if above.degree() == 0 and below.degree() > 0:
        base, sign, c = below, -1, above
    elif below.degree() == 0 and above.degree() > 2:
        base, sign, c = above, 1, above / above
    else:
        return None
    content_of, factors = base.factor()
    if len(factors) != 1 or factors[0][0].degree() != 1:
        return None
    line, k = factors[0]
    if line.coeffs()[0] == 0:
        return None
    u, slope = polynomial(line, x), fraction(line.coeffs()[1])
    scale = fraction(content_of) ** sign * fraction(c.coeffs()[0]) / slope
    n = sign * k + 1
    if n == 0:
        return [(scale, _log(line, x))]
    return [(scale / n, over(ONE, power(u, num(-n))) if n < 0 else power(u, num(n)))]


def _in_power(above: Any, below: Any, x: Term) -> list[Part] | None:
    """x^(k - 1)*g(x^k) as g(u)/k with u = x^k."""
    exponents = [j + 1 for j, c in enumerate(above.coeffs()) if c]
    under = [j for j, c in enumerate(below.coeffs()) if c]
    if below.degree() == 0 or len(under) < 2:
        return None
    low = under[0]
    step = gcd(*(e - low for e in exponents), *(e - low for e in under))
    if step < 2 or exponents[0] - low <= 0 and low:
        return None
    k = step
    # x^(e - 1)/x^low = x^(k*j - 1): dx = du/(k*x^(k - 1)).
    shift = min(e - low for e in exponents) // k
    top = [fmpq(0)] * (max(exponents) - low + k)
    for j, c in enumerate(above.coeffs()):
        if c:
            top[(j + 1 - low) // k - 1 - min(shift - 1, 0)] = c / k
    bottom = [fmpq(0)] * (under[-1] - low + 1)
    for j, c in enumerate(below.coeffs()):
        if c:
            bottom[(j - low) // k] = c
    p, q = fmpq_poly(top), fmpq_poly(bottom)
    if shift < 1:
        q = q * fmpq_poly([0, 1]) ** (1 - shift)
    g = p.gcd(q)
    p, q = divmod(p, g)[0], divmod(q, g)[0]
    lead = q.leading_coefficient()
    return parts_of(p / lead, q / lead, monomial(x, k))
