"""Certified numbers: exact rationals as long as they last, then real and complex balls (FLINT).

Scalars are `fmpq`, `arb`, `acb`. A function applied to a ball gives a ball around every value of the function on it. Modes:

* `plain`: what a ball cannot decide raises `Unresolved`;
* `interval`: the ball is a piece of an integration range; an undecided condition is `None` and both branches are enclosed together;
* `analytic`: complex balls on which the integrand must be analytic; a ball that touches a branch cut raises `Unresolved`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from flint import acb, arb, fmpq, fmpz

from twofold.catalogue.index import functions
from twofold.core.registry import resolve
from twofold.numeric import cuts, domains, rationals, turns
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved
from twofold.numeric.series import Series, base
from twofold.numeric.turns import Turn, turn

Scalar = Any

LARGE_BITS = 1 << 16
"""Rationals longer than this go on as balls."""

LARGEST_STRUCTURE = 10**7


class Balls(Arithmetic):
    """Certified arithmetic; the precision is FLINT's context precision, set by the caller."""

    exact = True

    approximation = ""
    """The method by which integrals, infinite sums and limits are estimated; empty where only what is proved counts."""

    def __init__(self, reading: str, mode: str = "plain") -> None:
        super().__init__(reading)
        self.mode = mode
        self.partial = False  # Whether a value is that of a part of a ball alone, no other being seen to exist.
        self.zero = fmpq(0)
        self.one = fmpq(1)

    def rational(self, q: Fraction) -> Scalar:
        return fmpq(q.numerator, q.denominator)

    def constant(self, name: str) -> Scalar:
        if name == "im":
            return acb(0, 1)
        if name == "pi":
            return Turn(fmpq(1))
        made = {"e": arb.const_e, "euler_gamma": arb.const_euler, "oo": arb.pos_inf}.get(name)
        if made is None:
            raise CannotEvaluate(f"`{name}` has no numeric value")
        return made()

    # --- arithmetic --------------------------------------------------------------------------------------------------------------

    def add_(self, a: Scalar, b: Scalar) -> Scalar:
        if type(a) is fmpq and type(b) is fmpq:
            return _short(a + b)
        if type(a) is Turn and type(b) is Turn:
            return turn(a.q + b.q)
        if type(a) is Turn and type(b) is fmpq and b == 0:
            return a
        if type(b) is Turn and type(a) is fmpq and a == 0:
            return b
        return self.tidy(up(a) + up(b))

    def sub_(self, a: Scalar, b: Scalar) -> Scalar:
        if type(a) is fmpq and type(b) is fmpq:
            return _short(a - b)
        if type(a) is Turn and type(b) is Turn:
            return turn(a.q - b.q)
        return self.tidy(up(a) - up(b))

    def mul_(self, a: Scalar, b: Scalar) -> Scalar:
        if type(a) is fmpq:
            if type(b) is fmpq:
                return _short(a * b)
            if a == 0:
                return self._annihilated(b)
            if type(b) is Turn:
                return Turn(a * b.q)
        elif type(b) is fmpq:
            if b == 0:
                return self._annihilated(a)
            if type(a) is Turn:
                return Turn(a.q * b)
        return self.tidy(up(a) * up(b))

    def _annihilated(self, other: Scalar) -> Scalar:
        if not other.is_finite():
            raise Undefined("zero times infinity")
        return self.zero

    def div_(self, a: Scalar, b: Scalar) -> Scalar:
        if type(b) is fmpq:
            if b == 0:
                raise Undefined("division by zero")
            if type(a) is fmpq:
                return _short(a / b)
            if type(a) is Turn:
                return Turn(a.q / b)
        if type(a) is Turn and type(b) is Turn:
            return a.q / b.q
        if type(a) is fmpq and a == 0 and separated(b):
            return self.zero
        q = up(a) / up(b)
        if q.is_finite():
            return self.tidy(q)
        if self.is_zero(b):
            raise Undefined("division by zero")
        raise Unresolved("a denominator may be zero")

    def neg_(self, a: Scalar) -> Scalar:
        return Turn(-a.q) if type(a) is Turn else -a

    def pow_(self, a: Scalar, b: Scalar) -> Scalar:
        n = whole(b)
        if n is not None:
            return self._whole_power(a, n)
        if type(a) is fmpq and type(b) is fmpq:
            root = rationals.power(a, b)
            if root is not None:
                return root
        if self.is_zero(a):
            return self._power_of_zero(b)
        x, y = up(a), up(b)
        if isinstance(x, arb) and isinstance(y, arb):
            if x > 0:
                return self.finite(x.sqrt() if type(b) is fmpq and b == fmpq(1, 2) else x**y, "a power")
            if self.reading == "real":
                if x < 0 and not y.contains_integer():
                    raise Undefined("a negative number to a power that is not whole")
                if self.mode == "interval" and x >= 0 and y > 0:
                    return self.finite(x**y, "a power")
                raise Unresolved("the sign under a power")
        x, y = acb(x), acb(y)
        self._off_cut(x)
        return self.tidy(self.finite(x.pow(y), "a power"))

    def _whole_power(self, a: Scalar, n: int) -> Scalar:
        if n == 0:
            return self.one
        if type(a) is fmpq:
            if a == 0:
                if n < 0:
                    raise Undefined("zero to a negative power")
                return self.zero
            if a == 1 or a == -1:
                return self.one if a == 1 or n % 2 == 0 else -self.one
            if a.height_bits() * abs(n) <= LARGE_BITS:
                return a**n
        x = up(a)
        if isinstance(x, arb) and abs(n) > 1 << 20:
            size = abs(x)
            if not size > 0:
                if n > 0 and size < 1:
                    return self.finite(x**n, "a power") if n < 1 << 62 else arb(0, 1)
                raise Unresolved("a very high power of a number near zero")
            out = (size.log() * fmpz(n)).exp()
            if not out.is_finite():
                raise CannotEvaluate("a power too large to enclose")
            return -out if x < 0 and n % 2 else out
        if n < 0 and not separated(x):
            if self.is_zero(a):
                raise Undefined("zero to a negative power")
            raise Unresolved("a negative power of a number that may be zero")
        return self.tidy(self.finite(x**n, "a power"))

    def _power_of_zero(self, b: Scalar) -> Scalar:
        y = up(b)
        re = y.real if type(y) is acb else y
        if re > 0:
            return self.zero
        if re < 0:
            raise Undefined("zero to a negative power")
        if self.is_zero(b):
            return self.one
        raise Unresolved("zero to a power that may be zero")

    def finite(self, x: Scalar, what: str) -> Scalar:
        if x.is_finite():
            return x
        raise Unresolved(f"{what} is not enclosed")

    def tidy(self, x: Scalar) -> Scalar:
        """Complex numbers with imaginary part exactly 0 go on as real ones, so that branch cuts are met exactly."""
        if type(x) is acb and self.mode != "analytic" and x.imag.is_zero():
            return x.real
        return x

    def _off_cut(self, x: acb) -> None:
        """In the analytic mode, the principal logarithm must be analytic on the ball."""
        if self.mode == "analytic" and not (x.real > 0 or not x.imag.contains(0)):
            raise Unresolved("a branch cut")

    # --- functions ---------------------------------------------------------------------------------------------------------------

    def call_(self, name: str, args: Sequence[Scalar]) -> Scalar:
        own = _decisions().get(name)
        if own is not None:
            return own(self, *args)
        if all(type(a) is fmpq for a in args):
            value = rationals.function(name, args)
            if value is not None:
                return value
        if len(args) == 1 and type(args[0]) is Turn and name in turns.FUNCTIONS:
            return turns.FUNCTIONS[name](args[0].q)
        xs = [up(a) for a in args]
        handle = _handle(name)
        if any(type(x) is acb for x in xs):
            zs = [acb(x) for x in xs]
            if self.mode == "analytic" and not cuts.analytic(name, zs):
                raise Unresolved(f"a branch cut of {name}")
            if self.reading == "real" and not domains.guarded(name) and self.domain(name, args) is not True:
                raise Unresolved(f"the domain of {name}")
            return self.tidy(self.finite(_call(name, handle, zs), name))
        if self.reading == "real" and not domains.guarded(name) and self.domain(name, args) is not True:
            self._classify(name, args)
        out = _call(name, handle, xs)
        if isinstance(out, arb) and out.is_finite():
            return out
        self._classify(name, args)
        zs = [acb(x) for x in xs]
        return self.tidy(self.finite(_call(name, handle, zs), name))

    def _classify(self, name: str, args: Sequence[Scalar]) -> None:
        """A real function without a value: outside its domain, or not enclosed. In the complex reading the caller goes on."""
        inside = self.domain(name, args)
        if inside is False:
            if self.reading == "real" or cuts.pole(name, [up(a) for a in args]):
                raise Undefined(f"{name} outside its domain")
            return
        raise Unresolved(f"{name} is not enclosed")

    def domain(self, name: str, args: Sequence[Scalar]) -> bool | None:
        """Whether real arguments are in the declared domain."""
        truth: bool | None = self.interpret(*domains.condition(name, args))
        return truth

    # --- truth -------------------------------------------------------------------------------------------------------------------

    def compare_(self, op: str, a: Scalar, b: Scalar) -> bool | None:
        if type(a) is fmpq and type(b) is fmpq:
            return _EXACT[op](a, b)
        if type(a) is Turn and type(b) is Turn:
            return _EXACT[op](a.q, b.q)
        x, y = up(a), up(b)
        if op in ("eq", "ne"):
            if type(x) is not type(y):
                x, y = acb(x), acb(y)
            if not x.overlaps(y):
                return op == "ne"
            if x.is_exact() and y.is_exact():
                return op == "eq"
            return self._unknown("two numbers may be equal")
        if type(x) is acb or type(y) is acb:
            x, y = self.compared(x), self.compared(y)
        if _EXACT[op](x, y):
            return True
        if _EXACT[_OPPOSITE[op]](x, y):
            return False
        return self._unknown("the order of two numbers")

    def compared(self, z: Scalar) -> arb:
        """The real number that is compared: on a complex ball of an integration range, its real part decides for the real points."""
        if isinstance(z, arb) or self.mode == "analytic":
            return acb(z).real
        if z.imag.contains(0):
            raise Unresolved("a number that may be complex is compared")
        raise Undefined("a complex number is compared")

    def _unknown(self, what: str) -> None:
        if self.mode == "interval":
            return
        raise Unresolved(what)

    def same_(self, a: Scalar, b: Scalar, moving: bool) -> None:
        if moving and self.compare_("eq", a, b) is not False:
            raise CannotEvaluate("a derivative where a branch changes")

    def negate(self, p: bool | None) -> bool | None:
        return None if p is None else not p

    def both(self, p: bool | None, q: bool | None) -> bool | None:
        if p is False or q is False:
            return False
        return None if p is None or q is None else True

    def select(self, condition: bool | None, a: Any, b: Any) -> Any:
        if condition is None:
            return self.union(a, b)
        return a if condition else b

    def union(self, a: Any, b: Any) -> Any:
        """Balls around both values, entry by entry."""
        if isinstance(a, tuple) or isinstance(b, tuple):
            if not isinstance(a, tuple) or not isinstance(b, tuple) or len(a) != len(b):
                raise Unresolved("a piece whose cases differ in size")
            return tuple(self.union(p, q) for p, q in zip(a, b, strict=True))
        if isinstance(a, Series) or isinstance(b, Series):
            raise Unresolved("a derivative over a piece with several branches")
        if isinstance(a, bool) or a is None:
            return a if a is b else None
        x, y = up(a), up(b)
        return acb(x).union(acb(y)) if type(x) is acb or type(y) is acb else x.union(y)

    # --- structure ---------------------------------------------------------------------------------------------------------------

    def integer(self, a: Scalar) -> int:
        a = base(a)
        n = whole(a)
        if n is None:
            if type(a) is fmpq or not up(a).contains_integer():
                raise Undefined("a whole number is needed")
            raise Unresolved("a whole number is needed")
        if abs(n) > LARGEST_STRUCTURE:
            raise CannotEvaluate("a range, size or order too large to go through")
        return n

    def small_integer(self, a: Scalar) -> int | None:
        n = whole(a)
        return n if n is not None and abs(n) < 1 << 16 else None

    def is_zero(self, a: Scalar) -> bool:
        return bool(a == 0) if type(a) is fmpq else bool(a.is_zero())


