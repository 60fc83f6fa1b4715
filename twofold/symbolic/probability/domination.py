"""Inequalities between expectations from inequalities at every outcome: E[f] <= E[g] where f <= g (Markov, Chebyshev, Chernoff, union bounds).

The difference of the two sides is read as one expectation, probabilities as those of indicators; indicators are decided in cases.
"""

from __future__ import annotations

from itertools import product

from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Symbol,
    Term,
    Var,
    copy_symbol,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.context import Context
from twofold.symbolic.probability.comparisons import opposite
from twofold.symbolic.probability.independence import lineage, variables
from twofold.symbolic.probability.laws import is_discrete, law_of, support

_AVERAGES = frozenset(("E", "P", "Var", "Std", "Cov", "Corr"))
_MOST_CASES = 8


def proves(goal: Goal, context: Context) -> bool:
    """Whether `left >= right` (or `<=`) holds since it does at every outcome. Strict relations are left alone."""
    if goal.relation not in ("<=", ">=") or goal.reading != "real":
        return False
    more, less = (goal.left, goal.right) if goal.relation == ">=" else (goal.right, goal.left)
    if _at_every_outcome(more, less, goal, context):
        return True
    return any(_at_every_outcome(bound, less, goal, context) and _known(more, bound, goal, context) for bound in _bounds(less))


def _bounds(t: Term) -> list[Term]:
    """What is known to bound a probability: E[U]/c for `U >= c` (Markov) and E[U^2]/c^2 for `abs(U) >= c` (Chebyshev)."""
    if not (
        isinstance(t, App) and t.op == "P" and len(t.args) == 1 and isinstance(t.args[0], App) and t.args[0].op in ("ge", "gt")
    ):
        return []
    u, c = t.args[0].args
    if isinstance(u, App) and u.op == "abs":
        return [App("div", (App("E", (App("pow", (u.args[0], num(2))),)), App("pow", (c, num(2)))))]
    return [App("div", (App("E", (u,)), c))]


def _known(more: Term, less: Term, goal: Goal, context: Context) -> bool:
    """Whether `more >= less` by the values of both."""
    from twofold.symbolic.methods import sign

    try:
        sign.run(Goal(">=", _worked(more, context), _worked(less, context), goal.assumptions, goal.reading), context)
    except NotApplicable:
        return False
    return True


def _at_every_outcome(more: Term, less: Term, goal: Goal, context: Context) -> bool:
    body = _averaged(App("sub", (more, less)))
    if body is None:
        return False
    body, facts = _at_an_outcome(_worked(body, context))
    if body is None:
        return False
    return _nonnegative(body, facts, goal, context)


def _averaged(t: Term) -> Term | None:
    """What a linear combination of expectations is the expectation of; `None` for what is not linear."""
    if not any(isinstance(s, App) and s.op in _AVERAGES for s in subterms(t)):
        return t if not variables(t) else None
    if not isinstance(t, App) or t.shape:
        return None
    if t.op in ("add", "sub"):
        a, b = (_averaged(x) for x in t.args)
        return None if a is None or b is None else App(t.op, (a, b))
    if t.op == "neg":
        a = _averaged(t.args[0])
        return None if a is None else App("neg", (a,))
    if t.op in ("mul", "div"):
        a, b = t.args
        if not _averages(b):
            inner = _averaged(a)
            return None if inner is None or variables(b) else App(t.op, (inner, b))
        if t.op == "mul" and not _averages(a):
            inner = _averaged(b)
            return None if inner is None or variables(a) else App("mul", (a, inner))
        return None
    if t.op == "E" and len(t.args) == 1:
        return t.args[0]
    if t.op == "P" and len(t.args) == 1:
        return App("indicator", t.args)
    if t.op == "Var" and len(t.args) == 1 and not t.args[0].shape:
        return App("pow", (App("sub", (t.args[0], App("E", t.args))), num(2)))
    return None


def _averages(t: Term) -> bool:
    return any(isinstance(s, App) and s.op in _AVERAGES for s in subterms(t))


def _worked(t: Term, context: Context) -> Term:
    """The averages that are left inside, which are numbers, by their values."""
    from twofold.symbolic.probability.expectation import expand

    return transform(t, lambda u: expand(u, context) if isinstance(u, App) and u.op in _AVERAGES else None)


