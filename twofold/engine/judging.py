"""Judging: the stages of a decision, cheapest first, and the joining of their evidence into one verdict."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method
from twofold.core.evidence import Counterexample, Evidence, MethodFailure, Verdict
from twofold.core.truth import Strength, Truth
from twofold.engine import free_constants, recast
from twofold.engine.attempts import METHOD, methods
from twofold.engine.closed_ends import at_closed_ends, at_points
from twofold.engine.floor_steps import without_floors
from twofold.engine.images import without_given
from twofold.engine.parts import in_parts, rejoined
from twofold.engine.principal_equations import without_principal_values
from twofold.engine.regions import conditions_for
from twofold.engine.rewordings import PARTS, Rewordings, with_series
from twofold.engine.sets import ascending, of_entries
from twofold.engine.trial import BESIDE_PROOF, FAULTS, POINTS, Emit
from twofold.engine.undefined import reasons
from twofold.engine.worked_equations import worked_out
from twofold.numeric.sample import Sample, involved
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.compared_domains import differences
from twofold.symbolic.open_conditions import is_always, is_proved
from twofold.symbolic.summation.poles import sides_apart

QUICK = 5
"""Methods up to this cost are tried before anything is sampled."""

BRIEF = 0.4
"""Nominal seconds for a quick method before anything is sampled. One that takes longer goes on only where no counterexample is found:
a wrong step does not wait for proofs that cannot be."""

PUT_IN = "points put in"
NUMERIC = "numeric: no enclosure of the values could be had; two methods agree on them to ten digits more than they differ by"


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


class Case(Rewordings):
    """One goal being judged, in stages, and the verdicts they end in."""

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
        if proof is None and self.conditions and not self.derived and (witness := self.put_in(sample)) is not None:
            return self.refuted(witness)
        if proof is None:
            witness = self.insist(sample) or self.confirmed(sample)
            if witness is not None:
                return self.refuted(witness)
            return self.undecided(sample)
        return self.proved(proof, sample)

    def put_in(self, sample: Sample) -> Counterexample | None:
        """A closed end of a name's range, an irrational number, or a suspicious point that no enclosure settles, at which the claim fails."""
        from twofold.engine.witness import complexity

        suspects = sorted((sample.valuations[k] for k in sample.suspects), key=complexity)
        for put, made in (*at_closed_ends(self.goal), *at_points(self.goal, suspects)):
            inner = Case(made, Context(made.assumptions, made.reading, seed=made.seed), lambda row: None, conditions=False)
            verdict = inner.decide()
            if verdict.truth is Truth.REFUTED and verdict.counterexample is not None and verdict.counterexample.certified:
                found = verdict.counterexample
                values = {s.name: show(value) for s, value in put.items()}
                found = self.with_constants(replace(found, values={**values, **found.values}))
                self.evidence.append(Evidence(PUT_IN, Truth.REFUTED, Strength.CERTIFIED, witness=found))
                return found
        return None

    # --- verdicts --------------------------------------------------------------------------------------------------------------

    def proved(self, proof: Evidence, sample: Sample) -> Verdict:
        # Values of both sides in double precision are enough to show that the claim says something; certified ones may be out of our reach.
        shown = proof.effective or sample.effective
        if not shown and proof.reduced is None:
            proof = replace(proof, reduced=with_series(self.goal))
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
            kept = [t for t in dict.fromkeys(map(plain, found)) if t not in facts and not is_proved(t, list(facts), self.context)]
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

    def said_as(self, same: Goal | None, available: tuple[Method, ...]) -> Verdict | None:
        """The verdict of a step that says the same, where that one is proved or refuted."""
        if same is None:
            return None
        inner = Case(same, Context(same.assumptions, same.reading, seed=same.seed), self.emit)
        verdict = inner.arrow(available)
        if verdict.truth not in (Truth.PROVED, Truth.REFUTED) or verdict.conditions:
            return None
        evidence = (*self.evidence, *(e for e in inner.evidence if isinstance(e, Evidence) and e.truth is verdict.truth))
        return replace(verdict, evidence=evidence)

    def arrow(self, available: tuple[Method, ...]) -> Verdict:
        """`=>` and `<=>`: the declared methods alone decide."""
        if (whole := without_floors(self.goal)) is not None:
            self.goal = whole
        if (verdict := self.said_as(without_principal_values(self.goal), available)) is not None:
            return verdict
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
        if self.case_by_case() is not None or self.under_assumptions() is not None:
            return Verdict(Truth.PROVED, tuple(self.evidence))
        if (verdict := self.said_as(worked_out(self.goal), available)) is not None:
            return verdict
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
