"""Exact answers with known values: ours beside raw SymPy, Maxima, Giac, PARI/GP and FriCAS.

    python benchmarks/exact [--only WORD] [--systems twofold,sympy] [--time S] [--clock wall|cpu] [--answers]

Every system is a warm process that gets one task at a time. Ours is a `twofold.Session` with its worker, and its check under each answer.
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
from benchmarks.exact.judging import Outcome, outcome  # noqa: E402
from benchmarks.exact.systems import NAMES, system  # noqa: E402
from benchmarks.exact.task import tasks  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="topics or titles that hold this word")
    parser.add_argument("--systems", default=",".join(NAMES))
    parser.add_argument("--time", type=float, default=10.0, help="seconds for each task")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="cpu where the machine is shared")
    parser.add_argument("--answers", action="store_true", help="every answer, and the wrong ones of peers")
    parser.add_argument("--json", type=Path, help="write all outcomes to this file")
    options = parser.parse_args()
    asked = [t for t in tasks() if options.only in t.topic or options.only in t.title]
    systems = [system(name) for name in options.systems.split(",")]
    missing = [s.name for s in systems if not s.available()]
    if missing:
        print(f"not installed: {', '.join(missing)}")
    results: dict[str, list[Outcome]] = {s.name: [] for s in systems if s.name not in missing}
    for number, task in enumerate(asked, 1):
        for one in systems:
            if one.name in results:
                results[one.name].append(outcome(one, task, options.time))
                if options.answers:
                    found = results[one.name][-1]
                    print(
                        f"{task.title} | {one.name}: {found.said} {found.seconds:.3f} s {found.answer[:400]} {found.note}",
                        flush=True,
                    )
        print(f"\r{number}/{len(asked)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for one in systems:
        one.stop()
    print(table.summary(results, options.clock))
    if options.answers:
        print(table.of_peers(asked, results, ("wrong", "unreadable")))
    if "twofold" in results:
        print(table.losses(asked, results, options.clock))
        print()
        print(table.figures(asked, results, options.clock))
    if options.json:
        rows = [{"task": t.title, "topic": t.topic, **{n: asdict(r[k]) for n, r in results.items()}} for k, t in enumerate(asked)]
        options.json.write_text(json.dumps(rows, indent=1))


main()
