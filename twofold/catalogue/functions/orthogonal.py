"""Orthogonal polynomials; the degree n is a whole number >= 0. Hermite's are the physicists' H_n."""

from twofold.catalogue.spec import Argument, Example, Function

_NX = (Argument("n"), Argument("x"))
_AREA = "orthogonal polynomials"
_DEGREE = "n >= 0 and n == floor(n)"
_B = "twofold.numeric.special_balls:"
_DLMF = ("DLMF 18",)

SPECS = (
    Function(
        name="legendre", arguments=_NX, area=_AREA, summary="the Legendre polynomial P_n", exact="sympy:legendre", floats="twofold.numeric.special_floats:legendre",
        balls=_B + "legendre", derivative=("", "gegenbauer(n - 1, 3/2, x)"), domain=_DEGREE, examples=(Example("legendre(2, x)", "(3*x^2 - 1)/2"),),
        identities=("legendre(3, x) == (5*x^3 - 3*x)/2", "integrate(legendre(2, x)*legendre(3, x), x = -1..1) == 0"), references=_DLMF,
    ),
    Function(
        name="chebyshevt", arguments=_NX, area=_AREA, summary="the Chebyshev polynomial of the first kind", exact="sympy:chebyshevt",
        floats="twofold.numeric.special_floats:chebyshevt", balls=_B + "chebyshevt", derivative=("", "n*chebyshevu(n - 1, x)"), domain=_DEGREE,
        identities=("chebyshevt(5, cos(x)) == cos(5*x)",), examples=(Example("chebyshevt(3, x)", "4*x^3 - 3*x"),), references=_DLMF,
    ),
    Function(
        name="chebyshevu", arguments=_NX, area=_AREA, summary="the Chebyshev polynomial of the second kind (0 for n = -1)", exact="sympy:chebyshevu",
        floats="twofold.numeric.special_floats:chebyshevu", balls=_B + "chebyshevu", derivative=("", "2*gegenbauer(n - 1, 2, x)"), domain="n >= -1 and n == floor(n)",
        identities=("chebyshevu(4, cos(x))*sin(x) == sin(5*x)",), examples=(Example("chebyshevu(2, x)", "4*x^2 - 1"),), references=_DLMF,
    ),
    Function(
        name="hermite", arguments=_NX, area=_AREA, summary="the Hermite polynomial H_n, weight exp(-x^2)", exact="sympy:hermite",
        floats="twofold.numeric.special_floats:hermite", balls=_B + "hermite", derivative=("", "{0 if n == 0; 2*n*hermite(n - 1, x) otherwise}"), domain=_DEGREE,
        identities=("hermite(3, x) == 8*x^3 - 12*x",), examples=(Example("hermite(2, x)", "4*x^2 - 2"),), references=_DLMF,
    ),
    Function(
        name="laguerre", arguments=_NX, area=_AREA, summary="the Laguerre polynomial L_n", exact="sympy:laguerre", floats="twofold.numeric.special_floats:laguerre",
        balls=_B + "laguerre", derivative=("", "{0 if n == 0; {n*(laguerre(n, x) - laguerre(n - 1, x))/x if x != 0; -n otherwise} otherwise}"), domain=_DEGREE,
        identities=("laguerre(3, x) == (-x^3 + 9*x^2 - 18*x + 6)/6",), examples=(Example("laguerre(2, x)", "(x^2 - 4*x + 2)/2"),), references=_DLMF,
    ),
    Function(
        name="jacobi", arguments=(Argument("n"), Argument("a"), Argument("b"), Argument("x")), area=_AREA, summary="the Jacobi polynomial with parameters a, b",
        exact="sympy:jacobi", floats="twofold.numeric.special_floats:jacobi", balls=_B + "jacobi",
        derivative=("", "", "", "{0 if n == 0; (n + a + b + 1)/2*jacobi(n - 1, a + 1, b + 1, x) otherwise}"), domain=_DEGREE,
        identities=("jacobi(3, 0, 0, x) == legendre(3, x)",), examples=(Example("jacobi(1, 0, 0, x)", "x"),), references=_DLMF,
    ),
    Function(
        name="gegenbauer", arguments=(Argument("n"), Argument("a"), Argument("x")), area=_AREA, summary="the Gegenbauer polynomial with parameter a (0 for n = -1)",
        exact="sympy:gegenbauer", floats="twofold.numeric.special_floats:gegenbauer", balls=_B + "gegenbauer",
        derivative=("", "", "2*a*gegenbauer(n - 1, a + 1, x)"), domain="n >= -1 and n == floor(n)",
        identities=("gegenbauer(3, 1, x) == chebyshevu(3, x)",), examples=(Example("gegenbauer(2, 1, x)", "4*x^2 - 1"),), references=_DLMF,
    ),
)  # fmt: skip
