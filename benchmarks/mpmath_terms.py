"""Terms evaluated by mpmath alone, for benchmarks: neither route has a part in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath as mp

from twofold.grammar.term import App, Bound, Const, Num, Term, Var


class Unknown(Exception):
    """Nothing here evaluates this operation."""


def _real_power(b: Any, e: Any) -> Any:
    return mp.mpf(1) if b == 0 and e == 0 else mp.power(b, e)


def _cube_root(x: Any) -> Any:
    return -mp.cbrt(-x) if mp.im(x) == 0 and x < 0 else mp.cbrt(x)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{n: getattr(mp, n) for n in "exp sqrt sin cos tan sec csc cot asin acos atan sinh cosh tanh sech csch coth asinh acosh atanh".split()},
    **{n: getattr(mp, n) for n in "gamma loggamma digamma beta erf erfc erfi zeta polylog lambertw besselj bessely besseli besselk".split()},
    **{n: getattr(mp, n) for n in "asec acsc acot harmonic legendre hermite laguerre factorial binomial floor ceil sign agm re arg expm1".split()},
    "im": mp.im, "conjugate": mp.conj, "abs": abs, "log": mp.log, "ln": mp.log, "log1p": lambda x: mp.log(1 + x),
    "cbrt": _cube_root, "root": lambda x, n: mp.sign(x) * mp.root(abs(x), int(n)),
    "polygamma": lambda n, z: mp.polygamma(int(n), z), "Ei": mp.ei, "li": mp.li, "Si": mp.si, "Ci": mp.ci, "Shi": mp.shi, "Chi": mp.chi,
    "fresnels": mp.fresnels, "fresnelc": mp.fresnelc, "airyai": mp.airyai, "airybi": mp.airybi,
    "Phi": mp.ncdf, "phi": mp.npdf, "sinc": mp.sinc, "sigmoid": lambda x: 1 / (1 + mp.exp(-x)), "softplus": lambda x: mp.log1p(mp.exp(x)),
    "relu": lambda x: max(x, mp.mpf(0)), "max": lambda *a: max(a), "min": lambda *a: min(a), "mod": lambda a, b: a - b * mp.floor(a / b),
    "lowergamma": lambda s, x: mp.gammainc(s, 0, x), "uppergamma": lambda s, x: mp.gammainc(s, x, mp.inf),
    "heaviside": lambda x: mp.mpf(x > 0) if x != 0 else mp.mpf(1) / 2, "atan2": mp.atan2,
    "elliptic_k": mp.ellipk, "elliptic_f": mp.ellipf, "elliptic_pi": mp.ellippi, "elliptic_e": mp.ellipe,
    "chebyshevt": mp.chebyt, "chebyshevu": mp.chebyu, "gudermannian": lambda x: 2 * mp.atan(mp.tanh(x / 2)),
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b, "neg": lambda a: -a,
    "pow": _real_power, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "and": lambda *a: all(a), "or": lambda *a: any(a), "not": lambda a: not a,
    "indicator": lambda a: mp.mpf(bool(a)), "fibonacci": mp.fibonacci,
    "hyper": lambda a, b, z: mp.hyper(a, b, z), "digamma": mp.digamma,
}  # fmt: skip
CONSTANTS = {"pi": mp.pi, "e": mp.e, "oo": mp.inf, "im": mp.j, "euler_gamma": mp.euler, "catalan": mp.catalan}


def value(t: Term, names: Mapping[str, Any]) -> Any:
    """The value of a scalar term where names have these values. Raises `Unknown` for operations that are not listed."""
    if isinstance(t, Num):
        return mp.mpf(t.value.numerator) / t.value.denominator
    if isinstance(t, Const):
        if t.name in ("true", "false"):
            return t.name == "true"
        if t.name not in CONSTANTS:
            raise Unknown(t.name)
        return +CONSTANTS[t.name]
    if isinstance(t, Var):
        if t.symbol.name not in names:
            raise Unknown(t.symbol.name)
        return names[t.symbol.name]
    if isinstance(t, Bound):
        return _binder(t, names)
    if not isinstance(t, App):
        raise Unknown(type(t).__name__)
    if t.op == "piecewise":
        for k in range(0, len(t.args) - 1, 2):
            if value(t.args[k + 1], names):
                return value(t.args[k], names)
        if len(t.args) % 2 == 0:
            raise Unknown("no branch holds")
        return value(t.args[-1], names)
    if t.op in ("tuple",):
        return [value(a, names) for a in t.args]
    if t.op not in FUNCTIONS:
        raise Unknown(t.op)
    return FUNCTIONS[t.op](*(value(a, names) for a in t.args))


def _binder(t: Bound, names: Mapping[str, Any]) -> Any:
    name = t.symbols[0].name

    def body(x: Any) -> Any:
        return value(t.body, {**names, name: x})

    if t.op in ("sum", "prod"):
        low, high = (value(a, names) for a in t.args)
        return (mp.nsum if t.op == "sum" else mp.nprod)(body, [low, high])
    if t.op == "integrate":
        return mp.quad(body, [value(a, names) for a in t.args])
    raise Unknown(t.op)
