"""Maximum likelihood for samples of any size: elimination of the score equations over opaque sums.

A parameter that appears in an end of the support is estimated by the extreme observation where the likelihood is monotone in it; one that only
appears as the centre of absolute deviations by the median; the others by solving the score equations one at a time, linear ones first. What has no
solution in closed form stays as an equation.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Bound, Const, Symbol, Term, Var, free_symbols, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import spend
from twofold.symbolic.inference.observations import Observations, log_likelihood, observations, restored
from twofold.symbolic.inference.statistics import Sums, centred
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.laws import spec_of, support
from twofold.symbolic.probability.reading import Reader
from twofold.symbolic.work import carry_out


@dataclass(slots=True)
class Estimate:
    """Parameters with their values in terms of the sums, in the order found; `equations` are left for `open` parameters."""

    found: dict[Symbol, Term] = field(default_factory=dict)
    open: list[Symbol] = field(default_factory=list)
    equations: list[Term] = field(default_factory=list)


def mle(context: Context, what: Term, *rest: Term) -> Term:
    """Estimates as equations `(mu == …, sigma == …)`; where no closed form exists, the reduced likelihood equation stands for a parameter."""
    seen = observations(what, rest, what.span)
    sums = Sums(seen.size)
    reader = Reader(_in_domain(seen, context))
    body = sums.hide(log_likelihood(seen, reader).term())
    estimate = maximise(body, seen, sums, reader.context)
    rows = [_equation(s, estimate, seen, sums, context) for s in seen.unknown if s in estimate.found]
    for equation in estimate.equations:
        rows.append(App("eq", (_presented(equation, seen, sums, context, _numerator), ZERO), sort="truth"))
        names = ", ".join(s.name for s in estimate.open)
        context.note(f"no closed form for {names}: the likelihood equation is shown")
    if estimate.equations and seen.explicit:
        _say_numbers(estimate, seen, sums, context)
    if not rows:
        raise NoClosedForm("no likelihood equation could be solved")
    if len(rows) == 1:
        return App(rows[0].op, rows[0].args, (), "answer")
    return App("tuple", tuple(rows), (), "tuple")


def _say_numbers(estimate: Estimate, seen: Observations, sums: Sums, context: Context) -> None:
    """Notes the numbers that solve the equations that are left, where a root is found."""
    names = [symbol_for(s, context) for s in estimate.open]
    equations = [lower(_presented(q, seen, sums, context, _numerator), context) for q in estimate.equations]
    if len(equations) != len(names) or any(e.free_symbols - set(names) for e in equations):
        return
    for start in (1, 2, Fraction(1, 2), 5, Fraction(1, 5), 20):
        try:
            roots = sp.nsolve(equations, names, [sp.Rational(start)] * len(names), dict=True, prec=context.digits + 5)
        except (ValueError, ZeroDivisionError, TypeError, OverflowError):
            continue
        root = roots[0]
        if all(r.is_real and (not x.is_positive or r > 0) for x, r in root.items()):
            closed = {s: lower(_presented(v, seen, sums, context), context).subs(root) for s, v in estimate.found.items()}
            values = {**{s: root[symbol_for(s, context)] for s in estimate.open}, **closed}
            shown = ", ".join(f"{s.name} = {sp.N(values[s], context.digits)}" for s in seen.unknown if s in values)
            context.note(f"numerically {shown}")
            return


def _in_domain(seen: Observations, context: Context) -> Context:
    """The context with the domains of the law's parameters as facts."""
    spec = spec_of(seen.law)
    if spec is None:
        raise NoClosedForm("the law has no declared parameters")
    assert isinstance(seen.law, App)
    known = {p.name: a for p, a in zip(spec.parameters, seen.law.args, strict=True)}
    facts = [formula(p.domain, known) for p in spec.parameters if p.domain != "true"]
    return context.given(*map(_interior, facts))


