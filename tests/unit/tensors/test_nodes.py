"""Index expressions themselves: names of summed indices never matter and never clash."""

from __future__ import annotations

from itertools import permutations

import pytest

from twofold.grammar.term import var
from twofold.symbolic.tensors.algebra import multiply, total
from twofold.symbolic.tensors.node import ONE, Delta, Entry, Index, Monomial, Poly, single
from twofold.symbolic.tensors.renaming import rename
from twofold.symbolic.tensors.sizes import dimension


@pytest.fixture
def index(names):
    return lambda: Index(ONE, dimension(var(names["n"])))


def entry(names, text, *slots):
    return Entry(names[text], slots)


def test_no_index_is_free_in_one_term_and_summed_in_another(names, index):
    i = index()
    x = entry(names, "x", i)
    both = Poly([(Monomial((), ((x, 1),)), 1), (Monomial((i,), ((x, 2),)), 1)])
    assert both.indices == {i}
    assert all(i not in m.bound for m, _ in both.terms)


def test_renaming_does_not_capture(names, index):
    i, j = index(), index()
    row = Monomial((j,), ((entry(names, "A", i, j), 1),))
    (bound,) = row.moved({i: j}).bound
    assert bound is not j
    moved = rename(Poly([(row, 1)]), {i: j})
    assert moved.indices == {j}
    assert moved.ident == Poly([(Monomial((i,), ((entry(names, "A", j, i), 1),)), 1)]).ident


def test_products_keep_their_sums_apart(names, index):
    i = index()
    square = Poly([(Monomial((i,), ((entry(names, "x", i), 1),)), 1)])
    (term,) = multiply(square, square).terms
    assert len(term[0].bound) == 2


@pytest.mark.parametrize("matrix", ["A", "L"])
def test_the_order_of_factors_and_indices_does_not_matter(names, index, matrix):
    i, j, k = index(), index(), index()
    cycle = [(entry(names, matrix, i, j), 1), (entry(names, matrix, j, k), 1), (entry(names, matrix, k, i), 1)]
    found = {Monomial(bound, powers).ident for powers in permutations(cycle) for bound in permutations((i, j, k))}
    assert len(found) == 1


def test_a_cycle_of_six_is_not_two_cycles_of_three(names, index):
    def cycle(length):
        ring = [index() for _ in range(length)]
        return ring, [(entry(names, "L", a, b), 1) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]

    (six, long), (first, one), (second, two) = cycle(6), cycle(3), cycle(3)
    assert Monomial(tuple(six), tuple(long)).ident != Monomial((*first, *second), (*one, *two)).ident


def test_a_delta_needs_a_range_that_fits(names, index):
    i = index()
    short = Index(ONE, dimension(4))
    kept = multiply(single(Delta(i, short)), single(entry(names, "x", i)), (i,))
    assert any(isinstance(f, Delta) for m, _ in kept.terms for f, _ in m.powers)
    assert total(ONE, i).ident == dimension(var(names["n"])).ident
