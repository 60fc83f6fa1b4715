"""Integrals by a primitive that was found elsewhere and is checked here: differentiated back, continuous between the ends, with proved limits there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, reduce

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.grammar.term import (
    INFINITE,
    OO,
    App,
    Bound,
    Symbol,
    Term,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.integral_values import Valued, proved_equal, with_values
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods.iterated import swapped
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.limits import limit
from twofold.symbolic.normal.pieces import pieces
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.regions.convergence import is_continuous_everywhere
from twofold.symbolic.regions.integral import iterated
from twofold.symbolic.regions.region import Region, region_of
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of
from twofold.symbolic.theorems.cutting import cut
from twofold.symbolic.theorems.folding import folded
from twofold.symbolic.theorems.integrals import by_theorem
from twofold.symbolic.theorems.ranges import between, has_values, ordered
from twofold.symbolic.theorems.splitting import split
from twofold.symbolic.theorems.substitutions import substituted

_SMOOTH = ANALYTIC | frozenset("gamma loggamma digamma Ei li Ci Chi lambertw erfi polylog".split())


def run(goal: Goal, context: Context) -> Evidence:
    """Both sides with certified values for their integrals, then the normal form."""
    return proved_equal("checked primitives", goal, _valued(goal, context))


def valued(goal: Goal, context: Context) -> Goal | None:
    """The goal with certified values in the place of its integrals: the same claim wherever these have values."""
    if goal.left.sort != "number" or goal.left.shape:
        return None
    try:
        made = _valued(goal, context)
    except NotApplicable:
        return None
    return replace(goal, left=made.left, right=made.right)


def _valued(goal: Goal, context: Context) -> Valued:
    """Both sides with certified values for their integrals. Raises `NotApplicable`."""
    sides = goal.left, goal.right
    return with_values(goal, lambda t: worked(t, goal.assumptions, context, sides), "an integral has no certified primitive")


def worked(t: Bound, assumptions: tuple[Term, ...], context: Context, sides: tuple[Term, ...]) -> Term | None:
    """The value of an integral, iterated ones from the inside, in either order; None where a primitive is not found or not proved."""
    region = region_of(t, assumptions)
    if region is not None:
        return _over_region(region, assumptions, context, sides)
    if not has_values(t, assumptions):
        return None
    orders = ordered(t, assumptions)
    if len(orders) > 1:
        return _either_way(t, orders, context, sides)
    if not any(isinstance(u, Bound) for u in subterms(t.body)):
        if (pieces := split(t) or cut(t)) is not None:
            values = [worked(p, assumptions, context, sides) for p in pieces]
            return None if None in values else reduce(lambda a, b: app("add", a, b), [v for v in values if v is not None])
        value = by_theorem(t, assumptions, sides)
        value = certified(t, assumptions, context, sides) if value is None else value
        value = _substituted(t, assumptions, context) if value is None else value
        half = folded(t, assumptions) if value is None else None
        return value if half is None else worked(half, assumptions, context, sides)
    for order in (t, swapped(t, assumptions)):
        if order is None:
            continue
        x, (lower, upper) = order.symbols[0], order.args
        facts = (*assumptions, *between(x, lower, upper, assumptions))
        body = order.body
        if isinstance(body, Bound) and body.op == "integrate":
            inner: Term | None = _in_normal_form(body, facts)
            inner = worked(body, facts, context, sides) if inner is None else inner
            if inner is None:
                continue
            body = inner
        if any(isinstance(u, Bound) for u in subterms(body)):
            closed = _closed(body, facts)
            if closed is None:
                continue
            body = closed
        value = certified(Bound("integrate", order.symbols, body, order.args, shape=order.shape), assumptions, context, sides)
        if value is not None:
            return value
    return None


def _either_way(t: Bound, orders: tuple[tuple[Term, ...], ...], context: Context, sides: tuple[Term, ...]) -> Term | None:
    """The one value that an integral has in both orders of its ends. Where they are equal it is 0, and so is a value that is continuous there."""
    values = [worked(t, facts, context, sides) for facts in orders]
    if values[0] is None or values[1] is None:
        return None
    c = converter((t, *sides), orders[0][:-1])
    return values[0] if c.field.equal(c(values[0]), c(values[1])) else None


def _over_region(region: Region, assumptions: tuple[Term, ...], context: Context, sides: tuple[Term, ...]) -> Term | None:
    """The value of an integral of what is continuous everywhere over a bounded region, by Fubini's theorem."""
    if not is_continuous_everywhere(region, assumptions):
        return None
    for parts in iterated(region, replace(context, assumptions=assumptions)):
        values: list[Term] = []
        for part in parts:
            value = worked(part, assumptions, context, sides)
            if value is None:
                break
            values.append(value)
        else:
            return reduce(lambda a, b: app("add", a, b), values) if values else num(0)
    return None


