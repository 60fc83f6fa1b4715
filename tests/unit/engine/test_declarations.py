"""`let` and `~`: what the names stand for."""

import pytest

from twofold.catalogue.display import show
from twofold.engine.assumed import described
from twofold.engine.session import Session


def environment(text):
    session = Session()
    for result in session.run(text):
        assert result.status == "ok", result.error
    return session.environment


def symbol(text, name="x"):
    return environment(text).names[name]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("let x : real", "x", "x real"),
        ("let x, y : real", "y", "y real"),
        ("let x > 0", "x", "x > 0"),
        ("let x, y > 0", "x", "x > 0"),
        ("let a > 0, b >= 1", "b", "b >= 1"),
        ("let 0 < p < 1", "p", "0 < p < 1"),
        ("let x in (0, 1]", "x", "0 < x <= 1"),
        ("let x in [0, oo)", "x", "x >= 0"),
        ("let x in (-oo, oo)", "x", "x real"),
        ("let x < 3", "x", "x < 3"),
        ("let 2 >= x", "x", "x <= 2"),
        ("let n : integer", "n", "n integer"),
        ("let n : positive integer", "n", "n > 0, integer"),
        ("let k : integer in 0..9", "k", "0 <= k <= 9, integer"),
        ("let k in 1..4", "k", "1 <= k <= 4, integer"),
        ("let z : complex", "z", "z complex"),
        ("let n : size", "n", "n positive integer"),
        ("let v : vector(3)", "v", "v vector(3)"),
        ("let v : vector(n)", "v", "v vector(n)"),
        ("let v : vector(n)", "n", "n positive integer"),
        ("let A : matrix(m, n + 1)", "A", "A matrix(m, n + 1)"),
        ("n = 4\nlet A : matrix(n, n)", "A", "A matrix(4, 4)"),
        ("let x : positive\nlet x > 2", "x", "x > 2"),
        ("let p : probability", "p", "0 < p < 1"),
        ("let n : size\nlet k : integer in 1..n", "k", "1 <= k <= n, integer"),
    ],
)
def test_declared(text, name, said):
    assert described(symbol(text, name)) == said


@pytest.mark.parametrize(
    ("text", "properties"),
    [
        ("let x : matrix(n, n), symmetric", {"symmetric"}),
        ("let x : vector(n), onehot", {"onehot"}),
        ("let x : vector(4), probability", {"probability"}),
        ("let x : vector(4), positive", {"positive"}),
        ("let x != 0", {"nonzero"}),
        ("let x : real", set()),
    ],
)
def test_properties(text, properties):
    assert symbol(text).properties == properties


def test_other_conditions_are_assumed():
    e = environment("let a : real\nlet b > a\nlet c <= a")
    assert [show(f) for f in e.assumptions] == ["b > a", "c <= a"]


def test_a_new_declaration_is_about_the_same_name():
    # What was made with the name would be refuted of it otherwise: two names that read the same.
    e = environment("let x : real\ny = x + 1\nlet x > 0")
    assert show(e.names["y"]) == "x + 1"
    assert e.names["y"].args[0].symbol is e.names["x"]


def test_a_name_that_was_only_assumed_gets_its_declaration_everywhere():
    e = environment("y = x + 1\nf(t) = x*t\nlet x > 0\nq = f(2)")
    assert e.names["y"].args[0].symbol is e.names["x"]
    assert e.names["q"].args[0].symbol is e.names["x"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("let x : raal", "unknown-property"),
        ("let x : real, symetric", "unknown-property"),
        ("let x : vector", "unknown-property"),
        ("let A : matrix(n)", "wrong-arity"),
        ("let A : matrix(m, n), symmetric", "shape-mismatch"),
        ("let v : vector(n), symmetric", "bad-declaration"),
        ("let v : vector(0)", "bad-size"),
        ("let v : vector(1/2)", "bad-size"),
        ("let t : real\nlet v : vector(t)", "bad-size"),
        ("let 1 < x < 0", "empty-declaration"),
        ("let x > 0 and x < 0", "empty-declaration"),
        ("let z : complex in 1..2", "bad-declaration"),
        ("let x : symmetric", "bad-declaration"),
        ("let x > b", "unknown-name"),
    ],
)
def test_refused(text, code):
    result = Session().run(text)[-1]
    assert result.error is not None and result.error.code == code


