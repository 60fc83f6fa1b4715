"""Terms as functions of doubles: a list of steps, one for each different part, run at one place at a time.

For guards that need some ten digits at a few places within microseconds. Values are floats where they are real and complex numbers where they are
not, on principal branches. Special functions come from mpmath. A term with a part that is not in the table has no such function.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import mpmath

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var

Value: TypeAlias = "float | complex"
_FAULTS = (ValueError, ArithmeticError, TypeError, AttributeError, NotImplementedError, mpmath.libmp.NoConvergence)
"""What arithmetic raises where there is no value, that of a part without a value among it."""


class Unknown(Exception):
    """A part has no value in doubles."""


class Program:
    """The values of several terms at places; parts that they share are worked out once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._steps: list[tuple[Callable[..., Value], tuple[int, ...]]] = []
        self._places: dict[Term, int] = {}
        self._start: list[Any] = []
        self._inputs: list[tuple[int, Symbol]] = []
        self._ends = [self._add(t) for t in terms]

    def _slot(self, value: Any = None) -> int:
        self._start.append(value)
        return len(self._start) - 1

    def _add(self, t: Term) -> int:
        place = self._places.get(t)
        if place is None:
            place = self._places[t] = self._made(t)
        return place

    def _made(self, t: Term) -> int:
        if t.shape:
            raise Unknown
        if isinstance(t, Num):
            try:
                return self._slot(float(t.value))
            except OverflowError:
                raise Unknown from None
        if isinstance(t, Var):
            place = self._slot()
            self._inputs.append((place, t.symbol))
            return place
        if isinstance(t, Const):
            value = _CONSTANTS.get(t.name)
            if value is None:
                raise Unknown
            return self._slot(value)
        if not isinstance(t, App):
            raise Unknown
        if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and abs(t.args[1].value) < 1000:
            inner, n = self._add(t.args[0]), int(t.args[1].value)
            return self._step(lambda v: v**n, inner)
        if t.op == "piecewise":
            return self._cases(t)
        head = _HEADS.get(t.op)
        if head is None:
            spec = functions().get(t.op)
            if spec is None or not spec.definition or len(spec.arguments) != len(t.args):
                raise Unknown
            return self._add(formula(spec.definition, {a.name: x for a, x in zip(spec.arguments, t.args, strict=True)}))
        return self._step(head, *map(self._add, t.args))

    def _step(self, f: Callable[..., Value], *places: int) -> int:
        out = self._slot()
        self._steps.append((f, (out, *places)))
        return out

    def _cases(self, t: App) -> int:
        """All branches are worked out; those without a value count only where they apply."""
        parts: list[tuple[Program, Any]] = []
        names: list[Symbol] = []
        for k in range(0, len(t.args) - 1, 2):
            parts.append((Program([t.args[k]]), _condition(t.args[k + 1])))
        otherwise = Program([t.args[-1]]) if len(t.args) % 2 else None
        for p in (*(p for p, _ in parts), *(q for _, c in parts for q in c.programs), *((otherwise,) if otherwise else ())):
            names += [s for _, s in p._inputs if s not in names]
        places = []
        for s in names:
            place = self._slot()
            self._inputs.append((place, s))
            places.append(place)

        def chosen(*values: Value) -> Value:
            at = dict(zip(names, values, strict=True))
            for value, condition in parts:
                if condition.holds(at):
                    return value.strict(at)
            if otherwise is None:
                raise ValueError
            return otherwise.strict(at)

        return self._step(chosen, *places)

    def strict(self, at: Mapping[Symbol, Value]) -> Value:
        """The value of the only term. Raises what arithmetic raises where it has none."""
        row = self._filled(at)
        for f, places in self._steps:
            row[places[0]] = f(*[row[k] for k in places[1:]])
        value = row[self._ends[0]]
        assert isinstance(value, (float, complex))
        return value

    def _filled(self, at: Mapping[Symbol, Value]) -> list[Any]:
        row = self._start.copy()
        for place, symbol in self._inputs:
            if symbol not in at:
                raise Unknown
            row[place] = at[symbol]
        return row

    def values(self, at: Mapping[Symbol, Value]) -> list[Value | None]:
        """The values of the terms in their order, `None` where one has none there. Raises `Unknown` for a name without a value."""
        row = self._filled(at)
        for f, places in self._steps:
            try:
                row[places[0]] = f(*[row[k] for k in places[1:]])
            except _FAULTS:
                row[places[0]] = None
        return [_finite(row[k]) for k in self._ends]


