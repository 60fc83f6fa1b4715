"""Every independent check lets a right answer pass, notices a wrong one, and never calls a right one wrong."""

from __future__ import annotations

import pytest

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.registry import resolve as handle
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Bound, Symbol
from twofold.symbolic.context import Context

ROWS = [
    ("integrate(x*exp(x), x)", "(x - 1)*exp(x)", "x*exp(x)"),
    ("integrate(1/(2 + cos(x)), x)", "2*sqrt(3)*(atan(sqrt(3)*tan(x/2)/3) + pi*floor((x/pi + 1)/2))/3", "x/2"),
    ("integrate(1/x, x)", "log(abs(x))", "-log(abs(x))"),
    ("integrate(x^2, x = 0..1)", "1/3", "1/2"),
    ("integrate(exp(-x^2), x = -oo..oo)", "sqrt(pi)", "pi"),
    ("integrate(x^2, x = 0..1)", "1/3", "oo"),
    ("limit(sin(x)/x, x -> 0)", "1", "0"),
    ("limit((1 + 1/t)^t, t -> oo)", "e", "3"),
    ("limit(abs(x)/x, x -> 0)", '"does not exist"', "1"),
    ("taylor(exp(x), x = 0, 3)", "1 + x + x^2/2 + x^3/6", "1 + x + x^2/2 + x^3/3"),
    ("series(1/sin(x), x, 0, 1)", "1/x + x/6", "1/x - x/6"),
    ("laplace(t^2, t, s)", "2/s^3", "1/s^3"),
    ("eigenvalues([1, 2; 3, 4])", "{(5 - sqrt(33))/2, (5 + sqrt(33))/2}", "{1, 4}"),
    ("eigenvalues([2, 1; 0, 2])", "{2, 2}", "{2}"),
    ("eigenvectors([2, 1; 1, 2])", "{(1, 1, {[-1, 1]}), (3, 1, {[1, 1]})}", "{(1, 1, {[1, 1]}), (3, 1, {[-1, 1]})}"),
    ("diagonalize([2, 1; 1, 2])", "([-1, 1; 1, 1], [1, 0; 0, 3])", "([-1, 1; 1, 1], [3, 0; 0, 1])"),
    ("lu([0, 2; 1, 3])", "([0, 1; 1, 0], [1, 0; 0, 1], [1, 3; 0, 2])", "([1, 0; 0, 1], [1, 0; 0, 1], [1, 3; 0, 2])"),
    ("qr([3, 1; 4, 2])", "([3/5, -4/5; 4/5, 3/5], [5, 11/5; 0, 2/5])", "([3, 1; 4, 2], [1, 0; 0, 1])"),
    ("cholesky([4, 2; 2, 5])", "[2, 0; 1, 2]", "[2, 1; 0, 2]"),
    ("nullspace([1, 2; 2, 4])", "{[-2, 1]}", "{[2, 1]}"),
    ("nullspace([1, 0; 0, 1])", "{}", "{[1, 0]}"),
    ("colspace([1, 2; 2, 4])", "{[1, 2]}", "{[1, 0]}"),
    ("rowspace([1, 3; 2, 6])", "{[1, 3]}", "{[1, 2]}"),
    ("charpoly([1, 2; 3, 4], x)", "x^2 - 5x - 2", "x^2 + 5x - 2"),
    ("minpoly([2, 0; 0, 2], x)", "x - 2", "x - 1"),
    ("orthogonal_complement([1, 1, 0], [0, 1, 1])", "{[1, -1, 1]}", "{[1, 1, 1]}"),
    ("gram_schmidt([3, 4], [1, 0])", "{[3/5, 4/5], [4/5, -3/5]}", "{[3, 4], [1, 0]}"),
    ("coordinates([3, 1], [1, 1], [1, -1])", "[2, 1]", "[1, 2]"),
    ("change_of_basis({[1, 0], [0, 1]}, {[1, 1], [1, -1]})", "[1/2, 1/2; 1/2, -1/2]", "[1, 1; 1, -1]"),
    ("span_contains({[1, 2]}, [2, 4])", "true", "false"),
    ("linearly_independent([1, a], [a, 1])", "a != 1 and a != -1", "a == 5"),
    ("is_linear(t -> 3t)", "true", "false"),
    ("is_linear(t -> 3t + 1)", "false", "true"),
    ("matrix_of(t -> [2t, 3t])", "[2; 3]", "[3; 2]"),
    ("solve(x^2 == 2, x)", "{-sqrt(2), sqrt(2)}", "{sqrt(2)}"),
    ("solve(x^2 == 2, x)", "{-sqrt(2), sqrt(2)}", "{-2, 2}"),
    ("solve(sin(x) == 1/2, x)", "{pi/6 + 2*pi*k, 5*pi/6 + 2*pi*k}", "{pi/6 + 2*pi*k}"),
    ("solve(abs(x) + x == 1/10^17, x)", "{1/(2*10^17)}", "{-1/(2*10^17)}"),
    ("solve({x + b == 3, x - b == 1}, [x, b])", "{[2, 1]}", "{[1, 2]}"),
    ("solve(x^2 > 1, x)", "x < -1 or x > 1", "x > 1"),
    ("roots(x^3 - 1, x)", "{1, (-1 + sqrt(3)*im)/2, (-1 - sqrt(3)*im)/2}", "{1, -1, im}"),
    ("dsolve({f'(x) == f(x), f(0) == 2}, f(x))", "2*exp(x)", "exp(x)"),
    ("minimize((x - 1)^2 + (b + 2)^2, [x, b])", "(0, [1, -2])", "(1, [0, -2])"),
    ("maximize(x*b, [x, b], subject_to = {x + b == 10})", "(25, [5, 5])", "(24, [4, 6])"),
    ("critical_points(x^3 - 3x, x)", "{-1, 1}", "{0, 1}"),
]