def _interior(fact: Term) -> Term:
    """A domain without its ends: an estimate at an end has no score equation."""
    return transform(fact, lambda t: App(_STRICT[t.op], t.args, sort="truth") if isinstance(t, App) and t.op in _STRICT else None)


_STRICT = {"le": "lt", "ge": "gt"}


def maximise(body: Term, seen: Observations, sums: Sums, context: Context) -> Estimate:
    """Solves for the unknown parameters of a log-likelihood over hidden sums."""
    out = Estimate()
    left = list(seen.unknown)
    body = _boundaries(body, left, seen, sums, out, context)
    body = _medians(body, left, sums, out)
    reader = Reader(context)
    equations = {s: reader.read(derivative(substitute(body, dict(sums.bodies)), s)) for s in left}
    hidden = {s: sums.hide(p.term()) for s, p in equations.items()}
    _eliminate(hidden, left, sums, out, context)
    return out


# --- boundaries and kinks ---


def _boundaries(body: Term, left: list[Symbol], seen: Observations, sums: Sums, out: Estimate, context: Context) -> Term:
    """Ends of the support that are parameters: the extreme observation, where the likelihood grows towards it."""
    reader = Reader(context)
    values: dict[Symbol, Term] = {}
    assert isinstance(seen.data, Var)
    for end, extreme, sign in zip(support(seen.law), ("min", "max"), (1, -1), strict=True):
        for s in [s for s in left if any(isinstance(t, Var) and t.symbol is s for t in subterms(end))]:
            slope = signs.enclose(reader.read(derivative(body, s)).term(), context)
            if end != var(s) or not (slope.positive if sign > 0 else slope.negative):
                raise NoClosedForm(f"the support moves with {s.name} in a way that has no rule")
            values[s] = var(sums.stand_in(App(extreme, (seen.data,)), seen.data.symbol))
            grows, which = ("grows", "smallest") if sign > 0 else ("falls", "largest")
            context.note(f"{s.name} is at the boundary: the likelihood {grows} in it, so it is the {which} observation")
    out.found.update(values)
    left[:] = [s for s in left if s not in values]
    return substitute(body, values)


def _medians(body: Term, left: list[Symbol], sums: Sums, out: Estimate) -> Term:
    """A parameter in sums of absolute deviations alone, with a negative factor: the median minimises them."""
    for s in list(left):
        mentions = [h for h in sums.bodies if sums.entangled(h, [s])]
        if len(mentions) != 1 or any(isinstance(t, Var) and t.symbol is s for t in subterms(body)):
            continue
        (h,) = mentions
        inside = sums.bodies[h].body
        if not (isinstance(inside, App) and inside.op == "abs"):
            continue
        gap = inside.args[0]
        entry = next((t for t in subterms(gap) if isinstance(t, App) and t.op == "index"), None)
        if entry is None or gap not in (
            App("sub", (entry, var(s))),
            App("sub", (var(s), entry)),
            App("add", (App("neg", (var(s),)), entry)),
        ):
            continue
        value = App("median", (entry.args[0],))
        assert isinstance(entry.args[0], Var)
        out.found[s] = var(sums.stand_in(value, entry.args[0].symbol))
        left.remove(s)
        sums.bodies[h] = Bound("sum", sums.bodies[h].symbols, App("abs", (App("sub", (entry, value)),)), sums.bodies[h].args)
    return body


# --- elimination ---


