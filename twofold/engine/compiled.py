"""Exact results as fast NumPy functions: for values, plots, fits and the comparison with the numeric route. Never evidence by
itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy as sp

from twofold.grammar.term import App, Array, Symbol, Term
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit
from twofold.symbolic.lower import lower, symbol_for

Compiled = Callable[..., Any]


def compiled(term: Term, symbols: Sequence[Symbol], context: Context | None = None) -> Compiled:
    """A function of the given symbols in their order, vectorised over arrays of scalar arguments.

    A symbol of explicit shape takes an array of that shape. Scalars give a number or an array of the common shape of the
    arguments, arrays an array with those axes last. Every name is replaced by a generated one before any text is written, since
    `lambdify` executes it. Raises `NoClosedForm` for terms of symbolic size and for functions that NumPy and SciPy do not have.
    """
    context = context or Context()
    made = explicit(term, context)
    rows = _rows(made)
    flat = [lower(x, context) for row in rows for x in row]
    names: list[Any] = []
    places: list[tuple[int, ...]] = []
    for s in symbols:
        entries = symbol_for(s, context)
        shape = tuple(d for d in s.shape if isinstance(d, int))
        places.append(shape)
        names.extend(entries if isinstance(entries, sp.MatrixBase) else [entries])
    # Entries that a property makes equal or zero stand at several places: each place has an argument, the last one is used.
    fresh = [sp.Symbol(f"x{k}") for k in range(len(names))]
    renamed = [e.xreplace({n: f for n, f in zip(names, fresh, strict=True) if n.is_Symbol}) for e in flat]
    left = set().union(*(e.free_symbols for e in renamed)) - set(fresh)
    if left:
        raise NoClosedForm(f"{', '.join(sorted(map(str, left)))} has no value")
    if any(
        e.has(sp.Integral, sp.Sum, sp.Product, sp.Derivative, sp.Limit) or e.atoms(sp.core.function.AppliedUndef) for e in renamed
    ):
        raise NoClosedForm("an operation that was not carried out has no compiled form")
    body = sp.lambdify(fresh, renamed, modules=["scipy", "numpy"], cse=True, docstring_limit=0)
    shape = tuple(d for d in made.shape if isinstance(d, int))

    def call(*arguments: Any) -> Any:
        scalars: list[Any] = []
        for value, place in zip(arguments, places, strict=True):
            array = np.asarray(value)
            scalars.extend(array.reshape(-1) if place else [array])
        with np.errstate(all="ignore"):
            found = body(*scalars)
        common = np.broadcast_shapes(*(np.shape(f) for f in found))
        if not shape:
            return found[0]
        stacked = np.stack([np.broadcast_to(f, common) for f in found], axis=-1)
        return stacked.reshape(*common, *shape)

    return call


def _rows(term: Term) -> list[list[Term]]:
    if isinstance(term, Array):
        return [list(r) for r in term.rows]
    if isinstance(term, App) and term.op in ("set", "tuple"):
        raise NoClosedForm("a list is compiled element by element")
    return [[term]]
