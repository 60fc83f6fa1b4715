"""What is known of a function and a region as a whole: bounded, smooth, convex, growing in all directions; and multipliers as a certificate."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy as sp
from flint import fmpq, fmpq_mat, fmpq_poly

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import num
from twofold.symbolic import spot
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.lift import lift
from twofold.symbolic.tidy import short

if TYPE_CHECKING:
    from twofold.symbolic.solving.extremum_problem import Extremum


def convex(problem: Extremum) -> bool:
    """Whether the Hessian is positive semidefinite everywhere: all principal minors are nonnegative as they stand."""
    if not _convex_domain(problem):
        return False
    flat = [problem.affine(e) for e in problem.equalities]
    second = _second(problem)
    if second is not None and all(line is not None for line in flat):
        return all(c >= 0 for c in _symmetric_functions(_restricted(second, [line[0] for line in flat if line is not None])))
    h = problem.hessian()
    if problem.equalities and all(
        e.is_polynomial(*problem.variables) and sp.Poly(e, *problem.variables).total_degree() <= 1 for e in problem.equalities
    ):
        # Along the flat region that linear equations leave, only the directions inside it matter.
        directions = sp.Matrix([[sp.diff(e, v) for v in problem.variables] for e in problem.equalities]).nullspace()
        h = sp.Matrix([[sp.expand((u.T * h * w)[0]) for w in directions] for u in directions]) if directions else sp.zeros(0, 0)
    n = h.rows
    for k in range(1, n + 1):
        for rows in combinations(range(n), k):
            minor = sp.factor(h.extract(list(rows), list(rows)).det())
            if not minor.is_nonnegative and not _never_negative(problem, minor):
                return False
    return all(
        sp.Poly(e, *problem.variables).total_degree() <= 1 for e in problem.equalities if e.is_polynomial(*problem.variables)
    ) and all(e.is_polynomial(*problem.variables) for e in problem.equalities)


def convex_region(problem: Extremum) -> bool:
    """Whether every inequality is that of a convex function."""
    return all(
        problem.affine(b) is not None
        or problem.has_degree(b, 1)
        or (h := _second(problem, b)) is not None
        and all(c >= 0 for c in _symmetric_functions(h))
        for b in problem.bounds
    )


def _second(problem: Extremum, e: Any = None) -> fmpq_mat | None:
    """The second derivatives of a polynomial of the second degree, which is the function if none is given; `None` for others."""
    p, n = problem.polynomial(problem.f if e is None else e), len(problem.variables)
    if p is None or any(sum(m) > 2 for m in p.itermonoms()):
        return None
    h = fmpq_mat(n, n)
    for m, c in p.iterterms():
        if sum(m) == 2:
            i, j = [k for k, d in enumerate(m) for _ in range(d)]
            h[i, j] = h[j, i] = fmpq(int(c.numerator), int(c.denominator)) * (2 if i == j else 1)
    return h


def _convex_domain(problem: Extremum) -> bool:
    """Whether the function is seen to be smooth on a convex set that holds the region: logarithms and roots of affine expressions, and
    denominators that are positive there."""
    if not problem.f.atoms(sp.Function) and problem.f.is_polynomial(*problem.variables):
        return True
    names = {v: sp.Dummy(v.name, positive=True) for v in problem.variables if _is_positive(problem, v)}

    def affine(u: Any) -> bool:
        return bool(u.is_polynomial(*problem.variables)) and sp.Poly(u, *problem.variables).total_degree() <= 1

    inside = {u for g in problem.f.atoms(sp.log) for u in g.args if u.has(*problem.variables)}
    if any(not isinstance(g, (sp.log, sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.atan)) for g in problem.f.atoms(sp.Function)):
        return False
    if not all(affine(u) or u.xreplace(names).is_positive for u in inside):
        return False
    for p in problem.f.atoms(sp.Pow):
        if not p.base.has(*problem.variables) or p.exp.is_Integer and p.exp > 0:
            continue
        positive = p.base.xreplace(names).is_positive or p.base in inside
        if p.exp.has(*problem.variables) or not positive and (p.exp.is_Integer or not affine(p.base)):
            return False
    return True


def _never_negative(problem: Extremum, e: Any) -> bool:
    """Sums of terms that are not negative inside the region, over a denominator that is not negative either: even powers, and
    products of variables that are bounded below by 0."""
    names = {v: sp.Dummy(v.name, positive=True) for v in problem.variables if _is_positive(problem, v)}
    above, below = sp.fraction(sp.together(e.xreplace(names)))
    made = sp.expand(above * below)
    if all(t.is_nonnegative for t in sp.Add.make_args(made)):
        return True
    return all(t.is_nonnegative for p in (above, below) for t in sp.Add.make_args(sp.expand(p)))


def _is_positive(problem: Extremum, v: Any) -> bool:
    """Whether a bound says that a variable is at least a number that is not negative."""
    return bool(v.is_nonnegative) or any((c := b + v).is_number and c.is_nonnegative for b in problem.bounds)


def compact(problem: Extremum) -> bool:
    """Whether the region is bounded: every variable between numbers, or an equation with definite even leading terms."""
    key = tuple(problem.bounds)
    if key not in problem.bounded:
        problem.bounded[key] = _is_bounded(problem)
    return problem.bounded[key]


def _is_bounded(problem: Extremum) -> bool:
    if _bounded_by_lines(problem):
        return True
    boxed = {v for v in problem.variables for b in problem.bounds if (b - v).is_number} & {
        v for v in problem.variables for b in problem.bounds if (b + v).is_number
    }
    if boxed == set(problem.variables):
        return True
    for g in [*problem.equalities, *problem.bounds]:
        if g.is_polynomial(*problem.variables):
            poly = sp.Poly(g, *problem.variables)
            top = [m for m in poly.terms() if sum(m[0]) == poly.total_degree()]
            pure = {next(i for i, p in enumerate(m[0]) if p) for m in top if sum(1 for p in m[0] if p) == 1}
            even = all(all(p % 2 == 0 for p in m[0]) and sp.sympify(m[1]).is_positive for m in top)
            if even and pure == set(range(len(problem.variables))):
                return True
    return False


def _bounded_by_lines(problem: Extremum) -> bool:
    """Whether linear constraints bound every variable: bounds are passed on from one constraint to the next."""
    rows = []
    for e, both in [(b, False) for b in problem.bounds] + [(e, True) for e in problem.equalities]:
        if (slopes := _signs(problem, e)) is not None and any(slopes):
            rows += [slopes, [-c for c in slopes]] if both else [slopes]
    known: set[tuple[int, int]] = set()
    while True:
        # A row says that the sum of c*v is at most a number: the side of v with the sign of c is bounded if the others are.
        new = {
            (i, 1 if c > 0 else -1)
            for row in rows
            for i, c in enumerate(row)
            if c and all(not d or j == i or (j, -1 if d > 0 else 1) in known for j, d in enumerate(row))
        }
        if new <= known:
            return len(known) == 2 * len(problem.variables)
        known |= new


def _signs(problem: Extremum, e: Any) -> list[int] | None:
    """The signs of the coefficients of an expression of first degree; `None` where one is not known."""
    if (line := problem.affine(e)) is not None:
        return [(c > 0) - (c < 0) for c in line[0]]
    if not problem.has_degree(e, 1):
        return None
    slopes = [sp.Poly(e, *problem.variables).coeff_monomial(v) for v in problem.variables]
    if not all(c.is_positive or c.is_negative or c == 0 for c in slopes):
        return None
    return [1 if c.is_positive else -1 if c.is_negative else 0 for c in slopes]


_SMOOTH = (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.atan, sp.asinh, sp.erf)
ALL_REAL = (*_SMOOTH, sp.Abs, sp.Max, sp.Min, sp.sign)
"""Functions that are real wherever what stands in them is."""


def smooth(problem: Extremum) -> bool:
    """Whether the function and the constraints are seen to be defined and differentiable all over the closed region."""
    key = (problem.f, tuple(problem.bounds))
    if key not in problem.smoothness:
        problem.smoothness[key] = all(_is_smooth(problem, e) for e in (problem.f, *problem.equalities, *problem.bounds))
    return problem.smoothness[key]


def _is_smooth(problem: Extremum, e: Any) -> bool:
    if e.is_polynomial(*problem.variables):
        return True
    needed: list[tuple[Any, str]] = []
    for part in sp.preorder_traversal(e):
        if not part.has(*problem.variables) or part.is_Symbol or part.is_Add or part.is_Mul or isinstance(part, _SMOOTH):
            continue
        if isinstance(part, sp.log):
            needed.append((part.args[0], "gt"))
        elif part.is_Pow and part.base is not sp.E and not (part.exp.is_Integer and part.exp > 0):
            needed.append((part.base, "ne" if part.exp.is_Integer else "gt"))
        elif not part.is_Pow:
            return False
    return all(_holds_throughout(problem, u, relation) for u, relation in dict.fromkeys(needed))


def _holds_throughout(problem: Extremum, u: Any, relation: str) -> bool:
    """Whether it is proved that something is positive, or not 0, on the closed region."""
    if u.is_positive or relation == "ne" and u.is_nonzero:
        return True
    context = problem.context
    rows = [*(("eq", e) for e in problem.equalities), *(("le", e) for e in problem.bounds)]
    region = together(app(op, lift(e, context), num(0)) for op, e in rows)
    goal = Goal("=>", region, app(relation, lift(u, context), num(0)), context.assumptions, "real")
    return bool(within(context.seconds, proves, goal, context))


def certificate(problem: Extremum, values: tuple[Any, ...]) -> str | None:
    """Multipliers of a point that are not negative where they belong to inequalities, so that no point of a convex region has a lower value
    of a convex function (Karush, Kuhn and Tucker), as a remark, which is empty without constraints; `None` where none are known."""
    for active, multipliers in problem.multipliers.get(values, ()):
        signs = multipliers[len(multipliers) - len(active) :]
        if all(map(_is_not_negative, signs)):
            rows = zip(multipliers, [*problem.equalities, *active], strict=True)
            shown = [
                f"{show(lift(short(m, problem.context), problem.context))} of {show(lift(e, problem.context))}" for m, e in rows
            ]
            return f"by convexity, with the multiplier{'s' if len(shown) > 1 else ''} {', '.join(shown)}" if shown else ""
    return None


def _is_not_negative(m: Any) -> bool:
    """Whether a number is at least 0; one that is written with roots is not below 0 if it is 0 or above it in twenty digits."""
    if not m.is_number or m.is_Rational:
        return bool(m.is_nonnegative)
    v = spot.value(m, {})
    return v is not None and bool(v.real > 1e-20 or abs(v.real) <= 1e-20 and sp.expand(m).equals(0))


def low_at_ends(problem: Extremum, lowest: Any) -> bool | None:
    """In one variable: whether an end of the region (or a limit there) is lower than a value."""
    (x,) = problem.variables
    known = spot.range_of(x, problem.context)
    ends = []
    for bound, side, default in ((known.lower, "+", -sp.oo), (known.upper, "-", sp.oo)):
        end = default if bound is None else sp.Rational(bound.numerator, bound.denominator)
        ends.append(limit_at(problem.f, x, end, side if end.is_finite else "", problem.context))
    if any(e is None for e in ends):
        return None
    return any(sp.sympify(e < lowest) == sp.true for e in ends)


def coercive(problem: Extremum) -> bool:
    """A polynomial whose leading terms are even powers with positive coefficients, one of every variable: it grows in all
    directions."""
    second = _second(problem)
    if second is not None:
        return all(c > 0 for c in _symmetric_functions(second))
    if not problem.f.is_polynomial(*problem.variables):
        return False
    terms = sp.Poly(problem.f, *problem.variables).terms()
    degree = max(sum(m) for m, _ in terms)
    if degree == 2:
        h = problem.hessian()
        return all(h[:k, :k].det().is_positive for k in range(1, len(problem.variables) + 1))
    top = [(m, c) for m, c in terms if sum(m) == degree]
    pure = {next(k for k, d in enumerate(m) if d) for m, _ in top if sum(map(bool, m)) == 1}
    rising = all(sp.Mul(c, *(v**d for v, d in zip(problem.variables, m, strict=True))).is_nonnegative for m, c in top)
    return rising and len(pure) == len(problem.variables) or _dominated(terms, len(problem.variables))


def _symmetric_functions(h: fmpq_mat) -> list[fmpq]:
    """The elementary symmetric functions of the eigenvalues of a symmetric matrix: none is negative where no eigenvalue is, and all are
    positive where all eigenvalues are."""
    n = h.nrows()
    row = h.charpoly() if n else fmpq_poly([1])
    return [row[n - k] * (-1) ** k for k in range(1, n + 1)]


def _restricted(h: fmpq_mat, rows: list[list[Fraction]]) -> fmpq_mat:
    """A quadratic form on the vectors that are orthogonal to all rows."""
    if not rows:
        return h
    n = h.nrows()
    table, rank = fmpq_mat(len(rows), n, [fmpq(c.numerator, c.denominator) for r in rows for c in r]).rref()
    pivots = [next(j for j in range(n) if table[i, j]) for i in range(rank)]
    free = [j for j in range(n) if j not in pivots]
    ways = fmpq_mat(n, len(free))
    for k, j in enumerate(free):
        ways[j, k] = fmpq(1)
        for i, p in enumerate(pivots):
            ways[p, k] = -table[i, j]
    return ways.transpose() * h * ways


def _dominated(terms: list[tuple[tuple[int, ...], Any]], n: int) -> bool:
    """Whether even powers, one of every variable, with positive coefficients outgrow all other terms: the sum of a_i/d_i over the
    exponents a of a term is below 1, or equal to 1 and then, by the weighted inequality of means, covered by what is left of the
    coefficients."""
    powers: dict[int, tuple[int, Any]] = {}
    for m, c in terms:
        if sum(map(bool, m)) == 1:
            k = next(i for i, e in enumerate(m) if e)
            if m[k] > powers.get(k, (0, 0))[0]:
                powers[k] = (m[k], c)
    if len(powers) < n or any(d % 2 or not c.is_positive for d, c in powers.values()):
        return False
    left = [powers[k][1] for k in range(n)]
    for m, c in terms:
        weights = [sp.Rational(e, powers[k][0]) for k, e in enumerate(m)]
        if sum(map(bool, m)) <= 1 or sum(weights) < 1 or sum(weights) == 1 and c.is_nonnegative and all(e % 2 == 0 for e in m):
            continue
        if sum(weights) > 1:
            return False
        left = [rest - sp.Abs(c) * u for rest, u in zip(left, weights, strict=True)]
    return all(rest.is_positive for rest in left)
