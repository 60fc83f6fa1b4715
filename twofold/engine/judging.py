"""Judging: the stages of a decision, cheapest first, and the joining of their evidence into one verdict."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Counterexample, Evidence, MethodFailure, Verdict
from twofold.core.meter import spent
from twofold.core.registry import declarations
from twofold.core.truth import Strength, Truth
from twofold.engine import free_constants, opposite, recast
from twofold.engine.closed_ends import at_closed_ends
from twofold.engine.definitions import by_definition
from twofold.engine.floor_steps import without_floors
from twofold.engine.images import image, without_given
from twofold.engine.parts import in_parts, rejoined
from twofold.engine.reductions import reduced
from twofold.engine.regions import conditions_for
from twofold.engine.sets import ascending, is_of_sets, of_entries
from twofold.engine.trial import BESIDE_PROOF, FAULTS, POINTS, Emit, Trial
from twofold.engine.undefined import reasons
from twofold.engine.whole_cases import whole_cases
from twofold.engine.worked_equations import worked_out
from twofold.grammar.term import TRUE, App, Bound, Const, Term, num, subterms, var
from twofold.numeric.sample import Sample, involved
from twofold.symbolic.chained_conditions import chained
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.convergence import CONVERGENT, needs
from twofold.symbolic.effort import within
from twofold.symbolic.methods import expectations, worked_integrals
from twofold.symbolic.methods.sign import SPEC as SIGN
from twofold.symbolic.normal import GIVES_UP, converter, wave_series
from twofold.symbolic.normal.compared_domains import differences
from twofold.symbolic.open_conditions import is_always, is_proved
from twofold.symbolic.polar import in_polar_form, over_the_reals
from twofold.symbolic.summation.poles import sides_apart
from twofold.symbolic.theorems import sequences

QUICK = 5
"""Methods up to this cost are tried before anything is sampled."""

BRIEF = 0.4
"""Nominal seconds for a quick method before anything is sampled. One that takes longer goes on only where no counterexample is found:
a wrong step does not wait for proofs that cannot be."""

METHOD, METHODS = 2.5, 6.0
"""Nominal seconds for one exact method, and for all of them on one goal, behind the methods' own counts; see `core.meter`."""

