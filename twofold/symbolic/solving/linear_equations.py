"""Linear differential equations: of first order by an integrating factor; with constant coefficients by exponentials of the characteristic roots,
and a particular solution for right sides made of polynomials, exponentials, sines and cosines, or by variation of constants.

With the characteristic polynomial p, L[Q(x) e^(g x)] = e^(g x) * sum of p^(i)(g)/i! * Q^(i)(x): the polynomial Q is found from the top down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.unsigned_logarithms import unsigned


@dataclass(frozen=True, slots=True)
class Linear:
    """The sum of coefficients[k] times the k-th derivative is `right`, a function of the variable."""

    coefficients: tuple[Any, ...]
    right: Any
    variable: Any


@dataclass(frozen=True, slots=True)
class General:
    """All solutions: constants times the functions of a basis, plus a particular one. `required` are expressions that must not be 0, `distinct`
    those that are 0 where functions of the basis become the same, so that it spans no longer all solutions."""

    basis: tuple[Any, ...]
    particular: Any
    required: tuple[Any, ...] = ()
    distinct: tuple[Any, ...] = ()


def linear(equation: Any, y: Any) -> Linear | None:
    """An equation (to be 0) in y and its derivatives as a linear one; `None` where it is not linear. Coefficients may depend on the variable."""
    x, f = y.args[0], y.func
    derivatives = [d for d in equation.atoms(sp.Derivative) if d.expr == y]
    if len(derivatives) != len(equation.atoms(sp.Derivative)) or any(a != y for a in equation.atoms(sp.Function) if a.func == f):
        return None
    order = max((d.derivative_count for d in derivatives), default=0)
    places = [sp.Dummy(f"y{k}") for k in range(order + 1)]
    flat = equation.xreplace({d: places[d.derivative_count] for d in derivatives}).xreplace({y: places[0]})
    made = attempt(sp.Poly, flat, *places)
    if order == 0 or made is None or made.total_degree() != 1:
        return None
    coefficients, right = [made.coeff_monomial(p) for p in places], -made.coeff_monomial(1)
    lead = coefficients[-1]
    if lead.has(x):
        coefficients, right = [sp.cancel(c / lead) for c in coefficients], sp.expand(right / lead)
    elif not any(c.has(x) for c in coefficients):
        below: Any = sp.S.One
        for c in coefficients:
            below = sp.lcm(below, sp.denom(sp.together(c)))
        if below.free_symbols:
            coefficients, right = [sp.cancel(c * below) for c in coefficients], sp.expand(right * below)
    return Linear(tuple(coefficients), right, x)


def general(equation: Linear, primitive: Callable[[Any], Any]) -> General | None:
    """All solutions, or `None` where the roots have no short form, or the coefficients of a higher order are not constant.

    `primitive` integrates by the variable, and gives `None` where it cannot.
    """
    x = equation.variable
    if any(c.has(x) for c in equation.coefficients):
        return _first_order(equation, primitive) if len(equation.coefficients) == 2 else None
    r = sp.Dummy("r")
    p = sp.Poly(sum(c * r**k for k, c in enumerate(equation.coefficients)), r)
    if p.degree() > 2 and p.free_symbols_in_domain:
        return None
    roots = attempt(sp.roots, p) or {}
    if sum(roots.values()) != p.degree():
        return None
    basis = _basis(roots, x)
    if basis is None:
        return None
    required: list[Any] = []
    particular = sp.S.Zero
    if equation.right != 0:
        parts = waves(equation.right, x)
        if parts is None:
            if p.degree() == 1:
                return _first_order(equation, primitive)
            return _varied(basis, equation, primitive) if p.degree() == 2 else None
        for growth, rate, cosine, sine in parts:
            particular += _particular(p, growth, rate, cosine, sine, x, required)
    return General(tuple(basis), particular, tuple(required), tuple(gaps(p, roots)))


def by_sign(equation: Linear, primitive: Callable[[Any], Any]) -> tuple[Any, tuple[General, General, General]] | None:
    """The discriminant of an equation of second order with constant coefficients, where values of parameters decide its sign, and all solutions where it
    is negative, 0, and positive."""
    x = equation.variable
    if len(equation.coefficients) != 3 or any(c.has(x) for c in equation.coefficients):
        return None
    c, b, a = equation.coefficients
    d = sp.expand(b**2 - 4 * a * c)
    known = sp.factor(d)
    if not d.free_symbols or known.is_nonnegative or known.is_nonpositive or any(s.is_real is not True for s in d.free_symbols):
        return None
    middle, turn, growth = sp.cancel(-b / (2 * a)), _root(-d, a), _root(d, a)
    wave = sp.exp(middle * x)
    bases = (
        (wave * sp.cos(turn * x), wave * sp.sin(turn * x)),
        (wave, x * wave),
        (sp.exp((middle + growth) * x), sp.exp((middle - growth) * x)),
    )
    shared = _with_right(equation)
    zero = _at_zero(d, equation, primitive)
    if shared is None:
        return None
    below, meeting, above = (General(basis, *shared) for basis in bases)
    return d, (_without(below, d), meeting if zero is None else zero, _without(above, d))


def _root(d: Any, a: Any) -> Any:
    """sqrt(d)/(2*a), with square factors of a known sign in front of the root."""
    return sp.sqrt(sp.expand(d / 4)) / a if not a.free_symbols or not a.is_positive else sp.sqrt(sp.cancel(d / (4 * a**2)))


def _with_right(equation: Linear) -> tuple[Any, tuple[Any, ...]] | None:
    """A particular solution that does not ask for the roots, and what must not be 0."""
    if equation.right == 0:
        return sp.S.Zero, ()
    parts = waves(equation.right, equation.variable)
    if parts is None:
        return None
    r = sp.Dummy("r")
    p = sp.Poly(sum(c * r**k for k, c in enumerate(equation.coefficients)), r)
    required: list[Any] = []
    found = sum((_particular(p, *part, equation.variable, required) for part in parts), sp.S.Zero)
    return found, tuple(required)


def _at_zero(d: Any, equation: Linear, primitive: Callable[[Any], Any]) -> General | None:
    """All solutions with what makes the discriminant 0 put in the place of a name, where that is one value."""
    for s in sorted(d.free_symbols, key=str):
        if d.is_polynomial(s) and sp.degree(d, s) == 1 and not sp.Poly(d, s).LC().free_symbols:
            value = sp.solve(d, s)[0]
            if equation.coefficients[2].subs(s, value) == 0:
                return None
            return general(
                Linear(
                    tuple(sp.cancel(c.subs(s, value)) for c in equation.coefficients),
                    sp.sympify(equation.right).subs(s, value),
                    equation.variable,
                ),
                primitive,
            )
    return None


def _without(found: General, d: Any) -> General:
    """Without what is not 0 where the discriminant is not."""
    apart = {q for q, _ in sp.factor_list(d)[1]}
    needed = tuple(e for e in found.required if not {q for q, _ in sp.factor_list(e)[1]} <= apart)
    return General(found.basis, found.particular, needed)


def gaps(p: Any, roots: dict[Any, int]) -> list[Any]:
    """What is 0 where the two roots of a polynomial of second degree, different in general, are the same."""
    if p.degree() != 2 or len(roots) != 2 or not p.free_symbols_in_domain:
        return []
    factors = sp.factor_list(sp.numer(sp.together(p.discriminant())))[1]
    return [f for f, _ in factors if not f.is_nonzero]


def _first_order(equation: Linear, primitive: Callable[[Any], Any]) -> General | None:
    """By an integrating factor. Its sign may change between pieces of the domain, which the constant takes up."""
    p, q = equation.coefficients[0] / equation.coefficients[1], equation.right / equation.coefficients[1]
    exponent = primitive(sp.cancel(p))
    if exponent is None:
        return None
    factor = sp.powsimp(sp.exp(sp.expand_log(unsigned(exponent), force=True)))
    if factor.has(sp.tan):
        factor = sp.trigsimp(factor)
    integral = primitive(sp.powsimp(sp.expand(factor * q))) if q != 0 else sp.S.Zero
    return None if integral is None else General((1 / factor,), sp.expand_mul(integral / factor))


def _varied(basis: list[Any], equation: Linear, primitive: Callable[[Any], Any]) -> General | None:
    """A particular solution of an equation of second order by variation of constants."""
    x = equation.variable
    one, two = basis
    wronskian = sp.simplify(one * two.diff(x) - two * one.diff(x))
    f = equation.right / equation.coefficients[-1]
    parts = [primitive(sp.simplify(g * f / wronskian)) for g in (two, one)]
    return None if None in parts else General(tuple(basis), sp.expand_mul(two * parts[1] - one * parts[0]))


def _basis(roots: dict[Any, int], x: Any) -> list[Any] | None:
    """Real functions that span the solutions of the equation without its right side."""
    out: list[Any] = []
    for root, count in sorted(roots.items(), key=lambda item: sp.default_sort_key(item[0])):
        if _is_open(root):
            if count > 1:
                return None
            out.append(sp.exp(root * x))  # real or not, by values of the parameters
            continue
        real, turn = sp.re(root), sp.im(root)
        if turn == 0:
            out += [x**k * sp.exp(real * x) for k in range(count)]
        elif not turn.could_extract_minus_sign():
            # A root and its conjugate; the sign of the frequency does not matter.
            turn = turn.replace(sp.Abs, lambda a: a)
            out += [x**k * sp.exp(real * x) * wave(turn * x) for k in range(count) for wave in (sp.cos, sp.sin)]
    return out if len(out) == sum(roots.values()) else None


def _is_open(root: Any) -> bool:
    """Whether the values of parameters decide if a root is real."""
    return any(
        p.exp.is_Rational and p.exp.q == 2 and p.base.free_symbols and p.base.is_nonnegative is None for p in root.atoms(sp.Pow)
    )


def waves(right: Any, x: Any) -> list[tuple[Any, Any, Any, Any]] | None:
    """(a, b, P, Q) for every term exp(a*x)*(P(x)*cos(b*x) + Q(x)*sin(b*x)) of a right side."""
    from sympy.simplify.fu import TR8

    plain = sp.expand(TR8(sp.expand(right.rewrite(sp.exp) if right.has(sp.sinh, sp.cosh) else right)), power_exp=False)
    found: dict[tuple[Any, Any], list[Any]] = {}
    for term in sp.Add.make_args(plain):
        factor, rest = term.as_independent(x, as_Add=False)
        a = b = sp.S.Zero
        cosine, sine = sp.S.One, sp.S.Zero
        for part in sp.Mul.make_args(rest):
            if part == x or (part.is_Pow and part.base == x and part.exp.is_Integer and part.exp > 0):
                factor = factor * part
                continue
            inner = sp.Poly(part.args[0], x) if part.func in (sp.exp, sp.sin, sp.cos) and part.args[0].is_polynomial(x) else None
            if inner is None or inner.degree() != 1:
                if part == 1:
                    continue
                return None
            slope, shift = inner.all_coeffs()
            if part.func is sp.exp:
                a, factor = a + slope, factor * sp.exp(shift)
            elif b != 0:
                return None
            elif part.func is sp.cos:
                b, cosine, sine = slope, sp.cos(shift), -sp.sin(shift)
            else:
                b, cosine, sine = slope, sp.sin(shift), sp.cos(shift)
        slot = found.setdefault((a, b), [sp.S.Zero, sp.S.Zero])
        slot[0], slot[1] = slot[0] + factor * cosine, slot[1] + factor * sine
    return [(a, b, *slot) for (a, b), slot in found.items()]


def _particular(p: Any, a: Any, b: Any, cosine: Any, sine: Any, x: Any, required: list[Any]) -> Any:
    """A solution for exp(a*x)*(P*cos(b*x) + Q*sin(b*x)): the real part of one for (P - i*Q)*exp((a + i*b)*x)."""
    g = a + sp.I * b
    factors = []
    q, r = p.as_expr(), p.gen
    for i in range(p.degree() + 1):
        factors.append(sp.expand(sp.simplify(q.subs(r, g) / sp.factorial(i))))
        q = q.diff(r)
    skipped = next(i for i, c in enumerate(factors) if c != 0)
    lead, *lower = factors[skipped:]
    if lead.free_symbols:
        real, imaginary = sp.expand(lead).as_real_imag() if lead.has(sp.I) else (lead, sp.S.Zero)
        required.append(lead if imaginary == 0 else sp.expand(real**2 + imaginary**2))
    target = sp.Poly(cosine - sp.I * sine, x)
    degree = target.degree()
    wanted = [target.coeff_monomial(x**k) for k in range(degree + 1)]
    solved: list[Any] = [sp.S.Zero] * (degree + 1)
    for k in range(degree, -1, -1):
        known = sum((c * solved[k + i] * sp.ff(k + i, i) for i, c in enumerate(lower, 1) if k + i <= degree), sp.S.Zero)
        solved[k] = sp.expand(sp.simplify((wanted[k] - known) / lead))
    q = sum((c * x ** (k + skipped) / sp.ff(k + skipped, skipped) for k, c in enumerate(solved)), sp.S.Zero)
    if b == 0:
        return sp.exp(a * x) * q
    real, imaginary = (sp.simplify(part) for part in sp.expand(q, complex=True).as_real_imag())
    return sp.exp(a * x) * (real * sp.cos(b * x) - imaginary * sp.sin(b * x))
