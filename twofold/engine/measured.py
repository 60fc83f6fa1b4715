"""Questions of linear algebra about matrices of data: values in double precision with their residuals, and remarks on badly conditioned matrices."""

from __future__ import annotations

import math
from typing import Any

from twofold.catalogue.index import functions
from twofold.core.evidence import Check
from twofold.engine.decimals import of_floats
from twofold.engine.results import Result
from twofold.grammar.term import App, Array, Num, Term, free_symbols, is_numeric


def is_measured(term: Term) -> bool:
    """Whether this is an operation of linear algebra on matrices of data."""
    spec = functions().get(term.op) if isinstance(term, App) else None
    return (
        isinstance(term, App)
        and spec is not None
        and spec.area == "linear algebra"
        and any(isinstance(a, Array) and a.measured and len(a.shape) == 2 for a in term.args)
    )


def measured(term: Term, context: Any, result: Result) -> bool:
    """Whether a value in double precision could be had from LAPACK; it comes with its residual and the condition number."""
    from twofold.engine.lapack import BAD_CONDITION, evaluated
    from twofold.numeric.evaluate import floats
    from twofold.numeric.outcomes import NoValue

    assert isinstance(term, App)
    if any(a.sort != "number" or free_symbols(a) for a in term.args):
        return False
    try:
        outcome = evaluated(term, [floats(a, [{}], context.reading)[0] for a in term.args])
    except NoValue:
        return False
    result.numeric = of_floats(outcome.value)
    sure = _digits(outcome.residual)
    if term.op not in _STABLE:
        sure = min(sure, _digits(outcome.condition * 1e-16))
    result.check = Check("residual in double precision", outcome.residual < 1e-8, sure, "the algorithm of LAPACK")
    notes = [f"by LAPACK in double precision; relative residual {outcome.residual:.1e}, condition number {outcome.condition:.3g}"]
    if outcome.condition > BAD_CONDITION:
        notes.append(_badly_conditioned(outcome.condition))
    result.notes = (*result.notes, *notes)
    return True


def warned(term: Term, result: Result) -> None:
    """A remark where a matrix with decimals is badly conditioned: what its last digits change."""
    a = term.args[0] if isinstance(term, App) and term.args else None
    if not isinstance(a, Array) or len(a.shape) != 2 or not is_numeric(a):
        return
    if not any("." in x.text for row in a.rows for x in row if isinstance(x, Num)):
        return
    import numpy as np

    from twofold.engine.lapack import BAD_CONDITION

    condition = float(np.linalg.cond(np.array([[float(x.value) for x in row if isinstance(x, Num)] for row in a.rows])))
    if condition > BAD_CONDITION:
        result.notes = (*result.notes, _badly_conditioned(condition))


_STABLE = frozenset(("svd", "qr", "schur", "lu", "cholesky", "norm"))
"""Factorisations whose product is the matrix, however badly it is conditioned."""


def _badly_conditioned(condition: float) -> str:
    lost = "all" if condition > 1e15 else f"about {round(math.log10(condition))} of 16"
    return f"the matrix is badly conditioned ({condition:.1e}): of entries known to 16 digits, {lost} may be lost"


def _digits(residual: float) -> int:
    return min(15, max(0, int(-math.log10(residual)))) if residual > 0 else 15
