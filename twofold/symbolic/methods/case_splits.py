"""Case splits on the signs that absolute values, extremes and piecewise conditions depend on."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, TypeAlias

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import (
    App,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.entries import explicit, is_explicit, rows_of
from twofold.symbolic.methods import equal_squares
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods import sign as signs
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import ZeroDenominator
from twofold.symbolic.normal.specials import decide

_LARGEST, _ENTRIES = 4, 16
"""Signs taken together, and entries of an array taken one by one."""

Case: TypeAlias = "tuple[Term | None, dict[Symbol, Term]]"
"""A fact, and what is put in for names."""


def subjects(*terms: Term) -> list[Term]:
    """The terms whose signs decide what the others are, without those that mention bound names."""
    found: dict[Term, None] = {}
    hidden: set[Symbol] = set()

    def condition(t: Term) -> None:
        if isinstance(t, App) and t.op in ("and", "or", "not"):
            for a in t.args:
                condition(a)
        elif (
            isinstance(t, App)
            and t.op in ("lt", "le", "gt", "ge", "eq", "ne")
            and all(a.sort == "number" and not a.shape for a in t.args)
        ):
            a, b = t.args
            found.setdefault(a if b == num(0) else b if a == num(0) else app("sub", a, b))

    for term in terms:
        for t in subterms(term):
            if isinstance(t, Bound):
                hidden.update(t.symbols)
            if not isinstance(t, App) or t.shape:
                continue
            if t.op in ("abs", "sign", "heaviside", "relu") and not t.args[0].shape:
                found.setdefault(t.args[0])
            elif t.op in ("max", "min") and len(t.args) == 2 and not t.args[0].shape and not t.args[1].shape:
                found.setdefault(app("sub", *t.args))
            elif t.op in ("piecewise", "indicator"):
                for a in t.args:
                    if a.sort == "truth":
                        condition(a)
            elif t.op == "sqrt" and isinstance(t.args[0], App) and t.args[0].op == "pow" and t.args[0].args[1] == num(2):
                found.setdefault(t.args[0].args[0])
            elif t.op == "cbrt":
                found.setdefault(t.args[0])
    return [t for t in found if not set(free_symbols(t)) & hidden and free_symbols(t)]


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where every combination of signs is proved; arrays of explicit size entry by entry."""
    if goal.left.shape or goal.right.shape:
        return _entries(goal, context)
    found = []
    for t in subjects(goal.left, goal.right):
        try:
            c = converter((), goal.assumptions, goal.reading)
            e = c(t)
            known = e.rational() is not None or c.signs.of(e.num) in ("+", "-")
            if not known and not any(c.field.equal(e, c(u)) or c.field.equal(e, c.field.neg(c(u))) for u in found):
                found.append(t)
        except GIVES_UP:
            continue
    if not found or len(found) > _LARGEST or goal.reading != "real":
        raise NotApplicable("no few signs decide the claim")
    for options in ([_halves(t) for t in found], [_cases(t) for t in found]):
        count = _all(goal, context, options)
        if count:
            return Evidence("case splits", Truth.PROVED, Strength.PROOF, f"{count} cases", independent_of="numeric evaluation")
    raise NotApplicable("one of the cases is not proved")


def _entries(goal: Goal, context: Any) -> Evidence:
    """Proved where every entry is."""
    if goal.relation != "==" or not is_explicit(goal.left.shape) or not is_explicit(goal.right.shape):
        raise NotApplicable("arrays whose entries cannot be listed")
    try:
        left, right = (rows_of(explicit(t, context)) for t in (goal.left, goal.right))
    except NoClosedForm as e:
        raise NotApplicable(str(e)) from None
    if len(left) != len(right) or len(left) * len(left[0]) > _ENTRIES:
        raise NotApplicable("too many entries to be taken one by one")
    pairs = [(a, b) for p, q in zip(left, right, strict=True) for a, b in zip(p, q, strict=True) if a != b]
    names: dict[Term, Term] = {}
    assumptions = tuple(_named(a, names) for a in goal.assumptions)
    for a, b in pairs:
        entry = replace(goal, left=_named(a, names), right=_named(b, names), assumptions=assumptions)
        if not one_case(entry, context):
            run(entry, context)
    return Evidence("case splits", Truth.PROVED, Strength.PROOF, f"{len(pairs)} entries", independent_of="numeric evaluation")


