"""Evaluations done before: the same value or reason, for the work that it took, and only where all that it depends on is the same."""

from fractions import Fraction

import pytest
from flint import arb

from twofold.core.meter import Meter
from twofold.numeric import evaluate, quadrature
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.evaluator import Work
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Unresolved
from twofold.numeric.remembered import again


@pytest.fixture
def asked(monkeypatch):
    """How many integrals were worked out."""
    count = []
    one = quadrature._one
    monkeypatch.setattr(quadrature, "_one", lambda *a: count.append(1) or one(*a))
    return count


def test_an_integral_is_worked_out_once_at_points_that_do_not_move_it(term, at, asked):
    values = [ball(term("a*integrate(exp(-x^3), x = 0..5/7)"), at(a=k)) for k in (1, 2, 3)]
    assert values[1].overlaps(2 * values[0]) and values[2].overlaps(3 * values[0]) and len(asked) == 1


@pytest.mark.parametrize(
    "first, second, x, y",
    [
        ("integrate(exp(-a*x^2), x = 0..5/9)", "integrate(exp(-a*x^2), x = 0..5/9)", 1, 2),
        ("integrate(exp(-x^2), x = 0..a)", "integrate(exp(-x^2), x = 0..a)", 1, Fraction(1, 2)),
        ("integrate(x*y, x = 0..a)", "integrate(y*x^2, x = 0..a)", 1, 1),
        ("integrate(integrate(x, y = 0..x), x = 0..a)", "integrate(integrate(y, y = 0..x), x = 0..a)", 1, 1),
        ("integrate(x*limit(sign(t), t -> 0+), x = 0..a)", "integrate(x*limit(sign(t), t -> 0-), x = 0..a)", 1, 1),
    ],
)
def test_what_differs_is_not_taken_for_the_same(term, at, first, second, x, y):
    values = []
    for text, a in ((first, x), (second, y)):
        try:
            values.append(arb(ball(term(text), at(a=a, y=3))))
        except NoValue:
            values.append(None)
    assert values[0] is None or values[1] is None or not values[0].overlaps(values[1])


def test_a_higher_precision_is_worked_out_anew(term):
    t = term("integrate(exp(-x^5), x = 0..1)")
    assert ball(t, {}, 256).rad() < ball(t, {}, 64).rad() / 2**100


def test_the_same_work_is_counted_again(term, at):
    t = term("a + integrate(exp(-x^3), x = 0..8/7)")
    spent = []
    for _ in range(2):
        before = Meter.operations
        ball(t, at(a=1))
        spent.append(Meter.operations - before)
    assert spent[0] == spent[1] > 100


def test_what_was_too_much_work_is_so_again_and_with_more_is_tried_anew():
    runs = []

    def run(work):
        runs.append(work.left)
        work.spend(50)
        return "value"

    for limit, enough in ((10, False), (10, False), (100, True), (100, True), (10, False)):
        work = Work(limit)
        try:
            assert again("too much", work, lambda w=work: run(w)) == "value" and enough
        except CannotEvaluate:
            assert not enough and work.left < 0
    assert runs == [10, 100]


def test_a_reason_is_given_again(term):
    t = term("integrate(1/x, x = -1..1)")
    for _ in range(2):
        with pytest.raises(Unresolved):
            ball(t, {})


def test_an_end_near_which_the_integrand_is_regular_is_not_cut_off(term, asked):
    """The pole is elsewhere; a singular end is still bounded."""
    before = Meter.operations
    with pytest.raises(Unresolved):
        ball(term("integrate(1/(x - 1/2), x = 0..1)"), {})
    assert Meter.operations - before < evaluate.WORK / 4
    assert ball(term("integrate(1/sqrt(x), x = 0..1)"), {}).overlaps(arb(2))
    assert ball(term("integrate(log(1 - x), x = 0..1)"), {}).overlaps(arb(-1))


def test_doubles_that_are_given_again_are_a_copy(term, at):
    t, points = term("integrate(exp(-a*x), x = 0..1)"), [at(a=1), at(a=2)]
    first = floats(t, points)
    kept = first.copy()
    first[:] = 0
    assert list(floats(t, points)) == list(kept)
