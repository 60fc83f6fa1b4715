"""The check of an integral over a region: sampled to as many digits as it takes to tell."""

from __future__ import annotations

import math
import time

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import APART, EXACT_ROUTE, points, value
from twofold.grammar.term import Bound, Term, free_symbols
from twofold.numeric.integration import OVER_REGION
from twofold.numeric.regions.estimate import estimates
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context

POINTS = 6
SAFE = 10
"""An estimate is taken to be off by so many times what it differs from the one before."""
FINE, ROUGH = 1e-9, 1e-3
"""How sure an estimate should be, and must be at the least."""


def over_region(question: Bound, answer: Term, context: Context) -> Check:
    """Both values at several points, the question by ever finer sums over the region."""
    until = time.thread_time() + OVER_REGION
    gaps: list[float] = []
    for p in points([question, answer], context, POINTS):
        known = value(answer, p, context)
        if known is None or known.shape or abs(complex(known).imag) > 0:
            continue
        agrees, gap = _compared(question, float(known.real), p, context, until)
        if agrees is False:
            return Check("sums over the region", False, None, EXACT_ROUTE, f"the question is not {float(known.real)!r}")
        if agrees:
            gaps.append(gap)
    if not gaps:
        return Check("sums over the region", None, note="no sum came close enough to a value")
    digits = min(15, int(-math.log10(max(gaps)))) if max(gaps) > 0 else 15
    method = f"sums over the region, at {len(gaps)} points" if free_symbols(question) else "sums over the region"
    return Check(method, True, digits, EXACT_ROUTE)


def _compared(question: Bound, known: float, point: Valuation, context: Context, until: float) -> tuple[bool | None, float]:
    """Whether both values agree, and how far apart they may be, relative to the integral of the absolute value."""
    told: tuple[bool | None, float] = None, 1.0
    for found, change, total in estimates(question, point, context.reading, until):
        size = max(total, abs(known))
        gap, off = abs(found - known) / size, SAFE * change / size
        if gap <= off + FINE and off <= ROUGH:
            told = True, max(gap, change / size)
            if off <= FINE:
                break
        else:
            told = (False if gap > SAFE * off + APART else None), gap
    return told
