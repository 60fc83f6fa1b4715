"""Systems of affine equations without a solution: numeric ranks with and without the right side."""

from __future__ import annotations

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.optimiser import valuation
from twofold.engine.checks.questions import residual
from twofold.engine.checks.sampling import points, values, verdict
from twofold.grammar.term import (
    App,
    Bound,
    Symbol,
    Term,
    Var,
    children,
    free_symbols,
)
from twofold.symbolic.context import Context

_LEAST = 1e-6
"""The size of coefficients of which ranks are taken."""
_LINEAR = frozenset("eq add sub neg mul matmul div transpose dot index tr inv".split())


def _is_affine(term: Term, names: set[Symbol]) -> bool:
    """Whether only arithmetic is done with the names: in parts abs(x - 4) is linear too."""
    if not names & set(free_symbols(term)) or isinstance(term, Var):
        return True
    if isinstance(term, App) and (term.op not in _LINEAR or term.op == "div" and names & set(free_symbols(term.args[1]))):
        return False
    return not isinstance(term, Bound) and all(_is_affine(c, names) for c in children(term))


def inconsistent(rows: list[Term], names: list[Term], question: App, context: Context) -> Check | None:
    """Numeric ranks with and without the right side, for equations that are seen to be affine; `None` for others."""
    symbols = [n.symbol for n in names if isinstance(n, Var)]
    left = [residual(r) for r in rows]
    sizes = [s.shape[0] if s.shape else 1 for s in symbols]
    if len(symbols) < len(names) or any(e is None for e in left) or not all(isinstance(d, int) for d in sizes):
        return None
    if not all(_is_affine(r, set(symbols)) for r in rows):
        return None
    known = {s for f in context.assumptions for s in free_symbols(f)}
    if any(s.kind == "integer" or s.properties or s.lower is not None or s.upper is not None or s in known for s in symbols):
        # The ranks speak of all real (or complex) vectors.
        return None
    count = sum(d for d in sizes if isinstance(d, int))
    u, v = 10 / 3 + 2 * np.arange(count), -57 / 7 - 5 * np.arange(count)
    errors: list[float] = []
    for p in points([question], context, 3, without=symbols):
        here = [valuation(symbols, x, p) for x in (0 * u, u, v, u + v, *np.eye(count))]
        found = [values(e, here, context) for e in left if e is not None]
        if any(f is None for row in found for f in row):
            continue
        zero, first, second, both, *columns = (np.concatenate([np.reshape(f, -1) for f in at]) for at in zip(*found, strict=True))
        scale = max(1.0, float(np.max(np.abs(np.concatenate([first, second, both])))))
        if np.max(np.abs(both - first - second + zero)) > 1e-9 * scale:
            return None
        a = np.column_stack([c - zero for c in columns])
        if np.max(np.abs(np.column_stack([a, zero]))) < _LEAST:
            continue  # It may all be rounding.
        tolerance = 1e-9 * max(1.0, float(np.max(np.abs(a))))
        ranks = [np.linalg.matrix_rank(m, tol=tolerance) for m in (a, np.column_stack([a, -zero]))]
        errors.append(float(ranks[0] == ranks[1]))
    return verdict("ranks with and without the right side", errors) if errors else None