def _substituted(t: Bound, assumptions: tuple[Term, ...], context: Context) -> Term | None:
    """The value in a new variable, or in another one after that."""
    for made in substituted(t, assumptions):
        value = certified(made, assumptions, context)
        value = _substituted(made, assumptions, context) if value is None else value
        if value is not None:
            return value
    return None


def _closed(body: Term, facts: tuple[Term, ...]) -> Term | None:
    """An integrand with the closed forms of its sums; `None` where one is not known."""
    try:
        c = converter((), facts)
        made = raised(c, c(body))
    except GIVES_UP:
        return None
    return None if any(isinstance(u, Bound) for u in subterms(made)) else made


def _in_normal_form(t: Bound, facts: tuple[Term, ...]) -> Term | None:
    """The value by the theorems of the normal form, without binders."""
    try:
        c = converter((), facts)
        value = raised(c, c(t))
    except GIVES_UP:
        return None
    return None if any(isinstance(u, Bound) for u in subterms(value)) else value


def certified(t: Bound, assumptions: tuple[Term, ...], context: Context, sides: tuple[Term, ...] = ()) -> Term | None:
    """The value of a definite integral, by a primitive that passes every check wherever `sides` have values; None where none does."""
    lower, upper = t.args
    found = _primitive(t, replace(context, assumptions=assumptions))
    if found is None:
        return None
    inner, facts, body, primitive = found
    try:
        c = converter(sides, (*assumptions, *facts))
        if not c.field.equal(c(_continued(derivative(primitive, inner))), c(body)):
            return None
        g = c.field.kernel(("sym", inner))
        if not _unbroken(c, g, primitive) or not _unbroken(c, g, body) or not _always(c, primitive, body):
            return None
        values = [_value(c, primitive, inner, end, side) for end, side in ((upper, "-"), (lower, "+"))]
    except (*GIVES_UP, NoClosedForm):
        return None
    return None if values[0] is None or values[1] is None else app("sub", values[0], values[1])


@lru_cache(128)
def _primitive(t: Bound, context: Context) -> tuple[Symbol, tuple[Term, ...], Term, Term] | None:
    """A primitive that was found, not yet proved, with its variable, what is known of that between the ends, and the integrand.

    The search for one that is not there takes its whole limit, and the same integral stands in every repair that is tried.
    """
    from twofold.symbolic.work import work

    lower, upper = t.args
    x = t.symbols[0]
    inner = copy_symbol(x, lower=None, upper=None, open_lower=True, open_upper=True)
    facts = between(inner, lower, upper, context.assumptions)
    body = _with_signs(substitute(t.body, {x: var(inner)}), (*context.assumptions, *facts))
    question = Bound("antiderivative", t.symbols, substitute(body, {inner: var(x)}), (var(inner),), shape=t.shape)
    local = context.aside(*facts)
    try:
        primitive = within(1.5, work, question, local)
    except (NoClosedForm, TwofoldError):
        return None
    if primitive is None or local.conditions:
        return None
    primitive = _with_signs(primitive, (*context.assumptions, *facts))
    return (inner, facts, body, primitive) if _plain((*context.assumptions, *facts), primitive, body) else None


