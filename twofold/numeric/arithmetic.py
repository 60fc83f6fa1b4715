"""What every carrier of numbers offers, with derivatives on top.

A subclass supplies the operations on its own scalars (`add_`, `pow_`, `call_`, `compare_`, …); this class lifts them to `Series`, so that
one rule for each operation serves floats, balls and germs, nested derivatives included.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import Symbol, Term
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.series import Series, aligned, base, outermost

Scalar = Any
Truth = Any


class Arithmetic(ABC):
    """Numbers of one kind. `reading` is real or complex; `interpret` evaluates a term over given values (set by the evaluator)."""

    zero: Scalar
    one: Scalar
    exact = False
    interpret: Callable[[Term, Mapping[Symbol, Any]], Any]

    def __init__(self, reading: str) -> None:
        self.reading = reading
        self.complex_tags: set[int] = set()
        self.numbers: dict[Term, Scalar] = {}

    # --- supplied by the carrier ------------------------------------------------------------------------------------------------

    @abstractmethod
    def rational(self, q: Fraction) -> Scalar:
        """An exact rational."""

    @abstractmethod
    def constant(self, name: str) -> Scalar:
        """`pi e im oo euler_gamma`."""

    @abstractmethod
    def add_(self, a: Scalar, b: Scalar) -> Scalar: ...

    @abstractmethod
    def sub_(self, a: Scalar, b: Scalar) -> Scalar: ...

    @abstractmethod
    def mul_(self, a: Scalar, b: Scalar) -> Scalar: ...

    @abstractmethod
    def div_(self, a: Scalar, b: Scalar) -> Scalar: ...

    @abstractmethod
    def neg_(self, a: Scalar) -> Scalar: ...

    @abstractmethod
    def pow_(self, a: Scalar, b: Scalar) -> Scalar: ...

    @abstractmethod
    def call_(self, name: str, args: Sequence[Scalar]) -> Scalar:
        """A scalar function of the catalogue."""

    @abstractmethod
    def compare_(self, op: str, a: Scalar, b: Scalar) -> Truth: ...

    @abstractmethod
    def same_(self, a: Scalar, b: Scalar, moving: bool) -> Scalar | None:
        """Guards a branch point: refuses (or gives a mask of) points where a and b are equal while their difference moves."""

    @abstractmethod
    def integer(self, a: Scalar) -> int:
        """A whole number that decides structure: a size, an index, the end of a range, an order."""

    @abstractmethod
    def small_integer(self, a: Scalar) -> int | None:
        """The value where it is known to be a whole number of modest size."""

    @abstractmethod
    def is_zero(self, a: Scalar) -> bool:
        """Known to be exactly zero."""

    @abstractmethod
    def negate(self, p: Truth) -> Truth: ...

    @abstractmethod
    def both(self, p: Truth, q: Truth) -> Truth: ...

    @abstractmethod
    def select(self, condition: Truth, a: Any, b: Any) -> Any:
        """a where the condition holds, b elsewhere; values of any structure."""

    # --- lifted ------------------------------------------------------------------------------------------------------------------

    def number(self, n: int) -> Scalar:
        return self.rational(Fraction(n))

    def add(self, a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is not Series and b.__class__ is not Series:
            return self.add_(a, b)
        s = outermost(a, b)
        assert s is not None
        return self._termwise(self.add, s, a, b)

    def sub(self, a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is not Series and b.__class__ is not Series:
            return self.sub_(a, b)
        s = outermost(a, b)
        assert s is not None
        return self._termwise(self.sub, s, a, b)

    def _termwise(self, f: Callable[[Scalar, Scalar], Scalar], s: Series, a: Scalar, b: Scalar) -> Series:
        x, y = (aligned(v, s.tag, s.order, self.zero) for v in (a, b))
        return Series(s.tag, tuple(f(p, q) for p, q in zip(x, y, strict=True)))

    def neg(self, a: Scalar) -> Scalar:
        if isinstance(a, Series):
            return Series(a.tag, tuple(self.neg(c) for c in a.coefficients))
        return self.neg_(a)

    def mul(self, a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is not Series and b.__class__ is not Series:
            return self.mul_(a, b)
        s = outermost(a, b)
        assert s is not None
        x, y = (aligned(v, s.tag, s.order, self.zero) for v in (a, b))
        return Series(s.tag, tuple(self._convolve(x, y, k) for k in range(s.order + 1)))

    def _convolve(self, x: Sequence[Scalar], y: Sequence[Scalar], k: int) -> Scalar:
        out = None
        for j in range(k + 1):
            p, q = x[j], y[k - j]
            if p is self.zero or q is self.zero:
                continue
            t = self.mul(p, q)
            out = t if out is None else self.add(out, t)
        return self.zero if out is None else out

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is not Series and b.__class__ is not Series:
            return self.div_(a, b)
        s = outermost(a, b)
        assert s is not None
        x, y = (aligned(v, s.tag, s.order, self.zero) for v in (a, b))
        out: list[Scalar] = []
        for k in range(s.order + 1):
            t = x[k]
            for j in range(1, k + 1):
                if y[j] is not self.zero:
                    t = self.sub(t, self.mul(y[j], out[k - j]))
            out.append(self.div(t, y[0]))
        return Series(s.tag, tuple(out))

    def pow(self, a: Scalar, b: Scalar) -> Scalar:
        if a.__class__ is not Series and b.__class__ is not Series:
            return self.pow_(a, b)
        s = outermost(a, b)
        assert s is not None
        if isinstance(b, Series) and b.tag == s.tag:
            if all(self._vanishes(c) for c in b.coefficients[1:]):
                return self.pow(a, b.coefficients[0])
            return self.call("exp", [self.mul(b, self.call("log", [a]))])
        if not isinstance(a, Series) or a.tag != s.tag:
            raise AssertionError("the outermost series is an operand")
        n = None if isinstance(b, Series) else self.small_integer(b)
        if n is not None and 0 <= n <= 64:
            return self._repeated(a, n)
        if n is not None and -64 <= n < 0:
            return self.div(self.one, self._repeated(a, -n))
        return self._power_series(a, b)

    def _repeated(self, a: Scalar, n: int) -> Scalar:
        out: Scalar = None
        while n:
            if n & 1:
                out = a if out is None else self.mul(out, a)
            n >>= 1
            if n:
                a = self.mul(a, a)
        return self.one if out is None else out

    def _power_series(self, a: Series, b: Scalar) -> Series:
        """k a0 p_k = sum over j of (b j - (k - j)) a_j p_{k-j}."""
        x = a.coefficients
        out = [self.pow(x[0], b)]
        for k in range(1, a.order + 1):
            t = self.zero
            for j in range(1, k + 1):
                weight = self.sub(self.mul(b, self.number(j)), self.number(k - j))
                t = self.add(t, self.mul(self.mul(weight, x[j]), out[k - j]))
            out.append(self.div(t, self.mul(self.number(k), x[0])))
        return Series(a.tag, tuple(out))

    def compare(self, op: str, a: Scalar, b: Scalar) -> Truth:
        s = outermost(a, b)
        if s is None:
            return self.compare_(op, a, b)
        mask = self._guard(a, b)
        truth = self.compare_(op, base(a), base(b))
        return truth if mask is None else self.mul_(truth, mask)

    def _guard(self, a: Scalar, b: Scalar) -> Scalar | None:
        """A branch taken at a point says nothing about derivatives there if the condition changes at that point."""
        d = self.sub(a, b)
        return self.same_(base(a), base(b), self._moves(d))

    def _moves(self, d: Scalar) -> bool:
        if not isinstance(d, Series):
            return False
        return not all(self._vanishes(c) for c in d.coefficients[1:]) or self._moves(d.coefficients[0])

    def _vanishes(self, c: Scalar) -> bool:
        return all(map(self._vanishes, c.coefficients)) if isinstance(c, Series) else self.is_zero(c)

    def call(self, name: str, args: Sequence[Scalar]) -> Scalar:
        s = outermost(*args)
        if s is None:
            return self.call_(name, args)
        rule = _LIFTED.get(name)
        if rule is not None:
            return rule(self, s, *args)
        return self._chain(name, s, args)

    def _chain(self, name: str, s: Series, args: Sequence[Scalar]) -> Series:
        """The chain rule with the declared derivatives: one order is gained at a time."""
        spec = functions()[name]
        rows = [aligned(a, s.tag, s.order, self.zero) for a in args]
        first = self.call(name, [r[0] for r in rows])
        moving = [k for k, r in enumerate(rows) if not all(self._vanishes(c) for c in r[1:])]
        if not moving or s.order == 0:
            return Series(s.tag, (first, *(self.zero,) * s.order))
        names = {a.name: Symbol(a.name) for a in spec.arguments}
        values = {
            names[a.name]: Series(s.tag, r[:-1]) if s.order > 1 else r[0] for a, r in zip(spec.arguments, rows, strict=False)
        }
        slope: Scalar = None
        for k in moving:
            if k >= len(spec.derivative) or not spec.derivative[k]:
                raise CannotEvaluate(
                    f"no derivative of {name} by its argument {spec.arguments[min(k, len(spec.arguments) - 1)].name}"
                )
            outer = self.interpret(formula(spec.derivative[k], names), values)
            inner_row = tuple(self.mul(self.number(j), c) for j, c in enumerate(rows[k]) if j)
            inner = Series(s.tag, inner_row) if s.order > 1 else inner_row[0]
            t = self.mul(outer, inner)
            slope = t if slope is None else self.add(slope, t)
        row = aligned(slope, s.tag, s.order - 1, self.zero) if s.order > 1 else (slope,)
        return Series(s.tag, (first, *(self.div(c, self.number(k + 1)) for k, c in enumerate(row))))


# --- functions of a series with rules of their own --------------------------------------------------------------------------------


def _exp(m: Arithmetic, s: Series, a: Scalar) -> Series:
    x = aligned(a, s.tag, s.order, m.zero)
    out = [m.call("exp", [x[0]])]
    for k in range(1, s.order + 1):
        t = m.zero
        for j in range(1, k + 1):
            t = m.add(t, m.mul(m.mul(m.number(j), x[j]), out[k - j]))
        out.append(m.div(t, m.number(k)))
    return Series(s.tag, tuple(out))


def _log(m: Arithmetic, s: Series, a: Scalar) -> Series:
    x = aligned(a, s.tag, s.order, m.zero)
    out = [m.call("log", [x[0]])]
    for k in range(1, s.order + 1):
        t = m.mul(m.number(k), x[k])
        for j in range(1, k):
            t = m.sub(t, m.mul(m.mul(m.number(j), out[j]), x[k - j]))
        out.append(m.div(t, m.mul(m.number(k), x[0])))
    return Series(s.tag, tuple(out))


def _pair(odd: str, even: str, sign: int) -> tuple[Callable[..., Series], Callable[..., Series]]:
    """sin and cos (sign -1), sinh and cosh (sign 1), which differentiate into each other."""

    def both(m: Arithmetic, s: Series, a: Scalar) -> tuple[Series, Series]:
        x = aligned(a, s.tag, s.order, m.zero)
        p, q = [m.call(odd, [x[0]])], [m.call(even, [x[0]])]
        for k in range(1, s.order + 1):
            u = v = m.zero
            for j in range(1, k + 1):
                w = m.mul(m.number(j), x[j])
                u = m.add(u, m.mul(w, q[k - j]))
                v = m.add(v, m.mul(w, p[k - j]))
            p.append(m.div(u, m.number(k)))
            q.append(m.div(v, m.number(sign * k)))
        return Series(s.tag, tuple(p)), Series(s.tag, tuple(q))

    return (lambda m, s, a: both(m, s, a)[0]), (lambda m, s, a: both(m, s, a)[1])


def _sqrt(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
    return m.pow(a, m.rational(Fraction(1, 2)))


def _abs(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
    if m.reading == "complex":
        re, im = (Series(s.tag, tuple(m.call(part, [c]) for c in aligned(a, s.tag, s.order, m.zero))) for part in ("re", "im"))
        if not m._vanishes(im):
            return m.call("sqrt", [m.add(m.mul(re, re), m.mul(im, im))])
    return m.select(m.compare("gt", a, m.zero), a, m.neg(a))


def _sign(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
    return m.select(m.compare("gt", a, m.zero), m.one, m.select(m.compare("lt", a, m.zero), m.neg(m.one), m.zero))


def _step(name: str) -> Callable[..., Scalar]:
    """floor and ceil: constant except at whole numbers."""

    def rule(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
        value = m.call_(name, [base(a)])
        other = m.call_("ceil" if name == "floor" else "floor", [base(a)])
        mask = m.same_(value, other, m._moves(a))
        return value if mask is None else m.mul_(value, mask)

    return rule


def _heaviside(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
    return m.select(m.compare("gt", a, m.zero), m.one, m.zero)


def _extreme(op: str) -> Callable[..., Scalar]:
    def rule(m: Arithmetic, s: Series, *args: Scalar) -> Scalar:
        out = args[0]
        for a in args[1:]:
            out = m.select(m.compare(op, out, a), out, a)
        return out

    return rule


def _mod(m: Arithmetic, s: Series, a: Scalar, b: Scalar) -> Scalar:
    return m.sub(a, m.mul(b, m.call("floor", [m.div(a, b)])))


def _linear(name: str) -> Callable[..., Scalar]:
    """re, im and conjugate along a real direction."""

    def rule(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
        if s.tag in m.complex_tags:
            raise CannotEvaluate(f"{name} has no complex derivative")
        return Series(s.tag, tuple(m.call(name, [c]) for c in aligned(a, s.tag, s.order, m.zero)))

    return rule


def _argument(m: Arithmetic, s: Series, a: Scalar) -> Scalar:
    """The imaginary part of the logarithm along a real direction; its derivatives are those of im(u'/u) also where no logarithm is real."""
    if s.tag in m.complex_tags:
        raise CannotEvaluate("arg has no complex derivative")
    x = aligned(a, s.tag, s.order, m.zero)
    slope = [m.zero]
    for k in range(1, s.order + 1):
        t = m.mul(m.number(k), x[k])
        for j in range(1, k):
            t = m.sub(t, m.mul(m.mul(m.number(j), slope[j]), x[k - j]))
        slope.append(m.div(t, m.mul(m.number(k), x[0])))
    return Series(s.tag, (m.call("arg", [x[0]]), *(m.call("im", [c]) for c in slope[1:])))


_SIN, _COS = _pair("sin", "cos", -1)
_SINH, _COSH = _pair("sinh", "cosh", 1)
_LIFTED: dict[str, Callable[..., Scalar]] = {
    "exp": _exp, "log": _log, "sqrt": _sqrt, "sin": _SIN, "cos": _COS, "sinh": _SINH, "cosh": _COSH, "abs": _abs, "sign": _sign,
    "floor": _step("floor"), "ceil": _step("ceil"), "heaviside": _heaviside, "max": _extreme("gt"), "min": _extreme("lt"), "mod": _mod,
    "re": _linear("re"), "im": _linear("im"), "conjugate": _linear("conjugate"),
    "arg": _argument,
}  # fmt: skip
