"""Equations in one unknown and systems: every solution is substituted back, and completeness is stated.

An empty list from SymPy means that it did not solve the problem. `{}` is answered only where there is a reason: no admissible
root of a polynomial, an inconsistent linear system, a Groebner basis of 1, or a solution set that SymPy found to be empty and
that a search for sign changes does not contradict.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Const, Symbol, Term, Var, free_symbols, num, substitute, subterms, var, vector
from twofold.symbolic import spot
from twofold.symbolic.algebra.eigen import gaussian_roots, polynomial_roots
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import minus, text
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift, ordered
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.inequalities import region
from twofold.symbolic.solving.inversion import inverted
from twofold.symbolic.solving.oscillating import MANY, REACH, endless
from twofold.symbolic.solving.reading import MISSING, Problem, answer, holds, parts_of, read
from twofold.symbolic.solving.real_solutions import ALL, EACH, NONE, number, real_solutions
from twofold.symbolic.solving.steps import stepped
from twofold.symbolic.solving.substitution import solved
from twofold.symbolic.solving.zero_dimensional import NotFinite, solutions

INCOMPLETE = "there may be other solutions"


def solve(context: Context, relation: Term, unknowns: Term = MISSING, *more: Term) -> Term:
    """The solutions of an equation, inequality or system over the declared domain of the unknowns."""
    if more:
        unknowns = App("tuple", (unknowns, *more), (), "tuple")
    direct = _on_the_line(relation, unknowns, context)
    if direct is not None:
        return direct
    direct = _with_parameters(relation, unknowns, context)
    if direct is not None:
        return direct
    direct = _apart(relation, unknowns, context)
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
            return one_unknown(problem, x, context)
    from twofold.symbolic.solving.systems import system

    direct = _by_substitution(relation, unknowns, problem, context)
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
    parts = [_as_relation(p) for p in parts_of(relation)]
    whole = parts[0]
    for p in parts[1:]:
        whole = App("and", (whole, p), (), "truth")
    remarks = list(context.notes), list(context.rounded)
    stairs = any(isinstance(t, App) and t.op in ("floor", "ceil", "mod") for t in subterms(whole))
    try:
        found = within(context.seconds, stepped if stairs else real_solutions, whole, names[0], context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
        found = _endless(parts, names[0], context)
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
        rows[inside[0]].append(_as_relation(part))
    if not all(rows.values()):
        return None
    marks, integers = list(context.notes), iter("kmnjpqr")
    taken = {s.name for s in names if s is not None}
    columns: list[list[Term]] = []
    used = []
    for s, parts in rows.items():
        whole = parts[0] if len(parts) == 1 else App("and", tuple(parts), (), "truth")
        found = _on_the_line(whole, var(s), context)
        if not isinstance(found, App) or found.op != "set" or INCOMPLETE in context.notes:
            context.notes[:] = marks
            return None
        turns = {t for v in found.args for t in free_symbols(v)}
        name = next(n for n in integers if n not in taken) if turns else ""
        put: dict[Symbol, Term] = {t: var(Symbol(name, "integer")) for t in turns}
        used += [name] if turns else []
        columns.append([substitute(v, put) if put else v for v in found.args])
    context.notes[:] = [
        n for n in context.notes if n in marks or n not in (ALL, NONE, "the only solution", *map(EACH.format, "kmnjpqr"))
    ]
    points = tuple(vector(p) for p in product(*columns))
    if used:
        context.note("for all integers " + " and ".join(used) if len(used) > 1 else EACH.format(used[0]))
    context.note(NONE if not points else ALL if len(points) > 1 or used else "the only solution")
    return App("set", points, (), "set")


def _endless(parts: list[Term], symbol: Symbol, context: Context) -> Term | None:
    """The solutions near 0 of an equation that is shown to have infinitely many; `None` where it is not."""
    if len(parts) != 1 or not isinstance(parts[0], App) or parts[0].op != "eq" or symbol.kind != "real":
        return None
    remarks = list(context.notes), list(context.rounded)
    try:
        places = within(context.seconds, endless, minus(*parts[0].args), symbol, context)
        if places is not None:
            made = App("set", tuple(number(p, context) for p in places), (), "set")
            context.note(f"{MANY}; these are the ones from -{REACH} to {REACH}")
            context.note(INCOMPLETE)
            return made
    except (NotApplicable, NoEnclosure):
        pass
    except NoClosedForm as error:
        if error.reason.startswith(MANY):
            raise
    context.notes[:], context.rounded[:] = remarks
    return None


def _with_parameters(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The answer for one relation with parameters in which the unknown stands once (or linearly); `None` where it does not."""
    if context.reading != "real" or not isinstance(unknowns, Var) or unknowns.shape or unknowns.symbol.kind != "real":
        return None
    symbol, parts = unknowns.symbol, [_as_relation(p) for p in parts_of(relation)]
    if len(parts) != 1 or set(free_symbols(parts[0])) <= {symbol} or symbol not in free_symbols(parts[0]):
        return None
    if any(s.shape or s.kind not in ("real", "integer") for s in free_symbols(parts[0])):
        return None
    if context.range(symbol) != Range() and parts[0].op != "eq":  # type: ignore[attr-defined]
        return None
    marks = list(context.notes), list(context.conditions)
    try:
        found = within(context.seconds, inverted, parts[0], symbol, context)
    except (NotApplicable, NoClosedForm):
        found = None
    if isinstance(found, App) and found.op == "set" and context.range(symbol) != Range():
        x = lower(unknowns, context)
        found = App("set", tuple(t for t in found.args if _in_range(lower(t, context), x, context)), (), "set")
    if found is None:
        context.notes[:], context.conditions[:] = marks
    return found


