"""Determinant, inverse, trace, cofactors, characteristic and minimal polynomial."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, prod
from typing import Any

import sympy as sp
from flint import fmpq_mat
from sympy.polys.matrices.exceptions import DMNonInvertibleMatrixError

from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    MISSING,
    App,
    Array,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    arithmetic_names,
    free_symbols,
    num,
    substitute,
    transform,
    var,
)
from twofold.symbolic.algebra import rational_elimination
from twofold.symbolic.algebra.cases import by_cases, require
from twofold.symbolic.algebra.characteristic import Characteristic
from twofold.symbolic.algebra.constant_matrices import determinant, rows_of_constants
from twofold.symbolic.algebra.flint_matrices import PolynomialMatrix, Polynomials, as_rows, fraction, integers, rationals
from twofold.symbolic.algebra.matrices import (
    LONG,
    domain_matrix,
    entries,
    number,
    operation,
    related,
    short_with_squares,
    square,
    term_of,
    to_term,
    vanishes,
)
from twofold.symbolic.algebra.rational_elimination import matrix_of, term_rows
from twofold.symbolic.algebra.regions import Region, factors_of, whole_region
from twofold.symbolic.arithmetic import ZERO, over, power, times, total
from twofold.symbolic.constants import written
from twofold.symbolic.context import Context
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import short


@operation("det")
def det(context: Context, a: Term) -> Term:
    """The determinant."""
    square(a)
    if not a.shape:
        return a
    plain = integers(a) or rationals(a)
    if plain is not None:
        return Num(fraction(plain.det()))
    if (constants := rows_of_constants(a)) is not None and (value := determinant(constants)) is not None:
        form = written(value)
        if form is not None:
            return form
    large = _polynomials(a)
    if large is not None:
        return large.ring.short(large.determinant(), prod(large.below))
    if (found := _of_functions(a, context)) is not None:
        return found
    m = domain_matrix(a, context)
    return number(m.charpoly()[-1] * (-1) ** m.shape[0] if m.domain.is_Composite else m.det(), m.domain, context)


_ARITHMETIC = frozenset("neg pow add sub mul div".split())


def _of_functions(a: Term, context: Context) -> Term | None:
    """The determinant of a matrix of polynomials in functions of names, which are taken for names; `None` for any other."""
    known: dict[Term, Symbol] = {}

    def named(t: Term) -> Term | None:
        if not isinstance(t, App) or t.shape or t.op in _ARITHMETIC and (t.op != "pow" or _is_whole(t.args[1])):
            return None
        if t not in known:
            known[t] = Symbol(f"f_{len(known)}")
        return var(known[t])

    plain = transform(a, named)
    if not known or any(not free_symbols(t) for t in known):
        return None
    names = arithmetic_names(plain) if isinstance(plain, Array) else None
    matrix = PolynomialMatrix.of(plain, names) if names is not None else None
    if matrix is None:
        return None
    reduced = _with_squares(matrix.determinant(), matrix.ring, known)
    polynomial = matrix.ring.term(reduced, prod(matrix.below))
    if isinstance(polynomial, Num):
        return polynomial
    back = {s: t for t, s in known.items()}
    return lift(short_with_squares(lower(substitute(polynomial, back), context), context), context)


def _with_squares(p: Any, ring: Polynomials, known: dict[Term, Symbol]) -> Any:
    """A polynomial in functions with the squares of sines and cosines of one angle joined, where that leaves fewer terms."""
    for t, sine in known.items():
        cosine = known.get(App("cos", t.args)) if isinstance(t, App) and t.op == "sin" else None
        if cosine is not None:
            s, c = ring.generators[sine], ring.generators[cosine]
            rest = divmod(p, s**2 + c**2 - 1)[1]
            p = rest if len(rest) < len(p) else p
    return p


def _is_whole(t: Term) -> bool:
    return isinstance(t, Num) and t.value.denominator == 1


SHORT = 12
"""Terms up to which a polynomial is put into a shorter form than the sum of its terms."""


def _polynomials(a: Term) -> PolynomialMatrix | None:
    """A matrix of polynomials in scalar names that is worth elimination without fractions."""
    names = arithmetic_names(a) if isinstance(a, Array) and len(a.shape) == 2 else None
    return PolynomialMatrix.of(a, names) if names is not None else None


@operation("tr")
def trace(context: Context, a: Term) -> Term:
    """The sum of the diagonal entries."""
    square(a)
    return total(r[k] for k, r in enumerate(rows_of(a)))


@operation("transpose")
def transpose(context: Context, a: Term) -> Term:
    """The transpose."""
    from twofold.symbolic.entries import explicit

    return explicit(app("transpose", a), context)


@operation("inv")
def inv(context: Context, a: Term) -> Term:
    """The inverse; where the determinant depends on parameters, under the condition that it is not 0."""
    n = square(a)
    if not a.shape:
        if vanishes(lower(a, context), context):
            raise singular(a)
        return power(a, num(-1))
    numbers = integers(a) or rationals(a)
    if numbers is not None:
        try:
            return shaped(as_rows(fmpq_mat(numbers).inv()), (n, n))
        except ZeroDivisionError:
            raise singular(a) from None
    large = _polynomials(a)
    if large is not None:
        below, rows = large.adjugate()
        if below.is_zero():
            raise singular(a)
        return _quotients(large, rows, below, context)
    m = domain_matrix(a, context)
    if m.domain.is_EX:
        plain = sp.Matrix(entries(a, context))
        d = short(plain.det(method="berkowitz"), context)
        if vanishes(d, context):
            raise singular(a)
        require_nonzero(d, context)
        return term_of((plain.adjugate() / d).tolist(), context)
    try:
        adjugate, determinant = m.adj_det() if m.domain.is_Composite else m.inv_den()
    except DMNonInvertibleMatrixError:
        raise singular(a) from None
    d = short(m.domain.to_sympy(determinant), context)
    if d == 0 or (related(m) and vanishes(d, context)):
        raise singular(a)
    if d.is_number:
        if m.domain.is_ZZ or m.domain.is_QQ:
            return to_term(adjugate.to_field() / adjugate.to_field().domain.convert(determinant, m.domain), context)
    elif d.is_zero is not False:
        require_nonzero(d, context)
    if related(m):
        rows = [[m.domain.to_sympy(x) / d for x in r] for r in adjugate.rep.to_ddm()]
        return term_of(rows, context)
    field = m.domain.get_field()
    below = field.convert(determinant, m.domain)
    quotients = [[field.quo(field.convert(x, m.domain), below) for x in r] for r in adjugate.rep.to_ddm()]
    return shaped([[number(x, field, context) for x in r] for r in quotients], (n, n))


def _quotients(m: PolynomialMatrix, rows: list[list[Any]], below: Any, context: Context) -> Term:
    """The inverse from the adjugate of integral rows, every entry in lowest terms, under the condition that no factor of the
    determinant is 0."""
    region = whole_region(context)
    for f, _ in below.factor()[1]:
        term = m.ring.term(f)
        if len(f) > SHORT:
            context.require(App("ne", (term, ZERO), (), "truth"))
        elif not region.never_zero(lower(term, context)):
            require(lower(term, context), context)
    factors = [f for f, k in below.factor()[1] for _ in range(k)]
    terms: dict[tuple[int, ...], tuple[Any, Term]] = {}

    def entry(p: Any, scale: int) -> Term:
        left, under = [], below
        for k, f in enumerate(factors):
            quotient, rest = divmod(p, f)
            if rest.is_zero() and not p.is_zero():
                p, under = quotient, under // f
            else:
                left.append(k)
        if not left:
            number = int(under.leading_coefficient())
            return m.ring.short(p * scale * (-1 if number < 0 else 1), abs(number))
        key = tuple(left)
        if key not in terms:
            content = under.content() * (-1 if under.leading_coefficient() < 0 else 1)
            terms[key] = content, m.ring.short(under // content)
        content, shown = terms[key]
        shared = gcd(int(content), *(int(c) * scale for c in p.coeffs()))
        sign = -1 if content < 0 else 1
        rest = abs(int(content)) // shared
        return over(m.ring.short(p * scale // shared * sign), shown if rest == 1 else times(num(rest), shown))

    n = len(rows)
    return shaped([[entry(x, m.below[j]) for j, x in enumerate(r)] for r in rows], (n, n))


def singular(a: Term) -> Exception:
    return fail("singular-matrix", "this matrix has no inverse: its determinant is 0", a.span, "pinv(A) is the pseudo-inverse")


def require_nonzero(expression: Any, context: Context) -> None:
    """The condition that an expression is not 0, factor by factor."""
    region = whole_region(context)
    for f in factors_of(sp.numer(sp.together(expression))):
        # The sign or the size of a name is 0 where the name is.
        f = f.args[0] if isinstance(f, (sp.sign, sp.Abs)) and f.args[0].is_Symbol else f
        if not region.never_zero(f):
            require(f, context)


@operation("adjugate")
def adjugate(context: Context, a: Term) -> Term:
    """The transposed matrix of cofactors: A*adjugate(A) is det(A) times the identity."""
    if square(a) == 1:
        return num(1) if not a.shape else app("ones", num(1), num(1))
    if (plain := matrix_of(a)) is not None:
        return shaped(term_rows(rational_elimination.adjugate(plain)), a.shape)
    return term_of(_adjugate(context, a), context)


@operation("cofactors")
def cofactors(context: Context, a: Term) -> Term:
    """The matrix of signed minors."""
    square(a)
    if (plain := matrix_of(a)) is not None:
        return shaped(term_rows(rational_elimination.adjugate(plain).transpose()), a.shape)
    return term_of(list(zip(*_adjugate(context, a), strict=True)), context)


@operation("minors")
def minors(context: Context, a: Term) -> Term:
    """The determinants of what is left when row i and column j are struck out."""
    square(a)
    columns = zip(*_adjugate(context, a), strict=True)
    return term_of([[x * (-1) ** (i + j) for j, x in enumerate(r)] for i, r in enumerate(columns)], context)


def _adjugate(context: Context, a: Term) -> list[list[Any]]:
    """The SymPy entries of the adjugate. Expressions that are no polynomials in anything have it by Berkowitz's determinants:
    SymPy's domain of them has no product with a matrix."""
    m = domain_matrix(a, context)
    if m.domain.is_EX:
        return [list(r) for r in sp.Matrix(entries(a, context)).adjugate(method="berkowitz").tolist()]
    return [[m.domain.to_sympy(x) for x in r] for r in m.adjugate().rep.to_ddm()]


