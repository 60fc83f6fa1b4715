"""Showing that a formula in several unknowns has no real solution: a tableau with linear elimination.

A branch holds signs of irreducible polynomials. Equations that are linear in an unknown with a coefficient that is not zero
remove it; products split; what is left closes by contradicting signs, by bounds, or, with one unknown left, on the line.
Kernels count as unknowns of their own (with their defining equations added), which allows more than there is: closing all
branches proves, an open one says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.catalogue.method import NotApplicable
from twofold.symbolic.equations.bounds import Bounds, Interval, bound_by, factored
from twofold.symbolic.equations.branch import RELATION, Branch, Closed
from twofold.symbolic.equations.eliminate import reduced, substituted
from twofold.symbolic.equations.enclose import is_constant
from twofold.symbolic.equations.enclose import sign as constant_sign
from twofold.symbolic.equations.formula import (
    FALSE,
    And,
    Atom,
    Fact,
    Formula,
    Or,
    atom,
    both,
    either,
    holds,
    literals,
    negate,
    rewrite,
)
from twofold.symbolic.equations.kernels import rational_power
from twofold.symbolic.equations.line import Line
from twofold.symbolic.equations.linear import infeasible
from twofold.symbolic.equations.monotone import difference
from twofold.symbolic.equations.plane import Plane
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import CONTEXT, ONE, Polynomial, Ratio, coefficients, constant_value, key_of, rational, used

_MOST_STEPS = 600
_LONGEST = 600


class Tableau:
    """One attempt at closing all branches of a formula. `open` keeps the branches that stayed open."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.ring = reading.ring
        self.steps = 0
        self.open: list[Branch] = []

    def closes(self, formula: Formula) -> bool:
        """Whether the formula is shown to have no solution."""
        start = Branch(self.reading.bounds.copy())
        return self.run(start, [formula, *self.relations(formula)])

    def relations(self, formula: Formula) -> Iterator[Formula]:
        """The equations that kernels satisfy."""
        found = {k for a in literals(formula) if isinstance(a, Atom) for k in used(a.polynomial)}
        for k in sorted(found):
            g = self.ring.generators[k]
            x = CONTEXT.gen(k)
            if g.kind == "root" and g.argument is not None:
                yield atom(x**g.index * g.argument.bottom - g.argument.top, "=")
            elif g.kind == "sin":
                key = next(key for key, j in self.ring.keys.items() if j == k)
                c = self.ring.keys.get(("cos", *key[1:]))
                if c is not None:
                    yield atom(x * x + CONTEXT.gen(c) ** 2 - ONE, "=")

    def run(self, b: Branch, pending: list[Formula]) -> bool:
        """Adds formulas to a branch, then splits until it closes or is left open."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise NotApplicable("too many cases")
        try:
            self.assume(b, pending)
            while self.eliminate(b) or self.reduce(b):
                pass
            b.check()
        except Closed:
            return True
        split = self.split(b)
        if split is None:
            if self.on_line(b) if not self.reading.complex else self.on_plane(b):
                return True
            if not self.reading.complex and infeasible([*b.relations(), *b.products], b.bounds):
                return True
            self.open.append(b)
            return False
        result = True
        for part in split:
            result = self.run(b.copy(), [part]) and result
            if not result and len(self.open) > 8:
                return False
        return result

    # --- adding -----------------------------------------------------------------------------------------------------------------

    def assume(self, b: Branch, pending: list[Formula]) -> None:
        """Adds formulas; disjunctions are kept, and looked at again whenever something became known."""
        queue = list(pending)
        while queue:
            f = queue.pop()
            if isinstance(f, And):
                queue.extend(f.parts)
            elif isinstance(f, Fact):
                if b.facts.setdefault(f.key, f.positive) != f.positive:
                    raise Closed
            elif isinstance(f, Atom):
                self.literal(b, f, queue)
            else:
                b.choices.append(f)
            if not queue:
                queue.extend(self.settle(b))

    def settle(self, b: Branch) -> list[Formula]:
        """What follows from disjunctions and products by what is known now."""
        out: list[Formula] = []
        kept: list[Or] = []
        for c in b.choices:
            f = b.simplified(c)
            if f == FALSE:
                raise Closed
            if isinstance(f, Or):
                kept.append(f)
            elif f != And(()):
                out.append(f)
        b.choices = kept
        products, b.products = b.products, []
        for p in products:
            before = dict(b.signs)
            self.literal(b, p, out)
            if b.signs != before:
                out.append(And(()))
        return out

    def literal(self, b: Branch, a: Atom, queue: list[Formula]) -> None:
        """Adds a literal: by the signs of its factors."""
        if len(a.polynomial) > _LONGEST:
            raise NotApplicable("a polynomial grew too long")
        possible = frozenset(s for s in b.sign(a.polynomial) if holds(s, a.relation))
        if not possible:
            raise Closed
        c, found = factored(a.polynomial)
        if a.relation == "=" and len([1 for f, _ in found if 0 in b.factor_signs(f)]) > 1:
            queue.append(either(*(atom(f, "=") for f, _ in found)))
            return
        if a.relation == "!=":
            for f, _ in found:
                self.learn(b, f, frozenset((-1, 1)), queue)
            return
        undecided = [(f, e) for f, e in found if len(b.factor_signs(f)) > 1]
        if a.relation == "=":
            for f, _ in found:
                if 0 in b.factor_signs(f):
                    self.learn(b, f, frozenset((0,)), queue)
            return
        if a.relation in (">", "<"):
            for f, _ in found:
                self.learn(b, f, frozenset((-1, 1)), queue)
        if len(undecided) == 1:
            f, e = undecided[0]
            rest = 1 if c > 0 else -1
            for g, k in found:
                if g is not f:
                    (s,) = b.factor_signs(g)
                    rest *= s if k % 2 else s * s
            fits = frozenset(s for s in b.factor_signs(f) if holds(rest * (s if e % 2 else s * s), a.relation))
            self.learn(b, f, fits, queue)
        elif len(undecided) > 1:
            b.products.append(a)

    def learn(self, b: Branch, f: Polynomial, signs: frozenset[int], queue: list[Formula]) -> None:
        """Narrows the signs of an irreducible polynomial."""
        key = key_of(f)
        now = b.factor_signs(f) & signs
        if not now:
            raise Closed
        new = now != b.signs.get(key)
        b.polynomials[key] = f
        b.signs[key] = now
        if new and now == {0}:
            queue.extend(self.consequences(b, f))
        if new and now in RELATION and b.bounds.all_real(f):
            queue.extend(self.arguments(b, f, RELATION[now]))
        ks = used(f)
        if len(ks) == 1 and now in RELATION and len(coefficients(f, ks[0])) == 2:
            bound_by(b.bounds, Atom(f, RELATION[now], None))
            if b.bounds.of(ks[0]).empty:
                raise Closed

    def arguments(self, b: Branch, f: Polynomial, relation: str) -> list[Formula]:
        """What the sign of a difference of two values of a monotone function says of the arguments."""
        w = difference(self.reading, f)
        if w is None:
            return []
        try:
            for k, u in b.removed:
                # What was eliminated stays so, or elimination would not end.
                w = substituted(w.top, k, u) / substituted(w.bottom, k, u)
        except ZeroDivisionError:
            return []
        return [atom(w.top if relation in ("=", "!=") else w.top * w.bottom, relation)]

    def consequences(self, b: Branch, f: Polynomial) -> list[Formula]:
        """Where a polynomial that is zero is a sum of terms of one sign, all of them are zero; where it is a quadratic whose
        discriminant is not positive, the discriminant and the derivative are zero."""
        if not b.bounds.all_real(f):
            return []
        terms = [CONTEXT.from_dict({m: c}) for m, c in f.terms()]
        if len(terms) > 1:
            signs = [b.sign(t) for t in terms]
            if all(s <= {0, 1} for s in signs) or all(s <= {-1, 0} for s in signs):
                return [atom(t, "=") for t in terms]
        for k in used(f):
            row = coefficients(f, k)
            if len(row) == 3 and len(f) < 30 and b.sign(row[2]) in ({1}, {-1}):
                d = row[1] * row[1] - 4 * row[2] * row[0]
                if 1 not in b.sign(d):
                    return [atom(d, "="), atom(2 * row[2] * CONTEXT.gen(k) + row[1], "=")]
        return []

    # --- elimination ------------------------------------------------------------------------------------------------------------

    def eliminate(self, b: Branch) -> bool:
        """Removes one unknown by an equation that is linear in it; whether there was one."""
        best: tuple[tuple[int, ...], Any, int, Ratio] | None = None
        for key, s in b.signs.items():
            if s != {0}:
                continue
            f = b.polynomials[key]
            for k in used(f):
                if is_constant(self.ring, k) and self.ring.generators[k].kind != "root":
                    continue
                row = coefficients(f, k)
                if len(row) != 2 or 0 in b.sign(row[1]):
                    continue
                rank = (int(not row[1].is_constant()), int(self.ring.generators[k].kind != "symbol"), len(f), k)
                if best is None or rank < best[0]:
                    best = rank, key, k, -Ratio(row[0], ONE) / Ratio(row[1], ONE)
        if best is None:
            return False
        _, key, k, u = best
        self.remove(b, key, k, u)
        return True

    def reduce(self, b: Branch) -> bool:
        """Adds what a statement says of a remainder by an equation, where that is simpler; whether there was one.

        Only where no unknown can be removed: x^2 == 2y^2 and x^2 + 2y^2 == 4 are linear in none, and give y^2 == 1.
        """
        zero = [b.polynomials[key] for key, s in b.signs.items() if s == {0}]
        for f in zero:
            for k in used(f):
                if is_constant(self.ring, k) or not coefficients(f, k)[-1].is_constant():
                    continue
                for key, s in b.signs.items():
                    g = b.polynomials[key]
                    if g is f or s not in RELATION or len(coefficients(g, k)) < len(coefficients(f, k)):
                        continue
                    r = remainder(g, f, k)
                    if r.is_zero() and 0 not in s:
                        raise Closed
                    made = key_of(r), s
                    if r.is_zero() or size(r) >= size(g) or b.sign(r) <= s or made in b.divided:
                        continue
                    b.divided |= {made}
                    self.steps += 1
                    if self.steps > _MOST_STEPS:
                        raise NotApplicable("too many cases")
                    self.assume(b, [atom(r, RELATION[s])])
                    return True
        return False

    def remove(self, b: Branch, key: Any, k: int, u: Ratio) -> None:
        """Puts a quotient for a generator everywhere."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise NotApplicable("too many cases")
        pending: list[Formula] = []
        real = b.bounds.real(k)
        natural = Bounds(self.ring).natural(k) if real else Interval()
        if not real and self.ring.generators[k].kind == "power":
            pending.append(atom(u.top, "!="))
        for end, inside, relation in ((natural.low, natural.low_in, ">"), (natural.high, natural.high_in, "<")):
            if not isinstance(end, float):
                made = u - Ratio(CONTEXT.constant(_rational(end)), ONE)
                pending.append(atom(made.top * made.bottom, relation + "=" if inside else relation))
        for other, s in b.signs.items():
            if other != key and s in RELATION:
                pending.append(self.put(Atom(b.polynomials[other], RELATION[s], None), k, u))
        pending.extend(self.put(a, k, u) for a in b.products)
        pending.extend(rewrite(c, lambda a: self.put(a, k, u)) for c in b.choices)
        b.signs, b.polynomials, b.products, b.choices = {}, {}, [], []
        b.bounds.forget(k)
        b.removed = (*b.removed, (k, u))
        self.assume(b, pending)

    def put(self, a: Atom, k: int, u: Ratio) -> Formula:
        """A literal with a quotient for a generator."""
        made = substituted(a.polynomial, k, u)
        return atom(reduced(self.reading, made.top if a.relation in ("=", "!=") else made.top * made.bottom), a.relation)

    # --- splitting --------------------------------------------------------------------------------------------------------------

    def split(self, b: Branch) -> list[Formula] | None:
        """The cases of the smallest choice: a disjunction, a leading coefficient, the sign of a factor."""
        if b.choices:
            c = min(b.choices, key=lambda o: len(o.parts))
            b.choices = [o for o in b.choices if o is not c]
            first, rest = c.parts[0], either(*c.parts[1:])
            return [first, both(negate(first), rest)] if isinstance(first, (Atom, Fact)) else [first, rest]
        for key, s in b.signs.items():
            if s == {0}:
                f = b.polynomials[key]
                for k in used(f):
                    row = coefficients(f, k)
                    if len(row) == 2 and not is_constant(self.ring, k) and 0 in b.sign(row[1]):
                        return [atom(row[1], "="), atom(row[1], "!=")]
        for a in b.products:
            for f, _ in factored(a.polynomial)[1]:
                if len(b.factor_signs(f)) > 1:
                    return [atom(f, ">"), atom(f, "="), atom(f, "<")]
        return self.roots(b)

    def roots(self, b: Branch) -> list[Formula] | None:
        """The two values of an unknown that a quadratic with rational coefficients gives, where more stands beside it."""
        generators = {k for f in b.polynomials.values() for k in used(f)}
        for key, s in b.signs.items():
            f = b.polynomials[key]
            ks = used(f)
            if s != {0} or len(generators) < 2 or len(ks) != 1 or not b.bounds.real(ks[0]):
                continue
            if self.ring.generators[ks[0]].kind != "symbol":
                continue
            x = Ratio(CONTEXT.gen(ks[0]), ONE)
            found = [atom((x - v).top, "=") for v in quadratic_roots(self.reading, f, ks[0])]
            if found:
                return [both(g, *self.relations(g)) for g in found]
        return None

    def on_plane(self, b: Branch) -> bool:
        """Whether a branch with one complex unknown is seen to be empty."""
        made = both(*b.relations(), *b.products)
        unknown = {k for f in b.polynomials.values() for k in used(f) if not is_constant(self.ring, k)}
        if len(unknown) != 1 or self.ring.generators[next(iter(unknown))].kind != "symbol":
            return False
        try:
            return Plane(self.reading, [made], unknown.pop()).decide(made)[1]
        except NotApplicable:
            return False

    def on_line(self, b: Branch) -> bool:
        """Whether a branch with one unknown is seen to be empty on the line."""
        parts: list[Formula] = [*b.relations(), *b.products]
        for p in list(parts):
            assert isinstance(p, Atom)
            if all(is_constant(self.ring, k) for k in used(p.polynomial)):
                s = constant_sign(self.ring, p.polynomial)
                if s is not None and not holds(s, p.relation):
                    return True
                parts.remove(p)
        unknown = {
            j
            for p in parts
            if isinstance(p, Atom)
            for k in used(p.polynomial)
            for j in (k, *self.ring.generators[k].inside)
            if self.ring.generators[j].kind == "symbol"
        }
        if len(unknown) != 1:
            return False
        try:
            made = both(*parts)
            return Line(self.reading, [made], unknown.pop()).decide(made).empty
        except NotApplicable:
            return False


