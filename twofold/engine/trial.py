"""A goal at points: a fast filter in doubles, certified points, and confirmed values where no enclosure can be had."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.evidence import Counterexample, Evidence, MethodFailure
from twofold.core.meter import spent
from twofold.core.truth import Strength, Truth
from twofold.engine.places import borders, distances
from twofold.grammar.term import Num, Symbol, Term, free_symbols, substitute
from twofold.numeric.certify import Outcome, certify
from twofold.numeric.confirm import admissible, compare, moderate
from twofold.numeric.outcomes import Split
from twofold.numeric.sample import Sample, involved, take
from twofold.numeric.sides import sides
from twofold.numeric.turned_powers import turned_powers
from twofold.numeric.valuation import Valuation, draw

Emit = Callable[[dict[str, Any]], None]

FAULTS = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, NotImplementedError, RecursionError, Split, SystemError, TypeError, ValueError,
)  # fmt: skip
"""What a fault of ours looks like. It is listed as such wherever it happens, and never decides anything."""

AGREED = 8
"""Digits to which enclosures have to agree where doubles do not: wide ones overlap whatever they enclose."""

POINTS, BESIDE_PROOF = 64, 16
"""Points drawn. Beside a proof fewer do: they are there to show that it says something, and to notice a conflict."""

CONFIRMED = "confirmed values"
CONFIRMABLE = frozenset(("==", "<", "<=", ">", ">="))

_CAPS = ((4, 256), (12, 512))
"""Without a proof: how many points are certified up to how many bits, even where the filter saw nothing."""


class Trial:
    """The points drawn for a goal, and the evidence found at them."""

    def __init__(self, goal: Goal, emit: Emit) -> None:
        self.goal = goal
        self.emit = emit
        self.evidence: list[Evidence | MethodFailure] = []
        self.points: list[Valuation] | None = None
        self.drawn = 0
        self.unclear = False
        """Whether doubles differ somewhere and balls could not say which way it is."""
        self.far = 0
        self.slow = False
        self.put: list[tuple[Symbol, Term]] = []
        """Names that have been put in one after the other, and their values by those that were left."""

    def draw(self, count: int = POINTS) -> list[Valuation]:
        """Points of the goal, spread over the strata however many are asked for."""
        if self.points is None or (self.drawn < count):
            goal = self.goal
            names = involved(goal.left, goal.right, *goal.assumptions)
            # How many arguments an arbitrary function takes is read from the sides.
            sides_of = (goal.left, goal.right)
            self.points = draw(names, goal.assumptions, goal.seed, count, sides_of)
            self.drawn = count
            for place in borders(goal):
                self.points += [
                    p for p in draw(names, (*goal.assumptions, place), goal.seed, 1, sides_of) if p not in self.points
                ]
            if goal.reading == "real":
                self.points += sides(goal.left, goal.right, names, goal.assumptions, goal.seed, self.points)
                self.points += turned_powers(goal.left, goal.right, names, goal.assumptions, self.points)
            self.far = len(self.points)
            for place in distances(goal, names):
                self.points += [
                    p for p in draw(names, (*goal.assumptions, place), goal.seed, 1, sides_of) if p not in self.points
                ]
        return self.points

    def sample(self, count: int = POINTS, seconds: float = 0.5) -> Sample:
        """The float filter."""
        self.emit({"stage": "float filter"})
        goal = self.goal
        if goal.relation == "holds":
            goal = replace(goal, relation="==")
        began = time.perf_counter()
        points = self.draw(count)
        try:
            sample = take(goal, involved(goal.left, goal.right), points, seconds)
        except FAULTS as e:
            sample = Sample(points, reason=f"failed: {type(e).__name__}: {e}")
        note = sample.reason or (
            f"{len(sample.suspects)} suspicious"
            if sample.suspects
            else f"agree to {sample.digits} digits, seed {goal.seed}"
            if sample.effective
            else "no point at which both sides have a value"
        )
        self.evidence.append(
            Evidence(
                "float filter", Truth.SUPPORTED if sample.effective and not sample.suspects else Truth.UNDECIDED, Strength.SAMPLED, note,
                len(points), len(sample.effective), sample.digits, seed=goal.seed, independent_of="the exact route",
                seconds=time.perf_counter() - began,
            )
        )  # fmt: skip
        return sample

    def outcome(self, at: Valuation, cap: int, seconds: float = 1.0) -> Outcome:
        goal = self.goal
        relation = "==" if goal.relation == "holds" else goal.relation
        try:
            return certify(relation, goal.left, goal.right, at, goal.reading, cap, seconds=seconds)
        except FAULTS as e:
            return Outcome("unknown", reason=f"failed: {type(e).__name__}: {e}")

    def certified(self, sample: Sample, proof: Evidence | None) -> Counterexample | None:
        """Balls at the suspicious points, the simplest first; without a proof also at a few others."""
        self.emit({"stage": "certified points"})
        began, before = time.perf_counter(), spent()
        from twofold.engine.witness import complexity

        places = sorted(sample.suspects, key=lambda k: complexity(sample.valuations[k]))[:24]
        if proof is None:
            places += [k for k in sample.effective if k not in places][:3]
            if not sample.effective:  # What doubles cannot give a value, balls may: a jump under an integral, a slow product.
                places += range(min(3, len(sample.valuations)))
            places += [k for k in sample.effective if k >= self.far and k not in places][:2]
        tried = agreed = 0
        digits: list[int] = []
        for k in places:
            out = self.outcome(sample.valuations[k], 512 if k in sample.suspects else 256)
            tried += 1
            if out.says == "fails":
                witness = self.witness(sample.valuations[k], out)
                self.evidence.append(
                    Evidence("certified points", Truth.REFUTED, Strength.CERTIFIED, points=tried, effective=tried, witness=witness,
                             independent_of="the exact route", seconds=time.perf_counter() - began)
                )  # fmt: skip
                return witness
            if out.says == "holds" or out.says == "agrees" and out.digits >= (AGREED if k in sample.suspects else 1):
                agreed += 1
                digits.append(min(out.digits, 60))
            elif k in sample.suspects:
                self.unclear = True
            if spent() - before > 2.0:
                break
        self.slow = bool(tried) and spent() - before > 0.5 * tried
        if tried:
            self.evidence.append(
                Evidence("certified points", Truth.SUPPORTED if agreed else Truth.UNDECIDED, Strength.CERTIFIED, points=tried, effective=agreed,
                         digits=min(digits, default=0), independent_of="the exact route", seconds=time.perf_counter() - began)
            )  # fmt: skip
        return None

    def insist(self, sample: Sample) -> Counterexample | None:
        """With no proof: more points, and a much higher precision at a few."""
        if self.slow:
            return None
        before = spent()
        # Where doubles failed, balls may do: an integral that is 0 has no relative precision.
        known = set(sample.effective)
        missed = [k for k in range(len(sample.valuations)) if k not in known][:8]
        agreed = [k for k in sample.effective if k not in sample.suspects]
        order = sample.suspects + missed[:2] + agreed[:2] + missed[2:3] + agreed[2:] + missed[3:]
        for count, cap in _CAPS:
            for k in order[:count]:
                out = self.outcome(sample.valuations[k], cap * 4)
                if out.says == "fails":
                    witness = self.witness(sample.valuations[k], out)
                    self.evidence.append(Evidence("certified points", Truth.REFUTED, Strength.CERTIFIED, witness=witness))
                    return witness
                if spent() - before > 1.0:
                    return None
        return None

    def confirmed(self, sample: Sample) -> Counterexample | None:
        """Where no enclosure could be had at any point: values that two methods agree on, at two points (at the one there is, without names)."""
        goal = self.goal
        if goal.relation not in CONFIRMABLE or self.agreed() or not admissible(goal.left, goal.right):
            return None
        self.emit({"stage": "confirmed values"})
        began, before = time.perf_counter(), spent()
        order = [*sample.suspects, *sample.effective, *range(len(sample.valuations))]
        places = [k for k in dict.fromkeys(order) if moderate(sample.valuations[k])][:6]
        need = 2 if involved(goal.left, goal.right) else 1
        failing: list[tuple[int, Outcome, tuple[str, ...]]] = []
        digits: list[int] = []
        for k in places:
            try:
                out, methods = compare(goal.relation, goal.left, goal.right, sample.valuations[k], goal.reading)
            except FAULTS:
                continue
            if out.says == "fails":
                failing.append((k, out, methods))
            elif out.says == "agrees":
                digits.append(out.digits)
            if len(failing) >= need or spent() - before > 4.0:
                break
        if not failing and not digits:
            return None
        witness = None
        if len(failing) >= need:
            k, out, methods = failing[0]
            witness = replace(self.witness(sample.valuations[k], out), certified=False, confirmed_by=methods)
        self.evidence.append(
            Evidence(CONFIRMED, Truth.REFUTED if witness else Truth.SUPPORTED if digits else Truth.UNDECIDED, Strength.SAMPLED,
                     points=len(places), effective=len(failing) if witness else len(digits), digits=min(digits, default=0), witness=witness,
                     independent_of="the exact route", seconds=time.perf_counter() - began)
        )  # fmt: skip
        return witness

    def agreed(self) -> int:
        """Points at which enclosures, or confirmed values, of the sides agree."""
        found = [e for e in self.evidence if isinstance(e, Evidence) and e.truth is Truth.SUPPORTED]
        return sum(e.effective for e in found if e.method in ("certified points", CONFIRMED))

    def witness(self, at: Valuation, out: Outcome) -> Counterexample:
        from twofold.engine.witness import described
        from twofold.symbolic.context import Context
        from twofold.symbolic.tidy import present

        names = involved(self.goal.left, self.goal.right)
        inside = dict.fromkeys(s for _, value in self.put for s in free_symbols(value) if s in at)
        known = {s: at[s] if isinstance(at[s], Term) else Num(Fraction(at[s])) for s in inside}
        put = {}
        for name, value in reversed(self.put):
            known[name] = present(substitute(value, known), Context(reading=self.goal.reading))
            put[name.name] = show(known[name])
        return Counterexample({**described(at, (*names, *inside)), **put}, out.left, out.right, True)

    def with_constants(self, found: Counterexample) -> Counterexample:
        """A counterexample to what is left of the claim, with the names that were put in as numbers."""
        put = {name.name: show(value) for name, value in self.put if not free_symbols(value)}
        return replace(found, values={**found.values, **put}) if put else found

    def effective_point(self, sample: Sample) -> bool:
        """Whether one certified point exists at which both sides have a value."""
        order = sample.effective + [k for k in range(len(sample.valuations)) if k not in sample.effective]
        before = spent()
        for k in order[:40]:
            if self.outcome(sample.valuations[k], 128, 4.0).says in ("holds", "agrees"):
                return True
            if spent() - before > 4.0:
                break
        return False

    def reduced_point(self, proof: Evidence) -> bool:
        """Whether the sides as a proof left them have values at a point; that those of the claim have them too is part of the proof."""
        if proof.reduced is None:
            return False
        left, right = proof.reduced
        names = involved(left, right, *self.goal.assumptions)
        for at in draw(names, self.goal.assumptions, self.goal.seed, 8):
            if certify(self.goal.relation, left, right, at, self.goal.reading, 128).says in ("holds", "agrees"):
                return True
        return False
