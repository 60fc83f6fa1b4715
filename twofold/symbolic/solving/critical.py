"""Critical points, their kinds, and Lagrange points."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, num, substitute, subterms
from twofold.symbolic.arithmetic import text
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving import degenerate
from twofold.symbolic.solving.critical_by_cases import critical_by_cases
from twofold.symbolic.solving.equations import solve
from twofold.symbolic.solving.extremum_problem import Extremum, point
from twofold.symbolic.solving.line_critical import critical
from twofold.symbolic.solving.reading import domain_of
from twofold.symbolic.tidy import short

EVERY = text("every point")


def _critical_on_the_line(context: Context, f: Term, names: Term) -> list[tuple[Term, str]] | None:
    """The critical points in one real variable without parameters; `None` where the exact method does not apply."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    if set(free_symbols(f)) != {names.symbol}:
        return None
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, critical, f, names.symbol, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


def critical_points(context: Context, f: Term, names: Term) -> Term:
    """The points where all first derivatives are 0."""
    direct = _critical_on_the_line(context, f, names)
    if direct is not None:
        return App("set", tuple(t for t, _ in direct), (), "set")
    problem = Extremum(context, f, names)
    if problem.flat():
        context.note("all derivatives are 0 everywhere")
        return EVERY
    if problem.single and problem.f.free_symbols - set(problem.variables):
        return _by_cases(context, f, names, False) or _with_parameters(context, problem, names, f)
    problem.bounds, kept = [], problem.bounds
    found = within(4 * context.seconds, problem.candidates)
    if found is None:
        raise NoClosedForm("the critical points take too long to find")
    problem.bounds = kept
    return App("set", tuple(point(problem, p) for p in found if problem.inside(p)), (), "set")


