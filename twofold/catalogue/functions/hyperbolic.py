"""Hyperbolic functions and their inverses."""

from twofold.catalogue.spec import Argument, Example, Function

_X = (Argument("x"),)
_AREA = "hyperbolic functions"

SPECS = (
    Function(
        name="sinh", arguments=_X, area=_AREA, summary="the hyperbolic sine", exact="sympy:sinh", floats="numpy:sinh", balls="arb:sinh",
        derivative=("cosh(x)",), identities=("sinh(x) == (exp(x) - exp(-x))/2", "sinh(2*x) == 2*sinh(x)*cosh(x)"), examples=(Example("sinh(0)", "0"),),
    ),
    Function(
        name="cosh", arguments=_X, area=_AREA, summary="the hyperbolic cosine", exact="sympy:cosh", floats="numpy:cosh", balls="arb:cosh",
        derivative=("sinh(x)",), identities=("cosh(x)^2 - sinh(x)^2 == 1", "cosh(x) == (exp(x) + exp(-x))/2"), examples=(Example("cosh(0)", "1"),),
    ),
    Function(
        name="tanh", arguments=_X, area=_AREA, summary="the hyperbolic tangent", exact="sympy:tanh", floats="numpy:tanh", balls="arb:tanh",
        derivative=("1 - tanh(x)^2",), identities=("tanh(x) == sinh(x)/cosh(x)", "tanh(x) == 2*sigmoid(2*x) - 1"), examples=(Example("tanh(0)", "0"),),
    ),
    Function(
        name="sech", arguments=_X, area=_AREA, summary="the hyperbolic secant, 1/cosh", exact="sympy:sech", floats="twofold.numeric.special_floats:sech",
        balls="arb:sech", derivative=("-sech(x)*tanh(x)",), identities=("sech(x)^2 + tanh(x)^2 == 1",), examples=(Example("sech(0)", "1"),),
    ),
    Function(
        name="csch", arguments=_X, area=_AREA, summary="the hyperbolic cosecant, 1/sinh", exact="sympy:csch", floats="twofold.numeric.special_floats:csch",
        balls="arb:csch", derivative=("-csch(x)*coth(x)",), domain="x != 0", identities=("csch(x)*sinh(x) == 1",),
        examples=(Example("csch(asinh(2))", "1/2"),),
    ),
    Function(
        name="coth", arguments=_X, area=_AREA, summary="the hyperbolic cotangent, cosh/sinh", exact="sympy:coth", floats="twofold.numeric.special_floats:coth",
        balls="arb:coth", derivative=("1 - coth(x)^2",), domain="x != 0", identities=("coth(x)*tanh(x) == 1",), examples=(Example("coth(atanh(1/2))", "2"),),
    ),
    Function(
        name="asinh", aliases=("arcsinh", "arsinh"), arguments=_X, area=_AREA, summary="the inverse hyperbolic sine", exact="sympy:asinh", floats="numpy:arcsinh",
        balls="arb:asinh", derivative=("1/sqrt(1 + x^2)",), identities=("asinh(x) == log(x + sqrt(x^2 + 1))", "sinh(asinh(x)) == x"),
        examples=(Example("asinh(0)", "0"),),
    ),
    Function(
        name="acosh", aliases=("arccosh", "arcosh"), arguments=_X, area=_AREA, summary="the inverse hyperbolic cosine, in [0, oo)", exact="sympy:acosh",
        floats="numpy:arccosh", balls="arb:acosh", derivative=("1/(sqrt(x - 1)*sqrt(x + 1))",), domain="x >= 1",
        identities=("acosh(x) == log(x + sqrt(x^2 - 1)) given x >= 1", "cosh(acosh(x)) == x"), examples=(Example("acosh(1)", "0"),),
    ),
    Function(
        name="atanh", aliases=("arctanh", "artanh"), arguments=_X, area=_AREA, summary="the inverse hyperbolic tangent", exact="sympy:atanh",
        floats="numpy:arctanh", balls="arb:atanh", derivative=("1/(1 - x^2)",), domain="-1 < x < 1",
        identities=("atanh(x) == log((1 + x)/(1 - x))/2", "tanh(atanh(x)) == x"), examples=(Example("atanh(0)", "0"),),
    ),
    Function(
        name="asech", aliases=("arcsech", "arsech"), arguments=_X, area=_AREA, summary="the inverse hyperbolic secant, acosh(1/x)", definition="acosh(1/x)",
        domain="0 < x <= 1", identities=("sech(asech(x)) == x",), examples=(Example("asech(1)", "0"),),
    ),
    Function(
        name="acsch", aliases=("arccsch", "arcsch"), arguments=_X, area=_AREA, summary="the inverse hyperbolic cosecant, asinh(1/x)", definition="asinh(1/x)",
        domain="x != 0", identities=("csch(acsch(x)) == x",), examples=(Example("acsch(1)", "log(1 + sqrt(2))"),),
    ),
    Function(
        name="acoth", aliases=("arccoth", "arcoth"), arguments=_X, area=_AREA, summary="the inverse hyperbolic cotangent, atanh(1/x)", definition="atanh(1/x)",
        domain="x < -1 or x > 1", identities=("coth(acoth(x)) == x",), examples=(Example("acoth(3)", "log(2)/2"),),
    ),
)  # fmt: skip
