"""Names that functions and properties have in other systems: no aliases, and answered with what is written here."""

from __future__ import annotations

import re

import pytest

from twofold.catalogue.index import elsewhere, functions
from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("columnspace([1, 2; 2, 4])", "write colspace(A)"),
        ("eig([1, 2; 2, 4])", "write eigenvalues(A), or eigenvectors(A)"),
        ("spectral_norm([1, 2; 2, 4])", "write norm(A, 2)"),
        ("nullity([1, 2; 2, 4])", "write n - rank(A), where A has n columns"),
    ],
)
def test_a_name_that_a_function_has_elsewhere_says_what_is_written_here(text, help):
    error = Session().run(text)[-1].error
    assert error.code == "unknown-function" and error.help == help


def test_what_is_written_here_for_another_name_is_a_function():
    for name, text in elsewhere().items():
        assert name not in functions()
        assert set(re.findall(r"(\w+)\(", text)) <= set(functions()), text


def test_a_property_that_is_a_kind_is_not_offered_for_itself():
    error = Session().run("let A : matrix(2, 2), complex")[-1].error
    assert error.code == "unknown-property" and "let z : complex" in error.help
