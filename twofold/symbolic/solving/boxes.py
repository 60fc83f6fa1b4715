"""Zeros of systems of as many functions as unknowns, isolated with proof by Krawczyk's operator on boxes.

With Y near the inverse of the Jacobian at the middle m of a box X, K = m - Y f(m) + (1 - Y J(X))(X - m): a zero in X lies in K; if K
lies inside X there is exactly one. Source: Moore, Kearfott, Cloud, "Introduction to Interval Analysis", ch. 8.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, arb_mat

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Ratio, Restart, Ring, fraction
from twofold.symbolic.solving.isolation import ball, hull

Box = list[tuple[Fraction, Fraction]]
_MOST_BOXES = 4000
_MOST_READINGS = 12


class System:
    """Functions with their Jacobian, evaluated in balls."""

    def __init__(self, functions: list[Term], symbols: list[Symbol], context: Context) -> None:
        try:
            rows = [[nth(f, s, 1) for s in symbols] for f in functions]
        except NoClosedForm as error:
            raise NotApplicable("a derivative is not found") from error
        steps: dict[object, Fraction] = {}
        for _ in range(_MOST_READINGS):
            self.ring = Ring(steps=steps)
            reading = Reading(self.ring, context, "plain")
            try:
                self.values: list[Ratio] = [reading.scalar(f) for f in functions]
                self.slopes = [[reading.scalar(t) for t in row] for row in rows]
                break
            except Restart:
                steps = self.ring.steps
        else:
            raise NotApplicable("the multiples of an angle or exponent have no common measure")
        self.places = [self.ring.keys.get(("symbol", s), -1) for s in symbols]
        self.size = len(symbols)

    def f(self, x: list[arb]) -> list[arb]:
        at = dict(zip(self.places, x, strict=True))
        return [enclose.quotient(self.ring, v, at) for v in self.values]

    def jacobian(self, x: list[arb]) -> arb_mat:
        at = dict(zip(self.places, x, strict=True))
        return arb_mat([[enclose.quotient(self.ring, v, at) for v in row] for row in self.slopes])

    def krawczyk(self, box: Box) -> list[arb] | None:
        """The image of a box; `None` where it cannot be formed."""
        n = self.size
        middle = [ball((a + b) / 2) for a, b in box]
        wide = [hull(a, b) for a, b in box]
        try:
            here = self.jacobian(middle)
            y = arb_mat([[arb(here[i, j].mid()) for j in range(n)] for i in range(n)]).inv()
            y = arb_mat([[arb(y[i, j].mid()) for j in range(n)] for i in range(n)])
            rest = arb_mat([[1 if i == j else 0 for j in range(n)] for i in range(n)]) - y * self.jacobian(wide)
            value = y * arb_mat([[v] for v in self.f(middle)])
            moved = rest * arb_mat([[w - m] for w, m in zip(wide, middle, strict=True)])
        except (NoEnclosure, ZeroDivisionError, ValueError):
            return None
        found = [middle[i] - value[i, 0] + moved[i, 0] for i in range(n)]
        return found if all(k.is_finite() for k in found) else None

    def sharpened(self, box: Box, digits: int) -> Box | None:
        """A smaller box with the only zero of a box; `None` where it is not shown that there is exactly one."""
        proved = False
        for _ in range(60):
            k = self.krawczyk(box)
            if k is None:
                return None
            ends = [(fraction(v.lower().fmpq()), fraction(v.upper().fmpq())) for v in k]
            inside = all(a < c and d < b for (a, b), (c, d) in zip(box, ends, strict=True))
            proved = proved or inside
            new = [(max(a, c), min(b, d)) for (a, b), (c, d) in zip(box, ends, strict=True)]
            if any(a > b for a, b in new):
                return None
            if not proved:
                return None
            if all(b - a < max(abs(a), Fraction(1, 10**6)) / Fraction(10) ** (digits + 2) for a, b in new):
                return new
            if new == box:
                return None
            box = new
        return None


def certified(functions: list[Term], symbols: list[Symbol], start: list[Fraction], context: Context) -> Box | None:
    """A small box around a number that is nearly a zero, in which there is exactly one; `None` where that is not shown."""
    try:
        system = System(functions, symbols, context)
        with precision(int(context.digits * 3.33) + 80):
            for radius in (Fraction(1, 10**8), Fraction(1, 10**5), Fraction(1, 10**11)):
                found = system.sharpened(
                    [(q - radius * max(1, abs(q)), q + radius * max(1, abs(q))) for q in start], context.digits
                )
                if found is not None:
                    return found
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return None
    return None


def zeros_in(functions: list[Term], symbols: list[Symbol], box: Box, context: Context) -> list[Box]:
    """All zeros in a box, each in a small box of its own. Raises `NotApplicable` where the proof is not found."""
    system = System(functions, symbols, context)
    found: list[Box] = []
    # A little more than was asked for, so that no zero lies on the edge.
    margin = [(a - (b - a) / 10007, b + (b - a) / 10009) for a, b in box]
    stack = [margin]
    boxes = 0
    with precision(int(context.digits * 3.33) + 80):
        while stack:
            here = stack.pop()
            boxes += 1
            if boxes > _MOST_BOXES:
                raise NotApplicable("the zeros are not isolated")
            wide = [hull(a, b) for a, b in here]
            try:
                values = system.f(wide)
                if any(v > 0 or v < 0 for v in values):
                    continue
            except NoEnclosure:
                pass
            k = system.krawczyk(here)
            if k is not None:
                ends = [(fraction(v.lower().fmpq()), fraction(v.upper().fmpq())) for v in k]
                if any(d < a or c > b for (a, b), (c, d) in zip(here, ends, strict=True)):
                    continue
                if all(a < c and d < b for (a, b), (c, d) in zip(here, ends, strict=True)):
                    small = system.sharpened(here, context.digits)
                    if small is None:
                        raise NotApplicable("the zeros are not isolated")
                    found.append(small)
                    continue
                met = [(max(a, c), min(b, d)) for (a, b), (c, d) in zip(here, ends, strict=True)]
                if all((d - c) * 2 < b - a for (a, b), (c, d) in zip(here, met, strict=True)):
                    stack.append(met)
                    continue
            widest = max(range(len(here)), key=lambda i: here[i][1] - here[i][0])
            a, b = here[widest]
            if b - a < Fraction(1, 2**40):
                raise NotApplicable("a zero may be a multiple one")
            cut = Fraction(round((a + (b - a) * Fraction(497, 1000)) * 2**44), 2**44)
            for part in ((a, cut), (cut, b)):
                stack.append([*here[:widest], part, *here[widest + 1 :]])
    inside = [z for z in found if all(d >= a and c <= b for (a, b), (c, d) in zip(box, z, strict=True))]
    out: list[Box] = []
    for z in sorted(inside):
        # A zero on a cut is found from both sides.
        if not any(all(a <= d and c <= b for (a, b), (c, d) in zip(z, w, strict=True)) for w in out):
            out.append(z)
    return out
