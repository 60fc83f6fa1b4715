"""Exact answers with known values: ours beside raw SymPy, Maxima, Giac, PARI/GP and FriCAS.

    python benchmarks/exact [--only WORD] [--systems twofold,sympy] [--rounds N] [--time S] [--clock wall|cpu] [--answers]

Every system is a warm process that gets one task after another. What all of them said is judged afterwards: the judge's own algebra in between would
leave none of them the processor's caches that they have in a session. With `--rounds` all are asked again in fresh processes, in turns; the least time
that a task took counts, and the worst that was said: what else runs on the machine, minutes apart, moves a single round by a third. Ours is a `twofold.Session` with its worker, and its check under each answer.
The peers come from Debian (`apt install maxima maxima-share giac pari-gp fricas`); those that are not there are named and left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.exact import table  # noqa: E402
from benchmarks.exact.judging import Outcome, asked, joined, outcome  # noqa: E402
from benchmarks.exact.systems import NAMES, system  # noqa: E402
from benchmarks.exact.task import tasks  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="topics or titles that hold this word")
    parser.add_argument("--systems", default=",".join(NAMES))
    parser.add_argument("--rounds", type=int, default=1, help="fresh processes of each system, asked in turns")
    parser.add_argument("--time", type=float, default=10.0, help="seconds for each task")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="cpu where the machine is shared")
    parser.add_argument("--answers", action="store_true", help="every answer, and the wrong ones of peers")
    parser.add_argument("--json", type=Path, help="write all outcomes to this file")
    options = parser.parse_args()
    chosen = [t for t in tasks() if options.only in t.topic or options.only in t.title]
    systems = [system(name) for name in options.systems.split(",")]
    missing = [s.name for s in systems if not s.available()]
    systems = [s for s in systems if s.name not in missing]
    if missing:
        print(f"not installed: {', '.join(missing)}")
    rounds: dict[str, list[list[Outcome]]] = {one.name: [] for one in systems}
    for _ in range(options.rounds):
        for one in systems:
            print(one.name, file=sys.stderr, flush=True)
            replies = [asked(one, task, options.time) for task in chosen]
            one.stop()
            rounds[one.name].append([outcome(one, task, reply) for task, reply in zip(chosen, replies, strict=True)])
    results = {name: [joined(found) for found in zip(*each, strict=True)] for name, each in rounds.items()}
    if options.answers:
        for name, outcomes in results.items():
            for task, found in zip(chosen, outcomes, strict=True):
                print(f"{task.title} | {name}: {found.said} {found.seconds:.3f} s {found.answer[:400]} {found.note}")
    print(table.summary(results, options.clock))
    if options.answers:
        print(table.of_peers(chosen, results, ("wrong", "unreadable")))
    if "twofold" in results:
        print(table.losses(chosen, results, options.clock))
        print()
        print(table.figures(chosen, results, options.clock))
    if options.json:
        rows = [
            {"task": t.title, "topic": t.topic, **{n: asdict(r[k]) for n, r in results.items()}} for k, t in enumerate(chosen)
        ]
        options.json.write_text(json.dumps(rows, indent=1))


main()
