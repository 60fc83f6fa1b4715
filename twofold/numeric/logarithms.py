"""Logarithms of products, powers, exponentials and densities, taken apart in the real reading.

log(a*b) is log(a) + log(b) wherever a and b are positive, so the likelihood of many observations neither underflows in floats nor meets a branch cut in an
integral over complex balls. Where a factor is not positive the plain logarithm of the value decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import App, Bound, Term
from twofold.numeric.containers import entrywise
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import Undefined, Unresolved
from twofold.numeric.series import base, outermost

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

_APART = frozenset("exp mul div pow sqrt factorial gamma pdf pmf piecewise".split())


def _log(e: Evaluator, t: App) -> Value:
    inner = t.args[0]
    if inner.shape or e.arithmetic.reading != "real" or not _worth(inner):
        return entrywise(lambda x: e.arithmetic.call("log", [x]), e.value(inner))
    if isinstance(e.arithmetic, Doubles):
        return _first_number(e, apart(e, inner), inner)
    try:
        return apart(e, inner)
    except (Undefined, Unresolved):
        return e.arithmetic.call("log", [e.value(inner)])


def _worth(t: Term) -> bool:
    return isinstance(t, App) and t.op in _APART or isinstance(t, Bound) and t.op == "prod"


def apart(e: Evaluator, t: Term) -> Value:
    """The logarithm of a positive term, by its structure."""
    m = e.arithmetic
    if isinstance(t, App) and not t.shape:
        if t.op == "exp":
            return e.value(t.args[0])
        if t.op in ("mul", "div") and not any(a.shape for a in t.args):
            f = m.add if t.op == "mul" else m.sub
            return f(apart(e, t.args[0]), apart(e, t.args[1]))
        if t.op == "pow":
            return m.mul(e.value(t.args[1]), apart(e, t.args[0]))
        if t.op == "sqrt":
            return m.div(apart(e, t.args[0]), m.number(2))
        if t.op in ("factorial", "gamma"):
            x = e.value(t.args[0])
            return m.call("loggamma", [m.add(x, m.one) if t.op == "factorial" else x])
        if t.op == "piecewise":
            return _of_branches(e, t)
        if t.op in ("pdf", "pmf"):
            from twofold.numeric.law_curves import density_term, log_density

            return apart(e, density_term(t)) if m.exact else _finite(log_density(e, t))
    if isinstance(t, Bound) and t.op == "prod" and not t.shape:
        return e.value(Bound("sum", t.symbols, App("log", (t.body,)), t.args))
    return m.call("log", [e.value(t)])


def _finite(x: Value) -> Value:
    """A logarithm, with none where the density is 0."""
    return np.where(np.isinf(x), np.nan, x)[()]


def _of_branches(e: Evaluator, t: App) -> Value:
    """Of a piecewise term, the logarithm of the branch that is taken."""
    parts = list(t.args)
    for k in range(0, len(parts), 2):
        parts[k] = App("log", (parts[k],))
    if len(parts) % 2:
        parts[-1] = App("log", (t.args[-1],))
    return e.value(App("piecewise", tuple(parts)))


def _first_number(e: Evaluator, out: Value, inner: Term) -> Value:
    """Where the parts have no logarithm, that of the whole."""
    missing = np.isnan(base(out))
    if not np.any(missing):
        return out
    plain = e.arithmetic.call("log", [e.value(inner)])
    if outermost(out, plain) is None:
        return np.where(missing, plain, out)[()]
    return e.arithmetic.select(np.where(missing, 0.0, 1.0), out, plain)


APPLICATIONS = {"log": _log}
