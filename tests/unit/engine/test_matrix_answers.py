"""Claims about minimal polynomials, ranks and bases, by what they mean."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

_TRUE = [
    "minpoly([a, 0; 0, b], t) == (t - a)*(t - b) given a != b",
    "minpoly([a, 1; 0, a], t) == (t - a)^2",
    "minpoly([a, 1; 0, b], t) == (t - a)*(t - b)",
    "minpoly([2, 0, 0; 0, 2, 0; 0, 0, 3], t) == (t - 2)*(t - 3)",
    "minpoly([0, 1, 0; 0, 0, 1; a, b, c], t) == t^3 - c*t^2 - b*t - a",
    "minpoly(a*[1, 0; 0, 1], t) == t - a",
    "minpoly(sqrt(2) + sqrt(3), t) == t^4 - 10*t^2 + 1",
    "orthogonal_complement([1, 1, 0]) == {[1, -1, 0], [0, 0, 2]}",
    "colspace([1, 2; 2, 4]) == {[2, 4]}",
    "rowspace([1, 2, 3; 4, 5, 6]) == {[1, 0, -1], [0, 1, 2]}",
    "basis([1, a], [a, a^2]) == {[1, a]}",
    "eigenvalues([2, 0, 0; 0, 3, 1; 0, 1, 3]) == {2, 4}",
]
_FALSE = [
    "minpoly([a, 1; 0, a], t) == t - a",
    "minpoly([2, 0, 0; 0, 2, 0; 0, 0, 3], t) == (t - 2)^2*(t - 3)",
    "minpoly([1, 1; 0, 1], t) == 2*t^2 - 4*t + 2",
    "minpoly(sqrt(2), t) == t^4 - 4",
    "minpoly([0, 1, 0; 0, 0, 1; a, b, c], t) == t^3 + c*t^2 + b*t + a",
    "orthogonal_complement([1, 1, 0]) == {[1, -1, 0]}",
    "orthogonal_complement([1, 1, 0], [0, 1, 1]) == {[1, 1, 1]}",
    "colspace([1, 2; 2, 4]) == {[2, 1]}",
    "rowspace([1, 2, 3; 4, 5, 6]) == {[1, 0, 1], [0, 1, 2]}",
    "eigenvalues([2, 0, 0; 0, 3, 1; 0, 1, 3]) == {2, 3, 4}",
]


@pytest.mark.parametrize("claim", _TRUE)
def test_proved(claim: str) -> None:
    assert Session().run(claim)[-1].verdict == "proved"


@pytest.mark.parametrize("claim", _FALSE)
def test_refuted(claim: str) -> None:
    assert Session().run(claim)[-1].verdict == "refuted"


@pytest.mark.parametrize(
    ("claim", "conditions"),
    [
        ("minpoly([a, 0; 0, b], t) == (t - a)*(t - b)", ("a != b",)),
        ("minpoly([a, b; b, a], t) == (t - a - b)*(t - a + b)", ("b != 0",)),
        ("rank([a, b; b, a]) == 2", ("a^2 - b^2 != 0",)),
        ("rank([1, a, a^2; 1, b, b^2; 1, c, c^2]) == 3 given a != b, b != c", ("a != c",)),
    ],
)
def test_conditional(claim: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(claim)[-1].to_dict()
    assert (found["verdict"], tuple(found["conditions"])) == ("conditional", conditions)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("matrix_of(v -> [v[2], v[1]], {[1, 1], [1, -1]}) == [1, 0; 0, -1]", "proved"),
        ("matrix_of(v -> [v[2], v[1]], {[1, 1], [1, -1]}) == [0, 1; 1, 0]", "refuted"),
        ("matrix_of(v -> [v[1] + v[2], 2*v[1]], {[1, 1], [1, -1]}, {[1, 0], [0, 1]}) == [2, 0; 2, 2]", "proved"),
        ("matrix_of(v -> -v + dot([1, 1], v)*[1, 1]) == [0, 1; 1, 0]", "proved"),
        ("kernel(v -> v[1] + v[2]) == {[1, -1]}", "proved"),
        ("kernel(v -> v[1] + v[2]) == {[1, 1]}", "refuted"),
        ("image(v -> [v[1], v[1]]) == {[2, 2]}", "proved"),
        ("image(v -> [v[1], v[1]]) == {[1, -1]}", "refuted"),
        ("matrix_of(v -> [v[1]^2, v[2]]) == [1, 0; 0, 1]", "undecided"),
        ("matrix_of(v -> [v[1] + 1, v[2]]) == [2, 1; 0, 1]", "undecided"),
        ("kernel(v -> v[1]^2) == {}", "undecided"),
    ],
)
def test_maps(claim: str, verdict: str) -> None:
    assert Session().run(claim)[-1].verdict == verdict
