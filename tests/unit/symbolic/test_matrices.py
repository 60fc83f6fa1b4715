"""Matrices: answers by cases, factorisations and functions, and what is refused. Values were found with SymPy and NumPy."""

from __future__ import annotations

import pytest

from twofold.core.diagnostic import TwofoldError
from twofold.symbolic.context import NoClosedForm, SymbolicSize

BY_CASES = {
    "rank([1, a; a, 1])": "{1 if a == -1 or a == 1; 2 otherwise}",
    "rank([a, b; c, d])": "{0 if a == 0 and b == 0 and c == 0 and d == 0; 1 if a*d == b*c; 2 otherwise}",
    "rank([a, 1, 1; 1, a, 1; 1, 1, a])": "{1 if a == 1; 2 if a == -2; 3 otherwise}",
    "rank([1, a; a, a^3])": "{1 if a == 0 or a == 1; 2 otherwise}",
    "rank([a^2 + 1, 0; 0, 1])": "2",
    "rank([p, 1; 1, p])": "{1 if p == 1; 2 otherwise}",
    "rank([a, b; -b, a])": "{0 if a == 0 and b == 0; 2 otherwise}",
    "nullspace([1, a; a, 1])": "{{[-1, 1]} if a == 1; {[1, 1]} if a == -1; {} otherwise}",
    "nullspace([[a, b]])": "{{[1, 0], [0, 1]} if a == 0 and b == 0; {[1, 0]} if a == 0; {[-b, a]} otherwise}",
    "colspace([1, a; a, 1])": "{{[1, 1]} if a == 1; {[1, -1]} if a == -1; {[1, a], [a, 1]} otherwise}",
    "rref([1, a; a, 1])": "{[1, 1; 0, 0] if a == 1; [1, -1; 0, 0] if a == -1; [1, 0; 0, 1] otherwise}",
    "rref([1, a, 0; 0, 1, 1])": "[1, 0, -a; 0, 1, 1]",
    "minpoly([1, a; 0, 1], x)": "{x - 1 if a == 0; x^2 - 2*x + 1 otherwise}",
    "eigenvectors([a, 1; 0, b])": "{{(b, 2, {[1, 0]})} if a == b; {(a, 1, {[1, 0]}), (b, 1, {[-1, a - b]})} otherwise}",
    "diagonalize([a, 1; 0, b])": '{"not diagonalizable" if a == b; ([1, -1; 0, a - b], [a, 0; 0, b]) otherwise}',
    "diagonalize([a, b; b, a])": "([-1, 1; 1, 1], [a - b, 0; 0, a + b])",
    "jordan([1, a; 0, 1])": "{([1, 0; 0, 1], [1, 0; 0, 1]) if a == 0; ([a, 0; 0, 1], [1, 1; 0, 1]) otherwise}",
    "jordan([0, a + 1; 2a, 2])": "{([1, 1; 0, 2], [0, 0; 0, 2]) if a == 0; ([-(sqrt(2*a^2 + 2*a + 1) + 1), sqrt(2*a^2 + 2*a + 1) - 1; "
    "2*a, 2*a], [1 - sqrt(2*a^2 + 2*a + 1), 0; 0, sqrt(2*a^2 + 2*a + 1) + 1]) otherwise}",
    "pinv([a; b])": "{[[0, 0]] if a == 0 and b == 0; [[a/(a^2 + b^2), b/(a^2 + b^2)]] otherwise}",
    "expm([a, 1; 0, b])": "{[exp(b), exp(b); 0, exp(b)] if a == b; [exp(a), (exp(a) - exp(b))/(a - b); 0, exp(b)] otherwise}",
    "expm([0, 1; -a^2, 0])": "{[1, 1; 0, 1] if a == 0; [cos(a), sin(a)/a; -a*sin(a), cos(a)] otherwise}",
    "span_contains({[1, a], [a, 1]}, [1, 1])": "a != -1",
    "coordinates([1, 2], [1, a], [a, 1])": "[(2*a - 1)/(a^2 - 1), (a - 2)/(a^2 - 1)] given a != 1 given a != -1",
    "solve({a*x + y0 == 1, x + a*y0 == 1}, [x, y0])": "{{[1 - y0, y0]} if a == 1; {} if a == -1; {[1/(a + 1), 1/(a + 1)]} otherwise}",
    "nullspace([z, 1; -1, z])": "{{[-im, 1]} if z == -im; {[im, 1]} if z == im; {} otherwise}",
    "rank([exp(a), 1; 1, exp(a)])": "2 given a != 0",
    "ldl([a, b; b, c])": "([1, 0; b/a, 1], [a, 0; 0, (a*c - b^2)/a]) given a != 0",
}
FORMS = {
    "jordan([5, 4, 2, 1; 0, 1, -1, -1; -1, -1, 3, 0; 1, 1, -1, 2])": "([-1, 1, 1, 1; 1, -1, 0, 0; 0, 0, -1, 0; 0, 1, 1, 0], "
    "[1, 0, 0, 0; 0, 2, 0, 0; 0, 0, 4, 1; 0, 0, 0, 4])",
    "jordan([0, -1, 1, 0; 1, 0, 0, 1; 0, 0, 0, -1; 0, 0, 1, 0])": "([-im, 0, im, 0; 1, 0, 1, 0; 0, -im, 0, im; 0, 1, 0, 1], "
    "[-im, 1, 0, 0; 0, -im, 0, 0; 0, 0, im, 1; 0, 0, 0, im])",
    "schur([1, 2; 3, 4])": "([-sqrt(493 + 51*sqrt(33))/34, sqrt(663 - 51*sqrt(33))/34; sqrt(663 - 51*sqrt(33))/34, "
    "sqrt(493 + 51*sqrt(33))/34], [(5 - sqrt(33))/2, 1; 0, (5 + sqrt(33))/2])",
    "schur([0, -1; 1, 0])": "([-sqrt(2)*im/2, sqrt(2)*im/2; sqrt(2)/2, sqrt(2)/2], [-im, 0; 0, im])",
    "qr([1, 2; 2, 4])": "([sqrt(5)/5, 2*sqrt(5)/5; 2*sqrt(5)/5, -sqrt(5)/5], [sqrt(5), 2*sqrt(5); 0, 0])",
    "qr([0, 1; 0, 0])": "([1, 0; 0, 1], [0, 1; 0, 0])",
    "qr([1, im; im, 1])": "([sqrt(2)/2, sqrt(2)*im/2; sqrt(2)*im/2, sqrt(2)/2], [sqrt(2), 0; 0, sqrt(2)])",
    "svd([3; 4])": "([3/5; 4/5], [[5]], [[1]])",
    "svd([0, 0; 0, 0])": "([1; 0], [[0]], [1; 0])",
    "svd([3, 0; 4, 5])": "([sqrt(10)/10, -3*sqrt(10)/10; 3*sqrt(10)/10, sqrt(10)/10], [3*sqrt(5), 0; 0, sqrt(5)], "
    "[sqrt(2)/2, -sqrt(2)/2; sqrt(2)/2, sqrt(2)/2])",
    "cholesky([2, im; -im, 2])": "[sqrt(2), 0; -sqrt(2)*im/2, sqrt(6)/2]",
    "pinv([1, im; im, -1])": "[1/4, -im/4; -im/4, -1/4]",
    "expm([1, -2; 2, 1])": "[e*cos(2), -e*sin(2); e*sin(2), e*cos(2)]",
    "expm([0, 1; 1, 0])": "[cosh(1), sinh(1); sinh(1), cosh(1)]",
    "logm([2, 1; 1, 2])": "[log(3)/2, log(3)/2; log(3)/2, log(3)/2]",
    "logm([0, -1; 1, 0])": "[0, -pi/2; pi/2, 0]",
    "[2, 1; 1, 2]^n": "[(3^n + 1)/2, (3^n - 1)/2; (3^n - 1)/2, (3^n + 1)/2]",
    "[1, 2; 2, 4]^n": "[5^n/5, 2*5^n/5; 2*5^n/5, 4*5^n/5] given n >= 1",
    "gram_schmidt([1, im], [1, 0])": "{[sqrt(2)/2, sqrt(2)*im/2], [sqrt(2)/2, -sqrt(2)*im/2]}",
    "orthogonal_complement([1, im])": "{[im, 1]}",
    "project([1, 2], [0, 0])": "[0, 0]",
    "is_posdef([2, im; -im, 2])": "true",
    "angle([1, 0], [0, a])": "pi/2 given a != 0",
    "charpoly([1, 2; 3, 4], lambda)": "lambda^2 - 5*lambda - 2",
    "charpoly([t, 1; 1, t])": "x^2 - 2*t*x + (t^2 - 1)",
    "eigenvalues([cos(t), -sin(t); sin(t), cos(t)])": "{cos(t) - im*sin(t), im*sin(t) + cos(t)}",
    "det([a, b, c; c, a, b; b, c, a])": "a^3 - 3*a*b*c + b^3 + c^3",
    "det([1, a, a^2; 1, b, b^2; 1, c, c^2])": "(c - b)*(a - c)*(a - b)",
    "inv([1/2, 1/3; 1/4, 1])": "[12/5, -4/5; -3/5, 6/5]",
    "cond([a, 0; 0, 2a])": "2 given a != 0",
    "inv(inv(M))": "M",
    "matrix_of((x, w) -> [x + w, x - w])": "[1, 1; 1, -1]",
    "matrix_of(v -> [1, 2; 3, 4]*v)": "[1, 2; 3, 4]",
    "kernel(v -> cross([1, 2, 3], v))": "{[1, 2, 3]}",
}
REFUSED = {
    "inv([1, 2; 2, 4])": "singular-matrix",
    "logm([1, 2; 2, 4])": "singular-matrix",
    "cholesky([1, 2; 2, 1])": "not-posdef",
    "cholesky([0, 1; 1, 0])": "not-posdef",
    "cholesky([1, 2; 3, 4])": "not-symmetric",
    "ldl([0, 1; 1, 0])": "singular-matrix",
    "angle([1, 0], [0, 0])": "zero-vector",
    "coordinates([1, 2], [1, 2], [2, 4])": "not-independent",
    "coordinates([1, 2, 3], [1, 0, 0])": "not-in-span",
    "change_of_basis({[1, 0], [0, 1]}, {[1, 1], [2, 2]})": "not-independent",
    "charpoly([t, 1; 1, t], t)": "not-a-variable",
    "charpoly([1, 2, 3], x)": "shape-mismatch",
    "span_contains({[1, 2]}, [1, 2, 3])": "shape-mismatch",
    "matrix_of(x -> x + 1)": "not-linear",
}
WITHOUT_ANSWER = ["[0, -1; 1, 0]^s", "eigenvalues(B)", "expm([1, 2, 3; 4, 5, 6; 7, 8, 10])"]


@pytest.mark.parametrize("text", [*BY_CASES, *FORMS])
def test_answers(text, ask):
    assert ask(text) == {**BY_CASES, **FORMS}[text]


@pytest.mark.parametrize(("text", "code"), REFUSED.items())
def test_refusals(text, code, ask):
    with pytest.raises(TwofoldError) as error:
        ask(text)
    assert error.value.diagnostic.code == code


@pytest.mark.parametrize("text", WITHOUT_ANSWER)
def test_nothing_is_claimed(text, ask):
    with pytest.raises(NoClosedForm):
        ask(text)


@pytest.mark.parametrize("text", ["eigenvalues(M)", "nullspace(M)", "cholesky(M)", "charpoly(M, x)"])
def test_a_symbolic_size_has_no_entries(text, ask):
    with pytest.raises(SymbolicSize):
        ask(text)
