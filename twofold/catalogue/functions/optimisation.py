"""Extrema and critical points."""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "optimisation"
_H = "twofold.catalogue.functions.optimisation:nothing"
_S = "twofold.symbolic.solving.extrema:"
_C = "twofold.engine.checks.optimisation:"
_ARGUMENTS = (
    Argument("f"),
    Argument("variables", kind="variable"),
    Argument("subject_to", kind="system", named=True, optional=True),
)


def nothing(*args: Term) -> Shape:
    """The shape of a tuple or a set."""
    return ()


SPECS = (
    Function(
        name="minimize",
        elsewhere=(("argmin", "minimize(f, x), which says where"),),
        aliases=("minimise",),
        arguments=_ARGUMENTS,
        area=_AREA,
        shape=_H,
        result="tuple",
        exact=_S + "minimize",
        check=_C + "minimum",
        summary="the least value and where it is taken, free or with subject_to = {equations and inequalities}",
        examples=(
            Example("minimize((x - 1)^2 + (y + 2)^2 + 3, [x, y])", "(3, [1, -2])"),
            Example("minimize(x^2 + y^2, [x, y], subject_to = {x + y == 1})", "(1/2, [1/2, 1/2])"),
            Example("minimize(x^4 - 2x^2, x)", "(-1, {-1, 1})"),
            Example("minimize(x^3 - 3x, x = 0..3)", "(-2, 1)"),
            Example("minimize(exp(x), x)", '"not attained"'),
            Example("minimize(x^3, x)", '"not bounded"'),
        ),
    ),
    Function(
        name="maximize",
        elsewhere=(("argmax", "maximize(f, x), which says where"),),
        aliases=("maximise",),
        arguments=_ARGUMENTS,
        area=_AREA,
        shape=_H,
        result="tuple",
        exact=_S + "maximize",
        check=_C + "maximum",
        summary="the greatest value and where it is taken, free or with subject_to = {equations and inequalities}",
        examples=(
            Example("maximize(x*y, [x, y], subject_to = {x + y == 10})", "(25, [5, 5])"),
            Example("maximize(x*exp(-x), x)", "(exp(-1), 1)"),
        ),
    ),
    Function(
        name="critical_points",
        arguments=(Argument("f"), Argument("variables", kind="variable")),
        area=_AREA,
        shape=_H,
        result="set",
        exact="twofold.symbolic.solving.critical:critical_points",
        check=_C + "critical",
        summary="the points where all first derivatives are 0",
        examples=(
            Example("critical_points(x^3 - 3x, x)", "{-1, 1}"),
            Example("critical_points(x^2 + x*y + y^2, [x, y])", "{[0, 0]}"),
        ),
    ),
    Function(
        name="classify",
        arguments=(Argument("f"), Argument("variables", kind="variable")),
        area=_AREA,
        shape=_H,
        result="set",
        exact="twofold.symbolic.solving.critical:classify",
        check=_C + "critical",
        summary="the critical points with their kind: local minimum or maximum, saddle or inflection point; degenerate where it is not shown",
        examples=(
            Example("classify(x^3 - 3x, x)", '{(-1, "local maximum"), (1, "local minimum")}'),
            Example("classify(x^2 - y^2, [x, y])", '{([0, 0], "saddle point")}'),
        ),
    ),
    Function(
        name="lagrange",
        arguments=(Argument("f"), Argument("constraints", kind="system"), Argument("variables", kind="variable")),
        area=_AREA,
        shape=_H,
        result="set",
        exact="twofold.symbolic.solving.critical:lagrange",
        check=_C + "tied",
        summary="the points that satisfy the Lagrange conditions, each with the value there",
        examples=(Example("lagrange(x*y, x + y == 2, [x, y])", "{([1, 1], 1)}"),),
    ),
    Function(
        name="is_convex",
        arguments=_ARGUMENTS,
        area=_AREA,
        shape=_H,
        result="truth",
        exact="twofold.symbolic.solving.convexity:is_convex",
        check="twofold.engine.checks.convexity:convexity",
        summary="whether a function of numbers, of a vector or of a matrix is convex on its domain, on declared ranges, or on a region given by linear inequalities",
        examples=(
            Example("is_convex(x^2 + exp(x), x)", "true"),
            Example("is_convex(x^3, x)", "false"),
            Example("is_convex(x^3, x = 0..oo)", "true"),
            Example("is_convex(x*y, [x, y])", "false"),
        ),
    ),
    Function(
        name="is_concave",
        arguments=_ARGUMENTS,
        area=_AREA,
        shape=_H,
        result="truth",
        exact="twofold.symbolic.solving.convexity:is_concave",
        check="twofold.engine.checks.convexity:convexity",
        summary="whether a function of numbers, of a vector or of a matrix is concave on its domain, on declared ranges, or on a region given by linear inequalities",
        examples=(Example("is_concave(log(x), x)", "true"), Example("is_concave(sqrt(x), x)", "true")),
    ),
)
