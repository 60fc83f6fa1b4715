"""Matrices: determinants, elimination, special matrices, products."""

from twofold.catalogue.shapes import ShapeError, describe, dim, dim_term, full
from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import App, Num, Shape, Term, num

_AREA = "linear algebra"
_S = "twofold.symbolic.algebra.square:"
_P = "twofold.symbolic.algebra.spaces:"
_V = "twofold.symbolic.algebra.vectors:"
_H = "twofold.catalogue.functions.linear_algebra:"
_EIGEN = "twofold.engine.checks.eigen:"
_FACTORS = "twofold.engine.checks.factorisations:"
_SPACES = "twofold.engine.checks.spaces:"
_A = (Argument("A"),)
_M = "[1, 2; 3, 4]"


def nothing(*args: Term) -> Shape:
    """The shape of a number, a set or a tuple."""
    return ()


def sized(*args: Term) -> Shape:
    """The shape that sizes given as arguments make: `ones(n)`, `zeros(m, n)`."""
    for a in args:
        if a.shape or isinstance(a, Num) and (a.value.denominator != 1 or a.value < 1):
            raise ShapeError("a size is a positive whole number")
    return tuple(dim(a) for a in args)


def identity(*args: Term) -> Shape:
    """The shape of `eye(n)`."""
    return sized(args[0]) * 2


def diagonal(*args: Term) -> Shape:
    """A vector makes a square matrix; a matrix gives its diagonal."""
    shape = args[0].shape
    if not shape:
        raise ShapeError("diag needs a vector or a matrix, but this is a scalar")
    if len(shape) == 1 or 1 in shape:
        n = shape[0] if len(shape) == 1 or shape[1] == 1 else shape[1]
        return (n, n)
    if isinstance(shape[0], int) and isinstance(shape[1], int):
        return (min(shape[0], shape[1]),)
    return (shape[0],)


def stacked(*args: Term) -> Shape:
    """The shape of `vec(A)`."""
    m, n = full(args[0].shape)
    if isinstance(m, int) and isinstance(n, int):
        return (m * n,)
    return (App("mul", (dim_term(m), dim_term(n))),) if n != 1 else (m,)


def kronecker(*args: Term) -> Shape:
    """The shape of `kron(A, B)`."""
    (m, n), (p, q) = full(args[0].shape), full(args[1].shape)

    def times(a: object, b: object) -> object:
        if isinstance(a, int) and isinstance(b, int):
            return a * b
        if a == 1 or b == 1:
            return b if a == 1 else a
        return App("mul", (a if isinstance(a, Term) else num(a), b if isinstance(b, Term) else num(b)))  # type: ignore[arg-type]

    rows, columns = times(m, p), times(n, q)
    return (rows,) if columns == 1 else (rows, columns)  # type: ignore[return-value]


def solution(*args: Term) -> Shape:
    """The shape of x in A*x == b."""
    a, b = args[0], args[1]
    (m, n), (k, p) = full(a.shape), full(b.shape)
    if m != k:
        raise ShapeError(f"{describe(a.shape)} and a right side that is {describe(b.shape)}")
    return (n,) if p == 1 else (n, p)


