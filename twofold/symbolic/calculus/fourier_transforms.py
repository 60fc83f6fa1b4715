"""Fourier transforms in closed form: exponential polynomials on either half line, rational functions, waves over a power.

Bounded waves and constants have `dirac` in their transforms, as tempered distributions; what grows has none. Where the transform
jumps it has the mean of both sides, the value that the integral has when both ends recede together. Source: any text on the
Fourier transform, e.g. Bracewell, "The Fourier Transform and Its Applications", chapters 5 and 6.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.polyerrors import CoercionFailed

from twofold.symbolic import spot
from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.wave_transforms import in_powers
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.linear_equations import waves


def transformed(f: Any, x: Any, w: Any, context: Context) -> Any:
    """The integral of f*exp(-im*w*x) over all x; the answer that there is none; `None` where f is of none of these kinds."""
    for method in (_of_halves, _of_rational, _of_quotient):
        found = method(f, x, w, context)
        if found is not None:
            return found
    return None


def _of_halves(f: Any, x: Any, w: Any, context: Context) -> Any:
    """Exponential polynomials for x > 0 and for x < 0: the Laplace transforms of both at im*w and -im*w."""
    t = sp.Dummy("t", positive=True)
    if f.has(sp.DiracDelta):
        return None
    total = sp.S.Zero
    required: set[Any] = set()
    for side in (1, -1):
        half = f.subs(x, side * t)
        if half.has(sp.DiracDelta, sp.Piecewise, sp.Heaviside):
            return None
        parts = waves(half, t) if half != 0 else []
        if parts is None:
            return None
        for rate, b, *polynomials in parts:
            a, turn = rate.as_real_imag()
            if sp.im(b) != 0 or a.has(sp.re, sp.im):
                return None
            for part, p in enumerate(polynomials):
                p = sp.Poly(p, t)
                if p.is_zero:
                    continue
                if a.is_positive:
                    context.note("the function grows exponentially, so that the integral diverges for every w")
                    return MISSING
                if a == 0 and p.degree() > 0:
                    context.note("a derivative of dirac(w) would stand in the transform, and that is no function")
                    return MISSING
                if a != 0 and not a.is_negative:
                    required.add(sp.expand(a))
                total += _half_line(p, a, b, turn, part, side, w)
    if any(sp.expand(-a) in required for a in required):
        context.note("the function grows exponentially on one side, so that the integral diverges for every w")
        return MISSING
    for a in sorted(required, key=sp.default_sort_key):
        context.require(lift(sp.Gt(-a, 0) if a.could_extract_minus_sign() else sp.Lt(a, 0), context))
    return in_powers(total, w) if not total.has(sp.DiracDelta) else _gathered(total)


def _half_line(p: Any, a: Any, b: Any, turn: Any, part: int, side: int, w: Any) -> Any:
    """The integral of P(t)*exp((a + im*turn)*t)*cos(b*t) (part 0) or *sin(b*t) (part 1) times exp(-im*side*w*t) over
    t = 0..oo."""
    total = sp.S.Zero
    kinds = [(sp.S.One, sp.S.Zero)] if b == 0 else [(sp.S.Half, b), (sp.S.Half, -b)]
    if part == 1:
        kinds = [] if b == 0 else [(1 / (2 * sp.I), b), (-1 / (2 * sp.I), -b)]
    for (k,), c in p.terms():
        for weight, wave in kinds:
            shift = wave + turn
            total += c * weight * sp.factorial(k) / (sp.I * (side * w - shift) - a) ** (k + 1)
            if a == 0:
                total += c * weight * sp.pi * sp.DiracDelta(w - side * shift)
    return total


def _gathered(total: Any) -> Any:
    """The regular part over one denominator beside the deltas."""
    deltas = sp.Add(*(t for t in sp.Add.make_args(sp.expand(total)) if t.has(sp.DiracDelta)))
    regular = sp.Add(*(t for t in sp.Add.make_args(sp.expand(total)) if not t.has(sp.DiracDelta)))
    return sp.cancel(sp.together(regular)) + sp.collect(deltas, list(deltas.atoms(sp.DiracDelta)))


def _of_rational(f: Any, x: Any, w: Any, context: Context) -> Any:
    """Residues in the lower half plane for w > 0 and in the upper one for w < 0; poles on the line are left alone."""
    if not f.is_rational_function(x) or not f.has(x):
        return None
    found = _by_residues(f, {}, x, w, context)
    if found is not None:
        return found
    unknown = [p for p in f.free_symbols - {x} if p.is_real and p.is_positive is None and not p.is_negative]
    return _by_residues(f, {p: sp.Dummy(p.name, positive=True) for p in unknown}, x, w, context) if unknown else None


def _by_residues(f: Any, positive: dict[Any, Any], x: Any, w: Any, context: Context) -> Any:
    """The transform of a rational function, some names in it being taken for positive."""
    body = sp.cancel(sp.together(f.subs(positive)))
    top, bottom = (sp.Poly(part, x) for part in sp.fraction(body))
    whole, rest = sp.div(top, bottom)
    if whole.degree() > 0:
        context.note("a derivative of dirac(w) would stand in the transform, and that is no function")
        return MISSING
    try:
        poles = [(r, m) for p, m in _factors(bottom, x) for r in polynomial_roots(p, x, context)]
    except (NoClosedForm, sp.PolynomialError, NotImplementedError, CoercionFailed):
        return None
    if any(r.has(sp.CRootOf) for r, _ in poles) or len(poles) > 8:
        return None
    signs = [_side(r, context) for r, _ in poles]
    if None in signs or 0 in signs:
        return None
    lower = _residues(rest, bottom, poles, [s < 0 for s in signs if s is not None], x, w) * -2 * sp.pi * sp.I
    upper = _residues(rest, bottom, poles, [s > 0 for s in signs if s is not None], x, w) * 2 * sp.pi * sp.I
    found = _both(lower, upper, w, not f.has(sp.I)) + 2 * sp.pi * whole.as_expr() * sp.DiracDelta(w)
    for r, _ in poles:
        apart = sp.simplify(sp.im(r))
        if not positive and apart.free_symbols and apart.is_nonzero is not True:
            context.require(lift(sp.Ne(apart, 0), context))
    for p, stand_in in positive.items():
        even = sp.simplify(f.subs(p, -p) - f) == 0
        context.require(lift(sp.Ne(p, 0) if even else sp.Gt(p, 0), context))
        found = found.subs(stand_in, sp.Abs(p) if even else p)
    return found


def _factors(bottom: Any, x: Any) -> Any:
    if bottom.degree() == 1:
        return [(bottom.as_expr(), 1)]
    p = bottom.as_expr()
    return (sp.factor_list(p, x, gaussian=True) if p.has(sp.I) else sp.factor_list(p, x))[1]


def _side(r: Any, context: Context) -> int | None:
    """The sign of the imaginary part, the same at several admissible points of the parameters."""
    found = set()
    for point in spot.points(r.free_symbols, context, 5):
        v = spot.value(r, point)
        if v is None:
            return None
        found.add(0 if abs(complex(v).imag) < 1e-9 else 1 if complex(v).imag > 0 else -1)
    return found.pop() if len(found) == 1 else None


def _residues(rest: Any, bottom: Any, poles: list[tuple[Any, int]], chosen: list[bool], x: Any, w: Any) -> Any:
    total = sp.S.Zero
    wave = sp.exp(-sp.I * w * x)
    for (r, m), taken in zip(poles, chosen, strict=True):
        if taken:
            others = bottom.LC() * sp.Mul(*((x - q) ** k for q, k in poles if q is not r))
            total += sp.diff(rest.as_expr() * wave / others, x, m - 1).subs(x, r) / sp.factorial(m - 1)
    return sp.expand(total)


def _both(right: Any, left: Any, w: Any, is_real: bool) -> Any:
    """One formula for both signs of w: for a real function its real part is even, and its imaginary part odd."""
    if is_real:
        u = sp.Dummy("u", positive=True)
        parts = (sp.factor_terms(sp.expand(part)) for part in sp.expand(right.subs(w, u), complex=True).as_real_imag())
        even, odd = (part.subs(u, sp.Abs(w)) for part in parts)
        return even + sp.I * sp.expand(sp.sign(w) * odd).subs(sp.Abs(w) * sp.sign(w), w)
    return right * sp.Heaviside(w) + left * sp.Heaviside(-w)


def _of_quotient(f: Any, x: Any, w: Any, context: Context) -> Any:
    """Sines and cosines over a power of x, where the quotient is finite at 0: each exp(im*b*x)/x^n by its principal value."""
    spelled = f.rewrite(sp.sin) if f.has(sp.sinc) else f
    body = sp.together(spelled.replace(lambda e: isinstance(e, sp.Piecewise), lambda e: _apart_from_zero(e, x)))
    top, bottom = sp.fraction(body)
    bottom = sp.Poly(bottom, x) if bottom.is_polynomial(x) else None
    if bottom is None or bottom.length() != 1 or bottom.degree() < 1:
        return None
    n, scale = bottom.degree(), bottom.LC()
    parts = waves(top, x)
    at_zero = None if parts is None else limit_of(body, x, sp.S.Zero)
    if parts is None or at_zero is None or at_zero.is_finite is not True:
        return None
    total = sp.S.Zero
    for a, b, cosine, sine in parts:
        if a != 0 or sp.im(b) != 0 or sp.Poly(cosine, x).degree() > 0 or sp.Poly(sine, x).degree() > 0:
            return None
        for c, shift in ((cosine / 2 + sine / (2 * sp.I), b), (cosine / 2 - sine / (2 * sp.I), -b)):
            u = shift - w
            total += sp.expand(c) * (sp.Abs(u) * u ** (n - 2) if n % 2 == 0 else sp.sign(u) * u ** (n - 1))
    return sp.pi * sp.I**n * total / (scale * sp.factorial(n - 1))


def _apart_from_zero(e: Any, x: Any) -> Any:
    """The branch of a piecewise expression that holds everywhere but at 0; itself where there is none."""
    return next((v for v, where in e.args if where == sp.Ne(x, 0)), e)
