"""Points with small arrays: the sizes and what is declared of an array stay true, the simplest point comes first."""

from __future__ import annotations

import pytest

from twofold.grammar.term import Symbol, num, var
from twofold.numeric.small_arrays import small
from twofold.numeric.valuation import draw

N = Symbol("n", "integer", (), num(1), size=True)
PLAIN = [Symbol("x", "real", (var(N),)), Symbol("A", "real", (var(N), var(N)))]


def points(*symbols):
    return small(draw((N, *symbols), (), 7, 48), 7)


def test_products_vanish_at_some_points():
    x, y = (Symbol(name, "real", (var(N),)) for name in "xy")
    orthogonal = [p for p in points(x, y) if any(p[x]) and any(p[y]) and not sum(a * b for a, b in zip(p[x], p[y], strict=True))]
    assert orthogonal
    assert {len(p[x]) for p in orthogonal} >= {2, 3}


def test_every_array_has_the_size_of_its_point():
    for p in points(*PLAIN):
        assert len(p[PLAIN[0]]) == len(p[PLAIN[1]]) == len(p[PLAIN[1]][0]) == p[N]


def test_the_simplest_comes_first():
    x = PLAIN[0]
    entries = [len(p[x]) for p in points(x)]
    assert entries == sorted(entries)


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("symmetric", lambda a: all(a[i][j] == a[j][i] for i in range(len(a)) for j in range(len(a)))),
        ("diagonal", lambda a: all(a[i][j] == 0 for i in range(len(a)) for j in range(len(a)) if i != j)),
        ("posdef", lambda a: all(a[k][k] > 0 for k in range(len(a)))),
        ("positive", lambda a: all(x > 0 for row in a for x in row)),
        ("integer", lambda a: all(x == int(x) for row in a for x in row)),
    ],
)
def test_what_is_declared_stays_true(word, kept):
    a = Symbol("A", "real", (var(N), var(N)), properties=frozenset((word,)))
    found = points(a)
    assert found
    assert all(kept(p[a]) for p in found)


def test_some_matrices_are_skew_and_some_nilpotent():
    a = PLAIN[1]
    found = [p[a] for p in points(a) if p[N] == 2 and any(map(any, p[a]))]
    assert any(m[0][0] == m[1][1] == 0 and m[0][1] == -m[1][0] for m in found)
    assert any(m[0][0] == m[1][1] == m[1][0] == 0 for m in found)


def test_numbers_beside_arrays_are_small_at_some_points_and_keep_to_their_bounds():
    t, s = Symbol("t", "real"), Symbol("s", "real", lower=num(5))
    found = points(t, s, PLAIN[0])
    assert {0, 1, -1} <= {p[t] for p in found}
    assert all(p[s] >= 5 for p in found)


def test_numbers_alone_make_no_points():
    assert points(Symbol("t", "real")) == []
