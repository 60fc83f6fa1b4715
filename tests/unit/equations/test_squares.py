"""Signs of polynomials of degree two by completing squares."""

from __future__ import annotations

import pytest

from twofold.symbolic.equations.ring import CONTEXT, constant
from twofold.symbolic.equations.squares import definite, vanishes

x, y, z = (CONTEXT.gen(k) for k in range(3))


@pytest.mark.parametrize(
    ("f", "sign", "zero"),
    [
        (x * x, 1, True),
        (x * x + constant(1), 1, False),
        (x * x - 2 * x * y + y * y, 1, True),
        (x * x + x * y + y * y + constant(1), 1, False),
        (-(x * x) + 2 * x - constant(1), -1, True),
        (-(x * x) + 2 * x - constant(2), -1, False),
        ((x - z) ** 2 + (y - z) ** 2, 1, True),
        ((x - z) ** 2 + (y - z) ** 2 + 2 * x - 2 * z + constant(3), 1, False),
    ],
)
def test_one_sign(f, sign, zero):
    assert definite(f) == sign
    assert vanishes(f) is zero


@pytest.mark.parametrize(
    "f",
    [
        x * y,
        x * x - y * y,
        x * x - constant(1),
        x * x + y,
        x,
        (x - y) ** 2 + z,
        x**4 + y * y,
        x * x * y,
        (x + y) ** 2 - constant(1),
        x * y + z * z,
    ],
)
def test_both_signs_or_unknown(f):
    assert definite(f) is None
