"""What an answer asks of its names by its form, and the question does not: an antiderivative a^x/log(a) has no value where a == 1."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.index import functions
from twofold.grammar.term import App, Bound, Const, Term, free_symbols, num, subterms, var
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.definite_quadratics import has_no_zero
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.normal import Converter, converter
from twofold.symbolic.normal.compared_domains import shortest
from twofold.symbolic.normal.conditions import Atom
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.open_conditions import is_proved
from twofold.symbolic.rational_forms import RationalFunction

_BINDERS = {"antiderivative": "integrate"}
_AREAS = frozenset(("calculus", "solving", "optimisation", "expressions"))
_SORTS = frozenset(("number", "tuple", "set", "answer"))
_RATIONAL_FORMS = frozenset("simplify expand factor collect cancel".split())
_ZEROS = range(-8, 9)
"""Zeros of a sine or cosine that conditions are tried at."""
_COMPARED = ("gt", "ge", "lt", "le", "ne")


def gained(question: Term, value: Term, said: list[Term], context: Context) -> list[Term]:
    """What an answer of calculus asks of names that stay free, beyond its conditions and what the question asks for."""
    op = question.op if isinstance(question, App | Bound) else ""
    spec = functions().get(_BINDERS.get(op, op))
    if spec is None or spec.area not in _AREAS or value.sort not in _SORTS:
        return []
    if not isinstance(value, App) or any(s.kind not in ("real", "integer", "complex") for s in free_symbols(value)):
        return []
    if isinstance(question, App) and question.op in _RATIONAL_FORMS and RationalFunction.of(question.args[0]) is not None:
        return []  # Another form has no other poles.
    variable = question.symbols[0].name if isinstance(question, Bound) and op == "antiderivative" else None
    names = {s.name for s in free_symbols(value)}
    inside = {variable} if spec.area == "calculus" and op not in ("taylor", "series") else names - _given_names(question)
    if names <= inside:
        return []
    parts = [p for t in said for p in conjuncts(t) if isinstance(p, App) and is_compared(p)]
    c = converter((), (*context.assumptions, *parts), context.reading)
    own, norms = Domain(c).read(value), _norms(value, variable, context)
    if not own.impossible and not norms:
        if not own.atoms:
            return []
        asked = _asked(question, c)
        for t in parts:
            asked.compared(t)
        if not own.beyond(asked):
            return []
    c = converter((), (*context.assumptions, *parts, *_asked(question, c).atoms.values()), context.reading)
    own, asked = Domain(c).read(value), _asked(question, c)
    if own.impossible:
        return []
    for t in parts:
        asked.compared(t)
    beyond: dict[Atom, Term] = {}
    for (way, key), t in own.beyond(asked).items():
        if not inside & {s.name for s in free_symbols(t)}:
            positive = way == "ne" and isinstance(t, App) and ("ge", key) in asked.atoms
            beyond["gt" if positive else way, key] = App("gt", t.args, (), "truth") if positive and isinstance(t, App) else t
    known, out = [*said, *asked.atoms.values()], list[Term]()
    found = _without_sizes(c, shortest(c, beyond, (*context.assumptions, *said)))
    for t in [*found, *norms]:
        if any(isinstance(u, Const) and u.name == "im" for u in subterms(t)) or _is_left_out(t, said, context):
            continue
        if not free_symbols(t) or _is_apart(t, context):
            continue
        if not _is_between_zeros(t, said, context) and not is_proved(t, [*known, *out], context):
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
        if isinstance(t, App) and is_compared(t):
            domain.compared(t)
    before = set(domain.atoms)
    for t in sizes:
        if not domain.compared(App("ne", (*t.args[0].args, num(0)), (), "truth")):  # type: ignore[attr-defined]
            others.append(t)
    return [*others, *(t for k, t in domain.atoms.items() if k not in before)]


def _is_apart(t: Term, context: Context) -> bool:
    """Whether a condition is that a quadratic polynomial with real values is not 0, which it never is."""
    if not (isinstance(t, App) and t.op == "ne") or any(s.kind not in ("real", "integer") or s.shape for s in free_symbols(t)):
        return False
    return has_no_zero(lower(t.args[0], context) - lower(t.args[1], context))


def _is_left_out(t: Term, said: list[Term], context: Context) -> bool:
    """Whether a condition fails where a linear function of a name is 0, so that this need not be said to be different from 0."""
    if not (isinstance(t, App) and t.op == "ne" and said):
        return False
    gap = lower(t.args[0], context) - lower(t.args[1], context)
    for s in sorted(gap.free_symbols, key=str):
        if not gap.is_polynomial(s) or sp.degree(gap, s) != 1 or not gap.coeff(s, 1).is_number:
            continue
        zero = -gap.coeff(s, 0) / gap.coeff(s, 1)
        return any(attempt(lower(c, context).subs, s, zero) == sp.false for c in said)
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


def _asked(question: Term, c: Converter) -> Domain:
    """What a question asks for, also inside what is differentiated, integrated or summed."""
    domain = Domain(c).read(question)
    for t in subterms(question):
        if isinstance(t, Bound):
            domain.read(t.body)
    return domain


def is_compared(t: Term) -> bool:
    """Whether a condition compares two numbers."""
    return isinstance(t, App) and t.op in _COMPARED and all(not a.shape and a.sort == "number" for a in t.args)
