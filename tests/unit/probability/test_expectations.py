"""Expectations by rules: what holds is proved, what fails is not, what does not exist says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = """
let m, m2, t : real
let s, s2, a, b > 0
let p in (0, 1)
let n : size
let u : vector(n)
X ~ Normal(m, s)
Y ~ Exponential(a)
Y2 ~ Exponential(b)
Z ~ Normal(0, 1)
G ~ Gamma(a, b)
B ~ Beta(a, b)
I ~ InverseGamma(3, b)
K ~ Bernoulli(p)
N2 ~ Poisson(a)
C ~ Cauchy(0, 1)
T ~ StudentT(2)
U ~ Uniform(0, 1)
L ~ LogNormal(m, s)
W ~ Weibull(2, s)
J | B ~ Binomial(n, B)
D ~ Discrete([0, 1, 5], [1/2, 1/4, 1/4])
V ~ MultivariateNormal([1, 2], [2, 1; 1, 3])
H ~ Hypergeometric(10, 4, 3)
Q ~ Dirichlet([1, 2, 3])
M ~ Multinomial(4, [1/2, 1/4, 1/4])
x[1..n] ~ Normal(m, s)
y[i] ~ Normal(a + b*u[i], s) for i = 1..n
z[1..12] ~ Exponential(a)
"""

HOLD = [
    "E[X^3] == m^3 + 3*m*s^2",
    "Var[2*X - 3*Y] == 4*s^2 + 9/a^2",
    "Cov[X, X + Y] == s^2",
    "E[X*Y*G] == m/b",
    "E[exp(t*X)] == exp(m*t + s^2*t^2/2)",
    "E[X^2*exp(X)] == ((m + s^2)^2 + s^2)*exp(m + s^2/2)",
    "E[log(G)] == digamma(a) - log(b)",
    "E[G*log(G)] == a/b*(digamma(a + 1) - log(b))",
    "E[1/I] == 3/b",
    "E[I] == b/2",
    "Var[B] == a*b/((a + b)^2*(a + b + 1))",
    "E[B*(1 - B)] == a*b/((a + b)*(a + b + 1))",
    "E[log(1 - B)] == digamma(b) - digamma(a + b)",
    "E[N2*(N2 - 1)*(N2 - 2)] == a^3",
    "E[2^N2] == exp(a)",
    "E[K^5] == p",
    "E[diff(log(p^K*(1 - p)^(1 - K)), p)] == 0",
    "E[diff(log(p^K*(1 - p)^(1 - K)), p)^2] == 1/(p*(1 - p))",
    "E[J] == n*a/(a + b)",
    "Var[J] == n*a*b*(a + b + n)/((a + b)^2*(a + b + 1))",
    "Cov[J, B] == n*Var[B]",
    "E[J | B = t] == n*t",
    "E[L^2] == exp(2*m + 2*s^2)",
    "E[W^2] == s^2",
    "E[log(U)] == -1",
    "E[U^t] == 1/(1 + t) given t > 0",
    "Var[D] == 17/4",
    "E[max(D, 1)] == 2",
    "E[T] == 0",
    "P(Y > 2 | Y > 1) == exp(-a)",
    "P(X > m) == 1/2",
    "P(Y < Y2) == a/(a + b)",
    "P(abs(Z) < 1) == 2*Phi(1) - 1",
    "P(N2 <= 1) == exp(-a)*(1 + a)",
    "P(not (D > 0)) == 1/2",
    "E[V[1]*V[2]] == 3",
    "E[V[1]^2*V[2]] == 8",
    "Var[H] == 14/25",
    "E[Q[1]*Q[2]] == 1/21",
    "Cov[M[1], M[2]] == -1/2",
    "E[mean(x)] == m",
    "Var[mean(x)] == s^2/n",
    "E[variance(x)] == s^2",
    "E[sum((x[i] - mean(x))^2, i = 1..n)/n] == (n - 1)/n*s^2",
    "E[sum(y)] == n*a + b*sum(u[i], i = 1..n)",
    "Var[mean(y)] == s^2/n",
    "Std[mean(z)] == 1/(a*sqrt(12))",
    "E[z[3]*mean(z)] == 13/(12*a^2)",
    "E[log(pdf(Normal(m2, s2), X))] == -log(2*pi*s2^2)/2 - (s^2 + (m - m2)^2)/(2*s2^2)",
    "kl(Normal(m, s), Normal(m2, s2)) == log(s2/s) + (s^2 + (m - m2)^2)/(2*s2^2) - 1/2",
]


@pytest.mark.parametrize("claim", HOLD)
def test_what_holds_is_proved(session: Session, claim: str) -> None:
    (row,) = session.run(f"check {claim}")
    found = row.to_dict()
    assert found.get("verdict") in ("proved", "supported"), found


FAIL = [
    "Var[X - Y] == s^2 - 1/a^2",
    "Cov[X, 2*X] == s^2",
    "E[X^2] == m^2",
    "E[1/G] == b/a",
    "E[J] == n*a/b",
    "Var[mean(x)] == s^2",
    "E[variance(x, population)] == s^2",
    "P(Y < Y2) == b/(a + b)",
    "E[V[1]*V[2]] == 2",
]


@pytest.mark.parametrize("claim", FAIL)
def test_what_fails_is_not_proved(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("refuted", "conditional", "undecided")


@pytest.mark.parametrize(
    "question", ["E[C]", "Var[C]", "mean(Cauchy(0, 1))", "Var[T]", "variance(StudentT(2))", "mean(Pareto(1, 1/2))", "E[X + C]"]
)
def test_expectations_that_do_not_exist_say_so(session: Session, question: str) -> None:
    (row,) = session.run(question)
    assert row.to_dict()["error"]["code"] == "expectation-does-not-exist"


ANSWERS = [
    ("mean(X + 2*Y)", "m + 2/a"),
    ("variance(Beta(2, 3))", "1/25"),
    ("support(Beta(2, 3))", "[0, 1]"),
    ("support(Discrete([3, 4], [1/2, 1/2]))", "{3, 4}"),
    ("quantile(Discrete([3, 4], [1/2, 1/2]), 3/4)", "4"),
    ("median(Exponential(a))", "log(2)/a"),
    ("cumulant(Poisson(a), 3)", "a"),
    ("entropy(Exponential(a))", "1 - log(a)"),
    ("fisher(Exponential(a))", "1/a^2"),
    ("cov([1, 2, 3], [1, 2, 4])", "3/2"),
    ("variance([1, 2, 3], population)", "2/3"),
    ("order_statistic([5, 1, 3], 2)", "3"),
    ("quantile([1, 2, 3, 4], 1/2)", "5/2"),
]


@pytest.mark.parametrize(("question", "wanted"), ANSWERS)
def test_answers(session: Session, question: str, wanted: str) -> None:
    (row,) = session.run(question)
    assert row.to_dict()["exact"] == wanted, row.to_dict()


@pytest.mark.parametrize("density", ["exp(-y^2), y = -oo..oo", "y*(1 - y), y = 0..1", "exp(-2*y), y = 0..oo"])
def test_a_density_is_normalised(density: str) -> None:
    rows = Session().run(f"R ~ density({density})\ncheck P(R > 1/2) + P(R <= 1/2) == 1\nE[R]")
    assert rows[1].to_dict()["verdict"] in ("proved", "supported")
    assert rows[2].to_dict()["check"]["agrees"] is True


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    first, second, other = (Session().run(f"set seed = {k}\nsample(Normal(0, 1), 3)")[1].to_dict()["exact"] for k in (1, 1, 2))
    assert first == second != other


def test_a_sample_wants_numbers() -> None:
    (row,) = Session().run("sample(Normal(mu, 1), 3)")
    assert row.to_dict()["error"]["code"] == "no-sample"
