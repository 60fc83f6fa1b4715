"""Real solutions of polynomial systems with parameters: triangular systems over the field of the parameters, split by factors.

Every step is an equation in one unknown over those that are known: of first or second degree, or `c*x^n == d`, whose real root for odd n is
that of a quantity of any sign. What comes out solves the system for all but special values of the parameters, and is tried by those who ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

_MOST_SPLITS = 24


def needs_real_roots(values: tuple[Any, ...]) -> bool:
    """Whether values are written with roots that are not those of real numbers: of odd degree of something that may be negative."""
    return any(
        v.has(sp.I)
        or any(not p.exp.is_Integer and p.exp.is_Rational and p.exp.q % 2 and not p.base.is_nonnegative for p in v.atoms(sp.Pow))
        or any(not p.exp.is_Integer and p.base.is_negative for p in v.atoms(sp.Pow))
        for v in map(sp.sympify, values)
    )


def real_solutions(equations: list[Any], unknowns: tuple[Any, ...]) -> list[tuple[Any, ...]] | None:
    """The real solutions of a polynomial system for general values of its parameters; `None` where they are not found this way."""
    parameters = sorted(set().union(*(e.free_symbols for e in equations)) - set(unknowns), key=str)
    if not parameters:
        return None
    constants = sorted(set().union(*(e.atoms(sp.NumberSymbol) for e in equations)), key=str)
    plain = {s: sp.Dummy(str(s)) for s in (*unknowns, *parameters, *constants)}
    back = {v: k for k, v in plain.items()}
    names = [plain[u] for u in unknowns]
    field = sp.QQ.frac_field(*(plain[p] for p in (*parameters, *constants)))
    try:
        found = [
            [_in_sizes(v.xreplace(back)) for v in point]
            for basis in _components([e.xreplace(plain) for e in equations], names, field)
            for point in _points(basis, names, back)
        ]
    except (_NotTriangular, sp.PolynomialError, sp.CoercionFailed, ValueError):
        # SymPy says that a coefficient is outside of the field by a `ValueError`.
        return None
    distinct: list[tuple[Any, ...]] = []
    for point in map(tuple, found):
        if point not in distinct:
            distinct.append(point)
    return distinct


class _NotTriangular(Exception):
    """A component is not one equation of a simple kind after the other."""


def _components(equations: list[Any], names: list[Any], field: Any) -> Iterator[list[Any]]:
    """Lexicographic bases whose members do not factor, that have all the zeros together."""
    left, splits = [equations], 0
    while left:
        basis = sp.groebner(left.pop(), *names, order="lex", domain=field)
        if basis.exprs == [1] or basis.exprs == [sp.S.One]:
            continue
        parts = next((p for e in basis.exprs if (p := _factors(e, names))), None)
        if parts is None:
            yield list(basis.exprs)
            continue
        splits += 1
        if splits > _MOST_SPLITS:
            raise _NotTriangular
        left += [[*basis.exprs, p] for p in parts]


def _factors(e: Any, names: list[Any]) -> list[Any]:
    """The distinct factors with an unknown, each once, of a polynomial that has several or a repeated one; otherwise none."""
    rows = [(p, k) for p, k in sp.factor_list(sp.numer(sp.together(e)))[1] if p.has(*names)]
    return [p for p, _ in rows] if len(rows) > 1 or any(k > 1 for _, k in rows) else []


def _points(basis: list[Any], names: list[Any], back: dict[Any, Any]) -> Iterator[list[Any]]:
    """The real zeros of a triangular system, the last unknown first."""
    known: list[dict[Any, Any]] = [{}]
    for k in range(len(names) - 1, -1, -1):
        x = names[k]
        own = [e for e in basis if e.has(x) and not e.has(*names[:k])]
        if not own:
            raise _NotTriangular
        step = min(own, key=lambda e: sp.degree(e, x))
        known = [{**at, x: r} for at in known for r in _roots(step.xreplace(at), x, back)]
    for at in known:
        yield [at[x] for x in names]


def _roots(e: Any, x: Any, back: dict[Any, Any]) -> list[Any]:
    """The real roots of a polynomial of a simple kind."""
    poly = sp.Poly(sp.numer(sp.together(e)), x)
    n, lead, last = poly.degree(), poly.LC(), poly.eval(0)
    if n == 1:
        return [sp.factor(-last / lead)]
    if n > 1 and len(poly.terms()) == 2 and last != 0:
        u = sp.factor(-last / lead)
        return _powers(u, n, back)
    if n == 2:
        b = poly.coeff_monomial(x)
        under = sp.factor(b**2 - 4 * lead * last)
        if under.xreplace(back).is_negative:
            return []
        root = sp.sqrt(under)
        return [(-b - root) / (2 * lead), (-b + root) / (2 * lead)]
    raise _NotTriangular


def _powers(u: Any, n: int, back: dict[Any, Any]) -> list[Any]:
    """The real x with x^n == u; for even n where u is not negative."""
    there = sp.factor(u.xreplace(back))
    if n % 2 == 0:
        return [] if there.is_negative else [-sp.Pow(u, sp.Rational(1, n)), sp.Pow(u, sp.Rational(1, n))]
    return [sp.Mul(*(_odd_root(f, n, back) for f in sp.Mul.make_args(u)))]


def _in_sizes(e: Any) -> Any:
    """An expression with its parameters as sign times size, where signs or sizes of them are in it: powers of both come together. A sign is
    not 0 in general, so that its square is 1."""
    names = {p.args[0] for p in e.atoms(sp.sign, sp.Abs) if p.args[0].is_Symbol}
    if not names:
        return e
    signs = {p: sp.Dummy("s", real=True, nonzero=True) for p in names}
    sizes = {p: sp.Dummy("t", positive=True) for p in names}
    known = {sp.sign(p): signs[p] for p in names} | {sp.Abs(p): sizes[p] for p in names}
    made = e.xreplace(known).xreplace({p: signs[p] * sizes[p] for p in names})
    own = set(signs.values())
    for _ in range(3):
        made = made.replace(lambda q: q.is_Pow and q.base in own and q.exp.is_Integer, lambda q: q.base ** (q.exp % 2))
        made = made.replace(lambda q: isinstance(q, sp.Abs) and q.args[0] in own, lambda q: sp.S.One)
        made = sp.powsimp(sp.expand_power_base(made)) if made.atoms(sp.Pow) else made
    back = {signs[p]: sp.sign(p) for p in names} | {sizes[p]: sp.Abs(p) for p in names}
    return made.xreplace(back)


def _odd_root(u: Any, n: int, back: dict[Any, Any]) -> Any:
    """The real root of a factor of any sign."""
    if u.is_Pow and u.exp.is_Integer:
        return _odd_root(u.base, n, back) ** u.exp
    there = u.xreplace(back)
    if there.is_negative:
        return -sp.Pow(-u, sp.Rational(1, n))
    return sp.Pow(u, sp.Rational(1, n)) if there.is_nonnegative else sp.sign(u) * sp.Abs(u) ** sp.Rational(1, n)