def _by_cases(context: Context, f: Term, names: Term, kinds: bool) -> Term | None:
    """The points in all cases of one parameter; `None` where the exact method does not apply."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    marks = [list(row) for row in (context.notes, context.conditions, context.rounded)]
    try:
        found = within(context.seconds, critical_by_cases, f, names.symbol, context, EVERY, kinds)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.conditions[:], context.rounded[:] = marks
    return found


def _with_parameters(context: Context, problem: Extremum, names: Term, f: Term) -> Term:
    """The zeros of the derivative in one variable, with the conditions under which they are real and the function has a value there."""
    slope = lift(sp.factor(sp.diff(problem.f, problem.variables[0])), context)
    known = list(context.notes)
    found = solve(context, App("eq", (slope, num(0)), (), "truth", span=names.span), names)
    if not (isinstance(found, App) and found.op == "set"):
        raise NoClosedForm("the critical points are not finitely many formulas")
    # What solving says of excluded values is about the equation as it was solved, not about the function.
    context.notes[:] = [n for n in context.notes if n in known or not n.startswith("where ")]
    x = problem.variables[0]
    for t, kind in domain_of(f, context):
        for place in found.args if kind != "ne" else ():
            at = sp.factor(lower(t, context).subs(x, lower(place, context)))
            if at.free_symbols and not (at.is_positive if kind == "gt" else at.is_nonnegative):
                context.require(lift(at > 0 if kind == "gt" else at >= 0, context))
    _bases_positive(context, f, found, names)
    return found


def _bases_positive(context: Context, f: Term, found: App, names: Term) -> None:
    """x^a with a name as exponent has values at the points where x > 0, or where a is a whole number."""
    if context.reading != "real" or not isinstance(names, Var):
        return
    for t in subterms(f):
        if not (isinstance(t, App) and t.op == "pow" and names.symbol in free_symbols(t.args[0]) and free_symbols(t.args[1])):
            continue
        if lower(t.args[1], context).is_integer:
            continue
        for place in found.args:
            at = sp.factor(lower(substitute(t.args[0], {names.symbol: place}), context))
            if at.free_symbols and not at.is_positive:
                whole = App("eq", (App("floor", (t.args[1],)), t.args[1]), (), "truth")
                context.require(App("or", (plain(lift(at > 0, context)), whole), (), "truth"))


def classify(context: Context, f: Term, names: Term) -> Term:
    """The critical points, each with `"local minimum"`, `"local maximum"`, `"saddle point"` or `"degenerate point"` by the
    second derivatives, in one variable by the signs of the first beside the point (also `"inflection point"`)."""
    direct = _critical_on_the_line(context, f, names)
    if direct is not None:
        return App("set", tuple(App("tuple", (t, text(k)), (), "tuple") for t, k in direct), (), "set")
    problem = Extremum(context, f, names)
    if problem.flat():
        context.note("all derivatives are 0 everywhere")
        return EVERY
    if problem.single and problem.f.free_symbols - set(problem.variables):
        whole = _by_cases(context, f, names, True)
        if whole is not None:
            return whole
        made = _with_parameters(context, problem, names, f)
        points: Any = [(lower(t, context),) for t in made.args] if isinstance(made, App) else []
    else:
        points = within(4 * context.seconds, problem.candidates)
    if points is None:
        raise NoClosedForm("the critical points take too long to find")
    h = problem.hessian()
    pairs = []
    for p in points:
        at = h.subs(dict(zip(problem.variables, p, strict=True)), simultaneous=True)
        word = _kind(at)
        open_minors = [m for m in _minors(at) if m.free_symbols and m.is_zero is not True]
        kind: Term = text(word)
        if word == degenerate.OPEN and open_minors:
            kind = _kinds(at, context)
        elif word == degenerate.OPEN:
            kind = text(degenerate.kind(problem.f, problem.variables, p))
        pairs.append(App("tuple", (point(problem, p), kind), (), "tuple"))
    return App("set", tuple(pairs), (), "set")


def _minors(h: Any) -> list[Any]:
    found = (sp.factor(sp.simplify(h[:k, :k].det())) for k in range(1, h.rows + 1))
    return [_unscaled(m) for m in found]


def _unscaled(m: Any) -> Any:
    """A real value with parameters, but for its size: without numeric factors, and u for sqrt(u)."""
    factor, rest = m.as_independent(*m.free_symbols, as_Add=False) if m.free_symbols else (sp.S.One, m)
    rest = sp.Mul(*(g.base if g.is_Pow and g.exp == sp.S.Half else g for g in sp.Mul.make_args(rest)))
    return m if factor == 0 else _signed(sp.sign(factor) * rest)


def _signed(m: Any) -> Any:
    factor, rest = m.as_coeff_Mul()
    return m if factor == 0 or not m.free_symbols else sp.sign(factor) * rest


def _kinds(h: Any, context: Context) -> Term:
    """The kind of a point by the signs of the leading minors, where these depend on parameters. What neither definiteness nor, in
    two variables, a negative determinant decides is called degenerate."""
    minors = _minors(h)
    least = _signs(minors, [1] * len(minors))
    most = _signs(minors, [(-1) ** (k + 1) for k in range(len(minors))])
    cases = [("local minimum", least), ("local maximum", most)]
    if h.rows == 2:
        cases.append(("saddle point", _signs(minors[-1:], [-1])))
    if h.rows > 2:
        raise NoClosedForm("the kind of a point depends on parameters")
    parts: list[Term] = []
    known = sp.And(*(lower(c, context) for c in context.conditions))
    for word, condition in cases:
        if sp.And(known, condition.canonical if isinstance(condition, sp.Rel) else condition) != sp.false:
            parts += [text(word), plain(lift(condition, context))]
    return App("piecewise", (*parts, text(degenerate.OPEN)), (), "answer") if parts else text(degenerate.OPEN)


def _signs(minors: list[Any], signs: list[int]) -> Any:
    """That minors have given signs: of what stands in even powers that is that it is not 0."""
    said: list[Any] = []
    for m, sign in zip(minors, signs, strict=True):
        odd, even = sp.S(sign), []
        for g in sp.Mul.make_args(m):
            base, power = g.as_base_exp()
            if power.is_Integer and power % 2 == 0 and base.is_real:
                even.append(base)
            else:
                odd *= g
        said += [sp.Gt(odd, 0) if sign > 0 else sp.Lt(-odd, 0), *(sp.Ne(e, 0) for e in even)]
    strict = {c.lhs for c in said if isinstance(c, sp.Rel) and not isinstance(c, sp.Ne)}
    if strict & {c.lhs for c in said if isinstance(c, sp.Lt)} & {c.lhs for c in said if isinstance(c, sp.Gt)}:
        return sp.false
    return sp.And(*(c for c in said if not (isinstance(c, sp.Ne) and c.lhs in strict)))


def _kind(h: Any) -> str:
    minors = [sp.simplify(h[:k, :k].det()) for k in range(1, h.rows + 1)]
    if all(m.is_positive for m in minors):
        return "local minimum"
    if all((m * (-1) ** (k + 1)).is_positive for k, m in enumerate(minors)):
        return "local maximum"
    if minors[-1].is_zero is False and (h.rows == 2 and minors[-1].is_negative or all(m.is_nonzero for m in minors)):
        return "saddle point"
    values = [v for v in h.eigenvals() if v.is_real]
    if any(v.is_positive for v in values) and any(v.is_negative for v in values):
        return "saddle point"
    return "degenerate point"


def lagrange(context: Context, f: Term, constraints: Term, names: Term) -> Term:
    """The points where the gradient of f is a combination of those of the constraints, with the value of f: a set of (point,
    value)."""
    problem = Extremum(context, f, names, constraints)
    if problem.bounds and not problem.equalities:
        raise fail(
            "not-a-constraint",
            "Lagrange's equations are for constraints that are equations",
            constraints.span,
            "write minimize(f, [x, y], subject_to = {x + y <= 2}) or maximize(…)",
        )
    problem.bounds = []
    known = list(context.conditions)
    found = within(4 * context.seconds, problem.candidates, False)
    if found is None:
        raise NoClosedForm("the Lagrange equations take too long to solve")
    found = [p for p in found if not any(v.is_real is False for v in p)]
    parted = _parted_by(found, context)
    if parted is not None:
        context.conditions[:] = known
        return _lagrange_by_sign(context, f, constraints, names, parted)
    for p in problem.singular():
        if p not in found:
            context.note(f"at {show(point(problem, p))} the gradients of the constraints depend on each other: look there too")
    pairs = [App("tuple", (point(problem, p), lift(problem.value(p), context)), (), "tuple") for p in found]
    if any(problem.multipliers.get(p) for p in found):
        rows = [problem.multipliers.get(p, [((), ())])[0][1] for p in found]
        shown = [", ".join(show(lift(short(-m, context), context)) for m in row) for row in rows]
        context.note(f"multipliers: {'; '.join(shown)}")
        shown_below = _below([v for p in found for v in (*p, problem.value(p))])
        for e in sorted(_below([m for row in rows for m in row]) - shown_below, key=sp.default_sort_key):
            # The gradient of a constraint is 0 there, and the points are not found by multipliers.
            context.require(app("ne", lift(e, context), num(0)))
    return App("set", tuple(pairs), (), "set")


def _below(values: list[Any]) -> set[Any]:
    """The factors with names that values are divided by."""
    below = (sp.denom(sp.together(v)) for v in values)
    factors = {g for d in below if d.is_polynomial(*d.free_symbols) for g, _ in sp.factor_list(d)[1]}
    return {g for g in factors if g.free_symbols and not g.is_nonzero}


def _parted_by(points: list[Any], context: Context) -> Any:
    """A name of which some points ask to be positive and others to be negative, by their roots; `None` where there is none."""
    inside = {q.base for p in points for v in p for q in v.atoms(sp.Pow) if q.exp.is_Rational and q.exp.q % 2 == 0}
    for u in inside:
        name = next((s for s in u.free_symbols if (u / s).is_number and s in context.terms), None)
        if name is not None and any((w / u).is_negative for w in inside):
            return context.terms[name]
    return None


def _lagrange_by_sign(context: Context, f: Term, constraints: Term, names: Term, a: Any) -> Term:
    """The points for each sign of a parameter."""
    rows = [_kept(context.aside(app(op, a, num(0))), f, constraints, names) for op in ("gt", "lt")]
    if None in rows:
        raise NoClosedForm("the points depend on the sign of a parameter")
    put: dict[Symbol, Term] = {a.symbol: num(0)}
    there = _kept(context.aside(), substitute(f, put), substitute(constraints, put), names)
    for inner, _ in (row for row in (*rows, there) if row is not None):
        for n in inner.notes:
            if not n.startswith("multipliers"):
                context.note(n)
    parts = [x for op, row in zip(("gt", "lt"), rows, strict=True) if row is not None for x in (row[1], app(op, a, num(0)))]
    if there is None:
        context.require(app("ne", a, num(0)))
        return App("piecewise", tuple(parts[:-1]), (), "set")
    return App("piecewise", (*parts, there[1]), (), "set")


def _kept(inner: Context, f: Term, constraints: Term, names: Term) -> tuple[Context, Term] | None:
    try:
        return inner, lagrange(inner, f, constraints, names)
    except (NotApplicable, NoClosedForm):
        return None
