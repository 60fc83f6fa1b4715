"""Values with parameters in the declared range of an unknown: shown to lie there or not to, or what that needs of the parameters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.grammar.term import App, Num, Term, Var, free_symbols
from twofold.symbolic import spot
from twofold.symbolic.condition_form import negation, plain
from twofold.symbolic.context import Context, NoClosedForm, Range, declared_range
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

RELATIONS = {"gt": sp.Gt, "ge": sp.Ge, "lt": sp.Lt, "le": sp.Le}
"""How SymPy calls the relations with the ends of a range."""
_BEYOND = {"ge": sp.Le, "le": sp.Ge}
"""What leaves a value the end alone, by the relation with that end."""


def within_range(v: Any, k: Any, x: Any, context: Context) -> list[Any]:
    """A value where it may lie in the declared range of the unknown; of a family that a whole number k counts (`None` for a single value) those members
    that may lie in a bounded range, each by itself."""
    members = None if k is None else _members(v, k, x, context)
    return [m for m in ([v] if members is None else members) if _is_in_range(m, x, context)]


def _is_in_range(v: Any, x: Any, context: Context) -> bool:
    """Whether a value lies in the declared range, always or never, if the conditions are shown to say so; otherwise what it needs becomes a condition."""
    value, extent = lift(v, context), _extent(v)
    is_open = v.has(sp.atan)  # Its extreme values are not taken.
    given = together(context.conditions)

    def follows(relation: Term) -> bool:
        goal = Goal("=>", given, relation, context.assumptions, "real")
        return bool(within(_SECONDS, proves, goal, context))

    needed = []
    for op, bound in bounds(x, context):
        exact = RELATIONS[op](v, end := lower(bound, context))
        relation = App(op, (value, bound), (), "truth")
        outer = RELATIONS[_CLOSED[op] if is_open else op]
        known = {outer(e, end) for e in extent} if extent is not None else {exact}
        if known == {sp.true} or exact != sp.false and follows(relation):
            continue
        if exact == sp.false or known == {sp.false} or v.is_number or follows(negation(relation)):
            return False
        needed.append(relation)
    for relation in needed:
        _require(relation, context)
    return True


def beside_others(values: list[Any], x: Any, context: Context) -> list[Any]:
    """The values without those that lie in the declared range at one end of it alone, where another one is there too: of the solutions
    -sqrt(a) and sqrt(a) in [0, 1] the second one is enough."""
    ends = [(_BEYOND[op], lower(bound, context)) for op, bound in bounds(x, context) if op in _BEYOND]

    def proved(relation: Any, *facts: Term) -> bool:
        if relation in (sp.true, sp.false):
            return bool(relation)
        goal = Goal("=>", together([*context.conditions, *facts]), lift(relation, context), context.assumptions, "real")
        return bool(within(_SECONDS, proves, goal, context))

    kept = list(values)
    for v in values:
        for beyond, end in ends if v.free_symbols and len(kept) > 1 else ():
            at_end = lift(sp.Eq(v, end), context)
            if proved(beyond(v, end)) and any(proved(sp.Eq(w, end), at_end) for w in kept if w is not v):
                kept.remove(v)
                break
    return kept


_CLOSED = {"gt": "ge", "lt": "le", "ge": "ge", "le": "le"}


def _require(relation: App, context: Context) -> None:
    """A square root is positive where what is under it is, which is more than that there is one."""
    root, bound = relation.args
    if lower(root, context).has(sp.I):
        raise NoClosedForm("which solutions are real depends on the parameters")
    if relation.op == "gt" and bound == Num(Fraction(0)) and isinstance(root, App) and root.op == "sqrt":
        inside = (root.args[0], bound)
        weaker = plain(App("ge", inside, (), "truth"))
        context.conditions[:] = [c for c in context.conditions if c != weaker]
        relation = App("gt", inside, (), "truth")
    context.require(relation)


_SECONDS = 0.5
"""Processor time for one relation that may follow from the conditions."""
_MOST_MEMBERS = 8
_ARCS = {sp.acos: (sp.S.Zero, sp.pi), sp.asin: (-sp.pi / 2, sp.pi / 2), sp.atan: (-sp.pi / 2, sp.pi / 2)}


def _extent(v: Any) -> tuple[Any, Any] | None:
    """The least and the greatest value of a number plus a multiple of an inverse circular function; `None` for others."""
    rest, part = v.as_independent(*v.free_symbols, as_Add=True)
    factor, arc = part.as_independent(*v.free_symbols, as_Add=False)
    if not v.free_symbols or not rest.is_real or not factor.is_real or type(arc) not in _ARCS:
        return None
    low, high = sorted((rest + factor * e for e in _ARCS[type(arc)]), key=float)
    return low, high


def _members(v: Any, k: Any, x: Any, context: Context) -> list[Any] | None:
    """The members of a family that may lie in the declared range, by the least and the greatest of its first one; `None` where these are not known."""
    known, step, extent = spot.range_of(x, context), sp.diff(v, k), _extent(v.subs(k, 0))
    if known.lower is None or known.upper is None or extent is None or not (step.is_number and step.is_positive):
        return None
    low, high, turn = float(extent[0]), float(extent[1]), float(step)
    first = math.ceil((float(known.lower) - high) / turn - _SLACK)
    last = math.floor((float(known.upper) - low) / turn + _SLACK)
    return [v.subs(k, j) for j in range(first, last + 1)] if last - first < _MOST_MEMBERS else None


_SLACK = 1e-6
"""What is added to counts of periods, which are taken in doubles, on either side."""


def bounds(x: Any, context: Context) -> Iterator[tuple[str, Term]]:
    """The ends of the range of an unknown; those that are declared as they stand there."""
    known, meaning = spot.range_of(x, context), context.terms.get(x)
    symbol = meaning.symbol if isinstance(meaning, Var) else None
    declared = declared_range(symbol) if symbol is not None else Range()
    if known.lower is not None:
        exact = symbol.lower if symbol is not None and known.lower == declared.lower else None
        yield "gt" if known.open_lower else "ge", Num(known.lower) if exact is None or free_symbols(exact) else exact
    if known.upper is not None:
        exact = symbol.upper if symbol is not None and known.upper == declared.upper else None
        yield "lt" if known.open_upper else "le", Num(known.upper) if exact is None or free_symbols(exact) else exact
