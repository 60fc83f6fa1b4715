"""Derivatives of terms by scalars, vectors and matrices of any size, written as terms again."""

from __future__ import annotations

from twofold.grammar.term import Symbol, Term, subterms
from twofold.symbolic.tensors.arrangement import full
from twofold.symbolic.tensors.differentiate import differential
from twofold.symbolic.tensors.node import Axis, Tensor, Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import replace
from twofold.symbolic.tensors.sizes import axes
from twofold.symbolic.tensors.symbols import independent, of_symbol
from twofold.symbolic.tensors.write import write


def derivative(term: Term, symbol: Symbol, kind: str = "") -> Term:
    """The derivative of a term by a symbol, in matrix notation where there is one.

    `grad` of a scalar has the shape of the symbol; `jacobian` has the outputs as rows (entries of matrices are taken column by
    column); `hessian` of a scalar has the second derivatives; `diff` by a scalar has the shape of the term. Without a kind it
    is the first that fits the shapes. The entries of the symbol count as independent, whatever it is declared to be. Beside
    kinks and jumps the result is right; at them there is no derivative. A derivative whose entries have no matrix notation
    comes as a function of its indices. Raises `Unsupported`.
    """
    if not kind:
        kind = "diff" if not symbol.shape else "jacobian" if term.shape else "grad"
    ways = [write(derivative_tensor(term, symbol, kind, whole)) for whole in (True, False)]
    return min(ways, key=_length)


def _length(term: Term) -> tuple[bool, int]:
    """How much there is to read; a function of indices comes last."""
    return term.sort == "function", sum(1 for _ in subterms(term))


def derivative_tensor(term: Term, symbol: Symbol, kind: str, whole: bool = False) -> Tensor:
    """The same, as a tensor; with `whole`, sums in the term stay together."""
    inner = independent(symbol)
    body = Reader({symbol: of_symbol(inner)}, whole=whole).read(term)
    first, poly = _derived(body, inner)
    if kind == "hessian":
        second, poly = _derived(Tensor((), poly), inner)
        found: tuple[Axis, ...] = (_column(first), _column(second))
    elif kind == "jacobian":
        found = (_column(full(body) if body.axes else ()), _column(first))
    elif kind == "grad":
        found = first
    elif kind == "diff":
        found = body.axes
    else:
        raise Unsupported(f"{kind} is not a kind of derivative")
    return Tensor(found, reduced(replace(poly, inner, of_symbol(symbol))))


def _derived(body: Tensor, symbol: Symbol):  # type: ignore[no-untyped-def]
    found = axes(symbol.shape)
    return found, reduced(differential(body.poly, symbol, tuple(i for a in found for i in a)))


def _column(found: tuple[Axis, ...]) -> Axis:
    """The places of an array, column after column."""
    return tuple(i for a in reversed(found) for i in a)