# --- balls of numbers --------------------------------------------------------------------------------------------------------------


def up(a: Scalar) -> Scalar:
    """A rational, or a multiple of pi, as a ball at the current precision."""
    return arb(a) if type(a) is fmpq else a.here() if type(a) is Turn else a


def _short(a: fmpq) -> Scalar:
    return a if a.height_bits() <= LARGE_BITS else arb(a)


def separated(x: Scalar) -> bool:
    """Certainly not zero."""
    return x != 0 if type(x) is fmpq else not x.contains(0)


def whole(b: Scalar) -> int | None:
    """The whole number that a scalar is known to be."""
    if type(b) is fmpq:
        return int(b.p) if b.q == 1 else None
    if type(b) is acb:
        if not b.imag.is_zero():
            return None
        b = b.real
    if isinstance(b, arb) and b.is_exact() and b.is_integer():
        n = b.unique_fmpz()
        return None if n is None else int(n)
    return None


_EXACT: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b, "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}  # fmt: skip
_OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}


@cache
def _handle(name: str) -> Callable[..., Any] | None:
    """The declared certified evaluation of a function."""
    spec = functions().get(name)
    if spec is None or not spec.balls:
        return None
    package, _, method = spec.balls.partition(":")
    if package == "arb":
        return lambda x, *rest: getattr(x, method)(*rest)
    return resolve(spec.balls)  # type: ignore[no-any-return]


def _call(name: str, handle: Callable[..., Any] | None, xs: list[Any]) -> Any:
    if handle is None:
        raise CannotEvaluate(f"{name} has no certified evaluation")
    try:
        return handle(*xs)
    except AttributeError:
        raise CannotEvaluate(f"{name} has no certified evaluation for complex arguments") from None


@cache
def _decisions() -> dict[str, Callable[..., Scalar]]:
    from twofold.numeric.decisions import RULES

    return RULES
