"""Special functions of real and complex variables. Conventions are those of DLMF; elliptic functions take the parameter m = k^2."""

from twofold.catalogue.spec import Argument, Example, Function

_X = (Argument("x"),)
_NX = (Argument("n"), Argument("x"))
_SX = (Argument("s"), Argument("x"))
_B = "twofold.numeric.special_balls:"
_F = "twofold.numeric.special_floats:"
_NOT_NONPOSITIVE = "x > 0 or x != floor(x)"

_GAMMA = "gamma and related functions"
_ERROR = "error functions and the normal law"
_INTEGRALS = "exponential and trigonometric integrals"
_BESSEL = "Bessel and Airy functions"
_ELLIPTIC = "elliptic integrals"
_ZETA = "zeta and related functions"

SPECS = (
    Function(
        name="gamma", arguments=_X, area=_GAMMA, summary="Euler's gamma function", exact="sympy:gamma", floats=_F + "gamma", balls="arb:gamma",
        derivative=("gamma(x)*digamma(x)",), domain=_NOT_NONPOSITIVE,
        identities=("gamma(x + 1) == x*gamma(x)", "gamma(x)*gamma(1 - x) == pi/sin(pi*x)", "gamma(x)*gamma(x + 1/2) == 2^(1 - 2*x)*sqrt(pi)*gamma(2*x)"),
        examples=(Example("gamma(5)", "24"), Example("gamma(1/2)", "sqrt(pi)")), references=("DLMF 5",),
    ),
    Function(
        name="loggamma", aliases=("lgamma",), arguments=_X, area=_GAMMA, summary="the logarithm of the gamma function, for x > 0", exact="sympy:loggamma",
        floats=_F + "loggamma", balls="arb:lgamma", derivative=("digamma(x)",), domain="x > 0",
        identities=("loggamma(x + 1) == loggamma(x) + log(x)", "exp(loggamma(x)) == gamma(x) given x > 0"), examples=(Example("loggamma(1)", "0"),),
    ),
    Function(
        name="digamma", arguments=_X, area=_GAMMA, summary="the derivative of log gamma", exact="sympy:digamma", floats=_F + "digamma",
        balls="arb:digamma", derivative=("polygamma(1, x)",), domain=_NOT_NONPOSITIVE,
        identities=("digamma(x + 1) == digamma(x) + 1/x", "digamma(1 - x) - digamma(x) == pi*cot(pi*x)"), examples=(Example("digamma(2) - digamma(1)", "1"),),
    ),
    Function(
        name="polygamma", arguments=_NX, area=_GAMMA, summary="the n-th derivative of digamma, n a whole number >= 0", exact="sympy:polygamma", floats=_F + "polygamma",
        balls=_B + "polygamma", derivative=("", "polygamma(n + 1, x)"), domain="n >= 0 and n == floor(n) and (x > 0 or x != floor(x))",
        identities=("polygamma(0, x) == digamma(x)", "polygamma(1, x + 1) == polygamma(1, x) - 1/x^2"), examples=(Example("polygamma(1, 1)", "pi^2/6"),),
    ),
    Function(
        name="beta", arguments=(Argument("a"), Argument("b")), area=_GAMMA, summary="Euler's beta function gamma(a)*gamma(b)/gamma(a + b)",
        definition="gamma(a)*gamma(b)/gamma(a + b)", floats=_F + "beta", balls=_B + "beta", domain="(a > 0 or a != floor(a)) and (b > 0 or b != floor(b))",
        derivative=("beta(a, b)*(digamma(a) - digamma(a + b))", "beta(a, b)*(digamma(b) - digamma(a + b))"),
        identities=("beta(a, b) == beta(b, a)", "beta(a + 1, b) + beta(a, b + 1) == beta(a, b)"), examples=(Example("beta(2, 3)", "1/12"),),
    ),
    Function(
        name="betainc", arguments=(Argument("a"), Argument("b"), Argument("x")), area=_GAMMA, summary="the regularised incomplete beta function I_x(a, b)",
        definition="integrate(t^(a - 1)*(1 - t)^(b - 1), t = 0..x)/beta(a, b)", floats="scipy.special:betainc", balls=_B + "betainc",
        derivative=("", "", "x^(a - 1)*(1 - x)^(b - 1)/beta(a, b)"), domain="a > 0 and b > 0 and 0 <= x <= 1",
        identities=("betainc(a, b, x) + betainc(b, a, 1 - x) == 1 given a > 0 and b > 0 and 0 <= x <= 1",), examples=(Example("betainc(1, 1, 1/3)", "1/3"),),
    ),
    Function(
        name="lowergamma", arguments=_SX, area=_GAMMA, summary="the lower incomplete gamma function, the integral of t^(s-1)*exp(-t) over 0..x",
        exact="sympy:lowergamma", floats=_F + "lowergamma", balls=_B + "lowergamma", derivative=("", "x^(s - 1)*exp(-x)"), domain="s > 0 and x >= 0",
        identities=("lowergamma(s, x) + uppergamma(s, x) == gamma(s) given s > 0 and x >= 0",), examples=(Example("lowergamma(1, 2)", "1 - exp(-2)"),),
    ),
    Function(
        name="uppergamma", arguments=_SX, area=_GAMMA, summary="the upper incomplete gamma function, the integral of t^(s-1)*exp(-t) over x..oo",
        exact="sympy:uppergamma", floats=_F + "uppergamma", balls=_B + "uppergamma", derivative=("", "-x^(s - 1)*exp(-x)"),
        domain="x > 0 or (x == 0 and s > 0)", identities=("uppergamma(s + 1, x) == s*uppergamma(s, x) + x^s*exp(-x) given s > 0 and x > 0",),
        examples=(Example("uppergamma(1, 2)", "exp(-2)"),),
    ),
    Function(
        name="erf", arguments=_X, area=_ERROR, summary="the error function", exact="sympy:erf", floats="scipy.special:erf", balls="arb:erf",
        derivative=("2*exp(-x^2)/sqrt(pi)",), identities=("erf(-x) == -erf(x)", "erf(x) + erfc(x) == 1"), examples=(Example("erf(0)", "0"),),
    ),
    Function(
        name="erfc", arguments=_X, area=_ERROR, summary="1 - erf(x), without cancellation", exact="sympy:erfc", floats="scipy.special:erfc", balls="arb:erfc",
        derivative=("-2*exp(-x^2)/sqrt(pi)",), identities=("erfc(-x) == 2 - erfc(x)",), examples=(Example("erfc(0)", "1"),),
    ),
    Function(
        name="erfi", arguments=_X, area=_ERROR, summary="the imaginary error function", exact="sympy:erfi", floats="scipy.special:erfi", balls="arb:erfi",
        derivative=("2*exp(x^2)/sqrt(pi)",), identities=("erfi(-x) == -erfi(x)",), examples=(Example("erfi(0)", "0"),),
    ),
    Function(
        name="erfinv", arguments=_X, area=_ERROR, summary="the inverse of the error function", exact="sympy:erfinv", floats=_F + "erfinv", balls="arb:erfinv",
        derivative=("sqrt(pi)/2*exp(erfinv(x)^2)",), domain="-1 < x < 1", identities=("erf(erfinv(x)) == x",), examples=(Example("erfinv(0)", "0"),),
    ),
    Function(
        name="Phi", arguments=_X, area=_ERROR, summary="the cumulative distribution function of the standard normal law", definition="(1 + erf(x/sqrt(2)))/2",
        identities=("Phi(-x) == 1 - Phi(x)", "diff(Phi(x), x) == phi(x)"), examples=(Example("Phi(0)", "1/2"),),
    ),
    Function(
        name="phi", arguments=_X, area=_ERROR, summary="the density of the standard normal law", definition="exp(-x^2/2)/sqrt(2*pi)",
        identities=("phi(-x) == phi(x)", "diff(phi(x), x) == -x*phi(x)"), examples=(Example("phi(0)", "1/sqrt(2*pi)"),),
    ),
    Function(
        name="zeta", arguments=(Argument("s"), Argument("a", optional=True)), area=_ZETA, summary="the Riemann zeta function; with a, Hurwitz's",
        exact="sympy:zeta", floats=_F + "zeta", balls="arb:zeta", derivative=("", "-s*zeta(s + 1, a)"), domain="s != 1",
        identities=("zeta(s, 1) == zeta(s) given s > 1", "zeta(s, a + 1) == zeta(s, a) - a^(-s) given s > 1 and a > 0"),
        examples=(Example("zeta(2)", "pi^2/6"), Example("zeta(-1)", "-1/12")), references=("DLMF 25",),
    ),
    Function(
        name="polylog", arguments=(Argument("s"), Argument("z")), area=_ZETA, summary="the polylogarithm, the sum of z^k/k^s", exact="sympy:polylog",
        floats=_F + "polylog", balls=_B + "polylog", derivative=("", "polylog(s - 1, z)/z"), domain="z < 1 or (z == 1 and s > 1)",
        identities=("polylog(1, z) == -log(1 - z) given z < 1", "polylog(0, z) == z/(1 - z) given z < 1"), examples=(Example("polylog(2, 1)", "pi^2/6"),),
    ),
    Function(
        name="lambertw", arguments=_X, area=_INTEGRALS, summary="the solution w >= -1 of w*exp(w) = x", exact="sympy:LambertW", floats=_F + "lambertw",
        balls="arb:lambertw", derivative=("exp(-lambertw(x))/(1 + lambertw(x))",), domain="x >= -exp(-1)", identities=("lambertw(x)*exp(lambertw(x)) == x",),
        examples=(Example("lambertw(e)", "1"),), references=("DLMF 4.13",),
    ),
    Function(
        name="lambertwm1", arguments=_X, area=_INTEGRALS, summary="the solution w <= -1 of w*exp(w) = x, for -exp(-1) <= x < 0",
        exact="sympy:LambertW", floats=_F + "lambertwm1", balls=_B + "lambertwm1", derivative=("exp(-lambertwm1(x))/(1 + lambertwm1(x))",),
        domain="x < 0 and e*x + 1 >= 0", identities=("lambertwm1(x)*exp(lambertwm1(x)) == x given x > -1/3 and x < 0",),
        examples=(Example("lambertwm1(-2*exp(-2))", "-2"),), references=("DLMF 4.13",),
    ),
    Function(
        name="Ei", arguments=_X, area=_INTEGRALS, summary="the exponential integral, the principal value of exp(t)/t over -oo..x", exact="sympy:Ei",
        floats="scipy.special:expi", balls="arb:ei", derivative=("exp(x)/x",), domain="x != 0", identities=("li(exp(x)) == Ei(x) given x > 0",),
        examples=(Example("diff(Ei(x), x)", "exp(x)/x"),),
    ),
    Function(
        name="li", arguments=_X, area=_INTEGRALS, summary="the logarithmic integral, the principal value of 1/log(t) over 0..x", exact="sympy:li",
        floats=_F + "li", balls="arb:li", derivative=("1/log(x)",), domain="x >= 0 and x != 1", examples=(Example("diff(li(x), x)", "1/log(x)"),),
    ),
    Function(
        name="Si", arguments=_X, area=_INTEGRALS, summary="the sine integral, sin(t)/t over 0..x", exact="sympy:Si", floats=_F + "Si", balls="arb:si",
        derivative=("sinc(x)",), identities=("Si(-x) == -Si(x)",), examples=(Example("Si(0)", "0"),),
    ),
    Function(
        name="Ci", arguments=_X, area=_INTEGRALS, summary="the cosine integral, -cos(t)/t over x..oo", exact="sympy:Ci", floats=_F + "Ci", balls="arb:ci",
        derivative=("cos(x)/x",), domain="x > 0", examples=(Example("diff(Ci(x), x)", "cos(x)/x"),),
    ),
    Function(
        name="Shi", arguments=_X, area=_INTEGRALS, summary="the hyperbolic sine integral, sinh(t)/t over 0..x", exact="sympy:Shi", floats=_F + "Shi",
        balls="arb:shi", derivative=("{1 if x == 0; sinh(x)/x otherwise}",), identities=("Shi(-x) == -Shi(x)",), examples=(Example("Shi(0)", "0"),),
    ),
    Function(
        name="Chi", arguments=_X, area=_INTEGRALS, summary="the hyperbolic cosine integral", exact="sympy:Chi", floats=_F + "Chi", balls="arb:chi",
        derivative=("cosh(x)/x",), domain="x > 0", identities=("Chi(x) + Shi(x) == Ei(x) given x > 0",), examples=(Example("diff(Chi(x), x)", "cosh(x)/x"),),
    ),
    Function(
        name="fresnels", arguments=_X, area=_INTEGRALS, summary="the Fresnel integral of sin(pi*t^2/2) over 0..x", exact="sympy:fresnels", floats=_F + "fresnels",
        balls="arb:fresnel_s", derivative=("sin(pi*x^2/2)",), identities=("fresnels(-x) == -fresnels(x)",), examples=(Example("fresnels(0)", "0"),),
    ),
    Function(
        name="fresnelc", arguments=_X, area=_INTEGRALS, summary="the Fresnel integral of cos(pi*t^2/2) over 0..x", exact="sympy:fresnelc", floats=_F + "fresnelc",
        balls="arb:fresnel_c", derivative=("cos(pi*x^2/2)",), identities=("fresnelc(-x) == -fresnelc(x)",), examples=(Example("fresnelc(0)", "0"),),
    ),
    Function(
        name="besselj", arguments=_NX, area=_BESSEL, summary="the Bessel function of the first kind", exact="sympy:besselj", floats="scipy.special:jv",
        balls=_B + "besselj", derivative=("", "(besselj(n - 1, x) - besselj(n + 1, x))/2"), domain="x > 0 or n == floor(n) or (x == 0 and n > 0)",
        identities=("besselj(n - 1, x) + besselj(n + 1, x) == 2*n*besselj(n, x)/x given x > 0",), examples=(Example("besselj(0, 0)", "1"),), references=("DLMF 10",),
    ),
    Function(
        name="bessely", arguments=_NX, area=_BESSEL, summary="the Bessel function of the second kind", exact="sympy:bessely", floats="scipy.special:yv",
        balls=_B + "bessely", derivative=("", "(bessely(n - 1, x) - bessely(n + 1, x))/2"), domain="x > 0",
        identities=("besselj(n + 1, x)*bessely(n, x) - besselj(n, x)*bessely(n + 1, x) == 2/(pi*x) given x > 0",),
        examples=(Example("diff(bessely(0, x), x)", "-bessely(1, x)"),),
    ),
    Function(
        name="besseli", arguments=_NX, area=_BESSEL, summary="the modified Bessel function of the first kind", exact="sympy:besseli", floats="scipy.special:iv",
        balls=_B + "besseli", derivative=("", "(besseli(n - 1, x) + besseli(n + 1, x))/2"), domain="x > 0 or n == floor(n) or (x == 0 and n > 0)",
        identities=("besseli(n - 1, x) - besseli(n + 1, x) == 2*n*besseli(n, x)/x given x > 0",), examples=(Example("besseli(0, 0)", "1"),),
    ),
    Function(
        name="besselk", arguments=_NX, area=_BESSEL, summary="the modified Bessel function of the second kind", exact="sympy:besselk", floats="scipy.special:kv",
        balls=_B + "besselk", derivative=("", "-(besselk(n - 1, x) + besselk(n + 1, x))/2"), domain="x > 0",
        identities=("besselk(-n, x) == besselk(n, x) given x > 0", "besselk(1/2, x) == sqrt(pi/(2*x))*exp(-x) given x > 0"),
        examples=(Example("besselk(1/2, 1)", "sqrt(pi/2)*exp(-1)"),),
    ),
    Function(
        name="airyai", arguments=_X, area=_BESSEL, summary="the Airy function Ai", exact="sympy:airyai", floats=_F + "airyai", balls="arb:airy_ai",
        derivative=("airyaiprime(x)",), examples=(Example("diff(airyai(x), x, 2)", "x*airyai(x)"),), references=("DLMF 9",),
    ),
    Function(
        name="airyaiprime", arguments=_X, area=_BESSEL, summary="the derivative of the Airy function Ai", exact="sympy:airyaiprime", floats=_F + "airyaiprime",
        balls=_B + "airyaiprime", derivative=("x*airyai(x)",), examples=(Example("diff(airyai(x), x)", "airyaiprime(x)"),),
    ),
    Function(
        name="airybi", arguments=_X, area=_BESSEL, summary="the Airy function Bi", exact="sympy:airybi", floats=_F + "airybi", balls="arb:airy_bi",
        derivative=("airybiprime(x)",), identities=("airyai(x)*airybiprime(x) - airyaiprime(x)*airybi(x) == 1/pi",),
        examples=(Example("diff(airybi(x), x, 2)", "x*airybi(x)"),),
    ),
    Function(
        name="airybiprime", arguments=_X, area=_BESSEL, summary="the derivative of the Airy function Bi", exact="sympy:airybiprime", floats=_F + "airybiprime",
        balls=_B + "airybiprime", derivative=("x*airybi(x)",), examples=(Example("diff(airybi(x), x)", "airybiprime(x)"),),
    ),
    Function(
        name="elliptic_k", arguments=(Argument("m"),), area=_ELLIPTIC, summary="the complete elliptic integral of the first kind, parameter m", exact="sympy:elliptic_k",
        floats="scipy.special:ellipk", balls=_B + "elliptic_k", domain="m < 1",
        derivative=("{pi/8 if m == 0; (elliptic_e(m) - (1 - m)*elliptic_k(m))/(2*m*(1 - m)) otherwise}",),
        examples=(Example("elliptic_k(0)", "pi/2"),), references=("DLMF 19",),
    ),
    Function(
        name="elliptic_e", arguments=(Argument("m"),), area=_ELLIPTIC, summary="the complete elliptic integral of the second kind, parameter m", exact="sympy:elliptic_e",
        floats="scipy.special:ellipe", balls=_B + "elliptic_e", domain="m <= 1",
        derivative=("{-pi/8 if m == 0; (elliptic_e(m) - elliptic_k(m))/(2*m) otherwise}",),
        identities=("elliptic_e(m)*elliptic_k(1 - m) + elliptic_e(1 - m)*elliptic_k(m) - elliptic_k(m)*elliptic_k(1 - m) == pi/2 given 0 < m < 1",),
        examples=(Example("elliptic_e(0)", "pi/2"), Example("elliptic_e(1)", "1")),
    ),
    Function(
        name="elliptic_einc", arguments=(Argument("phi"), Argument("m")), area=_ELLIPTIC, summary="the incomplete elliptic integral of the second kind",
        exact="sympy:elliptic_e", floats="scipy.special:ellipeinc", balls=_B + "elliptic_einc", derivative=("sqrt(1 - m*sin(phi)^2)", ""), domain="m <= 1",
        identities=("elliptic_einc(pi/2, m) == elliptic_e(m) given m < 1",), examples=(Example("elliptic_einc(0, 1/2)", "0"),),
    ),
    Function(
        name="elliptic_f", arguments=(Argument("phi"), Argument("m")), area=_ELLIPTIC, summary="the incomplete elliptic integral of the first kind",
        exact="sympy:elliptic_f", floats="scipy.special:ellipkinc", balls=_B + "elliptic_f", derivative=("1/sqrt(1 - m*sin(phi)^2)", ""), domain="m <= 1",
        identities=("elliptic_f(pi/2, m) == elliptic_k(m) given m < 1",), examples=(Example("elliptic_f(0, 1/2)", "0"),),
    ),
    Function(
        name="elliptic_pi", arguments=(Argument("n"), Argument("m")), area=_ELLIPTIC, summary="the complete elliptic integral of the third kind",
        exact="sympy:elliptic_pi", floats=_F + "elliptic_pi", balls=_B + "elliptic_pi", domain="n < 1 and m < 1",
        identities=("elliptic_pi(0, m) == elliptic_k(m) given m < 1",), examples=(Example("elliptic_pi(0, 0)", "pi/2"),),
    ),
    Function(
        name="agm", arguments=(Argument("a"), Argument("b")), area=_ELLIPTIC, summary="the arithmetic-geometric mean of two positive numbers",
        definition="pi*(a + b)/(4*elliptic_k(((a - b)/(a + b))^2))", floats="scipy.special:agm", balls="arb:agm", domain="a > 0 and b > 0",
        identities=("agm(a, b) == agm((a + b)/2, sqrt(a*b)) given a > 0 and b > 0",), examples=(Example("agm(1, 1)", "1"),),
    ),
    Function(
        name="hyper", arguments=(Argument("a"), Argument("b"), Argument("z")), area="hypergeometric functions", shape="(p*),(q*),()->()",
        summary="the generalised hypergeometric function with upper parameters a, lower parameters b",
        definition="sum(prod(rising(a[i], k), i = 1..length(a))/prod(rising(b[i], k), i = 1..length(b))*z^k/factorial(k), k = 0..oo)",
        floats=_F + "hyper", balls=_B + "hyper", examples=(Example("hyper([1], [2], 1)", "e - 1"), Example("hyper([], [], 1)", "e")), references=("DLMF 16",),
    ),
)  # fmt: skip
