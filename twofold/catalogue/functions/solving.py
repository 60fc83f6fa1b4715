"""Equations, roots and differential equations."""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "solving"
_H = "twofold.catalogue.functions.solving:nothing"
_E = "twofold.symbolic.solving.equations:"
_C = "twofold.engine.checks."


def nothing(*args: Term) -> Shape:
    """The shape of a number or a set."""
    return ()


SPECS = (
    Function(
        name="solve",
        arguments=(
            Argument("system", kind="system"),
            Argument("unknowns", kind="variable", optional=True),
            Argument("more", kind="variable", rest=True),
        ),
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_E + "solve",
        check=_C + "solutions:solutions",
        summary="the solutions of an equation, an inequality or a system, over the declared domain of the unknowns",
        examples=(
            Example("solve(x^2 == 2, x)", "{-sqrt(2), sqrt(2)}"),
            Example("solve({x + y == 3, x - y == 1}, [x, y])", "{[2, 1]}"),
            Example("solve(x^2 + 1 == 0, x)", "{}"),
            Example("solve(exp(x) == 3, x)", "{log(3)}"),
            Example("solve(x^2 > 1, x)", "x < -1 or x > 1"),
        ),
    ),
    Function(
        name="roots",
        arguments=(Argument("polynomial", kind="any"), Argument("variable", kind="variable", optional=True)),
        area=_AREA,
        shape=_H,
        result="set",
        complex=True,
        exact="twofold.symbolic.solving.rational_equations:roots",
        check=_C + "solutions:roots",
        summary="all complex roots of a polynomial (or of one with listed coefficients, highest power first), with multiplicities",
        examples=(
            Example("roots(x^2 + 1, x)", "{-im, im}"),
            Example("roots(x^3 - 3x + 2, x)", "{-2, 1, 1}"),
            Example("roots([1, -3, 2])", "{1, 2}"),
        ),
    ),
    Function(
        name="root_of",
        arguments=(Argument("polynomial", kind="function"), Argument("k")),
        area=_AREA,
        shape=_H,
        complex=True,
        exact="twofold.symbolic.solving.isolated:root_of",
        summary="the k-th root of a polynomial: the real ones first, ascending, then the others by real part",
        examples=(Example("root_of(t -> t^2 - 2, 2)", "sqrt(2)"),),
    ),
    Function(
        name="nsolve",
        arguments=(
            Argument("equation", kind="system"),
            Argument("unknown", kind="any", optional=True),
            Argument("start", kind="any", rest=True),
        ),
        area=_AREA,
        shape=_H,
        result="answer",
        exact="twofold.symbolic.solving.numeric_solutions:nsolve",
        check=_C + "numeric_roots:numeric_root",
        summary="real solutions as decimals with proof: near a starting value, all on a range, or all there are",
        examples=(
            Example("nsolve(x^2 == 2, x, 1)", "1.4142135623731"),
            Example("nsolve(cos(x) == x, x = 0..1)", "0.739085133215161"),
            Example("nsolve(sin(x) == 0, x = 1..7)", "{3.14159265358979, 6.28318530717959}"),
            Example("nsolve({x^2 + y^2 == 4, y == exp(x)}, [x, y], [1, 2])", "[0.639263074808419, 1.89508382959343]"),
        ),
    ),
    Function(
        name="dsolve",
        arguments=(Argument("system", kind="system"), Argument("unknown", kind="any")),
        area=_AREA,
        shape=_H,
        result="answer",
        exact="twofold.symbolic.solving.differential:dsolve",
        check=_C + "differential:differential",
        summary="the solution of an ordinary differential equation, with initial or boundary conditions where given",
        examples=(
            Example("dsolve({y' + y == x, y(0) == 1}, y(x))", "x - 1 + 2*exp(-x)"),
            Example("dsolve(y'' + y == 0, y(0) == 1, y'(0) == 0)", "cos(x)"),
            Example("let f : function; dsolve({f'(t) == 2t, f(0) == 1}, f(t))", "t^2 + 1"),
            Example("dsolve({x' == y, y' == -x, x(0) == 1, y(0) == 0}, [x(t), y(t)])", "[cos(t), -sin(t)]"),
        ),
    ),
)
