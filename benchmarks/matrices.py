"""Explicit matrices: the exact route beside python-flint alone, for the computation and nothing else.

    python benchmarks/matrices.py

Ours starts from the resolved term and ends with the term of the answer: making the matrix, computing, and writing the entries back. FLINT starts
from its own matrix. For parameters FLINT has no matrices; there it is Bareiss's elimination on `fmpz_mpoly`.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import flint

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.symbolic.context import Context
from twofold.symbolic.work import carry_out

RUNS = 5


def milliseconds(work: Callable[[], object]) -> float:
    """The median processor time of several runs."""
    found = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return statistics.median(found)


def ours(text: str) -> Callable[[], object]:
    term = resolve(parse_expression(text), Scope({}))
    return lambda: carry_out(term, Context())


def written(rows: list[list[str]]) -> str:
    return f"[{'; '.join(', '.join(row) for row in rows)}]"


def bareiss(rows: list[list[Any]], zero: Any, one: Any) -> Any:
    """The determinant of a matrix over an integral domain, by elimination without fractions. `zero` and `one` belong to the domain."""
    rows, previous, sign = [list(r) for r in rows], one, 1
    count = len(rows)
    for k in range(count - 1):
        pivot = next((i for i in range(k, count) if rows[i][k] != 0), None)
        if pivot is None:
            return zero
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        for i in range(k + 1, count):
            for j in range(k + 1, count):
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // previous
        previous = rows[k][k]
    return rows[-1][-1] * sign


def cofactors(rows: list[list[Any]], zero: Any, one: Any) -> list[Any]:
    """The determinant and every cofactor, with which the inverse is known."""
    count = len(rows)
    minors = [
        bareiss([r[:j] + r[j + 1 :] for k, r in enumerate(rows) if k != i], zero, one) for i in range(count) for j in range(count)
    ]
    return [bareiss(rows, zero, one), *minors]


def main() -> None:
    draw = random.Random(5)
    whole = [[draw.randint(-99, 99) for _ in range(50)] for _ in range(50)]
    text = written([[str(x) for x in row] for row in whole])
    ring = flint.fmpz_mpoly_ctx.get(("a", "b", "c"), "lex")
    named = [[[draw.randint(-3, 3) for _ in range(4)] for _ in range(6)] for _ in range(6)]
    entries = [[f"{p}*a + {q}*b + {r}*c + {s}" for p, q, r, s in row] for row in named]
    a, b, c = ring.gens()
    zero, one = ring.constant(0), ring.constant(1)
    polynomials = [[p * a + q * b + r * c + s for p, q, r, s in row] for row in named]
    matrix, fractions = flint.fmpz_mat(whole), flint.fmpq_mat(flint.fmpz_mat(whole))
    rows: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("det, integers 50x50", ours(f"det({text})"), matrix.det),
        ("inverse, integers 50x50", ours(f"inv({text})"), fractions.inv),
        ("characteristic polynomial, 50x50", ours(f"charpoly({text}, t)"), matrix.charpoly),
        ("det, 6x6 in a, b, c", ours(f"det({written(entries)})"), lambda: bareiss(polynomials, zero, one)),
        ("inverse, 6x6 in a, b, c", ours(f"inv({written(entries)})"), lambda: cofactors(polynomials, zero, one)),
    ]
    for what, mine, theirs in rows:
        one_time, other = milliseconds(mine), milliseconds(theirs)
        print(f"{what:<36} {one_time:9.2f} ms / {other:8.2f} ms = {one_time / other:6.1f}", flush=True)


main()
