"""A root of a linear expression taken as the name: with s = sqrt(a*x + b), x = (s^2 - b)/a, nested roots become squares of polynomials in s."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.bounds import declared
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.methods import case_splits
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.raising import raised

_MOST = 3


def run(goal: Goal, context: Any) -> Evidence:
    """Every root of an expression linear in a name is tried as the name."""
    if goal.reading != "real" or goal.left.shape:
        raise NotApplicable("real scalars only")
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    if any(isinstance(t, Bound) or t.sort != "number" for t in parts):
        raise NotApplicable("a root may stand where it is not evaluated")
    roots = [t for t in dict.fromkeys(parts) if isinstance(t, App) and t.op == "sqrt" and free_symbols(t) and not t.args[0].shape]
    if len(roots) < 2:
        raise NotApplicable("there are no nested roots")
    tried = 0
    for root in roots:
        for s in free_symbols(root):
            if s.kind != "real" or s.shape or tried >= _MOST:
                continue
            found = _solved(root.args[0], s)
            if found is None:
                continue
            tried += 1
            if _by(goal, context, s, found):
                return Evidence(
                    "roots as names", Truth.PROVED, Strength.PROOF, f"by {s.name}", independent_of="numeric evaluation"
                )
    raise NotApplicable("no root in place of a name makes the sides alike")


def _by(goal: Goal, context: Any, s: Symbol, found: tuple[Symbol, Term]) -> bool:
    _, value = found
    put = {s: value}
    facts = [*(substitute(a, put) for a in goal.assumptions), *declared(s, value)]
    new = replace(goal, left=substitute(goal.left, put), right=substitute(goal.right, put), assumptions=tuple(facts))
    return proved_by((plain, case_splits), new, context)


def _solved(under: Term, s: Symbol) -> tuple[Symbol, Term] | None:
    """A new name for the root of a*s + b with numbers a and b, at least 0, and s in terms of it."""
    try:
        c = converter(())
        e = c(under)
        g = c.field.kernel(("sym", s))
        slope = e.num.get(((g, 1),))
        if len(e.den) > 1 or slope is None or set(e.num) - {((g, 1),), ()}:
            return None
        root = Symbol(f"root_{s.name}", lower=num(0))
        constant = raised(c, Element({m: v for m, v in e.num.items() if m == ()}, UNIT))
    except GIVES_UP:
        return None
    square = app("pow", var(root), num(2))
    by = raised(c, Element({(): slope}, UNIT))
    return (root, app("div", app("sub", square, constant), by)) if isinstance(by, Num) or not free_symbols(by) else None


SPEC = Method(
    name="roots as names",
    relations=frozenset({"=="}),
    cost=9,
    concludes=frozenset({Truth.PROVED}),
    soundness="wherever the root has a value, the name is the given polynomial in it, and the root is at least 0",
    run=run,
    holds=(
        "let x in [1, 2]\nsqrt(x + 2*sqrt(x - 1)) + sqrt(x - 2*sqrt(x - 1)) == 2",
        "sqrt(x + 2*sqrt(x - 1)) == 1 + sqrt(x - 1)",
    ),
    fails=(),
    open=("sqrt(x + 2*sqrt(x - 1)) + sqrt(x - 2*sqrt(x - 1)) == 2", "sqrt(x - 2*sqrt(x - 1)) == 1 - sqrt(x - 1)"),
)
