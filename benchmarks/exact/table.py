"""The tables that are printed."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.exact.judging import Outcome
from benchmarks.exact.task import Task

Results = Mapping[str, Sequence[Outcome]]


def summary(results: Results, clock: str) -> str:
    """One line for each system."""
    head = f"{'':<9}{'right':>7}{'wrong':>7}{'unanswered':>12}{'late':>6}{'seconds':>10}{'median':>9}{'slowest':>9}"
    lines = [head]
    for name, outcomes in results.items():
        count = {w: sum(o.said == w for o in outcomes) for w in ("right", "wrong", "late")}
        other = len(outcomes) - sum(count.values())
        times = [seconds(o, clock) for o in outcomes if o.said != "not offered"]
        lines.append(
            f"{name:<9}{count['right']:>7}{count['wrong']:>7}{other:>12}{count['late']:>6}{sum(times):>10.1f}{_ms(statistics.median(times)):>9}{_ms(max(times)):>9}"
        )
    return "\n".join(lines)


def seconds(outcome: Outcome, clock: str) -> float:
    return outcome.seconds if clock == "wall" else outcome.processor


def _ms(value: float) -> str:
    return f"{value * 1000:.0f} ms"


def losses(tasks: Sequence[Task], results: Results, clock: str) -> str:
    """Every task that ours does not have right, or has slower than it should be, by topic."""
    lines: list[str] = []
    topic = ""
    for k, task in enumerate(tasks):
        ours = results["twofold"][k]
        peers = [n for n, o in results.items() if n != "twofold" and o[k].said == "right"]
        words: list[str] = []
        if ours.said != "right":
            words.append(f"{ours.said.upper()}{' (right: ' + ', '.join(peers) + ')' if peers else ''}")
        if "sympy" in results:
            peer = results["sympy"][k]
            allowed = max(2 * seconds(peer, clock), seconds(peer, clock) + 0.05, 0.05)
            if peer.said not in ("not offered", "late") and seconds(ours, clock) > allowed:
                words.append(f"SLOW {_ms(seconds(ours, clock))} against {_ms(seconds(peer, clock))} of SymPy ({peer.said})")
        if words:
            if task.topic != topic:
                topic = task.topic
                lines.append(f"\n{topic}")
            lines.append(f"  {task.title}: {'; '.join(words)}")
            if ours.said != "right":
                lines.append(f"      ours: {_shorten(ours.answer)} {ours.note}")
    return "\n".join(lines)


def of_peers(tasks: Sequence[Task], results: Results, words: Sequence[str]) -> str:
    """The answers of peers that were judged so, to be looked at by eye."""
    lines: list[str] = []
    for name, outcomes in results.items():
        for task, found in zip(tasks, outcomes, strict=True):
            if found.said in words and name != "twofold":
                lines.append(
                    f"{name} {found.said}: {task.title} [known {task.answer}]\n      {_shorten(found.answer)} {found.note}"
                )
    return "\n".join(lines)


def _shorten(text: str) -> str:
    return text if len(text) < 300 else text[:297] + "..."


def figures(tasks: Sequence[Task], results: Results, clock: str) -> str:
    """What is asked of these figures, and whether they reach it."""
    ours = results["twofold"]
    right = {n: sum(o.said == "right" for o in found) for n, found in results.items()}
    best = max((r for n, r in right.items() if n != "twofold"), default=0)
    lines = [
        f"right answers: {right['twofold']} of {len(tasks)}, best peer {best}   (more than any peer)",
        f"wrong answers: {sum(o.said == 'wrong' for o in ours)}   (none)",
        f"past the budget: {sum(o.said == 'late' for o in ours)}   (none)",
    ]
    if "sympy" in results:
        pairs = [
            (seconds(o, clock), seconds(p, clock))
            for o, p in zip(ours, results["sympy"], strict=True)
            if p.said not in ("not offered", "late")
        ]
        over = [(a, b) for a, b in pairs if a > max(2 * b, b + 0.05, 0.05)]
        ratios = sorted(a / b for a, b in pairs if b)
        lines.append(f"slower than raw SymPy by more than 2 times and 50 ms: {len(over)} of {len(pairs)}   (none)")
        medians = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
        lines.append(
            f"median task, SymPy / ours: {medians[1] / medians[0]:.2f}; median of the ratios {1 / statistics.median(ratios):.2f}   (at least 3)"
        )
    return "\n".join(lines)
