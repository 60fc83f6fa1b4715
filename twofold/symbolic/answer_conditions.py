"""The conditions of an answer: what was needed on the way, what the answer asks for and the question does not, each said once."""

from __future__ import annotations

from contextlib import suppress

import sympy as sp

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.goal import Goal
from twofold.catalogue.index import functions
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    FALSE,
    App,
    Array,
    Bound,
    Const,
    Num,
    Term,
    Var,
    free_symbols,
    is_numeric,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.domains import Atom, Domain, dropped, shortest
from twofold.symbolic.open_conditions import fails_somewhere
from twofold.symbolic.rational_forms import RationalFunction

_BINDERS = {"antiderivative": "integrate"}
_AREAS = frozenset(("calculus", "solving", "optimisation", "expressions"))
_SORTS = frozenset(("number", "tuple", "set", "answer"))
_FORMS = frozenset("simplify expand factor collect cancel apart partial_fractions trig_expand".split())
"""What writes a term in another form."""
_OF_ENTRIES = frozenset("det tr".split())
"""What may lose an entry of a matrix: the determinant of [x, 1; 1, 1/x] is 0 where x != 0."""
_RATIONAL_FORMS = frozenset("simplify expand factor collect cancel".split())
_COMPARED = ("gt", "ge", "lt", "le", "ne")
_MOST = 12
"""Conditions up to which those that follow from the others are looked for."""
_SECONDS = 0.3
"""Processor seconds for the proof that a condition follows from others."""
_ZEROS = range(-8, 9)
"""Zeros of a sine or cosine that conditions are tried at."""
_WHOLE = range(-15, 16)
"""Whole numbers at which conditions that leave some of them out are compared."""


def conditions(question: Term, value: Term, context: Context) -> list[Term]:
    """The conditions that were needed, those that another form has lost, and those that an answer shows by having no value where the question
    may have one: an antiderivative a^x/log(a) holds where a != 1. What follows from the others is left out.

    A rule that cannot read the terms changes nothing."""
    found = list(context.conditions)
    for rule in (_with_dropped, _with_lost_poles, _said_once, _with_gained, _without_assumed, _without_alternatives):
        if FALSE not in found:
            with suppress(*GIVES_UP):
                found = rule(question, value, found, context)
    return found if FALSE in found else list(map(plain, found))


