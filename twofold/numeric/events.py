"""Probabilities of events over balls: comparisons solved for their one variable, then the mass between the ends, from distribution functions.

An event of independent variables is a product; what compares several variables is left to integration.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import FALSE, MINUS_OO, OO, TRUE, App, Bound, Num, Symbol, Term, Var, num, substitute, var
from twofold.numeric.doubles import Doubles
from twofold.numeric.moments import coefficients
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split, Undefined
from twofold.numeric.random_parts import variables

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

_NEGATED = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}
_MOST = 24
"""Ends that are put in order."""


def probability(e: Evaluator, event: Term) -> Value | None:
    """P(event), or `None` where no rule here reaches it."""
    try:
        return _whole(e, _solved(e, event))
    except (_Stop, NoValue):
        return None


class _Stop(Exception):
    """An event beyond these rules."""


# --- events as comparisons of variables with numbers ------------------------------------------------------------------------------------


def _join(op: str, *parts: Term) -> Term:
    return App(op, parts, sort="truth")


def _solved(e: Evaluator, t: Term) -> Term:
    """The event with every comparison solved for its variable."""
    if not isinstance(t, App):
        return t
    if t.op in ("and", "or"):
        return _join(t.op, *(_solved(e, a) for a in t.args))
    if t.op == "not":
        return _solved(e, _opposite(t.args[0]))
    if t.op in MIRRORED and not any(a.shape for a in t.args):
        if not variables(t):
            return TRUE if _truth(e, t) else FALSE
        a, b = t.args
        if not variables(b):
            return _against(e, t.op, a, b)
        if not variables(a):
            return _against(e, MIRRORED[t.op], b, a)
        return _against(e, t.op, App("sub", (a, b)), num(0))
    if t.op == "in" and isinstance(t.args[1], App) and t.args[1].op.startswith("interval_"):
        x, (low, high), ends = t.args[0], t.args[1].args, t.args[1].op[-2:]
        parts = [_join("ge" if ends[0] == "c" else "gt", x, low)] if low != MINUS_OO else []
        parts += [_join("le" if ends[1] == "c" else "lt", x, high)] if high != OO else []
        return _solved(e, _join("and", *parts))
    raise _Stop


def _opposite(t: Term) -> Term:
    if isinstance(t, App) and t.op in _NEGATED:
        return App(_NEGATED[t.op], t.args, sort="truth")
    if isinstance(t, App) and t.op in ("and", "or"):
        return _join("or" if t.op == "and" else "and", *map(_opposite, t.args))
    if isinstance(t, App) and t.op == "not":
        return t.args[0]
    raise _Stop


def _truth(e: Evaluator, t: Term) -> bool:
    known = e.value(t)
    if isinstance(known, bool):
        return known
    if not isinstance(e.arithmetic, Doubles):
        raise _Stop
    made = np.asarray(known, dtype=float)
    if made.size != 1:
        raise Split
    if np.isnan(made).any():
        raise _Stop
    return bool(made.reshape(()))


def _against(e: Evaluator, op: str, f: Term, c: Term) -> Term:
    """`f op c` for a fixed c, solved."""
    if isinstance(f, Var):
        return App(op, (f, c), sort="truth")
    if not isinstance(f, App):
        raise _Stop
    below = op in ("lt", "le")
    if f.op in ("min", "max") and op not in ("eq", "ne") and not any(a.shape for a in f.args):
        # The largest is below a bound where all are, and above it where one is.
        return _join("and" if (f.op == "max") == below else "or", *(_solved(e, App(op, (a, c), sort="truth")) for a in f.args))
    if f.op == "abs" and op not in ("eq", "ne"):
        (g,) = f.args
        return _join("and" if below else "or", _against(e, op, g, c), _against(e, MIRRORED[op], g, App("neg", (c,))))
    if f.op == "pow" and isinstance(f.args[1], Num) and f.args[1].value.denominator == 1 and op not in ("eq", "ne"):
        n = int(f.args[1].value)
        if n >= 2 and n % 2 == 0 and _truth(e, _join("ge", c, num(0))):
            return _against(e, op, App("abs", (f.args[0],)), App("pow", (c, App("div", (num(1), num(n))))))
    if f.op == "exp" and _truth(e, _join("gt", c, num(0))):
        return _against(e, op, f.args[0], App("log", (c,)))
    owners = variables(f)
    if len(owners) != 1:
        return App(op, (f, c), sort="truth")
    peeled = _peeled(e, op, f, c) if op in MIRRORED and op not in ("eq", "ne") else None
    if peeled is not None:
        return _against(e, *peeled)
    found = coefficients(f, owners[0])
    if found is None or set(found) - {0, 1} or 1 not in found or variables(found[1]):
        raise _Stop
    end = App("div", (App("sub", (c, found.get(0, num(0)))), found[1]))
    return App(op if _rises(e, found[1]) else MIRRORED[op], (var(owners[0]), end), sort="truth")


def _peeled(e: Evaluator, op: str, f: App, c: Term) -> tuple[str, Term, Term] | None:
    """`f op c` without the outermost step of f, where that is a shift, a factor of known sign, or monotone on all that its argument can be."""
    if f.op == "neg":
        return MIRRORED[op], f.args[0], App("neg", (c,))
    if f.op == "log" and _surely_positive(e, f.args[0]):
        return op, f.args[0], App("exp", (c,))
    if f.op == "sqrt" and _surely_positive(e, f.args[0]) and _truth(e, _join("gt", c, num(0))):
        return op, f.args[0], App("pow", (c, num(2)))
    if f.op not in ("add", "sub", "mul", "div"):
        return None
    a, b = f.args
    if f.op in ("add", "sub") and not variables(b):
        return op, a, App("sub" if f.op == "add" else "add", (c, b))
    if f.op in ("add", "sub") and not variables(a):
        return (op, b, App("sub", (c, a))) if f.op == "add" else (MIRRORED[op], b, App("sub", (a, c)))
    if f.op in ("mul", "div") and not variables(b):
        return (op if _rises(e, b) else MIRRORED[op]), a, App("div" if f.op == "mul" else "mul", (c, b))
    if f.op == "mul" and not variables(a):
        return (op if _rises(e, a) else MIRRORED[op]), b, App("div", (c, a))
    if f.op == "div" and not variables(a) and _rises(e, a) and _truth(e, _join("gt", c, num(0))) and _surely_positive(e, b):
        return MIRRORED[op], b, App("div", (a, c))
    return None


def _rises(e: Evaluator, factor: Term) -> bool:
    """Whether a factor is positive; it has to have a sign."""
    rising = _truth(e, _join("gt", factor, num(0)))
    if not rising and not _truth(e, _join("lt", factor, num(0))):
        raise _Stop
    return rising


def _surely_positive(e: Evaluator, t: Term) -> bool:
    """Whether the declared support of the one variable in a term that is linear in it leaves it no other sign."""
    owners = variables(t)
    law = owners[0].law if len(owners) == 1 else None
    found = coefficients(t, owners[0]) if law is not None else None
    if not isinstance(law, App) or law.op not in laws() or found is None or set(found) - {0, 1} or 1 not in found:
        return False
    spec = laws()[law.op]
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    low, high = (formula(text, names) if text not in ("oo", "-oo") else None for text in spec.support)
    end = low if _rises(e, found[1]) else high
    return end is not None and _truth(e, _join("ge", substitute(t, {owners[0]: end}), num(0))) and not spec.discrete


# --- their mass -------------------------------------------------------------------------------------------------------------------------


def _whole(e: Evaluator, event: Term) -> Value:
    m = e.arithmetic
    if event in (TRUE, FALSE):
        return m.one if event == TRUE else m.zero
    assert isinstance(event, App)
    if event.op in ("and", "or"):
        groups: list[tuple[set[Symbol], list[Term]]] = []
        for part in event.args:
            owners = set(variables(part))
            joined = [part]
            rest = []
            for others, members in groups:
                if others & owners:
                    owners, joined = owners | others, [*members, *joined]
                else:
                    rest.append((others, members))
            groups = [*rest, (owners, joined)]
        if len(groups) > 1:
            out = m.one
            for _, members in groups:
                p = _whole(e, members[0] if len(members) == 1 else _join(event.op, *members))
                out = m.mul(out, p if event.op == "and" else m.sub(m.one, p))
            return out if event.op == "and" else m.sub(m.one, out)
    owners = variables(event)
    if len(owners) != 1 or not isinstance(owners[0].law, App) or owners[0].shape:
        raise _Stop
    return _mass(e, event, owners[0], owners[0].law)


def _mass(e: Evaluator, event: Term, s: Symbol, law: App) -> Value:
    """The mass of the intervals between ends on which the event holds."""
    spec = laws().get(law.op)
    discrete = spec is not None and spec.discrete
    if spec is not None and (spec.kind != "univariate" or spec.atoms or spec.name == "Categorical"):
        raise _Stop
    if spec is None and law.op != "density":
        raise _Stop
    if discrete:
        raise _Stop
    ends = _ends(event, s)
    if not ends or len(ends) > _MOST:
        raise _Stop
    order = _ordered(e, ends)
    masses = [_below(e, law, order[0]), *(e.arithmetic.sub(_below(e, law, b), _below(e, law, a)) for a, b in pairwise(order))]
    masses.append(_above(e, law, order[-1]))
    rank = {t: k for k, t in enumerate(order)}
    out = e.arithmetic.zero
    for k, mass in enumerate(masses):
        if _holds(event, rank, k):
            out = e.arithmetic.add(out, mass)
    return out


def _ends(event: Term, s: Symbol) -> list[Term]:
    if isinstance(event, App) and event.op in ("and", "or"):
        return list(dict.fromkeys(x for a in event.args for x in _ends(a, s)))
    if event in (TRUE, FALSE):
        return []
    if not (isinstance(event, App) and event.op in MIRRORED and event.args[0] == var(s)):
        raise _Stop
    return [event.args[1]]


def _ordered(e: Evaluator, ends: list[Term]) -> list[Term]:
    """Ends from the least to the greatest, by insertion; two that cannot be told apart stop it."""
    out: list[Term] = []
    for t in ends:
        place = len(out)
        while place and _truth(e, _join("lt", t, out[place - 1])):
            place -= 1
        out.insert(place, t)
    return out


def _holds(event: Term, rank: dict[Term, int], gap: int) -> bool:
    """The truth of an event between the end before this gap and the one after it."""
    if event in (TRUE, FALSE):
        return event == TRUE
    assert isinstance(event, App)
    if event.op in ("and", "or"):
        return (all if event.op == "and" else any)(_holds(a, rank, gap) for a in event.args)
    if event.op in ("eq", "ne"):
        return event.op == "ne"
    return (rank[event.args[1]] >= gap) == (event.op in ("lt", "le"))


def _below(e: Evaluator, law: App, x: Term) -> Value:
    return _tail(e, law, x, "cdf")


def _above(e: Evaluator, law: App, x: Term) -> Value:
    return _tail(e, law, x, "survival")


def _tail(e: Evaluator, law: App, x: Term, side: str) -> Value:
    if law.op != "density":
        return e.value(App(side, (law, x)))
    curve, low, high = law.args
    assert isinstance(curve, Bound)
    if not (_within(e, low, x) and _within(e, x, high)):
        raise _Stop
    u = Symbol("u")
    body = substitute(curve.body, {curve.symbols[0]: var(u)})
    part = Bound("integrate", (u,), body, (low, x) if side == "cdf" else (x, high))
    try:
        return e.value(App("div", (part, Bound("integrate", (u,), body, (low, high)))))
    except (CannotEvaluate, Undefined):
        raise _Stop from None


def _within(e: Evaluator, a: Term, b: Term) -> bool:
    if a == MINUS_OO or b == OO:
        return True
    return _truth(e, _join("le", a, b))
