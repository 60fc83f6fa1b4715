"""Matrices: characteristic polynomials, eigenvalues, factorisations, functions."""

from twofold.catalogue.spec import Argument, Example, Function

_AREA = "linear algebra"
_S = "twofold.symbolic.algebra.square:"
_E = "twofold.symbolic.algebra.eigen:"
_F = "twofold.symbolic.algebra.factorisations:"
_N = "twofold.symbolic.algebra.functions:"
_H = "twofold.catalogue.functions.linear_algebra:"
_EIGEN = "twofold.engine.checks.eigen:"
_FACTORS = "twofold.engine.checks.factorisations:"
_A = (Argument("A"),)
_POLYNOMIAL = (Argument("A"), Argument("variable", kind="variable", optional=True))
_M = "[1, 2; 3, 4]"

SPECS = (
    Function(
        name="charpoly",
        arguments=_POLYNOMIAL,
        area=_AREA,
        shape=_H + "nothing",
        exact=_S + "charpoly",
        check=_EIGEN + "characteristic",
        summary="the characteristic polynomial det(t*eye(n) - A)",
        examples=(Example(f"charpoly({_M}, t)", "t^2 - 5t - 2"),),
    ),
    Function(
        name="minpoly",
        arguments=_POLYNOMIAL,
        area=_AREA,
        shape=_H + "nothing",
        exact=_S + "minpoly",
        check=_EIGEN + "annihilates",
        summary="the monic polynomial of least degree that the matrix satisfies; of an algebraic number, with rational coefficients",
        examples=(
            Example("minpoly(sqrt(2) + sqrt(3), t)", "t^4 - 10t^2 + 1"),
            Example("minpoly([2, 0; 0, 2], t)", "t - 2"),
            Example("minpoly([1, a; 0, 1], t)", "{t - 1 if a == 0; t^2 - 2*t + 1 otherwise}"),
        ),
    ),
    Function(
        name="eigenvalues",
        aliases=("eigvals",),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="set",
        complex=True,
        exact=_E + "eigenvalues",
        check=_EIGEN + "eigenvalues",
        summary="the eigenvalues, each as often as its multiplicity",
        examples=(
            Example(f"eigenvalues({_M})", "{(5 - sqrt(33))/2, (5 + sqrt(33))/2}"),
            Example("eigenvalues([0, -1; 1, 0])", "{-im, im}"),
            Example("eigenvalues([a, b; b, a])", "{a - b, a + b}"),
        ),
    ),
    Function(
        name="eigenvectors",
        aliases=("eigvecs",),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="set",
        complex=True,
        exact=_E + "eigenvectors",
        check=_EIGEN + "eigenvectors",
        summary="triples (eigenvalue, multiplicity, basis of its eigenvectors)",
        examples=(Example("eigenvectors([2, 1; 1, 2])", "{(1, 1, {[-1, 1]}), (3, 1, {[1, 1]})}"),),
    ),
    Function(
        name="diagonalize",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="tuple",
        complex=True,
        exact=_E + "diagonalize",
        check=_EIGEN + "similar",
        summary="matrices (P, D) with A == P*D*inv(P) and D diagonal",
        examples=(
            Example("diagonalize([2, 1; 1, 2])", "([-1, 1; 1, 1], [1, 0; 0, 3])"),
            Example("diagonalize([1, 1; 0, 1])", '"not diagonalizable"'),
        ),
    ),
    Function(
        name="jordan",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="tuple",
        complex=True,
        exact="twofold.symbolic.algebra.jordan:jordan",
        check=_EIGEN + "similar",
        summary="matrices (P, J) with A == P*J*inv(P) and J in Jordan form",
        examples=(
            Example("jordan([1, 1; 0, 1])", "([1, 0; 0, 1], [1, 1; 0, 1])"),
            Example("jordan([3, 1; -1, 1])", "([1, 1; -1, 0], [2, 1; 0, 2])"),
        ),
    ),
    Function(
        name="schur",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="tuple",
        exact=_F + "schur",
        check=_FACTORS + "product",
        summary="matrices (Q, T) with A == Q*T*Q', Q orthogonal (unitary where eigenvalues are complex), T upper triangular",
        examples=(
            Example("schur([3, 1; -1, 1])", "([sqrt(2)/2, sqrt(2)/2; -sqrt(2)/2, sqrt(2)/2], [2, 2; 0, 2])"),
            Example("schur([4, 1; 2, 3])", "([-sqrt(5)/5, 2*sqrt(5)/5; 2*sqrt(5)/5, sqrt(5)/5], [2, 1; 0, 5])"),
        ),
    ),
    Function(
        name="logm",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        exact=_N + "logm",
        check=_FACTORS + "logarithm",
        summary="the principal logarithm of a regular matrix",
        examples=(
            Example("logm([1, 1; 0, 1])", "[0, 1; 0, 0]"),
            Example("logm([0, -1; 1, 0])", "[0, -pi/2; pi/2, 0]"),
        ),
    ),
    Function(
        name="lu",
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="tuple",
        exact=_F + "lu",
        check=_FACTORS + "product",
        summary="matrices (P, L, U) with A == P*L*U: a permutation, lower with ones, upper",
        examples=(Example("lu([0, 2; 1, 3])", "([0, 1; 1, 0], [1, 0; 0, 1], [1, 3; 0, 2])"),),
    ),
    Function(
        name="qr",
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="tuple",
        exact=_F + "qr",
        check=_FACTORS + "product",
        summary="matrices (Q, R) with A == Q*R, orthonormal columns in Q, R upper; dependent columns leave zeros on its diagonal",
        examples=(Example("qr([3, 1; 4, 2])", "([3/5, -4/5; 4/5, 3/5], [5, 11/5; 0, 2/5])"),),
    ),
    Function(
        name="cholesky",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        exact=_F + "cholesky",
        check=_FACTORS + "cholesky",
        summary="the lower L with A == L*L' of a positive definite matrix (conjugate transpose for complex entries)",
        examples=(Example("cholesky([4, 2; 2, 5])", "[2, 0; 1, 2]"),),
    ),
    Function(
        name="ldl",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="tuple",
        exact=_F + "ldl",
        check=_FACTORS + "product",
        summary="matrices (L, D) with A == L*D*L' of a symmetric matrix",
        examples=(Example("ldl([4, 2; 2, 5])", "([1, 0; 1/2, 1], [4, 0; 0, 4])"),),
    ),
    Function(
        name="svd",
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="tuple",
        exact=_F + "svd",
        check=_FACTORS + "product",
        summary="matrices (U, S, V) with A == U*S*V', the singular values that are not 0 falling on the diagonal of S",
        examples=(Example("svd([3, 0; 0, 2])", "([1, 0; 0, 1], [3, 0; 0, 2], [1, 0; 0, 1])"),),
    ),
    Function(
        name="pinv",
        arguments=_A,
        area=_AREA,
        shape="(m,n)->(n,m)",
        exact=_F + "pinv",
        summary="the Moore-Penrose pseudo-inverse",
        examples=(Example("pinv([1; 2])", "[1/5, 2/5]'"), Example("pinv([1, 1; 1, 1])", "[1/4, 1/4; 1/4, 1/4]")),
    ),
    Function(
        name="expm",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        exact=_N + "expm",
        summary="the matrix exponential",
        examples=(
            Example("expm([0, t; 0, 0])", "[1, t; 0, 1]"),
            Example("expm([0, -t; t, 0])", "[cos(t), -sin(t); sin(t), cos(t)]"),
        ),
    ),
)
