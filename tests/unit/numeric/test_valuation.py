"""Points that honour declarations and assumptions, simple ones first, the same for the same seed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq, fmpq_mat

from twofold.grammar.term import App, Bound, Symbol, num, var
from twofold.numeric.interpolation import rational_zeros
from twofold.numeric.valuation import Complex, draw

N, M = (Symbol(n, "integer", size=True) for n in "nm")


def test_deterministic_and_simple_first(at) -> None:
    symbols = list(at(x=0, y=0))
    points = draw(symbols, seed=3)
    assert points == draw(symbols, seed=3) != draw(symbols, seed=4)
    assert all(isinstance(v, int) and abs(v) <= 5 for p in points[:8] for v in p.values())
    assert len(points) >= 60


def test_every_sign_scale_and_special_value(at) -> None:
    x, y = symbols = list(at(x=0, y=0))
    points = draw(symbols)
    assert {(p[x] > 0, p[y] > 0) for p in points if p[x] and p[y]} == {(a, b) for a in (True, False) for b in (True, False)}
    assert {0, 1, -1} <= {p[x] for p in points}
    assert any(0 < abs(p[x]) < Fraction(1, 50) for p in points) and any(abs(p[x]) > 50 for p in points)


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("x < y", 30),
        ("0 < x and x < y and y < a", 20),
        ("x + y == 1", 30),
        ("x == 2*y + a", 30),
        ("x > 10^6", 30),
        ("x^2 + y^2 < 1/100", 4),
        ("x*y == 1", 20),
    ],
)
def test_assumptions_hold(term, at, text: str, least: int) -> None:
    from twofold.numeric.evaluate import ball

    points = draw(list(at(x=0, y=0, a=0)), [term(text)])
    assert len(points) >= least
    assert all(ball(term(text), p) is True for p in points)


def test_contradictory_assumptions_have_no_points(term, at) -> None:
    assert draw(list(at(x=0)), [term("x < 0"), term("x > 0")]) == []


def test_bounds_of_symbols() -> None:
    p = Symbol("p", lower=num(0), upper=num(1), open_lower=True, open_upper=True)
    k = Symbol("k", "integer", lower=num(0), upper=num(9))
    q = Symbol("q", lower=var(p), open_lower=True)
    for point in draw([q, p, k]):
        assert 0 < point[p] < 1 and point[q] > point[p] and point[k] in range(10)
    assert {0, 9} <= {v[k] for v in draw([k])}


def test_sizes_differ() -> None:
    a = Symbol("A", shape=(var(M), var(N)))
    points = draw([a], count=12)
    assert all(p[M] != p[N] and len(p[a]) == p[M] and len(p[a][0]) == p[N] for p in points)
    assert len({(p[M], p[N]) for p in points}) >= 4


@pytest.mark.parametrize("name", ["symmetric", "posdef", "orthogonal", "diagonal", "invertible", "positive", "integer"])
def test_matrices_have_their_properties(name: str) -> None:
    a = Symbol("A", shape=(var(N), var(N)), properties=frozenset({name}))
    for point in draw([a], count=16):
        rows, n = point[a], point[N]
        exact = fmpq_mat(n, n, [Fraction(x).numerator for r in rows for x in r]) if name == "integer" else None
        transposed = tuple(zip(*rows, strict=True))
        if name in ("symmetric", "posdef"):
            assert tuple(map(tuple, transposed)) == rows
        if name == "posdef":
            assert all(sum(x * y for x, y in zip(r, (1, -1, 2, 3), strict=False)) is not None for r in rows) and rows[0][0] > 0
        if name == "orthogonal":
            assert all(
                sum(x * y for x, y in zip(p, q, strict=True)) == int(i == j)
                for i, p in enumerate(rows)
                for j, q in enumerate(rows)
            )
        if name == "diagonal":
            assert all(x == 0 for i, r in enumerate(rows) for j, x in enumerate(r) if i != j)
        if name == "positive":
            assert all(x > 0 for r in rows for x in r)
        if name == "integer":
            assert exact is not None and all(Fraction(x).denominator == 1 for r in rows for x in r)


def test_vectors_complex_numbers_and_functions() -> None:
    p = Symbol("p", shape=(3,), properties=frozenset({"probability"}))
    y = Symbol("y", shape=(3,), properties=frozenset({"onehot"}))
    z, f = Symbol("z", "complex"), Symbol("f", "function", arity=2)
    points = draw([p, y, z, f])
    for point in points:
        assert sum(point[p]) == 1 and all(x > 0 for x in point[p]) and sorted(point[y]) == [0, 0, 1]
        assert isinstance(point[z], Complex) and isinstance(point[f], Bound) and len(point[f].symbols) == 2
    assert any(v[z].imag == 0 for v in points) and any(v[z].imag for v in points)


def test_many_variables_are_positive_together() -> None:
    k = Symbol("k", "integer", shape=(6,))
    assert sum(all(x >= 0 for x in p[k]) for p in draw([k])) >= 8


def test_irrational_ends_of_an_interval_are_not_passed(term) -> None:
    x = Symbol("x", lower=term("sqrt(2)"), upper=term("pi/2"))
    for point in draw([x]):
        assert point[x] ** 2 > 2 and 2 * point[x] < Fraction("3.14159265358979323846264338327950288419")


def test_arrays_of_low_rank_are_among_the_points() -> None:
    a = Symbol("a", shape=(3, 2))
    ranks = {
        fmpq_mat(3, 2, [fmpq(x.numerator, x.denominator) for r in map(list, p[a]) for x in map(Fraction, r)]).rank()
        for p in draw([a])
    }
    assert {1, 2} <= ranks


def test_symbols_of_the_same_kinds_get_the_same_points() -> None:
    def made() -> list[Symbol]:
        return [Symbol("n", size=True), Symbol("x"), Symbol("k", "integer", lower=num(2)), Symbol("A", shape=(2, 2))]

    first, second = made(), made()
    points = [draw(names, seed=3, count=12) for names in (first, second)]
    assert [[p[s] for s in first] for p in points[0]] == [[p[s] for s in second] for p in points[1]]
    assert all(list(p) == sorted(p, key=first.index) and p[first[2]] >= 2 for p in points[0])
    other = [Symbol("k", "integer", upper=num(-2))]
    assert all(p[other[0]] <= -2 for p in draw(other, seed=3, count=12))


@pytest.mark.parametrize(
    ("values", "zeros"),
    [
        ([-6, -5, -4], (6,)),
        ([36, 25, 16, 9], (6,)),
        ([9, 8, 5, 0, -7], (3, -3)),
        ([1, 2, 9, 28, 65], (-1,)),
        ([Fraction(-1, 2), 0, Fraction(1, 2)], (1,)),
        ([2, 3, 6, 11], ()),
        # no polynomial, or not enough values to tell
        ([1, 2, 4, 8], None),
        ([0, 1, 4], None),
        ([3, 3, 3], None),
    ],
)
def test_rational_zeros_of_the_polynomial_through_values(values, zeros) -> None:
    assert rational_zeros([Fraction(v) for v in values]) == zeros


def test_a_quadratic_equation_among_the_assumptions_is_met(at) -> None:
    (x,) = at(x=0)
    t = var(x)
    square = App("eq", (App("mul", (t, t)), num(9)), (), "truth")
    assert {p[x] for p in draw([x], (square,), 7, 4)} == {3}
    assert draw([x], (App("eq", (App("mul", (t, t)), num(2)), (), "truth"),), 7, 4) == []