class _Condition:
    """A comparison, or several that hold together or one of which holds."""

    def __init__(self, programs: list[Program], holds: Callable[[Mapping[Symbol, Value]], bool]) -> None:
        self.programs, self.holds = programs, holds


_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
}


def _condition(t: Term) -> _Condition:
    if isinstance(t, App) and t.op in ("and", "or"):
        parts = [_condition(a) for a in t.args]
        joined = all if t.op == "and" else any
        return _Condition([p for c in parts for p in c.programs], lambda at: joined(c.holds(at) for c in parts))
    if isinstance(t, App) and t.op in _COMPARED:
        left, right = Program([t.args[0]]), Program([t.args[1]])
        said = _COMPARED[t.op]

        def holds(at: Mapping[Symbol, Value]) -> bool:
            a, b = left.strict(at), right.strict(at)
            if isinstance(a, complex) or isinstance(b, complex):
                if t.op not in ("eq", "ne"):
                    raise ValueError
                return (a == b) == (t.op == "eq")
            return said(a, b)

        return _Condition([left, right], holds)
    raise Unknown


def _finite(v: Any) -> Value | None:
    if isinstance(v, float):
        return v if math.isfinite(v) else None
    if isinstance(v, complex):
        return v if cmath.isfinite(v) else None
    return None


_CONSTANTS: dict[str, Value] = {
    "pi": math.pi,
    "e": math.e,
    "im": 1j,
    "euler_gamma": 0.5772156649015329,
    "catalan": 0.915965594177219,
}


def _power(a: Value, b: Value) -> Value:
    if isinstance(a, float) and isinstance(b, float):
        return math.pow(a, b) if a >= 0 or b.is_integer() else complex(a) ** b
    return complex(a) ** b


def _both(real: Callable[[float], float], other: Callable[[complex], complex], inside: Callable[[float], bool]) -> Any:
    """A function that is real on part of the line."""

    def f(v: Value) -> Value:
        return real(v) if isinstance(v, float) and inside(v) else other(complex(v))

    return f


def _always(v: float) -> bool:
    return True


def _mp(f: Callable[..., Any]) -> Callable[..., Value]:
    """A function of mpmath, as doubles."""

    def g(*args: Value) -> Value:
        found = f(*(int(a) if isinstance(a, float) and a.is_integer() and abs(a) < 1e6 else a for a in args))
        if isinstance(found, (mpmath.mpc, complex)):
            return float(found.real) if found.imag == 0 else complex(found)
        return float(found)

    return g


def _real_only(f: Callable[[float], float]) -> Callable[[Value], Value]:
    def g(v: Value) -> Value:
        if isinstance(v, complex):
            raise ValueError
        return f(v)

    return g


def _exp(v: Value) -> Value:
    if isinstance(v, float):
        return math.exp(v) if v > -745 else 0.0
    return cmath.exp(v)


def _sinc(v: Value) -> Value:
    return 1.0 if v == 0 else math.sin(v) / v if isinstance(v, float) else cmath.sin(v) / v


def _gammas(v: Value) -> Value:
    return math.gamma(v) if isinstance(v, float) else _mp(mpmath.gamma)(v)


_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330)


def dilogarithm(z: complex) -> complex:
    """Li2(z) on its principal branch, by reflection and inversion to where the series in -log(1 - z) converges fast.

    Source: 't Hooft and Veltman, "Scalar one-loop integrals" (1979), appendix A.
    """
    if z == 0:
        return 0j
    if z == 1:
        return complex(math.pi**2 / 6)
    if abs(z) > 1:
        # From below the cut where z is real: log(-z) is then log(z) - im*pi, and Li2(z) has the imaginary part -pi*log(z).
        size = cmath.log(-z) if z.imag else complex(math.log(abs(z)), 0.0 if z.real < 0 else math.pi)
        return -(math.pi**2) / 6 - size * size / 2 - dilogarithm(1 / z)
    if z.real > 0.5:
        return math.pi**2 / 6 - cmath.log(z) * cmath.log(1 - z) - dilogarithm(1 - z)
    u = -cmath.log(1 - z)
    square = u * u
    out, power = u - square / 4, u
    for k, b in enumerate(_BERNOULLI):
        power *= square / ((2 * k + 2) * (2 * k + 3))
        out += b * power
    return out


