"""Three hundred and more questions of calculus other than integrals: how many are answered rightly, and how fast.

Run as `python benchmarks/calculus.py [WORD...]`; with words, only the questions with one of them. The questions and their known answers are those of
`data/calculus.txt`; both are evaluated by mpmath at admissible values of their names.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import mpmath as mp
from asking import run
from integrals import BROKEN, close, read, values_for
from mpmath_terms import value

from twofold.grammar.term import App, Array, Term, free_symbols

DATA = Path(__file__).parent / "data" / "calculus.txt"


def parts(t: Term) -> list[Term]:
    if isinstance(t, Array):
        return [e for row in t.rows for e in row]
    if isinstance(t, App) and t.op in ("tuple", "set"):
        return [e for a in t.args for e in parts(a)]
    return [t]


def entry(t: Term, point: dict[str, Any]) -> Any:
    return value(t, point)


def judge(text: str, known: str, result: Any) -> str:
    """`right`, `wrong …`, `unanswered`, `conflict`, `error …` or `unverified`."""
    if known.startswith("!"):
        return "right" if result.error and result.error["code"] == known[1:] else f"error: {result.error}"
    if result.verdict is not None:
        return "conflict"
    said = " ".join([str(result.exact), *(result.notes or ()), *(result.conditions or ()), str(result.error or "")])
    if known.startswith("~"):
        return "right" if known[1:] in said + " given" * bool(result.conditions) else f"wrong: no {known[1:]!r} in {said}"
    if result.status != "ok":
        return f"error: {result.status} {result.error or ''}"
    if result.exact is None:
        return "unanswered"
    if known.startswith('"') or result.exact.startswith('"') or "oo" in (known, result.exact) or "-oo" in (known, result.exact):
        return "right" if known == result.exact else f"wrong: {result.exact} for {known}"
    _, _, given = text.partition(" given ")
    conditions = [read(c) for c in given.split(", ")] if given else []
    answer, wanted = read(result.exact), read(known)
    own = [read(c) for c in result.conditions or ()]
    left, right = parts(answer), parts(wanted)
    if len(left) != len(right):
        return f"wrong: {result.exact} for {known}"
    names = sorted({s.name for t in (answer, wanted, *conditions, *own) for s in free_symbols(t)})
    whole = [n for n in names if n in ("n", "k", "m", "N")]
    counted = 0
    for point in values_for(
        [n for n in names if n not in whole] or ["unused"],
        [c for c in conditions if not {s.name for s in free_symbols(c)} & set(whole)],
    ):
        for n in (1, 2, 5):
            place = {**point, **{w: mp.mpf(n + k) for k, w in enumerate(whole)}}
            try:
                if not all(value(c, place) for c in [*conditions, *own]):
                    continue
                pairs = [(entry(a, place), entry(b, place)) for a, b in zip(left, right, strict=True)]
            except BROKEN:
                continue
            if not all(mp.isfinite(b) for _, b in pairs) or not all(mp.im(b) == 0 for _, b in pairs) and "im" not in known:
                continue
            if not all(close(a, b, 1e-9) or abs(a - b) < 1e-15 for a, b in pairs):
                return f"wrong: {result.exact} for {known} at {place}"
            counted += 1
    return "right" if counted else f"unverified: {result.exact} for {known}"


def judge_or_say_why(text: str, known: str, result: Any) -> str:
    try:
        return judge(text, known, result)
    except BROKEN as error:
        return f"unverified: {error!r}"


if __name__ == "__main__":
    mp.mp.dps = 20
    run(DATA, "integrate(x^2, x = 0..1); limit(sin(x)/x, x -> 0); sum(k, k = 1..n)", judge_or_say_why, sys.argv[1:])
