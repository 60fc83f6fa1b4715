"""Five hundred and more integrals of all kinds: how many are answered, how many wrongly, and how fast.

Run as `python benchmarks/integrals.py [WORD...]`; with words, only the questions with one of them. The questions are those of
`data/integrals.txt`, in the manner of textbook tables, Gradshteyn and Ryzhik, Rubi's families and integration bees. Answers are evaluated by mpmath:
an antiderivative is differentiated and compared with quadrature over intervals on which the integrand is continuous, a value with the known one.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import mpmath as mp
from asking import run
from mpmath_terms import Unknown, value

from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.shapes import ShapeError
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Bound, Term, free_symbols

DATA = Path(__file__).parent / "data" / "integrals.txt"
PLACES = (-3.3, -1.8, -1.35, -0.85, -0.45, 0, 0.15, 0.8, 1.1, 1.45, 2.9, 3.7, 4.4)
BROKEN = (
    Unknown,
    ValueError,
    ZeroDivisionError,
    TypeError,
    OverflowError,
    AttributeError,
    NotImplementedError,
    mp.libmp.NoConvergence,
    ShapeError,
    TwofoldError,
)


def read(text: str) -> Term:
    return resolve(parse_expression(text, "benchmark"), Scope({}))


def values_for(names: list[str], conditions: list[Term]) -> list[dict[str, Any]]:
    """Up to three choices of values for the parameters that meet the conditions."""
    source, found = random.Random(5), []
    for _ in range(4000):
        point = {n: mp.mpf(source.randint(-20, 40)) / 10 + mp.mpf(1) / 32 for n in names}
        if all(value(c, point) for c in conditions):
            found.append(point)
        if len(found) == 3 or not names:
            break
    return found


def close(a: Any, b: Any, tolerance: float = 1e-7) -> bool:
    return bool(abs(a - b) <= tolerance * max(abs(a), abs(b), mp.mpf("1e-3")))


def judge_antiderivative(question: Bound, answer: Term, conditions: list[Term]) -> str:
    """`right`, `wrong`, `jumps` or `unverified`."""
    x = question.symbols[0].name
    names = sorted({s.name for s in free_symbols(question.body)} - {x})
    counted = pieces = 0
    for point in values_for(names, [c for c in conditions if x not in {s.name for s in free_symbols(c)}]):

        def f(u: Any, point: dict[str, Any] = point) -> Any:
            return value(question.body, {**point, x: u})

        def big(u: Any, point: dict[str, Any] = point) -> Any:
            return value(answer, {**point, x: u})

        def admitted(u: Any, point: dict[str, Any] = point) -> bool:
            try:
                return all(value(c, {**point, x: u}) for c in conditions) and mp.im(f(u)) == 0 and bool(mp.isfinite(f(u)))
            except BROKEN:
                return False

        for u in PLACES:
            if u == 0 or not admitted(u):
                # At the end of a domain there is no derivative from both sides.
                continue
            try:
                if abs(mp.im(big(u))) > 1e-12 or not mp.isfinite(big(u)):
                    return f"wrong: {mp.nstr(big(u))} at {u}"
                slope = mp.diff(big, u)
            except BROKEN:
                continue
            if not close(slope, f(u)):
                return f"wrong: slope {mp.nstr(slope)} for {mp.nstr(f(u))} at {u} {point}"
            counted += 1
        for a, b in zip(PLACES, PLACES[1:], strict=False):
            grid = [a + (b - a) * k / 6 for k in range(7)]
            if not all(map(admitted, grid)) or max(abs(f(u)) for u in grid) > 200:
                continue
            try:
                measured, error = mp.quad(f, [a, b], error=True)
                if error < 1e-8 and abs(big(b) - big(a) - measured) > 1e-6 * (1 + abs(measured)):
                    return f"jumps in {a}..{b} {point}"
            except BROKEN:
                continue
            pieces += 1
    return "right" if counted >= 2 else "unverified"


def judge_value(answer: Term, known: Term, conditions: list[Term], own: list[Term]) -> str:
    names = sorted({s.name for t in (answer, known, *conditions, *own) for s in free_symbols(t)})
    counted = 0
    for point in values_for(names, [*conditions, *own]):
        try:
            found, wanted = value(answer, point), value(known, point)
        except BROKEN:
            continue
        if not close(found, wanted, 1e-9):
            return f"wrong: {mp.nstr(found, 12)} for {mp.nstr(wanted, 12)} at {point}"
        counted += 1
    return "right" if counted else "unverified"


def judge(text: str, known: str, result: Any) -> str:
    """One of `right`, `wrong …`, `jumps …`, `conflict`, `no closed form`, `unverified`, `error …`."""
    question_text, _, given = text.partition(" given ")
    conditions = [read(c) for c in given.split(", ")] if given else []
    question = read(question_text)
    if result.status != "ok":
        return f"error: {result.status} {result.error or ''}"
    if result.verdict is not None:
        return "conflict"
    answer = result.exact
    if known == "diverges":
        said = answer in ("oo", "-oo", '"does not exist"', '"diverges"') or "diverges" in " ".join(result.notes or ())
        return "right" if said else ("no closed form" if answer is None else f"wrong: {answer} for an integral that diverges")
    if answer is None:
        if known not in ("", "none") and result.numeric is not None:
            try:
                if not close(mp.mpf(result.numeric), value(read(known), {}), 1e-8):
                    return f"wrong: decimals {result.numeric}"
            except BROKEN:
                return f"unverified decimals {result.numeric}"
        return "right" if known == "none" else "no closed form"
    if answer in ("oo", "-oo") or answer.startswith('"'):
        return f"wrong: {answer}"
    term = read(answer)
    own = [read(c) for c in result.conditions or ()]
    if known == "none":
        return f"answered: {answer}"
    if isinstance(question, Bound) and question.op == "antiderivative":
        return judge_antiderivative(question, term, [*conditions, *own])
    return judge_value(term, read(known), conditions, own)


def judge_or_say_why(text: str, known: str, result: Any) -> str:
    try:
        return judge(text, known, result)
    except BROKEN as error:
        return f"unverified: {error!r}"


if __name__ == "__main__":
    mp.mp.dps = 20
    run(DATA, "1 + 1; integrate(x^2, x = 0..1); integrate(x*exp(x), x)", judge_or_say_why, sys.argv[1:])
