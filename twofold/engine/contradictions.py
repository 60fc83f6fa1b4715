"""Assumptions that no values satisfy: under these a claim says nothing, and a counterexample is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.engine.environment import involved
from twofold.grammar.term import Symbol, Term
from twofold.numeric.sample import involved as needing_values
from twofold.numeric.valuation import draw

Judge = Callable[[Term], Verdict]
"""The verdict on the claim that a statement is never true."""


def under(facts: Iterable[Term], goals: Sequence[Goal], verdict: Verdict, judge: Judge) -> Verdict:
    """A verdict in view of all that is assumed where the claim stands, also of names that are not in it.

    What contradicts itself makes the claim vacuous. Where neither that nor its opposite is shown, nothing is refuted by values that leave it out.
    """
    if verdict.truth is Truth.UNDECIDED and verdict.code != "vacuous":
        return verdict
    named = {s for g in goals for s in involved([g.left, g.right])}
    for group in _groups(facts):
        found = _satisfied(group, goals[0].seed, judge)
        if found is False:
            least = _least(group, goals[0].seed, judge)
            why = "the assumptions contradict each other" if len(least) > 1 else "no values satisfy the assumption"
            return _vacuous(verdict, f"{why}, so that the claim says nothing: {', '.join(map(show, least))}")
        names = set(involved(group))
        if found is None and verdict.truth in (Truth.REFUTED, Truth.CONDITIONAL) and names and not named & names:
            return _vacuous(verdict, f"no values were found that satisfy what is assumed: {', '.join(map(show, group))}")
    return verdict


def _vacuous(verdict: Verdict, note: str) -> Verdict:
    return replace(verdict, truth=Truth.UNDECIDED, conditions=(), counterexample=None, notes=(note,), code="vacuous")


def _groups(facts: Iterable[Term]) -> Iterator[tuple[Term, ...]]:
    """Facts that share names, directly or through one another."""
    groups: list[tuple[set[Symbol], list[Term]]] = []
    for fact in dict.fromkeys(part for f in facts for part in conjuncts(f)):
        names, said = set(involved([fact])), [fact]
        for group in [g for g in groups if g[0] & names]:
            groups.remove(group)
            names, said = group[0] | names, group[1] + said
        groups.append((names, said))
    return (tuple(said) for _, said in groups)


def _satisfied(facts: tuple[Term, ...], seed: int, judge: Judge) -> bool | None:
    """Whether some values satisfy facts: a drawn point does, or what decides steps says so; None where neither is known."""
    names = needing_values(*facts)
    if names and (draw(names, facts, seed, 1) or draw(names, facts, seed)):
        return True
    return {Truth.PROVED: False, Truth.REFUTED: True}.get(judge(together(facts)).truth)


def _least(facts: tuple[Term, ...], seed: int, judge: Judge) -> tuple[Term, ...]:
    """As few of the facts as still contradict each other."""
    for fact in facts:
        rest = tuple(f for f in facts if f is not fact)
        if rest and _satisfied(rest, seed, judge) is False:
            return _least(rest, seed, judge)
    return facts


__all__ = ["under"]