def _with_dropped(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """What the term that was written in another form asks for, and the new form does not show."""
    if not isinstance(question, App) or question.op not in _FORMS | _OF_ENTRIES or question.shape or value.shape:
        return found
    written = question.args[0]
    if context.reading != "real" or question.op in _OF_ENTRIES and (not isinstance(written, Array) or is_numeric(written)):
        return found
    rational_function = None if question.op in _OF_ENTRIES else RationalFunction.of(written)
    if rational_function is not None and rational_function.shows_poles_of(written):
        return found
    c = converter((), context.assumptions, context.reading)
    return [*found, *dropped(c, written, value, context.assumptions)]


def _with_lost_poles(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """The poles of what was differentiated that do not show in the derivatives: the Laplacian of log(x^2 + y^2) is 0 where that is not 0."""
    differentiated = isinstance(question, App) and question.op == "curl"
    if context.reading != "real" or not (
        differentiated or any(isinstance(t, Bound) and t.op == "diff" for t in subterms(question))
    ):
        return found
    if any(s.shape or s.kind not in ("real", "integer") for s in free_symbols(question)):
        return found
    if any(isinstance(t, App) and t.op == "piecewise" for t in subterms(value)):
        return found
    c = converter((), context.assumptions, context.reading)
    asked, own = Domain(c).read(question), Domain(c).read(value)
    lost = {k: t for k, t in asked.beyond(own).items() if k[0] == "ne"}
    return [*found, *shortest(c, lost, context.assumptions)]


def _with_gained(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    return _without_whole(found, _gained(question, value, found, context), context)


def _without_alternatives(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Without alternatives that hold because others do: a != 1 or x != y where a != 1."""
    ways = {t: frozenset(_alternatives(t)) for t in found}
    return [t for t in found if not any(u != t and ways[u] < ways[t] for u in found)]


def _alternatives(t: Term) -> list[Term]:
    """The parts of nested disjunctions; what is none is its own part."""
    return [part for a in t.args for part in _alternatives(a)] if isinstance(t, App) and t.op == "or" else [t]


def _without_assumed(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Conditions without those that follow from what is assumed: h + r > 0 where 0 < h and h < r."""
    if not context.assumptions:
        return found
    return [t for t in found if not _is_proved(t, list(context.assumptions), context)]


def _gained(question: Term, value: Term, said: list[Term], context: Context) -> list[Term]:
    """What an answer of calculus asks of names that stay free, beyond its conditions and what the question asks for."""
    op = question.op if isinstance(question, App | Bound) else ""
    spec = functions().get(_BINDERS.get(op, op))
    if spec is None or spec.area not in _AREAS or value.sort not in _SORTS:
        return []
    if not isinstance(value, App) or any(s.kind not in ("real", "integer", "complex") for s in free_symbols(value)):
        return []
    if isinstance(question, App) and question.op in _RATIONAL_FORMS and RationalFunction.of(question.args[0]) is not None:
        return []  # Another form has no other poles.
    parts = [p for t in said for p in conjuncts(t) if isinstance(p, App) and _is_compared(p)]
    variable = question.symbols[0].name if isinstance(question, Bound) and op == "antiderivative" else None
    c = converter((), (*context.assumptions, *parts), context.reading)
    own, asked = Domain(c).read(value), _asked(question, c)
    for t in parts:
        asked.compared(t)
    if not own.impossible and not own.beyond(asked) and not _norms(value, variable, context):
        return []
    c = converter((), (*context.assumptions, *parts, *_asked(question, c).atoms.values()), context.reading)
    own, asked = Domain(c).read(value), _asked(question, c)
    if own.impossible:
        return []
    for t in parts:
        asked.compared(t)
    inside = (
        {variable}
        if spec.area == "calculus" and op not in ("taylor", "series")
        else {s.name for s in free_symbols(value)} - _given_names(question)
    )
    beyond: dict[Atom, Term] = {}
    for (way, key), t in own.beyond(asked).items():
        if not inside & {s.name for s in free_symbols(t)}:
            positive = way == "ne" and isinstance(t, App) and ("ge", key) in asked.atoms
            beyond["gt" if positive else way, key] = App("gt", t.args, (), "truth") if positive and isinstance(t, App) else t
    known, out = [*said, *asked.atoms.values()], list[Term]()
    found = _without_sizes(c, shortest(c, beyond, (*context.assumptions, *said)))
    for t in [*found, *_norms(value, variable, context)]:
        if any(isinstance(u, Const) and u.name == "im" for u in subterms(t)) or _is_left_out(t, said, context):
            continue
        if not _is_between_zeros(t, said, context) and not _is_proved(t, [*known, *out], context):
            out.append(t)
    return out


def _given_names(question: Term) -> set[str]:
    """The names of a question that an answer may ask something of: not the unknowns, nor constants of integration."""
    names = {s.name for s in free_symbols(question)}
    if not isinstance(question, App):
        return names
    unknowns = question.args[1:2]
    return names - {s.name for t in unknowns for s in free_symbols(t)}


def _without_sizes(c: Converter, found: list[Term]) -> list[Term]:
    """Conditions with u != 0 for abs(u) > 0, each once."""
    sizes = [t for t in found if isinstance(t, App) and t.op == "gt" and isinstance(t.args[0], App) and t.args[0].op == "abs"]
    if not sizes:
        return found
    domain, others = Domain(c), [t for t in found if t not in sizes]
    for t in others:
        if isinstance(t, App) and _is_compared(t):
            domain.compared(t)
    before = set(domain.atoms)
    for t in sizes:
        if not domain.compared(App("ne", (*t.args[0].args, num(0)), (), "truth")):  # type: ignore[attr-defined]
            others.append(t)
    return [*others, *(t for k, t in domain.atoms.items() if k not in before)]


def _is_left_out(t: Term, said: list[Term], context: Context) -> bool:
    """Whether a condition fails where a linear function of a name is 0, so that this need not be said to be different from 0."""
    if not (isinstance(t, App) and t.op == "ne" and said):
        return False
    gap = lower(t.args[0], context) - lower(t.args[1], context)
    for s in sorted(gap.free_symbols, key=str):
        if not gap.is_polynomial(s) or sp.degree(gap, s) != 1 or not gap.coeff(s, 1).is_number:
            continue
        zero = -gap.coeff(s, 0) / gap.coeff(s, 1)
        return any(lower(c, context).subs(s, zero) == sp.false for c in said)
    return False


def _is_between_zeros(t: Term, said: list[Term], context: Context) -> bool:
    """Whether conditions leave out the zeros of a sine or cosine in one name: cos(a) != 0 where abs(a) < pi/2."""
    if not (isinstance(t, App) and t.op == "ne" and said and len(free_symbols(t)) == 1):
        return False
    a = lower(var(free_symbols(t)[0]), context)
    wave = lower(t.args[0], context) - lower(t.args[1], context)
    wave = wave.args[0] if isinstance(wave, sp.Abs) else wave
    if not isinstance(wave, (sp.sin, sp.cos)) or sp.degree(wave.args[0], a) != 1:
        return False
    first = sp.pi / 2 if isinstance(wave, sp.cos) else sp.S.Zero
    u = sp.Poly(wave.args[0], a)
    places = [(first + k * sp.pi - u.nth(0)) / u.nth(1) for k in _ZEROS]
    facts = [lower(c, context) for c in (*said, *context.assumptions)]
    return all(any(f.subs(a, at) == sp.false for f in facts) for at in places)


def _norms(value: Term, variable: str | None, context: Context) -> list[Term]:
    """That x + sqrt(x^2 + a), whose logarithm is taken, is not 0 on half of the line: its product with x - sqrt(x^2 + a) is -a."""
    out: list[Term] = []
    for t in subterms(value):
        if variable is None or not (isinstance(t, App) and t.op == "log" and not t.shape):
            continue
        inner = lower(t.args[0], context)
        inner = inner.args[0] if isinstance(inner, sp.Abs) else inner
        roots = [r for r in inner.atoms(sp.Pow) if r.exp == sp.S.Half]
        if len(roots) != 1 or not any(s.name == variable for s in roots[0].free_symbols):
            continue
        norm = sp.expand(sp.expand(inner) * sp.expand(inner).xreplace({roots[0]: -roots[0]}))
        if norm.free_symbols and norm.is_polynomial() and not any(s.name == variable for s in norm.free_symbols):
            out += [App("ne", (lift(g, context), num(0)), (), "truth") for g, _ in sp.factor_list(norm)[1]]
    return out


def _without_whole(said: list[Term], gained: list[Term], context: Context) -> list[Term]:
    """Conditions that leave out whole numbers of one name alone (poles of gamma functions, zeros of sin(pi*a)) without those that leave out
    no more of them than the others do."""
    out, left_out = [*said, *gained], dict[Term, set[int]]()
    whole = [t for t in out if _is_periodic(t, context)]
    names = {s for t in whole for s in free_symbols(t)}
    if not gained or len(names) != 1:
        return out
    a = names.pop()
    for t in out:
        if free_symbols(t) == [a]:
            left_out[t] = {k for k in _WHOLE if lower(substitute(t, {a: num(k)}), context) == sp.false}
    for t in sorted(
        (t for t in left_out if t in whole or _leaves_out_one(t)),
        key=lambda t: (isinstance(t, App) and t.op != "or", t not in gained),
    ):
        others = set[int]().union(*(found for u, found in left_out.items() if u != t))
        if left_out[t] <= others:
            del left_out[t]
            out.remove(t)
    return out


def _is_periodic(t: Term, context: Context) -> bool:
    """Whether a condition can only fail where its one name is a whole number, by a floor of that or the sine of pi times it."""
    if not (isinstance(t, App) and t.op in ("or", "ne")) or len(free_symbols(t)) != 1:
        return False
    a, told = lower(var(free_symbols(t)[0]), context), False
    for u in subterms(t):
        if not isinstance(u, App) or u.op not in ("floor", "sin"):
            continue
        inner = lower(u.args[0], context)
        if not ((inner - a).is_Integer if u.op == "floor" else inner in (sp.pi * a, -sp.pi * a)):
            return False
        told = True
    return told


def _leaves_out_one(t: Term) -> bool:
    """Whether a condition leaves out one whole number."""
    if not (isinstance(t, App) and t.op == "ne" and isinstance(t.args[0], Var) and isinstance(t.args[1], Num)):
        return False
    return t.args[1].value.denominator == 1


def _asked(question: Term, c: Converter) -> Domain:
    """What a question asks for, also inside what is differentiated, integrated or summed."""
    domain = Domain(c).read(question)
    for t in subterms(question):
        if isinstance(t, Bound):
            domain.read(t.body)
    return domain


def _is_proved(t: Term, known: list[Term], context: Context) -> bool:
    """Whether a condition follows from others."""
    from twofold.symbolic.equations.decide import proves

    if not known or any(s.kind not in ("real", "integer") for u in (t, *known) for s in free_symbols(u)):
        return False
    if fails_somewhere(t, [*known, *context.assumptions], context):
        return False
    return bool(within(_SECONDS, proves, Goal("=>", together(known), t, context.assumptions, "real"), context))


def _said_once(question: Term, value: Term, found: list[Term], context: Context) -> list[Term]:
    """Conditions without those that follow from the others by signs and factors; as they are where none does."""
    parts = list(dict.fromkeys(p for t in found for p in conjuncts(t)))
    compared = [t for t in parts if _is_compared(t)]
    as_they_are = list(found) if sum(len(conjuncts(t)) for t in found) == len(parts) else parts
    if not 1 < len(parts) <= _MOST or not compared:
        return as_they_are
    c = converter((), context.assumptions, context.reading)
    domain, kept = Domain(c), []
    for t in parts:
        if t not in compared or not domain.compared(t):
            kept.append(t)
    if domain.impossible:
        return as_they_are
    made = shortest(c, _by_factors(domain), context.assumptions)
    if len(made) + len(kept) >= len(parts):
        return as_they_are
    return [*made, *kept]


def _by_factors(domain: Domain) -> dict[Atom, Term]:
    """a >= 0, b >= 0 and a*b > 0 as a > 0 and b > 0; a > 0 and a*b > 0 as a > 0 and b > 0."""
    out = dict(domain.atoms)
    for atom in [k for k in domain.atoms if k[0] == "gt"]:
        c, m, factors = P.factors(dict(atom[1]))  # type: ignore[call-overload]
        single = [{((g, 1),): c / c} for g, _ in m] + [p for p, _ in factors]
        rest = [p for p in single if ("gt", frozenset(p.items())) not in out]
        at_least = [("ge", frozenset(p.items())) for p in rest]
        if c < 0 or len(single) < 2 or not all(k in out for k in at_least) and len(rest) != 1:
            continue
        del out[atom]
        for p, k in zip(rest, at_least, strict=True):
            shown = out.pop(k, None)
            if isinstance(shown, App):
                out["gt", k[1]] = app({"ge": "gt", "le": "lt"}.get(shown.op, shown.op), *shown.args)
            else:
                domain.positive(p)
                out |= {a: t for a, t in domain.atoms.items() if a == k or a == ("gt", k[1])}
    return out


def _is_compared(t: Term) -> bool:
    return isinstance(t, App) and t.op in _COMPARED and all(not a.shape and a.sort == "number" for a in t.args)


__all__ = ["conditions"]
