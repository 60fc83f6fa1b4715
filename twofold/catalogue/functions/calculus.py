"""Derivatives, integrals, sums, limits, series and transforms.

Those that bind a variable (`diff`, `integrate`, `sum`, …) have a notation of their own; their declarations are for help and for
the exact route.
"""

from twofold.catalogue.shapes import ShapeError, describe, full
from twofold.catalogue.spec import Argument, Example, Function
from twofold.grammar.term import Shape, Term

_AREA = "calculus"
_D = "twofold.symbolic.calculus."
_F = Argument("f")
_X = Argument("x", kind="variable")

# Not called x: `taylor(f, x = 1, 3)` gives a point to the user's own x.
_EXPANSION = (_F, Argument("variable", kind="variable"), Argument("point", optional=True), Argument("order", optional=True))


def three(*args: Term) -> Shape:
    """The shape of a field in three dimensions."""
    if full(args[0].shape) != (3, 1):
        raise ShapeError(f"curl takes a vector of length 3, but this is {describe(args[0].shape)}")
    return (3,)


def first(*args: Term) -> Shape:
    """The shape of the first argument."""
    return args[0].shape


def aggregate(*args: Term) -> Shape:
    """The shape of one entry: a sum or product over all entries of an array."""
    return ()


def _of_turning(name: str, summary: str, *examples: Example) -> Function:
    """What a graph makes by turning about an axis."""
    return Function(
        name=name,
        arguments=(Argument("f"), Argument("g", kind="any", rest=True), Argument("about", kind="any", named=True, optional=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        exact=f"{_D}solids:{name}",
        check=f"twofold.engine.checks.solids:{name}",
        summary=summary,
        examples=examples,
    )


SPECS = (
    Function(
        name="diff",
        aliases=("differentiate", "derivative"),
        arguments=(_F, _X, Argument("order", optional=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the derivative; of higher order, mixed, or at a point with `where`",
        exact=_D + "derivatives:diff",
        examples=(
            Example("diff(x^3, x)", "3x^2"),
            Example("diff(sin(x*y), x, y)", "cos(x*y) - x*y*sin(x*y)"),
            Example("diff(x^5, x, 3)", "60x^2"),
            Example("diff(integrate(exp(-t^2), t = 0..x), x)", "exp(-x^2)"),
        ),
    ),
    Function(
        name="grad",
        aliases=("gradient",),
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the gradient by a vector or matrix, of its shape, or by a list of names",
        exact=_D + "derivatives:by_variable",
        examples=(Example("grad(x^2 + x*y, [x, y])", "[2x + y, x]"),),
    ),
    Function(
        name="jacobian",
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the matrix of first derivatives, the outputs as rows",
        exact=_D + "derivatives:by_variable",
        examples=(Example("jacobian([x*y, x + y], [x, y])", "[y, x; 1, 1]"),),
    ),
    Function(
        name="hessian",
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the matrix of second derivatives",
        exact=_D + "derivatives:by_variable",
        examples=(Example("hessian(x^2*y, [x, y])", "[2y, 2x; 2x, 0]"),),
    ),
    Function(
        name="laplacian",
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the Laplacian; in other coordinates with `polar`, `cylindrical` or `spherical` ([r, theta, phi], theta from the axis) at the end",
        exact=_D + "derivatives:by_variable",
        examples=(
            Example("laplacian(x^2 + y^3, [x, y])", "2 + 6y"),
            Example("laplacian(r^2, [r, t], polar)", "4"),
            Example("laplacian(r^2, [r, theta, phi], spherical)", "6"),
        ),
    ),
    Function(
        name="divergence",
        aliases=("div",),
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the divergence of a field; in other coordinates (`polar`, `cylindrical`, `spherical`) by its components along their unit vectors",
        exact=_D + "derivatives:by_variable",
        examples=(
            Example("divergence([x^2, x*y], [x, y])", "3x"),
            Example("divergence([r, 0, z], [r, t, z], cylindrical)", "3"),
        ),
    ),
    Function(
        name="curl",
        arguments=(Argument("field"), Argument("x", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:three",
        summary="the curl of a field in space or in a plane; in other coordinates (`polar`, `cylindrical`, `spherical`) by its components",
        exact=_D + "derivatives:curl",
        check="twofold.engine.checks.derivatives:curl",
        examples=(
            Example("curl([-y, x, z], [x, y, z])", "[0, 0, 2]"),
            Example("curl([-y, x], [x, y])", "2"),
            Example("curl([0, r, 0], [r, t, z], cylindrical)", "[0, 0, 2]"),
        ),
    ),
    Function(
        name="directional",
        arguments=(
            _F,
            Argument("x", kind="variable"),
            Argument("direction"),
            Argument("at", kind="any", named=True, optional=True),
        ),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the derivative along a direction, which is normalised first; with `at` at a point",
        exact=_D + "derivatives:directional",
        check="twofold.engine.checks.derivatives:directional",
        examples=(
            Example("directional(x^2 + y^2, [x, y], [3, 4])", "(6x + 8y)/5"),
            Example("directional(x^2 + y^2, [x, y], [3, 4], at = [1, 2])", "22/5"),
        ),
    ),
    Function(
        name="total",
        arguments=(_F, Argument("t", kind="variable"), Argument("moving", kind="variable", rest=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the total derivative by t: the names that follow are functions of t",
        exact=_D + "derivatives:total_derivative",
        examples=(Example("total(t^2, t)", "2t"),),
    ),
    Function(
        name="implicit_diff",
        arguments=(Argument("equation", kind="any"), Argument("y", kind="variable"), _X, Argument("order", optional=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="dy/dx where an equation ties y to x",
        exact=_D + "derivatives:implicit",
        check="twofold.engine.checks.derivatives:implicit",
        examples=(
            Example("implicit_diff(x^2 + y^2 == 1, y, x)", "-x/y"),
            Example("implicit_diff(x^2 + y^2 == 1, y, x, 2)", "-(x^2 + y^2)/y^3"),
        ),
    ),
    Function(
        name="parametric_diff",
        arguments=(Argument("curve"), Argument("t", kind="variable"), Argument("order", optional=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="dy/dx along a plane curve [x(t), y(t)]; of higher order with a number at the end",
        exact=_D + "derivatives:parametric",
        check="twofold.engine.checks.derivatives:parametric",
        examples=(
            Example("parametric_diff([t^2, t^3], t)", "3t/2"),
            Example("parametric_diff([cos(t), sin(t)], t, 2)", "-1/sin(t)^3"),
        ),
    ),
    Function(
        name="integrate",
        aliases=("integral",),
        arguments=(_F, Argument("x", kind="range", rest=True), Argument("subject_to", kind="system", named=True, optional=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="an antiderivative, or the integral over a range; several ranges nest, the first innermost; with subject_to, over a region",
        exact=_D + "integrals:integrate",
        check="twofold.engine.checks.calculus:integral",
        examples=(
            Example("integrate(x^2, x = 0..1)", "1/3"),
            Example("integrate(exp(-x^2), x = -oo..oo)", "sqrt(pi)"),
            Example("integrate(x*y, x = 0..1, y = 0..2)", "1"),
            Example("integrate(x^2, [x, y], subject_to = {x^2 + y^2 <= 1})", "pi/4"),
            Example("diff(integrate(x*exp(x), x), x)", "x*exp(x)"),
        ),
    ),
    Function(
        name="bracket",
        arguments=(_F, Argument("x", kind="range")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="F at the end of a range minus F at its start; limits where these are infinite",
        exact=_D + "integrals:bracket",
        examples=(Example("bracket(x^3/3, x = 0..1)", "1/3"), Example("bracket(-exp(-x), x = 0..oo)", "1")),
    ),
    Function(
        name="sum",
        arguments=(_F, Argument("k", kind="range", rest=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the sum over a range of whole numbers (empty where it ends below its start), or of the entries of an array",
        exact=_D + "sums:summation",
        check="twofold.engine.checks.growth:series",
        examples=(
            Example("sum(k, k = 1..100)", "5050"),
            Example("sum(k^2, k = 1..n)", "n*(n + 1)*(2n + 1)/6"),
            Example("sum(1/k^2, k = 1..oo)", "pi^2/6"),
            Example("sum([1, 2, 3])", "6"),
            Example("sum(k, k = 3..1)", "0"),
        ),
    ),
    Function(
        name="prod",
        arguments=(_F, Argument("k", kind="range", rest=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the product over a range of whole numbers, or of the entries of an array",
        exact=_D + "sums:products",
        check="twofold.engine.checks.growth:series",
        examples=(Example("prod(k, k = 1..5)", "120"), Example("prod([2, 3, 4])", "24"), Example("prod(k, k = 1..0)", "1")),
    ),
    Function(
        name="limit",
        arguments=(_F, Argument("x", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the limit from both sides, or from one with `x -> 0+`",
        exact=_D + "limits:limit",
        check="twofold.engine.checks.limits:limit",
        examples=(
            Example("limit(sin(x)/x, x -> 0)", "1"),
            Example("limit((1 + 1/n)^n, n -> oo)", "e"),
            Example("limit(abs(x)/x, x -> 0-)", "-1"),
            Example("limit(abs(x)/x, x -> 0)", '"does not exist"'),
        ),
    ),
    Function(
        name="taylor",
        arguments=_EXPANSION,
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the Taylor polynomial at a point (0 if not given) up to an order (5); also taylor(f, x = 1, 3)",
        exact=_D + "series:taylor",
        check="twofold.engine.checks.calculus:expansion",
        examples=(
            Example("taylor(exp(x), x, 0, 3)", "1 + x + x^2/2 + x^3/6"),
            Example("taylor(log(x), x = 1, 2)", "(x - 1) - (x - 1)^2/2"),
        ),
    ),
    Function(
        name="series",
        arguments=_EXPANSION,
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the leading terms at a point: also negative and broken powers, logarithms, and at oo",
        exact=_D + "series:series",
        check="twofold.engine.checks.calculus:expansion",
        examples=(Example("series(1/sin(x), x, 0, 3)", "1/x + x/6 + 7x^3/360"),),
    ),
    Function(
        name="laplace",
        arguments=(_F, Argument("t", kind="variable"), Argument("s", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the Laplace transform: the integral of f*exp(-s*t) over t = 0..oo",
        exact=_D + "transforms:laplace",
        check="twofold.engine.checks.transforms:laplace",
        examples=(Example("laplace(t^2, t, s)", "2/s^3"), Example("laplace(exp(-2t)*sin(t), t, s)", "1/((s + 2)^2 + 1)")),
    ),
    Function(
        name="inverse_laplace",
        arguments=(_F, Argument("s", kind="variable"), Argument("t", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the function of t > 0 with this Laplace transform",
        exact=_D + "inverse_transforms:inverse_laplace",
        check="twofold.engine.checks.transforms:inverse_laplace",
        examples=(Example("inverse_laplace(1/(s^2 + 1), s, t)", "sin(t)"),),
    ),
    Function(
        name="fourier",
        arguments=(_F, Argument("t", kind="variable"), Argument("w", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        complex=True,
        summary="the Fourier transform: the integral of f*exp(-im*w*t) over all t",
        exact=_D + "fourier:fourier",
        check="twofold.engine.checks.transforms:fourier",
        examples=(Example("fourier(exp(-t^2/2), t, w)", "sqrt(2*pi)*exp(-w^2/2)"),),
    ),
    Function(
        name="inverse_fourier",
        arguments=(_F, Argument("w", kind="variable"), Argument("t", kind="variable")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        complex=True,
        summary="the function of t with this Fourier transform: the integral of f*exp(im*w*t) over all w, divided by 2*pi",
        exact=_D + "fourier:inverse_fourier",
        check="twofold.engine.checks.transforms:inverse_fourier",
        examples=(Example("inverse_fourier(2/(1 + w^2), w, t)", "exp(-abs(t))"),),
    ),
    Function(
        name="arclength",
        arguments=(Argument("f"), Argument("x", kind="range")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the length of a graph, or of a curve given by its coordinates, over a range",
        exact=_D + "integrals:arclength",
        check="twofold.engine.checks.integral_forms:arclength",
        examples=(Example("arclength(2x, x = 0..3)", "3*sqrt(5)"), Example("arclength([cos(t), sin(t)], t = 0..2pi)", "2*pi")),
    ),
    Function(
        name="area",
        arguments=(Argument("f"), Argument("g", kind="any", rest=True)),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        summary="the area between two graphs, or one and the axis: area(f, g, x = a..b)",
        exact=_D + "changes:area",
        check="twofold.engine.checks.integral_forms:area",
        examples=(Example("area(x, x^2, x = 0..1)", "1/6"), Example("area(sin(x), x = 0..2pi)", "4")),
    ),
    Function(
        name="asymptotes",
        arguments=(_F, _X),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:aggregate",
        result="tuple",
        summary="the places of vertical asymptotes, and the lines approached at infinity",
        exact=_D + "changes:asymptotes",
        check="twofold.engine.checks.limits:asymptotes",
        examples=(Example("asymptotes((x^2 + 1)/(x - 1), x)", "({1}, {x + 1})"),),
    ),
    Function(
        name="by_parts",
        arguments=(Argument("u"), Argument("dv"), Argument("range", kind="range")),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="u*v minus the integral of v*u', where v' is the second factor; the rest is not integrated",
        exact=_D + "changes:by_parts",
        check="twofold.engine.checks.integral_forms:parts",
        examples=(Example("by_parts(x, exp(x), x)", "x*exp(x) - integrate(exp(x), x)"),),
    ),
    Function(
        name="change_variables",
        arguments=(
            _F,
            Argument("range", kind="range"),
            Argument("new", kind="values"),
            Argument("ranges", kind="range", rest=True, optional=True),
        ),
        area=_AREA,
        shape="twofold.catalogue.functions.calculus:first",
        summary="the integral in a new variable, or in several with the size of the Jacobian determinant; not carried out",
        exact=_D + "variables:change_variables",
        check="twofold.engine.checks.integral_forms:changed",
        examples=(
            Example("change_variables(2x*exp(x^2), x = 0..1, u = x^2)", "integrate(exp(u), u = 0..1)"),
            Example("change_variables(sqrt(1 - x^2), x = 0..1, x = sin(t))", "integrate(cos(t)^2, t = 0..pi/2)"),
            Example(
                "change_variables(x^2 + y^2, [x, y], {x = r*cos(t), y = r*sin(t)}, r = 0..1, t = 0..2pi)",
                "integrate(integrate(r^3, r = 0..1), t = 0..2pi)",
            ),
        ),
    ),
    _of_turning(
        "volume",
        "the volume of the solid that a region under a graph, or between two, makes by turning about the axis of its variable; with `about = y` about the other",
        Example("volume(sqrt(x), x = 0..1)", "pi/2"),
        Example("volume(x, x^2, x = 0..1)", "2*pi/15"),
        Example("volume(x^2, x = 0..1, about = y)", "pi/2"),
    ),
    _of_turning(
        "surface_area",
        "the area of the surface that a graph or a plane curve makes by turning about the first axis; with `about = y` about the other",
        Example("surface_area(x, x = 0..1)", "sqrt(2)*pi"),
        Example("surface_area([cos(t), sin(t)], t = 0..pi)", "4*pi"),
    ),
)
