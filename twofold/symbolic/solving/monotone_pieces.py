"""The zeros of a function that mixes kernels, all of them: between neighbouring zeros of the derivative it is monotone, so that the
signs at the ends tell how many there are (Rolle).

The zeros of the derivative come from the same method, or from the exact one where the derivative is simple enough. Where sines
and cosines appear with constant coefficients, they are bounded: beyond some number there are no zeros, before it the interval is
searched with proof.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, substitute, subterms
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.ring import CONTEXT, Ratio, fraction
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.isolation import Curve, Zero, ball, zeros_between
from twofold.symbolic.solving.places import EVERYTHING, Place, Span, at, before, between, inside, meet, ordered, place_of, union
from twofold.symbolic.solving.real_sets import pieces_of

_DEEPEST = 4
_FARTHEST = 14
_SIEVING = 1.0
"""Seconds of processor time for a polynomial that vanishes at all zeros."""


def exact_spans(relation: Term, symbol: Symbol, context: Context) -> list[Span]:
    """The solutions of a relation by the exact method. Raises `NotApplicable`, also where they are periodic."""
    found: list[Span] = []
    for part in pieces_of(relation, symbol, context):
        if part.period is not None:
            raise NotApplicable("the solutions are periodic")
        for p in part.pieces:
            low = None if p.low is None else place_of(part.reading, p.low)
            high = low if p.single else None if p.high is None else place_of(part.reading, p.high)
            found.append(Span(low, high, p.low_in, p.high_in))
    return union(found)


def domain_of(f: Term, symbol: Symbol, context: Context) -> list[Span]:
    """Where a function is defined, inside the declared range of the unknown."""
    return exact_spans(app("eq", f, f), symbol, context)


def all_zeros(f: Term, symbol: Symbol, context: Context, depth: int = 0) -> list[Place]:
    """All zeros, ascending, over the declared range of the unknown. Raises `NotApplicable` where the proof is not found."""
    try:
        spans = exact_spans(app("eq", f, num(0)), symbol, context)
        if all(s.single for s in spans):
            return [s.low for s in spans if s.low is not None]
    except (NotApplicable, NoEnclosure):
        pass
    if depth > _DEEPEST:
        raise NotApplicable("too many derivatives are needed")
    curve = Curve(f, symbol, context)
    lighter = _without_exponential(curve)
    if lighter is not None:
        curve = Curve(lighter, symbol, context)
    domain = domain_of(f, symbol, context)
    if depth == 0:
        from twofold.symbolic.solving.sieve import sieved

        try:
            made = within(_SIEVING, sieved, f, symbol, context, domain)
        except (NotApplicable, NoEnclosure, NoClosedForm):
            made = None
        if made is not None:
            return made
    try:
        return _bounded(curve, symbol, context, domain)
    except (NotApplicable, NoEnclosure):
        pass
    return _Rolle(curve, symbol, context, domain, depth).zeros()


class _Rolle:
    def __init__(self, curve: Curve, symbol: Symbol, context: Context, domain: list[Span], depth: int) -> None:
        self.curve, self.symbol, self.context, self.domain = curve, symbol, context, domain
        slope = curve.terms[1]
        cuts = turning(slope, symbol, context, depth)
        for s in domain_of(slope, symbol, context):
            cuts += [p for p in (s.low, s.high) if p is not None]
        self.cuts = ordered(cuts)

    def zeros(self) -> list[Place]:
        found: list[Place] = []
        for s in self.domain:
            if s.single:
                assert s.low is not None
                if self.sign_at(s.low) == 0:
                    found.append(s.low)
                continue
            inner = [p for p in self.cuts if inside(p, Span(s.low, s.high))]
            ends: list[Place | None] = [s.low, *inner, s.high]
            for k, (a, b) in enumerate(zip(ends, ends[1:], strict=False)):
                left_in = k > 0 or s.low_in
                right_in = k < len(ends) - 2 or s.high_in
                found += self.monotone(a, b, left_in and a is not None, right_in and b is not None)
        return ordered(found)

    def sign_at(self, p: Place) -> int:
        if p.value is not None:
            s = self.curve.sign(p.value)
            if s is not None:
                return s
        for bits in (64, 192, 640):
            with precision(bits):
                v = self.curve.at(p.enclosure(bits))
            if v is not None and (v > 0 or v < 0):
                return 1 if v > 0 else -1
        if p.term is not None and _vanishes(self.curve, p.term):
            return 0
        raise NotApplicable("the sign of a number is not found")

    def monotone(self, a: Place | None, b: Place | None, a_in: bool, b_in: bool) -> list[Place]:
        """The zeros on an interval on which the function is strictly monotone."""
        found: list[Place] = []
        middle = between(a, b)
        m = self.curve.sign(middle)
        # The slope has to exist; single points at which it is 0 (sin(x) - x at 0) do not end that the function is monotone.
        if m is None or not (self.curve.sign(middle, 1) or self.curve.sign(between(at(middle), b), 1)):
            raise NotApplicable("the sign of a number is not found")
        signs = [self.sign_at(p) if p is not None and p_in else None for p, p_in in ((a, a_in), (b, b_in))]
        found += [p for p, s in zip((a, b), signs, strict=True) if s == 0 and p is not None]
        if m == 0:
            return [at(middle)]
        if 0 in signs:
            return found
        for end, known, side in ((a, signs[0], -1), (b, signs[1], 1)):
            if known is not None:
                if known == -m:
                    assert end is not None
                    near = self.beside(end, middle, -m)
                    found.append(self.zero(*sorted((near, middle))))
                continue
            across = self.probe(end, middle, side, m)
            if across is not None:
                found.append(self.zero(*sorted((across, middle))))
        return found

    def beside(self, end: Place, middle: Fraction, sign: int) -> Fraction:
        """A rational number between an end and the middle at which the function still has the sign that it has at the end."""
        for bits in (64, 192, 640):
            ends = end.enclosure(bits)
            with precision(bits + 32):
                ends = ends + 0
            q = fraction((ends.upper() if end_before(ends, middle) else ends.lower()).fmpq())
            if q != middle and self.curve.sign(q) == sign:
                return q
        raise NotApplicable("the sign of a number is not found")

    def probe(self, end: Place | None, middle: Fraction, side: int, m: int) -> Fraction | None:
        """A number towards an end that the function does not reach at which its sign is the other one; `None`: there is none."""
        goal = None if end is None else fraction(end.enclosure(256).mid().fmpq())
        last, sizes = middle, []
        for j in range(_FARTHEST):
            q = middle + side * 2**j if goal is None else goal + (middle - goal) / 2 ** (j + 1)
            s = self.curve.sign(q)
            if s is None:
                break
            if s != m:
                return q
            last = q
            with precision(128):
                v = self.curve.at(ball(q))
            sizes.append(abs(v) if v is not None else None)
        first = next((v for v in sizes if v is not None), None)
        final = next((v for v in reversed(sizes) if v is not None), None)
        if first is not None and final is not None and final > first:
            # Monotone and already moving away from 0.
            return None
        del last
        x = symbol_for(self.symbol, self.context)
        target = (sp.oo if side > 0 else -sp.oo) if end is None else lower(end.term, self.context) if end.term else None
        if target is None:
            raise NotApplicable("the limit at an end is not found")
        try:
            found = limit_at(
                lower(self.curve.terms[0], self.context), x, target, "" if end is None else "-+"[side < 0], self.context
            )
        except NoClosedForm:
            found = None
        if found is None or not (found.is_zero or (found > 0) == (m > 0)):
            raise NotApplicable("the limit at an end is not found")
        return None

    def zero(self, low: Fraction, high: Fraction) -> Place:
        z = Zero(low, high)
        self.curve.refine(z, 40)
        if z.exact is None:
            q = between(at(z.low), at(z.high))
            if q.denominator < 2**12 and self.curve.vanishes(q):
                z.exact = q
        return at(z.exact) if z.exact is not None else Place(lambda bits: self.curve.refine(z, bits))


def end_before(ends: arb, middle: Fraction) -> bool:
    return bool(ends < ball(middle))


def _is_same(p: Place, end: Place | None) -> bool:
    return end is not None and (p is end or not before(p, end) and not before(end, p))


def turning(slope: Term, symbol: Symbol, context: Context, depth: int) -> list[Place]:
    """The places between which a function with this derivative is strictly monotone: the zeros of the derivative, or none where
    it never changes its sign and its zeros are isolated."""
    try:
        return all_zeros(slope, symbol, context, depth + 1)
    except (NotApplicable, NoEnclosure) as error:
        for relation in ("ge", "le"):
            try:
                whole = pieces_of(app(relation, slope, num(0)), symbol, context)
                never = pieces_of(app("eq", slope, num(0)), symbol, context)
            except (NotApplicable, NoEnclosure):
                continue
            everywhere = (
                len(whole) == 1 and len(whole[0].pieces) == 1 and whole[0].pieces[0].low is whole[0].pieces[0].high is None
            )
            if everywhere and all(p.single for part in never for p in part.pieces):
                return []
        raise NotApplicable("the zeros of the derivative are not found") from error


def _vanishes(curve: Curve, term: Term) -> bool:
    from twofold.grammar.term import substitute
    from twofold.symbolic.equations.reading import Reading
    from twofold.symbolic.equations.ring import Restart, Ring

    ring = Ring()
    try:
        value = Reading(ring, curve.context, "plain").scalar(substitute(curve.terms[0], {curve.symbol: term}))
    except (NotApplicable, Restart, NoClosedForm):
        return False
    return value.value() == 0


def _without_exponential(curve: Curve) -> Term | None:
    """The function divided by exponentials that all its terms have: then fewer derivatives are needed. The zeros stay."""
    ring, x = curve.ring, curve.unknown
    value = curve.values[0]
    powers = [k for k, g in enumerate(ring.generators) if g.kind == "power" and x in g.inside and g.argument is not None]

    def part(m: Any) -> tuple[int, ...]:
        return tuple(int(m[k]) for k in powers)

    found = sorted({part(m) for m, _ in value.top.terms()})
    under = [m for m, _ in value.bottom.terms()]
    if not powers or not found or len(under) != 1 or any(d for k, d in enumerate(under[0]) if k not in powers):
        return None
    divisor = found[0] if all(any(m) for m in found) else tuple(0 for _ in powers)
    if not any(divisor) and not any(under[0]):
        return None
    out: Term = num(0)
    for m, c in value.top.terms():
        plain = term_of(
            ring, Ratio(CONTEXT.from_dict({tuple(0 if k in powers else d for k, d in enumerate(m)): c}), CONTEXT.constant(1))
        )
        exponent = Ratio(CONTEXT.constant(0), CONTEXT.constant(1))
        for k, a, b in zip(powers, part(m), divisor, strict=True):
            exponent = exponent + Ratio(CONTEXT.constant(a - b), CONTEXT.constant(1)) * ring.generators[k].argument  # type: ignore[operator]
        out = app("add", out, plain if exponent.top.is_zero() else app("mul", plain, app("exp", term_of(ring, exponent))))
    return out


def _bounded(curve: Curve, symbol: Symbol, context: Context, domain: list[Span]) -> list[Place]:
    """Zeros where sines and cosines of the unknown have constant coefficients, or where the declared range is bounded."""
    ring, x = curve.ring, curve.unknown
    windows = [s for s in domain if s.low is not None and s.high is not None]
    if len(windows) < len(domain):
        top = curve.values[0].top
        turning_ones = {k for k, g in enumerate(ring.generators) if g.kind in ("sin", "cos") and x in g.inside}
        rest: dict[Any, Any] = {}
        size = arb(0)
        for m, c in top.terms():
            used = [k for k, d in enumerate(m) if d]
            if not turning_ones & set(used):
                rest[m] = c
                continue
            if any(k == x or x in ring.generators[k].inside for k in used if k not in turning_ones):
                raise NotApplicable("a coefficient of a sine is not constant")
            plain = {tuple(0 if k in turning_ones else d for k, d in enumerate(m)): c}
            size += abs(enclose.polynomial(ring, CONTEXT.from_dict(plain), {}))
        if not rest or len(rest) == len(top):
            raise NotApplicable("nothing is bounded")
        most = fraction(size.upper().fmpq()).limit_denominator(1000) + Fraction(1, 500)
        core = term_of(ring, Ratio(CONTEXT.from_dict(rest), CONTEXT.constant(1)))
        windows = [
            w for s in exact_spans(app("le", app("abs", core), Num(most)), symbol, context) for d in domain if (w := meet(s, d))
        ]
    found: list[Place] = []
    for s in windows:
        if s.low is None or s.high is None:
            raise NotApplicable("the zeros are not bounded")
        low, high = fraction(s.low.enclosure(64).lower().fmpq()), fraction(s.high.enclosure(64).upper().fmpq())
        for z in zeros_between(curve, low, high):
            p = at(z.exact) if z.exact is not None else Place(lambda bits, z=z: curve.refine(z, bits))
            if inside(p, s):
                found.append(p)
    return ordered(found)


def _constant(f: Term, symbol: Symbol, context: Context) -> list[tuple[Span, int]] | None:
    """The pieces of the domain with the sign there of a function whose derivative is 0 everywhere; `None` for others.

    Only functions that are continuous on every piece of their domain are looked at: a step has the derivative 0 too.
    """
    if not any(isinstance(t, App) and t.op in ("asin", "acos", "atan", "asinh", "acosh", "atanh", "log") for t in subterms(f)):
        return None
    if any(not isinstance(t, (Num, Const, Var)) and not (isinstance(t, App) and t.op in _CONTINUOUS) for t in subterms(f)):
        return None
    try:
        curve = Curve(f, symbol, context, 1)
        if not curve.values[1].top.is_zero():
            return None
        out = []
        for s in domain_of(f, symbol, context):
            q = s.low.value if s.single and s.low is not None else between(s.low, s.high)
            sign = curve.sign(q) if q is not None else None
            if sign is None and q is not None and lower(substitute(f, {symbol: Num(q)}), context) == 0:
                sign = 0
            if sign is None:
                return None
            out.append((s, sign))
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return None
    return out


_CONTINUOUS = frozenset(
    "add sub mul div neg pow sqrt exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh".split()
)


def relation_spans(relation: Term, symbol: Symbol, context: Context) -> list[Span]:
    """The solutions of one equation or inequality, or of several joined by `and`, with proof."""
    try:
        return exact_spans(relation, symbol, context)
    except (NotApplicable, NoEnclosure):
        pass
    if not isinstance(relation, App):
        raise NotApplicable("a part is not an equation or an inequality")
    if relation.op in ("and", "set", "tuple"):
        found = [EVERYTHING]
        for part in relation.args:
            other = relation_spans(part, symbol, context)
            found = [s for a in found for b in other if (s := meet(a, b)) is not None]
        return found
    if relation.op == "or":
        return union([s for part in relation.args for s in relation_spans(part, symbol, context)])
    if relation.op not in ("eq", "ne", "lt", "le", "gt", "ge"):
        raise NotApplicable("a part is not an equation or an inequality")
    f = app("sub", *relation.args)
    steady = _constant(f, symbol, context)
    if steady is not None:
        allowed = {"eq": (0,), "ne": (1, -1), "lt": (-1,), "gt": (1,), "le": (-1, 0), "ge": (0, 1)}[relation.op]
        return [s for s, sign in steady if sign in allowed]
    zeros = all_zeros(f, symbol, context)
    if relation.op == "eq":
        return [Span(p, p, True, True) for p in zeros]
    curve = Curve(f, symbol, context, 0)
    out: list[Span] = []
    for s in domain_of(f, symbol, context):
        inner = [p for p in zeros if inside(p, s)]
        within = [p for p in inner if (s.low is None or before(s.low, p)) and (s.high is None or before(p, s.high))]
        # A zero may be an end of the domain.
        low_zero, high_zero = (any(_is_same(p, e) for p in inner) for e in (s.low, s.high))
        ends: list[Place | None] = [s.low, *within, s.high]
        for a, b in zip(ends, ends[1:], strict=False):
            sign = curve.sign(between(a, b))
            if sign is None:
                raise NotApplicable("the sign of a number is not found")
            if relation.op == "ne" or (sign > 0) == (relation.op in ("gt", "ge")):
                low_in = a is not None and a is s.low and s.low_in and not low_zero
                high_in = b is not None and b is s.high and s.high_in and not high_zero
                out.append(Span(a, b, low_in, high_in))
        if relation.op in ("le", "ge"):
            out += [Span(p, p, True, True) for p in inner]
    return union(out)
