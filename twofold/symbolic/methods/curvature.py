"""Inequalities in one name by derivatives: monotonicity from an end, convexity from a touching point."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.methods.bounded_functions import relaxed
from twofold.symbolic.methods.derivative_zero import is_bound
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods.ranges import in_range
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of

_POINTS = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 2))


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where f = larger - smaller is at least 0: f and some derivatives vanish or are positive at a point, the next has one sign."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    f = app("sub", goal.left, goal.right) if goal.relation in (">", ">=") else app("sub", goal.right, goal.left)
    if not is_made_of(f, ANALYTIC):
        raise NotApplicable("a part is not known to be smooth")
    strict = goal.relation in ("<", ">")
    for s in free_symbols(f):
        if s.kind != "real":
            continue
        try:
            note = _show(goal, f, s, strict)
        except (*GIVES_UP, NoClosedForm):
            continue
        if note:
            return Evidence("derivatives and a point", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")
    raise NotApplicable("no sign of a derivative decides it")


def _show(goal: Goal, f: Term, s: Symbol, strict: bool) -> str:
    c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
    c(app("add", f, num(0)))
    g = c.field.kernel(("sym", s))
    low, open_low, high, _ = c.signs.bounds.get(g, (None, True, None, True))
    if not all(is_bound(a, s) for a in goal.assumptions if s in free_symbols(a)) or not connected(goal, f, s):
        return ""
    tower = [f]
    for order in range(1, 4):
        tower.append(derivative(tower[-1], s))
        sign = sign_of(c, c(tower[-1])) or _by_ranges(goal, tower[-1])
        if sign is None:
            continue
        points = [p for p in (low, high, *_POINTS) if p is not None and in_range(goal, s, num(p), closed=True)]
        for x in points:
            if _at(c, tower, order, sign, s, x, x == low, x == high, strict and not (x == low and open_low)):
                return f"the derivative of order {order} by {s.name} has one sign, and {s.name} = {x} settles the rest"
    return ""


def _by_ranges(goal: Goal, t: Term) -> str | None:
    """The sign of a term with bounded functions replaced by names in their ranges."""
    (new,), facts = relaxed(t)
    if not facts:
        return None
    c = converter((), (*goal.assumptions, *facts), goal.reading)
    return sign_of(c, c(new))


def connected(goal: Goal, f: Term, s: Symbol) -> bool:
    """Whether no condition of the domain breaks the interval of the name: bounds by numbers are all it asks for."""
    c = Converter(goal.reading == "real")
    c.assume(goal.assumptions)
    c(var(s))
    g = c.field.kernel(("sym", s))
    domain = Domain(c).read(f)
    for op, key in domain.atoms:
        p = dict(key)  # type: ignore[call-overload]
        if any(depends(c, h, g) for h in P.generators(p)) and (op in ("ne", "pole") or not set(p) <= {(), ((g, 1),)}):
            return False
    return not domain.impossible and not domain.unread and not any(_has_kink(c, t, g) for t in subterms(f))


def _has_kink(c: Converter, t: Term, g: int) -> bool:
    """Whether a root or an arc may come to the end of its domain inside the interval, where it has a value on both sides: sqrt(x^2), asin(sin(x))."""
    if not isinstance(t, App) or t.op not in ("sqrt", "pow", "asin", "acos", "acosh"):
        return False
    if t.op == "pow" and ((r := c(t.args[1]).rational()) is not None and r.denominator == 1):
        return False
    u, f = c(t.args[0]), c.field
    edges = {"asin": (-1, 1), "acos": (-1, 1), "acosh": (1,)}.get(t.op, (0,))
    for e in (f.sub(u, f.number(edge)) for edge in edges):
        if sign_of(c, e) in ("+", "-") or not e.num:
            continue
        _, m, found = P.factors(e.num)
        parts = [({((h, 1),): fmpq(1)}, k) for h, k in m] + list(found)
        for p, k in parts:
            # A factor that changes its sign does so at an end of the domain.
            inner = any(depends(c, h, g) for h in P.generators(p))
            if inner and c.signs.of(p) not in ("+", "-") and not (k == 1 and set(p) <= {(), ((g, 1),)}):
                return True
    return False


def _at(
    c: Converter, tower: list[Term], order: int, sign: str, s: Symbol, x: Fraction, is_low: bool, is_high: bool, strict: bool
) -> bool:
    """Taylor with remainder at x: lower derivatives must push f up on the sides that belong to the domain."""
    value = {s: num(x)}
    here = Converter(c.field.real)
    domain = Domain(here)
    for t in tower[:order]:
        domain.read(substitute(t, value))
    if domain.impossible or domain.atoms:
        return False
    signs = [sign_of(here, here(substitute(t, value))) for t in tower[:order]]
    if signs[0] is None or signs[0].endswith("-") and here(substitute(tower[0], value)).num:
        return False
    if strict and signs[0] != "+":
        return False
    sides = ([] if is_high else [1]) + ([] if is_low else [-1])
    for side in sides:
        for k, one in enumerate([*signs[1:], sign], start=1):
            vanishes = k < order and not here.field.zeroed(here(substitute(tower[k], value)).num)
            if vanishes:
                continue
            if one is None:
                return False
            up = one.endswith("+") == (side**k > 0)
            if not up:
                return False
    return True


SPEC = Method(
    name="derivatives and a point",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=11,
    concludes=frozenset({Truth.PROVED}),
    soundness="Taylor's formula with remainder on an interval where both sides are smooth",
    run=run,
    holds=("let x : real\nexp(x) >= 1 + x", "let x > 0\nlog(x) <= x - 1"),
    fails=(),
    open=(
        "let x : real\nexp(x) >= 2 + x",
        "let x : real\nexp(x) >= 3*x",
        "let x : real\n1/x^2 + 2*x >= 3",
        "let x : real\nsqrt(x^2) <= x",
        "let x : real\nasin(sin(x)) >= x",
        "let x : real\nacosh(cosh(x)) <= x",
    ),
)