SPECS = (
    Function(
        name="det",
        aliases=("determinant",),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        summary="the determinant",
        exact=_S + "det",
        identities=(),
        examples=(Example(f"det({_M})", "-2"), Example("det([a, b; c, d])", "a*d - b*c")),
    ),
    Function(
        name="inv",
        aliases=("inverse",),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        summary="the inverse matrix; also written A^-1",
        exact=_S + "inv",
        examples=(Example(f"inv({_M})", "[-2, 1; 3/2, -1/2]"), Example("inv([a, b; 0, 1])", "[1/a, -b/a; 0, 1]")),
    ),
    Function(
        name="transpose",
        arguments=_A,
        area=_AREA,
        shape="(m,n)->(n,m)",
        summary="the transpose; also written A'",
        exact=_S + "transpose",
        examples=(Example("transpose([1, 2, 3; 4, 5, 6])", "[1, 4; 2, 5; 3, 6]"),),
    ),
    Function(
        name="tr",
        aliases=("trace",),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        summary="the sum of the diagonal entries",
        exact=_S + "trace",
        examples=(Example(f"tr({_M})", "5"),),
    ),
    Function(
        name="rank",
        elsewhere=(("nullity", "n - rank(A), where A has n columns"),),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        summary="the rank; by cases where there are parameters",
        exact=_P + "rank",
        examples=(Example("rank([1, 2; 2, 4])", "1"), Example("rank([1, a; a, 1])", "{1 if a == -1 or a == 1; 2 otherwise}")),
    ),
    Function(
        name="rref",
        elsewhere=(("row_reduce", "rref(A)"), ("echelon", "rref(A)"), ("gaussian_elimination", "rref(A)"), ("ref", "rref(A)")),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->(m,n)",
        summary="the reduced row echelon form; by cases where there are parameters",
        exact=_P + "rref",
        check=_FACTORS + "rref",
        examples=(
            Example("rref([1, 2, 3; 4, 5, 6])", "[1, 0, -1; 0, 1, 2]"),
            Example("rref([1, a; a, 1])", "{[1, 1; 0, 0] if a == 1; [1, -1; 0, 0] if a == -1; [1, 0; 0, 1] otherwise}"),
        ),
    ),
    Function(
        name="nullspace",
        elsewhere=(("null", "nullspace(A)"), ("ker", "nullspace(A) of a matrix, kernel(T) of a map")),
        aliases=("null_space",),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="set",
        exact=_P + "nullspace",
        check=_SPACES + "nullspace",
        summary="a basis of the vectors x with A*x == 0; by cases where there are parameters",
        examples=(
            Example("nullspace([1, 2; 2, 4])", "{[-2, 1]}"),
            Example("nullspace([1, a; a, 1])", "{{[-1, 1]} if a == 1; {[1, 1]} if a == -1; {} otherwise}"),
        ),
    ),
    Function(
        name="colspace",
        elsewhere=(
            ("columnspace", "colspace(A)"),
            ("column_space", "colspace(A)"),
            ("col", "colspace(A)"),
            ("range", "colspace(A) for the column space of a matrix, 1..n for a range"),
            ("orth", "gram_schmidt(A) for an orthonormal basis, colspace(A) for any"),
        ),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="set",
        exact=_P + "colspace",
        check=_SPACES + "span",
        summary="a basis of the span of the columns, picked from them",
        examples=(Example("colspace([1, 2; 2, 4])", "{[1, 2]}"),),
    ),
    Function(
        name="rowspace",
        elsewhere=(("row_space", "rowspace(A)"), ("row", "rowspace(A)")),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->()",
        result="set",
        exact=_P + "rowspace",
        check=_SPACES + "span",
        summary="a basis of the span of the rows",
        examples=(Example("rowspace([1, 2; 2, 4])", "{[1, 2]}"),),
    ),
    Function(
        name="minors",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        exact=_S + "minors",
        summary="the matrix of determinants with row i and column j struck out",
        examples=(Example(f"minors({_M})", "[4, 3; 2, 1]"),),
    ),
    Function(
        name="cofactors",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        summary="the matrix of signed minors",
        exact=_S + "cofactors",
        examples=(Example(f"cofactors({_M})", "[4, -3; -2, 1]"),),
    ),
    Function(
        name="adjugate",
        elsewhere=(("adj", "adjugate(A) for the matrix of cofactors transposed, ctranspose(A) for the conjugate transpose"),),
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        summary="the transposed cofactors: A*adjugate(A) is det(A)*eye(n)",
        exact=_S + "adjugate",
        examples=(Example(f"adjugate({_M})", "[4, -2; -3, 1]"),),
    ),
    Function(
        name="least_squares",
        elsewhere=(("linsolve", "inv(A)*b, or solve(A*x == b, x)"), ("linear_solve", "inv(A)*b, or solve(A*x == b, x)")),
        aliases=("lstsq",),
        arguments=(Argument("A"), Argument("b")),
        area=_AREA,
        shape=_H + "solution",
        exact="twofold.symbolic.algebra.pseudo_inverses:least_squares",
        summary="the x of least norm among those with the smallest norm(A*x - b)",
        examples=(Example("least_squares([1, 1; 1, 2; 1, 3], [1, 2, 2])", "[2/3, 1/2]"),),
    ),
    Function(
        name="cond",
        elsewhere=(("condition_number", "cond(A)"), ("cond_number", "cond(A)")),
        arguments=(Argument("A"), Argument("p", kind="any", optional=True)),
        area=_AREA,
        shape="(m,n)->()",
        exact=_V + "cond",
        check=_EIGEN + "condition",
        summary="the condition number in the 2-norm, or in the norm 1, oo, fro",
        examples=(
            Example("cond([2, 0; 0, 1])", "2"),
            Example("cond([1, 2; 2, 4])", "oo"),
            Example("cond([1, 2; 3, 4], 1)", "21"),
        ),
    ),
    Function(
        name="kron",
        arguments=(Argument("A"), Argument("B")),
        area=_AREA,
        shape=_H + "kronecker",
        exact=_V + "kron",
        summary="the Kronecker product",
        examples=(Example("kron([1, 2; 3, 4], eye(2))", "[1, 0, 2, 0; 0, 1, 0, 2; 3, 0, 4, 0; 0, 3, 0, 4]"),),
    ),
    Function(
        name="hadamard",
        arguments=(Argument("A"), Argument("B")),
        area=_AREA,
        shape="(m,n),(m,n)->(m,n)",
        exact=_V + "hadamard",
        summary="the entrywise product; also written A .* B",
        examples=(Example(f"hadamard({_M}, {_M})", "[1, 4; 9, 16]"),),
    ),
    Function(
        name="eye",
        elsewhere=(("Id", "eye(n)"), ("identity_matrix", "eye(n)")),
        aliases=("identity",),
        arguments=(Argument("n"),),
        area=_AREA,
        shape=_H + "identity",
        exact=_V + "eye",
        summary="the identity matrix",
        examples=(Example("eye(2)", "[1, 0; 0, 1]"),),
    ),
    Function(
        name="ones",
        arguments=(Argument("m"), Argument("n", optional=True)),
        area=_AREA,
        shape=_H + "sized",
        exact=_V + "ones",
        summary="a vector or matrix of ones",
        examples=(Example("ones(2)", "[1, 1]"), Example("ones(1, 2)", "[1, 1]'")),
    ),
    Function(
        name="zeros",
        arguments=(Argument("m"), Argument("n", optional=True)),
        area=_AREA,
        shape=_H + "sized",
        exact=_V + "zeros",
        summary="a vector or matrix of zeros",
        examples=(Example("zeros(2, 2)", "[0, 0; 0, 0]"),),
    ),
    Function(
        name="diag",
        arguments=_A,
        area=_AREA,
        shape=_H + "diagonal",
        exact=_V + "diag",
        summary="the diagonal matrix of a vector; the diagonal of a matrix",
        examples=(Example("diag([1, 2])", "[1, 0; 0, 2]"), Example(f"diag({_M})", "[1, 4]")),
    ),
    Function(
        name="vec",
        arguments=_A,
        area=_AREA,
        shape=_H + "stacked",
        exact=_V + "vec",
        summary="the columns of a matrix below one another",
        examples=(Example(f"vec({_M})", "[1, 3, 2, 4]"),),
    ),
    Function(
        name="is_symmetric",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="truth",
        exact=_V + "is_symmetric",
        check=_EIGEN + "has_property",
        summary="whether A == A'",
        examples=(Example("is_symmetric([1, 2; 2, 1])", "true"), Example("is_symmetric([1, a; b, 1])", "a == b")),
    ),
    Function(
        name="is_orthogonal",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="truth",
        exact=_V + "is_orthogonal",
        check=_EIGEN + "has_property",
        summary="whether A'*A is the identity",
        examples=(Example("is_orthogonal([3/5, -4/5; 4/5, 3/5])", "true"),),
    ),
    Function(
        name="is_posdef",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="truth",
        exact=_V + "is_posdef",
        check=_EIGEN + "has_property",
        summary="whether a matrix is symmetric (Hermitian, if complex) and positive definite",
        examples=(Example("is_posdef([2, 1; 1, 2])", "true"), Example("is_posdef([1, 2; 2, 1])", "false")),
    ),
)