def _with_signs(t: Term, facts: tuple[Term, ...]) -> Term:
    """abs(u) as u or -u where the sign is known."""
    sizes = [u for u in subterms(t) if isinstance(u, App) and u.op == "abs" and not u.shape]
    if not sizes:
        return t
    signs: dict[Term, str | None] = {}
    for u in sizes:
        try:
            c = converter((), facts)
            found = sign_of(c, c(u.args[0]))
        except GIVES_UP:
            continue
        signs[u] = found if found in ("+", "0+", "-", "0-") else None

    def signed(u: Term) -> Term | None:
        found = signs.get(u)
        return None if found is None or not isinstance(u, App) else u.args[0] if found in ("+", "0+") else app("neg", u.args[0])

    return transform(t, signed)


def _continued(t: Term) -> Term:
    """sinc(u) as sin(u)/u: they are the same but where u is 0, and there a primitive goes on."""
    return transform(
        t,
        lambda s: app("div", app("sin", s.args[0]), s.args[0]) if isinstance(s, App) and s.op == "sinc" and not s.shape else None,
    )


def _plain(facts: tuple[Term, ...], *terms: Term) -> bool:
    """Whether only smooth operations stand in the terms, powers having numbers as exponents or positive bases."""
    for term in terms:
        if not is_made_of(term, _SMOOTH):
            return False
        for t in subterms(term):
            if isinstance(t, App) and t.op == "pow" and free_symbols(t.args[1]):
                c = converter((), facts)
                if sign_of(c, c(t.args[0])) != "+":
                    return False
    return True


def _unbroken(c: Converter, g: int, t: Term) -> bool:
    """Whether every condition of the domain that mentions the variable is known to hold between the ends."""
    from twofold.symbolic.normal import polynomials as P
    from twofold.symbolic.normal.dependence import depends

    domain = Domain(c).read(t)
    if domain.impossible or domain.unread:
        return False
    return not any(depends(c, h, g) for _, key in domain.atoms for h in P.generators(dict(key)))  # type: ignore[call-overload]


def _always(c: Converter, primitive: Term, body: Term) -> bool:
    """Whether a primitive exists for all parameters for which the integrand does: sin(n*x)/n is none of cos(n*x) at n = 0."""
    asked = Domain(c).read(body).atoms
    for atom in Domain(c).read(primitive).atoms:
        op, key = atom
        if atom in asked or (op == "ne" and (key in c.apart or c.continuous(Element(dict(key), UNIT)))):  # type: ignore[call-overload]
            continue  # without whole numbers both sides are continuous where the primitive fails
        return False
    return True


def _value(c: Converter, primitive: Term, x: Symbol, end: Term, side: str) -> Term | None:
    """The limit of the primitive at an end."""
    if end not in INFINITE:
        there = substitute(primitive, {x: end})
        domain = Domain(c).read(there)
        if not domain.impossible and not domain.unread and not domain.atoms:
            return there
    if _dies_out(c, primitive, x, end):
        return num(0)
    inner = copy_symbol(x)
    body = substitute(primitive, {x: var(inner)})
    found = limit(c, Bound("limit", (inner,), body, (end,), "" if end in INFINITE else side))
    return None if found is None else raised(c, found)


def _dies_out(c: Converter, primitive: Term, x: Symbol, end: Term) -> bool:
    """Whether a sum of powers of x, perhaps with symbolic exponents, goes to 0: negative ones at infinity, positive ones at 0."""
    if end != OO and end != num(0):
        return False
    found = pieces(c, c(primitive), c.field.kernel(("sym", x)))
    if not found:
        return False
    for p in found:
        total = c.field.number(Fraction(p.degree))
        total = total if p.shift is None else c.field.add(total, p.shift)
        if p.exponent or p.other is not None or len(total.den) > 1 or c.signs.of(total.num) != ("-" if end == OO else "+"):
            return False
    return True


SPEC = Method(
    name="checked primitives",
    relations=frozenset({"=="}),
    cost=30,
    concludes=frozenset({Truth.PROVED}),
    soundness="the fundamental theorem of calculus, with the derivative, the continuity and the limits at the ends proved here",
    run=run,
    holds=(
        "integrate(1/(1 + x^2), x = 0..1) == pi/4",
        "integrate(sin(x)/x, x = 0..oo) == pi/2",
        "integrate(1/(x*log(x)^2), x = e..oo) == 1",
    ),
    fails=(),
    open=("integrate(exp(-x^2)*sin(x^2), x = 0..1) == 1/5",),
)
