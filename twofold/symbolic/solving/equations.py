"""Equations in one unknown and systems: every solution is substituted back, and completeness is stated.

An empty list from SymPy means that it did not solve the problem. `{}` is answered only where there is a reason: no admissible
root of a polynomial, an inconsistent linear system, a Groebner basis of 1, or a solution set that SymPy found to be empty and
that a search for sign changes does not contradict.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    FALSE,
    MISSING,
    App,
    Const,
    Symbol,
    Term,
    Var,
    free_symbols,
    substitute,
    subterms,
    var,
    vector,
)
from twofold.symbolic import spot
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY, complete
from twofold.symbolic.solving.complex_parts import by_parts
from twofold.symbolic.solving.complex_roots import complex_solutions
from twofold.symbolic.solving.declared_ranges import beside_others, within_range
from twofold.symbolic.solving.inequalities import region
from twofold.symbolic.solving.inversion import inverted
from twofold.symbolic.solving.isolated_ways import as_relation, endless_ones, near, of_gamma, tried
from twofold.symbolic.solving.linear_systems import of_rationals
from twofold.symbolic.solving.matrix_equations import of_any_size
from twofold.symbolic.solving.one_parameter import solved_by_cases
from twofold.symbolic.solving.rational_equations import one_unknown
from twofold.symbolic.solving.reading import INCOMPLETE, Problem, domain_of, parts_of, read
from twofold.symbolic.solving.real_solutions import EACH, is_equation, real_solutions
from twofold.symbolic.solving.steps import stepped
from twofold.symbolic.solving.substitution import solved
from twofold.symbolic.solving.systems import system
from twofold.symbolic.solving.wave_polynomials import of_wave_polynomial


def solve(context: Context, relation: Term, unknowns: Term = MISSING, *more: Term) -> Term:
    """The solutions of an equation, inequality or system over the declared domain of the unknowns."""
    if more:
        unknowns = App("tuple", (unknowns, *more), (), "tuple")
    if not _needed_of_parameters(relation, unknowns, context):
        context.note(NONE)
        return App("set", (), (), "set") if is_equation(relation) else FALSE
    return _solutions(context, relation, unknowns)


def _needed_of_parameters(relation: Term, unknowns: Term, context: Context) -> bool:
    """What parts without an unknown need to have a value, as conditions of the answer; whether they can have one."""
    names = set(free_symbols(relation)) if unknowns == MISSING else set(free_symbols(unknowns))
    if not set(free_symbols(relation)) - names:
        return True
    for t, kind in domain_of(relation, context):
        inside = set(free_symbols(t))
        if not inside or inside & names or any(s.kind == "function" or s.shape for s in inside):
            continue
        e = lower(t, context)
        if e.is_zero and kind != "ge" or e.is_negative and kind != "ne":
            return False
        if kind == "ne" and not e.is_nonzero:
            require_nonzero(e, context)
        elif kind != "ne" and not (e.is_positive if kind == "gt" else e.is_nonnegative) and e.free_symbols:
            context.require(lift(sp.Gt(e, 0) if kind == "gt" else sp.Ge(e, 0), context))
    return True


def _solutions(context: Context, relation: Term, unknowns: Term) -> Term:
    for way in (
        of_any_size,
        of_rationals,
        complex_solutions,
        _on_the_line,
        _with_parameters,
        _by_cases,
        _of_waves,
        _unevenly,
        _apart,
    ):
        direct = way(relation, unknowns, context)
        if direct is not None:
            return direct
    problem = read(relation, unknowns, context)
    if not problem.unknowns:
        raise fail("not-a-variable", "there is nothing to solve for", relation.span, "name an unknown: solve(x^2 == 2, x)")
    if not problem.equations:
        return region(problem, context)
    if len(problem.unknowns) == 1:
        x = problem.unknowns[0]
        if len(problem.equations) == 1:
            try:
                return one_unknown(problem, x, context)
            except NoClosedForm:
                direct = near(relation, unknowns, context)
                if direct is None:
                    raise
                return direct
        direct = by_parts(problem, x, context)
        if direct is not None:
            return direct
    direct = _by_substitution(relation, problem, context)
    if direct is not None:
        return direct
    return system(problem, context)


def _on_the_line(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The answer of the exact method for one real unknown without parameters; `None` where it does not apply."""
    if context.reading != "real":
        return None
    names = free_symbols(relation) if unknowns == MISSING else free_symbols(unknowns)
    if len(names) != 1 or names[0].shape or names[0].kind not in ("real", "integer") or names[0].law is not None:
        return None
    if set(free_symbols(relation)) - set(names) or not isinstance(unknowns, (Var, Const)):
        return None
    parts = [as_relation(p) for p in parts_of(relation)]
    whole = together(parts)
    remarks = list(context.notes), list(context.rounded)
    stairs = any(isinstance(t, App) and t.op in ("floor", "ceil", "mod") for t in subterms(whole))
    try:
        found = within(context.seconds, stepped if stairs else real_solutions, whole, names[0], context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
        found = of_gamma(whole, names[0], context) or endless_ones(parts, names[0], context)
    return found


def _apart(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """A system whose relations have one unknown each: all combinations of their solutions; `None` for others."""
    names = (
        [t.symbol if isinstance(t, Var) and not t.shape else None for t in variables_of(unknowns)] if unknowns != MISSING else []
    )
    if context.reading != "real" or len(names) < 2 or isinstance(unknowns, Var) or None in names:
        return None
    rows: dict[Any, list[Term]] = {s: [] for s in names}
    for part in parts_of(relation):
        inside = free_symbols(part)
        if len(inside) != 1 or inside[0] not in rows:
            return None
        rows[inside[0]].append(as_relation(part))
    if not all(rows.values()):
        return None
    marks, integers = list(context.notes), iter("kmnjpqr")
    taken = {s.name for s in names if s is not None}
    columns: list[list[Term]] = []
    used = []
    for s, parts in rows.items():
        found = _on_the_line(together(parts), var(s), context)
        if not isinstance(found, App) or found.op != "set" or INCOMPLETE in context.notes:
            context.notes[:] = marks
            return None
        turns = {t for v in found.args for t in free_symbols(v)}
        name = next(n for n in integers if n not in taken) if turns else ""
        put: dict[Symbol, Term] = {t: var(Symbol(name, "integer")) for t in turns}
        used += [name] if turns else []
        columns.append([substitute(v, put) if put else v for v in found.args])
    context.notes[:] = [n for n in context.notes if n in marks or n not in (ALL, NONE, ONLY, *map(EACH.format, "kmnjpqr"))]
    points = tuple(vector(p) for p in product(*columns))
    if used:
        context.note("for all integers " + " and ".join(used) if len(used) > 1 else EACH.format(used[0]))
    context.note(NONE if not points else ALL if len(points) > 1 or used else ONLY)
    return App("set", points, (), "set")


def _unevenly(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The same under all conditions that any of the solutions needs; those of quadratic equations are found otherwise."""
    parts = [as_relation(p) for p in parts_of(relation)]
    if len(parts) == 1 and isinstance(unknowns, Var) and not unknowns.shape and _is_quadratic(parts[0], unknowns.symbol, context):
        return None
    return _with_parameters(relation, unknowns, context, True)


def _with_parameters(relation: Term, unknowns: Term, context: Context, uneven: bool = False) -> Term | None:
    """The answer for one relation with parameters in which the unknown stands once (or linearly); `None` where it does not, and where some
    solutions need what others do not (`uneven`: also there)."""
    if context.reading != "real" or not isinstance(unknowns, Var) or unknowns.shape or unknowns.symbol.kind != "real":
        return None
    symbol, parts = unknowns.symbol, [as_relation(p) for p in parts_of(relation)]
    if len(parts) != 1 or set(free_symbols(parts[0])) <= {symbol} or symbol not in free_symbols(parts[0]):
        return None
    if any(s.shape or s.kind not in ("real", "integer") for s in free_symbols(parts[0])):
        return None
    if context.range(symbol) != Range() and parts[0].op != "eq":  # type: ignore[attr-defined]
        return None
    marks = list(context.notes), list(context.conditions)
    try:
        found = within(context.seconds, inverted, parts[0], symbol, context, uneven)
    except (NotApplicable, NoClosedForm):
        found = None
    if isinstance(found, App) and found.op == "set" and context.range(symbol) != Range():
        known = len(context.conditions)
        try:
            found = _within_range(found.args, symbol, {*free_symbols(relation)}, context)
        except NoClosedForm:
            context.notes[:], context.conditions[:] = marks
            if uneven:
                raise
            return None
        if len(context.conditions) > known and not uneven:
            found = None
    if found is None:
        context.notes[:], context.conditions[:] = marks
    return found


def _of_waves(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The answer for a polynomial in waves of one angle with parameters; `None` for others."""
    if context.reading != "real" or not isinstance(unknowns, Var) or unknowns.shape or unknowns.symbol.kind != "real":
        return None
    parts = [as_relation(p) for p in parts_of(relation)]
    if len(parts) != 1 or any(s.shape or s.kind not in ("real", "integer") for s in free_symbols(parts[0])):
        return None
    said, symbol = list(context.conditions), unknowns.symbol
    found = tried(lambda: within(min(_LONGEST, context.seconds), of_wave_polynomial, parts[0], symbol, context), context)
    if found is None:
        context.conditions[:] = said
    return found


def _within_range(found: tuple[Term, ...], symbol: Symbol, known: set[Symbol], context: Context) -> Term:
    """The solutions that may lie in the declared range of the unknown."""
    x, kept = lower(var(symbol), context), []
    single = (
        beside_others([lower(t, context) for t in found], x, context)
        if all(set(free_symbols(t)) <= known for t in found)
        else None
    )
    for t in found:
        turn = next((lower(var(s), context) for s in free_symbols(t) if s not in known), None)
        if single is None or lower(t, context) in single:
            kept += [lift(v, context) for v in within_range(lower(t, context), turn, x, context)]
    if len(kept) > 1 and not _can_hold(context):
        raise NoClosedForm(f"which solutions lie in the range of {symbol.name} depends on the parameters")
    if not any(set(free_symbols(t)) - known for t in kept):
        said = {ALL, NONE, ONLY, *map(EACH.format, "kmnjpqr")}
        if not said.isdisjoint(context.notes):
            context.notes[:] = [n for n in context.notes if n not in said]
            context.note(complete(len(kept)))
    return App("set", tuple(kept), (), "set")


def _by_cases(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The answer in all cases of one parameter; `None` where it does not apply or the equation is quadratic, whose formula says it all."""
    if context.reading != "real" or not isinstance(unknowns, Var) or unknowns.shape:
        return None
    symbol, parts = unknowns.symbol, [as_relation(p) for p in parts_of(relation)]
    if len(parts) != 1 or symbol not in free_symbols(parts[0]) or len(free_symbols(parts[0])) != 2:
        return None
    if _is_quadratic(parts[0], symbol, context) and context.range(symbol) == Range():
        return None
    return tried(lambda: within(min(_LONGEST, context.seconds), solved_by_cases, parts[0], symbol, context), context)


_LONGEST = 2.0
"""Seconds of processor time for all cases of a parameter."""


def _is_quadratic(relation: Term, symbol: Symbol, context: Context) -> bool:
    """Whether an equation is one of polynomials of at most second degree in a name."""
    if not isinstance(relation, App) or relation.op != "eq":
        return False
    x, e = lower(var(symbol), context), lower(minus(*relation.args), context)
    return bool(e.is_polynomial(x) and sp.degree(e, x) <= 2)


_DRAWN = 48
"""Values of the parameters at which the conditions of several solutions are tried."""


def _can_hold(context: Context) -> bool:
    """Whether all conditions hold at some values of the parameters that are tried, so that they are not those of single values."""
    conditions = [lower(t, context) for t in context.conditions]
    names = {s for c in conditions for s in c.free_symbols}
    whole = sp.And(*conditions)
    return not names or any(spot.admitted(whole)(point) for point in spot.points(names, context, _DRAWN))


def _by_substitution(relation: Term, problem: Problem, context: Context) -> Term | None:
    """A real system that is not polynomial, by putting in what its equations give; `None` where that leads nowhere."""
    if context.reading != "real" or len(problem.unknowns) < 2 or problem.shape is not None:
        return None
    if all(e.is_polynomial(*problem.unknowns) for e in problem.equations):
        return None
    names = [t.symbol if isinstance(t, Var) else None for t in (context.terms.get(u) for u in problem.unknowns)]
    if any(s is None or s.shape or s.kind != "real" for s in names) or set(free_symbols(relation)) - set(names):
        return None
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, solved, [as_relation(p) for p in parts_of(relation)], names, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found
