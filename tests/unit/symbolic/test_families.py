"""Systems that leave unknowns free: all families, none that is part of another, and the words for their completeness."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.solving.families import families

x, y, z = sp.symbols("x y z", real=True)

SYSTEMS = {
    "a product leaves two": ([x * y, x * z], [{x: 0}, {y: 0, z: 0}]),
    "a coefficient that may be 0": ([x * y - z, x * z - y], [{x: 1, y: z}, {x: -1, y: -z}, {y: 0, z: 0}]),
    "a hyperbola": ([x * y - 1], [{x: 1 / y}]),
    "contradictions": ([x * y - 1, x * y - 2], []),
    "a whole plane": ([sp.S.Zero], [{}]),
    "the part of another is left out": ([x * (x - y), x * (x - y) * z], [{x: 0}, {x: y}]),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_families(name):
    equations, expected = SYSTEMS[name]
    found = families(equations, (x, y, z))
    assert found is not None and len(found) == len(expected)
    for wanted in expected:
        point = {s: wanted.get(s, s) for s in (x, y, z)}
        # Every expected family is one of those found, with one unknown or another in front.
        assert any(
            all(sp.cancel((value - s).subs(point, simultaneous=True)) == 0 for s, value in family.items()) for family in found
        ), wanted


@pytest.mark.parametrize("equations", [[x**2 + y**2 - 1], [x**3 - y**2 * z**2], [sp.Symbol("a") * x - y]])
def test_what_has_no_linear_unknown_or_other_names_is_left_alone(equations):
    assert families(equations, (x, y, z)) is None


@pytest.mark.parametrize(
    ("question", "exact", "notes"),
    [
        ("solve({x*y == 0, x*z == 0}, [x, y, z])", "{[0, y, z], [x, 0, 0]}", {"all solutions", "x free in [x, 0, 0]"}),
        ("solve({x + y == 3, x - y == 1}, [x, y])", "{[2, 1]}", {"the only solution"}),
        ("solve({x + y == 1, x + y == 2}, [x, y])", "{}", {"no solution"}),
        ("solve({x + y == 1, 2x + 2y == 2}, [x, y])", "{[1 - y, y]}", {"all solutions", "y free"}),
        ("solve({x^2 + y^2 + z^2 == -1, x == y}, [x, y, z])", "{}", {"there may be other solutions"}),
        ("solve({(1 - x^2*y)*(2*exp(x) - x) == 0}, [x, y])", "{[x, 1/x^2]}", {"there may be other solutions"}),
        ("let u > 0\nsolve({u*v == 0, u*w == 1}, [u, v, w])", "{[1/w, 0, w]}", {"all solutions", "w free"}),
    ],
)
def test_what_is_said(question, exact, notes):
    row = Session().run(question)[-1].to_dict()
    assert row["exact"] == exact and notes <= set(row["notes"])
    assert exact == "{}" or row["check"]["agrees"], "members without a value at a point say nothing against a family"
