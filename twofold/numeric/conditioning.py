"""Comparisons between independent variables with one variable fewer: given the others, what is linear in one variable has the probability that its
distribution function says.

P(X < Y) = E[F(Y)] with the distribution function F of X, and E[max(X, Y)] = E[X*G(X)] + E[Y*F(Y)] without ties; an average over a jump between two
variables becomes one over a smooth function of one.
"""

from __future__ import annotations

from collections.abc import Sequence

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.constants import rational
from twofold.catalogue.index import laws
from twofold.grammar.term import App, Num, Term, Var, num
from twofold.numeric.curves import tail_term
from twofold.numeric.moments import coefficients
from twofold.numeric.random_parts import variables

_WHOLE = frozenset("add sub mul neg".split())


def given_others(event: Term, apart: Sequence[Term] = ()) -> Term | None:
    """The probability of a comparison given all but one of its variables, which stands neither in a law nor in the terms `apart`; `None` where there is none."""
    if not isinstance(event, App) or event.op not in (*ORDERS, "eq") or any(a.shape for a in event.args):
        return None
    difference = App("sub", event.args)
    owners = variables(event)
    taken = {s for t in apart for s in variables(t)} | {p for s in owners if s.law is not None for p in variables(s.law)}
    for v in owners:
        if v in taken or v.shape or not isinstance(v.law, App) or v.law.shape or variables(v.law):
            continue
        spec = laws().get(v.law.op)
        if spec is None or spec.kind != "univariate" or spec.atoms:
            continue
        found = coefficients(difference, v)
        if found is None or 1 not in found or set(found) - {0, 1}:
            continue
        slope, rest = found[1], found.get(0, num(0))
        known = rational(slope)
        if known is None and len(owners) == 1:
            continue
        end = (
            App("neg", (App("div", (rest, slope)),))
            if known is None or abs(known) != 1
            else rest
            if known < 0
            else App("neg", (rest,))
        )
        rising = _solved(event.op, v.law, end, spec.discrete)
        falling = _solved(MIRRORED[event.op], v.law, end, spec.discrete)
        if known is not None:
            return rising if known > 0 else falling if known < 0 else None
        sign = [App(op, (slope, num(0)), sort="truth") for op in ("gt", "lt")]
        level = App("indicator", (App(event.op, (rest, num(0)), sort="truth"),))
        return App("piecewise", (rising, sign[0], falling, sign[1], level))
    return None


def _solved(op: str, law: App, end: Term, discrete: bool) -> Term:
    """P(v op end) for a variable with the law."""
    if op == "eq":
        if not discrete:
            return num(0)
        mass = App("pdf", (law, end))
        if _is_whole(end):
            return mass
        return App("piecewise", (mass, App("eq", (end, App("floor", (end,))), sort="truth"), num(0)))
    if discrete and op in ("lt", "ge"):
        end = App("sub", (end if _is_whole(end) else App("ceil", (end,)), num(1)))
    above = op in ("gt", "ge")
    return tail_term(law, end, above) or App("survival" if above else "cdf", (law, end))


def _is_whole(t: Term) -> bool:
    """Whether a term is built from whole numbers and discrete variables of whole values."""
    if isinstance(t, Num):
        return t.value.denominator == 1
    if isinstance(t, Var):
        law = t.symbol.law
        spec = laws().get(law.op) if isinstance(law, App) else None
        return t.symbol.kind == "integer" or (spec is not None and spec.discrete and spec.kind == "univariate" and not spec.atoms)
    return isinstance(t, App) and t.op in _WHOLE and all(map(_is_whole, t.args))


def by_sides(t: App) -> list[tuple[int, Term, Term]] | None:
    """A maximum, a minimum or an absolute value of several variables as a sum of sign * value * indicator(side); `None` for anything else."""
    if t.shape or t.op not in ("max", "min", "abs") or len(variables(t)) < 2:
        return None
    if t.op == "abs":
        (d,) = t.args
        return [(1, d, _when("ge", d, num(0))), (-1, d, _when("lt", d, num(0)))]
    if len(t.args) != 2 or any(a.shape for a in t.args):
        return None
    a, b = t.args
    over, under = ("ge", "lt") if t.op == "max" else ("le", "gt")
    return [(1, a, _when(over, a, b)), (1, b, _when(under, a, b))]


def _when(op: str, a: Term, b: Term) -> Term:
    return App("indicator", (App(op, (a, b), sort="truth"),))


def fewer(members: list[Term]) -> list[Term] | None:
    """The factors of a product with one indicator replaced by its probability given the other variables; `None` where none can be."""
    for k, t in enumerate(members):
        if isinstance(t, App) and t.op == "indicator" and len(variables(t)) > 1:
            others = members[:k] + members[k + 1 :]
            made = given_others(t.args[0], others)
            if made is not None:
                return [*others, made]
    return None
