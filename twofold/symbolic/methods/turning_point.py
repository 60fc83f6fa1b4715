"""Inequalities in one name whose difference falls up to one place and rises from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.methods.curvature import connected
from twofold.symbolic.methods.derivative_zero import is_bound
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods.ranges import in_range, known_sign
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.solving.equations import solve
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of
from twofold.symbolic.tidy import present

_SEARCH = 0.8
"""Nominal seconds for the places at which a derivative vanishes."""


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where f = larger - smaller has no negative value at a place x0 beside which the derivative has the signs - and +; refuted by x0 itself.

    Where the derivative vanishes is asked of the solver; that it has these signs at x0 - t and x0 + t (or x0*exp(-t) and x0*exp(t)) for all
    t > 0 is shown here.
    """
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    f = app("sub", goal.left, goal.right) if goal.relation in (">", ">=") else app("sub", goal.right, goal.left)
    refused = ("-", "0") if goal.relation in ("<", ">") else ("-",)
    for s in smooth_names(goal, f):
        try:
            slope = derivative(f, s)
            for place in places_of(slope, s, replace(context, assumptions=goal.assumptions)):
                value = value_at(goal, f, s, place)
                if value in refused and free_symbols(f) == [s] and all(s in free_symbols(a) for a in goal.assumptions):
                    return refuted_at(goal, s, place)
                if value in (("+",) if "0" in refused else ("+", "0", "0+")) and turns(goal, slope, s, place, ("-", "+")):
                    note = f"the derivative by {s.name} changes its sign once, and the value there settles the rest"
                    return Evidence("a turning point", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")
        except (*GIVES_UP, NoClosedForm):
            continue
    raise NotApplicable("no single turning point was found")


def smooth_names(goal: Goal, f: Term) -> Iterator[Symbol]:
    """The real names in which a term is smooth on an interval, under bounds alone."""
    if not is_made_of(f, ANALYTIC):
        raise NotApplicable("a part is not known to be smooth")
    for s in free_symbols(f):
        if s.kind == "real" and all(is_bound(a, s) for a in goal.assumptions if s in free_symbols(a)):
            try:
                if connected(goal, f, s):
                    yield s
            except GIVES_UP:
                continue


def refuted_at(goal: Goal, s: Symbol, place: Term) -> Evidence:
    """The evidence that a place at which the difference is known not to have the sign that is claimed is a counterexample."""
    c = converter((), ())
    left, right = (show(present(raised(c, c(substitute(t, {s: place}))), Context())) for t in (goal.left, goal.right))
    witness = Counterexample({s.name: show(place)}, left, right, True)
    return Evidence("a turning point", Truth.REFUTED, Strength.CERTIFIED, witness=witness)


@lru_cache(64)
def places_of(slope: Term, s: Symbol, context: Context) -> tuple[Term, ...]:
    """Where a derivative may vanish, as the solver says: candidates only."""
    try:
        found = within(_SEARCH, solve, context.aside(), app("eq", slope, num(0)), var(s))
    except (TwofoldError, NoClosedForm):
        return ()
    while isinstance(found, App) and found.op == "piecewise":
        found = found.args[-1]
    if not isinstance(found, App) or found.op != "set":
        return ()
    return tuple(t for t in found.args if not t.shape and t.sort == "number" and s not in free_symbols(t))


def value_at(goal: Goal, f: Term, s: Symbol, place: Term, closed: bool = False) -> str | None:
    """The sign of a term at a place of the name's range (or, with `closed`, at an end that is left out of it) at which all its parts have values,
    0 among them; `None` where it is not known."""
    if not in_range(goal, s, place, closed):
        return None
    here = Converter(goal.reading == "real")
    here.assume(tuple(a for a in goal.assumptions if s not in free_symbols(a)))
    there = substitute(f, {s: place})
    domain = Domain(here).read(there)
    if domain.impossible or domain.atoms or domain.unread:
        return None
    return known_sign(here, here(there))


def turns(goal: Goal, slope: Term, s: Symbol, place: Term, signs: tuple[str, str], strict: bool = False) -> bool:
    """Whether the derivative has these signs below and above a place (or is 0, unless that is to be strict)."""
    t = var(Symbol("t", "real", lower=num(0), open_lower=True))
    ways = [(app("sub", place, t), app("add", place, t))]
    c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
    low = c.signs.bounds.get(c.field.kernel(("sym", s)), (None, True, None, True))[0]
    if low is not None and low >= 0 and sign_of(c, c(place)) == "+":
        ways.append((app("mul", place, app("exp", app("neg", t))), app("mul", place, app("exp", t))))
    return any(_has_signs(goal, slope, s, way, signs, strict) for way in ways)


def _has_signs(goal: Goal, slope: Term, s: Symbol, way: tuple[Term, Term], signs: tuple[str, str], strict: bool) -> bool:
    for at, wanted in zip(way, signs, strict=True):
        beside = substitute(slope, {s: at})
        c = converter((beside,), tuple(a for a in goal.assumptions if s not in free_symbols(a)), goal.reading)
        if sign_of(c, c(beside)) not in ((wanted,) if strict else (wanted, f"0{wanted}")):
            return False
    return True


SPEC = Method(
    name="a turning point",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=13,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="a smooth function on an interval that falls up to a place and rises from there is least at that place",
    run=run,
    holds=(
        "let x : real\nx*exp(-x) <= 1/e",
        "let x > 0\nx*log(x) >= -1/e",
        "let x : real\nlet a > 0\nx*exp(-a*x) <= 1/(a*e)",
        "let x > 0\nlog(x)/x <= 1/e",
    ),
    fails=("let x > 0\nx*log(x) > -1/e",),
    open=(
        "let x : real\nx*exp(-x) <= 1/3",
        "let x : real\nx^2*exp(-x) <= 4/e^2",
        "let x > 0\nx*log(x) >= -1/3",
        "let x > pi\nlog((x - 2)^2)/2 - 1/(x - 2) >= 1",
    ),
)
