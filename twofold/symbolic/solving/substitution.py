"""Real systems in which equations give unknowns as functions of others: these are put in until one unknown is left, whose solutions are
proved to be all."""

from __future__ import annotations

from dataclasses import dataclass

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, num, substitute, vector
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.solving.completeness import ALL, complete
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.monotone_pieces import relation_spans
from twofold.symbolic.solving.places import Place
from twofold.symbolic.solving.real_sets import Pieces, pieces_of
from twofold.symbolic.solving.real_solutions import EACH, better, families, number, rounded, tidied


@dataclass(frozen=True, slots=True)
class Elimination:
    """`kept` is the unknown that is left, under `relation`; `given` are the others as terms in it."""

    kept: Symbol
    relation: Term
    given: dict[Symbol, Term]


def eliminated(relations: list[Term], unknowns: list[Symbol], context: Context, free: bool = False) -> Elimination:
    """The system with all unknowns but one put in. Raises `NotApplicable`, unless `free` also where the last one is free."""
    left, rest, given = list(unknowns), list(relations), dict[Symbol, Term]()
    while len(left) > 1:
        found = next(
            ((k, s, t) for k, r in enumerate(rest) for s in left if (t := _given(r, s, left, context)) is not None), None
        )
        if found is None:
            raise NotApplicable("no equation gives an unknown")
        k, s, (t, needed) = found
        rest = [substitute(r, {s: t}) for j, r in enumerate(rest) if j != k] + _declared(s, t) + needed
        given = {u: substitute(v, {s: t}) for u, v in given.items()} | {s: t}
        left.remove(s)
    if not rest and not free:
        raise NotApplicable("an unknown is free")
    return Elimination(left[0], together(rest), given)


def _given(relation: Term, s: Symbol, left: list[Symbol], context: Context) -> tuple[Term, list[Term]] | None:
    """The unknown from an equation that is linear in it, and the condition that its coefficient is not 0 (where it can be 0 in one
    other unknown alone, and then the equation does not hold)."""
    if not isinstance(relation, App) or relation.op != "eq" or s not in free_symbols(relation) or relation.args[0].shape:
        return None
    f = app("sub", *relation.args)
    try:
        slope = nth(f, s, 1)
        known = _constant(slope, context)
    except (NoClosedForm, NotApplicable):
        return None
    constant = substitute(f, {s: num(0)})
    if known is not None:
        if known.value == 0:
            return None
        return (app("div", app("neg", constant), known) if known.value != 1 else app("neg", constant)), []
    if s in free_symbols(slope):
        return None
    others = {t for t in (*free_symbols(slope), *free_symbols(constant)) if t in left}
    if len(others) != 1:
        return None
    both = App("and", (app("eq", slope, num(0)), app("eq", constant, num(0))), (), "truth")
    try:
        if relation_spans(both, others.pop(), context):
            return None
    except (NotApplicable, NoEnclosure):
        return None
    return app("div", app("neg", constant), slope), [app("ne", slope, num(0))]


def _constant(t: Term, context: Context) -> Num | None:
    from twofold.symbolic.equations.reading import Reading
    from twofold.symbolic.equations.ring import Restart, Ring

    if isinstance(t, Num):
        return t
    try:
        value = Reading(Ring(), context, "plain").scalar(t).value()
    except Restart:
        return None
    return None if value is None else Num(value)


def _declared(s: Symbol, t: Term) -> list[Term]:
    """What the declaration of an unknown says of the term that takes its place."""
    out: list[Term] = []
    for bound, above, strict in ((s.lower, True, s.open_lower), (s.upper, False, s.open_upper)):
        if bound is not None:
            out.append(app(("gt" if strict else "ge") if above else ("lt" if strict else "le"), t, bound))
    if "positive" in s.properties:
        out.append(app("gt", t, num(0)))
    if s.kind != "real" or s.properties - {"positive"}:
        raise NotApplicable("a declaration is not understood")
    return out


def solved(relations: list[Term], unknowns: list[Symbol], context: Context) -> Term:
    """All real solutions of a system as a set of vectors. Raises `NotApplicable`."""
    problem = eliminated(relations, unknowns, context)
    x = problem.kept
    try:
        parts: list[Pieces] | None = pieces_of(problem.relation, x, context)
    except (NotApplicable, NoEnclosure):
        parts = None
    if parts is not None and any(p.period is not None for p in parts):
        return _periodic(parts, problem, unknowns, context)
    spans = [better(s, problem.relation, x, context) for s in relation_spans(problem.relation, x, context)]
    if not all(s.single for s in spans):
        raise NotApplicable("the solutions are no single points")
    points = [vector(tuple(_entry(s, p.low, problem, context) for s in unknowns)) for p in spans if p.low is not None]
    context.note(complete(len(points)))
    return App("set", tuple(points), (), "set")


def _entry(s: Symbol, p: Place, problem: Elimination, context: Context) -> Term:
    if s is problem.kept:
        return number(p, context)
    if p.term is not None:
        return tidied(substitute(problem.given[s], {problem.kept: p.term}), context)
    curve = Curve(problem.given[s], problem.kept, context, 0)

    def enclosure(bits: int):  # type: ignore[no-untyped-def]
        found = curve.at(p.enclosure(bits + 32))
        if found is None:
            raise NotApplicable("a value cannot be enclosed")
        return found

    return rounded(Place(enclosure), context)


def _periodic(parts: list[Pieces], problem: Elimination, unknowns: list[Symbol], context: Context) -> Term:
    points: list[Term] = []
    name = "k"
    for part in parts:
        if part.period is None or not all(p.single for p in part.pieces):
            raise NotApplicable("the solutions are no single points")
        members, name = families(part, list(part.pieces), [problem.relation, *problem.given.values()], context)
        for m in members:
            entries = [
                m if s is problem.kept else tidied(substitute(problem.given[s], {problem.kept: m}), context) for s in unknowns
            ]
            points.append(vector(tuple(entries)))
    context.note(EACH.format(name))
    context.note(ALL)
    return App("set", tuple(dict.fromkeys(points)), (), "set")


__all__ = ["Elimination", "eliminated", "solved"]