def _at_an_outcome(t: Term) -> tuple[Term | None, list[Term]]:
    """The term with plain names for its random variables, and what their supports say of those."""
    plain: dict[Symbol, Term] = {}
    facts: list[Term] = []
    for v in sorted(lineage(variables(t)), key=repr):
        law = law_of(v)
        if not isinstance(v, Var) or law is None or _averages(t):
            return None, []
        made = copy_symbol(v.symbol, law=None, kind="integer" if is_discrete(law) else "real")
        plain[v.symbol] = var(made)
        low, high = support(law)
        if low != MINUS_OO:
            facts.append(App("ge", (var(made), low), sort="truth"))
        if high != OO:
            facts.append(App("le", (var(made), high), sort="truth"))
    return substitute(t, plain), [substitute(f, plain) for f in facts]


def _in_cases(u: Term) -> Term | None:
    """Absolute values and extremes by indicators."""
    if isinstance(u, App) and not u.shape and u.op == "abs":
        (a,) = u.args
        return App("mul", (a, App("sub", (App("mul", (num(2), _indicator(a, num(0)))), num(1)))))
    if isinstance(u, App) and not u.shape and u.op in ("max", "min") and len(u.args) == 2:
        a, b = u.args
        gain = App("mul", (App("sub", (a, b)), _indicator(a, b)))
        return App("add", (b, gain)) if u.op == "max" else App("sub", (a, gain))
    return None


def _indicator(a: Term, b: Term) -> App:
    return App("indicator", (App("ge", (a, b), sort="truth"),))


def _nonnegative(body: Term, facts: list[Term], goal: Goal, context: Context) -> bool:
    events = [s for s in subterms(body) if isinstance(s, App) and s.op == "indicator"]
    if not events or not any(isinstance(s, App) and s.op in ("abs", "max", "min") for e in events for s in subterms(e)):
        body = transform(body, _in_cases)
    events = list(dict.fromkeys(s.args[0] for s in subterms(body) if isinstance(s, App) and s.op == "indicator"))
    if 2 ** len(events) > _MOST_CASES:
        return False
    for outcome in product((True, False), repeat=len(events)):
        chosen = dict(zip(events, outcome, strict=True))

        def decided(u: Term, chosen: dict[Term, bool] = chosen) -> Term | None:
            return num(int(chosen[u.args[0]])) if isinstance(u, App) and u.op == "indicator" else None

        here: list[Term] = []
        for event, happens in chosen.items():
            other = opposite(event)
            if not happens and other is None:
                return False
            here.append(event if happens else other)  # type: ignore[arg-type]
        claim = transform(body, decided)
        if not all(_holds(claim, [*facts, *way], goal, context) for way in _ways(here)):
            return False
    return True


def _ways(facts: list[Term]) -> list[list[Term]]:
    """Conjunctions of comparisons, one of which holds where all facts do: alternatives and absolute values written out."""
    out: list[list[Term]] = [[]]
    for f in facts:
        out = [[*way, *more] for way in out for more in _alternatives(f)]
    return out


def _alternatives(f: Term) -> list[list[Term]]:
    if isinstance(f, App) and f.op == "or":
        return [way for a in f.args for way in _alternatives(a)]
    if isinstance(f, App) and f.op == "and":
        return _ways(list(f.args))
    if isinstance(f, App) and f.op in ("lt", "le", "gt", "ge"):
        for place in (0, 1):
            a, c = f.args[place], f.args[1 - place]
            if isinstance(a, App) and a.op == "abs":
                u, above = a.args[0], (f.op in ("gt", "ge")) == (place == 0)
                op = {"lt": "gt", "gt": "gt", "le": "ge", "ge": "ge"}[f.op]
                sides = [App(op, (u, c), sort="truth"), App(op, (App("neg", (u,)), c), sort="truth")]
                if above:
                    return [[s] for s in sides]
                low = [App(op, (c, u), sort="truth"), App(op, (c, App("neg", (u,))), sort="truth")]
                return [list(low)]
    return [[f]]


def _holds(claim: Term, facts: list[Term], goal: Goal, context: Context) -> bool:
    from twofold.symbolic.equations.decide import proves as follows
    from twofold.symbolic.methods import sign

    whole = Goal(">=", claim, num(0), (*goal.assumptions, *facts), goal.reading)
    try:
        sign.run(whole, context)
        return True
    except NotApplicable:
        pass
    conclusion = App("ge", (claim, num(0)), sort="truth")
    if not facts:
        return False
    return follows(Goal("=>", together(facts), conclusion, goal.assumptions, goal.reading), context)
