"""The method of moments: mean and variance of the law are set equal to those of the data and solved for the parameters."""

from __future__ import annotations

import sympy as sp

from twofold.grammar.term import App, Bound, Const, Symbol, Term, num, substitute, var
from twofold.symbolic.arithmetic import minus, over, power
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.inference.observations import observations, restored
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.probability.questions import mean_of, moment_of, variance_of_any
from twofold.symbolic.work import carry_out


def mom(context: Context, what: Term, *rest: Term) -> Term:
    """Estimates by moments as equations; the variance of the data divides by n. Up to two unknown parameters."""
    seen = observations(what, rest, what.span)
    if len(seen.unknown) > 2:
        raise NoClosedForm("moments are matched for up to two parameters")
    if any(s is seen.place for a in getattr(seen.law, "args", ()) for s in _symbols(a)):
        raise NoClosedForm("the law changes from observation to observation")
    inner = context.given(*_domains(seen.law))
    low = Symbol("m")
    spread = Symbol("v", lower=num(0), open_lower=True)
    moments = [(mean_of(inner, seen.law), low), (variance_of_any(inner, seen.law), spread)][: len(seen.unknown)]
    names = [symbol_for(s, inner) for s in seen.unknown]
    if len(names) == 1 and not lower(moments[0][0], inner).has(names[0]):
        # A mean that says nothing of the parameter: the second raw moment does.
        moments = [(moment_of(inner, seen.law, num(2)), spread)]
    equations = [lower(m, inner) - symbol_for(s, inner) for m, s in moments]
    found = spend(context.effort * 4, _solve, equations, names)
    roots = [r for r in found or [] if set(r) == set(names) and all(_possible(r[x], x) for x in names) and _admitted(r, inner)]
    if not roots:
        raise NoClosedForm("the moment equations have no solution in closed form")
    i = Symbol("i", "integer")
    entry: Term = App("index", (seen.data, var(i)))
    if len(names) == 2:
        entry = minus(entry, App("mean", (seen.data,)))
    squares = Bound("sum", (i,), power(entry, num(2)), (num(1), seen.size))
    back = {low: App("mean", (seen.data,)), spread: over(squares, seen.size)}
    rows = []
    for s, x in zip(seen.unknown, names, strict=True):
        value = restored(substitute(lift(sp.simplify(roots[0][x]), inner), back), seen)
        name = Const(s.name, (), "text") if seen.explicit else var(s)
        rows.append(App("eq", (name, carry_out(value, context) if seen.explicit else value), sort="truth"))
    context.note("moments of the data divide by n")
    return App("eq", rows[0].args, (), "answer") if len(rows) == 1 else App("tuple", tuple(rows), (), "tuple")


def _symbols(t: Term) -> list[Symbol]:
    from twofold.grammar.term import free_symbols

    return free_symbols(t)


def _domains(law: Term) -> list[Term]:
    from twofold.catalogue.resolve import formula
    from twofold.symbolic.probability.laws import names, spec_of

    spec = spec_of(law)
    return [formula(p.domain, names(law)) for p in spec.parameters if p.domain != "true"] if spec is not None else []


def _solve(equations: list[sp.Expr], names: list[sp.Symbol]) -> list[dict[sp.Symbol, sp.Expr]]:
    try:
        return list(sp.solve(equations, names, dict=True))
    except (NotImplementedError, ValueError, TypeError):
        return []


def _admitted(root: dict[sp.Symbol, sp.Expr], context: Context) -> bool:
    """Whether no domain of a parameter is plainly violated, such as that of the ends of an interval."""
    for fact in context.assumptions:
        if isinstance(fact, App) and fact.op in ("gt", "ge", "lt", "le"):
            a, b = (lower(x, context).subs(root) for x in fact.args)
            gap = sp.simplify(a - b if fact.op in ("gt", "ge") else b - a)
            if gap.is_negative:
                return False
    return True


def _possible(value: sp.Expr, x: sp.Symbol) -> bool:
    """Whether a root may be a value of a parameter, as far as its sign is known."""
    if value.has(sp.I):
        return False
    plain = value.subs({s: sp.Symbol(s.name, positive=True) for s in value.free_symbols})
    return not (x.is_positive and plain.is_negative)
