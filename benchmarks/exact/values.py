"""What a tree means, by mpmath: numbers to 50 digits, lists of numbers, truth values. Independent of every system compared here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import mpmath
from mpmath import mp, mpf

from benchmarks.exact.reading import Tree

mp.dps = 60
_digits = [25]

Value = Any


class Unevaluated(ValueError):
    """An answer that holds the question (an integral, a limit, …), or a word that says that there is none."""


class Unknown(ValueError):
    """A name or function that the table below does not have: the table is to be completed."""


CONSTANTS: dict[str, Any] = {
    **dict.fromkeys(["pi", "%pi", "Pi", "π"], mp.pi),
    **dict.fromkeys(["e", "%e", "E"], mp.e),
    **dict.fromkeys(["im", "%i", "I", "i"], mpmath.mpc(0, 1)),
    **dict.fromkeys(["oo", "inf", "infinity", "%plusInfinity", "plus_infinity"], mpf("inf")),
    **dict.fromkeys(["minf", "%minusInfinity"], mpf("-inf")),
    **dict.fromkeys(["%gamma", "euler_gamma", "EulerGamma"], mp.euler),
    **dict.fromkeys(["catalan", "Catalan", "%catalan"], mp.catalan),
    **dict.fromkeys(["true", "True"], True),
    **dict.fromkeys(["false", "False"], False),
}
NOTHING = {"und", "ind", "undef", "undefined", "nan", "zoo", "failed", "unknown", "None", "undirected_infinity"}
OPEN = set(
    """integrate Integral integral int Int limit Limit sum Sum product prod Product solve dsolve diff Derivative D rootOf integral LaplaceTransform
    laplace ilt inverse_laplace InverseLaplaceTransform FourierTransform fourier FourierTransform ConditionSet Subs O Order error lim
    laplace_transform inverse_laplace_transform fourier_transform invlaplace eigenvalues determinant adjugate Transpose""".split()
)


def _integer(x: Value) -> int:
    return int(mpmath.nint(mpmath.re(x)))


def _gcd(*args: Value) -> Value:
    import math

    return mpf(math.gcd(*(_integer(a) for a in args)))


def _lcm(*args: Value) -> Value:
    import math

    return mpf(math.lcm(*(_integer(a) for a in args)))


def _totient(n: Value) -> Value:
    import math

    return mpf(sum(1 for k in range(1, _integer(n) + 1) if math.gcd(k, _integer(n)) == 1))


def _heaviside(x: Value) -> Value:
    return mpf(1) if x > 0 else mpf(0) if x < 0 else mpf("0.5")


def _transpose(value: Value) -> Value:
    if not isinstance(value, list):
        return value
    if not value or not isinstance(value[0], list):
        return value  # A row is compared as a vector.
    return [list(row) for row in zip(*value, strict=True)]


def _root_of(function: Any, k: Value) -> Value:
    name, body, bound = function
    from benchmarks.exact.roots import real_then_complex

    return real_then_complex(body, name, bound)[_integer(k) - 1]


def _giac_root(*given: Value) -> Value:
    """`rootof([Q, P])` of Giac: Q at the largest real root of P, both by their coefficients."""
    q, p = given if len(given) == 2 else given[0]
    roots = mpmath.polyroots(p, maxsteps=500, extraprec=400)
    place = max((r for r in roots if abs(mpmath.im(r)) < mpf(10) ** -40), key=mpmath.re, default=None)
    return mpmath.polyval(q, roots[0] if place is None else mpmath.re(place))


def _log(x: Value, *base: Value) -> Value:
    return mpmath.log(x, *base)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    **dict.fromkeys(["log", "ln"], _log),
    **dict.fromkeys(["abs", "Abs"], abs),
    **dict.fromkeys(["sign", "signum", "sgn"], mpmath.sign),
    **dict.fromkeys(["ceil", "ceiling"], mpmath.ceil),
    **dict.fromkeys(["atan2", "arctan2"], mpmath.atan2),
    **dict.fromkeys(["max", "Max"], max),
    **dict.fromkeys(["min", "Min"], min),
    **dict.fromkeys(["re", "realpart", "real"], mpmath.re),
    **dict.fromkeys(["imagpart", "imag"], mpmath.im),
    **dict.fromkeys(["conjugate", "conj"], mpmath.conj),
    **dict.fromkeys(["gamma", "Gamma"], lambda *a: mpmath.gamma(*a) if len(a) == 1 else mpmath.gammainc(*a)),
    **dict.fromkeys(["loggamma", "log_gamma", "lngamma"], mpmath.loggamma),
    **dict.fromkeys(["beta", "Beta"], mpmath.beta),
    **dict.fromkeys(
        ["digamma", "psi", "Psi"], lambda *a: mpmath.psi(0, a[0]) if len(a) == 1 else mpmath.psi(_integer(a[0]), a[1])
    ),
    **dict.fromkeys(["uppergamma", "gamma_incomplete", "ugamma"], lambda a, x: mpmath.gammainc(a, x)),
    "polygamma": lambda k, x: mpmath.psi(_integer(k), x),
    "lowergamma": lambda a, x: mpmath.gammainc(a, 0, x),
    **dict.fromkeys(["zeta", "Zeta", "riemannZeta"], mpmath.zeta),
    "polylog": mpmath.polylog,
    **dict.fromkeys(["dilog", "li2"], lambda z: mpmath.polylog(2, z)),
    **dict.fromkeys(["lambertw", "LambertW", "lambert_w", "lambertW"], lambda z, k=0: mpmath.lambertw(z, _integer(k))),
    **dict.fromkeys(["Ei", "expintegral_ei", "ei"], mpmath.ei),
    "li": mpmath.li,
    **dict.fromkeys(["Si", "expintegral_si"], mpmath.si),
    **dict.fromkeys(["Ci", "expintegral_ci"], mpmath.ci),
    **dict.fromkeys(["Shi", "expintegral_shi"], mpmath.shi),
    **dict.fromkeys(["Chi", "expintegral_chi"], mpmath.chi),
    **dict.fromkeys(["fresnels", "fresnel_s", "fresnelS"], mpmath.fresnels),
    **dict.fromkeys(["fresnelc", "fresnel_c", "fresnelC"], mpmath.fresnelc),
    **dict.fromkeys(["besselj", "bessel_j", "BesselJ", "besselJ"], mpmath.besselj),
    **dict.fromkeys(["bessely", "bessel_y", "BesselY", "besselY"], mpmath.bessely),
    **dict.fromkeys(["besseli", "bessel_i", "besselI"], mpmath.besseli),
    **dict.fromkeys(["besselk", "bessel_k", "besselK"], mpmath.besselk),
    **dict.fromkeys(["elliptic_k", "elliptic_kc"], mpmath.ellipk),
    **dict.fromkeys(["elliptic_e", "elliptic_ec"], mpmath.ellipe),
    **dict.fromkeys(["factorial", "fact"], mpmath.factorial),
    **dict.fromkeys(["binomial", "comb"], mpmath.binomial),
    **dict.fromkeys(["rising", "RisingFactorial", "rf"], mpmath.rf),
    **dict.fromkeys(["heaviside", "Heaviside", "unit_step", "hstep"], _heaviside),
    "indicator": lambda c: mpf(1) if c else mpf(0),
    "harmonic": lambda n, m=1: mpmath.harmonic(n) if m == 1 else mpmath.nsum(lambda k: 1 / k**m, [1, _integer(n)]),
    "fibonacci": lambda n: mpmath.fib(n),
    "bernoulli": lambda n: mpmath.bernoulli(_integer(n)),
    "totient": _totient,
    "gcd": _gcd,
    "lcm": _lcm,
    "mod": lambda a, b: a - b * mpmath.floor(a / b),
    "surd": lambda x, n: mpmath.sign(x) * abs(x) ** (1 / n),
    "nthRoot": lambda x, n: mpmath.root(x, _integer(n)),
    "root": lambda x, n: mpmath.sign(x) * abs(x) ** (1 / n),
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "transpose": _transpose,
    "legendre": lambda n, x: mpmath.legendre(n, x),
    "hyper": lambda a, b, z: mpmath.hyper(a, b, z),
    "agm": mpmath.agm,
    "rootof": _giac_root,
    "pi": lambda: +mp.pi,
    "erf_inv": mpmath.erfinv,
    "root_of": _root_of,
    "diag": lambda v: [[v[i] if i == j else mpf(0) for j in range(len(v))] for i in range(len(v))],
    "square": lambda x: x * x,
    "arg": mpmath.arg,
    "vector": lambda v: v,
    "list": lambda *items: list(items),
    "Tuple": lambda *items: list(items),
}
for _name in "sin cos tan sec csc cot sinh cosh tanh sech csch coth asin acos atan asec acsc acot asinh acosh atanh asech acsch acoth".split():
    FUNCTIONS[_name] = getattr(mpmath, _name)
    if _name.startswith("a"):
        FUNCTIONS["arc" + _name[1:]] = getattr(mpmath, _name)
for _name in "exp sqrt floor erf erfc erfi sinc airyai airybi".split():
    FUNCTIONS[_name] = getattr(mpmath, _name)


def value(tree: Tree, names: Mapping[str, Value]) -> Value:
    """The value of a tree: a number, a truth value, a text, or a list (of lists). Raises Unevaluated, Unknown, ZeroDivisionError."""
    kind = tree[0]
    if kind == "number":
        q: Fraction = tree[1]
        return mpf(q.numerator) / q.denominator
    if kind == "name":
        return _name_value(tree[1], names)
    if kind == "text":
        return tree[1]
    if kind in ("list", "set", "tuple"):
        return [value(t, names) for t in tree[1]]
    if kind in ("+", "*", "/", "^"):
        return _operation(kind, value(tree[1], names), value(tree[2], names))
    if kind == "-":
        return _negative(value(tree[1], names))
    if kind == "call":
        return _call(tree[1], tree[2], names)
    if kind == "relation":
        return _relation(tree[1], value(tree[2], names), value(tree[3], names))
    if kind == "and":
        return bool(value(tree[1], names)) and bool(value(tree[2], names))
    if kind == "or":
        return bool(value(tree[1], names)) or bool(value(tree[2], names))
    if kind == "not":
        return not value(tree[1], names)
    if kind == "cases":
        for result, condition in tree[1]:
            if condition is None or value(condition, names):
                return value(result, names)
        raise ZeroDivisionError("no case")
    raise Unknown(f"a {kind}")


def _name_value(name: str, names: Mapping[str, Value]) -> Value:
    if name in names:
        return names[name]
    if name in NOTHING:
        raise Unevaluated(name)
    if name in CONSTANTS:
        constant = CONSTANTS[name]
        return constant if isinstance(constant, bool) else +constant
    raise Unknown(f"the name {name}")


def _call(name: str, args: list[Tree], names: Mapping[str, Value]) -> Value:
    if name in OPEN or (name.startswith("%") and name[1:] in OPEN):
        raise Unevaluated(name)
    if name in ("matrix", "Matrix", "ImmutableDenseMatrix", "MutableDenseMatrix"):
        return [value(a, names) for a in args] if name == "matrix" and len(args) != 1 else _rows(value(args[0], names))
    if name == "root_of":
        function = args[0]
        return _root_of((function[1][1], function[2], names), value(args[1], names))
    if name == "Piecewise":
        return value(("cases", [(a[1][0], a[1][1]) for a in args]), names)
    if name in ("Eq", "Ne"):
        return near(value(args[0], names), value(args[1], names)) == (name == "Eq")
    if name == "im" and name not in names:
        return mpmath.im(value(args[0], names))
    if name not in FUNCTIONS:
        raise Unknown(f"the function {name}")
    found = FUNCTIONS[name]
    values = [value(a, names) for a in args]
    if len(values) == 1 and isinstance(values[0], list) and name not in ("rootof", "transpose", "diag", "vector", "list"):
        return _entrywise(found, values[0])
    return found(*values)


def _rows(found: Value) -> Value:
    return found if isinstance(found, list) and found and isinstance(found[0], list) else [found]


def _entrywise(function: Callable[..., Value], entries: Value) -> Value:
    return [_entrywise(function, e) for e in entries] if isinstance(entries, list) else function(entries)


def _operation(sign: str, left: Value, right: Value) -> Value:
    if isinstance(left, list) and isinstance(right, list):
        if sign == "+":
            return [_operation("+", a, b) for a, b in zip(left, right, strict=True)]
        if sign == "*":
            return product(left, right)
        raise Unknown(f"{sign} of two lists")
    if isinstance(left, list):
        return [_operation(sign, a, right) for a in left]
    if isinstance(right, list):
        return [_operation(sign, left, b) for b in right]
    if sign == "+":
        return left + right
    if sign == "*":
        return left * right
    if sign == "/":
        return left / right
    return _power(left, right)


def _power(base: Value, exponent: Value) -> Value:
    if base == 0 and exponent == 0:
        return mpf(1)
    if base == 0 and mpmath.re(exponent) < 0:
        raise ZeroDivisionError("a power of 0")
    return base**exponent


def _negative(found: Value) -> Value:
    return [_negative(f) for f in found] if isinstance(found, list) else -found


def product(left: Value, right: Value) -> Value:
    """The product of two matrices; a plain list on the right is a column."""
    if not isinstance(right[0], list):
        return [mpmath.fsum(a * b for a, b in zip(row, right, strict=True)) for row in left]
    columns = list(zip(*right, strict=True))
    return [[mpmath.fsum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left]


def _relation(sign: str, left: Value, right: Value) -> bool:
    if sign in ("==", "!="):
        return near(left, right) == (sign == "==")
    a, b = _real(left), _real(right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _real(x: Value) -> Value:
    if isinstance(x, mpmath.mpc):
        if abs(x.imag) > mpf(10) ** -40 * max(1, abs(x)):
            raise ZeroDivisionError("not a real number")
        return x.real
    return x


def near(a: Value, b: Value, scale: Value = 1) -> bool:
    """Equality to 25 digits, relative to the larger, or absolute below one times `scale`; of lists, entry by entry."""
    if isinstance(a, list) or isinstance(b, list):
        a, b = flat_column(a), flat_column(b)
        if not (isinstance(a, list) and isinstance(b, list)) or len(a) != len(b):
            return False
        return all(near(x, y, scale) for x, y in zip(a, b, strict=True))
    if isinstance(a, (bool, str)) or isinstance(b, (bool, str)):
        return bool(a == b)
    if not mpmath.isfinite(a) or not mpmath.isfinite(b):
        return bool(a == b)
    return bool(abs(a - b) <= mpf(10) ** -_digits[-1] * max(abs(a), abs(b), mpf(10) ** -5 * scale))


@contextmanager
def digits(count: int) -> Iterator[None]:
    """Numbers are near to so many digits inside of it."""
    _digits.append(count)
    try:
        yield
    finally:
        _digits.pop()


def flat_column(x: Value) -> Value:
    """A matrix of one column as a list of its entries; anything else as it is."""
    if isinstance(x, list) and x and all(isinstance(r, list) and len(r) == 1 and not isinstance(r[0], list) for r in x):
        return [r[0] for r in x]
    if isinstance(x, list) and len(x) == 1 and isinstance(x[0], list) and x[0] and not isinstance(x[0][0], list):
        return x[0]
    return x
