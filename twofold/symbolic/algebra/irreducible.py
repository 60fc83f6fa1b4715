"""Polynomials with parameters that are irreducible because they are so at numbers in place of the parameters."""

from __future__ import annotations

from random import Random
from typing import Any

import sympy as sp

TRIES = 4
SIZE = 1000


def surely_irreducible(p: Any) -> bool:
    """Whether a polynomial over Z[parameters] with leading coefficient 1 or -1 is known to be irreducible over Q(parameters).

    Factors could be taken to be monic over Z[parameters] by Gauss's lemma, and would be factors of the same degrees wherever numbers are put
    in. To find that out takes milliseconds; to factor in ten names takes seconds where the choice of points is unlucky.
    """
    domain = p.domain
    if not domain.is_PolynomialRing or not domain.domain.is_ZZ or p.LC() not in (1, -1):
        return False
    source = Random(7)
    for _ in range(TRIES):
        at = {s: source.randint(-SIZE, SIZE) for s in domain.symbols}
        if sp.Poly([c.subs(at) for c in p.all_coeffs()], p.gen, domain="ZZ").is_irreducible:
            return True
    return False
