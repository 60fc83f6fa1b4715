"""Equations, systems and inequalities."""

from benchmarks.exact.judges import family, refusal, region, values
from benchmarks.exact.task import Task

XY, XYZ = ("x", "y"), ("x", "y", "z")


def solve(equation, x, answer, judge=values, **more) -> Task:
    return Task("solve", (equation, x), answer, judge, **more)


def periodic(equation: str, answer: str, low: str = "-7", high: str = "13") -> Task:
    return Task("periodic", (equation, "x"), answer, family(low, high))


def inequality(relation: str, inside: tuple, outside: tuple, **more) -> Task:
    return Task("inequality", (relation, "x"), "", region("x", inside, outside), **more)


TASKS = (
    solve("x^2 - 5*x + 6 == 0", "x", "{2, 3}"),
    solve("x^3 - 6*x^2 + 11*x - 6 == 0", "x", "{1, 2, 3}"),
    solve("x^4 - 10*x^2 + 1 == 0", "x", "{sqrt(2) + sqrt(3), sqrt(2) - sqrt(3), sqrt(3) - sqrt(2), -sqrt(2) - sqrt(3)}"),
    solve("x^2 + 1 == 0", "x", "{}"),
    solve("x^5 - x - 1 == 0", "x", "{root_of(t -> t^5 - t - 1, 1)}"),
    solve("x^3 - 3*x + 1 == 0", "x", "{2*cos(2*pi/9), 2*cos(4*pi/9), 2*cos(8*pi/9)}"),
    Task("solve_complex", ("z^3 == 1", "z"), "{1, (-1 + im*sqrt(3))/2, (-1 - im*sqrt(3))/2}", values, let={"z": "complex"}),
    Task("solve_complex", ("z^2 == im", "z"), "{(1 + im)/sqrt(2), -(1 + im)/sqrt(2)}", values, let={"z": "complex"}),
    Task("solve_complex", ("z^4 + 4 == 0", "z"), "{1 + im, 1 - im, -1 + im, -1 - im}", values, let={"z": "complex"}),
    solve(
        "a*x^2 + b*x + c == 0",
        "x",
        "{(-b + sqrt(b^2 - 4*a*c))/(2*a), (-b - sqrt(b^2 - 4*a*c))/(2*a)}",
        points={"a": ("1", "1/2"), "b": ("5", "7"), "c": ("2", "3")},
    ),
    solve(("2*x + y == 5", "x - 3*y == -8"), XY, "{[1, 3]}"),
    solve(("x + y + z == 6", "x - y + z == 2", "2*x + y - z == 1"), XYZ, "{[1, 2, 3]}"),
    solve(("a*x + b*y == 1", "b*x + a*y == 0"), XY, "{[a/(a^2 - b^2), -b/(a^2 - b^2)]}"),
    solve(("x + y == 1", "x + y == 2"), XY, "{}"),
    solve(("x^2 + y^2 == 25", "x + y == 7"), XY, "{[3, 4], [4, 3]}"),
    solve(("x*y == 6", "x^2 + y^2 == 13"), XY, "{[2, 3], [3, 2], [-2, -3], [-3, -2]}"),
    solve(
        ("x^2 + y == 3", "y^2 + x == 5"),
        XY,
        "{[root_of(t -> t^4 - 6*t^2 + t + 4, 1), 3 - root_of(t -> t^4 - 6*t^2 + t + 4, 1)^2], [root_of(t -> t^4 - 6*t^2 + t + 4, 2), 3 - root_of(t -> t^4 - 6*t^2 + t + 4, 2)^2], [root_of(t -> t^4 - 6*t^2 + t + 4, 3), 3 - root_of(t -> t^4 - 6*t^2 + t + 4, 3)^2], [root_of(t -> t^4 - 6*t^2 + t + 4, 4), 3 - root_of(t -> t^4 - 6*t^2 + t + 4, 4)^2]}",
    ),
    solve(("x + y + z == 3", "x*y + y*z + z*x == 3", "x*y*z == 1"), XYZ, "{[1, 1, 1]}"),
    solve("exp(2*x) - 3*exp(x) + 2 == 0", "x", "{0, log(2)}"),
    solve("2^x == 10", "x", "{log(10)/log(2)}"),
    solve("log(x) + log(x - 3) == log(10)", "x", "{5}"),
    solve("x*exp(x) == 1", "x", "{lambertw(1)}"),
    solve("sqrt(x + 7) == x - 5", "x", "{9}"),
    solve("sqrt(x) + sqrt(x + 5) == 5", "x", "{4}"),
    solve("abs(2*x - 3) == 5", "x", "{-1, 4}"),
    solve("abs(x - 1) + abs(x + 2) == 5", "x", "{-3, 2}"),
    solve("(x^2 - 1)/(x - 1) == 2", "x", "{}"),
    solve("4^x - 2^x == 12", "x", "{2}"),
    solve("atan(x) == pi/3", "x", "{sqrt(3)}"),
    solve("x^(2/3) == 4", "x", "{8}", let={"x": "positive"}),
    solve("exp(x) == a", "x", "{log(a)}", let={"a": "positive"}),
    solve("exp(x) == -1", "x", "{}"),
    solve(
        "cosh(x) == 2",
        "x",
        "{log(2 + sqrt(3)), log(2 - sqrt(3))}",
        calls={"maxima": "map(lambda([s], rhs(s)), solve(exponentialize(cosh(x) = 2), x))"},
    ),
    periodic("sin(x) == 1/2", "{pi/6 + 2*pi*k, 5*pi/6 + 2*pi*k}"),
    periodic("cos(2*x) == 0", "{pi/4 + pi*k, 3*pi/4 + pi*k}"),
    periodic("tan(x) == 1", "{pi/4 + pi*k}"),
    periodic("2*cos(x)^2 - 3*cos(x) + 1 == 0", "{2*pi*k, pi/3 + 2*pi*k, -pi/3 + 2*pi*k}"),
    periodic("sin(x) + cos(x) == 1", "{2*pi*k, pi/2 + 2*pi*k}"),
    periodic("sin(2*x) == sin(x)", "{pi*k, pi/3 + 2*pi*k, -pi/3 + 2*pi*k}"),
    inequality("x^2 - 5*x + 6 > 0", ("1", "0", "4"), ("2", "3", "5/2")),
    inequality("(x - 1)/(x + 2) <= 0", ("1", "0", "-19/10"), ("-2", "-3", "2")),
    inequality("abs(x - 3) < 2", ("3", "2", "49/10"), ("1", "5", "0", "6")),
    inequality("x^3 > x", ("2", "-1/2"), ("0", "1", "-1", "1/2", "-2")),
    inequality("exp(x) > 2", ("1", "log(2) + 1/100"), ("0", "log(2)", "-1")),
    inequality("log(x) < 1", ("1", "1/100", "5/2"), ("0", "-1", "e", "3"), points={"x": ("1",)}),
    inequality("sqrt(x) < x", ("2", "3"), ("0", "1/2", "1", "-1")),
    inequality("x^2 + 1 > 0", ("0", "5", "-3"), ()),
    inequality("x^2 < a", ("0", "sqrt(a)/2", "-sqrt(a)/2"), ("sqrt(a)", "-sqrt(a)", "2*sqrt(a)"), let={"a": "positive"}),
    inequality("abs(x - 1) + abs(x + 1) <= 4", ("-2", "0", "2"), ("-21/10", "21/10", "3")),
    solve("x^2 == x", "x", "{0, 1}"),
    solve("x == x + 1", "x", '"no solution"', refusal, calls={"maxima": "map(rhs, solve(x = x + 1, x))"}),
)
