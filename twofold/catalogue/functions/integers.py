"""Divisibility, factorials and counting."""

from twofold.catalogue.spec import Argument, Example, Function

_N = (Argument("n"),)
_AREA = "integers and counting"
_NATURAL = "n >= 0 and n == floor(n)"
_B = "twofold.numeric.special_balls:"
_F = "twofold.numeric.special_floats:"

SPECS = (
    Function(
        name="mod", arguments=(Argument("a"), Argument("b")), area=_AREA, summary="the remainder a - b*floor(a/b), with the sign of b", exact="sympy:Mod",
        floats="numpy:mod", balls=_B + "mod", derivative=("{1 if a/b != floor(a/b)}", "{-floor(a/b) if a/b != floor(a/b)}"), domain="b != 0", identities=("mod(x, 2) == x - 2*floor(x/2)", "mod(x + 3, 3) == mod(x, 3)"),
        examples=(Example("mod(7, 3)", "1"), Example("mod(-7, 3)", "2")),
    ),
    Function(
        name="gcd", arguments=(Argument("a"), Argument("rest", rest=True)), area=_AREA, summary="the greatest common divisor of whole numbers",
        exact="sympy:gcd", floats=_F + "gcd", balls=_B + "gcd", domain="a == floor(a)",
        examples=(Example("gcd(12, 18)", "6"),),
    ),
    Function(
        name="lcm", arguments=(Argument("a"), Argument("rest", rest=True)), area=_AREA, summary="the least common multiple of whole numbers",
        exact="sympy:lcm", floats=_F + "lcm", balls=_B + "lcm", domain="a == floor(a)",
        examples=(Example("lcm(4, 6)", "12"),),
    ),
    Function(
        name="factorial", arguments=(Argument("x"),), area=_AREA, summary="the factorial x!, gamma(x + 1) for other numbers", exact="sympy:factorial",
        floats=_F + "factorial", balls=_B + "factorial", derivative=("factorial(x)*digamma(x + 1)",), domain="x > -1 or x != floor(x)",
        identities=("factorial(n + 1) == (n + 1)*factorial(n) given n > 0", "factorial(n) == gamma(n + 1) given n > 0"), examples=(Example("factorial(5)", "120"), Example("4!", "24")),
    ),
    Function(
        name="binomial", arguments=(Argument("n"), Argument("k")), area=_AREA, summary="the binomial coefficient; falling(n, k)/k! for whole k, 0 for k < 0",
        exact="sympy:binomial", floats=_F + "binomial", balls=_B + "binomial",
        derivative=("binomial(n, k)*(digamma(n + 1) - digamma(n - k + 1))", "binomial(n, k)*(digamma(n - k + 1) - digamma(k + 1))"), domain="n >= 0 or k == floor(k)",
        identities=("binomial(n, 2) == n*(n - 1)/2", "binomial(n + 1, 3) == binomial(n, 3) + binomial(n, 2)"), examples=(Example("binomial(5, 2)", "10"),),
    ),
    Function(
        name="rising", arguments=(Argument("x"), Argument("k")), area=_AREA, summary="the rising factorial x*(x + 1)*…*(x + k - 1)", exact="sympy:RisingFactorial",
        floats=_F + "rising", balls=_B + "rising", derivative=("rising(x, k)*(digamma(x + k) - digamma(x))", "rising(x, k)*digamma(x + k)"),
        domain="(k >= 0 and k == floor(k)) or x + k > 0 or x + k != floor(x + k)", identities=("rising(x, 3) == x*(x + 1)*(x + 2)",), examples=(Example("rising(3, 2)", "12"),),
    ),
    Function(
        name="falling", arguments=(Argument("x"), Argument("k")), area=_AREA, summary="the falling factorial x*(x - 1)*…*(x - k + 1)", exact="sympy:FallingFactorial",
        floats=_F + "falling", balls=_B + "falling", derivative=("falling(x, k)*(digamma(x + 1) - digamma(x - k + 1))", "falling(x, k)*digamma(x - k + 1)"),
        domain="(k >= 0 and k == floor(k)) or x > -1 or x != floor(x)", identities=("falling(x, 3) == x*(x - 1)*(x - 2)",), examples=(Example("falling(5, 2)", "20"),),
    ),
    Function(
        name="bernoulli", arguments=_N, area=_AREA, summary="the Bernoulli number, with B_1 = 1/2", exact="sympy:bernoulli", floats=_F + "bernoulli", balls=_B + "bernoulli",
        domain=_NATURAL, examples=(Example("bernoulli(4)", "-1/30"), Example("bernoulli(1)", "1/2")), references=("DLMF 24",),
    ),
    Function(
        name="euler", arguments=_N, area=_AREA, summary="the Euler number", exact="sympy:euler", floats=_F + "euler", balls=_B + "euler", domain=_NATURAL,
        examples=(Example("euler(4)", "5"),), references=("DLMF 24",),
    ),
    Function(
        name="harmonic", arguments=_N, area=_AREA, summary="the harmonic number 1 + 1/2 + … + 1/n", exact="sympy:harmonic", floats=_F + "harmonic", balls=_B + "harmonic",
        derivative=("polygamma(1, n + 1)",), domain="n > -1 or n != floor(n)", identities=("harmonic(n + 1) == harmonic(n) + 1/(n + 1) given n > 0",),
        examples=(Example("harmonic(4)", "25/12"),),
    ),
    Function(
        name="fibonacci", arguments=_N, area=_AREA, summary="the Fibonacci number, starting 0, 1, 1, 2", exact="sympy:fibonacci", floats=_F + "fibonacci",
        balls=_B + "fibonacci", domain=_NATURAL, examples=(Example("fibonacci(10)", "55"),),
    ),
    Function(
        name="totient", arguments=_N, area=_AREA, summary="how many of 1..n have no common divisor with n", exact="sympy:totient", floats=_F + "totient", balls=_B + "totient",
        domain="n >= 1 and n == floor(n)", examples=(Example("totient(12)", "4"),),
    ),
    Function(
        name="stirling", arguments=(Argument("n"), Argument("k")), area=_AREA, summary="the Stirling number of the second kind: partitions of n things into k blocks",
        definition="sum((-1)^(k - j)*binomial(k, j)*j^n, j = 0..k)/factorial(k)", floats=_F + "stirling", balls=_B + "stirling",
        domain="n >= 0 and k >= 0 and n == floor(n) and k == floor(k)", examples=(Example("stirling(4, 2)", "7"),), references=("DLMF 26.8",),
    ),
    Function(
        name="bell", arguments=_N, area=_AREA, summary="the Bell number: partitions of n things", exact="sympy:bell", floats=_F + "bell", balls=_B + "bell", domain=_NATURAL,
        examples=(Example("bell(4)", "15"),),
    ),
)  # fmt: skip
