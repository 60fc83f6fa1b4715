"""An integral over a region to as many digits as there is time for."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.regions import region_integral
from twofold.grammar.term import Bound
from twofold.numeric.batches import exact
from twofold.numeric.doubles import Doubles
from twofold.numeric.evaluator import WORK, Evaluator, Work
from twofold.numeric.integration import MOST_NAMES
from twofold.numeric.regions.integral import approximations
from twofold.numeric.valuation import Valuation


def estimates(term: Bound, valuation: Valuation, reading: str, until: float) -> Iterator[tuple[float, float, float]]:
    """Ever finer values of an integral over a region in double precision, each with how far it is from the one before and with the
    integral of the absolute value; until the thread has used so much processor time. None for other integrals."""
    region = region_integral(term)
    if region is None or len(region.names) > MOST_NAMES:
        return
    arithmetic = Doubles(reading)
    e = Evaluator(arithmetic, {s: exact(arithmetic, v) for s, v in valuation.items()}, Work(2 * WORK))
    yield from approximations(e, region, until)
