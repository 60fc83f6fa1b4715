"""Truncated multiseries: sums of powers of one element of a scale, whose coefficients are multiseries in smaller ones.

Every element of the scale tends to infinity, and log of one is o(log of the next). A series lists its terms by falling exponents; `end` is an exponent
above which all terms are listed, `None` where nothing is missing. `exact` tells what a series was made from: where all known coefficients cancel,
the whole is tested for zero by the normal form.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key
from math import gcd, lcm
from typing import Any, TypeAlias

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, Symbol, Term, num, var
from twofold.symbolic.asymptotic.constants import MINUS, ONE, ZERO, Constants, Number, Undecided
from twofold.symbolic.normal import GIVES_UP

LONGEST = 240
"""Steps of the lattice of exponents up to which rational series are composed densely."""


class Short(Exception):
    """More terms are needed."""


class Basis:
    """An element of the scale. `log` is its logarithm as a series, `None` for the lowest ones until it is asked for."""

    __slots__ = ("log", "rank", "term")

    def __init__(self, rank: float, term: Term, log: Value | None = None) -> None:
        self.rank, self.term, self.log = rank, term, log


class Series:
    __slots__ = ("b", "c", "e", "end", "exact")

    def __init__(self, b: Basis, e: list[Number], c: list[Value], end: Number | None, exact: Any) -> None:
        self.b, self.e, self.c, self.end, self.exact = b, e, c, end, exact


Value: TypeAlias = "Number | Series"


class Ring:
    """Arithmetic with multiseries of `terms` terms. With `deep`, sums whose known terms cancel are tested for zero."""

    def __init__(self, k: Constants, terms: int, deep: bool) -> None:
        self.k, self.terms, self.deep = k, terms, deep
        self.symbol = Symbol("X", lower=num(0), open_lower=True)
        self.x = Basis(0.0, var(self.symbol))
        self.scale = [self.x]
        """Smallest first."""
        self.sided = False
        """Whether the sign of 1/X was used: what is found holds on one side of the point."""

    # --- making ------------------------------------------------------------------------------------------------------------------

    def monomial(self, b: Basis, e: Number, c: Value = ONE) -> Series:
        if b is self.x and not (isinstance(e, fmpq) and e.q == 1):
            self.sided = True
        return Series(b, [e], [c], None, ("monomial", b, e, c))

    def make(self, b: Basis, e: list[Number], c: list[Value], end: Number | None, exact: Any) -> Value:
        """A series of the terms that are not 0, cut off after `terms` of them."""
        k = self.k
        kept_e: list[Number] = []
        kept_c: list[Value] = []
        for at, v in zip(e, c, strict=True):
            if isinstance(v, Series):
                if self.deep and self.is_doubtful(v) and self.vanishes(v):
                    continue
            elif not v if isinstance(v, fmpq) else k.is_zero(v):
                continue
            if len(kept_e) == self.terms:
                end = at
                break
            kept_e.append(at)
            kept_c.append(v)
        if end is None and (not kept_e or (len(kept_e) == 1 and isinstance(kept_e[0], fmpq) and not kept_e[0])):
            return kept_c[0] if kept_c else ZERO
        return Series(b, kept_e, kept_c, end, exact)

    def term(self, v: Value) -> Term:
        """What a value stands for, in X."""
        done: dict[int, Term] = {}

        def go(v: Value) -> Term:
            if not isinstance(v, Series):
                return self.k.term(v)
            if id(v) not in done:
                if v.exact is None:
                    raise Undecided
                op, *parts = v.exact
                if op == "monomial":
                    b, e, c = parts
                    power = App("pow", (b.term, self.k.term(e)))
                    done[id(v)] = power if isinstance(c, fmpq) and c == 1 else App("mul", (go(c), power))
                elif op == "source":
                    done[id(v)] = self.placed(parts[0])
                elif op == "part":
                    done[id(v)] = self._listed(parts[0], go)
                else:
                    done[id(v)] = App(op, tuple(map(go, parts)))
            return done[id(v)]

        return go(v)

    def placed(self, t: Term) -> Term:
        """A term as written, its variable in terms of X."""
        raise Undecided

    def _listed(self, v: Series, go: Any) -> Term:
        """A series with nothing missing, written out."""
        out: Term = num(0)
        for e, c in zip(v.e, v.c, strict=True):
            out = App("add", (out, App("mul", (go(c), App("pow", (v.b.term, self.k.term(e)))))))
        return out

    def is_doubtful(self, v: Value) -> bool:
        """Whether no leading term is known, on some level."""
        return isinstance(v, Series) and (not v.c or self.is_doubtful(v.c[0]))

    def vanishes(self, v: Series) -> bool:
        """Whether a series is 0 by the normal form of what it stands for."""
        try:
            e = self.k.c(self.term(v))
        except (*GIVES_UP, Undecided):
            return False
        return not self.k.f.zeroed(e.num)

    # --- leading terms -------------------------------------------------------------------------------------------------------------

    def clean(self, v: Value) -> Value:
        """The same with a leading term that is not 0 all the way down; 0 where all is 0. Raises `Short`."""
        if not isinstance(v, Series):
            return ZERO if self.k.is_zero(v) else v
        for i, c in enumerate(v.c):
            try:
                made = self.clean(c)
            except Short:
                if self.deep and self.vanishes(v):
                    return ZERO
                raise
            if isinstance(made, Series) or not self.k.is_zero(made):
                if i == 0 and made is c:
                    return v
                return Series(v.b, v.e[i:], [made, *v.c[i + 1 :]], v.end, v.exact)
        if v.end is None or (self.deep and self.vanishes(v)):
            return ZERO
        raise Short

    def lead(self, v: Value) -> tuple[list[tuple[Basis, Number]], Number]:
        """The leading monomial, greatest elements first, and its coefficient; `([], 0)` for 0."""
        v = self.clean(v)
        out: list[tuple[Basis, Number]] = []
        while isinstance(v, Series):
            if not isinstance(v.e[0], fmpq) or v.e[0]:
                out.append((v.b, v.e[0]))
            v = v.c[0]
        return out, v

    def trend(self, v: Value) -> int:
        """1 for what tends to infinity in size, 0 for a limit other than 0, -1 for what tends to 0 (also 0 itself)."""
        if isinstance(v, Series) and v.end is not None and not v.c and self.k.sign(v.end) < 0:
            return -1  # All that is known is an order.
        monomial, c = self.lead(v)
        if not monomial:
            return 0 if not isinstance(c, fmpq) or c else -1
        return self.k.sign(monomial[0][1])

    def sign(self, v: Value) -> int:
        """The sign near the point (0 for what is 0 there). Raises `Undecided`, `Short`."""
        monomial, c = self.lead(v)
        for b, e in monomial:
            if b is self.x and not (isinstance(e, fmpq) and e.q == 1 and int(e.p) % 2 == 0):
                self.sided = True
        return self.k.sign(c)

    def order(self, a: list[tuple[Basis, Number]], b: list[tuple[Basis, Number]]) -> int:
        """Which of two monomials is the greater one."""
        i = j = 0
        while i < len(a) or j < len(b):
            first = a[i] if i < len(a) else None
            second = b[j] if j < len(b) else None
            if first is not None and (second is None or first[0].rank > second[0].rank):
                return self.k.sign(first[1])
            if second is not None and (first is None or second[0].rank > first[0].rank):
                return -self.k.sign(second[1])
            assert first is not None and second is not None
            found = self.k.compare(first[1], second[1])
            if found:
                return found
            i, j = i + 1, j + 1
        return 0

    # --- arithmetic ------------------------------------------------------------------------------------------------------------------

    def _end(self, a: Number | None, b: Number | None) -> Number | None:
        if a is None or b is None:
            return b if a is None else a
        return a if self.k.compare(a, b) >= 0 else b

    def _known(self, e: list[Number], c: list[Value], end: Number | None) -> tuple[list[Number], list[Value]]:
        """The terms above an end."""
        if end is None:
            return e, c
        n = len(e)
        while n and self.k.compare(e[n - 1], end) <= 0:
            n -= 1
        return e[:n], c[:n]

    def add(self, a: Value, b: Value) -> Value:
        """The sum."""
        if not isinstance(a, Series):
            if not isinstance(b, Series):
                return self.k.add(a, b)
            a, b = b, a
        if not isinstance(b, Series):
            if isinstance(b, fmpq) and not b:
                return a
            return self._beside(a, b)
        if a.b is not b.b:
            return self._beside(a, b) if a.b.rank > b.b.rank else self._beside(b, a)
        end = self._end(a.end, b.end)
        e: list[Number] = []
        c: list[Value] = []
        i = j = 0
        while i < len(a.e) or j < len(b.e):
            way = 1 if j == len(b.e) else -1 if i == len(a.e) else self.k.compare(a.e[i], b.e[j])
            if way > 0:
                e.append(a.e[i])
                c.append(a.c[i])
                i += 1
            elif way < 0:
                e.append(b.e[j])
                c.append(b.c[j])
                j += 1
            else:
                e.append(a.e[i])
                c.append(self.add(a.c[i], b.c[j]))
                i, j = i + 1, j + 1
        return self.make(a.b, *self._known(e, c, end), end, ("add", a, b))

    def _beside(self, a: Series, v: Value) -> Value:
        """A value of a lower level added as a coefficient of exponent 0."""
        exact = ("add", a, v)
        if a.end is not None and self.k.sign(a.end) >= 0:
            return Series(a.b, a.e, a.c, a.end, exact)
        for i, at in enumerate(a.e):
            way = self.k.sign(at)
            if way == 0:
                c = [*a.c[:i], self.add(a.c[i], v), *a.c[i + 1 :]]
                return self.make(a.b, a.e, c, a.end, exact)
            if way < 0:
                return self.make(a.b, [*a.e[:i], ZERO, *a.e[i:]], [*a.c[:i], v, *a.c[i:]], a.end, exact)
        return self.make(a.b, [*a.e, ZERO], [*a.c, v], a.end, exact)

    def neg(self, a: Value) -> Value:
        return self.mul(MINUS, a)

    def sub(self, a: Value, b: Value) -> Value:
        return self.add(a, self.neg(b))

    def mul(self, a: Value, b: Value) -> Value:
        if not isinstance(a, Series):
            if not isinstance(b, Series):
                return self.k.mul(a, b)
            a, b = b, a
        if not isinstance(b, Series):
            if isinstance(b, fmpq):
                if not b:
                    return ZERO
                if b == 1:
                    return a
            return Series(a.b, a.e, [self.mul(x, b) for x in a.c], a.end, ("mul", a, b))
        exact = ("mul", a, b)
        if a.b is not b.b:
            if a.b.rank < b.b.rank:
                a, b = b, a
            return self.make(a.b, a.e, [self.mul(x, b) for x in a.c], a.end, exact)
        k = self.k
        first = a.e[0] if a.e else a.end
        second = b.e[0] if b.e else b.end
        if first is None or second is None:
            return ZERO
        end = self._end(
            None if b.end is None else k.add(first, b.end),
            None if a.end is None else k.add(second, a.end),
        )
        if len(a.e) == 1 or len(b.e) == 1:
            one, many = (a, b) if len(a.e) == 1 else (b, a)
            e = [k.add(one.e[0], x) for x in many.e]
            c = [self.mul(one.c[0], x) for x in many.c]
            return self.make(a.b, *self._known(e, c, end), end, exact)
        found: dict[Any, tuple[Number, Value]] = {}
        for x, u in zip(a.e, a.c, strict=True):
            for y, v in zip(b.e, b.c, strict=True):
                at = k.add(x, y)
                if end is not None and k.compare(at, end) <= 0:
                    break
                key = at if isinstance(at, fmpq) else at.key
                made = self.mul(u, v)
                found[key] = (at, self.add(found[key][1], made)) if key in found else (at, made)
        rows = list(found.values())
        if all(isinstance(r[0], fmpq) for r in rows):
            rows.sort(key=lambda r: r[0], reverse=True)
        else:
            rows.sort(key=cmp_to_key(lambda r, s: k.compare(s[0], r[0])))
        return self.make(a.b, [r[0] for r in rows], [r[1] for r in rows], end, exact)

    def relative(self, v: Series) -> tuple[Value, Value]:
        """v = C*b^e*(1 + d): C and d, for a clean series."""
        lead = v.c[0]
        end = None if v.end is None else self.k.sub(v.end, v.e[0])
        exact = ("sub", Series(v.b, [], [], None, ("div", v, Series(v.b, [], [], None, ("monomial", v.b, v.e[0], lead)))), ONE)
        if len(v.c) == 1 and end is None:
            return lead, ZERO
        inverse = self.inverse(lead)
        e = [self.k.sub(x, v.e[0]) for x in v.e[1:]]
        return lead, self.make(v.b, e, [self.mul(x, inverse) for x in v.c[1:]], end, exact)

    def shifted(self, v: Value, b: Basis, e: Number) -> Value:
        """v*b^e."""
        return v if isinstance(e, fmpq) and not e else self.mul(self.monomial(b, e), v)

    def inverse(self, v: Value) -> Value:
        v = self.clean(v)
        if not isinstance(v, Series):
            if self.k.is_zero(v):
                raise Undecided
            return self.k.inverse(v)
        lead, d = self.relative(v)
        series = self.composed(d, [ONE if i % 2 == 0 else MINUS for i in range(self.terms)], ("div", ONE, self._one_more(d)))
        out = self.shifted(self.mul(self.inverse(lead), series), v.b, self.k.neg(v.e[0]))
        if isinstance(out, Series):
            return Series(out.b, out.e, out.c, out.end, ("div", ONE, v))
        return out

    def _one_more(self, d: Value) -> Value:
        return Series(d.b, [], [], None, ("add", ONE, d)) if isinstance(d, Series) else ONE

    def div(self, a: Value, b: Value) -> Value:
        return self.mul(a, self.inverse(b))

    # --- power series in something small ---------------------------------------------------------------------------------------------

    def composed(self, d: Value, coefficients: Sequence[Value], exact: Any, finite: bool = False) -> Value:
        """sum of coefficients[i]*d^i for a d whose exponents are negative; what is beyond the coefficients is unknown, or 0 where they are `finite`."""
        if not isinstance(d, Series):
            if isinstance(d, fmpq) and not d:
                return coefficients[0]
            raise Undecided
        k = self.k
        first = d.e[0] if d.e else d.end
        if first is None:
            return coefficients[0]
        if k.sign(first) >= 0:
            raise Undecided
        end = None if finite else k.mul(first, fmpq(len(coefficients)))
        if d.end is not None:
            end = self._end(end, d.end)
        if all(isinstance(c, fmpq) for c in d.c) and all(isinstance(e, fmpq) for e in d.e):
            found = self._dense(d, coefficients, end, exact)
            if found is not None:
                return found
        out: Value = coefficients[-1]
        for c in reversed(coefficients[:-1]):
            out = self.add(self.mul(out, d), c)
        if isinstance(out, Series) and out.b is d.b:
            end = self._end(end, out.end)
            return self.make(d.b, *self._known(out.e, out.c, end), end, exact)
        if end is None:
            return out
        return self.make(d.b, [ZERO] if k.sign(end) < 0 else [], [out] if k.sign(end) < 0 else [], end, exact)

    def _dense(self, d: Series, coefficients: Sequence[Value], end: Number | None, exact: Any) -> Value | None:
        """The same for rational coefficients and exponents of d, with FLINT's polynomials."""
        if not d.e:
            return self.make(d.b, [ZERO], [coefficients[0]], end, exact)
        below = lcm(*(int(e.q) for e in d.e))
        steps = [-int((e * below).p) for e in d.e]
        g = gcd(*steps)
        steps = [s // g for s in steps]
        if end is None:
            size = steps[-1] * (len(coefficients) - 1) + 1
        elif isinstance(end, fmpq):
            reach = -end * fmpq(below, g)
            size = int(reach.ceil())
        else:
            return None
        if size > LONGEST:
            return None
        dense = [fmpq(0)] * (steps[-1] + 1)
        for s, c in zip(steps, d.c, strict=True):
            dense[s] = c
        p = fmpq_poly(dense)
        made: list[Value]
        if all(isinstance(c, fmpq) for c in coefficients):
            out = fmpq_poly([])
            for c in reversed(coefficients):
                out = (out * p).truncate(size) + c
            made = [out[i] for i in range(size)]
        else:
            made = [ZERO] * size
            powers = fmpq_poly([1])
            for c in coefficients:
                for i in range(min(size, powers.length())):
                    if powers[i]:
                        made[i] = self.add(made[i], self.mul(c, powers[i]))
                powers = (powers * p).truncate(size)
        step = fmpq(-g, below)
        kept = [i for i in range(size) if not isinstance(made[i], fmpq) or made[i]]
        return self.make(d.b, [step * i for i in kept], [made[i] for i in kept], end, exact)


def is_small(v: Value) -> bool:
    """Whether a value is the rational number 0."""
    return isinstance(v, fmpq) and not v


__all__ = ["Basis", "Ring", "Series", "Short", "Value", "is_small"]
