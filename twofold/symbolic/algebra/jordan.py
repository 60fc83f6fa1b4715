"""The Jordan form: chains of generalised eigenvectors, over the field of an eigenvalue."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.grammar.term import App, Term, num
from twofold.symbolic.algebra import rational_chains
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.chains import chains_of
from twofold.symbolic.algebra.complex_notes import with_notes
from twofold.symbolic.algebra.eigen import (
    diagonal_form,
    distinct_factors,
    eigenspaces,
    not_too_long,
    over_extension,
    shifted_by,
    valid_throughout,
    value_at,
)
from twofold.symbolic.algebra.elimination import eliminated, has_parameters, matrix_in
from twofold.symbolic.algebra.matrices import domain_matrix, operation, related, side_by_side, square
from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.algebra.rational_elimination import matrix_of, terms
from twofold.symbolic.algebra.regions import Region, whole_region
from twofold.symbolic.algebra.spaces import cleared
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import short


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
        everywhere = valid_throughout(m, whole_region(context))
        if everywhere is not None:
            return with_notes(diagonal_form(everywhere, context), context)
    return with_notes(by_cases(context, found), context)


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
            chains = _nilpotent_chains(shifted_by(m, p), count, region)
            value = short(-p.all_coeffs()[1] / p.all_coeffs()[0], context)
            found += [(value, chain) for chain in chains]
            continue
        if has_parameters(m) and count > 1:
            raise NoClosedForm("the Jordan form for a multiple eigenvalue with parameters has no short closed form")
        rows, generator = over_extension(m, p)
        chains = _nilpotent_chains(rows, count, region)
        for chain in chains:
            # A chain that parameters could make 0 belongs to a case of its own.
            region.is_zero(next((e for e in reversed(chain[0]) if e != 0 and not e.has(generator)), sp.S.One))
        roots = polynomial_roots(p.as_expr(), x, context)
        not_too_long(p, roots)
        for r in roots:
            for chain in chains:
                found.append((r, [[value_at(e, generator, r, context) for e in v] for v in chain]))
    place = {r: i for i, r in enumerate(ordered(list(dict.fromkeys(r for r, _ in found))))}
    return sorted(found, key=lambda item: (place[item[0]], -len(item[1])))


def _nilpotent_chains(m: DomainMatrix, count: int, region: Region) -> list[list[list[Any]]]:
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
