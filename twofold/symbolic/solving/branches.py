"""Functions with branches (sizes, signs, cases, the larger of two): as case distinctions, and without the branches that are not taken."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, num, substitute, subterms, transform
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower


def is_branched(f: Term) -> bool:
    """Whether a function has branches."""
    return any(
        isinstance(t, App) and t.op in ("abs", "sign", "max", "min", "piecewise", "indicator", "heaviside", "relu")
        for t in subterms(f)
    )


def by_cases(t: Term) -> Term | None:
    """The larger of two as a case distinction, which can be differentiated."""
    if isinstance(t, App) and t.op in ("max", "min") and len(t.args) == 2 and not t.shape:
        a, b = (transform(x, by_cases) for x in t.args)
        return app("piecewise", a, app("ge" if t.op == "max" else "le", a, b), b)
    return None


def chosen(f: Term, symbol: Symbol, q: Term, context: Context) -> Term:
    """The function with every branch replaced by the one taken at a number."""

    def sign(t: Term) -> int:
        found = sp.sign(lower(substitute(t, {symbol: q}), context))
        if not found.is_Integer:
            raise NotApplicable("the sign of a number is not found")
        return int(found)

    def rule(t: Term) -> Term | None:
        if not isinstance(t, App):
            return None
        if t.op == "abs":
            inner = transform(t.args[0], rule)
            return inner if sign(t.args[0]) >= 0 else app("neg", inner)
        if t.op == "sign":
            return num(sign(t.args[0]))
        if t.op in ("max", "min") and len(t.args) == 2:
            first = sign(app("sub", *t.args)) >= 0
            return transform(t.args[0 if first == (t.op == "max") else 1], rule)
        if t.op == "piecewise":
            for k in range(0, len(t.args) - 1, 2):
                if lower(substitute(t.args[k + 1], {symbol: q}), context) == sp.true:
                    return transform(t.args[k], rule)
            if len(t.args) % 2:
                return transform(t.args[-1], rule)
        return None

    return transform(f, rule)
