"""Polynomials whose degree is too high to factor end in a refusal, and not in the end of the process."""

from fractions import Fraction

import pytest
from flint import fmpq

from twofold.symbolic.normal.polynomials import TooLarge, factors


@pytest.mark.parametrize("top", [10**14, Fraction(106450378683813, 5000000000000)])
def test_no_memory_is_asked_for_all_coefficients(top):
    with pytest.raises(TooLarge):
        factors({((0, top),): fmpq(1), (): fmpq(1)})


def test_what_can_be_factored_is():
    _, _, found = factors({((0, 4),): fmpq(1), (): fmpq(-1)})
    assert len(found) == 3
