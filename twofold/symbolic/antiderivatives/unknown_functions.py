"""Antiderivatives with arbitrary functions, by parts: of f'(x)*g(x) + f(x)*g'(x), of x*f''(x), of f(x)^2*f'(x).

What stands with the highest derivative of a function is taken to be multiplied by that derivative of one order less; what is left over is integrated in
turn, or is a multiple of the integrand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

if TYPE_CHECKING:
    from twofold.symbolic.antiderivatives.search import Search


def by_unknown_functions(f: Any, x: Any, search: Search, depth: int) -> Any:
    """An antiderivative, or `None`."""
    derivatives = [d for d in f.atoms(sp.Derivative) if d.variables == (x,) * len(d.variables)]
    if not derivatives:
        return None
    highest = max(len(d.variables) for d in derivatives)
    for term in sp.Add.make_args(sp.expand(f)):
        factors = [d for d in sp.Mul.make_args(term) if isinstance(d, sp.Derivative) and len(d.variables) == highest]
        if len(factors) != 1:
            continue
        d = factors[0]
        before = d.expr if highest == 1 else sp.Derivative(d.expr, (x, highest - 1))
        made = term / d * before
        left = sp.expand(f - sp.diff(made, x))
        if left == 0:
            return made
        ratio = sp.cancel(left / sp.expand(f))
        if not ratio.has(x) and ratio != 1 and not ratio.atoms(sp.Function):
            return made / (1 - ratio)
        if any(len(e.variables) > highest for e in left.atoms(sp.Derivative)) or left.count_ops() > f.count_ops():
            continue
        rest = search.find(left, x, depth + 1)
        if rest is not None:
            return made + rest
    return None