@operation("charpoly")
def charpoly(context: Context, a: Term, variable: Term = MISSING) -> Term:
    """det(t*eye(n) - A) in the variable given (t if none is)."""
    square(a)
    x = var(polynomial_symbol(variable, a))
    plain = integers(a) or rationals(a)
    if plain is not None:
        return _monic(plain.charpoly().coeffs(), x)
    if (made := Characteristic.of(a)) is not None:
        return total(times(c, power(x, num(k))) for k, c in reversed(list(enumerate(made.coefficients()))))
    m = domain_matrix(a, context)
    return polynomial([m.domain.to_sympy(c) for c in m.charpoly()], x, context)


def _monic(coefficients: Sequence[Any], x: Term) -> Term:
    """A polynomial with rational coefficients from the constant up, the last of them 1, by falling powers."""
    found = [(k, fraction(c)) for k, c in enumerate(coefficients) if c]
    powers = {k: x if k == 1 else App("pow", (x, num(k))) for k, _ in found}
    out: Term | None = None
    for k, c in reversed(found):
        size = Num(abs(c))
        part: Term = size if k == 0 else powers[k] if abs(c) == 1 else App("mul", (size, powers[k]))
        out = part if out is None else App("add" if c > 0 else "sub", (out, part))
    assert out is not None
    return out


