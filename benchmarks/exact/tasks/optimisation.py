"""Several variables, critical points, extrema with and without constraints."""

from benchmarks.exact.judges import equal, values
from benchmarks.exact.structures import minimum
from benchmarks.exact.task import Task

XY, XYZ = ("x", "y"), ("x", "y", "z")

TASKS = (
    Task("grad", ("x^2*y + exp(x*z)", XYZ), "[2*x*y + z*exp(x*z), x^2, x*exp(x*z)]", equal),
    Task("grad", ("log(x^2 + y^2)", XY), "[2*x/(x^2 + y^2), 2*y/(x^2 + y^2)]", equal),
    Task("hessian", ("x^3*y - y^2", XY), "[6*x*y, 3*x^2; 3*x^2, -2]", equal),
    Task("hessian", ("exp(x)*sin(y)", XY), "[exp(x)*sin(y), exp(x)*cos(y); exp(x)*cos(y), -exp(x)*sin(y)]", equal),
    Task("jacobian", ("[r*cos(t), r*sin(t)]", ("r", "t")), "[cos(t), -r*sin(t); sin(t), r*cos(t)]", equal),
    Task("curl", ("[y*z, -x*z, x*y]", XYZ), "[2*x, 0, -2*z]", equal),
    Task("divergence", ("[x^2*y, y^2*z, z^2*x]", XYZ), "2*(x*y + y*z + x*z)", equal),
    Task("laplacian", ("1/sqrt(x^2 + y^2 + z^2)", XYZ), "0", equal),
    Task("laplacian", ("exp(x)*sin(2*y)", XY), "-3*exp(x)*sin(2*y)", equal),
    Task("directional", ("x^2*y", XY, "[3, 4]"), "(6*x*y + 4*x^2)/5", equal),
    Task("critical_points", ("x^4 - 2*x^2", "x"), "{-1, 0, 1}", values),
    Task("critical_points", ("x*exp(-x^2)", "x"), "{-1/sqrt(2), 1/sqrt(2)}", values),
    Task("critical_points", ("x^3 + y^3 - 3*x*y", XY), "{[0, 0], [1, 1]}", values),
    Task("critical_points", ("x^4 + y^4 - 4*x*y", XY), "{[0, 0], [1, 1], [-1, -1]}", values),
    Task("critical_points", ("x^2*y - x^2 - y^2", XY), "{[0, 0], [sqrt(2), 1], [-sqrt(2), 1]}", values),
    Task("minimum", ("x^2 - 4*x + 7", "x"), "3", minimum),
    Task("minimum", ("x^4 - 3*x^3 + 2", "x"), "-1675/256", minimum),
    Task("minimum", ("x^2 + x*y + y^2 - 3*x", XY), "-3", minimum),
    Task("minimum", ("x*log(x)", "x"), "-exp(-1)", minimum, calls={"sympy": "minimum(x*log(x), x, Interval.Lopen(0, oo))"}),
    Task("minimum", ("exp(x) - 2*x", "x"), "2 - 2*log(2)", minimum),
    Task(
        "maximum",
        ("x^2*exp(-x)", "x"),
        "4*exp(-2)",
        minimum,
        let={"x": "positive"},
        calls={"sympy": "maximum(x**2*exp(-x), x, Interval.open(0, oo))"},
    ),
    Task("maximum", ("x/(1 + x^2)", "x"), "1/2", minimum),
    Task("maximum", ("x*y*z", XYZ, ("x + y + z == 1",)), "1/27", minimum, let=dict.fromkeys(XYZ, "positive")),
    Task("minimum", ("x^2 + y^2", XY, ("x*y == 1",)), "2", minimum),
    Task("minimum", ("x^2 + y^2 + z^2", XYZ, ("x + 2*y + 3*z == 14",)), "14", minimum),
    Task("maximum", ("x + y", XY, ("x^2 + y^2 == 1",)), "sqrt(2)", minimum),
    Task("maximum", ("x*y", XY, ("x^2 + 4*y^2 == 8",)), "2", minimum),
    Task("minimum", ("(x - 2)^2 + (y - 1)^2", XY, ("x + y <= 2",)), "1/2", minimum),
    Task("maximum", ("3*x + 2*y", XY, ("x + y <= 4", "x + 3*y <= 6", "x >= 0", "y >= 0")), "12", minimum),
    Task("minimum", ("x^4 + y^4 - 4*x*y + 1", XY), "-1", minimum),
)
