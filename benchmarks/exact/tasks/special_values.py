"""Number theory and special functions."""

from benchmarks.exact.judges import at_most, closed
from benchmarks.exact.task import Task


def value(f: str, answer: str, judge=closed, **more) -> Task:
    return Task("value", (f,), answer, judge, **more)


TASKS = (
    value("gcd(1071, 462)", "21"),
    value(
        "lcm(21, 6, 10)",
        "210",
        calls={"pari": "lcm([21, 6, 10])", "fricas": "r := lcm([21, 6, 10])\nshow r", "giac": "lcm(lcm(21,6),10)"},
    ),
    value("mod(7^222, 11)", "5"),
    value("totient(1001)", "720"),
    value("factorial(20)", "2432902008176640000"),
    value("binomial(50, 25)", "126410606437752"),
    value("fibonacci(100)", "354224848179261915075"),
    value("bernoulli(20)", "-174611/330"),
    value("harmonic(10)", "7381/2520"),
    value("stirling(7, 3)", "301"),
    value("bell(8)", "4140"),
    value(
        "euler(6)", "-61", calls={"sympy": "euler(6)", "fricas": "r := eulerE(6)\nshow r", "giac": "-", "pari": "eulerfrac(6)"}
    ),
    value("gamma(7/2)", "15*sqrt(pi)/8", at_most(12), calls={"pari": "gamma(7/2)"}),
    value("zeta(4)", "pi^4/90"),
    value("zeta(-3)", "1/120"),
    value("digamma(1/2)", "-euler_gamma - 2*log(2)"),
    value("polygamma(1, 1)", "pi^2/6"),
    value("beta(3, 4)", "1/60"),
    value("polylog(2, 1/2)", "pi^2/12 - log(2)^2/2"),
    value("lambertw(e)", "1"),
    value("legendre(4, x)", "(35*x^4 - 30*x^2 + 3)/8"),
    value("chebyshevt(5, x)", "16*x^5 - 20*x^3 + 5*x"),
    value("hermite(4, x)", "16*x^4 - 48*x^2 + 12"),
    value("laguerre(3, x)", "(6 - 18*x + 9*x^2 - x^3)/6"),
    value("elliptic_k(0)", "pi/2"),
    value("sin(pi/12)", "(sqrt(6) - sqrt(2))/4", calls={"twofold": "sin(pi/12)"}),
    value("cos(pi/5)", "(1 + sqrt(5))/4"),
    value("atan(2 - sqrt(3))", "pi/12"),
    value("erf(0) + erfc(0)", "1"),
    value(
        "besselj(1/2, x)",
        "sqrt(2/(pi*x))*sin(x)",
        let={"x": "positive"},
        calls={"sympy": "expand_func(besselj(Rational(1, 2), x))", "maxima": "(besselexpand: true, bessel_j(1/2, x))"},
    ),
    value("cbrt(-27)", "-3", calls={"pari": "-", "fricas": "-", "sympy": "real_root(-27, 3)"}),
    value("(1 + im)^10", "32*im"),
    value("abs(3 + 4*im)", "5"),
)
