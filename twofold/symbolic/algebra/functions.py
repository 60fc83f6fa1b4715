"""Functions of a square matrix: exponential, principal logarithm, powers.

f(A) is the sum over the eigenvalues r, of multiplicity k, of f(r)*Z + f'(r)*(A - r)*Z + … + f^(k-1)(r)/(k-1)!*(A - r)^(k-1)*Z,
where Z is the projection onto the generalised eigenvectors of r: a polynomial in A, which is 1 modulo (t - r)^k and 0 modulo the
rest of the characteristic polynomial (Hermite interpolation; Higham, Functions of Matrices, 2008, section 1.2). No eigenvectors
are needed; eigenvalues that coincide for some values of the parameters make a case of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from sympy.polys.agca.extensions import FiniteExtension
from sympy.polys.matrices import DomainMatrix

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Term
from twofold.symbolic.algebra.blocks import by_blocks, components
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.complex_notes import with_notes
from twofold.symbolic.algebra.conjugate_exponentials import conjugate_sum
from twofold.symbolic.algebra.eigen import distinct_factors, over_extension, shifted_by
from twofold.symbolic.algebra.elimination import expressions, matrix_in, require_open
from twofold.symbolic.algebra.matrices import entries, operation, related, square, term_of, vanishes
from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.algebra.rational_chains import exponential
from twofold.symbolic.algebra.rational_elimination import matrix_of
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.algebra.rotations import rotation, sheared, turned, turned_power
from twofold.symbolic.algebra.small_powers import first_powers, flattened, of_exponents
from twofold.symbolic.algebra.unitary import has_complex_root, settled
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.entries import shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.tidy import short

Scalar = Callable[[Any, int], Any]
"""The derivative of an order of a scalar function at an eigenvalue, divided by the factorial of the order."""


_SHORT = 12
"""Operations in a root of a cubic or quartic with parameters up to which matrices of it are written."""
Weighted = dict[Any, Any]
"""An entry as a sum: values of the scalar function with their coefficients."""


def function_of(m: DomainMatrix, f: Scalar, region: Region, simpler: Callable[[Weighted], Any]) -> list[list[Any]]:
    """The entries of f(A), put together from values of f with exact coefficients. Raises `Split` where eigenvalues coincide for some values of the parameters, and `NoClosedForm`."""
    x = sp.Symbol("t")
    m = m.to_field()
    n = m.shape[0]
    total: list[list[Weighted]] = [[{} for _ in range(n)] for _ in range(n)]
    for p, count in distinct_factors(m, x, region):
        linear = p.degree() == 1
        shifted, generator = (shifted_by(m, p), None) if linear else over_extension(m, p)
        parts = [expressions(z) for z in _components(shifted, count)]
        roots = [-p.all_coeffs()[1] / p.all_coeffs()[0]] if linear else polynomial_roots(p.as_expr(), x, region.context)
        for r in roots:
            if r.has(sp.CRootOf) or p.degree() > 2 and r.free_symbols and r.count_ops() > _SHORT:
                raise NoClosedForm("the eigenvalues have no short closed form")
            for k, rows in enumerate(parts):
                if all(e == 0 for row in rows for e in row):
                    continue
                weight = f(r, k)
                for i in range(n):
                    for j in range(n):
                        e = rows[i][j] if generator is None else rows[i][j].subs(generator, r)
                        if e != 0:
                            total[i][j][weight] = total[i][j].get(weight, sp.S.Zero) + settled(e, region.context)
    return [[simpler(e) for e in r] for r in total]


def _components(shifted: DomainMatrix, count: int) -> list[DomainMatrix]:
    """Z, N*Z, …, N^(count-1)*Z for N = A - r*I and the projection Z onto what a power of N sends to 0.

    With the characteristic polynomial t^k*q(t) of N, Z = q(N)*h(N), where h is the inverse of q modulo t^k.
    """
    domain, n = shifted.domain, shifted.shape[0]
    coefficients = list(reversed(shifted.charpoly()))[count:]
    first = coefficients[0]
    inverse = [first.inverse() if isinstance(domain, FiniteExtension) else domain.quo(domain.one, first)]
    for k in range(1, count):
        rest = domain.zero
        for j in range(1, min(k, len(coefficients) - 1) + 1):
            rest = rest + coefficients[j] * inverse[k - j]
        inverse.append(-rest * inverse[0])
    identity = type(shifted).eye(n, domain).to_dense()
    found = _value(coefficients, shifted, identity) * _value(inverse, shifted, identity)
    out = [found]
    for _ in range(count - 1):
        out.append(out[-1] * shifted)
    return out


def _value(coefficients: list[Any], m: DomainMatrix, identity: DomainMatrix) -> DomainMatrix:
    made = identity * coefficients[-1]
    for c in reversed(coefficients[:-1]):
        made = made * m + identity * c
    return made


def _summed(parts: Weighted, context: Context) -> Any:
    """An entry as a short sum, with pairs of exponentials as circular and hyperbolic functions."""
    for pair in (_hyperbolic(parts), conjugate_sum(parts)):
        if pair is not None:
            return pair
    whole = sp.Add(*(c * w for w, c in parts.items()))
    if has_complex_root(whole):
        return whole
    if not whole.has(sp.I):
        if whole.free_symbols:
            fractions = any(c.free_symbols for c in parts.values())
            if fractions and all(c.is_rational_function(*c.free_symbols) for c in parts.values()):
                whole = sp.Add(*(sp.factor(c) * w for w, c in parts.items()))
            return sp.factor_terms(sp.together(whole) if fractions else whole) if len(parts) > 1 else whole
        return sp.factor_terms(whole)
    opened = sp.expand(whole)
    if opened.free_symbols:
        return sp.factor_terms(sp.together(opened)) if not opened.has(sp.I) else short(opened, context)
    kernels = list(opened.atoms(sp.exp, sp.cos, sp.sin))
    if not kernels:
        return short(opened, context)
    names = {f: sp.Dummy() for f in kernels}
    polynomial = sp.Poly(opened.xreplace(names), *names.values())
    back = {v: k for k, v in names.items()}
    terms = [settled(c, context) * sp.prod(x**k for x, k in zip(polynomial.gens, m, strict=True)) for m, c in polynomial.terms()]
    return sp.factor_terms(sp.Add(*terms)).xreplace(back)


def _hyperbolic(parts: Weighted) -> Any | None:
    """2c*cosh(r) or 2c*sinh(r) for the sum of c*exp(r) and c*exp(-r), or their difference."""
    if len(parts) != 2:
        return None
    (first, c), (second, d) = parts.items()
    if not all(isinstance(w, sp.exp) or w is sp.E for w in (first, second)):
        return None
    r, s = (sp.log(w) if w is sp.E else w.args[0] for w in (first, second))
    if r != -s or c.free_symbols or not (c == d or c == -d):
        return None
    if r.could_extract_minus_sign():
        r, c, d = -r, d, c
    return 2 * c * (sp.cosh(r) if c == d else sp.sinh(r))


@operation("expm")
def expm(context: Context, a: Term) -> Term:
    """The matrix exponential; with parameters by cases where eigenvalues coincide."""
    n = square(a)
    if (plain := matrix_of(a)) is not None and (numbers := exponential(plain)) is not None:
        return shaped(numbers, (n, n))
    rows = entries(a, context)
    for rule in (turned, sheared, rotation):
        if (known := rule(rows, context)) is not None:
            return known
    parts = components(rows)
    if len(parts) > 1 and (known := by_blocks(a, parts, lambda block: expm(context, block))) is not None:
        return known

    def found(region: Region) -> Term:
        m = matrix_in(region, a)
        if related(m):
            made = spend(20 * context.effort, attempt, lambda: sp.Matrix(rows).exp())
            if made is None or made.has(sp.CRootOf) or _has_roots_of_functions(made):
                raise NoClosedForm("the matrix exponential has no short closed form")
            return term_of([[sp.expand(e).rewrite(sp.cos) if e.has(sp.I) else e for e in r] for r in made.tolist()], context)
        made = function_of(m, lambda r, k: _exponential(r) / sp.factorial(k), region, lambda e: _summed(e, context))
        return shaped([[lift(e, context) for e in r] for r in made], (len(made), len(made)))

    return with_notes(by_cases(context, found), context)


def _has_roots_of_functions(made: Any) -> bool:
    """Whether roots of sums of functions are left, whose real and imaginary parts make an answer that nobody reads."""
    return any(p.base.is_Add and p.base.has(sp.Function, sp.exp) for p in made.atoms(sp.Pow) if not p.exp.is_Integer)


def _exponential(r: Any) -> Any:
    """exp(r), with the imaginary part as a turn."""
    real, imaginary = sp.expand(r).as_independent(sp.I, as_Add=True) if r.has(sp.I) else (r, sp.S.Zero)
    if imaginary == 0 or not (real.is_real and (imaginary / sp.I).is_real):
        return sp.exp(r)
    turn = sp.expand(imaginary / sp.I)
    return sp.exp(real) * (sp.cos(turn) + sp.I * sp.sin(turn))


@operation("logm")
def logm(context: Context, a: Term) -> Term:
    """The principal logarithm of a regular matrix: every eigenvalue of the answer has an imaginary part in (-pi, pi]."""
    square(a)

    def logarithm(r: Any, k: int) -> Any:
        if vanishes(r, context):
            raise fail(
                "singular-matrix",
                "this matrix has no logarithm: its determinant is 0",
                a.span,
                "the eigenvalue 0 has no logarithm; expm has only regular values",
            )
        if k == 0 and r.is_negative:
            return sp.log(-r) + sp.I * sp.pi
        if k == 0 and r.free_symbols and not r.is_positive:
            context.require(App("gt", (lift(r, context), ZERO), (), "truth"))
        return sp.log(r) if k == 0 else sp.Rational((-1) ** (k + 1), k) / r**k

    def found(region: Region) -> Term:
        m = matrix_in(region, a)
        if related(m):
            made = spend(20 * context.effort, attempt, lambda: sp.Matrix(entries(a, context)).log())
            if made is None or made.has(sp.I, sp.CRootOf, sp.zoo, sp.nan):
                raise NoClosedForm("the matrix logarithm has no short closed form")
            for d in {sp.denom(sp.together(e)) for e in made}:
                require_open(short(d, context), context)
            return term_of(made.tolist(), context)
        made = function_of(m, logarithm, region, lambda e: _sum_of_logarithms(e, context))
        return shaped([[lift(e, context) for e in r] for r in made], (len(made), len(made)))

    return by_cases(context, found)


def _sum_of_logarithms(parts: Weighted, context: Context) -> Any:
    whole = sp.Add(*(c * w for w, c in parts.items()))
    if whole.free_symbols:
        return short(whole, context)
    if has_complex_root(whole):
        return whole
    if whole.has(sp.I) and not all(c.is_real for c in parts.values()):
        real, imaginary = whole.as_real_imag()
        return short(real, context) + sp.I * short(imaginary, context)
    plain = sp.factor_terms(sp.expand(whole, log=False, power_base=False, power_exp=False))
    return short(plain, context) if sp.count_ops(plain) < 16 else plain


def power_of_matrix(base: Term, exponent: Term, context: Context) -> Term:
    """A^n for a symbolic or fractional exponent: principal powers of the eigenvalues.

    A singular matrix needs a positive exponent; where the eigenvalue 0 is defective, the whole exponents below the length of its
    longest chain are cases of their own, and the exponent has to be one of these or at least that length.
    """
    from twofold.symbolic.lower import lower

    n = lower(exponent, context)
    if n.is_integer and (known := turned_power(entries(base, context), n, context)) is not None:
        return known

    least, longest = 0, 0

    def power(r: Any, k: int) -> Any:
        nonlocal least
        if vanishes(r, context):
            if n.is_number and k == 0 and n.is_positive:
                return sp.S.Zero
            if n.is_number:
                raise fail(
                    "singular-matrix",
                    "this matrix has no principal power with that exponent: its eigenvalue 0 "
                    + ("is defective" if n.is_positive else "has none"),
                    base.span,
                    "jordan(A) shows the blocks of the eigenvalue 0",
                )
            least = max(least, k + 1)
            return sp.S.Zero
        if not n.is_integer and r.is_positive is not True:
            raise NoClosedForm(
                f"a power with an exponent that may be a fraction needs positive eigenvalues; declare `let {n} : integer`"
                if n.is_Symbol
                else "a fractional power needs positive eigenvalues"
            )
        return sp.ff(n, k) / sp.factorial(k) * r ** (n - k)

    def found(region: Region) -> Term:
        nonlocal least, longest
        least = 0
        m = matrix_in(region, base)
        if related(m):
            raise NoClosedForm("a matrix power needs an explicit whole exponent")
        if n is sp.S.Half and (root := _root_of_two(m)) is not None:
            return term_of([[short(e, context) for e in row] for row in root], context)
        made = term_of(function_of(m, power, region, lambda e: short(sp.Add(*(c * w for w, c in e.items())), context)), context)
        longest = max(longest, least)
        return first_powers(m, least, made, exponent, context)

    made = flattened(by_cases(context, found))
    if longest:
        context.require(of_exponents(exponent, longest, bool(n.is_integer)))
    return made


def _root_of_two(m: DomainMatrix) -> list[list[Any]] | None:
    """The principal square root of a rational 2x2 matrix with irrational positive eigenvalues, by the theorem of Cayley and Hamilton:
    R^2 - tr(R)*R + det(R) = 0 for the root R, where det(R) = sqrt(det A) and tr(R)^2 = tr(A) + 2*det(R)."""
    if m.shape != (2, 2) or not (m.domain.is_ZZ or m.domain.is_QQ):
        return None
    (a, b), (c, d) = m.to_Matrix().tolist()
    determinant, trace = a * d - b * c, a + d
    square = trace**2 - 4 * determinant
    if not (determinant > 0 and trace > 0 and square > 0) or sp.sqrt(square).is_Rational:
        return None
    s = sp.sqrt(determinant)
    t = sp.sqrt(trace + 2 * s)
    return [[(a + s) / t, b / t], [c / t, (d + s) / t]]
