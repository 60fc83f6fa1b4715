"""Sums with Fibonacci numbers: finite ones by undetermined coefficients, infinite ones by the generating function.

Products of Fibonacci numbers with polynomials satisfy linear recurrences with constant coefficients, and so do their sums; two such sequences are the same if
they agree at as many consecutive places as the orders of their recurrences come to together. Source: Graham, Knuth, Patashnik, "Concrete Mathematics",
section 6.6; Kauers and Paule, "The Concrete Tetrahedron", chapter 4.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.symbolic.summation.geometric import geometric

_HIGHEST, _FARTHEST = 3, 12


def fibonacci_sum(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The sum over k = low..high and the condition under which it converges; `None` for other terms."""
    factor, body = body.as_independent(k, as_Add=False)
    found = (
        _series(body, k, low)
        if high is sp.oo
        else _plain(body, k, low, high) or _finite(body, k, low, high) or _geometric(body, k, low, high)
    )
    return None if found is None else (factor * found[0], found[1])


def _plain(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """F(a*k + b) and F(k + b)^2 between any ends."""
    number, power = body.as_base_exp()
    if not isinstance(number, sp.fibonacci) or len(number.args) != 1:
        return None
    f, a = sp.fibonacci, sp.diff(number.args[0], k)
    b = sp.expand(number.args[0] - a * k)
    if power == 2 and a == 1:
        return f(high + b) * f(high + 1 + b) - f(low - 1 + b) * f(low + b), sp.true
    if power != 1 or not (a.is_Integer and a > 0) or b.has(k):
        return None
    if a <= 2:
        step = 3 - a
        return f(sp.expand(a * high + b + step)) - f(sp.expand(a * (low - 1) + b + step)), sp.true
    sign = (-1) ** a
    ends = [f(sp.expand(a * (n + i) + b)) * (1, -sign)[1 - i] for n in (high, low - 1) for i in (1, 0)]
    return (ends[0] + ends[1] - ends[2] - ends[3]) / (sp.lucas(a) - 1 - sign), sp.true


def _geometric(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """x^k*F(a*k + b): the terms follow a recurrence of order two, so that what is left of their sum stands at its ends."""
    read = _read(body, k)
    if read is None or read[0].has(k):
        return None
    front, x, a, b = read
    sign = (-1) ** a

    def number(n: Any) -> Any:
        return sp.fibonacci(sp.expand(a * n + b))

    below = 1 - sp.lucas(a) * x + sign * x**2
    left = [number(n + 1) - sign * x * number(n) for n in (low - 1, high)]
    if a == 1:
        left = [_shortened(e, n) for e, n in zip(left, (low - 1 + b, high + b), strict=True)]
    return front * sp.expand(x**low * left[0] - x ** (high + 1) * left[1]) / below, sp.Ne(below, 0)


def _finite(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """Polynomials in k and Fibonacci numbers next to one another, from a whole number on."""
    if not low.is_Integer:
        return None
    pair = sp.symbols("f g", cls=sp.Dummy)
    flat = sp.expand(body.replace(lambda e: isinstance(e, sp.fibonacci) and e.has(k), lambda e: _by_two(e, k, *pair)))
    if flat.has(sp.fibonacci) or not flat.is_polynomial(k, *pair):
        return None
    made = sp.Poly(flat, k, *pair)
    degree, growth = max(a + b for _, a, b in made.monoms()), max(i for i, _, _ in made.monoms())
    if not made.domain.is_QQ and not made.domain.is_ZZ or degree > _HIGHEST or growth > _HIGHEST:
        return None
    return _by_coefficients(made, degree, growth, int(low), high)


def _by_two(e: Any, k: Any, f: Any, g: Any) -> Any:
    """F(k + s) by F(k) and F(k + 1)."""
    s = sp.expand(e.args[0] - k)
    return sp.fibonacci(s) * g + sp.fibonacci(s - 1) * f if len(e.args) == 1 and s.is_Integer and abs(s) <= _FARTHEST else e


def _by_coefficients(body: Any, degree: int, growth: int, low: int, high: Any) -> tuple[Any, Any] | None:
    def basis(n: Any, f: Any, g: Any) -> list[Any]:
        products = [n**i * f**a * g ** (d - a) for d in range(1, degree + 1) for a in range(d + 1) for i in range(growth + 1)]
        return [*products, *(n**i for i in range(growth + 2)), *((-1) ** n * n**i for i in range(growth + 2))]

    # The orders of the recurrences of the terms and of the basis are below this.
    count = 2 * len(basis(0, 1, 1)) + 8
    total, rows, sums = sp.S.Zero, [], []
    for n in range(low - 1, low - 1 + count):
        f, g = sp.fibonacci(n), sp.fibonacci(n + 1)
        if n >= low:
            total += body(n, f, g)
        rows.append([sp.QQ.from_sympy(sp.sympify(c)) for c in basis(sp.Integer(n), f, g)])
        sums.append([sp.QQ.from_sympy(total)])
    width = len(rows[0])
    reduced, pivots = DomainMatrix([r + s for r, s in zip(rows, sums, strict=True)], (count, width + 1), sp.QQ).rref()
    if width in pivots:
        return None
    found = [sp.S.Zero] * width
    for i, place in enumerate(pivots):
        found[place] = sp.QQ.to_sympy(reduced[i, width].element)
    columns = basis(high, sp.fibonacci(high), sp.fibonacci(high + 1))
    return _shortened(sp.Add(*(c * b for c, b in zip(found, columns, strict=True))), high), sp.true


def _shortened(value: Any, high: Any) -> Any:
    """a*F(n) + b*F(n + 1) as one Fibonacci number where it is one."""
    f, g = sp.fibonacci(high), sp.fibonacci(high + 1)
    a, b = value.coeff(f, 1), value.coeff(g, 1)
    rest = sp.expand(value - a * f - b * g)
    if not (a.is_Integer and b.is_Integer and not rest.has(sp.fibonacci)):
        return value
    # Not F(n - 1), which has no value at n = 0.
    shift = next((s for s in range(_FARTHEST + 1) if (sp.fibonacci(s - 1), sp.fibonacci(s)) == (a, b)), None)
    return value if shift is None else sp.fibonacci(high + shift) + rest


def _series(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """P(k)*x^k*F(a*k + b): derivatives of the generating function."""
    read = _read(body, k) if low.is_Integer and low >= 0 else None
    if read is None:
        return None
    front, base, a, b = read
    if base.is_positive and base >= (sp.sqrt(5) - 1) / 2 and front.is_positive and b >= 0:
        return sp.oo, sp.true
    if not front.is_polynomial(k) or sp.degree(front, k) > _HIGHEST:
        return None
    x = sp.Dummy("x")
    lucas = sp.lucas(a)
    series = (sp.fibonacci(b) + (-1) ** b * sp.fibonacci(a - b) * x) / (1 - lucas * x + (-1) ** a * x**2)
    total, power = sp.S.Zero, series
    for i in range(int(sp.degree(front, k)) + 1 if front.has(k) else 1):
        total += front.coeff(k, i) * power
        power = x * sp.diff(power, x)
    first = sum((front.subs(k, i) * x**i * sp.fibonacci(a * i + b) for i in range(int(low))), sp.S.Zero)
    value = sp.factor(sp.together(total - first)).subs(x, base)
    return value, sp.Abs(base) < ((sp.sqrt(5) - 1) / 2) ** a


def _read(body: Any, k: Any) -> tuple[Any, Any, int, int] | None:
    """front*base^k*F(a*k + b) as (front, base, a, b), where powers of k may be in front."""
    number = next((f for f in sp.Mul.make_args(body) if isinstance(f, sp.fibonacci) and len(f.args) == 1), None)
    if number is None:
        return None
    a = sp.diff(number.args[0], k)
    b = sp.expand(number.args[0] - a * k)
    if not (a.is_Integer and a > 0 and b.is_Integer):
        return None
    base, front = geometric(body / number, k)
    return None if any(p.exp.has(k) for p in front.atoms(sp.Pow, sp.exp)) else (front, base, a, b)