def _in_range(v: Any, x: Any, context: Context) -> bool:
    """Whether a value with parameters lies in the declared range: never, or always where the conditions hold, at sample points;
    otherwise what it needs becomes a condition."""
    known = spot.range_of(x, context)
    needed = [lower(c, context) for c in context.conditions]
    inside = outside = 0
    for p in spot.points(sorted(v.free_symbols, key=str), context, 40):
        if any(sp.sympify(c).subs(p) != sp.true for c in needed):
            continue
        value = spot.value(v, p)
        if value is None or abs(value.imag) > 1e-15:
            continue
        here = float(value.real)
        low = known.lower is None or here > known.lower or (here == known.lower and not known.open_lower)
        high = known.upper is None or here < known.upper or (here == known.upper and not known.open_upper)
        inside, outside = inside + (low and high), outside + (not (low and high))
    if inside + outside < 5 or (inside and outside):
        return in_domain(v, x, context)
    return inside > 0


def _by_substitution(relation: Term, unknowns: Term, problem: Problem, context: Context) -> Term | None:
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
        found = within(context.seconds, solved, [_as_relation(p) for p in parts_of(relation)], names, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


def _as_relation(t: Term) -> Term:
    return t if t.sort == "truth" else App("eq", (t, num(0)), (), "truth")


# --- one unknown --------------------------------------------------------------------------------------------------------------


def one_unknown(problem: Problem, x: Any, context: Context) -> Term:
    (equation,) = problem.equations
    if not equation.has(x):
        if holds(equation, context):
            context.note("every value is a solution")
            return lift(sp.true, context)
        _never(equation, x, context)
        return App("set", (), (), "set")
    found = polynomial_solutions(equation, x, context)
    if found is None:
        return transcendental(problem, equation, x, context)
    kept = admissible(found, equation, x, problem.conditions, context)
    if kept and not equation.is_polynomial(x):
        below = sp.denom(sp.together(equation))
        for v in kept:
            if (value := sp.factor(below.subs(x, v))).free_symbols:
                require_nonzero(value, context)
    context.note(NONE if not kept else ALL if len(kept) > 1 else "the only solution")
    return answer(problem, [(v,) for v in kept], context)


def _never(constant: Any, x: Any, context: Context) -> None:
    """An equation that does not depend on the unknown has no solution where what is to be 0 is not."""
    if constant.free_symbols:
        shown = show(lift(sp.factor(constant), context))
        require_nonzero(constant, context)
        context.note(f"where {shown} == 0: every {x} at which both sides are defined")


def polynomial_solutions(equation: Any, x: Any, context: Context) -> list[Any] | None:
    """All solutions of an equation between rational functions of the unknown; `None` where it is not one."""
    numerator, denominator = sp.fraction(sp.together(equation))
    if not numerator.is_polynomial(x) or not denominator.is_polynomial(x):
        return None
    y = sp.Dummy("x")
    try:
        poly = sp.Poly(numerator.xreplace({x: y}), y, extension=True)
    except (sp.PolynomialError, NotImplementedError):
        poly = sp.Poly(numerator.xreplace({x: y}), y)
    if poly.degree() < 1:
        _never(poly.as_expr(), x, context)
        return []
    lead = poly.LC()
    if lead.free_symbols:
        require_nonzero(lead, context)
        if poly.degree() == 2 and lead.is_nonzero is not True:
            _note_linear(lead, *poly.all_coeffs()[1:], x, context)
    direct = gaussian_roots(poly.all_coeffs()) if poly.degree() == 2 else None
    if direct is not None:
        context.settled.update(direct)
        return direct
    try:
        factors = [f for f, _ in (poly.factor_list()[1] if not poly.domain.is_EX else [(poly, 1)])]
    except (NotImplementedError, sp.PolynomialError):
        factors = [poly]
    return [r for f in factors for r in polynomial_roots(f.as_expr(), y, context)]


def _note_linear(lead: Any, b: Any, c: Any, x: Any, context: Context) -> None:
    """What the solutions are where the coefficient of the square is 0."""
    factors = [f for f in sp.Mul.make_args(lead) if f.free_symbols]
    where = factors[0] if len(factors) == 1 else lead
    if where.is_Pow and where.exp.is_positive:
        where = where.base
    if where.could_extract_minus_sign():
        where = -where
    if where.is_Symbol:
        b, c = b.subs(where, 0), c.subs(where, 0)
    head = f"where {show(lift(where, context))} == 0: "
    if b == 0:
        if c.free_symbols:
            head += f"every {x} if {show(lift(c, context))} == 0, otherwise "
        context.note(head + ("no solution" if c != 0 else f"every {x}"))
        return
    shown = show(lift(sp.cancel(-c / b), context))
    if b.could_extract_minus_sign():
        b = -b
    context.note(f"{head}{{{shown}}}" + (f" if {show(lift(b, context))} != 0" if b.free_symbols else ""))


def admissible(values: Iterable[Any], equation: Any, x: Any, conditions: tuple[Any, ...], context: Context) -> list[Any]:
    """The values that solve the equation, lie in the domain of the unknown and satisfy the conditions.

    Where parameters decide, the value is kept and what it needs becomes a condition of the answer.
    """
    kept = []
    # The roots of a polynomial are found by algebra; a quotient may still be undefined there.
    known_roots = equation.is_polynomial(x)
    for v in values:
        if not in_domain(v, x, context):
            continue
        if not known_roots:
            if x.is_real and context.reading == "real" and _leaves_the_reals(equation, x, v):
                continue
            _exclude(v, equation, x, context)
            put = equation.subs(x, v)
            residual = holds(put, context)
            if residual is False or (residual is None and not put.free_symbols):
                continue
        verdicts = [sp.sympify(c).subs(x, v) for c in conditions]
        if any(c == sp.false for c in verdicts):
            continue
        for c in verdicts:
            if c != sp.true:
                context.require(lift(c, context))
        kept.append(v)
    return kept


def _leaves_the_reals(equation: Any, x: Any, v: Any) -> bool:
    """Whether a part of the equation is certainly not real at a value: a factor 0 beside it does not make that a solution."""
    if getattr(v, "free_symbols", None):
        return False
    return any(_outside(e, x, v) for e in sp.preorder_traversal(equation) if e.has(x))


_LEAST: dict[Any, tuple[float, float]] = {
    sp.log: (0, float("inf")), sp.acosh: (1, float("inf")), sp.asin: (-1, 1), sp.acos: (-1, 1), sp.atanh: (-1, 1),
}  # fmt: skip
"""Between what a function of one argument is real."""


def _outside(e: Any, x: Any, v: Any) -> bool:
    low, high = _LEAST.get(type(e), (float("-inf"), float("inf")))
    if isinstance(e, sp.Pow) and e.exp.is_Rational and e.exp.q % 2 == 0:
        low = 0
    if low == float("-inf"):
        return False
    inside = spot.value(e.args[0], {x: v})
    if inside is None or abs(inside.imag) > 1e-15 * (1 + abs(inside)):
        return False
    margin = 1e-12 * (1 + abs(inside))
    return bool(inside.real < low - margin or inside.real > high + margin)


def _exclude(v: Any, equation: Any, x: Any, context: Context) -> None:
    """The members of a periodic family at which the equation is not defined are excluded by a condition on its whole number."""
    for k in [s for s in v.free_symbols if s.is_integer and s.name == "k" and s not in context.terms]:
        holes = [j for j in range(-8, 9) if _undefined(equation, x, v.subs(k, j))]
        if len(holes) > 3:
            raise NoClosedForm("a family of solutions has many gaps")
        for j in holes:
            context.require(lift(sp.Ne(k, j), context))


def _undefined(equation: Any, x: Any, value: Any) -> bool:
    below = sp.denom(sp.together(equation))
    if below.has(x) and below.subs(x, value).is_zero:
        return True
    put = equation.subs(x, value)
    return bool(put.has(sp.nan, sp.zoo, sp.oo))


def in_domain(v: Any, x: Any, context: Context) -> bool:
    """Whether a value may be one of the unknown's; conditions on parameters are required as found."""
    if v in (sp.oo, -sp.oo, sp.zoo, sp.nan):
        return False
    if x.is_real and context.reading == "real":
        if v.is_real is False:
            return False
        if v.is_real is None:
            if v.is_number:
                return bool(abs(sp.im(v.evalf(30))) < 1e-20) and _limits(v, x, context)
            _require_real(v, context)
    if x.is_integer and v.is_integer is False:
        return False
    return _limits(v, x, context)


def _limits(v: Any, x: Any, context: Context) -> bool:
    known = spot.range_of(x, context)
    for bound, above, strict in ((known.lower, True, known.open_lower), (known.upper, False, known.open_upper)):
        if bound is None:
            continue
        b = sp.Rational(bound.numerator, bound.denominator)
        relation = (v > b if strict else v >= b) if above else (v < b if strict else v <= b)
        if relation == sp.false:
            return False
        if relation != sp.true:
            if v.is_number:
                return False
            context.require(lift(relation, context))
    return True


def _require_real(v: Any, context: Context) -> None:
    """What stands under even roots and in logarithms of a real solution must not be negative."""
    for root in v.atoms(sp.Pow):
        if root.exp.is_Rational and root.exp.q % 2 == 0 and root.base.is_nonnegative is None:
            inside = sp.factor(root.base)
            context.require(lift(_nonnegative(inside), context))
    for log in v.atoms(sp.log):
        if log.args[0].is_positive is None:
            context.require(lift(sp.Gt(log.args[0], 0), context))


def _nonnegative(e: Any) -> Any:
    """e >= 0, without positive factors."""
    factors = [f for f in sp.Mul.make_args(e) if not f.is_positive]
    return sp.Ge(sp.Mul(*factors), 0)


def _by_parts(problem: Problem, equation: Any, z: Any, context: Context) -> Term | None:
    """A complex equation with conjugates, absolute values or parts, by its real and imaginary parts; `None` where that leads nowhere."""
    if z.is_real or not equation.has(sp.conjugate, sp.Abs, sp.re, sp.im) or equation.free_symbols != {z}:
        return None
    a, b = sp.Dummy("a", real=True), sp.Dummy("b", real=True)
    # Absolute values are unknowns that are not negative, with their squares.
    sizes = {g: sp.Dummy("r", real=True) for g in sorted(equation.atoms(sp.Abs), key=sp.default_sort_key) if g.has(z)}
    rows = []
    for g, r in sizes.items():
        inside = sp.expand(g.args[0].subs(z, a + sp.I * b), complex=True).as_real_imag()
        rows.append(sp.numer(sp.together(r**2 - inside[0] ** 2 - inside[1] ** 2)))
    put = sp.expand(equation.xreplace(sizes).subs(z, a + sp.I * b), complex=True)
    parts = [*rows, *(sp.numer(sp.together(e)) for e in put.as_real_imag())]
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
    found = [p for p in found if all(float(r.evalf(20)) > -1e-15 for r in p[2:])]
    context.note(NONE if not found else ALL if len(found) > 1 else "the only solution")
    return answer(problem, [(p + sp.I * q,) for p, q, *_ in found], context)


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


def transcendental(problem: Problem, equation: Any, x: Any, context: Context) -> Term:
    """Solution sets from SymPy, over the reals or the complex numbers, with families for periodic ones."""
    direct = _by_parts(problem, equation, x, context)
    if direct is not None:
        return direct
    real = bool(x.is_real) and context.reading == "real"
    y = sp.Dummy(x.name, real=True) if real else sp.Dummy(x.name)
    domain = _domain(x, context) if real else sp.S.Complexes
    found = within(context.seconds, attempt, sp.solveset, equation.xreplace({x: y}), y, domain)
    values, complete = _from_set(found, context) if found is not None else (None, False)
    if values is None:
        listed = within(context.seconds, attempt, _listed, equation.xreplace({x: y}), y)
        if not listed and x.is_integer:
            listed = _by_trial(equation, x, context)
        if not listed:
            raise NoClosedForm(_advice(equation, x))
        values, complete = listed, False
    values = [_flatten(v) for v in values]
    kept = admissible([v.xreplace({y: x}) if v.has(y) else v for v in values], equation, x, problem.conditions, context)
    if not complete:
        if not kept:
            raise NoClosedForm(_advice(equation, x))
        context.note(INCOMPLETE)
    elif not kept and real and _changes_sign(equation, x, context):
        raise NoClosedForm("a solution set was found to be empty, but the equation changes its sign")
    return answer(problem, [(v,) for v in kept], context)


def _advice(equation: Any, x: Any) -> str:
    """What to say where no method applies."""
    if equation.free_symbols == {x} and x.is_real:
        return f"no solution method applies; nsolve(…, {x} = 0..10) gives the solutions on a range as decimals"
    return "no solution method applies"


_TRIALS = 120


def _by_trial(equation: Any, x: Any, context: Context) -> list[Any]:
    """The whole numbers of small size that solve an equation."""
    if equation.free_symbols != {x}:
        return []
    known = spot.range_of(x, context)
    low = int(known.lower) if known.lower is not None else -_TRIALS
    high = min(int(known.upper), low + 2 * _TRIALS) if known.upper is not None else low + 2 * _TRIALS
    found = []
    for n in range(low, high + 1):
        put = equation.subs(x, n)
        if put.is_zero:
            found.append(sp.Integer(n))
    return found


def _domain(x: Any, context: Context) -> Any:
    known = spot.range_of(x, context)
    low = -sp.oo if known.lower is None else sp.Rational(known.lower.numerator, known.lower.denominator)
    high = sp.oo if known.upper is None else sp.Rational(known.upper.numerator, known.upper.denominator)
    return sp.Interval(low, high, known.open_lower, known.open_upper)


def _listed(equation: Any, x: Any) -> list[Any]:
    return [s for s in sp.solve(equation, x) if not s.has(x)]


def _flatten(v: Any) -> Any:
    return sp.powsimp(sp.expand_log(v)) if v.has(sp.log) and v.is_number else v


def _from_set(found: Any, context: Context) -> tuple[list[Any] | None, bool]:
    """The elements of a solution set and whether these are all; families carry a fresh integer."""
    if found is sp.S.EmptySet:
        return [], True
    if isinstance(found, sp.FiniteSet):
        return list(found.args), True
    if isinstance(found, sp.Union):
        values: list[Any] = []
        complete = True
        for part in found.args:
            some, whole = _from_set(part, context)
            if some is None:
                complete = False
                continue
            values += some
            complete = complete and whole
        return (values or None), complete
    if isinstance(found, sp.ImageSet) and found.base_sets == (sp.S.Integers,) and len(found.lamda.variables) == 1:
        k = _family(context)
        context.note("for every integer k")
        return [sp.expand(found.lamda.expr.subs(found.lamda.variables[0], k))], True
    if isinstance(found, sp.Intersection) and sp.S.Reals in found.args:
        rest = [a for a in found.args if a is not sp.S.Reals]
        return _from_set(rest[0], context) if len(rest) == 1 else (None, False)
    if isinstance(found, sp.Complement):
        return _from_set(found.args[0], context)
    return None, False


def _family(context: Context) -> Any:
    """The integer of a periodic family: one name for all families of an answer."""
    for symbol in context.terms:
        if getattr(symbol, "name", "") == "k" and symbol.is_integer:
            return symbol
    return sp.Symbol("k", integer=True)


def _changes_sign(equation: Any, x: Any, context: Context) -> bool:
    """Whether the equation takes values of both signs at neighbouring points without a jump between them."""
    if equation.free_symbols != {x}:
        return False
    last = None
    known = spot.range_of(x, context)
    low, high = (
        (float(known.lower) if known.lower is not None else -20.0),
        (float(known.upper) if known.upper is not None else 20.0),
    )
    for j in range(161):
        value = spot.value(equation, {x: sp.Rational(low + (high - low) * (j + 0.5) / 161).limit_denominator(10**6)})
        here = None if value is None or abs(value.imag) > 1e-15 else value.real
        if last is not None and here is not None and last * here < 0 and abs(last) + abs(here) < 1:
            return True
        last = here
    return False


def roots(context: Context, p: Term, variable: Term = MISSING) -> Term:
    """All complex roots of a polynomial (or of an equation between polynomials), each as often as its multiplicity."""
    problem = read(p, variable, context)
    if len(problem.unknowns) != 1 or len(problem.equations) != 1:
        raise fail("not-a-variable", "roots takes one polynomial in one variable", p.span, "write roots(x^3 - 1, x)")
    x = problem.unknowns[0]
    numerator = sp.numer(sp.together(problem.equations[0]))
    if not numerator.is_polynomial(x):
        raise fail("not-a-polynomial", "roots takes a polynomial", p.span, "write solve(…) for other equations")
    y = sp.Dummy("x")
    poly = sp.Poly(numerator.xreplace({x: y}), y)
    if poly.is_zero:
        context.note("the polynomial is 0")
        return text("every number")
    found = [r for f, k in poly.factor_list()[1] for r in polynomial_roots(f.as_expr(), y, context) for _ in range(k)]
    return App("set", tuple(lift(r, context) for r in ordered(found)), (), "set")
