"""Vectors, subspaces and linear maps."""

from twofold.catalogue.shapes import ShapeError, describe, full
from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import App, Bound, Dim, Shape, Term

_AREA = "vectors and linear maps"
_P = "twofold.symbolic.algebra.spaces:"
_V = "twofold.symbolic.algebra.vectors:"
_H = "twofold.catalogue.functions.vectors:"
_SPACES = "twofold.engine.checks.spaces:"
_UV = (Argument("u"), Argument("v"))
_GROUP = (Argument("vectors", kind="any", rest=True),)


def nothing(*args: Term) -> Shape:
    """The shape of a number, a truth or a set."""
    return ()


def normed(*args: Term) -> Shape:
    """The shape of a norm, which is one of numbers, vectors and matrices: what stands in a set has no order."""
    if args[0].sort in ("set", "tuple", "truth"):
        kind = {"set": "a set", "tuple": "a tuple", "truth": "true or false"}[args[0].sort]
        raise ShapeError(f"norm needs a vector or a matrix, but this is {kind}", "write its entries: [1, 2; 3, 4]")
    return ()


def projected(*args: Term) -> Shape:
    """The shape of a projection: a vector, also where the first argument is a matrix of one column."""
    m, n = full(args[0].shape)
    if n != 1:
        raise ShapeError(f"project needs a vector first, but this is {describe(args[0].shape)}")
    return (m,)


def in_space(*args: Term) -> Shape:
    """The shape of a vector product."""
    for a in args:
        m, n = full(a.shape)
        if 1 not in (m, n) or {3} != {m, n} - {1}:
            is_plane = {m, n} - {1} == {2}
            help = "in a plane det([a, b; c, d]) of the two vectors is the area between them" if is_plane else ""
            raise ShapeError(f"cross needs two vectors of length 3, but this is {describe(a.shape)}", help)
    return (3,)


def count(arg: Term) -> int:
    """How many vectors an argument holds."""
    if isinstance(arg, App) and arg.op in ("set", "tuple"):
        return len(arg.args)
    columns = full(arg.shape)[1]
    if not isinstance(columns, int):
        raise ShapeError("a list of vectors of known number is needed here")
    return columns


def in_basis(*args: Term) -> Shape:
    """The shape of the coordinates in a basis."""
    return (sum(map(count, args[1:])),)


def between(*args: Term) -> Shape:
    """The shape of a change of basis."""
    n = count(args[0])
    return (n, n)


def of_map(*args: Term) -> Shape:
    """The shape of the matrix of a linear map."""
    f = args[0]
    if not isinstance(f, Bound) or f.op != "lambda":
        raise ShapeError("matrix_of needs a function of a vector", "define T(v) = [v[1] + v[2], 2v[1]]")
    rows: Dim = full(f.body.shape)[0]
    sizes = [full(s.shape)[0] for s in f.symbols]
    return (rows, sum(d for d in sizes if isinstance(d, int)) if len(sizes) > 1 else sizes[0])


