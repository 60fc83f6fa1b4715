"""Complex equations with conjugates, absolute values or parts, by their real and imaginary parts."""

from __future__ import annotations

from itertools import product
from typing import Any

import sympy as sp

from twofold.grammar.term import App, Term
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.solving.admission import meets
from twofold.symbolic.solving.completeness import NONE, complete
from twofold.symbolic.solving.reading import Problem, answer
from twofold.symbolic.solving.zero_dimensional import NotFinite, solutions


def by_parts(problem: Problem, z: Any, context: Context) -> Term | None:
    """Complex equations with conjugates, absolute values or parts, by their real and imaginary parts; `None` where that leads nowhere."""
    equations = problem.equations
    if z.is_real or not any(e.has(sp.conjugate, sp.Abs, sp.re, sp.im) for e in equations):
        return None
    if any(e.free_symbols != {z} for e in equations):
        return None
    a, b = sp.Dummy("a", real=True), sp.Dummy("b", real=True)
    # Absolute values are unknowns that are not negative, with their squares.
    absolute = set().union(*(e.atoms(sp.Abs) for e in equations))
    sizes = {g: sp.Dummy("r", real=True) for g in sorted(absolute, key=sp.default_sort_key) if g.has(z)}
    rows = []
    for g, r in sizes.items():
        inside = sp.expand(g.args[0].subs(z, a + sp.I * b), complex=True).as_real_imag()
        rows.append(sp.numer(sp.together(r**2 - inside[0] ** 2 - inside[1] ** 2)))
    put = [sp.expand(e.xreplace(sizes).subs(z, a + sp.I * b), complex=True).as_real_imag() for e in equations]
    parts = [*rows, *(sp.numer(sp.together(e)) for pair in put for e in pair)]
    unknowns = (a, b, *sizes.values())
    if not all(e.is_polynomial(*unknowns) for e in parts):
        return None
    try:
        found = within(context.seconds, solutions, [e for e in parts if e != 0], unknowns, context, True)
    except NotFinite:
        for r in sizes.values():
            alone = [e for e in parts if e.free_symbols == {r}]
            if alone and not any(v >= 0 for e in alone for v in sp.Poly(e, r).real_roots()):
                context.note(NONE)
                return App("set", (), (), "set")
        if _on_a_curve(parts, unknowns, context):
            raise NoClosedForm("the solutions are not single points: a curve of the plane, or a part of the plane") from None
        return None
    if found is None:
        return None
    found = [p for p in found if not any(_is_negative(r) for r in p[2:])]
    kept = [v for p, q, *_ in found if meets({z: (v := p + sp.I * q)}, problem, context, by_algebra=True)]
    context.note(complete(len(kept)))
    return answer(problem, [(v,) for v in kept], context)


def _is_negative(r: Any) -> bool:
    """Whether a number that is to be a size is none, by its exact sign."""
    if r.is_negative is not None:
        return bool(r.is_negative)
    if sp.expand(r).equals(0):
        return False
    raise NoClosedForm("the sign of a root is not told")


def _on_a_curve(parts: list[Any], unknowns: tuple[Any, ...], context: Context) -> bool:
    """Whether real points are found on three lines of the plane that are parallel to an axis."""
    found = 0
    for u, c in product(unknowns[:2], (0, sp.Rational(1, 2), sp.Rational(-1, 3), 2)):
        try:
            points = within(1, solutions, [*(e for e in parts if e != 0), u - c], unknowns, context, True)
        except (NotFinite, NoClosedForm):
            continue
        found += any(all(float(r.evalf(20)) >= 0 for r in p[2:]) for p in points or [])
    return found >= 3
