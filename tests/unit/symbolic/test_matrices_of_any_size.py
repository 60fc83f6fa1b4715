"""Claims about matrices whose sizes are symbols: signs of forms, properties, steps that add multiples, steps that fail at size 1."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = """
let n, m : size
let A, B, C, M : matrix(n, n)
let D : matrix(m, n)
let x, y, b, v : vector(n)
let P, R : matrix(n, n), posdef
let Q : matrix(n, n), orthogonal
let W : matrix(n, n), invertible
let S, T : matrix(n, n), symmetric
let t, s : real
let lam > 0
"""

PROVED = """
x'*P*x > 0 given x != zeros(n)
x'*inv(P)*x >= 0
x'*(P + R)*x >= 0
x'*(D'*D + lam*eye(n))*x > 0 given norm(x) == 1
x'*D'*D*x + lam*x'*x >= 0
det(P) > 0
tr(D*P*D') >= 0
(x - y)'*P*(x - y) >= 0
exp(-x'*P*x/2) <= 1
is_posdef(W'*P*W)
is_possemidef(x*x')
is_orthogonal(Q*Q)
is_invertible(A'*A + lam*eye(n))
pinv(D*D') == pinv(D)'*pinv(D)
(eye(n) - pinv(D)*D)*(eye(n) - pinv(D)*D) == eye(n) - pinv(D)*D
pinv(D)*D*x == x - (eye(n) - pinv(D)*D)*x
S*pinv(S) == pinv(S)*S
expm(s*A)*expm(t*A) == expm((s + t)*A)
inv(expm(A)) == expm(-A)
rank(W*D') == rank(D)
rank(D*P*D') == rank(D)
rank(kron(A, D)) == rank(A)*rank(D)
det(kron(A, B)) == det(A*B)^n
tr(A*B)^2 <= norm(A)^2*norm(B)^2
tr(D'*D*A) <= sqrt(tr(D*D'*D*D'))*norm(A)
tr(A*B') <= (tr(A*A') + tr(B*B'))/2
(x'*P*y)^2 <= (x'*P*x)*(y'*P*y)
(x'*y)^2 <= (x'*P*x)*(y'*inv(P)*y)
tr(A)^2 <= n*tr(A'*A)
A*B*C == eye(n) => C*A*B == eye(n)
D'*D*A == eye(n) => A*D'*D == eye(n)
rank(A*B*C) <= rank(B)
abs(rank(A) - rank(B)) <= rank(A - B)
rank(A + x*y') <= rank(A) + 1
rank(A^2) >= 2*rank(A) - n
norm(D*A*x) <= norm(D, 2)*norm(A, 2)*norm(x)
norm(A*B - B*A, 2) <= 2*norm(A, 2)*norm(B, 2)
norm(A*x, 1) <= norm(A, 1)*norm(x, 1)
norm(A*x) <= norm(x) given norm(A, 2) <= 1
abs(norm(A) - norm(B)) <= norm(A - B)
A*x == t*x => (A^2 + A)*x == (t^2 + t)*x
A*x == b and A*v == zeros(n) => A*(x + s*v) == b
S*x == t*x and S*y == s*y => (t - s)*x'*y == 0
A'*A == A => A^2 == A
is_symmetric(S*T) => S*T == T*S
M'*M == eye(n) => norm(M*x) == norm(x)
v'*v == 1 => (eye(n) - 2*v*v')*(eye(n) - 2*v*v') == eye(n)
A^2 == A => (eye(n) - A)^2 == eye(n) - A
A == P => inv(A)*A == eye(n)
A == 2*B => det(A) == 2^n*det(B)
A == t*B => det(A) == t^n*det(B)
A'*A == eye(n) => A*A' == eye(n)
det(A) != 0 and A*x == b => x == inv(A)*b
A*B == eye(n) => A*B*A == A
A^2 == zeros(n, n) => det(A) == 0
D'*D*x == zeros(n) => D*x == zeros(m)
D*P*D' == zeros(m, m) <=> D == zeros(m, n)
A == B and x == y => A*x == B*y
norm(x - y) == 0 <=> x == y
x == t*y => norm(x) == abs(t)*norm(y)
A^2 == 4*eye(n) => inv(A) == A/4
x*x' == y*y' => norm(x) == norm(y)
""".strip().splitlines()

REFUTED = """
A*B*C == eye(n) => B*A*C == eye(n)
x'*P*x > 0
x'*A*x >= 0
is_posdef(A'*A)
is_posdef(A'*P*A)
is_posdef(x*x')
is_symmetric(A)
x'*P*R*x >= 0
2*tr(A) >= 0
x'*y*tr(A'*A) >= 0
tr(P)*tr(A) >= 0
A*x == t*x => A*A*x == t^3*x
x'*y == 0 => norm(x + y)^2 == norm(x)^2 - norm(y)^2
A^2 == A => A == eye(n)
(A^2)'*(A^2) == eye(n) => A'*A == eye(n)
A == B or x == y => A*x == B*y
A'*S*A*x == zeros(n) => A*x == zeros(n)
D*D' == eye(m) => D'*D == eye(n)
A == B + C => det(A) == det(B) + det(C)
x*x' == y*y' => x == y
A' == -A => det(A) == 0
A^3 == zeros(n, n) => A^2 == zeros(n, n)
x == t*y => norm(x) == t*norm(y)
rank(A*B) == rank(B*A)
pinv(A*B) == pinv(B)*pinv(A)
""".strip().splitlines()

NOT_PROVED = """
A*B == eye(n) => B*A == 2*eye(n)
x'*A*x == 0 => A == zeros(n, n)
A*B == B*A => A == B
x*x'*P*x*x' - P >= 0
D*A*D' == eye(m) => A*inv(A) == eye(n)
A == B => inv(A) == inv(B)
rank(A*B) >= rank(A) + rank(B) - m
rank(A + x*y') <= rank(A)
norm(A*x, 1) <= norm(A, oo)*norm(x, 1)
norm(A*x) <= norm(x) given norm(A, 1) <= 1
norm(A*B*A) <= norm(A, 2)^2*norm(B, 2)
norm(A', 1) <= norm(A, 1)
tr(A*B)^2 <= tr(A*A)*tr(B*B)
tr(A)^2 <= n*tr(A*A)
(x'*S*y)^2 <= (x'*S*x)*(y'*S*y)
(x'*P*R*y)^2 <= (x'*P*R*x)*(y'*P*R*y)
(x'*y)^2 <= (x'*P*x)*(y'*inv(R)*y)
D*D' == eye(m) => D'*D == eye(n)
pinv(A^2) == pinv(A)^2
expm(A)*expm(A') == expm(A + A')
sum(k*rank((k - 1)*A), k = 1..2) == 3*sum(rank((k - 1)*A), k = 1..2)/2
rank(D*S*D') == rank(D)
pinv(W*D') == pinv(D')*inv(W)
rank(t*A) == rank(A)
det(kron(A, D*D')) == det(A)^n*det(D*D')^m
""".strip().splitlines()

# Each is false for some value that its declarations exclude, at size 1 or of an entry there.
NOT_REFUTED = (
    "let w : vector(n), positive\nw'*w == 1 => ones(n)'*w > 0",
    "let w : vector(n) in [0, 1]\nw'*w == 1 => ones(n)'*w >= 0",
    "let w : vector(n), integer\nw'*w == 1 => norm(w) > 1/2",
    "let G : matrix(n, n), diagonal, positive\nG*G == eye(n) => tr(G) >= 0",
    "let k : integer in 2..oo\nlet w : vector(k)\nw'*w == k => norm(w)^2 >= 2",
    "let r : real in [0, n]\nx'*x == r => norm(x)^2 <= n",
)


def truth(claim):
    row = Session().run(f"{NAMES}check {claim}")[-1]
    return row.judged.truth.value if row.judged else "error"


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim):
    assert truth(claim) == "refuted"


@pytest.mark.parametrize("claim", NOT_PROVED)
def test_not_proved(claim):
    assert truth(claim) not in ("proved", "supported", "conflict")


@pytest.mark.parametrize("claim", NOT_REFUTED)
def test_not_refuted(claim):
    before, _, last = claim.rpartition("\n")
    row = Session().run(f"{NAMES}{before}\ncheck {last}")[-1]
    assert row.judged.truth.value not in ("refuted", "conditional", "conflict")


@pytest.mark.parametrize(
    ("properties", "question", "answer"),
    [
        (", posdef", "is_posdef(A + eye(n))", "true"),
        (", posdef", "is_posdef(inv(A))", "true"),
        ("", "is_possemidef(A'*A)", "true"),
        ("", "is_posdef(A'*A)", "is_posdef(A'*A)"),
        ("", "is_symmetric(A + A')", "true"),
        ("", "is_symmetric(A)", "is_symmetric(A)"),
        (", orthogonal", "is_orthogonal(A*A)", "true"),
    ],
)
def test_properties_as_questions(properties: str, question: str, answer: str) -> None:
    found = Session().run(f"let n : size\nlet A : matrix(n, n){properties}\n{question}")[-1]
    assert found.exact == answer


@pytest.mark.parametrize(
    ("declared", "question", "answer", "conditions"),
    [
        ("let A : matrix(n, n)\nlet b, x : vector(n)", "solve(A*x == b, x)", "{inv(A)*b}", ("is_invertible(A)",)),
        ("let A : matrix(n, n), posdef\nlet b, x : vector(n)", "solve(A*x + 2x == b, x)", "{inv(A + 2*eye(n))*b}", ()),
        ("let A, B, X : matrix(n, n)", "solve(X*A == B, X)", "{B*inv(A)}", ("is_invertible(A)",)),
        ("let k : real\nlet b, x : vector(n)", "solve(k*x == b + x, x)", "{b/(k - 1)}", ("k != 1",)),
    ],
)
def test_linear_equations(declared: str, question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(f"let n : size\n{declared}\n{question}")[-1]
    assert (found.exact, found.conditions) == (answer, conditions)
    assert found.check is not None and found.check.agrees


@pytest.mark.parametrize("question", ["solve(A*X + X*A == B, X)", "solve(X*X == B, X)", "solve(X'*A == B, X)"])
def test_equations_that_are_not_solved_by_one_inverse(question: str) -> None:
    assert Session().run(f"let n : size\nlet A, B, X : matrix(n, n)\n{question}")[-1].exact is None
