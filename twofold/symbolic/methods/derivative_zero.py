"""Derivative zero on every connected piece of the domain, and one exact point in each.

Both sides must be real-analytic inside the domain (so no abs, floor, sign, max or piecewise), and the pieces must be bounded by numbers.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_poly

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, num, substitute, subterms
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.methods import algebraic_numbers, arctangents
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of

_SPECIAL = frozenset(
    "polylog elliptic_k elliptic_e Ci Chi Ei bessely besselk erfinv airyai airybi airyaiprime airybiprime".split()
)
"""Analytic too inside the domains that are read off for them."""

_CANDIDATES = (0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, -3, 10, -10)


def run(goal: Goal, context: Any) -> Evidence:
    """Tries each free real name in turn."""
    if goal.left.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    if not all(is_made_of(t, ANALYTIC | _SPECIAL) for t in (goal.left, goal.right)):
        raise NotApplicable("a part is not known to be analytic")
    for t in (*subterms(goal.left), *subterms(goal.right)):
        if isinstance(t, App) and t.op == "pow" and rational(t.args[1]) is None:
            raise NotApplicable("a power with an exponent that is not a number")
    names = [s for s in dict.fromkeys(free_symbols(goal.left) + free_symbols(goal.right)) if s.kind == "real"]
    if not names:
        raise NotApplicable("no real name to differentiate by")
    for s in names:
        if _by(goal, s, context):
            return Evidence(
                "derivative zero",
                Truth.PROVED,
                Strength.PROOF,
                f"by {s.name}, with a point in each piece",
                independent_of="numeric evaluation",
            )
    raise NotApplicable("no derivative is seen to vanish everywhere")


def _by(goal: Goal, s: Symbol, context: Any) -> bool:
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        d = c.field.sub(c(derivative(goal.left, s)), c(derivative(goal.right, s)))
        if c.field.zeroed(d.num):
            return False
        pieces = _pieces(goal, s)
    except (*GIVES_UP, NoClosedForm):
        return False
    return pieces is not None and all(_point(goal, s, low, high, exact, context) for low, high, exact in pieces)


Piece = tuple[Fraction | None, Fraction | None, tuple[Fraction, ...]]


def _pieces(goal: Goal, s: Symbol) -> list[Piece] | None:
    """The connected pieces of the domain in one name, as open intervals with rational ends near the true ones, and which ends are the true ones;
    None where they cannot be told."""
    c = converter((), goal.assumptions, goal.reading)
    e = c(Var(s))
    g = c.field.kernel(("sym", s))
    low, _, high, _ = c.signs.bounds.get(g, (None, True, None, True))
    if not all(is_bound(a, s) for a in goal.assumptions if s in free_symbols(a)):
        return None  # what was learnt holds on some pieces alone
    cuts: list[Fraction] = []
    exact: set[Fraction] = {x for x in (low, high) if x is not None}
    domain = Domain(c).read(goal.left).read(goal.right)
    if domain.unread:
        return None
    del e
    for (op, key), _ in domain.atoms.items():
        if op == "pole":
            return None  # infinitely many places
        poly = dict(key)  # type: ignore[call-overload]
        from twofold.symbolic.normal import polynomials as P
        from twofold.symbolic.normal.dependence import depends

        if len(poly) == 1 and len(next(iter(poly))) == 1 and c.field.kernels[P.generators(poly)[0]][0] == "abs":
            poly = dict(c.field.kernels[P.generators(poly)[0]][1])  # a root is 0 where what stands under it is
        gens = P.generators(poly)
        if not any(depends(c, h, g) for h in gens):
            continue
        if gens != [g] or any(not isinstance(k, int) for m in poly for _, k in m):
            return None
        degree = max(dict(m).get(g, 0) for m in poly)
        coefficients = [fmpq(0)] * (int(degree) + 1)
        for m, v in poly.items():
            coefficients[int(dict(m).get(g, 0))] = v
        exact |= _rational_roots(fmpq_poly(coefficients))
        for root, _ in fmpq_poly(coefficients).numer().complex_roots():
            if root.imag.contains(0):
                mid = root.real.mid()
                man, exp = mid.man_exp()
                value = Fraction(int(man)) * Fraction(2) ** int(exp)
                near = [
                    x
                    for x in exact
                    if abs(x - value) < Fraction(1, 10**9) and root.real.contains(fmpq(x.numerator, x.denominator))
                ]
                cuts.append(near[0] if near else value)
    ends = sorted({x for x in cuts if (low is None or x > low) and (high is None or x < high)})
    edges: list[Fraction | None] = [low, *ends, high]
    return [(a, b, tuple(x for x in (a, b) if x is not None and x in exact)) for a, b in zip(edges, edges[1:], strict=False)]


def _rational_roots(f: fmpq_poly) -> set[Fraction]:
    _, factors = f.numer().factor()
    return {Fraction(-int(p[0]), int(p[1])) for p, _ in factors if p.degree() == 1}


def is_bound(a: Term, s: Symbol) -> bool:
    """Whether an assumption bounds a name by a number, so that what it leaves is an interval."""
    if not isinstance(a, App) or a.op not in ("lt", "le", "gt", "ge", "in", "and"):
        return False
    if a.op == "and":
        return all(is_bound(x, s) for x in a.args)
    if a.op == "in":
        return (
            a.args[0] == Var(s)
            and not free_symbols(a.args[1])
            and isinstance(a.args[1], App)
            and a.args[1].op.startswith("interval")
        )
    return any(x == Var(s) and not free_symbols(y) for x, y in (a.args, a.args[::-1]))


def _point(goal: Goal, s: Symbol, low: Fraction | None, high: Fraction | None, exact: tuple[Fraction, ...], context: Any) -> bool:
    """Whether the claim is proved at one point of a piece (or at an end of it where both sides have a value, all that stands in them being
    continuous wherever it has one), or nothing has a value in it."""
    inside = [Fraction(x) for x in _CANDIDATES if (low is None or x > low) and (high is None or x < high)]
    if low is not None and high is not None:
        inside += [(low + high) / 2, (2 * low + high) / 3]
    elif low is not None:
        inside += [low + 1, low + 2]
    elif high is not None:
        inside += [high - 1, high - 2]
    for x in (*inside[:6], *exact):
        value = {s: num(x)}
        at = replace(
            goal,
            left=substitute(goal.left, value),
            right=substitute(goal.right, value),
            assumptions=tuple(substitute(a, value) for a in goal.assumptions),
        )
        if _outside(at, x in exact):
            continue
        for method in (plain, algebraic_numbers, arctangents):
            try:
                if method.run(at, context).truth is Truth.PROVED:
                    return True
            except NotApplicable:
                continue
    return _nowhere(goal, s, inside)


def _outside(at: Goal, strictly: bool = False) -> bool:
    """Whether a side has no value at a point, or (strictly) is not seen to have one, so that equality there proves nothing."""
    c = converter((), at.assumptions, at.reading)
    try:
        domain = Domain(c).read(at.left).read(at.right)
    except GIVES_UP:
        return True
    return domain.impossible or (strictly and (domain.unread or bool(domain.atoms)))


def _nowhere(goal: Goal, s: Symbol, points: list[Fraction]) -> bool:
    """Whether the domain excludes a whole piece: a strict condition fails at a point inside it, and conditions change only at its ends."""
    for x in points[:1]:
        value = {s: num(x)}
        at = replace(goal, left=substitute(goal.left, value), right=substitute(goal.right, value))
        if not free_symbols(at.left) and not free_symbols(at.right) and _outside(at):
            return True
    return False


SPEC = Method(
    name="derivative zero",
    relations=frozenset({"=="}),
    cost=10,
    concludes=frozenset({Truth.PROVED}),
    soundness="an analytic function with zero derivative on an interval is constant there; one exact point in every piece fixes the constant",
    run=run,
    holds=("let x > 0\natan(x) + atan(1/x) == pi/2", "let x : real\n2*atan(tanh(x/2)) == atan(sinh(x))"),
    fails=(),
    open=(
        "let x : real\natan(x) + atan(1/x) == pi/2",
        "let x : real\natan(tan(x)) == x",
        "let x : real\natan(x) + atan(1/x) == pi/2 given x^2 > 0",
        "let x : real\natan(2*x/(1 - x^2)) == 2*atan(x) given x^2 > 1",
    ),  # fmt: skip
)

__all__ = ["SPEC", "run"]
