"""Matrices of linear maps: a map that is not linear has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.grammar.term import App, Array, Bound, Num, Symbol, Term, Var, free_symbols
from twofold.numeric.containers import flat, transposed
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.subspaces import solved, vectors

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
_ALONE = frozenset("neg transpose tr trace vec diag sum index".split())
_PRODUCTS = frozenset("mul dot cross outer kron hadamard emul".split())


def matrix_of(e: Evaluator, t: App) -> Value:
    """The matrix of a linear map: its values at the unit vectors, or at those of a basis, in the coordinates of that or of another one."""
    f, *bases = t.args
    if not isinstance(f, Bound) or f.op != "lambda":
        raise CannotEvaluate("the matrix of what is no function")
    if not is_linear(f.body, frozenset(f.symbols)):
        raise CannotEvaluate("a map that is not seen to be linear")
    sizes = [s.shape[0] if s.shape else 1 for s in f.symbols]
    count = sum(d for d in sizes if isinstance(d, int))
    source = (
        vectors(e, tuple(bases[:1]))
        if bases
        else [tuple(e.arithmetic.one if i == j else e.arithmetic.zero for i in range(count)) for j in range(count)]
    )
    if any(len(v) != count for v in source):
        raise CannotEvaluate("a basis of vectors of another length")
    columns = []
    for v in source:
        left = list(v)
        values: dict[Symbol, Value] = {}
        for s, d in zip(f.symbols, sizes, strict=True):
            if not isinstance(d, int):
                raise CannotEvaluate("a map of vectors of symbolic length")
            values[s] = tuple(left[:d]) if s.shape else left[0]
            left = left[d:]
        columns.append(tuple(flat(e.inner(values).value(f.body))))
    if not bases:
        return transposed(tuple(columns))
    target = vectors(e, tuple(bases[1:])) if len(bases) > 1 else source
    if any(len(v) != len(target) for v in columns):
        raise CannotEvaluate("a basis that is none of the space")
    return transposed(tuple(solved(e, target, v) for v in columns))


def is_linear(t: Term, names: frozenset[Symbol]) -> bool:
    """Whether a term is by its form linear in names: a sum of products of which one factor is."""
    if isinstance(t, Num):
        return t.value == 0
    if isinstance(t, Var):
        return t.symbol in names
    if isinstance(t, Array):
        return all(is_linear(x, names) for r in t.rows for x in r)
    if not isinstance(t, App) or not t.args:
        return False
    first, *others = t.args
    if t.op in ("add", "sub"):
        return all(is_linear(a, names) for a in t.args)
    if t.op in _ALONE or t.op in ("div", "ediv"):
        return is_linear(first, names) and not any(_occurs(a, names) for a in others)
    if t.op in _PRODUCTS and len(t.args) == 2:
        return any(is_linear(a, names) and not _occurs(b, names) for a, b in (t.args, t.args[::-1]))
    return t.op == "zeros"


def _occurs(t: Term, names: frozenset[Symbol]) -> bool:
    return not names.isdisjoint(free_symbols(t))
