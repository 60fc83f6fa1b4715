"""Circular functions and their inverses, in radians."""

from twofold.catalogue.spec import Argument, Example, Function

_X = (Argument("x"),)
_AREA = "trigonometric functions"

SPECS = (
    Function(
        name="sin", arguments=_X, area=_AREA, summary="the sine", exact="sympy:sin", floats="numpy:sin", balls="arb:sin", derivative=("cos(x)",),
        identities=("sin(x)^2 + cos(x)^2 == 1", "sin(x + y) == sin(x)*cos(y) + cos(x)*sin(y)", "sin(-x) == -sin(x)", "sin(x + 2*pi) == sin(x)"),
        examples=(Example("sin(pi/6)", "1/2"),),
    ),
    Function(
        name="cos", arguments=_X, area=_AREA, summary="the cosine", exact="sympy:cos", floats="numpy:cos", balls="arb:cos", derivative=("-sin(x)",),
        identities=("cos(2*x) == 2*cos(x)^2 - 1", "cos(x + y) == cos(x)*cos(y) - sin(x)*sin(y)", "cos(x) == sin(x + pi/2)"),
        examples=(Example("cos(pi/3)", "1/2"),),
    ),
    Function(
        name="tan", arguments=_X, area=_AREA, summary="the tangent", exact="sympy:tan", floats="numpy:tan", balls="arb:tan", derivative=("1 + tan(x)^2",),
        domain="cos(x) != 0", identities=("tan(x) == sin(x)/cos(x)", "tan(x/2) == sin(x)/(1 + cos(x))"), examples=(Example("tan(pi/4)", "1"),),
    ),
    Function(
        name="sec", arguments=_X, area=_AREA, summary="the secant, 1/cos", exact="sympy:sec", floats="twofold.numeric.special_floats:sec", balls="arb:sec",
        derivative=("sec(x)*tan(x)",), domain="cos(x) != 0", identities=("sec(x)*cos(x) == 1", "sec(x)^2 == 1 + tan(x)^2"),
        examples=(Example("sec(0)", "1"),),
    ),
    Function(
        name="csc", arguments=_X, area=_AREA, summary="the cosecant, 1/sin", exact="sympy:csc", floats="twofold.numeric.special_floats:csc", balls="arb:csc",
        derivative=("-csc(x)*cot(x)",), domain="sin(x) != 0", identities=("csc(x)*sin(x) == 1",), examples=(Example("csc(pi/2)", "1"),),
    ),
    Function(
        name="cot", arguments=_X, area=_AREA, summary="the cotangent, cos/sin", exact="sympy:cot", floats="twofold.numeric.special_floats:cot", balls="arb:cot",
        derivative=("-1 - cot(x)^2",), domain="sin(x) != 0", identities=("cot(x) == cos(x)/sin(x)", "cot(x) - tan(x) == 2*cot(2*x)"),
        examples=(Example("cot(pi/4)", "1"),),
    ),
    Function(
        name="asin", aliases=("arcsin",), arguments=_X, area=_AREA, summary="the inverse sine, in [-pi/2, pi/2]", exact="sympy:asin",
        floats="numpy:arcsin", balls="arb:asin", derivative=("1/sqrt(1 - x^2)",), domain="-1 <= x <= 1",
        identities=("sin(asin(x)) == x", "asin(x) + acos(x) == pi/2"), examples=(Example("asin(1/2)", "pi/6"),),
    ),
    Function(
        name="acos", aliases=("arccos",), arguments=_X, area=_AREA, summary="the inverse cosine, in [0, pi]", exact="sympy:acos",
        floats="numpy:arccos", balls="arb:acos", derivative=("-1/sqrt(1 - x^2)",), domain="-1 <= x <= 1",
        identities=("cos(acos(x)) == x", "acos(-x) == pi - acos(x)"), examples=(Example("acos(0)", "pi/2"),),
    ),
    Function(
        name="atan", aliases=("arctan",), arguments=_X, area=_AREA, summary="the inverse tangent, in (-pi/2, pi/2)", exact="sympy:atan",
        floats="numpy:arctan", balls="arb:atan", derivative=("1/(1 + x^2)",),
        identities=("tan(atan(x)) == x", "atan(x) + atan(1/x) == pi/2 given x > 0", "4*atan(1/5) - atan(1/239) == pi/4"),
        examples=(Example("atan(1)", "pi/4"),),
    ),
    Function(
        name="asec", aliases=("arcsec",), arguments=_X, area=_AREA, summary="the inverse secant, acos(1/x)", definition="acos(1/x)",
        domain="x <= -1 or x >= 1", identities=("sec(asec(x)) == x",), examples=(Example("asec(2)", "pi/3"),),
    ),
    Function(
        name="acsc", aliases=("arccsc",), arguments=_X, area=_AREA, summary="the inverse cosecant, asin(1/x)", definition="asin(1/x)",
        domain="x <= -1 or x >= 1", identities=("csc(acsc(x)) == x",), examples=(Example("acsc(2)", "pi/6"),),
    ),
    Function(
        name="acot", aliases=("arccot",), arguments=_X, area=_AREA, summary="the inverse cotangent, atan(1/x)", definition="atan(1/x)",
        domain="x != 0", identities=("cot(acot(x)) == x",), examples=(Example("acot(1)", "pi/4"),),
    ),
    Function(
        name="atan2", arguments=(Argument("y"), Argument("x")), area=_AREA, summary="the angle of the point (x, y), in (-pi, pi]", exact="sympy:atan2",
        floats="twofold.numeric.special_floats:atan2", balls="twofold.numeric.special_balls:atan2", domain="x != 0 or y != 0",
        derivative=("x/(x^2 + y^2)", "-y/(x^2 + y^2)"), identities=("atan2(y, x) == atan(y/x) given x > 0", "atan2(x*sin(y), x*cos(y)) == y given x > 0 and -3 < y < 3"),
        examples=(Example("atan2(1, -1)", "3*pi/4"),),
    ),
    Function(
        name="sinc", arguments=_X, area=_AREA, summary="sin(x)/x, and 1 at 0", exact="sympy:sinc", floats="twofold.numeric.special_floats:sinc",
        balls="arb:sinc", derivative=("{0 if x == 0; (x*cos(x) - sin(x))/x^2 otherwise}",), identities=("x*sinc(x) == sin(x)",),
        examples=(Example("sinc(0)", "1"),),
    ),
)  # fmt: skip
