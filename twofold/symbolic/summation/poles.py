"""That no term of a sum or product has a pole: its denominators' zeros, at places that names move, are no whole numbers of the range."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import either
from twofold.catalogue.constants import rational
from twofold.grammar.term import FALSE, OO, App, Bound, Num, Symbol, Term, children, substitute, subterms, var
from twofold.symbolic.arithmetic import minus, negate, over
from twofold.symbolic.normal import GIVES_UP, Converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.summation.index import Index, NoRule


@dataclass(frozen=True)
class Family:
    """Poles where one of k + first, k + first + 1, …, k + first + steps is 0."""

    first: Element
    steps: int


def families(c: Converter, t: Bound) -> list[Family]:
    """The linear factors in the index below the terms as they are written, up to what stands before the index. Raises `NoRule`."""
    x = Index(c, t.body, Symbol(t.symbols[0].name, "integer", lower=t.args[0]), c(t.args[0]))
    body = substitute(t.body, {t.symbols[0]: var(x.symbol)})
    found: list[Element] = []
    for below in _denominators(body):
        for p, _ in x.factors(x.row(x.of(below).num)):
            u = c.field.div(p[0], p[1]) if len(p) == 2 else None
            if u is not None and not any(c.field.equal(u, v) for v in found):
                found.append(u)
    out: list[Family] = []
    while found:
        together = [(Fraction(0), found.pop())]
        for u in list(found):
            gap = c.field.sub(u, together[0][1]).rational()
            if gap is not None and gap.denominator == 1 and abs(gap) <= _FAR:
                found.remove(u)
                together.append((gap, u))
        together.sort(key=lambda p: p[0])
        out.append(Family(together[0][1], int(together[-1][0] - together[0][0])))
    return out


_FAR = 12
"""Whole distances between factors up to which their poles count as one range."""


def _denominators(body: Term) -> list[Term]:
    out = []
    for t in subterms(body):
        if isinstance(t, App) and t.op == "div" and not t.shape:
            out.append(t.args[1])
        elif isinstance(t, App) and t.op == "pow" and not t.shape and (r := rational(t.args[1])) is not None and r < 0:
            out.append(t.args[0])
    return out


def outside(c: Converter, t: Bound, family: Family, written: Callable[[Term], Term]) -> Term | None:
    """The condition that a family of poles does not meet the range; `None` where that is known, false where it does."""
    f, (low, high) = c.field, t.args
    u, steps = family.first, Num(Fraction(family.steps))
    known = u.rational()
    start = c(low)
    begin = rational(low)
    if known is not None and (begin is not None or known.denominator != 1):
        poles = [-known - j for j in range(family.steps + 1)] if known.denominator == 1 and begin is not None else []
        met = min((p for p in poles if begin is not None and p >= begin), default=None)
        return None if met is None else FALSE if high == OO else App("lt", (high, Num(met)), (), "truth")
    if _sign(c, f.add(u, start)) == "+":
        return None
    if high != OO and _sign(c, f.add(f.add(u, c(high)), f.number(family.steps))) == "-":
        return None
    if known is not None:
        above = App("gt", (low, Num(-known)), (), "truth")
        return above if high == OO else either([above, App("lt", (high, Num(-known - family.steps)), (), "truth")])
    subject, scale, shift = _linear(c, u)
    bounds = [negate(low)] if high == OO else [negate(low), minus(negate(high), steps)]
    parts: list[Term] = []
    if not all(v.denominator == 1 and (not m or c.is_integer(m)) for m, v in _coefficients(u)):
        rest = u if shift.denominator > 1 else f.sub(u, f.number(shift))
        turn = scale.denominator if scale > 0 else -scale.denominator
        whole = over(raised(c, f.mul(rest, f.number(turn))), Num(Fraction(scale.denominator)))
        parts.append(App("ne", (App("floor", (whole,)), whole), (), "truth"))
    for op, bound in zip(("gt", "lt"), bounds, strict=False):
        end = written(raised(c, f.mul(f.sub(c(bound), f.number(shift)), f.number(1 / scale))))
        parts.append(App(op if scale > 0 else MIRRORED[op], (subject, end), (), "truth"))
    return either(parts)


def _coefficients(u: Element) -> Iterable[tuple[tuple, Fraction]]:  # type: ignore[type-arg]
    if len(u.den) > 1:
        return [((), Fraction(1, 2))]
    return [(m, Fraction(int(v.p), int(v.q))) for m, v in u.num.items()]


def _linear(c: Converter, u: Element) -> tuple[Term, Fraction, Fraction]:
    """u = scale*subject + shift, the subject without rational factor and term where it is one name."""
    rows = dict(_coefficients(u))
    shift = rows.pop((), Fraction(0)) if len(u.den) == 1 else Fraction(0)
    if len(u.den) > 1 or len(rows) != 1:
        return raised(c, c.field.sub(u, c.field.number(shift))), Fraction(1), shift
    ((mono, scale),) = rows.items()
    return raised(c, c.field.monomial(mono, fmpq(1))), scale, shift


def _sign(c: Converter, e: Element) -> str | None:
    return c.signs.of(e.num) if len(e.den) == 1 and e.num else None


def conditions(c: Converter, t: Bound, written: Callable[[Term], Term]) -> list[Term]:
    """What the names must be for every term to have a value, as far as linear factors below them tell."""
    try:
        made = [outside(c, t, family, written) for family in families(c, t)]
    except (NoRule, *GIVES_UP, ZeroDivisionError):
        return []
    return [m for m in made if m is not None]


def covered(c: Converter, t: Bound, apart: Term) -> bool:
    """Whether that a factor is not 0 follows from the conditions on the poles."""
    try:
        e = c(apart)
        ends = [c(a) for a in t.args if a != OO]
        for family in families(c, t):
            mono = next((m for m in family.first.num if m and m in e.num), None)
            if mono is None:
                continue
            scale = c.field.number(Fraction(str(family.first.num[mono] / e.num[mono])))
            gap = c.field.sub(c.field.mul(scale, e), family.first)
            if any((r := c.field.sub(gap, end).rational()) is not None and 0 <= r <= family.steps for end in ends):
                return True
    except (NoRule, *GIVES_UP, ZeroDivisionError):
        return False
    return False


def sides_apart(c: Converter, left: Term, right: Term, others: Iterable[Term]) -> list[Term]:
    """What one of two sides asks for so that no term of its sums and products has a pole and the other side does not, beside other conditions, of
    which those go that follow."""
    asked = [[(t, m) for t in _sums(side) for m in conditions(c, t, lambda e: e)] for side in (left, right)]
    shared = {m for _, m in asked[0]} & {m for _, m in asked[1]}
    more = {m: t for t, m in (*asked[0], *asked[1]) if m not in shared}
    kept = [
        t
        for t in others
        if not (isinstance(t, App) and t.op == "ne" and any(covered(c, s, minus(*t.args)) for s in more.values()))
    ]
    return [*kept, *more]


def _sums(t: Term) -> Iterable[Bound]:
    """The sums and products that a term has a value with only if they have one."""
    if isinstance(t, Bound):
        if t.op in ("sum", "prod") and len(t.symbols) == 1:
            yield t
    elif not (isinstance(t, App) and t.op in ("piecewise", "E", "Var", "Std", "Cov", "Corr", "P", "indicator")):
        for part in children(t):
            yield from _sums(part)