def polynomial(coefficients: list[Any], x: Term, context: Context) -> Term:
    """A polynomial by falling powers, its coefficients in a short form."""
    n = len(coefficients) - 1
    made = [sp.expand(c) for c in coefficients]
    shown = [c if sp.count_ops(c) > LONG else short(c, context) for c in made]
    return total(times(lift(c, context), power(x, num(n - k))) for k, c in enumerate(shown))


def polynomial_symbol(variable: Term, a: Term) -> Symbol:
    """The symbol that a polynomial of a matrix is written in: `t`, or `x`, where none is given."""
    used = {s.name for s in free_symbols(a)}
    if isinstance(variable, Const):
        name = next((n for n in ("t", "x", "z", "lambda") if n not in used), "t_0")
        return Symbol(name, assumed=True)
    if not isinstance(variable, Var) or variable.shape:
        raise fail("not-a-variable", "a polynomial is written in a name", variable.span, "write charpoly(A, x)")
    if variable.symbol.name in used:
        raise fail(
            "not-a-variable",
            f"`{variable.symbol.name}` is in the matrix already",
            variable.span,
            "write the polynomial in another name",
        )
    return variable.symbol


@operation("minpoly")
def minpoly(context: Context, a: Term, variable: Term = MISSING) -> Term:
    """The monic polynomial of least degree that the matrix satisfies."""
    n = square(a)
    x = var(polynomial_symbol(variable, a))
    if not a.shape and (plain := lower(a, context)).is_number and plain.is_algebraic and not plain.is_Rational:
        context.note("the polynomial of least degree with rational coefficients that has the number as a root")
        name = sp.Dummy("x")
        coefficients = sp.Poly(sp.minimal_polynomial(plain, name), name).monic().all_coeffs()
        return polynomial(coefficients, x, context)

    if (numbers := matrix_of(a)) is not None:
        return _monic(numbers.minpoly().coeffs(), x)

    def found(region: Region) -> Term:
        from twofold.symbolic.algebra.elimination import echelon, matrix_in

        m = matrix_in(region, a).to_field()
        power_of = [m.eye(n, m.domain).to_dense()]
        for k in range(1, n + 1):
            power_of.append(power_of[-1] * m)
            columns = [[e for r in p.to_dense().rep.to_ddm() for e in r] for p in power_of]
            stacked = type(m)([list(r) for r in zip(*columns, strict=True)], (n * n, k + 1), m.domain).to_dense()
            rows, pivots = echelon(stacked, region)
            if k not in pivots:
                break
        return polynomial([sp.S.One, *(-rows[j][k] for j in range(k - 1, -1, -1))], x, context)

    return by_cases(context, found)


def whole(term: Term, least: int = 0) -> int:
    """An explicit whole number."""
    if not isinstance(term, Num) or term.value.denominator != 1 or term.value < least:
        raise fail("wrong-kind", f"a whole number of at least {least} is needed here", term.span)
    return int(term.value)
