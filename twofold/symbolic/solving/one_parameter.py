"""Equations and inequalities in one real unknown with one real parameter, in all cases of the parameter."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Num, Symbol, Term, Var, substitute, var
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branch_roots import roots_by_branches
from twofold.symbolic.solving.completeness import ALL, NONE, complete
from twofold.symbolic.solving.parameter_cases import ParameterCases
from twofold.symbolic.solving.places import Span
from twofold.symbolic.solving.real_solutions import real_solutions, tidied
from twofold.symbolic.sympy_order import ordered


def solved_by_cases(relation: Term, symbol: Symbol, context: Context) -> Term:
    """The solutions of a relation in a name with one other name in it. Raises `NotApplicable`, `NoEnclosure`, `NoClosedForm`."""
    if not isinstance(relation, App) or relation.op not in ("eq", "lt", "le", "gt", "ge"):
        raise NotApplicable("not one relation")
    return _Relation(relation, symbol, context).term()


class _Relation(ParameterCases):
    """The formulas are solutions and, of an inequality, the other places at which its truth may change; these must not cross in a cell."""

    def __init__(self, relation: App, symbol: Symbol, context: Context) -> None:
        super().__init__(symbol, (relation,), context)
        self.relation, self.equation = relation, relation.op == "eq"
        domain, declared = self.domain(), tuple(self.declared())
        found = roots_by_branches(lower(minus(*relation.args), context), self.x, (*domain, *declared))
        made, special = list(found.found), list(found.special)
        for e, _ in () if self.equation else (*domain, *declared):
            other = roots_by_branches(e, self.x, ())
            made += other.found
            special += other.special
        self.take(made, special, not self.equation)

    def solved(self, value: Term) -> Term:
        put = substitute(self.relation, {self.parameter: value})
        found = real_solutions(put, self.symbol, self.alone.aside())
        if self.equation or not (isinstance(found, App) and found.op == "set"):
            return found
        points = [app("eq", var(self.symbol), t) for t in found.args]
        return reduce(lambda p, q: app("or", p, q), points) if points else FALSE

    def around(self, middle: Fraction, span: Span) -> Term:
        found, there = self.solved(Num(middle)), self.values(middle)
        if not isinstance(found, App) or found.op != "set":
            return with_ends(found, lambda t: self.formula(t, there))
        if len(found.args) != len(there):
            raise NotApplicable("the formulas are not the solutions")
        made = ordered([lower(self.formula(t, there), self.context) for t in found.args])
        return App("set", tuple(lift(v, self.context) for v in made), (), "set")

    def agrees(self, own: Term, put: Term) -> bool:
        if own.sort == put.sort == "truth":
            return with_ends(own, self._tidied) == with_ends(put, self._tidied)
        if not (isinstance(own, App) and isinstance(put, App) and own.op == put.op == "set" and own.args):
            return False
        return self.same_values(own.args, put.args)

    def _tidied(self, t: Term) -> Term:
        return tidied(t, self.context)

    def term(self) -> Term:
        none = App("set", (), (), "set") if self.equation else FALSE
        groups = self.groups()
        kept = {t: s for t, s in groups.items() if t != none}
        # All numbers of an interval may solve an equation, which is no set of values.
        regions = {t: kept.pop(t) for t in list(kept) if self.equation and not (isinstance(t, App) and t.op == "set")}
        for t, spans in regions.items():
            told = "every " + self.symbol.name if t == TRUE else show(t)
            self.context.note(f"where {show(self.condition(spans))}: {told}")
        if regions:
            self.require({t: s for t, s in groups.items() if t not in regions})
        if not kept:
            self.context.note(NONE)
            return none
        if len(kept) == 1 and (self.equation or none not in groups):
            ((made, spans),) = kept.items()
            if none in groups:
                self.context.require(self.condition(spans))
            self.context.note(complete(len(made.args)) if self.equation and isinstance(made, App) else ALL)
            return made
        self.context.note(ALL)
        return self.by_cases(kept, none if none in groups else None)


def with_ends(found: Term, formula: Callable[[Term], Term]) -> Term:
    """A condition on the unknown with the formulas for its ends."""
    if isinstance(found, App) and found.op in ("and", "or"):
        return App(found.op, tuple(with_ends(t, formula) for t in found.args), (), "truth")
    if isinstance(found, App) and found.op in ("lt", "le", "gt", "ge", "eq", "ne"):
        sides = tuple(t if isinstance(t, Var) else formula(t) for t in found.args)
        return App(found.op, sides, (), "truth")
    return found
