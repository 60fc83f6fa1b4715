"""An answer that lacks solutions of a system is not called whole; nothing is said against one that is."""

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.checks.lost_points import lost_point
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, var
from twofold.symbolic.context import Context
from twofold.symbolic.solving.reading import INCOMPLETE


def lost(system: str, answer: str, names: str = "x, y", notes: tuple[str, ...] = ()):
    scope = Scope({n: Symbol(n) for n in names.split(", ")})
    question, answer = (resolve(parse_expression(t, ""), scope) for t in (f"solve({{{system}}}, [{names}])", answer))
    context = Context()
    context.notes.extend(notes)
    return lost_point(question, answer, [var(scope.find(n)) for n in names.split(", ")], context)


@pytest.mark.parametrize(
    ("system", "answer", "names"),
    [
        ("x*y == 6, x^2 + y^2 == 13", "{[2, 3], [3, 2], [-2, -3]}", "x, y"),
        ("x*y == 0, x*z == 0", "{[x, 0, 0]}", "x, y, z"),
        ("x^2 == y^2, x == x", "{[y, y]}", "x, y"),
        ("sin(x) == y, y == x/2", "{[0, 0]}", "x, y"),
        ("x^2 + y^2 == 1, x == y", "{}", "x, y"),
    ],
)
def test_a_solution_that_is_missing_is_found(system, answer, names):
    assert isinstance(lost(system, answer, names), tuple)


@pytest.mark.parametrize(
    ("system", "answer", "names"),
    [
        ("x*y == 6, x^2 + y^2 == 13", "{[2, 3], [3, 2], [-2, -3], [-3, -2]}", "x, y"),
        ("x*y == 0, x*z == 0", "{[x, 0, 0], [0, y, z]}", "x, y, z"),
        ("(x^2 - y^2)/(x - y) == 0, y == 1", "{[-1, 1]}", "x, y"),
        ("exp(x) + y == 1, x + y == 0", "{[0, 0]}", "x, y"),
        ("exp(x) == y, y == 0", "{}", "x, y"),
        ("x^2 + y^2 == 0, x*y == 0", "{[0, 0]}", "x, y"),
        ("x*y == 1, x*y == 2", "{}", "x, y"),
    ],
)
def test_nothing_is_said_against_what_is_whole(system, answer, names):
    assert lost(system, answer, names) in (True, None)


def test_what_is_not_called_whole_is_not_looked_at():
    assert lost("x*y == 6, x^2 + y^2 == 13", "{[2, 3]}", notes=(INCOMPLETE,)) is None
