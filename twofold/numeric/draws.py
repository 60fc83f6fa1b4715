"""Random draws of expressions in random variables: parents before children, all from one seeded generator."""

from __future__ import annotations

import numpy as np

from twofold.grammar.term import Symbol, Term, Var
from twofold.numeric.doubles import Doubles
from twofold.numeric.evaluator import WORK, Evaluator, Work
from twofold.numeric.laws import sample
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.random_parts import oracle_of, variables

MOST = 1_000_000


def draws(what: Term, count: int, seed: int) -> np.ndarray:
    """Draws from a law, a random variable or a scalar expression in such: shape `(count,)`, or `(count, size)` for a vector law.

    Raises `CannotEvaluate` where a parameter has no number, `Undefined` where it is impossible.
    """
    if not 1 <= count <= MOST:
        raise CannotEvaluate(f"the number of draws is between 1 and {MOST:,}")
    if what.sort == "law":
        return sample(what, count, seed)
    if isinstance(what, Var) and what.symbol.law is not None and what.symbol.law.shape:
        return sample(what.symbol.law, count, seed)
    arithmetic = Doubles("real")
    source = np.random.default_rng(seed)
    values: dict[Symbol, np.ndarray] = {}
    evaluator = Evaluator(arithmetic, {}, Work(WORK + 100 * count))
    for s in variables(what):
        if s.shape or s.law is None:
            raise CannotEvaluate("draws are of scalar variables")
        if variables(s.law):
            rows = [evaluator.inner({t: v[k] for t, v in values.items()}) for k in range(count)]
            values[s] = np.array([oracle_of(row, s.law).draw(1, source)[0] for row in rows])
        else:
            values[s] = oracle_of(evaluator, s.law).draw(count, source)
    try:
        with np.errstate(all="ignore"):
            made = evaluator.inner(values).value(what)
    except Split:
        raise CannotEvaluate("the expression needs different structure at different draws") from None
    return np.asarray(np.broadcast_to(made, (count,)), dtype=float)