def _named(term: Term, names: dict[Term, Term]) -> Term:
    """The term with a scalar name for every entry of an array: what holds for all numbers holds for those entries."""

    def rule(t: Term) -> Term | None:
        if isinstance(t, App) and t.op == "index" and isinstance(t.args[0], Var) and not t.shape:
            s = t.args[0].symbol
            if s.law is None and all(isinstance(p, Num) for p in t.args[1:]):
                return names.setdefault(t, var(copy_symbol(s, shape=(), properties=frozenset())))
        return None

    return transform(term, rule)


def _all(goal: Goal, context: Any, options: list[list[Case]]) -> int:
    """The number of cases where every one is proved, else 0."""
    count = 0
    for combination in product(*options):
        count += 1
        facts: list[Term] = []
        left, right, assumptions = goal.left, goal.right, list(goal.assumptions)
        for condition, value in combination:
            if condition is not None:
                facts.append(condition)
            if value:
                left, right = substitute(left, value), substitute(right, value)
                assumptions = [substitute(a, value) for a in assumptions]
                facts = [substitute(f, value) for f in facts]
        case = replace(goal, left=left, right=right, assumptions=(*assumptions, *facts))
        if not (_excluded(assumptions, goal) or one_case(case, context) or _without_value(case)):
            return 0
    return count


def _excluded(assumptions: list[Term], goal: Goal) -> bool:
    """Whether an assumption without names fails in a case, so that the case never arises."""
    for a in assumptions:
        if not free_symbols(a):
            try:
                if decide(converter((), (), goal.reading), a) is False:
                    return True
            except GIVES_UP:
                continue
    return False


def _halves(t: Term) -> list[Case]:
    """Nonnegative and nonpositive."""
    return [(app("ge", t, num(0)), {}), (app("le", t, num(0)), {})]


def _cases(t: Term) -> list[Case]:
    """Positive, negative and zero, zero being put in where the term is linear in a name."""
    zero = num(0)
    out: list[Case] = [(app("gt", t, zero), {}), (app("lt", t, zero), {})]
    root = _root(t)
    out.append((None, root) if root is not None else (app("eq", t, zero), {}))
    return out


def _root(t: Term) -> dict[Symbol, Term] | None:
    """A name and the value that makes a linear term vanish."""
    for s in free_symbols(t):
        try:
            c = converter(())
            e = c(t)
            g = c.field.kernel(("sym", s))
            if len(e.den) > 1 or s.shape:
                continue
            slope = {tuple(x for x in m if x[0] != g): v for m, v in e.num.items() if any(h == g for h, _ in m)}
            if any(dict(m).get(g, 0) not in (0, 1) for m in e.num) or len(slope) != 1 or () not in slope:
                continue
            from twofold.symbolic.normal.dependence import depends
            from twofold.symbolic.normal.field import UNIT, Element
            from twofold.symbolic.normal.raising import raised

            if any(depends(c, h, g) for m in e.num for h, _ in m if h != g):
                continue
            rest = Element({m: -v / slope[()] for m, v in e.num.items() if not any(h == g for h, _ in m)}, UNIT)
            return {s: raised(c, rest)}
        except GIVES_UP:
            continue
    return None


def _without_value(goal: Goal) -> bool:
    """Whether a side has no value anywhere in a case: a denominator vanishes identically there, and nothing chooses what is evaluated."""
    c = converter((), goal.assumptions, goal.reading)
    for side in (goal.left, goal.right):
        if any(
            (isinstance(t, Bound) and t.op != "diff") or (isinstance(t, App) and (t.op == "piecewise" or t.sort == "truth"))
            for t in subterms(side)
        ):
            continue
        try:
            c(side)
        except ZeroDenominator:
            return True
        except GIVES_UP:
            continue
    return False


def one_case(goal: Goal, context: Any) -> bool:
    """Whether a goal in which no case is left open is proved by the plain methods."""
    attempts = (plain, equal_squares) if goal.relation == "==" else (signs,)
    return proved_by(attempts, goal, context)


SPEC = Method(
    name="case splits",
    relations=frozenset({"==", "<", "<=", ">", ">=", "!="}),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="a number is positive, negative or zero, and each case is proved",
    run=run,
    holds=(
        "let x : real\n{x if x > 0; -x otherwise} == abs(x)",
        "let x, y : real\nmax(x, y) + min(x, y) == x + y",
        "let x : real\nabs(x) >= x",
        "sign(x)^2 == 1 given x != 0",
    ),
    fails=(),
    open=(
        "sign(x)^2 == 1 given x != 1",
        "let x, y : real\nabs(x + y) == abs(x) + abs(y)",
    ),
)

__all__ = ["SPEC", "one_case", "run", "subjects"]
