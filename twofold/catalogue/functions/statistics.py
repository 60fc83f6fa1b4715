"""Descriptive statistics of data vectors."""

from twofold.catalogue.spec import Argument, Example, Function

_AREA = "statistics"
_Q = "twofold.symbolic.probability.data:"
_S = "twofold.catalogue.functions.probability:"
_V = Argument("v")

SPECS = (
    Function(
        name="length",
        arguments=(_V,),
        area=_AREA,
        summary="the number of entries of a vector",
        shape=_S + "scalar",
        exact=_Q + "length",
        examples=(Example("length([4, 5, 6])", "3"),),
    ),
    Function(
        name="cov",
        arguments=(_V, Argument("w"), Argument("kind", kind="text", optional=True)),
        area=_AREA,
        shape=_S + "scalar",
        exact=_Q + "covariance",
        summary="the covariance of two data vectors, by n - 1, or by n with `population`",
        examples=(Example("cov([1, 2, 3], [1, 2, 4])", "3/2"),),
    ),
    Function(
        name="corr",
        arguments=(_V, Argument("w")),
        area=_AREA,
        summary="the correlation coefficient of two data vectors",
        shape=_S + "scalar",
        exact=_Q + "correlation",
        examples=(Example("corr([1, 2, 3], [3, 2, 1])", "-1"),),
    ),
    Function(
        name="order_statistic",
        arguments=(_V, Argument("k")),
        area=_AREA,
        summary="the k-th smallest of the data",
        shape=_S + "scalar",
        exact=_Q + "order_statistic",
        examples=(Example("order_statistic([5, 1, 3], 2)", "3"),),
    ),
)
