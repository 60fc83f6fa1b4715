"""Questions: exact answers, decimals, checks, and answers withheld."""

import subprocess
import sys
from fractions import Fraction

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.core.evidence import Check
from twofold.engine import questions
from twofold.engine.comparison import compare
from twofold.engine.decimals import decimals, of_rational
from twofold.engine.latex import latex
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.symbolic.context import Context


def ask(text):
    return Session().run(text)[-1]


def term(text):
    return resolve(parse_expression(text), Scope({}))


def test_plain_fractions_load_nothing():
    code = (
        "import sys; from twofold.engine.session import Session; r = Session().run('1/3 + 1/6')[0]; "
        "print(r.exact, [m for m in ('numpy', 'scipy', 'sympy', 'flint', 'mpmath') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1/2 []"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(1, 3), 5, "0.33333"),
        (Fraction(-2, 3), 5, "-0.66667"),
        (Fraction(1, 2), 5, "0.5"),
        (Fraction(12), 5, "12"),
        (Fraction(10**30), 5, "1.0000e30"),
        (Fraction(1, 10**9), 5, "1e-9"),
        (Fraction(1, 8), 2, "0.12"),
    ],
)
def test_rationals_as_decimals(value, digits, text):
    assert of_rational(value, digits) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sqrt(2)", "1.41421356237310"),
        ("[1/2, pi]", ["0.5", "3.14159265358979"]),
        ("{1, sqrt(2)}", ["1", "1.41421356237310"]),
        ("exp(im*pi/2) + 1", "1.00000000000000 + 1.00000000000000*im"),
        ("x + 1", None),
    ],
)
def test_decimals(text, shown):
    reading = "complex" if "im" in text else "real"
    assert decimals(term(text), 15, reading) == shown


def test_an_answer_has_all_its_parts():
    row = ask("diff(x^2*y, x) given y > 0").to_dict()
    assert row["exact"] == "2*x*y" and row["latex"] == "2 x y"
    assert row["check"]["agrees"] is True and row["check"]["independent_of"] == "the exact route"
    assert row["assumed"] == ["x real", "y real"]
    assert "numeric" not in row


def test_decimals_on_request():
    row = ask("N(sqrt(2), 30)").to_dict()
    assert row["numeric"] == "1.41421356237309504880168872421" and "exact" not in row


def test_what_has_no_closed_form_gets_its_decimals(monkeypatch):
    from twofold.symbolic import work
    from twofold.symbolic.context import NoClosedForm

    def nothing(*_):
        raise NoClosedForm("none was looked for")

    monkeypatch.setattr(work, "work", nothing)
    result = ask("sin(1) + 1")
    assert result.exact is None and result.numeric == "1.84147098480790"
    assert result.notes == ("no closed form found: none was looked for",)


def test_a_wrong_answer_is_withheld(monkeypatch):
    from twofold.symbolic import work

    monkeypatch.setattr(work, "work", lambda question, context: term("x^2"))
    row = ask("diff(x^2, x)").to_dict()
    assert row["status"] == "ok" and row["verdict"] == "conflict"
    assert "exact" not in row and "numeric" not in row
    assert "x^2" in row["notes"][0] and row["check"]["agrees"] is False


def test_a_declared_check_is_asked(monkeypatch):
    asked = []

    def check(question, answer, context):
        asked.append(question)
        return Check("by hand", False, note="no")

    monkeypatch.setattr(questions, "checked", check)
    assert ask("diff(x^2, x)").verdict == "conflict" and asked


@pytest.mark.parametrize(
    ("question", "answer", "agrees"),
    [
        ("(x + 1)^2", "x^2 + 2x + 1", True),
        ("(x + 1)^2", "x^2 + 1", False),
        ("sqrt(2)^2", "2", True),
        ("sqrt(x)^2", "abs(x)", True),
        ("1 + 1", "3", False),
        ("[x, 1]", "[x, 2]", False),
    ],
)
def test_comparison(question, answer, agrees):
    scope = Scope({})
    left, right = (resolve(parse_expression(t), scope) for t in (question, answer))
    found = compare(left, right, Context())
    assert found is not None and found.agrees is agrees


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1/2", r"\frac{1}{2}"),
        ("-x^2 + 2x - 1", "-x^{2} + 2 x - 1"),
        ("2*3", r"2 \cdot 3"),
        ("(x + 1)*(x - 1)", r"\left(x + 1\right) \left(x - 1\right)"),
        ("x^(n + 1)", "x^{n + 1}"),
        ("(x + 1)^2", r"\left(x + 1\right)^{2}"),
        ("sin(x)^2", r"\sin^{2}\left(x\right)"),
        ("exp(-x^2/2)", r"\mathrm{e}^{-\frac{x^{2}}{2}}"),
        ("sqrt(2*pi)", r"\sqrt{2 \pi}"),
        ("sigma_1", r"\sigma_{1}"),
        ("x_hat", r"\hat{x}"),
        ("[1, 2; 3, 4]", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
        ("A'", r"A^{\top}"),
        ("integrate(x, x = 0..oo)", r"\int_{0}^{\infty} x \, \mathrm{d}x"),
        ("sum(k, k = 1..n)", r"\sum_{k=1}^{n} k"),
        ("limit(sin(x)/x, x -> 0+)", r"\lim_{x \to 0^{+}} \frac{\sin\left(x\right)}{x}"),
        ("{x if x > 0; 0 otherwise}", r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}"),
        ("0 <= p < 1", r"0 \leq p < 1"),
        ("E[X | Y]", r"\operatorname{E}\left[X \mid Y\right]"),
    ],
)
def test_latex(text, shown):
    assert latex(parse_expression(text)) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1/0", "division-by-zero"),
        ("f(x) = 1/x\nf(0)", "division-by-zero"),
        ("1/(2 - 2)", "division-by-zero"),
        ("solve(x^2 == 4 given x > 0, x)", "misplaced-modifier"),
        ("N(1, 2, 3)", "wrong-arity"),
        ("x given y", "wrong-kind"),
    ],
)
def test_questions_refused(text, code):
    error = ask(text).error
    assert error is not None and error.code == code


@pytest.mark.parametrize(
    "text",
    [
        "integrate(1/(x - a), x = 0..1) given 0 < a < 1",
        "integrate(x^a, x = 0..1) given a < -2",
        "minimize(a*x^2 + x, x) given a < 0",
        # Its conditions contradict one another.
        "integrate(1/sqrt(abs(x - a - b)), x = 0..1)",
    ],
)
def test_no_answer_under_conditions_that_are_never_met(text):
    found = ask(text)
    assert found.error is None and found.exact is None and found.conditions == ()


def test_an_answer_without_a_value_where_the_question_has_one_is_noticed():
    scope = Scope({"a": Symbol("a")})

    def agrees(question, answer):
        return compare(*(resolve(parse_expression(t), scope) for t in (question, answer)), Context()).agrees

    assert agrees("exp(a) + a", "log(-exp(a)) + a") is False
    assert agrees("exp(a) + a", "log(exp(exp(a))) + a") is True
    # Nothing is said where the question has no value either.
    assert agrees("log(-exp(a))", "log(-exp(a)) + 1") is None
