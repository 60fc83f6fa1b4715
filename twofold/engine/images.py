"""Inequalities said in another way: log(A) >= B is A >= exp(B), products of powers are compared by their logarithms, whole numbers without floors, and a
name that an assumption gives by the others is put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twofold.catalogue.bounds import declared
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.catalogue.summands import summands
from twofold.grammar.term import OO, App, Array, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, substitute, subterms
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.domains import UNREAD, Domain


def image(goal: Goal) -> Goal | None:
    """A claim that says the same wherever both sides of this one have values; `None` where there is no other way to say it."""
    if goal.relation not in ("<", "<=", ">", ">=") or goal.reading != "real" or goal.left.shape or goal.right.shape:
        return None
    return _of_whole_numbers(goal) or _without_name(goal) or _of_logarithm(goal) or _of_powers(goal)


def _of_logarithm(goal: Goal) -> Goal | None:
    """log(A) >= B as A >= exp(B)."""
    sides = (goal.left, goal.right)
    if not any(_is(t, "log") for t in sides):
        return None
    left, right = (t.args[0] if _is(t, "log") else app("exp", t) for t in sides)  # type: ignore[attr-defined]
    return replace(goal, left=left, right=right)


def _of_powers(goal: Goal) -> Goal | None:
    """Products of powers of what is positive, by their logarithms."""
    sides = (goal.left, goal.right)
    if not any(_has_power(t) for t in sides):
        return None
    try:
        c = converter(sides, goal.assumptions)
        left, right = (_logarithm(c, t) for t in sides)
    except GIVES_UP:
        return None
    return None if left is None or right is None else replace(goal, left=left, right=right)


def _of_whole_numbers(goal: Goal) -> Goal | None:
    """A <= floor(B) as A <= B, floor(B) <= A as B < A + 1, and the same for the ceiling, where A takes whole values."""
    below, above = (goal.left, goal.right) if goal.relation in ("<", "<=") else (goal.right, goal.left)
    if goal.relation in ("<", ">"):
        return None
    if _is(above, "floor") and _is_whole(below):
        return replace(goal, relation="<=", left=below, right=above.args[0])  # type: ignore[attr-defined]
    if _is(below, "ceil") and _is_whole(above):
        return replace(goal, relation="<=", left=below.args[0], right=above)  # type: ignore[attr-defined]
    if _is(below, "floor") and _is_whole(above):
        return replace(goal, relation="<", left=below.args[0], right=app("add", above, num(1)))  # type: ignore[attr-defined]
    if _is(above, "ceil") and _is_whole(below):
        return replace(goal, relation="<", left=app("sub", below, num(1)), right=above.args[0])  # type: ignore[attr-defined]
    return None


def _is_whole(t: Term) -> bool:
    if isinstance(t, Num):
        return t.value.denominator == 1
    if isinstance(t, Var):
        return not t.shape and (t.symbol.kind == "integer" or t.symbol.size)
    if not isinstance(t, App) or t.shape:
        return False
    return t.op in ("floor", "ceil") or t.op in ("add", "sub", "mul", "neg") and all(map(_is_whole, t.args))


def without_given(goal: Goal) -> tuple[Goal, Symbol, Term] | None:
    """The claim with a name put in that is given by what is not rational (a + b + c == pi), since no point could be drawn; by a number; or that stands
    in a function or under a binder, where equations between polynomials do not reach (sin(a*x) given a == 2*b)."""
    if not goal.assumptions:
        return None
    inside = {
        s
        for side in (goal.left, goal.right)
        for t in subterms(side)
        if not isinstance(t, Num | Var | Const | Array) and not _is_plain(t)
        for s in free_symbols(t)
    }
    return _put_in(
        goal,
        lambda gap, s: (
            s in inside or free_symbols(gap) == [s] or not all(isinstance(t, Num | Var) or _is_plain(t) for t in subterms(gap))
        ),
    )


def _is_plain(t: Term) -> bool:
    if not isinstance(t, App) or t.op not in ("add", "sub", "neg", "mul", "div", "pow"):
        return False
    return t.op != "pow" or isinstance(t.args[1], Num)


def _without_name(goal: Goal) -> Goal | None:
    """The claim with a name put in that an equation among the assumptions gives by the others: p + q == 1 makes q 1 - p."""
    found = _put_in(goal, lambda gap, s: True)
    return None if found is None else found[0]


def _put_in(goal: Goal, wanted: Callable[[Term, Symbol], bool]) -> tuple[Goal, Symbol, Term] | None:
    """The claim without a name that an equation of a kind gives, the name and its value. That it has one is assumed from there on."""
    for fact in goal.assumptions:
        if not isinstance(fact, App) or fact.op != "eq" or any(a.shape or a.sort != "number" for a in fact.args):
            continue
        gap = app("sub", *fact.args)
        names = free_symbols(gap)[::-1]
        names.sort(key=lambda s: Var(s) not in fact.args)
        for s in names:
            if s.law is not None or s.shape or not wanted(gap, s):
                continue
            value = _given_by(gap, s)
            if value is None or s.kind != "real" and not (s.kind == "integer" and _is_whole(value)):
                continue
            defined = _is_defined(value, goal)
            if defined is None:
                continue
            put = {s: value}
            facts = [*defined, *(substitute(a, put) for a in goal.assumptions if a is not fact)]
            facts += [substitute(t, put) for t in declared(s, value)]
            left, right = (substitute(t, put) for t in (goal.left, goal.right))
            return replace(goal, left=left, right=right, assumptions=tuple(facts)), s, value
    return None


def _is_defined(value: Term, goal: Goal) -> list[Term] | None:
    """What says that a term has a value, for exact methods and for points; `None` where not all of it can be said."""
    parts = list(subterms(value))
    if all(isinstance(t, Num | Var) or isinstance(t, App) and t.op in _EVERYWHERE for t in parts):
        return []
    if any(isinstance(t, Bound) or isinstance(t, App) and t.op in UNREAD for t in parts):
        return None
    try:
        domain = Domain(converter((), goal.assumptions, goal.reading)).read(value)
    except GIVES_UP:
        return None
    if domain.unread or domain.impossible:
        return None
    return [*domain.atoms.values(), *([app("lt", value, OO)] if free_symbols(value) else [])]


_EVERYWHERE = frozenset("add sub neg mul".split())


def _given_by(gap: Term, s: Symbol) -> Term | None:
    """The value of a name that makes a sum 0 in which it stands once, alone."""
    terms = list(summands(gap, 1))
    alone = [sign for sign, t in terms if t == Var(s)]
    if len(alone) != 1 or any(s in free_symbols(t) for _, t in terms if t != Var(s)):
        return None
    rest = [(sign != alone[0], t) for sign, t in terms if t != Var(s) and t != num(0)]
    out: Term | None = None
    for positive, t in sorted(rest, key=lambda r: not r[0]):
        out = (t if positive else app("neg", t)) if out is None else app("add" if positive else "sub", out, t)
    return num(0) if out is None else out


def _is(t: Term, op: str) -> bool:
    return isinstance(t, App) and t.op == op and len(t.args) == 1


def _has_power(t: Term) -> bool:
    """Whether a side is an exponential or a power with an exponent that is not a number, or a product with one."""
    if not isinstance(t, App):
        return False
    if t.op == "exp" or t.op == "pow" and not isinstance(t.args[1], Num):
        return True
    return t.op in ("mul", "div") and any(map(_has_power, t.args))


def _logarithm(c: Converter, t: Term) -> Term | None:
    """The logarithm of a term, taken apart; `None` where a factor is not known to be positive."""
    if isinstance(t, App):
        if t.op == "exp":
            return t.args[0]
        if t.op == "pow":
            base = _logarithm(c, t.args[0])
            return None if base is None else app("mul", t.args[1], base)
        if t.op == "sqrt":
            inside = _logarithm(c, t.args[0])
            return None if inside is None else app("div", inside, num(2))
        if t.op in ("mul", "div"):
            parts = [_logarithm(c, a) for a in t.args]
            if parts[0] is None or parts[1] is None:
                return None
            return app("add" if t.op == "mul" else "sub", parts[0], parts[1])
    if t == Const("e"):
        return num(1)
    if t == num(1):
        return num(0)
    return app("log", t) if sign_of(c, c(t)) == "+" else None
