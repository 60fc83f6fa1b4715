"""Powers, exponentials, logarithms, rounding, extremes, and the parts of a complex number."""

from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_X = (Argument("x"),)
_AREA = "elementary functions"


def extreme_shape(*args: Term) -> Shape:
    """Of one array the extreme entry, of several arguments the extreme entry by entry."""
    from twofold.catalogue.shapes import broadcast

    return () if len(args) == 1 else broadcast("max", args)


SPECS = (
    Function(
        name="exp", arguments=_X, area=_AREA, summary="the exponential function",
        exact="sympy:exp", floats="numpy:exp", balls="arb:exp", derivative=("exp(x)",),
        identities=("exp(x + y) == exp(x)*exp(y)", "exp(log(x)) == x", "exp(-x) == 1/exp(x)"),
        examples=(Example("exp(0)", "1"), Example("diff(exp(2x), x)", "2*exp(2*x)")),
    ),
    Function(
        name="log", aliases=("ln",), arguments=_X, area=_AREA, summary="the natural logarithm",
        exact="sympy:log", floats="numpy:log", balls="arb:log", derivative=("1/x",), domain="x > 0",
        identities=("log(x*y) == log(x) + log(y)", "log(x^y) == y*log(x) given x > 0", "log(exp(x)) == x"),
        examples=(Example("log(e^3)", "3"), Example("ln(1)", "0")),
    ),
    Function(
        name="log2", arguments=_X, area=_AREA, summary="the logarithm to base 2",
        definition="log(x)/log(2)", domain="x > 0", identities=("log2(2*x) == 1 + log2(x)",), examples=(Example("log2(8)", "3"),),
    ),
    Function(
        name="log10", arguments=_X, area=_AREA, summary="the logarithm to base 10",
        definition="log(x)/log(10)", domain="x > 0", identities=("log10(10*x) == 1 + log10(x)",), examples=(Example("log10(1000)", "3"),),
    ),
    Function(
        name="sqrt", arguments=_X, area=_AREA, summary="the square root, principal branch",
        exact="sympy:sqrt", floats="numpy:sqrt", balls="arb:sqrt", derivative=("1/(2*sqrt(x))",), domain="x >= 0",
        identities=("sqrt(x)^2 == x", "sqrt(x^2) == abs(x)", "sqrt(x*y) == sqrt(x)*sqrt(y) given x >= 0 and y >= 0"),
        examples=(Example("sqrt(12)", "2*sqrt(3)"),),
    ),
    Function(
        name="cbrt", arguments=_X, area=_AREA, summary="the real cube root, also of negative numbers",
        definition="sign(x)*abs(x)^(1/3)", derivative=("1/(3*abs(x)^(2/3))",), identities=("cbrt(x)^3 == x", "cbrt(-x) == -cbrt(x)"),
        examples=(Example("cbrt(-8)", "-2"),),
    ),
    Function(
        name="root", arguments=(Argument("x"), Argument("n")), area=_AREA, summary="the real n-th root; of negative numbers where n is odd",
        definition="{x^(1/n) if x >= 0; -(-x)^(1/n) if mod(n, 2) == 1}", domain="x >= 0 or mod(n, 2) == 1",
        identities=("root(x, 3) == cbrt(x)", "root(x, 2) == sqrt(x)"),
        examples=(Example("root(-27, 3)", "-3"), Example("root(16, 4)", "2")),
    ),
    Function(
        name="abs", arguments=_X, area=_AREA, summary="the absolute value; the modulus of a complex number",
        exact="sympy:Abs", floats="numpy:abs", balls="twofold.numeric.special_balls:absolute", derivative=("x/abs(x)",),
        identities=("abs(x) == max(x, -x)", "abs(x*y) == abs(x)*abs(y)", "abs(x)^2 == x^2", "abs(x + y) <= abs(x) + abs(y)"),
        examples=(Example("abs(-3)", "3"), Example("abs(3 + 4im)", "5")),
    ),
    Function(
        name="sign", arguments=_X, area=_AREA, summary="1, 0 or -1 by the sign; x/abs(x) for complex numbers",
        exact="sympy:sign", floats="numpy:sign", balls="twofold.numeric.special_balls:sign", derivative=("{0 if x != 0}",),
        identities=("sign(x)*abs(x) == x", "sign(x*y) == sign(x)*sign(y)"),
        examples=(Example("sign(-7)", "-1"), Example("sign(0)", "0")),
    ),
    Function(
        name="floor", arguments=_X, area=_AREA, summary="the largest whole number that is not larger",
        exact="sympy:floor", floats="numpy:floor", balls="twofold.numeric.special_balls:floor", derivative=("{0 if x != floor(x)}",),
        identities=("floor(x + 1) == floor(x) + 1", "floor(x) <= x", "ceil(x) == -floor(-x)"),
        examples=(Example("floor(-3/2)", "-2"),),
    ),
    Function(
        name="ceil", arguments=_X, area=_AREA, summary="the smallest whole number that is not smaller",
        exact="sympy:ceiling", floats="numpy:ceil", balls="twofold.numeric.special_balls:ceil", derivative=("{0 if x != floor(x)}",),
        identities=("ceil(x + 1) == ceil(x) + 1", "x <= ceil(x)"),
        examples=(Example("ceil(3/2)", "2"),),
    ),
    Function(
        name="max", arguments=(Argument("x", rest=True),), area=_AREA, summary="the largest of several numbers, or of the entries of an array",
        shape="twofold.catalogue.functions.elementary:extreme_shape",
        exact="sympy:Max", floats="twofold.numeric.special_floats:maximum", balls="twofold.numeric.special_balls:maximum",
        identities=("max(x, y) == (x + y + abs(x - y))/2", "max(x, y) + min(x, y) == x + y"),
        examples=(Example("max(2, 7, 5)", "7"), Example("max([3, 9, 4])", "9")),
    ),
    Function(
        name="min", arguments=(Argument("x", rest=True),), area=_AREA, summary="the smallest of several numbers, or of the entries of an array",
        shape="twofold.catalogue.functions.elementary:extreme_shape",
        exact="sympy:Min", floats="twofold.numeric.special_floats:minimum", balls="twofold.numeric.special_balls:minimum",
        identities=("min(x, y) == -max(-x, -y)", "min(x, y) <= x"),
        examples=(Example("min(2, 7, 5)", "2"),),
    ),
    Function(
        name="re", arguments=(Argument("z"),), area="complex numbers", summary="the real part",
        exact="sympy:re", floats="numpy:real", balls="twofold.numeric.special_balls:real_part", derivative=("1",),
        identities=("re(x) == x", "re(x + im*y) == x"), examples=(Example("re(3 + 4im)", "3"),),
    ),
    Function(
        name="im", arguments=(Argument("z"),), area="complex numbers", summary="the imaginary part (with its bracket; alone, im is the imaginary unit)",
        exact="sympy:im", floats="numpy:imag", balls="twofold.numeric.special_balls:imaginary_part", derivative=("0",),
        identities=("im(x) == 0", "im(x + im*y) == y"), examples=(Example("im(3 + 4im)", "4"),),
    ),
    Function(
        name="conjugate", aliases=("conj",), arguments=(Argument("z"),), area="complex numbers", summary="the complex conjugate",
        exact="sympy:conjugate", floats="numpy:conjugate", balls="twofold.numeric.special_balls:conjugate", derivative=("1",),
        identities=("conjugate(x + im*y) == x - im*y",), examples=(Example("conjugate(3 + 4im)", "3 - 4*im"),),
    ),
    Function(
        name="arg", arguments=(Argument("z"),), area="complex numbers", summary="the argument of a number other than 0, in (-pi, pi]",
        exact="sympy:arg", floats="numpy:angle", balls="twofold.numeric.special_balls:argument", derivative=("0",), domain="z != 0",
        identities=("arg(exp(im*y)) == y given -3 < y < 3",), examples=(Example("arg(im)", "pi/2"), Example("arg(-2)", "pi")),
    ),
)  # fmt: skip
