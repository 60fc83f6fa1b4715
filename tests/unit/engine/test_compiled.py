"""Exact results as NumPy functions."""

from __future__ import annotations

import numpy as np
import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.compiled import compiled
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.symbolic.context import NoClosedForm

X, Y, V, S = Symbol("x"), Symbol("y"), Symbol("v", shape=(3,)), Symbol("S", shape=(2, 2), properties=frozenset({"symmetric"}))


def term(text):
    return resolve(parse_expression(text), Scope({"x": X, "y": Y, "v": V, "S": S}))


def test_scalars_are_vectorised():
    f = compiled(term("x^2 + sin(y)"), [X, Y])
    assert f(np.arange(3.0), 0.0) == pytest.approx([0, 1, 4])
    assert f(2.0, 0.0) == 4


def test_arrays_have_their_axes_last():
    f = compiled(term("[x, y; x*y, 1]"), [X, Y])
    assert f(2.0, 3.0).tolist() == [[2, 3], [6, 1]]
    assert f(np.arange(5.0), 3.0).shape == (5, 2, 2)


def test_vectors_and_matrices_as_arguments():
    assert compiled(term("v'*v + gamma(x)"), [X, V])(4.0, [1, 2, 3]) == pytest.approx(20)
    assert compiled(term("det(S)"), [S])([[2, 1], [1, 3]]) == pytest.approx(5)


def test_pieces():
    assert compiled(term("{x^2 if x > 0; 0 otherwise}"), [X])(np.array([-1.0, 2.0])).tolist() == [0, 4]


def test_names_are_never_written_into_code():
    evil = Symbol("__import__('os')")
    from twofold.grammar.term import App, num, var

    assert compiled(App("add", (var(evil), num(1))), [evil])(1.0) == 2


@pytest.mark.parametrize("text", ["x + q", "integrate(exp(-x^2)*cos(x^3), x = 0..1) + x"])
def test_what_cannot_be_compiled(text):
    with pytest.raises(NoClosedForm):
        compiled(term(text), [X])