def _eliminate(equations: dict[Symbol, Term], left: list[Symbol], sums: Sums, out: Estimate, context: Context) -> None:
    """Solves one equation for one parameter at a time and puts the solution into the others."""
    lowered = {s: _numerator(lower(t, context)) for s, t in equations.items()}
    names = {s: symbol_for(s, context) for s in left}
    solved: list[tuple[Symbol, Any]] = []
    hidden = {h: symbol_for(h, context) for h in sums.bodies}
    entangled = {s: {hidden[h] for h in sums.bodies if sums.entangled(h, [s])} for s in left}
    progress = True
    while left and progress:
        progress = False
        for s, e in sorted(((s, e) for s in left for e in lowered), key=lambda p: _degree(lowered[p[1]], names[p[0]])):
            value = _solution(lowered[e], names[s], entangled[s], context)
            if value is None:
                continue
            left.remove(s)
            del lowered[e]
            solved.append((s, value))
            lowered = {k: _numerator(q.subs(names[s], value)) for k, q in lowered.items()}
            lowered = {k: q for k, q in lowered.items() if q != 0}
            progress = True
            break
    for k in range(len(solved) - 1, -1, -1):
        s, value = solved[k]
        for later, expression in solved[k + 1 :]:
            value = value.subs(names[later], expression)
        solved[k] = (s, value)
    for s, value in solved:
        out.found[s] = lift(sp.simplify(value) if sp.count_ops(value) < 200 else value, context)
    out.open = left
    out.equations = [lift(q, context) for q in lowered.values()]


def _numerator(e: Any) -> Any:
    """The equation without denominators and without factors that cannot vanish."""
    top = sp.numer(sp.together(sp.expand(e)))
    top = sp.factor_terms(sp.expand(top))
    kept = [
        f
        for f in sp.Mul.make_args(sp.factor(top) if sp.count_ops(top) < 300 else top)
        if not (f.is_positive or f.is_negative or f.is_nonzero)
    ]
    return sp.Mul(*kept) if kept else sp.Integer(0 if top == 0 else 1)


def _degree(e: Any, x: Any) -> int:
    if not e.has(x):
        return 99
    if e.is_polynomial(x):
        return int(sp.degree(e, x))
    return 50


def _solution(e: Any, x: Any, entangled: set[Any], context: Context) -> Any | None:
    """The root that a parameter may take, where there is exactly one."""
    if not e.has(x) or e.free_symbols & entangled:
        return None
    if e.is_polynomial(x) and sp.degree(e, x) == 1:
        poly = sp.Poly(e, x)
        return -poly.nth(0) / poly.nth(1)
    if e.is_polynomial(x) and sp.degree(e, x) == 2 and sp.Poly(e, x).nth(1) == 0:
        square = -sp.Poly(e, x).nth(0) / sp.Poly(e, x).nth(2)
        return sp.sqrt(sp.factor(square)) if x.is_positive else None
    if sp.count_ops(e) > 120:
        return None
    found = spend(context.effort, _solve, e, x)
    if not found:
        return None
    roots = [r for r in found if not (x.is_positive and r.is_negative)]
    return roots[0] if len(roots) == 1 and not roots[0].has(sp.I) else None


def _solve(e: Any, x: Any) -> list[Any]:
    try:
        return list(sp.solve(e, x))
    except (NotImplementedError, ValueError, TypeError, AttributeError):
        return []


# --- naming ---


def _equation(s: Symbol, estimate: Estimate, seen: Observations, sums: Sums, context: Context) -> Term:
    # Estimates from numbers have no free names: the parameter stands as a word.
    name = Const(s.name, (), "text") if seen.explicit else var(s)
    return App("eq", (name, _presented(estimate.found[s], seen, sums, context)), sort="truth")


def _presented(term: Term, seen: Observations, sums: Sums, context: Context, form: Callable[[Any], Any] | None = None) -> Term:
    """A value in means and centred sums, about the sample itself; exact numbers where there are data."""
    used = [h for h in sums.bodies if h in free_symbols(term) and not sums.entangled(h, seen.unknown)]
    change = centred(sums, used)
    term = substitute(term, change.forward)
    with contextlib.suppress(NoClosedForm):
        term = lift((form or _short)(lower(term, context)), context)
    for _ in range(3):
        term = sums.show(substitute(term, change.back))
    out = restored(term, seen)
    return carry_out(out, context) if seen.explicit else out


def _short(e: Any) -> Any:
    candidates = [e]
    for step in (sp.cancel, sp.factor, sp.simplify):
        try:
            candidates.append(step(e))
        except (sp.PolynomialError, NotImplementedError):
            continue
    return min(candidates, key=sp.count_ops)
