"""Properties of matrices that are asked for by name, and the conjugate transpose."""

from twofold.catalogue.shapes import ShapeError, full
from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "linear algebra"
_P = "twofold.symbolic.algebra.properties:"
_EIGEN = "twofold.engine.checks.eigen:"
_A = (Argument("A"),)


def shorter_side(*args: Term) -> Shape:
    """The shape of the vector of singular values."""
    m, n = full(args[0].shape)
    if isinstance(m, int) and isinstance(n, int):
        return (min(m, n),)
    if m == n or m == 1 or n == 1:
        return (1,) if 1 in (m, n) else (m,)
    raise ShapeError("the number of singular values needs sizes that are numbers")


def _property(name: str, summary: str, *examples: Example, aliases: tuple[str, ...] = ()) -> Function:
    return Function(
        name=name,
        aliases=aliases,
        arguments=_A,
        area=_AREA,
        shape="(n,n)->()",
        result="truth",
        exact=_P + name,
        check=_EIGEN + "has_property",
        summary=summary,
        examples=examples,
    )


SPECS = (
    Function(
        name="ctranspose",
        elsewhere=(("dagger", "ctranspose(A)"), ("hermitian", "ctranspose(A), or is_hermitian(A)")),
        aliases=("adjoint", "conjugate_transpose", "hermitian_transpose"),
        arguments=_A,
        area=_AREA,
        shape="(m,n)->(n,m)",
        definition="conjugate(A)'",
        summary="the conjugate transpose; A' alone does not conjugate",
        examples=(
            Example("ctranspose([1, im; 2, 3])", "[1, 2; -im, 3]"),
            Example("ctranspose([1, 2; 3, 4])", "[1, 3; 2, 4]"),
        ),
    ),
    Function(
        name="singular_values",
        aliases=("svdvals",),
        arguments=_A,
        area=_AREA,
        shape="twofold.catalogue.functions.matrix_properties:shorter_side",
        exact=_P + "singular_values",
        check=_EIGEN + "singular_values",
        summary="the singular values, falling, each as often as its multiplicity; as many as the smaller side is long",
        examples=(
            Example("singular_values([3, 0; 0, -2])", "[3, 2]"),
            Example("singular_values([1, 2; 2, 4])", "[5, 0]"),
        ),
    ),
    Function(
        name="sqrtm",
        arguments=_A,
        area=_AREA,
        shape="(n,n)->(n,n)",
        definition="A^(1/2)",
        summary="the principal square root of a matrix; also written A^(1/2)",
        examples=(Example("sqrtm([2, 1; 1, 2])", "[(sqrt(3) + 1)/2, (sqrt(3) - 1)/2; (sqrt(3) - 1)/2, (sqrt(3) + 1)/2]"),),
    ),
    _property(
        "is_hermitian",
        "whether a matrix is its own conjugate transpose",
        Example("is_hermitian([2, im; -im, 1])", "true"),
        Example("is_hermitian([2, im; im, 1])", "false"),
        aliases=("is_selfadjoint",),
    ),
    _property(
        "is_unitary",
        "whether ctranspose(A)*A is the identity",
        Example("is_unitary([1, im; im, 1]/sqrt(2))", "true"),
        Example("is_unitary([1, im; im, 1])", "false"),
    ),
    _property(
        "is_normal",
        "whether a matrix commutes with its conjugate transpose",
        Example("is_normal([0, -1; 1, 0])", "true"),
        Example("is_normal([1, 1; 0, 1])", "false"),
    ),
    _property(
        "is_invertible",
        "whether the determinant is not 0; with parameters, the condition for that",
        Example("is_invertible([1, 2; 2, 4])", "false"),
        Example("is_invertible([1, a; 2, 4])", "a != 2"),
    ),
    _property(
        "is_diagonalizable",
        "whether there is a basis of eigenvectors, over the complex numbers; with parameters, by cases",
        Example("is_diagonalizable([1, 1; 0, 1])", "false"),
        Example("is_diagonalizable([0, -1; 1, 0])", "true"),
        Example("is_diagonalizable([1, a; 0, 1])", "a == 0"),
    ),
    _property(
        "is_possemidef",
        "whether a matrix is symmetric (Hermitian, if complex) and x'*A*x >= 0 for every x",
        Example("is_possemidef([1, 1; 1, 1])", "true"),
        Example("is_possemidef([0, 1; 1, 0])", "false"),
        aliases=("is_psd",),
    ),
    _property(
        "is_negdef",
        "whether a matrix is symmetric (Hermitian, if complex) and x'*A*x < 0 for every x but 0",
        Example("is_negdef([-2, 1; 1, -2])", "true"),
        Example("is_negdef([2, 1; 1, -2])", "false"),
    ),
)
