"""Explicit matrices between terms and exact domains.

A matrix of numbers is a `DomainMatrix` over the integers or rationals (FLINT underneath); with parameters or roots it is one
over the smallest domain that holds its entries. Where the entries are functions that may be related to each other (`sin(t)` and
`cos(t)`), `related` says so: a polynomial in them that is not written as 0 may be 0 all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app, describe
from twofold.core.diagnostic import fail
from twofold.grammar.term import TRUE, App, Array, Num, Term, is_numeric
from twofold.symbolic.context import Context, SymbolicSize
from twofold.symbolic.entries import explicit, is_explicit, rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import short

Operation = Callable[..., Term]
LONG = 30
"""Operations beyond which an entry is left as the domain writes it: expanded, without common factors."""


_OF_ENTRIES = frozenset(
    (
        *("eigenvalues", "eigenvectors", "diagonalize", "jordan", "schur", "svd", "qr", "lu", "ldl", "cholesky", "rref"),
        *(
            "nullspace",
            "colspace",
            "rowspace",
            "charpoly",
            "minpoly",
            "minors",
            "cofactors",
            "singular_values",
            "adjugate",
            "logm",
        ),
    )
)


def operation(name: str) -> Callable[[Operation], Operation]:
    """Marks an exact operation on explicit arrays: arguments come entry by entry; one of symbolic size is left to the algebra
    of those."""

    def mark(rule: Operation) -> Operation:
        @wraps(rule)
        def run(context: Context, *args: Term) -> Term:
            if not all(is_explicit(a.shape) for a in args):
                if name in _OF_ENTRIES:
                    raise SymbolicSize(name, next(a.span for a in args if not is_explicit(a.shape)))
                return _by_form(app(name, *args), context)
            empty = next((a for a in args if 0 in a.shape), None)
            if empty is not None:
                raise fail(
                    "shape-mismatch", f"{name} needs entries, and this is empty", empty.span, "write its entries: [1, 2; 3, 4]"
                )
            return rule(context, *(_folded(explicit(a, context)) if a.shape else a for a in args))

        return run

    return mark


def _by_form(t: Term, context: Context) -> Term:
    """A property of a matrix of any size as true where declarations and form say so."""
    if t.sort != "truth" or context.reading != "real" or not isinstance(t, App):
        return t
    from twofold.symbolic.methods.quadratic_forms import has_property

    return TRUE if has_property(t, context.assumptions) else t


def _folded(a: Term) -> Term:
    """An array with entries that are fractions of numbers as such."""
    if not isinstance(a, Array) or is_numeric(a) or all(map(_is_folded, (x for row in a.rows for x in row))):
        return a
    rows = tuple(
        tuple(x if not isinstance(x, App) or (value := rational(x)) is None else Num(value) for x in row) for row in a.rows
    )
    return Array(rows, a.shape, span=a.span)


def _is_folded(x: Term) -> bool:
    return not isinstance(x, App) or rational(x) is None


def entries(term: Term, context: Context) -> list[list[Any]]:
    """The SymPy entries row by row; a vector is a column."""
    return [[lower(x, context) for x in row] for row in rows_of(term)]


def domain_matrix(term: Term, context: Context, field: bool = False) -> DomainMatrix:
    """The matrix over an exact domain, a field if asked for."""
    rows = rows_of(term)
    if all(isinstance(x, Num) for r in rows for x in r):
        whole = not field and all(x.value.denominator == 1 for r in rows for x in r if isinstance(x, Num))
        domain = sp.ZZ if whole else sp.QQ
        made = [
            [domain(x.value.numerator, x.value.denominator) if domain is sp.QQ else domain(x.value.numerator) for x in r]
            for r in rows
        ]  # type: ignore[attr-defined]
        return DomainMatrix(made, (len(rows), len(rows[0])), domain).to_dense()
    return over_domain([[lower(x, context) for x in r] for r in rows], field)


def over_domain(rows: Sequence[Sequence[Any]], field: bool = False) -> DomainMatrix:
    """SymPy entries over the smallest domain that holds them."""
    flat = [sp.expand(e) if not e.is_Atom else e for r in rows for e in r]
    domain, made = _quadratic(flat) or sp.construct_domain(flat, field=field, extension=True)
    n = len(rows[0])
    return DomainMatrix([made[i : i + n] for i in range(0, len(made), n)], (len(rows), n), domain).to_dense()


def _quadratic(numbers: list[Any]) -> tuple[Any, list[Any]] | None:
    """The field of the rationals and one square root, with the numbers in it; `None` where they are not all of that kind."""
    radicand, pairs = None, []
    for e in numbers:
        parts = {1: sp.S.Zero, 2: sp.S.Zero}
        for t in sp.Add.make_args(e):
            coefficient, rest = t.as_coeff_Mul()
            if rest is not sp.S.One and (not rest.is_Pow or rest.exp is not sp.S.Half or not rest.base.is_Integer):
                return None
            if not coefficient.is_Rational or rest is not sp.S.One and radicand not in (None, rest.base):
                return None
            radicand = radicand if rest is sp.S.One else rest.base
            parts[1 if rest is sp.S.One else 2] += coefficient
        pairs.append(parts)
    if radicand is None or radicand <= 1:
        return None
    field = _field(int(radicand))
    return field, [field([sp.QQ.from_sympy(p[2]), sp.QQ.from_sympy(p[1])]) for p in pairs]


@lru_cache(64)
def _field(radicand: int) -> Any:
    t = sp.Symbol("t")
    return sp.QQ.algebraic_field((t**2 - radicand, sp.sqrt(radicand)))


def related(matrix: DomainMatrix) -> bool:
    """Whether the generators of the domain may satisfy relations, so that zero cannot be read off."""
    domain = matrix.domain
    generators = domain.symbols if domain.is_Composite else ()
    return bool(domain.is_EX or domain.is_EXRAW or any(not g.is_Symbol for g in generators))


def value(element: Any, domain: Any, context: Context) -> Any:
    """A domain element as a SymPy expression in a short form."""
    return short_with_squares(domain.to_sympy(element), context)


def short_with_squares(made: Any, context: Context) -> Any:
    """A SymPy expression in a short form, squares of sines as those of cosines where that helps."""
    if made.has(sp.sin):
        made = _pythagorean(made)
    return made if made.is_Rational or sp.count_ops(made) > LONG else short(made, context)


def _pythagorean(e: Any) -> Any:
    """A polynomial in sines and cosines with sin^2 as 1 - cos^2 where that makes it shorter."""
    reduced = sp.expand(e)
    for f in sorted(reduced.atoms(sp.sin), key=sp.default_sort_key):
        name = sp.Dummy()
        inside = reduced.xreplace({f: name})
        if inside.is_polynomial(name):
            reduced = sp.expand(
                sp.Poly(inside, name).rem(sp.Poly(name**2 + sp.cos(f.args[0]) ** 2 - 1, name)).as_expr().xreplace({name: f})
            )
    return reduced if sp.count_ops(reduced) < sp.count_ops(e) else e


def to_term(matrix: DomainMatrix, context: Context, shape: tuple[int, ...] | None = None) -> Term:
    """The matrix as an array of the given shape (its own if none is given)."""
    rows = [[number(x, matrix.domain, context) for x in r] for r in matrix.to_dense().rep.to_ddm()]
    return shaped(rows, shape if shape is not None else tuple(matrix.shape))


def number(element: Any, domain: Any, context: Context) -> Term:
    """A domain element as a term."""
    return lift(value(element, domain, context), context)


def term_of(rows: Sequence[Sequence[Any]], context: Context, shape: tuple[int, ...] | None = None) -> Term:
    """SymPy entries as an array, each in a short form."""
    made = [[lift(short(e, context), context) for e in r] for r in rows]
    return shaped(made, shape if shape is not None else (len(rows), len(rows[0])))


def vanishes(expression: Any, context: Context) -> bool:
    """Whether a SymPy expression is 0 for all values of its names, by expansion, simplification and evaluation."""
    e = sp.expand(expression)
    if e.is_zero is not None:
        return bool(e.is_zero)
    if e.is_number:
        return bool(sp.minimal_polynomial(e, sp.Symbol("t")) == sp.Symbol("t")) if e.is_algebraic else bool(e.equals(0))
    if e.is_rational_function(*e.free_symbols):
        return bool(sp.cancel(e) == 0)
    from twofold.symbolic import spot

    if spot.agree(e, sp.S.Zero, context, tries=6, enough=1, real=False) is False:
        return False
    return bool(sp.simplify(e) == 0)


def square(term: Term) -> int:
    """The size of a square matrix."""
    n, m = (*term.shape, 1)[:2] if term.shape else (1, 1)
    if n != m:
        raise fail("shape-mismatch", f"this needs a square matrix, but it is {describe(term.shape)}", term.span)
    assert isinstance(n, int)
    return n


def columns_of(*args: Term) -> list[list[Term]]:
    """Vectors given one by one, as a set or tuple, or as the columns of a matrix."""
    if len(args) == 1 and isinstance(args[0], App) and args[0].op in ("set", "tuple"):
        args = args[0].args
    found: list[list[Term]] = []
    for a in args:
        if not isinstance(a, Array):
            raise fail(
                "wrong-kind", "vectors are needed here", a.span, "write {[1, 0], [1, 1]} or a matrix with the vectors as columns"
            )
        found.extend([list(c) for c in zip(*rows_of(a), strict=True)])
    if len({len(c) for c in found}) > 1:
        raise fail("shape-mismatch", "the vectors have different lengths", args[0].span)
    return found


def side_by_side(columns: Sequence[Sequence[Term]]) -> Array:
    """The matrix with these columns."""
    return Array(tuple(zip(*columns, strict=True)), (len(columns[0]), len(columns)))


def vector_of(column: Sequence[Term]) -> Array:
    return Array((tuple(column),), (len(column),))


def is_zero(expression: Any) -> Any:
    """The equation that an expression is 0, with a term on either side where there are two."""
    e = sp.factor(expression)
    if isinstance(e, sp.Add) and len(e.args) == 2:
        first, second = sorted(e.args, key=lambda t: (t.could_extract_minus_sign(), t.is_number))
        if second.could_extract_minus_sign() or second.is_number:
            return sp.Eq(first, -second)
    return sp.Eq(e, 0)
