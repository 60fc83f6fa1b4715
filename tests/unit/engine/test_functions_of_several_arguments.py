"""Arbitrary functions of several arguments: derivatives, and values where they are compared."""

import pytest

from twofold.engine.session import Session


def _asked(text):
    return Session().run(f"let f : function\n{text}")[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("diff(f(x), y)", "0"),
        ("diff(f(x, y), y)", "diff(f(x, y), y)"),
        ("diff(f(x, y), x, y)", "diff(diff(f(x, y), x), y)"),
        ("diff(x*f(x, y), y, x)", "x*diff(diff(f(x, y), x), y) + diff(f(x, y), y)"),
        ("laplacian(f(r), [r, t], polar)", "diff(f(r), r, 2) + diff(f(r), r)/r"),
        ("laplacian(f(r), [r, t, p], spherical)", "diff(f(r), r, 2) + 2*diff(f(r), r)/r"),
        ("hessian(f(x), [x, y])", "[diff(f(x), x, 2), 0; 0, 0]"),
    ],
)
def test_derivatives_of_an_arbitrary_function(text, exact):
    found = _asked(text)
    assert found.exact == exact and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("f(x, y) == f(y, x)", "refuted"),
        ("diff(f(x, y), x, y) == diff(f(x, y), y, x)", "proved"),
        ("diff(f(x, y)^2, x) == 2*f(x, y)*diff(f(x, y), x)", "proved"),
        ("diff(f(x, x), x) == diff(f(x, y), x)", "refuted"),
    ],
)
def test_claims_about_a_function_of_two_arguments(text, verdict):
    assert _asked(text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "exact", "agrees"),
    [
        ("integrate(x, x) + 1", "x^2/2 + 1", True),
        ("simplify(integrate(x, x) - x^2/2)", "0", True),
        ("expand(integrate((x + 1)^2, x))", "x^3/3 + x^2 + x", True),
        ("exp(integrate(1/x, x))", None, None),
    ],
)
def test_the_constant_of_an_indefinite_integral_is_no_conflict(text, exact, agrees):
    found = _asked(text)
    assert found.error is None and found.verdict is None
    assert (exact is None or found.exact == exact) and (found.check is None and agrees is None or found.check.agrees is agrees)


def test_a_whole_number_is_factored_however_it_is_written():
    assert _asked("factor(2^64 - 1)").exact == "3*5*17*257*641*65537*6700417"
    assert _asked("factor(2^32 + 1)").exact == "641*6700417"
