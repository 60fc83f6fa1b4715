"""Expectations beyond the rules: sums and integrals over the supports, by the exact route."""

from __future__ import annotations

from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Bound,
    Symbol,
    Term,
    Var,
    children,
    copy_symbol,
    replaced,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.arithmetic import ONE, over, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.probability import events
from twofold.symbolic.probability.independence import lineage, variables
from twofold.symbolic.probability.laws import density, given_density, is_discrete, law_of, listed, support, total
from twofold.symbolic.probability.polynomial import Polynomial
from twofold.symbolic.probability.reading import Reader, mentions

_TOWERS = 4


def settle(p: Polynomial, reader: Reader) -> Term:
    """A polynomial whose remaining expectations and probabilities are worked out. Raises `NoClosedForm` and `TwofoldError`."""
    term = p.term()
    for _ in range(_TOWERS):
        open_parts = [t for t in subterms(term) if isinstance(t, App) and t.op in ("E", "P")]
        if not open_parts:
            return term
        part = open_parts[0]
        found = _expectation(part, reader) if part.op == "E" else _probability(part, reader)
        term = transform(term, lambda t, part=part, found=found: found if t == part else None)  # type: ignore[misc]
    raise NoClosedForm("the expectation has too many parts without a rule")


def _expectation(t: App, reader: Reader) -> Term:
    """E[g] as an iterated sum and integral; a condition divides by its probability."""
    if len(t.args) == 2:
        body, condition = t.args
        weight = settle(events.probability(condition, None, reader), reader)
        return over(_average(times(body, App("indicator", (condition,))), reader), weight)
    return _average(t.args[0], reader)


def _probability(t: App, reader: Reader) -> Term:
    if len(t.args) == 2:
        both = App("and", t.args, sort="truth")
        return over(_average(App("indicator", (both,)), reader), settle(events.probability(t.args[1], None, reader), reader))
    return _average(App("indicator", (t.args[0],)), reader)


def _average(body: Term, reader: Reader) -> Term:
    """The expectation of a function of a few variables, the youngest of them first."""
    vs = sorted(lineage(variables(body)), key=lambda v: -len(lineage((v,))))
    if not vs:
        return body
    if any(law_of(v) is None for v in vs):
        raise NoClosedForm("the expectation is over a vector")
    if len(vs) > 2:
        raise NoClosedForm("no rule gives this expectation of several variables")
    out = body
    for v in vs:
        out = _over(v, out, reader)
    return out


def _over(v: Term, body: Term, reader: Reader) -> Term:
    """The average over one variable, the others being held."""
    from twofold.symbolic.work import carry_out

    law = law_of(v)
    assert law is not None
    values = listed(law)
    if values is not None:
        p = Polynomial()
        for x, mass in values:
            p = p + reader.read(times(_at(body, v, x), mass))
        return p.term()
    low, high = support(law)
    x = Symbol("x", "integer" if is_discrete(law) else "real", lower=None if low == MINUS_OO else low, upper=None if high == OO else high,
               open_lower=not is_discrete(law), open_upper=not is_discrete(law))  # fmt: skip
    inside = _at(body, v, var(x))
    integrand = times(inside, density(law, var(x)))
    out = carry_out(_restricted(law, integrand, x), reader.context)
    if given_density(law) is not None:
        out = over(out, normalising_constant(law, reader.context))
    if _is_infinite(out):
        raise fail(
            "expectation-does-not-exist", "the expectation does not exist: it is infinite", body.span, "a median always exists"
        )
    return out


def _is_infinite(t: Term) -> bool:
    """Whether infinity stands in a value, other than as the end of a range."""
    if isinstance(t, Bound):
        return _is_infinite(t.body)
    return t == OO or any(_is_infinite(c) for c in children(t))


def _at(body: Term, v: Term, x: Term) -> Term:
    if isinstance(v, Var):
        return substitute(body, {v.symbol: x})
    return replaced(body, v, x)


def _restricted(law: Term, body: Term, x: Symbol) -> Term:
    """The sum or integral over the support; an indicator of a bound on the variable moves into the range."""
    whole = total(law, body, x)
    assert isinstance(whole, Bound)
    low, high = whole.args
    factors: list[Term] = []
    stack = [body]
    while stack:
        t = stack.pop()
        if isinstance(t, App) and t.op == "mul":
            stack.extend(t.args)
        elif isinstance(t, App) and t.op == "indicator" and (ends := _ends(t.args[0], x)) is not None:
            new_low, new_high = ends
            if new_low is not None:
                low = new_low if low == MINUS_OO else App("max", (low, new_low))
            if new_high is not None:
                high = new_high if high == OO else App("min", (high, new_high))
        else:
            factors.append(t)
    if (low, high) == whole.args:
        return whole
    rest: Term = ONE
    for f in reversed(factors):
        rest = times(rest, f)
    return Bound(whole.op, (x,), rest, (low, high))


def _ends(event: Term, x: Symbol) -> tuple[Term | None, Term | None] | None:
    """The bounds that an event puts on a variable of a density, where it is a plain comparison."""
    if not (isinstance(event, App) and event.op in ("lt", "le", "gt", "ge")) or x.kind == "integer":
        return None
    a, b = event.args
    here = var(x)
    if a == here and not mentions(b, x):
        return (None, b) if event.op in ("lt", "le") else (b, None)
    if b == here and not mentions(a, x):
        return (a, None) if event.op in ("lt", "le") else (None, a)
    return None


def normalising_constant(law: Term, context: Context) -> Term:
    """The integral of an unnormalised density. Raises `TwofoldError` where it is not a positive number."""
    from twofold.catalogue.display import show
    from twofold.symbolic.work import work

    own = given_density(law)
    assert own is not None
    low, high = support(law)
    x = copy_symbol(own.symbols[0])
    constant = work(Bound("integrate", (x,), substitute(own.body, {own.symbols[0]: var(x)}), (low, high)), context)
    if _is_infinite(constant):
        raise fail("not-a-density", "the integral of this function is infinite: no constant makes it a density", law.span)
    if constant != ONE:
        context.note(f"normalised by the constant {show(over(ONE, constant))}")
    return constant
