"""Infinite sums of a wave times slowly falling terms in double precision: the real or imaginary part of sum(g(k)*exp(im*u(k))), by Levin's u-transform.

The complex terms turn steadily where those of the real sum change their size and sign at random, which no transform of sequences understands. Source:
Weniger, Computer Physics Reports 10 (1989), sections 7.3 and 13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from twofold.grammar.term import App, Bound, Num, Symbol, Term, free_symbols, transform
from twofold.numeric.floatquad import taken

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

LENGTHS = (22, 27)
AGREED = 1e-10
FAR, FALLEN = (1e3, 1e6, 1e12), 0.6
"""Places far out, and to what part of the first the last has to fall: logarithms fall to a quarter."""


def wave_sums(e: Evaluator, t: Bound, start: int, way: int, count: int) -> np.ndarray | None:
    """The sum at every point of a batch, NaN where two lengths do not agree; `None` where the term is no wave times something else."""
    symbol = t.symbols[0]
    wave = _wave(t.body, symbol)
    if wave is None:
        return None
    rest = transform(t.body, lambda u: Num(1) if u is wave else None)
    most = LENGTHS[-1]
    places = np.repeat(np.arange(count), most)
    values = {s: taken(v, places) for s, v in e.values.items()}
    inner = e.inner({**values, symbol: e.arithmetic.dtype(1) * (start + way * np.tile(np.arange(most), count))})
    size, angle = inner.value(rest), inner.value(wave.args[0])
    if any(isinstance(v, tuple) or np.iscomplexobj(v) for v in (size, angle)):
        return None
    if not _vanishes(e, rest, symbol, way, count):
        return None
    terms = np.broadcast_to(size * np.exp(1j * np.asarray(angle)), (count * most,)).reshape(count, most)
    partial = np.cumsum(terms, axis=1)
    short, long = (levin(partial[:, :n]) for n in LENGTHS)
    part = long.imag if wave.op == "sin" else long.real
    return np.where(np.abs(short - long) <= AGREED * np.abs(long), part, np.nan)


def _vanishes(e: Evaluator, rest: Term, symbol: Symbol, way: int, count: int) -> bool:
    """Whether what stands before the wave seems to tend to 0: the transform gives sums that do not converge a value too."""
    places = np.repeat(np.arange(count), len(FAR))
    values = {s: taken(v, places) for s, v in e.values.items()}
    found = e.inner({**values, symbol: e.arithmetic.dtype(way) * np.tile(np.array(FAR), count)}).value(rest)
    rows = np.abs(np.broadcast_to(found, (count * len(FAR),)).reshape(count, len(FAR)))
    return bool(np.all(np.diff(rows, axis=1) <= 0) and np.all(rows[:, -1] <= FALLEN * rows[:, 0]))


def _wave(body: Term, symbol: Symbol) -> App | None:
    """The only sine or cosine of the index in a product, above the bar."""
    if not isinstance(body, App):
        return None
    if body.op in ("sin", "cos"):
        return body
    if body.op == "neg":
        return _wave(body.args[0], symbol)
    if body.op == "div" and not _turns(body.args[1], symbol):
        return _wave(body.args[0], symbol)
    if body.op == "mul":
        turning = [a for a in body.args if _turns(a, symbol)]
        return _wave(turning[0], symbol) if len(turning) == 1 else None
    return None


def _turns(t: Term, symbol: Symbol) -> bool:
    if symbol not in free_symbols(t):
        return False
    return isinstance(t, App) and (t.op in ("sin", "cos", "tan") or any(_turns(a, symbol) for a in t.args))


def levin(s: np.ndarray) -> np.ndarray:
    """Levin's u-transform of partial sums, row by row (Weniger, 7.3-5)."""
    n = s.shape[1] - 1
    k = np.arange(n)
    terms = np.diff(s, axis=1)
    with np.errstate(all="ignore"):
        binomial = np.cumprod(np.concatenate([[1.0], (n - 1 - k[:-1]) / (k[:-1] + 1)]))
        weight = (-1.0) ** k * binomial * ((k + 2.0) / (n + 1)) ** (n - 2) / ((k + 2.0) * terms)
        return (weight * s[:, 1:]).sum(axis=1) / weight.sum(axis=1)
