"""Polynomials that the inequality of weighted means shows to be nonnegative: one term inside a simplex of even ones.

Source: Iliman and de Wolff, "Amoebas, nonnegative polynomials and sums of squares supported on circuits", theorem 3.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import Any

import sympy as sp


def is_nonnegative_circuit(f: Any, variables: Sequence[Any]) -> bool:
    """Whether f is a sum of positive terms with even exponents and one other term within a simplex of these, whose size is at most
    the circuit number, the product of (c_j/l_j)^l_j over the vertices with the barycentric coordinates l of the inner exponent."""
    f = sp.expand(f)
    if not f.is_polynomial(*variables):
        return False
    terms = sp.Poly(f, *variables).terms()
    if not all(c.is_Rational for _, c in terms):
        return False
    outer = [(m, c) for m, c in terms if c > 0 and all(e % 2 == 0 for e in m)]
    inner = [(m, c) for m, c in terms if (m, c) not in outer]
    if len(inner) != 1 or not outer:
        return not inner
    ((place, size),) = inner
    rows = sp.Matrix([[*m, 1] for m, _ in outer]).T
    weights = sp.symbols(f"l:{len(outer)}")
    for solution in sp.linsolve((rows, sp.Matrix([*place, 1])), weights):
        if any(w.free_symbols for w in solution) or any(w < 0 for w in solution):
            return False
        power = lcm(*(int(w.q) for w in solution))
        number = sp.Mul(*((c / w) ** (w * power) for (_, c), w in zip(outer, solution, strict=True) if w != 0))
        return bool(abs(size) ** power <= number)
    return False
