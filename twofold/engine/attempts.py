"""The declared methods, run on a goal one after the other under their limits."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Evidence, MethodFailure
from twofold.core.meter import spent
from twofold.core.registry import declarations
from twofold.core.truth import Truth
from twofold.engine.sets import is_of_sets
from twofold.engine.trial import FAULTS, Emit, Trial
from twofold.grammar.term import Term
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within

METHOD, METHODS = 2.5, 6.0
"""Nominal seconds for one exact method, and for all of them on one goal, behind the methods' own counts; see `core.meter`."""


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


class Attempts(Trial):
    """What methods were tried on a goal, and what is left of the time for them."""

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
