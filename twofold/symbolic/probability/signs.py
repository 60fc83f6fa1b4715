"""What is known of the sign and the size of a term, random variables included (almost surely)."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.constants import truth_value
from twofold.grammar.term import App, Array, Const, Num, Term, Var
from twofold.symbolic.context import ANY, Context, Range
from twofold.symbolic.probability.laws import integer_valued, is_discrete, law_of, support
from twofold.symbolic.probability.polynomial import real_valued

_ZERO = Fraction(0)
POSITIVE = Range(lower=_ZERO, open_lower=True)
NONNEGATIVE = Range(lower=_ZERO)
_CONSTANTS = {
    "pi": Range(Fraction(3141592, 10**6), Fraction(3141593, 10**6)),
    "e": Range(Fraction(2718281, 10**6), Fraction(2718282, 10**6)),
    "euler_gamma": Range(Fraction(5772, 10**4), Fraction(5773, 10**4)),
}
_ALWAYS = {"exp": POSITIVE, "cosh": POSITIVE, "abs": NONNEGATIVE, "sqrt": NONNEGATIVE, "factorial": POSITIVE, "Phi": Range(_ZERO, Fraction(1), True, True),
           "sigmoid": Range(_ZERO, Fraction(1), True, True), "sin": Range(Fraction(-1), Fraction(1)), "cos": Range(Fraction(-1), Fraction(1)),
           "indicator": Range(_ZERO, Fraction(1)), "Var": NONNEGATIVE, "Std": NONNEGATIVE, "P": Range(_ZERO, Fraction(1)),
           "softplus": POSITIVE, "besseli": POSITIVE, "norm": NONNEGATIVE}  # fmt: skip
_KEEPS = frozenset("gamma beta lowergamma uppergamma zeta trigamma".split())


def enclose(term: Term, context: Context) -> Range:
    """A range that holds the value of a scalar wherever it is defined."""
    if isinstance(term, Num):
        return Range(term.value, term.value)
    if isinstance(term, Const):
        return _CONSTANTS.get(term.name, ANY)
    law = law_of(term)
    if law is not None:
        known = _support_range(law, context)
        return known.meet(context.range(term.symbol)) if isinstance(term, Var) else known
    if isinstance(term, Var):
        return context.range(term.symbol) if not term.shape else ANY
    if not isinstance(term, App) or not real_valued(term):
        return ANY
    if term.op == "index" and isinstance(term.args[0], Var):
        return context.range(term.args[0].symbol)
    if term.op == "index" and isinstance(term.args[0], Array):
        ranges = [enclose(x, context) for row in term.args[0].rows for x in row]
        return _hull(ranges)
    if term.op in _KEEPS and all(enclose(a, context).positive for a in term.args):
        return POSITIVE
    if term.op in _ALWAYS:
        known = _ALWAYS[term.op]
        if term.op == "exp":
            return _exponential(enclose(term.args[0], context))
        if term.op in ("abs", "sqrt") and _nonzero(enclose(term.args[0], context)):
            return POSITIVE
        return known
    if term.op == "binomial" and integer_valued(term.args[0]) and enclose(term.args[0], context).nonnegative:
        return NONNEGATIVE
    if term.op in ("add", "sub"):
        a, b = (enclose(x, context) for x in term.args)
        found = _sum(a, b if term.op == "add" else _negated(b))
        return found if found.positive or found.negative else found.meet(_assumed(term, context))
    if term.op == "neg":
        return _negated(enclose(term.args[0], context))
    if term.op in ("mul", "div") and not term.args[0].shape and not term.args[1].shape:
        return _product(enclose(term.args[0], context), enclose(term.args[1], context))
    if term.op == "pow":
        base, exponent = enclose(term.args[0], context), term.args[1]
        if base.positive:
            return POSITIVE
        if isinstance(exponent, Num) and exponent.value.denominator == 1 and exponent.value % 2 == 0:
            return POSITIVE if _nonzero(base) else NONNEGATIVE
        return NONNEGATIVE if base.nonnegative else ANY
    if term.op == "sum" and len(term.args) == 1:
        return _entries(term.args[0], context)
    return ANY


def _exponential(exponent: Range) -> Range:
    """exp is above 1 for a positive argument and below it for a negative one."""
    if exponent.nonnegative:
        return Range(lower=Fraction(1), open_lower=exponent.positive)
    if exponent.upper is not None and exponent.upper <= 0:
        return Range(_ZERO, Fraction(1), True, exponent.negative)
    return POSITIVE


_OPPOSITE = {"lt": ("gt", 1, 0), "le": ("ge", 1, 0), "gt": ("gt", 0, 1), "ge": ("ge", 0, 1)}


def _assumed(term: App, context: Context) -> Range:
    """What the assumptions say of a difference, as `b > a` says that b - a is positive."""
    known = ANY
    for fact in context.assumptions:
        if isinstance(fact, App) and fact.op in _OPPOSITE and not fact.args[0].shape and not isinstance(fact.args[1], Num):
            op, i, j = _OPPOSITE[fact.op]
            gap = _difference(fact.args[i], fact.args[j])
            strict = op == "gt"
            here = _difference(term, Num(_ZERO))
            if gap == here:
                known = known.meet(Range(lower=_ZERO, open_lower=strict))
            elif gap == _difference(Num(_ZERO), term):
                known = known.meet(Range(upper=_ZERO, open_upper=strict))
    return known


def positive(term: Term, context: Context) -> bool:
    return enclose(term, context).positive


def nonzero(term: Term, context: Context) -> bool:
    return _nonzero(enclose(term, context))


def decide(condition: Term, context: Context) -> bool | None:
    """Whether a condition holds for all values that the declarations admit (true), for none (false), or that is not known."""
    known = truth_value(condition)
    if known is not None:
        return known
    if condition in context.assumptions:
        return True
    if not isinstance(condition, App):
        return None
    if condition.op in ("and", "or"):
        parts = [decide(a, context) for a in condition.args]
        decisive = condition.op == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if condition.op == "eq" and condition.args[0] == condition.args[1]:
        return True
    if condition.op in ("lt", "le", "gt", "ge", "ne", "eq") and len(condition.args) == 2 and not condition.args[0].shape:
        gap = enclose(_difference(condition.args[0], condition.args[1]), context)
        if condition.op in ("ne", "eq"):
            return (condition.op == "ne") if _nonzero(gap) else None
        up = condition.op in ("gt", "ge")
        if not up:
            gap = _negated(gap)
        if gap.positive or (condition.op in ("ge", "le") and gap.nonnegative):
            return True
        if gap.negative or (condition.op in ("gt", "lt") and gap.nonpositive):
            return False
    return None


def _difference(a: Term, b: Term) -> Term:
    from twofold.symbolic.probability.polynomial import TooLarge
    from twofold.symbolic.probability.reading import plain

    try:
        return plain(App("sub", (a, b)))
    except TooLarge:
        return App("sub", (a, b))


def _support_range(law: Term, context: Context) -> Range:
    low, high = support(law)
    a, b = enclose(low, context), enclose(high, context)
    # A continuous law gives no mass to its ends; a discrete one does.
    open_ends = not is_discrete(law)
    return Range(a.lower, b.upper, a.lower is not None and open_ends, b.upper is not None and open_ends)


def _entries(array: Term, context: Context) -> Range:
    if isinstance(array, Array):
        out = Range(_ZERO, _ZERO)
        for row in array.rows:
            for x in row:
                out = _sum(out, enclose(x, context))
        return out
    if isinstance(array, Var) and context.range(array.symbol).positive:
        return POSITIVE
    return ANY


def _nonzero(r: Range) -> bool:
    return r.nonzero or r.positive or r.negative


def _hull(ranges: list[Range]) -> Range:
    if all(r.positive for r in ranges):
        return POSITIVE
    return NONNEGATIVE if all(r.nonnegative for r in ranges) else ANY


def _negated(r: Range) -> Range:
    lower = None if r.upper is None else -r.upper
    upper = None if r.lower is None else -r.lower
    return Range(lower, upper, r.open_upper, r.open_lower, r.nonzero)


def _sum(a: Range, b: Range) -> Range:
    lower = None if a.lower is None or b.lower is None else a.lower + b.lower
    upper = None if a.upper is None or b.upper is None else a.upper + b.upper
    return Range(lower, upper, a.open_lower or b.open_lower, a.open_upper or b.open_upper)


def _product(a: Range, b: Range) -> Range:
    nonzero = _nonzero(a) and _nonzero(b)
    if (a.nonnegative and b.nonnegative) or (a.nonpositive and b.nonpositive):
        return POSITIVE if nonzero else NONNEGATIVE
    if (a.nonnegative and b.nonpositive) or (a.nonpositive and b.nonnegative):
        return Range(upper=_ZERO, open_upper=nonzero, nonzero=nonzero)
    return Range(nonzero=nonzero)
