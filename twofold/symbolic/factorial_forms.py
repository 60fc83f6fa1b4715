"""Products of factorials in a shorter form: factorial(2*n)/factorial(n)^2 is binomial(2*n, n), (n + 1)*factorial(n) is factorial(n + 1)."""

from __future__ import annotations

from typing import Any

import sympy as sp

_OFTENEST = 4
"""The highest power of a factorial that is looked at."""


def with_factorials_joined(e: Any) -> Any:
    """The expression with f!/(g!*(f - g)!) put as a binomial coefficient, gamma functions among them, and (f + 1)*f! as one factorial."""
    return e.replace(lambda m: m.is_Mul and m.has(sp.factorial, sp.gamma), lambda m: _raised(_in_product(m)))


def _raised(product: Any) -> Any:
    """The neighbours of factorials taken into them, above and below the bar."""
    factors = list(sp.Mul.make_args(product))
    for place, f in enumerate(factors):
        base, power = f.as_base_exp()
        if isinstance(base, sp.factorial) and power in (1, -1):
            following = (base.args[0] + 1) ** power
            if following in factors and following.free_symbols:
                factors[place] = sp.factorial(base.args[0] + 1) ** power
                factors.remove(following)
                return sp.Mul(*factors)
    return product


def _with_neighbour(whole: Any, base: Any, below: list[tuple[Any, Any]]) -> Any:
    """f!/(g!*(f - g - 1)!) as (f - g)*binomial(f, g), which also has a value where f = g; the factorials below are taken out of the list."""
    if not whole.free_symbols or whole.as_coeff_Add()[0] != 0:
        return base
    for i, (small, _) in enumerate(below):
        for j, (other, _) in enumerate(below):
            if i != j and other.as_coeff_Add()[0] == 0 and sp.expand(small + other + 1 - whole) == 0:
                for k in sorted((i, j), reverse=True):
                    below.pop(k)
                return (small + 1) * sp.binomial(whole, other, evaluate=False)
    return base


def _in_product(product: Any) -> Any:
    above: list[tuple[Any, Any]] = []
    below: list[tuple[Any, Any]] = []
    out = []
    for f in sp.Mul.make_args(product):
        base, power = f.as_base_exp()
        if isinstance(base, (sp.factorial, sp.gamma)) and power.is_Integer and abs(power) <= _OFTENEST:
            whole = base.args[0] if isinstance(base, sp.factorial) else sp.expand(base.args[0] - 1)
            (above if power > 0 else below).extend([(whole, base)] * abs(int(power)))
        else:
            out.append(f)
    for whole, base in above:
        pair = next(
            ((i, j) for i in range(len(below)) for j in range(i) if sp.expand(below[i][0] + below[j][0] - whole) == 0), None
        )
        if pair is None:
            out.append(_with_neighbour(whole, base, below))
            continue
        parts = [below.pop(i)[0] for i in pair]
        out.append(sp.binomial(whole, min(parts, key=lambda t: (sp.count_ops(t), str(t))), evaluate=False))
    return sp.Mul(*out, *(1 / base for _, base in below)) if above else product
