"""Rewriting of expressions: the form that is asked for."""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "expressions"
_H = "twofold.catalogue.functions.expressions:same"
_S = "twofold.symbolic.expressions:"
_C = "twofold.engine.checks.derivatives:"
_F = (Argument("f", kind="any"),)
_IN = (Argument("f"), Argument("variable", kind="variable", optional=True))


def same(*args: Term) -> Shape:
    """The shape of the first argument."""
    return args[0].shape


SPECS = (
    Function(
        name="simplify",
        arguments=_F,
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "simplify",
        check=_C + "rewritten",
        summary="the shortest form found",
        examples=(Example("simplify(sin(x)^2 + cos(x)^2)", "1"), Example("simplify((x^2 - 1)/(x - 1))", "x + 1")),
    ),
    Function(
        name="expand",
        arguments=_F,
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "expand",
        check=_C + "rewritten",
        summary="products and powers of sums multiplied out",
        examples=(Example("expand((x + 1)^3)", "x^3 + 3x^2 + 3x + 1"),),
    ),
    Function(
        name="factor",
        arguments=(Argument("f", kind="any"), Argument("over", rest=True)),
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "factor",
        check=_C + "rewritten",
        summary="the factors of a polynomial, a fraction or a whole number; over further numbers if these are given",
        examples=(
            Example("factor(x^2 - 1)", "(x - 1)*(x + 1)"),
            Example("factor(60)", "2^2*3*5"),
            Example("factor(x^2 - 2, sqrt(2))", "(x - sqrt(2))*(x + sqrt(2))"),
        ),
    ),
    Function(
        name="collect",
        arguments=(Argument("f"), Argument("names", kind="variable", rest=True)),
        area=_AREA,
        shape=_H,
        exact=_S + "collect",
        check=_C + "rewritten",
        summary="terms with the same powers of the names put together",
        examples=(Example("collect(a*x + b*x + c, x)", "(a + b)*x + c"),),
    ),
    Function(
        name="apart",
        aliases=("partial_fractions",),
        arguments=_IN,
        area=_AREA,
        shape=_H,
        exact=_S + "apart",
        check=_C + "rewritten",
        summary="partial fractions",
        examples=(Example("apart(1/(x^2 - 1), x)", "1/(2*(x - 1)) - 1/(2*(x + 1))"),),
    ),
    Function(
        name="cancel",
        aliases=("together",),
        arguments=_F,
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "cancel",
        check=_C + "rewritten",
        summary="one fraction without common factors",
        examples=(Example("cancel(1/x + 1/y)", "(x + y)/(x*y)"),),
    ),
    Function(
        name="trig_expand",
        arguments=_F,
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "trig_expand",
        check=_C + "rewritten",
        summary="trigonometric functions of sums and multiples in terms of single arguments",
        examples=(Example("trig_expand(sin(2x))", "2*sin(x)*cos(x)"),),
    ),
    Function(
        name="substitute",
        arguments=(Argument("f", kind="any"), Argument("values", kind="any", rest=True)),
        area=_AREA,
        shape=_H,
        result="answer",
        exact=_S + "substituted",
        check=_C + "put",
        summary="values for names, the same as `where`",
        examples=(Example("substitute(x^2 + 1, x = 3)", "10"),),
    ),
    Function(
        name="complete_square",
        arguments=_IN,
        area=_AREA,
        shape=_H,
        exact=_S + "complete_square",
        check=_C + "rewritten",
        summary="a quadratic as a*(x - h)^2 + k",
        examples=(Example("complete_square(x^2 + 6x + 5, x)", "(x + 3)^2 - 4"),),
    ),
)