# --- laws ----------------------------------------------------------------------------------------------------------------------


def test_a_law_bounds_what_nobody_declared():
    e = environment("X ~ Normal(mu, sigma)\nK ~ Binomial(n, p)")
    assert [described(e.names[n]) for n in ("mu", "sigma", "n", "p")] == [
        "mu real",
        "sigma > 0",
        "n nonnegative integer",
        "0 <= p <= 1",
    ]
    assert e.names["X"].law is not None and e.names["K"].kind == "integer"
    assert e.names["K"].lower is not None and show(e.names["K"].upper) == "n"


def test_what_a_law_asks_of_a_declared_name_is_assumed():
    e = environment("let s, t > 0\nlet r : real\nX ~ Normal(0, s*t)\nY ~ Normal(0, r)")
    assert [show(f) for f in e.assumptions] == ["r > 0"]


def test_a_sample_has_the_length_of_its_range():
    e = environment("x[1..n] ~ Normal(mu, sigma)\ny[1..5] ~ Poisson(l)")
    assert e.names["x"].shape[0].symbol is e.names["n"] and e.names["n"].size
    assert e.names["y"].shape == (5,) and e.names["y"].kind == "integer"


def test_an_indexed_sample_keeps_its_index_and_makes_a_vector_of_what_is_indexed():
    e = environment("y[i] ~ Normal(a + b*t[i], s) for i = 1..n")
    assert e.names["y"].index is not None and e.names["y"].index.kind == "integer"
    assert e.names["t"].shape == e.names["y"].shape


def test_a_law_given_another_variable():
    e = environment("theta ~ Beta(a, b)\nK | theta ~ Binomial(n, theta)")
    assert e.names["theta"] in [t.symbol for t in e.names["K"].law.args if hasattr(t, "symbol")]
    assert e.assumptions == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("X ~ Normal(0, -1)", "law-parameter"),
        ("X ~ Norml(0, 1)", "unknown-function"),
        ("X ~ 3", "wrong-kind"),
        ("X ~ Normal(0)", "wrong-arity"),
        ("x[0..n] ~ Normal(0, 1)", "bad-range"),
        ("K | theta ~ Binomial(3, theta)", "unknown-name"),
    ],
)
def test_laws_refused(text, code):
    result = Session().run(text)[-1]
    assert result.error is not None and result.error.code == code


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("let y != 0\ncheck y != 0", "proved"),
        ("let y != 0\ncheck y^2 > 0", "proved"),
        ("let y : nonzero integer\ncheck y^2 >= 1", "proved"),
        ("let y : nonzero, x : real\ncheck x != 0 given y == x", "proved"),
        ("let x : nonzero, y : real\ncheck exp(x) != 1 given x == y", "proved"),
        ("let y != 0\ncheck y == 0", "refuted"),
        ("let a, b != 0\ncheck a*b != 0", "proved"),
        ("let z : complex, z != 0\ncheck z*w/z == w", "proved"),
    ],
)
def test_a_name_that_is_not_zero_takes_no_counterexample_at_zero(undiagnosed, text, verdict):
    assert Session().run(text)[-1].judged.truth.value == verdict


@pytest.mark.parametrize(
    "text",
    ["let a != 0\ncheck a/a == 1", "let x != 1\ncheck (x^2 - 1)/(x - 1) == x + 1", "check log(x^2) == 2*log(x) given x > 0"],
)
def test_what_is_assumed_is_no_condition(undiagnosed, text):
    found = Session().run(text)[-1].judged
    assert (found.truth.value, found.conditions) == ("proved", ())