def _polylog(s: Value, z: Value) -> Value:
    if s == 2:
        found = dilogarithm(complex(z))
        return found.real if isinstance(z, float) and z <= 1 else found
    return _mp(mpmath.polylog)(s, z)


_HEADS: dict[str, Callable[..., Value]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": _power,
    "sqrt": _both(math.sqrt, cmath.sqrt, lambda v: v >= 0),
    "log": _both(math.log, cmath.log, lambda v: v > 0),
    "exp": _exp,
    **{
        n: _both(getattr(math, n), getattr(cmath, n), _always)
        for n in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "atan", "asinh")
    },
    "asin": _both(math.asin, cmath.asin, lambda v: -1 <= v <= 1),
    "acos": _both(math.acos, cmath.acos, lambda v: -1 <= v <= 1),
    "acosh": _both(math.acosh, cmath.acosh, lambda v: v >= 1),
    "atanh": _both(math.atanh, cmath.atanh, lambda v: -1 < v < 1),
    "sec": lambda v: 1 / _HEADS["cos"](v),
    "csc": lambda v: 1 / _HEADS["sin"](v),
    "cot": lambda v: 1 / _HEADS["tan"](v),
    "sech": lambda v: 1 / _HEADS["cosh"](v),
    "csch": lambda v: 1 / _HEADS["sinh"](v),
    "coth": lambda v: 1 / _HEADS["tanh"](v),
    "sinc": _sinc,
    "abs": abs,
    "sign": _real_only(lambda v: float((v > 0) - (v < 0))),
    "floor": _real_only(lambda v: float(math.floor(v))),
    "ceil": _real_only(lambda v: float(math.ceil(v))),
    "mod": lambda a, b: _real_only(lambda v: v - b * math.floor(v / b))(a),
    "max": lambda *v: max(v),
    "min": lambda *v: min(v),
    "re": lambda v: float(v.real),
    "im": lambda v: float(v.imag),
    "conjugate": lambda v: v.conjugate() if isinstance(v, complex) else v,
    "arg": lambda v: cmath.phase(v),
    "atan2": lambda y, x: math.atan2(y, x),
    "erf": _both(math.erf, lambda v: _mp(mpmath.erf)(v), _always),
    "erfc": _both(math.erfc, lambda v: _mp(mpmath.erfc)(v), _always),
    "erfi": _mp(mpmath.erfi),
    "gamma": _gammas,
    "loggamma": _mp(mpmath.loggamma),
    "digamma": _mp(mpmath.digamma),
    "polygamma": _mp(mpmath.polygamma),
    "polylog": _polylog,
    "Ei": _mp(mpmath.ei),
    "li": _mp(mpmath.li),
    "Si": _mp(mpmath.si),
    "Ci": _mp(mpmath.ci),
    "Shi": _mp(mpmath.shi),
    "Chi": _mp(mpmath.chi),
    "fresnels": _mp(mpmath.fresnels),
    "fresnelc": _mp(mpmath.fresnelc),
    "lambertw": _mp(mpmath.lambertw),
    "lambertwm1": _mp(lambda v: mpmath.lambertw(v, -1)),
    "besselj": _mp(mpmath.besselj),
    "bessely": _mp(mpmath.bessely),
    "besseli": _mp(mpmath.besseli),
    "besselk": _mp(mpmath.besselk),
    "elliptic_k": _mp(mpmath.ellipk),
    "elliptic_f": _mp(mpmath.ellipf),
    "elliptic_einc": _mp(mpmath.ellipe),
    "elliptic_e": _mp(mpmath.ellipe),
    "uppergamma": _mp(mpmath.gammainc),
    "lowergamma": _mp(lambda s, v: mpmath.gammainc(s, 0, v)),
    "zeta": _mp(mpmath.zeta),
    "airyai": _mp(mpmath.airyai),
    "airybi": _mp(mpmath.airybi),
    "airyaiprime": _mp(lambda v: mpmath.airyai(v, derivative=1)),
    "airybiprime": _mp(lambda v: mpmath.airybi(v, derivative=1)),
}


def program(terms: Sequence[Term]) -> Program | None:
    """The terms as one program, or `None` where a part of them is not known in doubles."""
    try:
        return Program(terms)
    except (Unknown, RecursionError):
        return None


__all__ = ["Program", "Unknown", "program"]
