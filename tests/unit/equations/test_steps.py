"""Steps between equations, inequalities and systems: what is proved, what is refuted and where, what stays open."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def row(step: str, given: str = "") -> dict:
    """The row of a step under some declarations."""
    rows = [r.to_dict() for r in Session().run(f"{given}\ncheck {step}")]
    assert rows[-1]["status"] == "ok", rows[-1]
    return rows[-1]


PROVED = [
    ("", "x^2 - 5*x + 6 == 0 <=> (x - 2)*(x - 3) == 0"),
    ("", "x + 2 == x^2 <=> x == 2 or x == -1"),
    ("", "x^3 == 8 <=> x == 2"),
    ("", "x^3 - x - 1 == 0 => x > 1"),
    ("", "x^5 - x - 1 == 0 => x^10 == (x + 1)^2"),
    ("", "1/(x - 1) == 2 <=> 1 == 2*(x - 1)"),
    ("", "1/x < 1 <=> x > 1 or x < 0"),
    ("", "x^2 > 4 <=> x > 2 or x < -2"),
    ("", "abs(x - 1) < 3 <=> -2 < x and x < 4"),
    ("", "max(x, 2) == 2 <=> x <= 2"),
    ("", "sqrt(x) == 3 <=> x == 9"),
    ("", "sqrt(x + 2) == x <=> x + 2 == x^2 and x >= 0"),
    ("", "sqrt(x + 1) + sqrt(x) == 3 <=> x == 16/9"),
    ("", "x^(1/3) == 2 <=> x == 8"),
    ("", "cbrt(x) == -2 <=> x == -8"),
    ("", "exp(2*x) == 9 <=> x == log(3)"),
    ("", "exp(2*x) - 3*exp(x) + 2 == 0 <=> x == 0 or x == log(2)"),
    ("", "exp(x) + exp(-x) == 2 <=> x == 0"),
    ("", "2^x == 8 <=> x == 3"),
    ("", "log(x^2) == 2 <=> x^2 == exp(2)"),
    ("", "log(x)^2 == 1 <=> x == e or x == 1/e"),
    ("", "log(x) + log(x - 3) == log(4) <=> x == 4"),
    ("", "cos(x) == 1 => sin(x)*cos(x) == sin(x)"),
    ("", "tan(x) == 1 <=> sin(x) == cos(x)"),
    ("let 0 < x < 3/2", "sin(x) == 1/2 <=> x == pi/6"),
    ("let x in [0, 2*pi)", "cos(x) == 0 <=> x == pi/2 or x == 3*pi/2"),
    ("", "cosh(x) == 1 <=> x == 0"),
    # several names
    ("", "x*y == 0 <=> x == 0 or y == 0"),
    ("let a > 0", "a*x == b <=> x == b/a"),
    ("", "a*x == b and a != 0 <=> x == b/a"),
    ("let a != 0", "a*x^2 + b*x + c == 0 <=> x == (-b + sqrt(b^2 - 4*a*c))/(2*a) or x == (-b - sqrt(b^2 - 4*a*c))/(2*a)"),
    ("", "x^2 + b*x + c == 0 <=> (x + b/2)^2 == b^2/4 - c"),
    ("", "x^2 == y^2 <=> abs(x) == abs(y)"),
    ("", "exp(x) == y <=> x == log(y)"),
    ("let x, y > 0", "log(x) - log(y) == 1 <=> x == e*y"),
    ("let x, y > 0", "x < y => x^2 < y^2"),
    ("", "{x + y == 3, x - y == 1} <=> {x == 2, y == 1}"),
    ("", "x + y == 3 and x*y == 2 <=> x == 2 and y == 1 or x == 1 and y == 2"),
    ("", "x == 2*y and y == 3 => x == 6"),
    ("", "rank([1, x; 1, y]) == 1 <=> x == y"),
    ("", "det([x, 1; 1, x]) == 0 <=> x == 1 or x == -1"),
    ("let x : vector(2)", "x == [1, 2] => x[1] + x[2] == 3"),
    ("let p in (0, 1)", "diff(3*log(p) + 5*log(1 - p), p) == 0 <=> p == 3/8"),
    ("let x : vector(3), positive\nlet s > 0", "-3/s + sum(x[i], i = 1..3)/s^2 == 0 <=> s == mean(x)"),
    ("", "gamma(x) == 3 => gamma(x)^2 == 9"),
    ("", "x > 1 and y > 1 => x*y > 1"),
    ("", "x < y and y < z => x < z"),
    ("", "x < y => x^3 < y^3"),
    ("", "x^2 + y^2 == 0 <=> x == 0 and y == 0"),
    ("", "2^x == 4^y <=> x == 2*y"),
    # sums over as many entries as a positive integer says
    (
        "let n : positive integer\nlet L > 0\nlet x : vector(n), positive",
        "n/L - sum(x[i], i = 1..n) == 0 <=> L == n/sum(x[i], i = 1..n)",
    ),
    (
        "let n : integer in 2..oo\nlet x : vector(n)\nlet m : real\nlet v > 0",
        "-n/(2*v) + sum((x[i] - m)^2, i = 1..n)/(2*v^2) == 0 <=> v == sum((x[i] - m)^2, i = 1..n)/n",
    ),
    (
        "let x : vector(4)\nlet m : real\nlet s > 0",
        "-4/s + sum((x[i] - m)^2, i = 1..4)/s^3 == 0 <=> s == sqrt(sum((x[i] - m)^2, i = 1..4)/4)",
    ),
    # waves on an interval where they have one sign
    ("let t in (0, pi/2)\nlet F, P : real", "2*F*sin(t) == P <=> F == P/(2*sin(t))"),
    ("let t in (0, pi/2)\nlet F, P : real", "F*tan(t) == P <=> F == P/tan(t)"),
    ("let t in (-pi, pi)\nlet F, P : real", "F*cos(t/2) == P <=> F == P/cos(t/2)"),
    ("let t in [0, pi]", "sin(t)^2 == 1/4 <=> sin(t) == 1/2"),
    # logarithms of what is more than 1
    ("let P, r, n, t, A > 0", "A == P*(1 + r/n)^(n*t) <=> t == log(A/P)/(n*log(1 + r/n))"),
    ("let x > 1\nlet y : real", "y*log(x/(x - 1)) < 2 <=> y < 2/log(x/(x - 1))"),
    # logarithms of both sides
    ("let k, L > 0\nlet x, y > 0", "L^k == (x^k + y^k)/2 <=> L == ((x^k + y^k)/2)^(1/k)"),
    ("let a, b, t > 0", "a*exp(-b*t) == 2 <=> t == log(a/2)/b"),
]

REFUTED = [
    ("", "x^2 == 3*x <=> x == 3", {"x": "0"}, "true"),
    ("", "x^2 == 9 => x == 3", {"x": "-3"}, "true"),
    ("", "x + 2 == x^2 => sqrt(x + 2) == x", {"x": "-1"}, "true"),
    ("", "x - 1 == 0 <=> (x - 1)*(x + 4) == 0", {"x": "-4"}, "false"),
    ("", "(x^2 - 1)/(x - 1) == 2 <=> x + 1 == 2", {"x": "1"}, "false"),
    ("", "log(x^2) == 2 => 2*log(x) == 2", {"x": "-exp(1)"}, "true"),
    ("", "log(x*(x - 3)) == log(4) => log(x) + log(x - 3) == log(4)", {"x": "-1"}, "true"),
    ("", "sin(x)*cos(x) == sin(x) => cos(x) == 1", {"x": "pi"}, "true"),
    ("let 0 < x < 3", "sin(x) == 1/2 <=> x == pi/6", {"x": "5*pi/6"}, "true"),
    ("", "x^2 == 2 <=> x == sqrt(2)", {"x": "-sqrt(2)"}, "true"),
    ("", "x^2 > 4 <=> x > 2", {"x": "-3"}, "true"),
    ("", "1/x < 1 <=> x > 1", {"x": "-1"}, "true"),
    ("", "x^5 - x - 1 == 0 => x > 7/6 + 1/1000", {"x": "root_of(t -> t^5 - t - 1, 1)"}, "true"),
    ("let n : integer", "n^2 <= 4 <=> -2 < n and n < 2", {"n": "2"}, "true"),
    ("", "det([L + 14, -12; 20, L - 17]) == 0 <=> (L + 14)*(L - 17) == 0", {"L": "1"}, "true"),
]


@pytest.mark.parametrize(("given", "step"), PROVED, ids=[s for _, s in PROVED])
def test_proved(given, step):
    assert row(step, given)["verdict"] == "proved"


@pytest.mark.parametrize(("given", "step", "values", "left"), REFUTED, ids=[r[1] for r in REFUTED])
def test_refuted(given, step, values, left):
    found = row(step, given)
    assert found["verdict"] == "refuted"
    assert found["counterexample"]["values"] == values
    assert found["counterexample"]["left"] == left
    assert found["counterexample"]["certified"] is True


@pytest.mark.parametrize(
    ("given", "step"),
    [
        ("", "x*y == x <=> y == 1"),
        ("", "x^2 == a^2 <=> x == a"),
        ("", "x^2 + y^2 == 1 => y == sqrt(1 - x^2)"),
        ("", "x + y == 3 and x*y == 2 <=> x == 2 and y == 1"),
        ("", "x < y => x^2 < y^2"),
        (
            "let n : positive integer\nlet L > 0\nlet x : vector(n), positive",
            "n/L - sum(x[i], i = 1..n) == 0 <=> L == sum(x[i], i = 1..n)",
        ),
        ("let k, L > 0\nlet x, y > 0", "L^k == x^k + y^k <=> L == x + y"),
        ("let x > 0\nlet y : real", "y*log((x + 2)/(3*x)) < 2 <=> y < 2/log((x + 2)/(3*x))"),
        ("let x : vector(3)\nlet v > 0", "-3/(2*v) + sum(x[i]^2, i = 1..3)/(2*v^2) == 0 <=> v == sum(x[i]^2, i = 1..3)/2"),
    ],
)
def test_refuted_in_several_names(given, step):
    assert row(step, given)["verdict"] == "refuted"


@pytest.mark.parametrize(
    ("step", "condition"),
    [
        ("a*x == b <=> x == b/a", "a != 0"),
        ("a*x == a*y <=> x == y", "a != 0"),
        ("a*x < b <=> x < b/a", "a > 0"),
        ("log(x) - log(y) == 1 <=> x == e*y", "y > 0"),
        ("(a + b)*x == c => x == c/(a + b)", "a + b != 0"),
        ("x*sin(t) == y <=> x == y/sin(t)", "sin(t) != 0"),
        ("x*cos(3*t) == y <=> x == y/cos(3*t)", "cos(3*t) != 0"),
    ],
)
def test_conditional(step, condition):
    """A sign of a parameter makes the step hold; typed after `given`, it is proved."""
    found = row(step)
    assert found["verdict"] == "conditional"
    assert found["conditions"] == [condition]
    assert row(f"({step}) given {condition}")["verdict"] == "proved"


@pytest.mark.parametrize("step", ["x^2 + y^2 == 0 => x == 1", "{x*y == 1, x + y == 2} => x == 2", "x^2 + y^4 == 0 <=> x == 1"])
def test_no_condition_under_which_nothing_satisfies_the_step(step):
    assert row(step)["verdict"] == "refuted"


@pytest.mark.parametrize(
    "step",
    [
        "f(x) == f(y) => x == y",
        "cos(x) == x => x > 7/10",
        "x*exp(x) == 2 <=> x == lambertw(2)",
        # No period in common: the angles come together as closely as one likes.
        "sin(x) > 999/1000 => sin(pi*x) <= 999/1000",
    ],
)
def test_left_open(step):
    """Nothing is known of the function, or not enough: neither a proof nor a counterexample may be claimed."""
    assert row(step, "let f : function")["verdict"] in ("undecided", "supported")


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("cos(x) == x => x > 3/4", "x"),
        ("zeta(x) == 2 => x > 2", "x"),
        ("gamma(x) == 6 and x > 1 => x < 3", "x"),
        ("x == 2 => gamma(x) == 2", "x"),
    ],
)
def test_refuted_beyond_kernels(step, name):
    """Zeros isolated in balls."""
    found = row(step)
    assert found["verdict"] == "refuted"
    assert name in found["counterexample"]["values"]


def test_no_counterexample_outside_the_declarations():
    assert row("x^2 == 9 <=> x == 3", "let x > 0")["verdict"] == "proved"
    assert row("n^2 == 2 => n == 5", "let n : integer")["verdict"] == "proved"
    assert row("A == 0*A => tr(A) == 1", "let A : matrix(2, 2), posdef")["verdict"] != "refuted"


def test_undefined_parts_are_false():
    assert row("0*log(x) == 0 <=> x > 0")["verdict"] == "proved"
    assert row("0*log(x) == 0 => x > 1")["verdict"] == "refuted"


@pytest.mark.parametrize(
    ("step", "verdict", "values"),
    [
        ("z^2 == -1 <=> z == im or z == -im", "proved", None),
        ("z^2 + 2*z + 5 == 0 <=> z == -1 + 2*im or z == -1 - 2*im", "proved", None),
        ("z^2 + z + 1 == 0 => z^3 == 1", "proved", None),
        ("z^2 == w^2 <=> z == w or z == -w", "proved", None),
        ("exp(z) == exp(w) => exp(2*z) == exp(2*w)", "proved", None),
        ("sqrt(z) == w => z == w^2", "proved", None),
        ("z^2 == -1 <=> z == im", "refuted", {"z": "-im"}),
        ("z^3 == 1 => z^2 + z + 1 == 0", "refuted", {"z": "1"}),
        ("(z^2 + 1)/(z - im) == 2*im <=> z == im", "refuted", {"z": "im"}),
        ("exp(z) == 1 => z == 0", "refuted", {"z": "2*pi*im"}),
        ("exp(z) == 1 <== z == 0", "proved", None),
        ("abs(z) == 1 <=> z*conj(z) == 1", "proved", None),
        ("abs(z - 1) == abs(z + 1) <=> re(z) == 0", "proved", None),
        ("abs(z) == 1 => z == 1", "refuted", {"z": "im"}),
        ("z == w^2 => sqrt(z) == w", "refuted", None),
        ("exp(z) == -1 => z == 1", "refuted", {"z": "pi*im"}),
        ("cos(z) == 2 => z == 1", "refuted", None),
        ("exp(z) == -2 and w == 1 => w == z", "undecided", None),
        ("sqrt(z) == -1 => z == 1", "proved", None),
        ("exp(z) == 0 => z == 1", "proved", None),
    ],
)
def test_complex_numbers(step, verdict, values):
    found = row(step, "let z, w : complex")
    assert found["verdict"] == verdict
    if values is not None:
        assert found["counterexample"]["values"] == values


@pytest.mark.parametrize(
    "step, verdict",
    [
        ("x^(2/3) == 4 <=> x == 8", "proved"),
        ("x^(2/3) == 4 <=> x == 8 or x == -8", "refuted"),
        ("cbrt(x)^2 == 4 <=> x == 8 or x == -8", "proved"),
        ("cbrt(x)^2 == 4 <=> x == 8", "refuted"),
        ("x^(2/3) - x^(1/3) - 2 == 0 <=> x == 8", "proved"),
        ("cbrt(x)^2 - cbrt(x) - 2 == 0 <=> x == 8 or x == -1", "proved"),
        ("cbrt(x)^2 - cbrt(x) - 2 == 0 <=> x == 8", "refuted"),
        ("x^(2/5) < 4 <=> 0 <= x and x < 32", "proved"),
        ("x^(2/5) < 4 <=> x < 32", "refuted"),
        ("cbrt(x)^2 >= 4 <=> x <= -8 or x >= 8", "proved"),
        ("x^(1/4) == -2 <=> x == 16", "refuted"),
        ("x^(3/4) < 8 <=> 0 <= x and x < 16", "proved"),
        ("sqrt(x) + x^(1/4) == 6 <=> x == 16", "proved"),
        ("x^(2/3)*(x^(1/3) - 1) == 0 <=> x == 0 or x == 1", "proved"),
        ("x^(2/3) == 5 <=> x == 5^(3/2)", "proved"),
    ],
)
def test_powers_of_roots(step, verdict):
    assert row(step)["verdict"] == verdict


@pytest.mark.parametrize(
    "step, verdict",
    [
        ("floor(x) == 2 <=> 2 <= x and x < 3", "proved"),
        ("ceil(x) == 2 <=> 1 < x and x <= 2", "proved"),
        ("floor(x) >= 1 => x >= 1", "proved"),
        ("floor(x) > 5/2 <=> x >= 3", "proved"),
        ("ceil(x) < 2 <=> x <= 1", "proved"),
        ("floor(x) == 2 => x == 2", "refuted"),
        ("floor(x) < 2 <=> x < 3", "refuted"),
        ("ceil(x) >= 2 <=> x >= 2", "refuted"),
        ("floor(x) == 5/2 => x == 0", "undecided"),
    ],
)
def test_floors_are_ranges(step, verdict):
    assert row(step, "let x : real")["verdict"] == verdict


REAL = "let x, y, l : real"
TWO = "let x, y > 0"
BY_DIVISION = [
    (TWO, "{x^2 == 2*y^2, x^2 + 2*y^2 == 4} => y == 1"),
    (TWO, "{x^2 == 3*y^2, x^2 + y^2 == 4} <=> {x == sqrt(3), y == 1}"),
    (REAL, "{x^2 == 2, y^2 == 3} => x^2 + y^2 == 5"),
    (REAL, "{x^3 == y^3 + 7, x^3 + y^3 == 9} <=> {x == 2, y == 1}"),
    (REAL, "{x^2 + x*y == 6, x^2 - x*y == 2} => x == 2 or x == -2"),
    (REAL, "{2*x*l == y, 2*y*l == x, x^2 + y^2 == 1} => x^2 == 1/2"),
    (f"{TWO}, l > 0", "{x^2 == 2*y^2, x^2 + 2*y^2 == 4, l == y/(2*x)} <=> {x == sqrt(2), y == 1, l == 1/(2*sqrt(2))}"),
    (REAL, "{2*x*l == 1, 2*y*l == 1, x^2 + y^2 == 1} <=> {x == 1/sqrt(2), y == 1/sqrt(2), l == 1/sqrt(2)} or {x == -1/sqrt(2), y == -1/sqrt(2), l == -1/sqrt(2)}"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "step"), BY_DIVISION)
def test_systems_without_a_linear_unknown(given, step):
    assert row(step, given)["verdict"] == "proved"


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("{x^2 == 2, y^2 == 3} => x*y == sqrt(6)", {"sqrt(2)", "sqrt(3)"}),
        ("{x^2 == 5, y^2 == 5} => x == y", {"sqrt(5)"}),
        ("{2*x*l == y, 2*y*l == x, x^2 + y^2 == 1} <=> {x == 1/sqrt(2), y == 1/sqrt(2), l == 1/2} or {x == -1/sqrt(2), y == -1/sqrt(2), l == 1/2}", {"sqrt(2)"}),
    ],
)  # fmt: skip
def test_counterexamples_with_roots(step, values):
    found = row(step, REAL)
    assert found["verdict"] == "refuted" and found["counterexample"]["certified"]
    shown = " ".join(found["counterexample"]["values"].values())
    assert all(v in shown for v in values)


def test_two_independent_roots_are_not_confused():
    assert row("{x^2 == 2, y^2 == 2} => x^2 == y^2", REAL)["verdict"] == "proved"
    assert row("{x^2 == 2, y^2 == 2} => x*y == 2", REAL)["verdict"] == "refuted"
    assert row("{x^2 == 2, y^2 == 2} => x*y == 2", TWO)["verdict"] == "proved"


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (REAL, "x^2 + y^2 == 1 => x*y < 1/2"),
        (REAL, "x^2 + y^2 == 1 => x + y > -sqrt(2)"),
        (REAL, "x^2 + y^2 == 1 and x*y >= 1/2 => x == 2"),
        (REAL, "x^2 + y^2 <= 1 => x + 2*y < sqrt(5)"),
    ],
)
def test_what_fails_at_a_greatest_value_alone(given, step):
    found = row(step, given)
    assert found["verdict"] == "refuted" and found["counterexample"]["certified"]


@pytest.mark.parametrize(
    "step", ["x^2 + y^2 == 1 => x*y <= 1/2", "x^2 + y^2 == 1 and x*y > 1/2 => x == 2", "x^2 + y^2 <= 1 => x + 2*y <= sqrt(5)"]
)
def test_what_holds_up_to_a_greatest_value_is_not_refuted(step):
    assert row(step, REAL)["verdict"] in ("proved", "supported", "undecided")


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ("0*log(z) == 0 <=> z != 0", "proved"),
        ("z == z => 0*log(z) == 0", "refuted"),
        ("re(im*abs(1/z)) == 0 <=> z != 0", "proved"),
        ("z == z => re(im*abs(1/z)) == 0", "refuted"),
    ],
)
def test_what_is_multiplied_by_0_must_have_a_value(step: str, verdict: str) -> None:
    assert row(step, "let z : complex")["verdict"] == verdict
