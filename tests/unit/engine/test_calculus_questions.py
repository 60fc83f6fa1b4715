"""Questions of analysis: names that are functions too, several ways of asking, faults with a place and a way out."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("diff(sin(phi), phi)", "cos(phi)"),
        ("diff(zeta^2, zeta)", "2*zeta"),
        ("det(jacobian([r*cos(phi), r*sin(phi)], [r, phi]))", "r"),
        ("is_linear(sin)", "false"),
        ("substitute(x^2 + y, {x = 3, y = 2})", "11"),
        ("substitute(x^2 + y, {x == 3, y == 2})", "11"),
        ("substitute(x^2 + y, [x, y], [3, 2])", "11"),
        ("substitute(x + 2y, {x = y, y = x})", "2*x + y"),
        ("substitute([a, b; 1, a], {a = 1, b = 2})", "[1, 2; 1, 1]"),
    ],
)
def test_answers(text, exact):
    found = ask(text)
    assert found.error is None and found.exact == exact
    assert found.check is None or found.check.agrees is not False


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sin(exp)", "missing-brackets"),
        ("sin(foobar)", "unknown-name"),
        ("divergence([x, y], [x, y, z])", "shape-mismatch"),
        ("substitute(x^2 + y, x, [1, 2])", "shape-mismatch"),
        ("substitute(x^2 + y, [x, y], [3])", "shape-mismatch"),
        ("substitute(x^2 + y, 3, 4)", "where-name"),
        ("solve({x + y = 3, x - y == 1}, [x, y])", "single-equals"),
        ("{x = 3}", "single-equals"),
    ],
)
def test_faults_have_a_place(text, word):
    found = ask(text)
    assert found.error is not None and found.error.code == word and found.error.span.text
