"""Functions of vectors and matrices that gradients are taken of: softmax, one-hot vectors, layers, log determinants."""

from twofold.catalogue.shapes import ShapeError, describe, dim
from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Num, Shape, Term

_AREA = "matrix calculus"
_N = "twofold.symbolic.tensors.named:"
_H = "twofold.catalogue.functions.matrix_calculus:"
_X = (Argument("x"),)


def of_vector(*args: Term) -> Shape:
    """The shape of a vector, which the argument has to be."""
    shape = args[0].shape
    if not shape or len(shape) == 2 and 1 not in shape:
        raise ShapeError(f"a vector is needed here, but this is {describe(shape)}")
    return shape


def unit(*args: Term) -> Shape:
    """The shape of `onehot(k, n)`."""
    k, n = args
    if k.shape or n.shape:
        raise ShapeError("onehot takes a place and a size, which are numbers")
    if isinstance(k, Num) and isinstance(n, Num) and not 1 <= k.value <= n.value:
        raise ShapeError(f"place {k.value} is outside 1..{n.value}", "indices start at 1")
    return (dim(n),)


SPECS = (
    Function(
        name="softmax", arguments=_X, area=_AREA, shape=_H + "of_vector", definition="exp(x)/sum(exp(x))",
        summary="the exponentials of the entries of a vector, divided by their sum",
        examples=(
            Example("softmax([0, 0])", "[1/2, 1/2]"), Example("softmax([0, log(3)])", "[1/4, 3/4]"),
            Example("softmax([1, 2]) - softmax([3, 4])", "[0, 0]"),
        ),
    ),
    Function(
        name="rowsoftmax", arguments=(Argument("A"),), area=_AREA, shape="(m,n)->(m,n)", exact=_N + "rowsoftmax",
        summary="the softmax of each row of a matrix",
        examples=(Example("rowsoftmax([0, 0; 0, log(3)])", "[1/2, 1/2; 1/4, 3/4]"),),
    ),
    Function(
        name="onehot", arguments=(Argument("k"), Argument("n")), area=_AREA, shape=_H + "unit", exact=_N + "onehot",
        summary="the vector of length n with a one at place k and zeros elsewhere",
        examples=(Example("onehot(2, 3)", "[0, 1, 0]"),),
    ),
    Function(
        name="logdet", arguments=(Argument("A"),), area=_AREA, shape="(n,n)->()", definition="log(det(A))",
        summary="the logarithm of the determinant", examples=(Example("logdet([2, 0; 0, 3])", "log(6)"),),
    ),
    Function(
        name="layer_norm", arguments=_X, area=_AREA, shape=_H + "of_vector",
        definition="(x - sum(x)/sum(exp(0*x))*exp(0*x))/sqrt(sum(x .* x)/sum(exp(0*x)) - (sum(x)/sum(exp(0*x)))^2)",
        summary="a vector minus its mean, divided by its standard deviation (that of the population)",
        examples=(Example("layer_norm([1, 3])", "[-1, 1]"), Example("layer_norm([0, 0, 3])", "[-1, -1, 2]/sqrt(2)")),
        references=("Ba, Kiros and Hinton, arXiv:1607.06450",),
    ),
    Function(
        name="hadamard_power", arguments=(Argument("x"), Argument("k")), area=_AREA, definition="x^k",
        summary="the power of each entry of a vector or matrix", examples=(Example("hadamard_power([1, 2, 3], 2)", "[1, 4, 9]"),),
    ),
)  # fmt: skip
