"""Exact answers as SymPy objects and NumPy functions."""

from __future__ import annotations

import numpy as np
import pytest

from twofold.engine.objects import to_numpy, to_sympy


def test_sympy_objects_keep_names_and_assumptions():
    import sympy as sp

    found = to_sympy("x^2 + sqrt(a)/3", ["let a > 0"])
    a, x = sorted(found.free_symbols, key=str)
    assert (str(a), str(x), a.is_positive, x.is_real) == ("a", "x", True, True)
    assert found == x**2 + sp.sqrt(a) / 3


def test_numpy_functions_take_names_and_broadcast():
    found = to_numpy("a*sin(x) + lambda")
    x = np.linspace(0, 1, 5)
    assert np.allclose(found(a=2, x=x, **{"lambda": 1}), 2 * np.sin(x) + 1)
    with pytest.raises(TypeError, match="a, lambda, x"):
        found(x=1)


def test_an_answer_without_names():
    assert to_numpy("sqrt(pi)/2")() == pytest.approx(0.886226925452758)


def test_names_cannot_smuggle_code_in():
    found = to_numpy("__class__ + os", ["let __class__, os : real"])
    assert found(__class__=1, os=2) == 3