def quadratic_roots(r: Reading, f: Polynomial, k: int) -> list[Ratio]:
    """The two real roots of a quadratic in one generator with rational coefficients; none where it has no two."""
    row = [constant_value(c) for c in coefficients(f, k)]
    if len(row) != 3 or any(v is None for v in row):
        return []
    c0, c1, c2 = (Fraction(v or 0) for v in row)
    d = c1 * c1 - 4 * c2 * c0
    if d <= 0:
        return []
    root = rational_power(r, rational(d), Fraction(1, 2))
    return [(rational(-c1) + v) / rational(2 * c2) for v in (root, -root)]


def remainder(g: Polynomial, f: Polynomial, k: int) -> Polynomial:
    """The remainder of a division in one generator; the leading coefficient of the divisor is a number."""
    row = coefficients(f, k)
    x, degree = CONTEXT.gen(k), len(row) - 1
    while not g.is_zero() and len(top := coefficients(g, k)) > degree:
        g = g - top[-1] * x ** (len(top) - 1 - degree) * f / row[-1]
    return g


def size(p: Polynomial) -> tuple[int, int]:
    """The total degree and the number of terms: what gets smaller from a polynomial to a remainder that is of use."""
    return int(p.total_degree()), len(p)


def _rational(value: Any) -> Any:
    q = Fraction(value)
    return fmpq(q.numerator, q.denominator)
