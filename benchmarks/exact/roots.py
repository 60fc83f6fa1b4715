"""The roots of a polynomial given as a tree, by mpmath: the real ones ascending, then the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath

from benchmarks.exact.reading import Tree


def coefficients(body: Tree, name: str, names: Mapping[str, Any], most: int = 24) -> list[Any]:
    """The coefficients, the highest first, by interpolation at roots of unity."""
    from benchmarks.exact.values import value

    points = [mpmath.expjpi(mpmath.mpf(2 * k) / most) for k in range(most)]
    values = [value(body, {**names, name: p}) for p in points]
    found = [mpmath.fsum(v * p**-j for v, p in zip(values, points, strict=True)) / most for j in range(most)]
    size = max(abs(c) for c in found)
    while abs(found[-1]) < size * mpmath.mpf(10) ** -45:
        found.pop()
    return [c.real if abs(mpmath.im(c)) < size * mpmath.mpf(10) ** -45 else c for c in reversed(found)]


def real_then_complex(body: Tree, name: str, names: Mapping[str, Any]) -> list[Any]:
    """The roots in the order of `root_of`: real ones ascending, then pairs by real part and imaginary part."""
    found = mpmath.polyroots(coefficients(body, name, names), maxsteps=500, extraprec=400)
    real = sorted(mpmath.re(r) for r in found if abs(mpmath.im(r)) < mpmath.mpf(10) ** -35)
    rest = [r for r in found if abs(mpmath.im(r)) >= mpmath.mpf(10) ** -35]
    return real + sorted(rest, key=lambda r: (mpmath.nstr(mpmath.re(r), 20), mpmath.im(r)))
