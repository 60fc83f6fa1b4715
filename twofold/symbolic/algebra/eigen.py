"""Eigenvalues, eigenvectors, diagonalisation and the Jordan form.

Eigenvalues are radicals while these are short; beyond that isolated roots of the irreducible factor (`root_of`). Multiplicities
and eigenvectors are exact: eigenvectors are computed over the field of an eigenvalue.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import combinations
from math import lcm
from typing import Any

import sympy as sp
from sympy.polys.agca.extensions import FiniteExtension
from sympy.polys.matrices import DomainMatrix

from twofold.grammar.term import App, Term, num
from twofold.symbolic.algebra import rational_chains, rational_spectrum
from twofold.symbolic.algebra.cases import Region, Split, by_cases, whole_region
from twofold.symbolic.algebra.chains import chains_of
from twofold.symbolic.algebra.characteristic import Characteristic
from twofold.symbolic.algebra.elimination import echelon, eliminated, expressions, has_parameters, matrix_in
from twofold.symbolic.algebra.irreducible import surely_irreducible
from twofold.symbolic.algebra.matrices import domain_matrix, operation, related, side_by_side, square, vanishes, vector_of
from twofold.symbolic.algebra.rational_elimination import matrix_of, terms
from twofold.symbolic.algebra.spaces import cleared, kernel_of
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.lift import lift, ordered
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import measure, short

_LONGEST_RADICAL = 24
_LONGEST_CUBIC = 40
_NONE = "the roots of a characteristic polynomial have no short closed form; charpoly(A, t) is that polynomial"
DEFECTIVE = text("not diagonalizable")


def polynomial_roots(p: Any, x: Any, context: Context) -> list[Any]:
    """All complex roots of an irreducible polynomial: radicals where short, isolated roots otherwise. Raises `NoClosedForm`."""
    poly = sp.Poly(p, x)
    degree = poly.degree()
    if degree == 1:
        a, b = poly.all_coeffs()
        return [short(-b / a, context)]
    if degree == 2:
        a, b, c = poly.all_coeffs()
        halves = _with_parameters(a, b, c)
        if halves is not None:
            context.settled.update(halves)
            return halves
        root = _either_root(sp.expand(b**2 - 4 * a * c))
        if b.free_symbols or root.free_symbols:
            halves = [(-b - root) / (2 * a), (-b + root) / (2 * a)]
            return [sp.factor(e) if root.is_polynomial(*root.free_symbols) else sp.factor_terms(e) for e in halves]
        return [short((-b - root) / (2 * a), context), short((-b + root) / (2 * a), context)]
    radicals = not poly.domain.is_QQ and not poly.domain.is_ZZ and sum(map(measure, poly.all_coeffs())) <= _LONGEST_CUBIC
    # Without formulas for cubics only x^3 = a is left, and in many names it may take long to see that.
    if degree == 3 and not radicals and poly.length() > 2 and surely_irreducible(poly):
        raise NoClosedForm(_NONE)
    found = sp.roots(poly, cubics=radicals, quartics=False, multiple=True)
    if len(found) == degree and all(measure(r) <= _LONGEST_RADICAL for r in found) and not _hides_reality(found):
        return ordered(found)
    if poly.domain.is_ZZ or poly.domain.is_QQ:
        return [sp.CRootOf(poly, k) for k in range(degree)]
    if len(found) == degree:
        return ordered(found)
    raise NoClosedForm(_NONE)


def gaussian_roots(coefficients: list[Any]) -> list[Any] | None:
    """The roots of a quadratic with coefficients in Q + i*Q, not all real, whose discriminant has a rational absolute value; `None`
    for others."""
    if not any(e.has(sp.I) for e in coefficients) or any(e.free_symbols or not e.is_complex for e in coefficients):
        return None
    a, b, c = coefficients
    square = sp.expand(b**2 - 4 * a * c)
    p, q = square.as_real_imag()
    if not (p.is_Rational and q.is_Rational):
        return None
    size = sp.sqrt(p**2 + q**2)
    if not size.is_Rational:
        return None
    root = sp.sqrt((size + p) / 2) + sp.I * (-1 if q < 0 else 1) * sp.sqrt((size - p) / 2)
    found = []
    for s in (-1, 1):
        u, v = sp.expand((-b + s * root) * sp.conjugate(a)).as_real_imag()
        below = 2 * sp.expand(a * sp.conjugate(a))
        found.append(sp.factor_terms(sp.expand(u / below) + sp.I * sp.expand(v / below)))
    return list(dict.fromkeys(found))


def _with_parameters(a: Any, b: Any, c: Any) -> list[Any] | None:
    """The roots of a quadratic whose coefficients are polynomials in parameters, whole factors taken out of the root and out of the
    quotient; `None` for numbers, other coefficients and discriminants that are squares."""
    names = sorted(set().union(*(e.free_symbols for e in (a, b, c))), key=str)
    if not names or not all(e.is_polynomial(*names) for e in (a, b, c)):
        return None
    square = sp.expand(b**2 - 4 * a * c)
    number, factors = sp.factor_list(square)
    if not number.is_Rational or all(k % 2 == 0 for _, k in factors):
        return None
    inside = sp.Mul(*(f for f, k in factors if k % 2))
    if len([f for f, k in factors if k % 2]) > 1 or number < 0:
        inside, number = sp.expand(inside * (-1 if number < 0 else 1)), abs(number)
    outside = sp.Mul(*(f ** (k // 2) for f, k in factors))
    whole, rest = sp.sqrt(number).as_coeff_Mul()
    inside *= rest**2
    shared = reduce(sp.gcd, (whole, *(e.as_content_primitive()[0] for e in (sp.expand(b), 2 * a) if e != 0)))
    b, a, root = sp.expand(b / shared), sp.factor_terms(2 * a / shared), whole / shared * outside * sp.sqrt(inside)
    return [(-b - root) / a, (-b + root) / a]


def _either_root(square: Any) -> Any:
    """One of the two square roots, with no absolute value where it is a root of a polynomial."""
    if square.is_number:
        return sp.sqrt(square)
    if square.has(sp.sin, sp.cos, sp.sinh, sp.cosh):
        square = sp.trigsimp(square)
    number, factors = sp.factor_list(square)
    outside = sp.prod(f ** (k // 2) for f, k in factors)
    return outside * sp.sqrt(number * sp.prod(f for f, k in factors if k % 2))


def _hides_reality(found: list[Any]) -> bool:
    """Whether a real root is written with the imaginary unit."""
    return any(r.has(sp.I) and r.is_number and abs(sp.im(r.evalf(20))) < 1e-15 for r in found)


def spectrum(a: Term, context: Context) -> list[tuple[Any, int]]:
    """The eigenvalues with their multiplicities, real ones first and ascending."""
    x = sp.Symbol("t")
    if (characteristic := Characteristic.of(a)) is not None:
        found = []
        for coefficients, k in characteristic.factors():
            plain = [lower(c, context) for c in reversed(coefficients)]
            roots = [-plain[1]] if len(plain) == 2 else polynomial_roots(sp.Poly(plain, x), x, context)
            found += [(r, k) for r in roots]
    else:
        found = [(r, k) for p, k in _factors(domain_matrix(a, context), x, context) for r in polynomial_roots(p, x, context)]
    assert sum(k for _, k in found) == len(rows_of(a))
    place = {r: i for i, r in enumerate(ordered([r for r, _ in found]))}
    return sorted(found, key=lambda pair: place[pair[0]])


def _factors(m: DomainMatrix, x: Any, context: Context) -> list[tuple[Any, int]]:
    """The irreducible factors of the characteristic polynomial."""
    coefficients = [m.domain.to_sympy(c) for c in m.charpoly()]
    if related(m):
        coefficients = [short(sp.trigsimp(c), context) for c in coefficients]
    poly = sp.Poly(coefficients, x)
    if poly.domain.is_EX or surely_irreducible(poly):
        return [(poly, 1)]
    return list(sp.factor_list(poly)[1] if not poly.domain.is_Algebraic else poly.factor_list()[1])


@operation("eigenvalues")
def eigenvalues(context: Context, a: Term) -> Term:
    """The eigenvalues, each as often as its multiplicity."""
    square(a)
    if (m := matrix_of(a)) is not None and (found := rational_spectrum.spectrum(m)) is not None:
        made = rational_spectrum.all_written([r for r, k in found for _ in range(k)])
        if made is not None:
            return App("set", tuple(made), (), "set")
    return App("set", tuple(lift(r, context) for r, k in spectrum(a, context) for _ in range(k)), (), "set")


def eigenspaces(m: DomainMatrix, region: Region) -> list[tuple[Any, int, list[list[Any]]]]:
    """For every eigenvalue its multiplicity and a basis of its eigenvectors. Raises `Split` where these depend on parameters."""
    context = region.context
    if related(m) and m.shape[0] == 2:
        plane = _of_functions(expressions(m), context)
        if plane is not None:
            return plane
    if related(m):
        made = spend(10 * context.effort, lambda: sp.Matrix(expressions(m)).eigenvects(simplify=True))
        if made is None:
            raise NoClosedForm("the eigenvectors take too long to find")
        return [(short(r, context), k, [list(v) for v in vs]) for r, k, vs in made]
    x = sp.Symbol("t")
    m = m.to_field()
    found: list[tuple[Any, int, list[list[Any]]]] = []
    for p, count in distinct_factors(m, x, region):
        if p.degree() == 1:
            value = -p.all_coeffs()[1] / p.all_coeffs()[0]
            found.append((short(value, context), count, kernel_of(*echelon(shifted_by(m, p), region))))
            continue
        rows, generator = over_extension(m, p)
        basis = rows.nullspace(divide_last=True)
        if has_parameters(m) and basis.shape[0] < count:
            raise NoClosedForm("the eigenvectors of a multiple eigenvalue with parameters have no short closed form")
        vectors = [cleared([rows.domain.to_sympy(e) for e in r]) for r in basis.to_dense().rep.to_ddm()]
        for v in vectors:
            region.is_zero(next((e for e in reversed(v) if e != 0 and not e.has(generator)), sp.S.One))
        roots = polynomial_roots(p.as_expr(), x, context)
        _not_too_long(p, roots)
        for r in roots:
            found.append((r, count, [_whole([_at(e, generator, r, context) for e in v]) for v in vectors]))
    place = {r: i for i, r in enumerate(ordered([r for r, _, _ in found]))}
    return sorted(found, key=lambda item: place[item[0]])


def _not_too_long(p: Any, roots: list[Any]) -> None:
    """Vectors are polynomials in a root: nested radicals in these are not to be read. Raises `NoClosedForm`."""
    if p.degree() > 2 and any(r.is_number and not r.has(sp.CRootOf) and measure(r) > _LONGEST_RADICAL for r in roots):
        raise NoClosedForm("the eigenvectors have no short closed form; eigenvalues(A) are written out")


def _of_functions(rows: list[list[Any]], context: Context) -> list[tuple[Any, int, list[list[Any]]]] | None:
    """The eigenvectors of a 2 x 2 matrix of functions with two eigenvalues, under the condition that they differ; `None` for a
    triangular matrix or a double eigenvalue."""
    (a, b), (c, d) = rows
    if any(vanishes(e, context) for e in (b, c)):
        return None
    root = short(_either_root(sp.expand((a - d) ** 2 + 4 * b * c)), context)
    if vanishes(root, context):
        return None
    require_nonzero(root, context)
    values = [short((a + d + s * root) / 2, context) for s in (-1, 1)]
    return [(r, 1, [[short(sp.cancel(b / (sp.expand(r) - a)), context), sp.S.One]]) for r in values]


def distinct_factors(m: DomainMatrix, x: Any, region: Region) -> list[tuple[Any, int]]:
    """The irreducible factors of the characteristic polynomial with their multiplicities. Raises `Split` where eigenvalues
    coincide for some values of the parameters only."""
    poly = sp.Poly(dict(enumerate(reversed(m.charpoly()))), x, domain=m.domain)
    factors = poly.factor_list()[1]
    if has_parameters(m):
        for p, q in combinations([p for p, _ in factors], 2):
            region.is_zero(sp.factor(p.resultant(q)))
        for p, _ in factors:
            if p.degree() > 1:
                region.is_zero(sp.factor(p.discriminant()))
    return list(factors)


def shifted_by(m: DomainMatrix, p: Any) -> DomainMatrix:
    """A - r*I for the zero r of a linear polynomial."""
    a, b = p.rep.to_list()
    n = m.shape[0]
    return (m + type(m).eye(n, m.domain) * m.domain.quo(b, a)).to_dense()


def over_extension(m: DomainMatrix, p: Any) -> tuple[DomainMatrix, Any]:
    """A - t*I over the field of a zero t of an irreducible polynomial, and t as it is written there."""
    t = sp.Dummy("t")
    field = FiniteExtension(sp.Poly.from_list(p.rep.to_list(), t, domain=m.domain))
    rows = [[field(sp.Poly.from_list([x], t, domain=m.domain).rep) for x in r] for r in m.to_dense().rep.to_ddm()]
    for k in range(len(rows)):
        rows[k][k] = rows[k][k] - field.generator
    return DomainMatrix(rows, m.shape, field), t


def _at(e: Any, generator: Any, root: Any, context: Context) -> Any:
    made = e.subs(generator, root)
    return short(sp.radsimp(made) if made.is_number and not made.has(sp.CRootOf) else made, context)


def _whole(v: list[Any]) -> list[Any]:
    """A multiple without rational denominators."""
    parts = [t.as_coeff_Mul()[0] for e in v for t in sp.Add.make_args(sp.expand(e))]
    scale = lcm(*(int(c.q) for c in parts if c.is_Rational))
    return [sp.expand(e * scale) for e in v] if scale != 1 else v


@operation("eigenvectors")
def eigenvectors(context: Context, a: Term) -> Term:
    """Triples (eigenvalue, multiplicity, basis of its eigenvectors); with parameters by cases."""
    square(a)
    if (spaces := _of_rationals(a)) is not None:
        return App("set", tuple(_triple(value, count, vectors) for value, count, vectors in spaces), (), "set")

    def found(region: Region) -> Term:
        triples = []
        for value, count, vectors in eigenspaces(matrix_in(region, a), region):
            triples.append(_triple(lift(value, context), count, [[lift(e, context) for e in v] for v in vectors]))
        return App("set", tuple(triples), (), "set")

    return by_cases(context, found)


def _triple(value: Term, count: int, vectors: list[list[Term]]) -> Term:
    return App("tuple", (value, num(count), App("set", tuple(map(vector_of, vectors)), (), "set")), (), "tuple")


def _of_rationals(a: Term) -> list[tuple[Term, int, list[list[Term]]]] | None:
    """The eigenspaces of a matrix of rational numbers as terms, where they are found by FLINT alone."""
    m = matrix_of(a)
    spaces = rational_spectrum.eigenspaces(m) if m is not None else None
    if spaces is None:
        return None
    n, found = len(rows_of(a)), []
    for e in spaces:
        flat = rational_spectrum.all_written([e.value, *(x for v in e.vectors for x in v)])
        if flat is None:
            return None
        found.append((flat[0], e.count, [flat[k : k + n] for k in range(1, len(flat), n)]))
    return found


@operation("diagonalize")
def diagonalize(context: Context, a: Term) -> Term:
    """Matrices (P, D) with A == P*D*inv(P) and D diagonal; a text where there are none. With parameters by cases."""
    n = square(a)
    if (plain := _of_rationals(a)) is not None:
        whole = sum(len(vs) for _, _, vs in plain) == n
        return _diagonal([v for _, _, vs in plain for v in vs], [r for r, _, vs in plain for _ in vs]) if whole else DEFECTIVE

    def found(region: Region) -> Term:
        spaces = eigenspaces(matrix_in(region, a), region)
        if sum(len(vs) for _, _, vs in spaces) < n:
            return DEFECTIVE
        return _diagonal_form(spaces, context)

    m = domain_matrix(a, context)
    if has_parameters(m):
        everywhere = _valid_throughout(m, whole_region(context))
        if everywhere is not None:
            return _diagonal_form(everywhere, context)
    return by_cases(context, found)


def _valid_throughout(m: DomainMatrix, region: Region) -> list[tuple[Any, int, list[list[Any]]]] | None:
    """The generic eigenvectors, if they make a basis for all values of the parameters."""
    try:
        spaces = eigenspaces(m, replace(region, generic=True, required=[]))
    except NoClosedForm:
        return None
    columns = [v for _, _, vs in spaces for v in vs]
    if len(columns) < m.shape[0] or any(sp.denom(sp.together(e)).free_symbols for v in columns for e in v):
        return None
    try:
        return None if region.is_zero(sp.factor(sp.expand(sp.Matrix(columns).det()))) else spaces
    except Split:
        return None


def _diagonal_form(spaces: list[tuple[Any, int, list[list[Any]]]], context: Context) -> Term:
    columns = [[lift(e, context) for e in v] for _, _, vs in spaces for v in vs]
    return _diagonal(columns, [lift(r, context) for r, _, vs in spaces for _ in vs])


def _diagonal(columns: list[list[Term]], values: list[Term]) -> Term:
    n = len(values)
    diagonal = [[values[i] if i == j else num(0) for j in range(n)] for i in range(n)]
    return App("tuple", (side_by_side(columns), shaped(diagonal, (n, n))), (), "tuple")


@operation("jordan")
def jordan(context: Context, a: Term) -> Term:
    """Matrices (P, J) with A == P*J*inv(P) and J in Jordan form; with parameters by cases."""
    square(a)

    def found(region: Region) -> Term:
        chains = jordan_chains(matrix_in(region, a), region)
        return _jordan_form([(lift(r, context), [[lift(e, context) for e in v] for v in chain]) for r, chain in chains])

    if (plain := matrix_of(a)) is not None and (numbers := rational_chains.jordan_chains(plain)) is not None:
        return _jordan_form([(terms([r])[0], list(map(terms, chain))) for r, chain in numbers])
    m = domain_matrix(a, context)
    if has_parameters(m):
        everywhere = _valid_throughout(m, whole_region(context))
        if everywhere is not None:
            return _diagonal_form(everywhere, context)
    return by_cases(context, found)


def _jordan_form(chains: list[tuple[Term, list[list[Term]]]]) -> Term:
    columns = [v for _, chain in chains for v in chain]
    n = len(columns)
    form = [[num(0)] * n for _ in range(n)]
    start = 0
    for value, chain in chains:
        for k in range(start, start + len(chain)):
            form[k][k] = value
            if k > start:
                form[k - 1][k] = num(1)
        start += len(chain)
    return App("tuple", (side_by_side(columns), shaped(form, (n, n))), (), "tuple")


def jordan_chains(m: DomainMatrix, region: Region) -> list[tuple[Any, list[list[Any]]]]:
    """Eigenvalues with chains v1, v2, … of vectors: A*v1 == r*v1 and A*v[k+1] == r*v[k+1] + v[k]; together they make a basis.

    Raises `Split` where the chains depend on parameters. The vectors of level k, those that (A - r)^k sends to 0, are continued
    from the top: what the longer chains leave over at a level begins chains of its own.
    """
    context = region.context
    if related(m):
        spaces = eigenspaces(m, region)
        if sum(len(vs) for _, _, vs in spaces) < m.shape[0]:
            raise NoClosedForm("the Jordan form of a matrix of functions that may be related has no closed form")
        return [(r, [v]) for r, _, vs in spaces for v in vs]
    x = sp.Symbol("t")
    m = m.to_field()
    found: list[tuple[Any, list[list[Any]]]] = []
    for p, count in distinct_factors(m, x, region):
        if p.degree() == 1:
            chains = _chains(shifted_by(m, p), count, region)
            value = short(-p.all_coeffs()[1] / p.all_coeffs()[0], context)
            found += [(value, chain) for chain in chains]
            continue
        if has_parameters(m) and count > 1:
            raise NoClosedForm("the Jordan form for a multiple eigenvalue with parameters has no short closed form")
        rows, generator = over_extension(m, p)
        chains = _chains(rows, count, region)
        for chain in chains:
            # A chain that parameters could make 0 belongs to a case of its own.
            region.is_zero(next((e for e in reversed(chain[0]) if e != 0 and not e.has(generator)), sp.S.One))
        roots = polynomial_roots(p.as_expr(), x, context)
        _not_too_long(p, roots)
        for r in roots:
            for chain in chains:
                found.append((r, [[_at(e, generator, r, context) for e in v] for v in chain]))
    place = {r: i for i, r in enumerate(ordered(list(dict.fromkeys(r for r, _ in found))))}
    return sorted(found, key=lambda item: (place[item[0]], -len(item[1])))


def _chains(m: DomainMatrix, count: int, region: Region) -> list[list[list[Any]]]:
    """The chains of a nilpotent part of a dimension, as SymPy vectors without denominators."""
    n, domain = m.shape[0], m.domain
    levels: list[list[list[Any]]] = [[]]
    power = m
    while len(levels[-1]) < count:
        levels.append(_kernel(power, region))
        power = power * m
        if len(levels) > n + 1:
            raise NoClosedForm("the Jordan chains could not be completed")
    found = []
    for chain in chains_of(levels, lambda known, more: _continued(known, more, domain, region), lambda v: _times(m, v)):
        flat = cleared([domain.to_sympy(e) for w in chain for e in w])
        found.append([flat[i : i + n] for i in range(0, len(flat), n)])
    return found


def _times(m: DomainMatrix, v: list[Any]) -> list[Any]:
    product = m * DomainMatrix([[e] for e in v], (len(v), 1), m.domain)
    return [r[0] for r in product.to_dense().rep.to_ddm()]


def _kernel(m: DomainMatrix, region: Region) -> list[list[Any]]:
    """A basis of what a matrix sends to 0, as elements of its domain."""
    domain = m.domain
    if has_parameters(m):
        rows, pivots = eliminated(m.to_dense().rep.to_ddm(), domain, region)
    else:
        made, pivots = m.rref()
        rows = [list(r) for r in made.to_dense().rep.to_ddm()]
    n = m.shape[1]
    basis = []
    for free in (j for j in range(n) if j not in pivots):
        v = [domain.zero] * n
        v[free] = domain.one
        for i, p in enumerate(pivots):
            v[p] = -rows[i][free]
        basis.append(v)
    return basis


def _continued(known: list[list[Any]], candidates: list[list[Any]], domain: Any, region: Region) -> list[list[Any]]:
    columns = [*known, *candidates]
    m = DomainMatrix([list(r) for r in zip(*columns, strict=True)], (len(columns[0]), len(columns)), domain)
    if has_parameters(m):
        _, pivots = eliminated(m.rep.to_ddm(), domain, region)
    else:
        _, pivots = m.to_dense().rref()
    return [columns[p] for p in pivots if p >= len(known)]
