"""Inequalities between sums of logarithms: Jensen's for the logarithm, Gibbs's, the evidence lower bound.

log(t) <= t/u + log(u) - 1 for every u > 0. With weights c_i >= 0 that add up to 1, sum(c_i*log(t_i)) <= log(u) where sum(c_i*t_i) = u.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Symbol, Term, num, substitute, subterms, var
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.entries import explicit
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.tensors import equal
from twofold.symbolic.tensors.node import Unsupported
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.signs import always_nonnegative

_LOGARITHMS = 16


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term weight*log(argument), summed over the binders that stand around it, the innermost first."""

    weight: Term
    argument: Term
    binders: tuple[Bound, ...]

    def total(self, body: Term) -> Term:
        for b in self.binders:
            body = Bound(b.op, b.symbols, body, b.args, b.side, body.shape)
        return body


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the tangents of the logarithms add up."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    if not any(isinstance(t, App) and t.op in ("log", "ln") for s in (goal.left, goal.right) for t in subterms(s)):
        raise NotApplicable("no logarithm stands in the claim")
    small, large = (goal.left, goal.right) if goal.relation == "<=" else (goal.right, goal.left)
    difference = app("sub", large, small)
    for proves, written in ((_Explicit(goal), _written(difference, context)), (_Symbolic(goal), difference)):
        if written is None:
            continue
        logs: list[Weighted] = []
        rest: list[Term] = []
        _flatten(written, num(1), (), logs, rest)
        if 0 < len(logs) <= _LOGARITHMS and (_bounded(proves, logs, rest) or _bounded(proves, _merged(proves, logs), rest)):
            return Evidence("concavity of the logarithm", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the tangents of the logarithms do not decide it")


def _written(t: Term, context: Any) -> Term | None:
    try:
        return explicit(t, context)
    except NoClosedForm:
        return None


def _flatten(t: Term, factor: Term, around: tuple[Bound, ...], logs: list[Weighted], rest: list[Term]) -> None:
    """The sum as weighted logarithms and the rest."""
    if isinstance(t, App):
        if t.op in ("add", "sub"):
            _flatten(t.args[0], factor, around, logs, rest)
            _flatten(t.args[1], factor if t.op == "add" else app("neg", factor), around, logs, rest)
            return None
        if t.op == "neg":
            return _flatten(t.args[0], app("neg", factor), around, logs, rest)
        if t.op == "div" and not t.args[1].shape:
            return _flatten(t.args[0], app("div", factor, t.args[1]), around, logs, rest)
        if t.op == "mul" and not t.shape and not t.args[0].shape:
            for a, b in (t.args, t.args[::-1]):
                if any(isinstance(s, App) and s.op in ("log", "ln") for s in subterms(b)):
                    return _flatten(b, app("mul", factor, a), around, logs, rest)
        added = _entry_sum(t)
        if added is not None:
            return _flatten(added, factor, around, logs, rest)
        if t.op in ("log", "ln"):
            logs.append(Weighted(factor, t.args[0], around))
            return None
    if isinstance(t, Bound) and t.op == "sum":
        return _flatten(t.body, factor, (t, *around), logs, rest)
    rest.append(Weighted(factor, t, around).total(app("mul", factor, t)))
    return None


def _entry_sum(t: App) -> Term | None:
    """`p'*log(q)`, `sum(v)` and `mean(v)` as sums over an index, where a logarithm stands in them."""
    if t.shape or not any(isinstance(s, App) and s.op in ("log", "ln") and s.shape for s in subterms(t)):
        return None
    if t.op in ("sum", "mean") and len(t.args) == 1 and len(t.args[0].shape) == 1:
        parts, count = [t.args[0]], t.args[0].shape[0]
    elif t.op in ("mul", "dot") and len(t.args) == 2 and all(a.shape for a in t.args):
        parts, count = list(t.args), full(t.args[1].shape)[0]
    else:
        return None
    k = Symbol("k", "integer", lower=num(1), upper=dim_term(count))
    body = _entry(parts[0], var(k))
    for p in parts[1:]:
        body = app("mul", body, _entry(p, var(k)))
    total = Bound("sum", (k,), body, (num(1), dim_term(count)))
    return app("div", total, dim_term(count)) if t.op == "mean" else total


def _entry(t: Term, k: Term) -> Term:
    """An entry of an array, taken inside of what acts entry by entry."""
    if not t.shape:
        return t
    if isinstance(t, App):
        if t.op in ("add", "sub", "neg", "log", "ln", "mul", "div", "emul", "ediv") and (
            t.op != "mul" or not all(a.shape for a in t.args)
        ):
            op = {"emul": "mul", "ediv": "div"}.get(t.op, t.op)
            return app(op, *(_entry(a, k) for a in t.args))
        if t.op == "transpose" and len(t.args[0].shape) == 1:
            return _entry(t.args[0], k)
    return app("index", t, k) if len(t.shape) == 1 else app("index", t, num(1), k)


class _Explicit:
    """Proofs on entries that are written out."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal

    def equal(self, a: Term, b: Term) -> bool:
        try:
            c = converter((a, b), self.goal.assumptions)
            return c.field.equal(c(a), c(b))
        except GIVES_UP:
            return False

    def nonnegative(self, t: Weighted) -> bool:
        try:
            c = converter((self.goal.left, self.goal.right), self.goal.assumptions)
            e = c(t.weight)
            top, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
        except GIVES_UP:
            return False
        return not e.num or (top, below) in (("+", "+"), ("0+", "+"), ("-", "-"), ("0-", "-"))


class _Symbolic:
    """Proofs for sums of symbolic size."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal

    def equal(self, a: Term, b: Term) -> bool:
        return equal(a, b)

    def nonnegative(self, t: Weighted) -> bool:
        try:
            reader = Reader(strict=True)
            return always_nonnegative(reader.read(t.total(t.weight)).poly)
        except Unsupported:
            return False


def _sum(terms: list[Term]) -> Term:
    out: Term = num(0)
    for t in terms:
        out = app("add", out, t)
    return out


def _bounded(proves: _Explicit | _Symbolic, logs: list[Weighted], rest: list[Term]) -> bool:
    """Whether the weighted logarithms and the rest are shown to add up to something nonnegative."""
    outer = [t for t in logs if not t.binders and proves.equal(t.weight, num(1))]
    for top in [*outer, None]:
        below = [_oriented(proves, t) for t in logs if t is not top]
        if not below or None in below:
            continue
        below = [t for t in below if t is not None]
        weights = _sum([t.total(t.weight) for t in below])
        values = _sum([t.total(app("mul", t.weight, t.argument)) for t in below])
        remainder = _sum(rest)
        if top is not None:
            holds = proves.equal(remainder, num(0)) and proves.equal(weights, num(1)) and proves.equal(values, top.argument)
        else:
            holds = proves.equal(app("add", remainder, weights), values)
        if holds:
            return True
    return False


def _merged(proves: _Explicit | _Symbolic, logs: list[Weighted]) -> list[Weighted]:
    """Logarithms with opposite weights as logarithms of quotients."""
    out: list[Weighted] = []
    for t in logs:
        for k, u in enumerate(out):
            moved = _same_binders(t, u)
            if moved is not None and proves.equal(app("neg", moved.weight), u.weight):
                out[k] = Weighted(u.weight, app("div", u.argument, moved.argument), u.binders)
                break
        else:
            out.append(t)
    return out


def _same_binders(t: Weighted, u: Weighted) -> Weighted | None:
    """The first over the binders of the second, where their ranges are the same."""
    if len(t.binders) != len(u.binders):
        return None
    moves: dict[Symbol, Term] = {}
    for a, b in zip(t.binders, u.binders, strict=True):
        if tuple(substitute(x, moves) for x in a.args) != b.args:
            return None
        moves[a.symbols[0]] = var(b.symbols[0])
    return Weighted(substitute(t.weight, moves), substitute(t.argument, moves), u.binders)


def _oriented(proves: _Explicit | _Symbolic, t: Weighted) -> Weighted | None:
    """What is taken away, with a weight that is not negative: c*log(t) is -c*log(1/t)."""
    for made in (
        Weighted(app("neg", t.weight), t.argument, t.binders),
        Weighted(t.weight, app("div", num(1), t.argument), t.binders),
    ):
        if proves.nonnegative(made):
            return made
    return None


SPEC = Method(
    name="concavity of the logarithm",
    relations=frozenset({"<=", ">="}),
    cost=12,
    concludes=frozenset({Truth.PROVED}),
    soundness="the logarithm is concave: it lies below each of its tangents, and every logarithm here has a value",
    run=run,
    holds=(
        "let w : vector(3), probability\nlet x : vector(3), positive\nlog(sum(w[i]*x[i], i = 1..3)) >= sum(w[i]*log(x[i]), i = 1..3)",
        "let p : vector(3), probability\nlet q : vector(3), probability\nsum(p[i]*log(p[i]/q[i]), i = 1..3) >= 0",
        "let n : size\nlet p : vector(n), probability\nlet q : vector(n), probability\nsum(p[i]*log(p[i]/q[i]), i = 1..n) >= 0",
        "let a, b > 0\n(log(a) + log(b))/2 <= log((a + b)/2)",
    ),
    fails=(),
    open=(
        "let p : vector(3), probability\nlet q : vector(3), positive\nsum(p[i]*log(p[i]/q[i]), i = 1..3) >= 0",
        "let a, b > 0\n(log(a) + log(b))/2 <= log((a + b)/3)",
    ),
)
