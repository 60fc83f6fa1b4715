"""Conditions under which claims about complex quotients hold: none where a part of the denominator is known not to be 0."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("let R, L, w > 0\nabs(1/(R + im*w*L)) == 1/abs(R + im*w*L)", []),
        ("let w, k : real\nre(1/(1 + im*w*k)) == 1/(1 + w^2*k^2)", []),
        ("let x : real\nx/(x*(1 + im*x)) == 1/(1 + im*x)", ["x != 0"]),
        ("let z : complex\nz/(z*(z - 1)) == 1/(z - 1)", ["z != 0"]),
        ("let R, w : real\n(R + im*w)^2/(R + im*w) == R + im*w", ["R + im*w != 0"]),
        ("let z : complex\narg(conjugate(z)) == -arg(z) given im(z) < 0", []),
        ("let z : complex\narg(z) <= pi given re(z) >= 0", ["z != 0"]),
        ("let z : complex\nre(log(1/z)) == -log(abs(z))", ["z != 0"]),
    ],
)
def test_conditions_of_complex_quotients(text, conditions):
    found = [r.to_dict() for r in Session().run(text)][-1]
    assert (found["verdict"], found.get("conditions", [])) == ("proved", conditions)