COMPARED = {"==": "eq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
CASES = "each whole number by itself"
PARTS = "decided for the real and imaginary parts"
POLAR = "magnitudes and arguments"
NUMERIC = "numeric: no enclosure of the values could be had; two methods agree on them to ten digits more than they differ by"


@cache
def methods(relation: str) -> tuple[Method, ...]:
    """The declared methods for a relation, cheapest first; ties by name, so that the order never depends on chance."""
    found = [
        m
        for package in ("twofold.symbolic.methods", "twofold.numeric.methods")
        for m in declarations(package)
        if isinstance(m, Method)
    ]
    return tuple(sorted((m for m in found if relation in m.relations), key=lambda m: (m.cost, m.name)))


def judge(goal: Goal, context: Context | None = None, emit: Emit | None = None, conditions: bool = True) -> Verdict:
    """The verdict on a goal. Failures of methods are listed in the evidence and never decide anything.

    Without `conditions` what fails somewhere is refuted, and it is not looked for where it would hold.
    """
    context = context or Context(goal.assumptions, goal.reading)
    if (made := of_entries(goal)) is not None:
        verdict = judge(made, context, emit, conditions)
        return replace(verdict, notes=(*verdict.notes, "read up to order: a set has none"))
    goal = ascending(goal)
    case = Case(goal, context, emit or (lambda row: None), conditions)
    if goal.relation == "~=":
        return judge(recast.approximate(goal), context, emit, conditions)
    if goal.up_to:
        # What is found about a part of such a goal is not yet a verdict on it.
        told = emit or (lambda row: None)
        return recast.judge_up_to(
            goal, lambda g: judge(g, context, lambda row: told({k: v for k, v in row.items() if k != "found"}), conditions)
        )
    if free_constants.stand_in(goal):
        return free_constants.judged(
            goal,
            lambda g: Case(g, context, lambda row: None, conditions).decide(),
            lambda g: judge(g, context, lambda row: None, conditions),
        )
    return case.decide()


def _with_series(goal: Goal) -> tuple[Term, Term] | None:
    """The sides with the values of their Fourier series; `None` where there are none."""
    if goal.reading != "real" or goal.left.sort != "number":
        return None
    try:
        c = converter((), goal.assumptions)
        left, right = wave_series.valued(c, goal.left), wave_series.valued(c, goal.right)
    except GIVES_UP:
        return None
    return None if (left, right) == (goal.left, goal.right) else (left, right)


class Case(Trial):
    """One goal being judged: the evidence so far and the points drawn."""

    def __init__(self, goal: Goal, context: Context, emit: Emit, conditions: bool = True) -> None:
        super().__init__(goal, emit)
        self.conditions = conditions
        self.context = context
        self.left = METHODS
        self.derived = 0
        """How many times the goal says in another way what one before it does."""
        self.granted: tuple[Term, ...] = ()
        """What the claim has been given beyond its assumptions so that its integrals and series have values."""
        self.stopped = False
        """Whether the last method was stopped by its limit."""

    # --- stages ----------------------------------------------------------------------------------------------------------------

    def decide(self) -> Verdict:
        goal = self.goal
        available = methods(goal.relation)
        if goal.relation in ("=>", "<=>"):
            return self.arrow(available)
        while goal.reading == "real" and (known := without_given(goal)) is not None:
            self.goal, name, value = known
            goal = self.goal
            self.put.append((name, value))
        quick = [m for m in available if m.cost <= QUICK]
        proof, stopped = self.first(quick, BRIEF)
        decided = [e for e in self.evidence if isinstance(e, Evidence) and e.truth is Truth.REFUTED]
        if decided:
            return self.refuted(decided[0].witness, decided[0])
        sample = self.sample(POINTS, 0.5) if proof is None else self.sample(BESIDE_PROOF, 0.15)
        witness = self.certified(sample, proof)
        if witness is not None:
            return self.conflict(proof, witness) if proof else self.refuted(witness)
        if proof is None and stopped:
            proof, _ = self.first(stopped, METHOD)
        if proof is None:
            proof = self.where_values_exist()
        if proof is None:
            if (sample.effective or self.agreed()) and (support := self.undecided(sample)).truth is Truth.SUPPORTED:
                self.emit({"stage": "exact methods", "found": support})
            for m in available:
                if m.cost > QUICK:
                    found = self.try_method(m)
                    if found is not None and found.truth is Truth.REFUTED:
                        return self.refuted(found.witness, found)
                    if found is not None and found.truth in (Truth.PROVED, Truth.CONDITIONAL):
                        proof = found
                        break
        if proof is None and (turned := self.turned()) is not None:
            if turned.truth is Truth.REFUTED:
                return self.refuted(turned.witness, turned)
            proof = turned
        if proof is None and (found := self.valued()) is not None:
            if found.truth is Truth.REFUTED:
                return self.refuted(found.witness, found)
            proof = found
        if proof is None and self.conditions and not self.derived and (witness := self.at_an_end()) is not None:
            return self.refuted(witness)
        if proof is None:
            witness = self.insist(sample) or self.confirmed(sample)
            if witness is not None:
                return self.refuted(witness)
            return self.undecided(sample)
        return self.proved(proof, sample)

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
        inner = Case(made, replace(self.context, assumptions=made.assumptions), lambda row: None, conditions=False)
        inner.left, inner.derived, inner.granted = self.left, self.derived + 1, facts
        if inner.decide().truth is not Truth.PROVED:
            raise NotApplicable("nothing is found where all have values either")

    def at_an_end(self) -> Counterexample | None:
        """A closed end of a name's range, an irrational number, at which the claim fails."""
        for name, end, made in at_closed_ends(self.goal):
            inner = Case(made, Context(made.assumptions, made.reading, seed=made.seed), lambda row: None, conditions=False)
            verdict = inner.decide()
            if verdict.truth is Truth.REFUTED and verdict.counterexample is not None and verdict.counterexample.certified:
                found = verdict.counterexample
                found = self.with_constants(replace(found, values={name.name: show(end), **found.values}))
                self.evidence.append(Evidence("closed ends", Truth.REFUTED, Strength.CERTIFIED, witness=found))
                return found
        return None

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
        if any(isinstance(t, Bound) and t.op == "sum" and t.args[1] == Const("oo") for side in sides for t in subterms(side)):
            found = self.try_method(replace(worked_integrals.SPEC, name="values of series", run=self._by_series))
            if found is not None:
                return found
        integrals = any(isinstance(t, Bound) and t.op == "integrate" for side in sides for t in subterms(side))
        if integrals and not expectations.applies(*sides):
            return self.try_method(replace(worked_integrals.SPEC, name="values of integrals", run=self._by_values))
        if self.goal.reading == "complex" and self.goal.relation in COMPARED:
            ways = ((PARTS, self._by_complex_parts), (POLAR, self._by_polar_form))
            return next((e for name, run in ways if (e := self.try_method(replace(SIGN, name=name, run=run))) is not None), None)
        if not self.conditions or self.derived > 1:
            return None  # What a repair needs besides is not worth its time.
        if self.goal.relation in SIGN.relations:
            found = self.try_method(replace(SIGN, name="simpler inequalities", run=self._by_parts))
            if found is not None:
                return found
        if (found := self.case_by_case()) is not None:
            return found
        written = replace(self.goal, left=by_definition(sides[0]), right=by_definition(sides[1]))
        if written != self.goal:
            rule = replace(SIGN, name="by definition", run=lambda g, c: self._proved_by(written, c, "by definition"))
        elif expectations.applies(*sides):
            rule = replace(expectations.SPEC, name="expectations as integrals", run=self._by_integrals)
        elif self.goal.relation in SIGN.relations:
            rule = replace(SIGN, name="the same said in another way", run=self._by_image)
        else:
            return None
        return self.try_method(rule)

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
            self._proved_by(plain, Context(plain.assumptions, "real", seed=plain.seed), PARTS)
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

    def _proved_by(self, made: Goal, context: Context, name: str) -> Evidence:
        """The proof of a claim that says the same, by any method."""
        inner = Case(made, context, lambda row: None)
        inner.left, inner.derived = max(0.5, self.left), self.derived + 1
        verdict = inner.decide()
        if verdict.truth is Truth.PROVED and not verdict.conditions:
            return Evidence(name, Truth.PROVED, Strength.PROOF, reduced=(made.left, made.right))
        raise NotApplicable("nothing is found for that either")

    def _by_values(self, goal: Goal, context: Context) -> Evidence:
        made = within(min(METHOD, self.left), worked_integrals.valued, goal, context)
        if made is None:
            raise NotApplicable("an integral has no certified primitive")
        return self._decided_by(made, context, "values of integrals")

    def _by_series(self, goal: Goal, context: Context) -> Evidence:
        made = _with_series(goal)
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
        verdict = Case(made, context, lambda row: None).decide()
        witness = verdict.counterexample
        if verdict.truth is Truth.REFUTED and witness is not None and witness.certified:
            return Evidence(name, Truth.REFUTED, Strength.CERTIFIED, witness=witness)
        if verdict.truth is Truth.PROVED and not verdict.conditions:
            return Evidence(name, Truth.PROVED, Strength.PROOF, reduced=(made.left, made.right))
        raise NotApplicable("nothing is found with those values either")

    def first(self, candidates: list[Method], limit: float) -> tuple[Evidence | None, list[Method]]:
        """What the first method finds that decides within a limit, and the methods that the limit stopped."""
        stopped: list[Method] = []
        for m in candidates:
            self.evidence = [e for e in self.evidence if e.method != m.name]
            found = self.try_method(m, limit)
            if found is not None and found.truth in (Truth.PROVED, Truth.REFUTED):
                return found, stopped
            if self.stopped:
                stopped.append(m)
        return None, stopped

    def try_method(self, m: Method, limit: float = METHOD, goal: Goal | None = None) -> Evidence | None:
        """Runs a method, on another goal if one is given; a failure of ours is listed and gives None."""
        goal = goal or self.goal
        self.stopped = False
        self.emit({"stage": m.name})
        began, before = time.perf_counter(), spent()
        try:
            # The numeric methods stop themselves; see `numeric.evaluator.Work`.
            exact = m.run.__module__.startswith("twofold.symbolic")
            found = within(min(limit, self.left), m.run, goal, self.context) if exact else m.run(goal, self.context)
            if found is None:
                self.stopped = True
                raise NotApplicable(f"stopped after {spent() - before:.1f} nominal seconds of work")
        except (NotApplicable, NoClosedForm) as e:
            self.evidence.append(MethodFailure(m.name, str(e), time.perf_counter() - began))
            return None
        except TwofoldError as e:
            self.evidence.append(MethodFailure(m.name, e.diagnostic.headline, time.perf_counter() - began))
            return None
        except FAULTS as e:
            # A fault of a method must not become a verdict; it stands in the evidence under its own name.
            self.evidence.append(MethodFailure(m.name, f"failed: {type(e).__name__}: {e}", time.perf_counter() - began))
            return None
        finally:
            self.left = max(0.2, self.left - (spent() - before))
        if found.truth is not Truth.PROVED and is_of_sets(goal):
            # A method compares entry by entry: what is in another order says nothing.
            self.evidence.append(MethodFailure(m.name, "the elements were not matched", time.perf_counter() - began))
            return None
        found = replace(found, seconds=time.perf_counter() - began)
        self.evidence.append(found)
        return found

    # --- verdicts --------------------------------------------------------------------------------------------------------------

    def proved(self, proof: Evidence, sample: Sample) -> Verdict:
        # Values of both sides in double precision are enough to show that the claim says something; certified ones may be out of our reach.
        shown = proof.effective or sample.effective
        if not shown and proof.reduced is None:
            proof = replace(proof, reduced=_with_series(self.goal))
        if not shown and not self.effective_point(sample) and not self.reduced_point(proof):
            if sample.reason:
                note = f"{proof.method} proves it, but no point could be evaluated to show that it says anything: {sample.reason}"
                return Verdict(Truth.UNDECIDED, tuple(self.evidence), notes=(note,))
            return Verdict(
                Truth.UNDECIDED,
                tuple(self.evidence),
                notes=("no values of the names were found at which both sides have a value",),
                code="vacuous",
            )
        conditions = tuple(dict.fromkeys((*proof.conditions, *self.domain())))
        return Verdict(Truth.PROVED, tuple(self.evidence), conditions)

    def domain(self) -> tuple[str, ...]:
        """Conditions that one side asks for and the other does not."""
        goal = self.goal
        if goal.relation == "holds" or goal.left.sort != "number" or not involved(goal.left, goal.right):
            return ()
        try:
            facts = (*goal.assumptions, *self.granted)
            c = converter((), facts, goal.reading)
            found = differences(c, goal.left, goal.right, facts)
            if goal.reading == "real":
                found = sides_apart(c, goal.left, goal.right, found)
            kept = [t for t in found if t not in facts and not is_proved(t, list(facts), self.context)]
            return tuple(show(t) for t in kept if not is_always(t, self.context))
        except GIVES_UP:
            return ()

    def refuted(self, witness: Counterexample | None, by: Evidence | None = None) -> Verdict:
        goal = self.goal
        witness = self.with_constants(witness) if witness is not None else None
        conditions: tuple[str, ...] = by.conditions if by is not None and by.truth is Truth.CONDITIONAL else ()
        if self.conditions and not conditions and by is None and goal.relation in ("==", "<", "<=", ">", ">="):
            self.emit({"stage": "conditions", "found": Verdict(Truth.REFUTED, tuple(self.evidence), counterexample=witness)})
            try:
                conditions = conditions_for(goal, self.context, self.draw())
            except FAULTS as e:
                self.evidence.append(MethodFailure("conditions", f"failed: {type(e).__name__}: {e}"))
        notes = () if witness is None or witness.certified else (NUMERIC,)
        if conditions:
            return Verdict(Truth.CONDITIONAL, tuple(self.evidence), conditions, counterexample=witness, notes=notes)
        return Verdict(Truth.REFUTED, tuple(self.evidence), counterexample=witness, notes=notes)

    def conflict(self, proof: Evidence, witness: Counterexample) -> Verdict:
        note = f"{proof.method} proves what a certified counterexample refutes: this is a fault of twofold; please report it"
        return Verdict(Truth.CONFLICT, tuple(self.evidence), counterexample=witness, notes=(note,))

    def undecided(self, sample: Sample) -> Verdict:
        agreed = self.agreed()
        if sample.suspects and not agreed:
            return Verdict(
                Truth.UNDECIDED, tuple(self.evidence), notes=("the two sides seem to differ, but no certified point shows it",)
            )
        closed = not involved(self.goal.left, self.goal.right)
        enough = agreed >= 1 if closed else (len(sample.effective) >= 8 and not sample.suspects) or agreed >= 3
        unclear = self.unclear or (bool(sample.suspects) and agreed < min(3, len(sample.suspects)))
        if enough and not unclear:
            return Verdict(Truth.SUPPORTED, tuple(self.evidence))
        if sample.effective or agreed:
            return Verdict(Truth.UNDECIDED, tuple(self.evidence))
        why = self.without_value()
        if sample.reason:
            return Verdict(Truth.UNDECIDED, tuple(self.evidence), notes=why)
        nowhere = ("no values of the names were found at which both sides have a value",)
        return Verdict(Truth.UNDECIDED, tuple(self.evidence), notes=why or nowhere, code="vacuous")

    def without_value(self) -> tuple[str, ...]:
        """What diverges or does not exist in the claim, as far as the exact route knows."""
        try:
            return reasons(self.goal, self.context)
        except FAULTS as e:
            self.evidence.append(MethodFailure("reasons", f"failed: {type(e).__name__}: {e}"))
            return ()

    def arrow(self, available: tuple[Method, ...]) -> Verdict:
        """`=>` and `<=>`: the declared methods alone decide."""
        if (plain := without_floors(self.goal)) is not None:
            self.goal = plain
        support: Evidence | None = None
        for m in available:
            found = self.try_method(m)
            if found is None:
                continue
            if found.truth is Truth.PROVED:
                return Verdict(Truth.PROVED, tuple(self.evidence), found.conditions)
            if found.truth is Truth.REFUTED:
                return Verdict(Truth.REFUTED, tuple(self.evidence), counterexample=found.witness)
            if found.truth is Truth.CONDITIONAL:
                return Verdict(Truth.CONDITIONAL, tuple(self.evidence), found.conditions, counterexample=found.witness)
            if found.truth is Truth.SUPPORTED:
                support = support or found
        if self.case_by_case() is not None:
            return Verdict(Truth.PROVED, tuple(self.evidence))
        if (same := worked_out(self.goal)) is not None:
            inner = Case(same, Context(same.assumptions, same.reading, seed=same.seed), self.emit)
            verdict = inner.arrow(available)
            if verdict.truth in (Truth.PROVED, Truth.REFUTED) and not verdict.conditions:
                evidence = (*self.evidence, *(e for e in inner.evidence if isinstance(e, Evidence) and e.truth is verdict.truth))
                return replace(verdict, evidence=evidence)
        if self.goal.reading == "complex" and (made := in_parts(self.goal)) is not None:
            real, parts = made
            inner = Case(real, Context(real.assumptions, "real", seed=real.seed), self.emit)
            verdict = inner.arrow(available)
            self.evidence += inner.evidence
            if verdict.truth in (Truth.PROVED, Truth.REFUTED):
                witness = rejoined(verdict.counterexample, parts) if verdict.counterexample else None
                return Verdict(verdict.truth, tuple(self.evidence), counterexample=witness, notes=(PARTS,))
            if verdict.truth is Truth.SUPPORTED:
                return Verdict(Truth.SUPPORTED, tuple(self.evidence), notes=(PARTS,))
        return Verdict(Truth.SUPPORTED if support else Truth.UNDECIDED, tuple(self.evidence))
