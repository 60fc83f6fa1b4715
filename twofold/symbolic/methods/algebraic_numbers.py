"""Equality of constants built from rationals by arithmetic, roots and roots of unity: a separation bound and an enclosure below it.

Every node is written as U/L with algebraic integers U and L in the field of the roots used, a root of a/b being the root of a*b^(k-1) over b; u and l
bound the absolute values of all conjugates of U and L, and D, the product of the degrees of the roots, bounds the degree of the field. The norm of a
nonzero U is at least 1, so |U/L| >= 1/(u^(D-1) * l). After Burnikel, Fleischer, Mehlhorn, Schirra, "A strong and easily computable separation bound for
arithmetic expressions involving radicals" (2000).
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any

from flint import acb, arb, ctx, fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Const, Num, Term, free_symbols

_LARGEST_DEGREE = 1 << 14
_BITS = 600_000


class _Bound:
    """log2 bounds of the conjugates of a node, and the degrees of the distinct roots met."""

    def __init__(self) -> None:
        self.roots: dict[Term, int] = {}
        self.order = 1

    def degree(self) -> int:
        d = 1
        for k in self.roots.values():
            d *= k
        if self.order > 1:
            d *= _totient(self.order)
        return d

    def of(self, t: Term) -> tuple[float, float]:
        """(log2 u, log2 l) for a term."""
        if isinstance(t, Num):
            return _log2(abs(t.value.numerator)), _log2(t.value.denominator)
        if isinstance(t, Const):
            if t.name == "im":
                self.order = lcm(self.order, 4)
                return 0.0, 0.0
            raise NotApplicable(f"{t.name} is not an algebraic number")
        if not isinstance(t, App):
            raise NotApplicable("not an algebraic expression")
        op, args = t.op, t.args
        if op in ("add", "sub"):
            (u, m), (v, n) = self.of(args[0]), self.of(args[1])
            return max(u + n, v + m) + 1, m + n
        if op == "mul":
            (u, m), (v, n) = self.of(args[0]), self.of(args[1])
            return u + v, m + n
        if op == "div":
            (u, m), (v, n) = self.of(args[0]), self.of(args[1])
            return u + n, m + v
        if op == "neg":
            return self.of(args[0])
        if op in ("sqrt", "cbrt"):
            return self.root(t, args[0], 2 if op == "sqrt" else 3)
        if op == "root":
            k = rational(args[1])
            if k is None or k.denominator != 1 or not 1 < k < 64:
                raise NotApplicable("a root of another degree")
            return self.root(t, args[0], int(k))
        if op == "pow":
            e = rational(args[1])
            if e is None or abs(e) > 4096:
                raise NotApplicable("a power that is not rational")
            u, m = self.of(args[0])
            if e.denominator > 1:
                u, m = self.root(App("root", (args[0], args[1])), args[0], e.denominator)
            k = abs(e.numerator)
            if e < 0:
                u, m = m, u
            return u * k, m * k
        if op in ("sin", "cos", "tan", "cot", "sec", "csc"):
            return self.turn(op, args[0])
        raise NotApplicable(f"{op} is not algebraic")

    def root(self, t: Term, inside: Term, k: int) -> tuple[float, float]:
        u, m = self.of(inside)
        self.roots[t] = k
        # The root of a/b is that of a*b^(k-1) over b: integers stay integers.
        return (u + (k - 1) * m) / k, m

    def turn(self, op: str, angle: Term) -> tuple[float, float]:
        r = _over_pi(angle)
        if r is None:
            raise NotApplicable("an angle that is not a rational multiple of pi")
        # sin and cos are (z -+ 1/z)/2 (over i), z a root of unity; both are half of algebraic integers of size at most 2.
        self.order = lcm(self.order, 2 * r.denominator, 4)
        if self.order > 4000:
            raise NotApplicable("an angle with a large denominator")
        # The others are quotients of such integers.
        return 1.0, 1.0


def _over_pi(t: Term) -> Fraction | None:
    """The rational r where a term is r*pi."""
    if t == Const("pi"):
        return Fraction(1)
    if isinstance(t, App):
        if t.op == "mul":
            for a, b in (t.args, t.args[::-1]):
                q, r = rational(a), _over_pi(b)
                if q is not None and r is not None:
                    return q * r
        if t.op == "div":
            r, q = _over_pi(t.args[0]), rational(t.args[1])
            return r / q if r is not None and q else None
        if t.op == "neg":
            r = _over_pi(t.args[0])
            return None if r is None else -r
        if t.op in ("add", "sub"):
            a_, b_ = _over_pi(t.args[0]), _over_pi(t.args[1])
            if a_ is not None and b_ is not None:
                return a_ + b_ if t.op == "add" else a_ - b_
    return Fraction(0) if rational(t) == 0 else None


def _log2(n: int) -> float:
    return float(n.bit_length())


def _totient(n: int) -> int:
    out, p, m = n, 2, n
    while p * p <= m:
        if m % p == 0:
            while m % p == 0:
                m //= p
            out -= out // p
        p += 1
    return out - out // m if m > 1 else out


class _Value:
    """A ball evaluation of the same expressions, on principal values."""

    def __init__(self, real: bool) -> None:
        self.real = real

    def of(self, t: Term) -> Any:
        if isinstance(t, Num):
            return acb(arb(fmpq(t.value.numerator, t.value.denominator)))
        if isinstance(t, Const):
            return acb(0, 1)
        assert isinstance(t, App)
        if t.op in ("sin", "cos", "tan", "cot", "sec", "csc"):
            r = _over_pi(t.args[0])
            assert r is not None
            x = arb(fmpq(r.numerator, r.denominator))
            s, c = x.sin_pi(), x.cos_pi()
            if t.op in ("tan", "sec", "cot", "csc") and (c if t.op in ("tan", "sec") else s).contains(0):
                raise NotApplicable("a division that may be by zero")
            return acb(
                {
                    "sin": lambda: s,
                    "cos": lambda: c,
                    "tan": lambda: s / c,
                    "cot": lambda: c / s,
                    "sec": lambda: 1 / c,
                    "csc": lambda: 1 / s,
                }[t.op]()
            )
        args = [self.of(a) for a in t.args]
        if t.op == "add":
            return args[0] + args[1]
        if t.op == "sub":
            return args[0] - args[1]
        if t.op == "mul":
            return args[0] * args[1]
        if t.op == "div":
            if args[1].contains(0):
                raise NotApplicable("a division that may be by zero")
            return args[0] / args[1]
        if t.op == "neg":
            return -args[0]
        if t.op == "cbrt" or (t.op == "root" and int(rational(t.args[1]) or 2) % 2):
            k = 3 if t.op == "cbrt" else int(rational(t.args[1]) or 3)
            if args[0].real < 0:
                return -((-args[0]).root(k))
            return self.principal(args[0], Fraction(1, k))
        e = (
            Fraction(1, 2)
            if t.op == "sqrt"
            else 1 / (rational(t.args[1]) or Fraction(1))
            if t.op == "root"
            else rational(t.args[1])
        )
        assert e is not None
        if e.denominator == 1:
            if e < 0 and args[0].contains(0):
                raise NotApplicable("a division that may be by zero")
            return args[0] ** int(e)
        return self.principal(args[0], e)

    def principal(self, x: acb, e: Fraction) -> acb:
        if self.real and not x.real > 0:
            raise NotApplicable("a root of what may not be positive")
        if x.imag.contains(0) and not x.real > 0:
            raise NotApplicable("a root near its branch cut")
        root = x.root(e.denominator)
        return root**e.numerator


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where an enclosure of the difference is smaller than any nonzero value could be."""
    if free_symbols(goal.left) or free_symbols(goal.right) or goal.left.shape:
        raise NotApplicable("not a constant")
    difference = App("sub", (goal.left, goal.right))
    bound = _Bound()
    u, m = bound.of(difference)
    d = bound.degree()
    if d > _LARGEST_DEGREE:
        raise NotApplicable(f"an algebraic number of degree up to {d}")
    bits = int((d - 1) * u + m + 8)
    if bits > _BITS:
        raise NotApplicable("a separation bound beyond reach")
    with ctx.workprec(bits + 128):
        value = _Value(goal.reading == "real").of(difference)
        size = abs(value)
        if size < arb(2) ** (-bits):
            return Evidence(
                "algebraic numbers", Truth.PROVED, Strength.PROOF, f"degree at most {d}, {bits} bits", effective=1, points=1
            )
    raise NotApplicable("the difference is not smaller than the separation bound")


SPEC = Method(
    name="algebraic numbers",
    relations=frozenset({"=="}),
    cost=6,
    concludes=frozenset({Truth.PROVED}),
    soundness="a nonzero algebraic number is not smaller than a bound computed from its expression",
    run=run,
    holds=("sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)", "cos(pi/5) == (1 + sqrt(5))/4"),
    fails=(),
    open=("sqrt(2) + sqrt(3) == pi", "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3) + 1/10^30"),
)
