"""Whether a function is convex on its domain (within the declared ranges), decided with proof.

In one variable the second derivative is never negative inside an interval, and where branches meet the function is continuous and
its slope does not fall. In several variables the domain is a box and every principal minor of the Hessian is proved nonnegative.
A point at which the second derivative, or a minor of order one or two that decides it, is negative refutes.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    FALSE,
    MISSING,
    TRUE,
    App,
    Array,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    transform,
    var,
)
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit, is_explicit
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving import vector_convexity
from twofold.symbolic.solving.branches import by_cases, chosen, is_branched
from twofold.symbolic.solving.disciplined import AFFINE, CONVEX, curvature
from twofold.symbolic.solving.extremum_names import restricted
from twofold.symbolic.solving.line_problem import LineProblem
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans
from twofold.symbolic.solving.places import Place, Span, between, inside, meet, union
from twofold.symbolic.solving.reading import parts_of
from twofold.symbolic.solving.real_sets import pieces_of
from twofold.symbolic.solving.repeated import spans_within
from twofold.symbolic.tidy import short

NO_INTERVAL = "the domain is not an interval"
_VALUES = (0, 1, -1, 2, -2, sp.Rational(1, 2), sp.Rational(-1, 2), 3, sp.Rational(1, 10))


def is_convex(context: Context, f: Term, variables: Term, subject_to: Term = MISSING) -> Term:
    """Whether the graph lies below its chords, on the domain or on a given region."""
    return _decided(context, f, variables, subject_to)


def is_concave(context: Context, f: Term, variables: Term, subject_to: Term = MISSING) -> Term:
    """Whether the graph lies above its chords."""
    return _decided(context, app("neg", f), variables, subject_to)


def _decided(context: Context, f: Term, variables: Term, subject_to: Term) -> Term:
    names, region = restricted(variables, subject_to)
    if isinstance(names, Var) and names.shape and names.symbol.kind == "real" and not f.shape:
        if not is_explicit(names.shape):
            return _of_any_size(context, f, names.symbol, region)
        f, region, names = _with_entries_as_names(f, region, names)
    parts = variables_of(names)
    if f.shape or not all(isinstance(p, Var) and not p.shape and p.symbol.kind == "real" for p in parts):
        raise fail(
            "not-a-variable", "is_convex takes a number and real names", variables.span, "write is_convex(x^2 + y^2, [x, y])"
        )
    symbols = [p.symbol for p in parts if isinstance(p, Var)]
    facts = [] if region == MISSING else parts_of(region)
    whole = together(facts) if facts else None
    try:
        if len(symbols) == 1 and set(free_symbols(f)) <= set(symbols):
            found = within(2 * context.seconds, on_the_line, f, symbols[0], whole, context)
        else:
            found = within(2 * context.seconds, _several, f, symbols, whole, context)
    except (NotApplicable, NoEnclosure) as error:
        raise NoClosedForm(f"convexity is not decided: {error}") from error
    if found is None:
        raise NoClosedForm("convexity is not decided: the signs take too long to find")
    return TRUE if found else FALSE


def _with_entries_as_names(f: Term, region: Term, x: Var) -> tuple[Term, Term, Term]:
    """The function and the region of a vector or matrix of known size as ones of its entries."""
    s = x.symbol
    cells = explicit(x, Context()).rows
    names = {
        cell: var(
            Symbol(
                show(cell),
                lower=s.lower,
                upper=s.upper,
                open_lower=s.open_lower,
                open_upper=s.open_upper,
                properties=s.properties & {"positive"},
            )
        )
        for row in cells
        for cell in row
    }
    array = Array(tuple(tuple(names[cell] for cell in row) for row in cells), x.shape)
    f, region = (transform(t, names.get) for t in (f, region))
    return substitute(f, {s: array}), substitute(region, {s: array}), App("tuple", tuple(names.values()), (), "tuple")


def _of_any_size(context: Context, f: Term, s: Symbol, region: Term) -> Term:
    if region != MISSING:
        raise NoClosedForm("convexity on a region is decided for vectors of known length")
    try:
        found = within(2 * context.seconds, vector_convexity.is_convex, f, s, context)
    except NotApplicable as error:
        raise NoClosedForm(f"convexity is not decided: {error}") from error
    if found is None:
        raise NoClosedForm("convexity is not decided: the Hessian takes too long to find")
    return TRUE if found else FALSE


# --- one variable ---------------------------------------------------------------------------------------------------------------


def on_the_line(f: Term, x: Symbol, region: Term | None, context: Context) -> bool:
    """Whether a function of one number without parameters is convex. Raises `NotApplicable` and `NoEnclosure`."""
    f = transform(f, by_cases)
    domain = domain_of(f, x, context)
    if region is not None:
        allowed = relation_spans(region, x, context)
        domain = union([s for a in domain for b in allowed if (s := meet(a, b)) is not None])
    if len(domain) != 1:
        context.note(NO_INTERVAL)
        return False
    inner = Span(domain[0].low, domain[0].high)
    cuts: list[Place] = []
    if is_branched(f):
        problem = LineProblem(f, x, region, context)
        cuts = [p for p in problem.cuts if inside(p, inner)]
    ends: list[Place | None] = [inner.low, *cuts, inner.high]
    for a, b in zip(ends, ends[1:], strict=False):
        piece = chosen(f, x, Num(between(a, b)), context) if cuts or is_branched(f) else f
        bend = nth(piece, x, 2)
        if not _covers(domain_of(bend, x, context), Span(a, b)):
            raise NotApplicable("the second derivative does not exist everywhere")
        try:
            found = relation_spans(app("lt", bend, num(0)), x, context)
        except NotApplicable:
            if not cuts and a is None and b is None and any(p.pieces for p in pieces_of(app("lt", bend, num(0)), x, context)):
                context.note("the second derivative is negative on intervals that repeat")
                return False
            found = spans_within(app("lt", bend, num(0)), x, Span(a, b), context)
        negative = [s for t in found if (s := meet(t, Span(a, b))) is not None]
        if negative:
            where = negative[0].low if negative[0].single else None
            q = between(negative[0].low, negative[0].high) if where is None else None
            context.note(
                f"the second derivative is negative at {x.name} = {q}" if q is not None else "the second derivative is negative"
            )
            return False
    return all(_joins(f, x, p, ends[k], ends[k + 2], context) for k, p in enumerate(cuts))


def _covers(spans: list[Span], s: Span) -> bool:
    return any(meet(t, s) is not None and _same(meet(t, s), s) for t in spans)


def _same(a: Span | None, b: Span) -> bool:
    return (
        a is not None
        and a.low is b.low
        and a.high is b.high
        or (a is not None and _equal(a.low, b.low) and _equal(a.high, b.high))
    )


def _equal(p: Place | None, q: Place | None) -> bool:
    from twofold.symbolic.solving.places import before

    if p is None or q is None:
        return p is q
    return not before(p, q) and not before(q, p)


def _joins(f: Term, x: Symbol, p: Place, low: Place | None, high: Place | None, context: Context) -> bool:
    """Whether the function is continuous where two branches meet and its slope does not fall there."""
    if p.term is None:
        raise NotApplicable("a place has no closed form")
    left, right = (chosen(f, x, Num(between(a, b)), context) for a, b in ((low, p), (p, high)))
    values = [lower(substitute(t, {x: p.term}), context) for t in (left, f, right)]
    slopes = [lower(substitute(nth(t, x, 1), {x: p.term}), context) for t in (left, right)]
    if any(not v.is_number or not v.is_finite for v in (*values, *slopes)):
        raise NotApplicable("a value where branches meet is not found")
    if (values[0] - values[1]).is_zero is False or (values[2] - values[1]).is_zero is False:
        context.note(f"it jumps at {x.name} = {values and p.value if p.value is not None else 'a place where branches meet'}")
        return False
    gap = slopes[1] - slopes[0]
    if not (values[0] - values[1]).is_zero or not (values[2] - values[1]).is_zero or gap.is_nonnegative is None:
        raise NotApplicable("a value where branches meet is not found")
    return bool(gap.is_nonnegative)


# --- several variables ----------------------------------------------------------------------------------------------------------


def _several(f: Term, symbols: list[Symbol], region: Term | None, context: Context) -> bool:
    known = region if region is not None else TRUE
    if region is not None and not _is_linear(region, symbols, context):
        raise NotApplicable("the region is not given by linear inequalities")
    if curvature(f, set(symbols), context) in (AFFINE, CONVEX):
        return True
    if not proves(Goal("=>", known, app("eq", f, f), context.assumptions, "real"), context):
        raise NotApplicable("the function is not defined everywhere; declare where, for example let x, y > 0")
    hessian = [[nth(nth(f, a, 1), b, 1) for b in symbols] for a in symbols]
    n = len(symbols)
    minors: list[Term] = []
    for k in range(1, n + 1):
        for rows in combinations(range(n), k):
            minors.append(_determinant([[hessian[i][j] for j in rows] for i in rows]))
    for m in minors:
        if _negative_somewhere(m, symbols, known, context):
            return False
    needed = [m for m in minors if not _nonnegative(m, known, context)]
    for m in needed:
        if proves(Goal("=>", known, app("lt", m, num(0)), context.assumptions, "real"), context):
            return False
        e = short(sp.factor(lower(m, context)), context)
        e = sp.Mul(*(g for g in sp.Mul.make_args(e) if not g.is_positive))
        if not e.free_symbols or any(lower(Var(s), context) in e.free_symbols for s in symbols):
            raise NotApplicable("the sign of a minor of the Hessian is not found")
        context.require(app("ge", lift(e, context), num(0)))
    return True


def _determinant(rows: list[list[Term]]) -> Term:
    if len(rows) == 1:
        return rows[0][0]
    out: Term | None = None
    for j, head in enumerate(rows[0]):
        t = app("mul", head, _determinant([[*r[:j], *r[j + 1 :]] for r in rows[1:]]))
        out = t if out is None else app("sub" if j % 2 else "add", out, t)
    assert out is not None
    return out


def _nonnegative(m: Term, known: Term, context: Context) -> bool:
    if proves(Goal("=>", known, app("ge", m, num(0)), context.assumptions, "real"), context):
        return True
    e = short(sp.factor(lower(m, context)), context)
    return bool(e.is_nonnegative)


def _negative_somewhere(m: Term, symbols: list[Symbol], known: Term, context: Context) -> bool:
    e = lower(m, context)
    names = [lower(Var(s), context) for s in symbols]
    others = e.free_symbols - set(names)
    if others:
        return False
    for point in product(_VALUES, repeat=len(names)):
        at = dict(zip(names, point, strict=True))
        if not _admitted(at, symbols, names, known, context):
            continue
        v: Any = e.subs(at)
        if v.is_number and v.is_real and v.is_negative:
            context.note(
                "a minor of the Hessian is negative at "
                + ", ".join(f"{s.name} = {q}" for s, q in zip(symbols, point, strict=True))
            )
            return True
    return False


def _admitted(at: dict[Any, Any], symbols: list[Symbol], names: list[Any], known: Term, context: Context) -> bool:
    """Whether a point lies inside the declared ranges and the region."""
    for s, x in zip(symbols, names, strict=True):
        r = context.range(s)
        q = sp.Rational(at[x])
        if (r.lower is not None and q <= sp.Rational(r.lower.numerator, r.lower.denominator)) or (
            r.upper is not None and q >= sp.Rational(r.upper.numerator, r.upper.denominator)
        ):
            return False
    return known == TRUE or lower(known, context).subs(at) == sp.true


def _is_linear(region: Term, symbols: list[Symbol], context: Context) -> bool:
    for p in parts_of(region):
        if not isinstance(p, App) or p.op not in ("eq", "le", "lt", "ge", "gt"):
            return False
        e = lower(app("sub", *p.args), context)
        names = [lower(Var(s), context) for s in symbols]
        if not e.is_polynomial(*names) or sp.Poly(e, *names).total_degree() > 1:
            return False
    return True