SPECS = (
    Function(
        name="norm",
        elsewhere=(
            ("frobenius", "norm(A)"),
            ("frobenius_norm", "norm(A)"),
            ("spectral_norm", "norm(A, 2)"),
            ("operator_norm", "norm(A, 2)"),
        ),
        arguments=(Argument("v"), Argument("p", kind="any", optional=True)),
        area=_AREA,
        shape=_H + "normed",
        exact=_V + "norm",
        summary="the norm: 2 for vectors, fro for matrices, or the one named (1, 2, oo, p, fro, nuclear)",
        examples=(
            Example("norm([3, 4])", "5"),
            Example("norm([3, -4], 1)", "7"),
            Example("norm([1, 2; 3, 4], oo)", "7"),
            Example("norm([3, 0; 0, 4], 2)", "4"),
        ),
    ),
    Function(
        name="dot",
        arguments=_UV,
        area=_AREA,
        shape="(n),(n)->()",
        exact=_V + "dot",
        summary="the inner product u'*v",
        examples=(Example("dot([1, 2, 3], [4, 5, 6])", "32"),),
    ),
    Function(
        name="cross",
        arguments=_UV,
        area=_AREA,
        shape="twofold.catalogue.functions.vectors:in_space",
        exact=_V + "cross",
        summary="the vector product in three dimensions",
        examples=(Example("cross([1, 0, 0], [0, 1, 0])", "[0, 0, 1]"),),
    ),
    Function(
        name="outer",
        arguments=_UV,
        area=_AREA,
        shape="(m),(n)->(m,n)",
        exact=_V + "outer",
        summary="the matrix u*v'",
        examples=(Example("outer([1, 2], [3, 4])", "[3, 4; 6, 8]"),),
    ),
    Function(
        name="angle",
        arguments=_UV,
        area=_AREA,
        shape="(n),(n)->()",
        exact=_V + "angle",
        summary="the angle between two vectors, in [0, pi]",
        examples=(Example("angle([1, 0], [1, 1])", "pi/4"), Example("angle([1, 0], [0, 2])", "pi/2")),
    ),
    Function(
        name="project",
        arguments=(Argument("v"), Argument("onto", kind="any", rest=True)),
        area=_AREA,
        shape=_H + "projected",
        exact=_P + "project",
        summary="the orthogonal projection onto a vector, or onto the span of several",
        examples=(
            Example("project([3, 4], [1, 0])", "[3, 0]"),
            Example("project([1, 2, 3], {[1, 0, 0], [0, 1, 1]})", "[1, 5/2, 5/2]"),
        ),
    ),
    Function(
        name="gram_schmidt",
        elsewhere=(("orthonormalize", "gram_schmidt(u, v)"), ("orthonormalise", "gram_schmidt(u, v)")),
        arguments=_GROUP,
        area=_AREA,
        shape=_H + "nothing",
        result="set",
        exact=_P + "gram_schmidt",
        check=_SPACES + "orthonormal",
        summary="an orthonormal basis of the span, in the order of the vectors",
        examples=(Example("gram_schmidt([3, 4], [1, 0])", "{[3/5, 4/5], [4/5, -3/5]}"),),
    ),
    Function(
        name="orthogonal_complement",
        arguments=_GROUP,
        area=_AREA,
        shape=_H + "nothing",
        result="set",
        exact=_P + "orthogonal_complement",
        check=_SPACES + "complement",
        summary="a basis of the vectors orthogonal to all the given ones",
        examples=(Example("orthogonal_complement([1, 1, 0], [0, 1, 1])", "{[1, -1, 1]}"),),
    ),
    Function(
        name="basis",
        arguments=_GROUP,
        area=_AREA,
        shape=_H + "nothing",
        result="set",
        exact=_P + "basis",
        check=_SPACES + "span",
        summary="a basis of the span, picked from the vectors",
        examples=(Example("basis([1, 2], [2, 4], [0, 1])", "{[1, 2], [0, 1]}"),),
    ),
    Function(
        name="coordinates",
        arguments=(Argument("v"), Argument("basis", kind="any", rest=True)),
        area=_AREA,
        shape=_H + "in_basis",
        exact=_P + "coordinates",
        check=_SPACES + "coordinates",
        summary="the coefficients of a vector in a basis",
        examples=(Example("coordinates([3, 1], [1, 1], [1, -1])", "[2, 1]"),),
    ),
    Function(
        name="change_of_basis",
        arguments=(Argument("old", kind="any"), Argument("new", kind="any")),
        area=_AREA,
        shape=_H + "between",
        exact=_P + "change_of_basis",
        check=_SPACES + "change_of_basis",
        summary="the matrix that turns coordinates in the old basis into coordinates in the new one",
        examples=(Example("change_of_basis({[1, 0], [0, 1]}, {[1, 1], [1, -1]})", "[1/2, 1/2; 1/2, -1/2]"),),
    ),
    Function(
        name="span_contains",
        arguments=(Argument("vectors", kind="any"), Argument("v")),
        area=_AREA,
        shape=_H + "nothing",
        result="truth",
        exact=_P + "span_contains",
        check=_SPACES + "span_contains",
        summary="whether a vector is a combination of others",
        examples=(
            Example("span_contains({[1, 1, 0], [0, 1, 1]}, [1, 2, 1])", "true"),
            Example("span_contains({[1, 2]}, [2, a])", "a == 4"),
        ),
    ),
    Function(
        name="linearly_independent",
        arguments=_GROUP,
        area=_AREA,
        shape=_H + "nothing",
        result="truth",
        exact=_P + "linearly_independent",
        check=_SPACES + "independent",
        summary="whether no vector is a combination of the others",
        examples=(
            Example("linearly_independent([1, 2], [2, 4])", "false"),
            Example("linearly_independent([1, 2], [2, 5])", "true"),
        ),
    ),
    Function(
        name="is_linear",
        arguments=(Argument("T", kind="function"),),
        area=_AREA,
        shape=_H + "nothing",
        result="truth",
        exact=_V + "is_linear",
        check=_SPACES + "linear",
        summary="whether a function of a vector or number is linear",
        examples=(Example("is_linear(v -> [v[1] + v[2], 2v[1]])", "true"), Example("is_linear(x -> x + 1)", "false")),
    ),
    Function(
        name="matrix_of",
        arguments=(
            Argument("T", kind="function"),
            Argument("from", kind="any", optional=True),
            Argument("to", kind="any", optional=True),
        ),
        area=_AREA,
        shape=_H + "of_map",
        exact=_V + "matrix_of",
        check=_SPACES + "matrix_of",
        summary="the matrix of a linear map, in the standard bases or in those given",
        examples=(
            Example("matrix_of(v -> [v[1] + v[2], 2v[1]])", "[1, 1; 2, 0]"),
            Example("matrix_of(v -> [v[1] + v[2], 2v[1]], {[1, 1], [1, -1]})", "[2, 1; 0, -1]"),
        ),
    ),
    Function(
        name="kernel",
        arguments=(Argument("T", kind="any"),),
        area=_AREA,
        shape=_H + "nothing",
        result="set",
        exact=_V + "kernel",
        check=_SPACES + "nullspace",
        summary="a basis of what a linear map or matrix sends to 0",
        examples=(Example("kernel([1, 1; 1, 1])", "{[-1, 1]}"), Example("kernel(v -> v[1] + v[2])", "{[-1, 1]}")),
    ),
    Function(
        name="image",
        arguments=(Argument("T", kind="any"),),
        area=_AREA,
        shape=_H + "nothing",
        result="set",
        exact=_V + "image",
        check=_SPACES + "span",
        summary="a basis of the values of a linear map or matrix",
        examples=(Example("image([1, 1; 1, 1])", "{[1, 1]}"), Example("image(v -> [v[1], v[1]])", "{[1, 1]}")),
    ),
)