WITHOUT_VALUE = [
    ("integrate(1/x, x = -1..1)", '"does not exist"', True),
    ("integrate(1/x, x = 0..oo)", "oo", True),
    ("integrate(exp(x), x = 0..oo)", "oo", True),
    ("integrate(sin(x), x = 0..oo)", '"does not exist"', True),
    ("integrate(1/(x - 2)^2, x = 0..3)", "oo", True),
    ("integrate(1/(x - 2)^2, x = 0..3)", "-oo", None),
    ("integrate(1/x, x = 0..oo)", '"does not exist"', None),
    ("integrate(1/(x*log(x)^2), x = 2..oo)", "oo", None),
    ("integrate(1/x^2, x = 1..oo)", "oo", False),
    ("sum(1/k, k = 1..oo)", "oo", True),
    ("sum(2^k, k = 0..oo)", "oo", True),
    ("sum((-1)^k, k = 0..oo)", '"does not exist"', True),
    ("sum((-1)^k/k, k = 1..oo)", '"does not exist"', None),
    ("sum(1/k^2, k = 1..oo)", "oo", False),
    ("sum(1/(k*log(k)^2), k = 2..oo)", "oo", None),
    ("prod(1 + 1/k, k = 1..oo)", "oo", True),
    ("prod(1 - 1/(k + 1), k = 1..oo)", "0", True),
    ("prod(1 - 1/k^2, k = 2..oo)", "0", False),
    ("minimize(-x^2, x)", '"not bounded"', True),
    ("minimize(log(x), x)", '"not bounded"', True),
    ("maximize(x^2 - b, [x, b], subject_to = {x >= 0, b >= 0})", '"not bounded"', True),
    ("minimize(exp(x), x)", '"not bounded"', None),
    ("minimize(-atan(x), x)", '"not bounded"', None),
    ("minimize(x^2, x, subject_to = {x >= 1, x <= 0})", '"no point satisfies the constraints"', True),
    ("minimize(x^2, x, subject_to = {x >= 1, x <= 2})", '"no point satisfies the constraints"', False),
]


def outcomes(question: str, answer: str) -> bool | None:
    names = {
        "f": Symbol("f", "function", arity=1),
        "k": Symbol("k", "integer"),
        "x": Symbol("x"),
        "b": Symbol("b"),
        "a": Symbol("a"),
    }
    asked = resolve(parse_expression(question), Scope(names))
    assert isinstance(asked, App | Bound)
    spec = functions()["integrate" if asked.op == "antiderivative" else asked.op]
    t = next((s for s in (asked.args[-1].symbol,) if s.name in "ts"), None) if question.startswith("laplace") else None
    given = resolve(parse_expression(answer), Scope({**names, **({"s": t} if t else {})}))
    context = Context(reading="complex" if spec.complex else "real")
    found = handle(spec.check)(asked, given, context)
    return None if found is None else found.agrees


@pytest.mark.parametrize(("question", "right", "wrong"), ROWS, ids=[r[0] + " " + r[2] for r in ROWS])
def test_right_and_wrong_answers(question, right, wrong):
    assert outcomes(question, right) is True
    assert outcomes(question, wrong) is False


@pytest.mark.parametrize(("question", "answer", "said"), WITHOUT_VALUE, ids=[r[0] + " " + r[1] for r in WITHOUT_VALUE])
def test_answers_that_are_no_values(question: str, answer: str, said: bool | None) -> None:
    assert outcomes(question, answer) is said


def test_every_declared_check_exists():
    assert all(callable(handle(spec.check)) for spec in functions().values() if spec.check)
