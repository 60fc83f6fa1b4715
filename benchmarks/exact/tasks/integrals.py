"""Indefinite, definite, improper, parametric and multiple integrals."""

from benchmarks.exact.judges import equal, refusal, up_to_constant
from benchmarks.exact.task import Task

X = up_to_constant("x")
LINE = up_to_constant("x", ("-13/10", "-4/10", "3/10", "11/10"))
NEAR = up_to_constant("x", ("1/10", "3/10", "6/10"))
BEYOND = up_to_constant("x", ("13/10", "2", "3"))
POSITIVE = {"a": "positive", "b": "positive"}
A = {"a": "positive"}


def indefinite(f: str, answer: str, judge=LINE, **more) -> Task:
    return Task("integrate", (f, "x"), answer, judge, **more)


def definite(f: str, a: str, b: str, answer: str, judge=equal, x: str = "x", **more) -> Task:
    return Task("definite", (f, x, a, b), answer, judge, **more)


TASKS = (
    indefinite("x^2*exp(x)", "(x^2 - 2*x + 2)*exp(x)"),
    indefinite("x*sin(x)", "sin(x) - x*cos(x)"),
    indefinite("log(x)^2", "x*log(x)^2 - 2*x*log(x) + 2*x", X),
    indefinite("exp(x)*cos(x)", "exp(x)*(sin(x) + cos(x))/2"),
    indefinite("1/(x^3 + 1)", "log(x + 1)/3 - log(x^2 - x + 1)/6 + atan((2*x - 1)/sqrt(3))/sqrt(3)", X),
    indefinite(
        "1/(x^4 + 1)",
        "(log((x^2 + sqrt(2)*x + 1)/(x^2 - sqrt(2)*x + 1)) + 2*atan(sqrt(2)*x + 1) + 2*atan(sqrt(2)*x - 1))/(4*sqrt(2))",
    ),
    indefinite("1/(x^2 + 2*x + 5)", "atan((x + 1)/2)/2"),
    indefinite("(2*x + 3)/(x^2 - 5*x + 6)", "9*log(3 - x) - 7*log(2 - x)"),
    indefinite("x^3/(x - 1)^2", "x^2/2 + 2*x + 3*log(1 - x) + 1/(1 - x)", NEAR),
    indefinite("sqrt(1 - x^2)", "(x*sqrt(1 - x^2) + asin(x))/2", NEAR),
    indefinite("1/sqrt(x^2 + 1)", "asinh(x)"),
    indefinite("sqrt(x^2 + 1)", "(x*sqrt(x^2 + 1) + asinh(x))/2"),
    indefinite("1/(x*sqrt(x^2 - 1))", "atan(sqrt(x^2 - 1))", BEYOND),
    indefinite("sin(x)^4", "3*x/8 - sin(2*x)/4 + sin(4*x)/32"),
    indefinite("tan(x)^3", "tan(x)^2/2 + log(cos(x))", X),
    indefinite("sec(x)", "log(tan(x) + 1/cos(x))", X),
    indefinite("1/(2 + cos(x))", "2/sqrt(3)*atan(tan(x/2)/sqrt(3))", X),
    indefinite("1/(1 + exp(x))", "x - log(1 + exp(x))"),
    indefinite("exp(sqrt(x))", "2*(sqrt(x) - 1)*exp(sqrt(x))", X),
    indefinite("atan(x)", "x*atan(x) - log(1 + x^2)/2"),
    indefinite("x*atan(x)", "((x^2 + 1)*atan(x) - x)/2"),
    indefinite("asin(x)^2", "x*asin(x)^2 + 2*sqrt(1 - x^2)*asin(x) - 2*x", NEAR),
    indefinite("log(x)/x^2", "-(log(x) + 1)/x", X),
    indefinite("1/(x*log(x))", "log(log(x))", BEYOND),
    indefinite("exp(-x^2)", "sqrt(pi)*erf(x)/2"),
    indefinite("sin(x)/x", "Si(x)", X),
    indefinite("exp(x)/x", "Ei(x)", X),
    indefinite("cos(x^2)", "sqrt(pi/2)*fresnelc(sqrt(2/pi)*x)"),
    indefinite("1/log(x)", "li(x)", BEYOND),
    indefinite("x*exp(a*x)", "(a*x - 1)*exp(a*x)/a^2", let=A),
    indefinite("1/(x^2 + a^2)", "atan(x/a)/a", let=A),
    indefinite("1/(a*x + b)", "log(a*x + b)/a", X, let=POSITIVE),
    indefinite(
        "sin(a*x)*cos(b*x)",
        "-cos((a + b)*x)/(2*(a + b)) - cos((a - b)*x)/(2*(a - b))",
        let=POSITIVE,
        points={"a": ("7/5", "3/10"), "b": ("2/5", "9/5")},
    ),
    indefinite("cosh(x)^2", "x/2 + sinh(2*x)/4"),
    indefinite("x^5*sqrt(1 + x^3)", "2/15*(1 + x^3)^(5/2) - 2/9*(1 + x^3)^(3/2)", X),
    indefinite(
        "sqrt(tan(x))",
        "(atan(sqrt(2*tan(x)) + 1) + atan(sqrt(2*tan(x)) - 1))/sqrt(2) + log((tan(x) - sqrt(2*tan(x)) + 1)/(tan(x) + sqrt(2*tan(x)) + 1))/(2*sqrt(2))",
        X,
    ),
    indefinite("abs(x)", "x*abs(x)/2"),
    indefinite("(x^2 + 1)*exp(x)/(x + 1)^2", "(x - 1)*exp(x)/(x + 1)", X),
    definite("x^2*exp(-x)", "0", "oo", "2"),
    definite("exp(-x^2)", "-oo", "oo", "sqrt(pi)"),
    definite("1/(1 + x^2)", "-oo", "oo", "pi"),
    definite("1/(1 + x^4)", "0", "oo", "pi/(2*sqrt(2))"),
    definite("sin(x)/x", "0", "oo", "pi/2", calls={"pari": "intnum(x=0, [oo, -I], sinc(x))"}),
    definite("(sin(x)/x)^2", "-oo", "oo", "pi", calls={"pari": "-"}),
    definite("log(x)", "0", "1", "-1"),
    definite("log(x)/(1 + x^2)", "0", "oo", "0"),
    definite("log(sin(x))", "0", "pi/2", "-pi*log(2)/2"),
    definite("x/(exp(x) - 1)", "0", "oo", "pi^2/6"),
    definite("log(1 + x)/x", "0", "1", "pi^2/12"),
    definite("log(x)/(1 - x)", "0", "1", "-pi^2/6"),
    definite("1/sqrt(x*(1 - x))", "0", "1", "pi"),
    definite("sqrt(4 - x^2)", "-2", "2", "2*pi"),
    definite("1/(2 + cos(x))", "0", "2*pi", "2*pi/sqrt(3)", calls={"pari": "intnum(x=0, 2*Pi, 1/(2 + cos(x)), 2)"}),
    definite("sin(x)^6", "0", "2*pi", "5*pi/8"),
    definite("x*sin(x)/(1 + cos(x)^2)", "0", "pi", "pi^2/4", calls={"pari": "intnum(x=0, Pi, x*sin(x)/(1 + cos(x)^2), 2)"}),
    definite("abs(x - 1)", "0", "3", "5/2", calls={"pari": "intnum(x=0, 1, 1 - x) + intnum(x=1, 3, x - 1)"}),
    definite("abs(sin(x))", "0", "2*pi", "4", calls={"pari": "intnum(x=0, Pi, sin(x)) + intnum(x=Pi, 2*Pi, -sin(x))"}),
    definite("floor(x)", "0", "7/2", "9/2", calls={"pari": "-"}),
    definite("max(x, 1 - x)", "0", "1", "3/4", calls={"pari": "intnum(x=0, 1/2, 1 - x) + intnum(x=1/2, 1, x)"}),
    definite("cos(x)/(1 + x^2)", "-oo", "oo", "pi/e"),
    definite("x^4*(1 - x)^4/(1 + x^2)", "0", "1", "22/7 - pi"),
    definite("exp(-x)*log(x)", "0", "oo", "-euler_gamma"),
    definite("atan(x)/x", "0", "1", "catalan"),
    definite("cos(x^2)", "0", "oo", "sqrt(2*pi)/4", calls={"pari": "-"}),
    definite("1/x", "-1", "1", '"does not exist"', refusal, calls={"pari": "-"}),
    definite("1/x", "1", "oo", '"does not exist"', refusal, calls={"pari": "-"}),
    definite("1/(x - 2)^2", "0", "3", '"does not exist"', refusal, calls={"pari": "-"}),
    definite("exp(-a*x^2)", "-oo", "oo", "sqrt(pi/a)", let=A),
    definite("exp(-a*x)*sin(b*x)", "0", "oo", "b/(a^2 + b^2)", let=POSITIVE),
    definite("x^2*exp(-a*x^2)", "0", "oo", "sqrt(pi)/(4*a^(3/2))", let=A),
    definite("1/(x^2 + a^2)^2", "-oo", "oo", "pi/(2*a^3)", let=A),
    definite("cos(b*x)/(x^2 + a^2)", "-oo", "oo", "pi*exp(-a*b)/a", let=POSITIVE),
    definite("x^(a - 1)*(1 - x)^(b - 1)", "0", "1", "beta(a, b)", let=POSITIVE),
    definite("x^(a - 1)*exp(-x)", "0", "oo", "gamma(a)", let=A),
    definite("(exp(-a*x) - exp(-b*x))/x", "0", "oo", "log(b/a)", let=POSITIVE),
    definite("x^n", "0", "1", "1/(n + 1)", let={"n": "positive"}),
    definite(
        "1/(a + cos(x))",
        "0",
        "2*pi",
        "2*pi/sqrt(a^2 - 1)",
        let=A,
        points={"a": ("3/2", "5/2", "7/2")},
        name="1/(a + cos(x)), a > 1",
        calls={
            "twofold": "integrate(1/(a + cos(x)), x = 0..2*pi) given a > 1",
            "maxima": "(assume(a>1), integrate(1/(a+cos(x)),x,0,2*%pi))",
            "giac": "assume(a>1):;int(1/(a+cos(x)),x,0,2*pi)",
        },
    ),
    Task("multiple", ("x*y", (("y", "0", "x"), ("x", "0", "1"))), "1/8", equal),
    Task("multiple", ("exp(-x^2 - y^2)", (("x", "-oo", "oo"), ("y", "-oo", "oo"))), "pi", equal),
    Task("multiple", ("exp(y^2)", (("x", "0", "y"), ("y", "0", "1"))), "(e - 1)/2", equal),
    Task("multiple", ("1/(1 - x*y)", (("x", "0", "1"), ("y", "0", "1"))), "pi^2/6", equal),
    Task("multiple", ("x^2 + y^2", (("y", "-sqrt(1 - x^2)", "sqrt(1 - x^2)"), ("x", "-1", "1"))), "pi/2", equal),
    Task("multiple", ("x*y*z", (("z", "0", "1 - x - y"), ("y", "0", "1 - x"), ("x", "0", "1"))), "1/720", equal),
    Task("multiple", ("r^2*sin(p)", (("r", "0", "a"), ("p", "0", "pi"), ("t", "0", "2*pi"))), "4*pi*a^3/3", equal, let=A),
)
