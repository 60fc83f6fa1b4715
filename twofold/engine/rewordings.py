"""A claim said in another way, when no method decides it as it stands: with values for its integrals and averages, by parts, case by case, where it converges."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence, Verdict
from twofold.core.truth import Strength, Truth
from twofold.engine import inverse_transforms, opposite
from twofold.engine.attempts import METHOD, Attempts, methods
from twofold.engine.definitions import by_definition
from twofold.engine.images import image
from twofold.engine.parts import in_parts
from twofold.engine.reductions import reduced
from twofold.engine.whole_cases import whole_cases
from twofold.grammar.term import OO, TRUE, App, Bound, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.numeric.sample import involved
from twofold.symbolic.chained_conditions import chained
from twofold.symbolic.context import Context
from twofold.symbolic.convergence import CONVERGENT, diverges, needs
from twofold.symbolic.effort import within
from twofold.symbolic.methods import expectations, worked_integrals
from twofold.symbolic.methods.sign import SPEC as SIGN
from twofold.symbolic.normal import GIVES_UP, converter, wave_series
from twofold.symbolic.normal.domains import UNREAD, Domain
from twofold.symbolic.polar import in_polar_form, over_the_reals
from twofold.symbolic.theorems import sequences

COMPARED = {"==": "eq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
CASES = "each whole number by itself"
PARTS = "decided for the real and imaginary parts"
ASSUMED = "the right side under the left"
SIGNS = "each sign by itself"
INVERSE = "functions with a given transform"
POLAR = "magnitudes and arguments"


def with_series(goal: Goal) -> tuple[Term, Term] | None:
    """The sides with the values of their Fourier series; `None` where there are none."""
    if goal.reading != "real" or goal.left.sort != "number":
        return None
    try:
        c = converter((), goal.assumptions)
        left, right = wave_series.valued(c, goal.left), wave_series.valued(c, goal.right)
    except GIVES_UP:
        return None
    return None if (left, right) == (goal.left, goal.right) else (left, right)


def unsigned(goal: Goal) -> list[Symbol]:
    """The real names of a claim of which neither a declaration nor an assumption says anything, but perhaps that they are not 0."""
    assumed = {s for a in goal.assumptions for s in free_symbols(a) if a != app("ne", var(s), num(0))}
    return [
        s
        for s in involved(goal.left, goal.right)
        if s.kind == "real"
        and s.lower is None
        and s.upper is None
        and not (s.shape or s.properties or s.law)
        and s not in assumed
    ]


def has_no_value(goal: Goal) -> bool:
    """Whether a side of a claim is seen to have no value anywhere."""
    sides = (goal.left, goal.right)
    try:
        domain = Domain(converter((), goal.assumptions)).read(app("tuple", *sides))
    except GIVES_UP:
        return False
    return domain.impossible or diverges(sides, goal.assumptions)


def _is_comparison(t: Term, relations: Mapping[str, str]) -> bool:
    return isinstance(t, App) and t.op in relations and not any(a.shape or a.sort != "number" for a in t.args)


def _always_has_values(t: Term, facts: tuple[Term, ...]) -> bool:
    """Whether every part of a statement is seen to have a value where some facts hold."""
    if any(isinstance(u, Bound) or u.shape or (isinstance(u, App) and u.op in UNREAD - {"or"}) for u in subterms(t)):
        return False
    try:
        domain = Domain(converter((), facts)).read(t)
    except GIVES_UP:
        return False
    return not (domain.atoms or domain.unread or domain.impossible)


class Rewordings(Attempts):
    """A goal with the other ways of saying it. Each is a goal of its own, judged from the start."""

    @abstractmethod
    def decide(self) -> Verdict:
        """The verdict on the goal as it stands."""

    def where_values_exist(self) -> Evidence | None:
        """The proof of a claim about improper integrals and series under what they need to converge, which is all that is claimed."""
        goal = self.goal
        if goal.reading != "real" or goal.left.sort != "number" or self.granted:
            return None
        left, right = by_definition(goal.left), by_definition(goal.right)
        found = needs((left, right), goal.assumptions)
        if found is None:
            return None

        def run(goal: Goal, context: Context) -> Evidence:
            made = replace(goal, left=left, right=right)
            facts = (*found.comparisons, *(app("ne", var(s), num(0)) for s in found.unless))
            self._proved_given(made, facts)
            for s in found.unless:
                self._proved_given(made, (app("eq", var(s), num(0)),))
            self.granted = found.comparisons
            return Evidence(CONVERGENT, Truth.PROVED, Strength.PROOF, conditions=tuple(map(show, chained(found.comparisons))))

        return self.try_method(replace(SIGN, name=CONVERGENT, run=run))

    def _proved_given(self, goal: Goal, facts: tuple[Term, ...]) -> None:
        made = replace(goal, assumptions=(*goal.assumptions, *facts))
        inner = type(self)(made, replace(self.context, assumptions=made.assumptions), lambda row: None, conditions=False)
        inner.left, inner.derived, inner.granted = self.left, self.derived + 1, facts
        if inner.decide().truth is not Truth.PROVED:
            raise NotApplicable("nothing is found where all have values either")

    def turned(self) -> Evidence | None:
        """A comparison by way of its opposite: a proof that it has no solution, or a solution of it."""
        made = opposite.opposite(self.goal)
        if made is None:
            return None
        for m in methods(made.relation):
            found = self.try_method(replace(m, name=f"opposite: {m.name}"), goal=made)
            if found is not None and found.truth is Truth.PROVED:
                return found
            if found is not None and found.truth is Truth.REFUTED and found.witness is not None:
                witness = opposite.at(self.goal, found.witness)
                if witness is not None:
                    return replace(found, witness=witness)
        return None

    def valued(self) -> Evidence | None:
        """What is found of the claim with the proved values of its integrals in their place, or with sums and integrals for its expectations."""
        sides = (self.goal.left, self.goal.right)
        if any(map(sequences.stand_in, sides)):
            return self.try_method(replace(worked_integrals.SPEC, name="limits of sums", run=self._by_limits))
        if inverse_transforms.stands_in(*sides):
            return self.try_method(replace(worked_integrals.SPEC, name=INVERSE, run=self._by_inverse_transforms))
        if any(isinstance(t, Bound) and t.op == "sum" and t.args[1] == OO for side in sides for t in subterms(side)):
            found = self.try_method(replace(worked_integrals.SPEC, name="values of series", run=self._by_series))
            if found is not None:
                return found
        integrals = any(isinstance(t, Bound) and t.op == "integrate" for side in sides for t in subterms(side))
        if integrals and not expectations.applies(*sides):
            found = self.try_method(replace(worked_integrals.SPEC, name="values of integrals", run=self._by_values))
            return found if found is not None or not self.conditions or self.derived else self.sign_by_sign()
        if self.goal.reading == "complex" and self.goal.relation in COMPARED:
            written = self._written()
            ways: list[tuple[str, Callable[[Goal, Context], Evidence]]] = [
                (PARTS, self._by_complex_parts),
                (POLAR, self._by_polar_form),
            ]
            if written != self.goal:
                ways.append(("by definition", lambda _, c: self._proved_by(written, c, "by definition")))
            return next((e for name, run in ways if (e := self.try_method(replace(SIGN, name=name, run=run))) is not None), None)
        if not self.conditions or self.derived > 1:
            return None  # What a repair needs besides is not worth its time.
        if self.goal.relation in SIGN.relations:
            found = self.try_method(replace(SIGN, name="simpler inequalities", run=self._by_parts))
            if found is not None:
                return found
        if (found := self.case_by_case()) is not None:
            return found
        written = self._written()
        if written != self.goal:
            rule = replace(SIGN, name="by definition", run=lambda g, c: self._proved_by(written, c, "by definition"))
        elif expectations.applies(*sides):
            rule = replace(expectations.SPEC, name="expectations as integrals", run=self._by_integrals)
        elif self.goal.relation in SIGN.relations:
            rule = replace(SIGN, name="the same said in another way", run=self._by_image)
        else:
            return None
        return self.try_method(rule)

    def _written(self) -> Goal:
        """The goal with functions of expressions as what defines them."""
        return replace(self.goal, left=by_definition(self.goal.left), right=by_definition(self.goal.right))

    def under_assumptions(self) -> Evidence | None:
        """The proof of `A => B` for comparisons of numbers as one of B under the assumption A, where every part of B has a value then."""
        goal = self.goal
        ways = [(goal.left, goal.right), (goal.right, goal.left)][: 2 if goal.relation == "<=>" else 1]
        relations = {op: sign for sign, op in COMPARED.items()} | {"ne": "!="}
        if (
            goal.reading != "real"
            or self.derived
            or not all(_is_comparison(p, relations) for w in ways for t in w for p in conjuncts(t))
        ):
            return None

        def run(goal: Goal, context: Context) -> Evidence:
            for left, right in ways:
                facts = (*goal.assumptions, *conjuncts(left))
                if not _always_has_values(right, facts):
                    raise NotApplicable("the right side might have no value somewhere")
                for part in conjuncts(right):
                    assert isinstance(part, App)
                    a, b = part.args
                    made = replace(goal, relation=relations[part.op], left=a, right=b, assumptions=facts)
                    self._proved_by(made, replace(context, assumptions=facts), ASSUMED)
            return Evidence(ASSUMED, Truth.PROVED, Strength.PROOF)

        return self.try_method(replace(SIGN, name=ASSUMED, run=run))

    def _by_complex_parts(self, goal: Goal, context: Context) -> Evidence:
        said = App(COMPARED[goal.relation], (goal.left, goal.right), (), "truth")
        made = in_parts(replace(goal, relation="=>", left=TRUE, right=said))
        if made is None:
            raise NotApplicable("the real and imaginary parts are not written down")
        for part in conjuncts(made[0].right):
            if not isinstance(part, App) or part.op not in COMPARED.values():
                raise NotApplicable("not comparisons of the parts")
            relation = next(sign for sign, op in COMPARED.items() if op == part.op)
            plain = replace(made[0], relation=relation, left=part.args[0], right=part.args[1])
            self._proved_by(plain, Context(plain.assumptions, "real", seed=plain.seed), PARTS, everywhere=False)
        return Evidence(PARTS, Truth.PROVED, Strength.PROOF)

    def _by_polar_form(self, goal: Goal, context: Context) -> Evidence:
        made = in_polar_form(goal) or over_the_reals(goal)
        if made is None:
            raise NotApplicable("no complex name stands in what goes by arguments")
        self._proved_by(made, Context(made.assumptions, made.reading, seed=made.seed), POLAR)
        return Evidence(POLAR, Truth.PROVED, Strength.PROOF)

    def _by_integrals(self, goal: Goal, context: Context) -> Evidence:
        local = replace(context, notes=[], conditions=[])
        made = within(min(METHOD, self.left), expectations.worked, goal, local)
        if made is None or local.conditions or expectations.applies(made.left, made.right):
            raise NotApplicable("an expectation is not worked out")
        return self._proved_by(made, context, "expectations as integrals")

    def _by_inverse_transforms(self, goal: Goal, context: Context) -> Evidence:
        def proves(shown: Goal) -> tuple[Term, ...] | None:
            inner = type(self)(shown, Context(shown.assumptions, seed=shown.seed), lambda row: None, conditions=False)
            inner.left, inner.derived = self.left, self.derived + 1
            verdict = inner.decide()
            known = {show(t) for t in chained(inner.granted)}
            return inner.granted if verdict.truth is Truth.PROVED and known >= set(verdict.conditions) else None

        made = inverse_transforms.with_values(goal, context, proves)
        found = self._decided_by(made, replace(context, assumptions=made.assumptions), INVERSE)
        new = [t for t in made.assumptions if t not in goal.assumptions]
        return found if found.truth is Truth.REFUTED else replace(found, conditions=tuple(map(show, new)))

    def _by_image(self, goal: Goal, context: Context) -> Evidence:
        made = image(goal)
        if made is None:
            raise NotApplicable("there is no other way to say it")
        return self._proved_by(made, replace(context, assumptions=made.assumptions), "the same said in another way")

    def _by_parts(self, goal: Goal, context: Context) -> Evidence:
        parts = reduced(goal)
        if not parts:
            raise NotApplicable("there is no simpler way to say it")
        for part in parts:
            self._proved_by(part, replace(context, assumptions=part.assumptions), "simpler inequalities")
        return Evidence("simpler inequalities", Truth.PROVED, Strength.PROOF)

    def case_by_case(self) -> Evidence | None:
        """The proofs for every value of whole numbers of which there are few."""
        cases = () if self.derived else whole_cases(self.goal)

        def run(goal: Goal, context: Context) -> Evidence:
            for made in cases:
                self._proved_by(made, replace(context, assumptions=made.assumptions), CASES)
            return Evidence(CASES, Truth.PROVED, Strength.PROOF)

        return self.try_method(replace(SIGN, name=CASES, run=run)) if cases else None

    def sign_by_sign(self) -> Evidence | None:
        """The proofs of a claim about integrals for both signs of a name of unknown sign, where it has no value or holds for 0 as well."""
        goal = self.goal
        names = [
            s for s in unsigned(goal) if s in {u for t in subterms(goal.left) if isinstance(t, Bound) for u in free_symbols(t)}
        ]
        if goal.reading != "real" or len(names) != 1:
            return None
        (s,) = names

        def run(goal: Goal, context: Context) -> Evidence:
            for op in ("gt", "lt"):
                self._proved_given(goal, (app(op, var(s), num(0)),))
            at_zero = replace(goal, left=substitute(goal.left, {s: num(0)}), right=substitute(goal.right, {s: num(0)}))
            if app("ne", var(s), num(0)) not in goal.assumptions and not has_no_value(at_zero):
                self._proved_by(at_zero, context, SIGNS)
            return Evidence(SIGNS, Truth.PROVED, Strength.PROOF, f"{s.name} above and below 0")

        return self.try_method(replace(SIGN, name=SIGNS, run=run))

    def _proved_by(self, made: Goal, context: Context, name: str, everywhere: bool = True) -> Evidence:
        """The proof of a claim that says the same, by any method; without `everywhere` where its sides have values, as those of this goal must have."""
        inner = type(self)(made, context, lambda row: None)
        inner.left, inner.derived = max(0.5, self.left), self.derived + 1
        verdict = inner.decide()
        if verdict.truth is Truth.PROVED and not (verdict.conditions and everywhere):
            return Evidence(name, Truth.PROVED, Strength.PROOF, reduced=(made.left, made.right))
        raise NotApplicable("nothing is found for that either")

    def _by_values(self, goal: Goal, context: Context) -> Evidence:
        made = within(min(METHOD, self.left), worked_integrals.valued, goal, context)
        if made is None:
            raise NotApplicable("an integral has no certified primitive")
        return self._decided_by(made, context, "values of integrals")

    def _by_series(self, goal: Goal, context: Context) -> Evidence:
        made = with_series(goal)
        if made is None:
            raise NotApplicable("no Fourier series of powers, or the place of its angle is not known")
        return self._decided_by(replace(goal, left=made[0], right=made[1]), context, "values of series")

    def _by_limits(self, goal: Goal, context: Context) -> Evidence:
        left, right = (sequences.settled(t, goal.assumptions) for t in (goal.left, goal.right))
        if (left, right) == (goal.left, goal.right):
            raise NotApplicable("a sum has no closed form, nor is it known to be one of Riemann's")
        return self._decided_by(replace(goal, left=left, right=right), context, "limits of sums")

    def _decided_by(self, made: Goal, context: Context, name: str) -> Evidence:
        """What is found of a claim with values that were proved in the place of what has them."""
        verdict = type(self)(made, context, lambda row: None).decide()
        witness = verdict.counterexample
        if verdict.truth is Truth.REFUTED and witness is not None and witness.certified:
            return Evidence(name, Truth.REFUTED, Strength.CERTIFIED, witness=witness)
        if verdict.truth is Truth.PROVED and not verdict.conditions:
            return Evidence(name, Truth.PROVED, Strength.PROOF, reduced=(made.left, made.right))
        raise NotApplicable("nothing is found with those values either")
