"""Ordinary differential equations, Laplace and Fourier transforms. In the equations y1, y2 stand for the derivatives of y(x)."""

from benchmarks.exact.judges import equal
from benchmarks.exact.structures import general_solution
from benchmarks.exact.task import Task

POSITIVE = {"a": "positive"}
TIME = {"t": "positive", "s": "positive"}
S = {"s": "positive"}


def general(equation: str, answer: str, order: int, **more) -> Task:
    return Task("dsolve", (equation, (), "x"), answer, general_solution(order), **more)


def initial(equation: str, conditions: tuple, answer: str, **more) -> Task:
    return Task("dsolve", (equation, conditions, "x"), answer, equal, points={"x": ("1/10", "2/5", "7/10")}, **more)


TASKS = (
    general("y1 + 2*y == x", "C1*exp(-2*x) + x/2 - 1/4", 1),
    general("y2 + 4*y == 0", "C1*sin(2*x) + C2*cos(2*x)", 2),
    general("y2 - 3*y1 + 2*y == exp(3*x)", "C1*exp(x) + C2*exp(2*x) + exp(3*x)/2", 2),
    general("y2 + 2*y1 + y == 0", "(C1 + C2*x)*exp(-x)", 2),
    general("y3 - y1 == 0", "C1 + C2*exp(x) + C3*exp(-x)", 3),
    general("x*y1 - y == x^2*cos(x)", "C1*x + x*sin(x)", 1),
    general("x^2*y2 + x*y1 - y == 0", "C1*x + C2/x", 2),
    general("y2 + y == 1/cos(x)", "C1*cos(x) + C2*sin(x) + cos(x)*log(cos(x)) + x*sin(x)", 2),
    general("x*y2 + y1 == 0", "C1 + C2*log(x)", 2, let={"x": "positive"}),
    initial("y1 == 2*x*y", ((0, "0", "3"),), "3*exp(x^2)"),
    initial("y1 == y*(1 - y)", ((0, "0", "1/2"),), "1/(1 + exp(-x))"),
    initial("y1 == 1 + y^2", ((0, "0", "0"),), "tan(x)"),
    initial("y1 + y == sin(x)", ((0, "0", "0"),), "(sin(x) - cos(x) + exp(-x))/2"),
    initial("y1 + y == y^2*exp(x)", ((0, "0", "2"),), "2*exp(-x)/(1 - 2*x)", name="Bernoulli equation"),
    initial("y2 + y == 0", ((0, "0", "1"), (1, "0", "0")), "cos(x)"),
    initial("y2 + 2*y1 + 5*y == 0", ((0, "0", "1"), (1, "0", "-1")), "exp(-x)*cos(2*x)"),
    initial("y2 + y == sin(x)", ((0, "0", "0"), (1, "0", "0")), "(sin(x) - x*cos(x))/2"),
    initial("y2 - y == x", ((0, "0", "0"), (1, "0", "0")), "sinh(x) - x"),
    initial("y1 + a*y == 1", ((0, "0", "0"),), "(1 - exp(-a*x))/a", let=POSITIVE),
    Task("laplace", ("t^3*exp(-2*t)", "t", "s"), "6/(s + 2)^4", equal, let=TIME),
    Task("laplace", ("sin(3*t)", "t", "s"), "3/(s^2 + 9)", equal, let=TIME),
    Task("laplace", ("t*cos(t)", "t", "s"), "(s^2 - 1)/(s^2 + 1)^2", equal, let=TIME),
    Task(
        "laplace",
        ("exp(a*t)*sin(t)", "t", "s"),
        "1/((s - a)^2 + 1)",
        equal,
        let={**TIME, "a": "positive"},
        points={"a": ("3/10", "2/5"), "s": ("2", "3")},
    ),
    Task("laplace", ("sqrt(t)", "t", "s"), "sqrt(pi)/(2*s^(3/2))", equal, let=TIME),
    Task("laplace", ("heaviside(t - 2)", "t", "s"), "exp(-2*s)/s", equal, let=TIME),
    Task("inverse_laplace", ("1/(s^2 + 2*s + 5)", "s", "t"), "exp(-t)*sin(2*t)/2", equal, let=TIME),
    Task("inverse_laplace", ("1/(s*(s + 1)^2)", "s", "t"), "1 - (1 + t)*exp(-t)", equal, let=TIME),
    Task("inverse_laplace", ("s/(s^2 + 1)^2", "s", "t"), "t*sin(t)/2", equal, let=TIME),
    Task(
        "inverse_laplace", ("exp(-2*s)/s^2", "s", "t"), "heaviside(t - 2)*(t - 2)", equal, let=TIME, points={"t": ("1", "3", "4")}
    ),
    Task("fourier", ("exp(-x^2)", "x", "w"), "sqrt(pi)*exp(-w^2/4)", equal),
    Task("fourier", ("exp(-abs(x))", "x", "w"), "2/(1 + w^2)", equal),
    Task("fourier", ("x*exp(-x^2/2)", "x", "w"), "-im*w*sqrt(2*pi)*exp(-w^2/2)", equal),
    Task("fourier", ("1/(1 + x^2)", "x", "w"), "pi*exp(-abs(w))", equal),
)
