"""Checks of Laplace and Fourier transforms: the integrals by quadrature, damped ones where a transform has `dirac` in it."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, distance, points, value, verdict
from twofold.engine.comparison import compare
from twofold.grammar.term import OO, App, Bound, Const, Num, Symbol, Term, Var, children, num, rebuild, substitute, subterms, var
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context

_DAMPINGS = (4, 8, 16, 32, 64)
"""Reciprocals of the rates at which an integrand is damped; what is found is extrapolated to no damping."""


def laplace(question: Term, answer: Term, context: Context) -> Check | None:
    """The transform as an integral, by quadrature."""
    if not isinstance(question, App):
        return None
    f, t, s = question.args
    if answer.sort == "text":
        return Check("quadrature", None, None, EXACT_ROUTE, "the transform has no value to compare")
    if not isinstance(t, Var):
        return None
    x = Symbol(t.symbol.name, lower=num(0))
    kernel = App("exp", (App("neg", (App("mul", (s, var(x))),)),))
    spikes = _spikes(f)
    body = App("mul", (substitute(_without(f, spikes), {t.symbol: var(x)}), kernel))
    integral: Term = Bound("integrate", (x,), body, (num(0), OO))
    if not spikes:
        return compare(integral, answer, context)
    errors = []
    for p in points([f, s, answer], context, 5, without=[t.symbol]):
        claimed, found = value(answer, p, context), value(integral, p, context)
        for spike in spikes:
            place = _place(spike, t.symbol, p, context)
            if place is None or found is None or place < 0:
                found = found if place is not None else None
                continue
            q = {**p, t.symbol: place}
            weight = _weight(f, spike, spikes, t.symbol, q, context)
            decay = value(App("exp", (App("neg", (App("mul", (s, Num(place))),)),)), q, context)
            found = None if weight is None or decay is None else found + weight.real * decay
        if claimed is not None and found is not None:
            errors.append(distance(found, claimed))
    return verdict("quadrature, and the weights of dirac", errors)


def inverse_laplace(question: Term, answer: Term, context: Context) -> Check | None:
    """The Laplace transform of the answer, by quadrature, at values of its variable right of all that is there; `dirac(t - c)`
    counts as exp(-c*s)."""
    if not isinstance(question, App):
        return None
    f, s, t = question.args
    if not isinstance(t, Var) or not isinstance(s, Var):
        return None
    if answer.sort == "text":
        return Check("the Laplace integral of the answer", None, None, EXACT_ROUTE, "there is no value to compare")
    spikes = _spikes(answer)
    errors = []
    for p in points([f, answer], context, 3, without=[s.symbol, t.symbol]):
        for place in (6, 9):
            x = Symbol(t.symbol.name, lower=num(0))
            kernel = App("exp", (App("mul", (num(-place), var(x))),))
            body = App("mul", (substitute(_without(answer, spikes), {t.symbol: var(x)}), kernel))
            left = value(Bound("integrate", (x,), body, (num(0), OO)), p, context)
            right = value(f, {**p, s.symbol: place}, context)
            for spike in spikes:
                weight, c = _weight(answer, spike, spikes, t.symbol, p, context), _place(spike, t.symbol, p, context)
                at = None if c is None else value(App("exp", (App("mul", (num(-place), Num(c))),)), p, context)
                left = None if left is None or weight is None or at is None else left + weight * at
            if left is not None and right is not None:
                errors.append(distance(left, right))
    return verdict("the Laplace integral of the answer", errors)


def inverse_fourier(question: Term, answer: Term, context: Context) -> Check | None:
    """The transform back as two integrals over the line, of cosine and sine, by quadrature."""
    if not isinstance(question, App):
        return None
    if answer.sort == "text":
        return fourier(question, answer, context)
    turned = App("fourier", (question.args[0], question.args[1], App("neg", (question.args[2],))))
    return fourier(turned, App("mul", (App("mul", (num(2), Const("pi"))), answer)), context)


def fourier(question: Term, answer: Term, context: Context) -> Check | None:
    """The transform as two integrals over the line, of cosine and sine, by quadrature."""
    if not isinstance(question, App):
        return None
    f, t, w = question.args
    if not isinstance(t, Var):
        return None
    if answer.sort == "text":
        return Check("quadrature of the cosine and sine parts", None, None, EXACT_ROUTE, "there is no value to compare")
    pole = _pole(f, t)
    if pole is not None:
        # The principal value is one about the pole.
        moved = substitute(f, {t.symbol: App("add", (t, pole))})
        turn = App("exp", (App("mul", (Const("im"), App("mul", (w, pole)))),))
        return fourier(App("fourier", (moved, t, w)), App("mul", (turn, answer)), context)
    parts = _halves(f, t.symbol, w, num(0))
    spikes = _spikes(answer)
    if spikes:
        return _damped(f, t.symbol, w, answer, spikes, context)
    found: list[complex] = []
    claimed: list[complex] = []
    for p in points([question, answer], context, 5, without=[t.symbol]):
        corners = _corners(f, t.symbol, p, context)
        even, odd = (_over(part, corners, p, context, _reading(f)) for part in parts)
        there = value(answer, p, context, "complex")
        if there is not None and even is not None and odd is not None:
            size = _size(f, t.symbol, p, context)
            found += [even - 1j * odd, size]
            claimed += [complex(there), size]
    # A transform may vanish on part of the line: the function itself tells what is small.
    if not found:
        return _damped(f, t.symbol, w, answer, [], context)
    errors = [distance(found, claimed)]
    return verdict("quadrature of the cosine and sine parts", errors)


def _pole(f: Term, t: Var) -> Term | None:
    """The c for which f divides by t - c alone, where that is no 0."""
    below = [u.args[1] for u in subterms(f) if isinstance(u, App) and u.op == "div" and t in subterms(u.args[1])]
    if len(below) != 1 or not isinstance(below[0], App) or below[0].op not in ("add", "sub") or below[0].args[0] != t:
        return None
    c = below[0].args[1]
    return None if t in subterms(c) else c if below[0].op == "sub" else App("neg", (c,))


def _corners(f: Term, t: Symbol, p: Valuation, context: Context) -> list[Fraction]:
    """The distances from 0 at which a function has a corner or a jump: quadrature is to begin anew there."""
    bent = [u for u in subterms(f) if isinstance(u, App) and u.op in ("abs", "sign", "heaviside")]
    places = {abs(c) for u in bent if isinstance(c := _place(u, t, p, context), Fraction)}
    return sorted(places - {Fraction(0)})


def _over(part: Bound, corners: list[Fraction], p: Valuation, context: Context, reading: str) -> complex | None:
    """The value of an integral over half a line as the sum of those between corners."""
    ends = [part.args[0], *map(num, corners), part.args[1]]
    pieces = [Bound("integrate", part.symbols, part.body, pair) for pair in pairwise(ends)]
    values = [value(piece, p, context, reading) for piece in pieces]
    return None if any(v is None for v in values) else complex(sum(values))


def _size(f: Term, t: Symbol, p: Valuation, context: Context) -> float:
    there = [value(f, {**p, t: place}, context, "complex") for place in (-2, -1, 1, 2)]
    return max((float(abs(v)) for v in there if v is not None), default=0.0)


def _reading(f: Term) -> str:
    return "complex" if any(t == Const("im") for t in subterms(f)) else "real"


def _halves(f: Term, t: Symbol, w: Term, rate: Term) -> list[Bound]:
    """The cosine and sine integrals of f, damped at a rate. Even and odd part over half the line: what cancels does so before it
    is integrated."""
    x = Symbol(t.name, lower=num(0))
    there, back = (substitute(f, {t: p}) for p in (var(x), App("neg", (var(x),))))
    damping = App("exp", (App("neg", (App("mul", (rate, var(x))),)),))
    out: list[Bound] = []
    for op, wave in (("add", "cos"), ("sub", "sin")):
        body: Term = App("mul", (App(op, (there, back)), App(wave, (App("mul", (w, var(x))),))))
        out.append(Bound("integrate", (x,), body if rate == num(0) else App("mul", (body, damping)), (num(0), OO)))
    return out


def _damped(f: Term, t: Symbol, w: Term, answer: Term, spikes: list[Term], context: Context) -> Check:
    """A transform with `dirac` in it: beside these places the integral of f*exp(-r*abs(t)) as r goes to 0, and at each of them
    pi times the limit of r times that integral, which is the weight. Source: Abel summation."""
    frequency = w.args[0] if isinstance(w, App) and w.op == "neg" else w
    if not isinstance(frequency, Var):
        return Check("damped integrals", None, None, EXACT_ROUTE, "no point could be evaluated")
    name = frequency.symbol
    errors = []
    for p in points([f, w, answer], context, 3, without=[t]):
        regular, found = value(_without(answer, spikes), p, context, "complex"), _limit(f, t, w, p, False, context)
        if regular is not None and found is not None:
            errors.append(abs(found - complex(regular)) / max(1.0, abs(complex(regular))))
        for spike in spikes:
            place = _place(spike, name, p, context)
            weight = _weight(answer, spike, spikes, name, p, context)
            if place is not None and weight is not None:
                found = _limit(f, t, w, {**p, name: place}, True, context)
                if found is not None:
                    errors.append(abs(found - weight) / max(1.0, abs(weight)))
    return verdict("damped integrals, extrapolated", errors, close=1e-4, apart=1e-1)


def _limit(f: Term, t: Symbol, w: Term, p: Valuation, weighted: bool, context: Context) -> complex | None:
    values = []
    for k in _DAMPINGS:
        rate = App("div", (num(1), num(k)))
        corners = _corners(f, t, p, context)
        even, odd = (_over(part, corners, p, context, _reading(f)) for part in _halves(f, t, w, rate))
        if even is None or odd is None:
            return None
        made = complex(even - 1j * odd)
        values.append(made * math.pi / k if weighted else made)
    before = values[-1]
    for step in range(1, len(values)):
        # Richardson: the rates halve, and the error is a power series in them.
        before = values[-1]
        values = [(2**step * b - a) / (2**step - 1) for a, b in zip(values, values[1:], strict=False)]
    return values[0] if abs(values[0] - before) <= 1e-2 * max(1.0, abs(before)) else None


def _spikes(answer: Term) -> list[Term]:
    return list(dict.fromkeys(t for t in subterms(answer) if isinstance(t, App) and t.op == "dirac"))


def _replaced(term: Term, values: dict[Term, Term]) -> Term:
    if term in values:
        return values[term]
    parts = children(term)
    return rebuild(term, tuple(_replaced(c, values) for c in parts)) if parts else term


def _without(answer: Term, spikes: list[Term]) -> Term:
    return _replaced(answer, {s: num(0) for s in spikes})


_BESIDE = Fraction(1, 2**18)
"""How far from the place of a `dirac` its factor is looked at: what stands beside it may have a pole there."""


def _weight(answer: Term, spike: Term, spikes: list[Term], name: Symbol, p: Valuation, context: Context) -> complex | None:
    """The factor of one `dirac` at its place."""
    zero: dict[Term, Term] = {s: num(0) for s in spikes}
    assert isinstance(spike, App)
    place = _place(spike, name, p, context)
    if place is None:
        return None
    made = App("sub", (_replaced(answer, {**zero, spike: num(1)}), _replaced(answer, zero)))
    sides = [value(made, {**p, name: place + side}, context, "complex") for side in (-_BESIDE, _BESIDE)]
    rise = App("sub", (substitute(spike.args[0], {name: num(1)}), substitute(spike.args[0], {name: num(0)})))
    slope = value(rise, p, context, "real")
    if any(v is None for v in sides) or slope is None or not slope:
        return None
    return (complex(sides[0]) + complex(sides[1])) / 2 / abs(float(slope))


def _place(spike: Term, name: Symbol, p: Valuation, context: Context) -> Fraction | None:
    """Where the argument of a `dirac` or a corner is 0 if it is linear."""
    assert isinstance(spike, App)
    low, high = (value(substitute(spike.args[0], {name: num(k)}), p, context, "real") for k in (0, 1))
    if low is None or high is None or float(high) == float(low):
        return None
    return Fraction(-float(low) / (float(high) - float(low))).limit_denominator(10**6)
