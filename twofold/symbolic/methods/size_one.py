"""Steps between equations of matrices of any size that fail already where all sizes are 1: there they are equations between numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.grammar.term import TRUE, App, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.methods import equations

_SAME = frozenset("transpose tr trace diag vec".split())
_PAIRS = {"dot": "mul", "outer": "mul", "kron": "mul", "emul": "mul", "hadamard": "mul"}
_SCALAR = frozenset("add sub mul div neg pow eq ne lt le gt ge and or not exp log sqrt abs sin cos".split())

_SAID = (
    ("positive", "gt", 0),
    ("nonnegative", "ge", 0),
    ("posdef", "gt", 0),
    ("invertible", "ne", 0),
    ("onehot", "eq", 1),
    ("probability", "eq", 1),
)
"""What a property says of the only entry."""


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted by numbers for which the step between 1x1 matrices fails."""
    names = dict.fromkeys((*free_symbols(goal.left), *free_symbols(goal.right)))
    arrays = [s for s in names if s.shape]
    sizes = {d.symbol for s in arrays for d in s.shape if isinstance(d, Var)}
    if goal.reading != "real" or not sizes or any(d != 1 and not isinstance(d, Var) for s in arrays for d in s.shape):
        raise NotApplicable("no matrices whose sizes are symbols")
    if not all(map(_may_be_one, sizes)) or any(s.law is not None for s in names):
        raise NotApplicable("sizes that are not known to take the value 1, or random variables")
    made = _Numbers(sizes)
    left, right = made.number(goal.left), made.number(goal.right)
    facts = (*(made.number(a) for a in goal.assumptions), *made.facts)
    found = equations.run(replace(goal, left=left, right=right, assumptions=facts), replace(context, assumptions=facts))
    if found.truth not in (Truth.REFUTED, Truth.CONDITIONAL) or found.witness is None or not found.witness.certified:
        raise NotApplicable("it does not fail where the sizes are 1")
    kinds = {s.name: len(s.shape) for s in arrays}
    values = {s.name: "1" for s in sizes} | {k: f"[{v}]" if kinds.get(k) else v for k, v in found.witness.values.items()}
    witness = replace(found.witness, values=values)
    return replace(found, method="sizes of 1", truth=Truth.REFUTED, conditions=(), witness=witness)


def _may_be_one(size: Symbol) -> bool:
    """Whether the declaration of a size leaves 1."""
    low, high = (None if b is None else rational(b) for b in (size.lower, size.upper))
    return (size.lower is None or low is not None and (low < 1 or low == 1 and not size.open_lower)) and (
        size.upper is None or high is not None and (high > 1 or high == 1 and not size.open_upper)
    )


class _Numbers:
    """Terms with every array as its only entry. Raises `NotApplicable` for what has no meaning then, or one that is not looked at."""

    def __init__(self, sizes: set[Symbol]) -> None:
        self.sizes = sizes
        self.entries: dict[Symbol, Symbol] = {}
        self.facts: list[Term] = []

    def number(self, t: Term) -> Term:
        if isinstance(t, Var):
            return num(1) if t.symbol in self.sizes else var(self._entry(t.symbol))
        if isinstance(t, (Num, Const)):
            return t
        if isinstance(t, Bound):
            return self._sum(t)
        if not isinstance(t, App):
            raise NotApplicable("an array that is written out")
        if t.op in _SAME or t.op == "index" and all(a in (num(1), *map(var, self.sizes)) for a in t.args[1:]):
            return self.number(t.args[0])
        if t.op in ("eye", "ones", "zeros"):
            if any(self.number(a) != num(1) for a in t.args):
                raise NotApplicable("an array whose size is not 1 with the others")
            return num(0 if t.op == "zeros" else 1)
        if t.op == "is_symmetric":
            return TRUE
        parts = tuple(map(self.number, t.args))
        if t.op == "inv":
            return app("div", num(1), parts[0])
        if t.op == "det":
            return parts[0]
        if t.op == "norm" and len(parts) == 1:
            return app("abs", parts[0])
        if t.op in _PAIRS and len(parts) == 2:
            return app("mul", *parts)
        if t.op in _SCALAR:
            return app(t.op, *parts)
        raise NotApplicable(f"{t.op} of a matrix of size 1 is not looked at")

    def _entry(self, s: Symbol) -> Symbol:
        """A scalar, or the only entry of an array, with what is declared of its values."""
        if s not in self.entries:
            if s.kind not in ("real", "integer"):
                raise NotApplicable("a name that is no real number")
            lower, upper = (None if b is None else self.number(b) for b in (s.lower, s.upper))
            self.entries[s] = Symbol(s.name, s.kind, (), lower, upper, s.open_lower, s.open_upper, size=s.size)
            self.facts += [app(op, var(self.entries[s]), num(k)) for p, op, k in _SAID if p in s.properties]
            if "orthogonal" in s.properties:
                self.facts.append(app("eq", app("pow", var(self.entries[s]), num(2)), num(1)))
        return self.entries[s]

    def _sum(self, t: Bound) -> Term:
        """A sum or product over all places of an index, of which there is one."""
        if t.op not in ("sum", "prod") or len(t.args) != 2 or self.number(t.args[1]) != num(1) or t.args[0] != num(1):
            raise NotApplicable("a binder that is not a sum over all places")
        return self.number(substitute(t.body, {t.symbols[0]: num(1)}))


SPEC = Method(
    name="sizes of 1",
    relations=frozenset({"=>", "<=>"}),
    cost=16,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a claim for matrices of all sizes is one for numbers where all sizes are 1; the counterexample is checked in balls",
    run=run,
    holds=(),
    fails=(
        "let n : size\nlet A : matrix(n, n)\nlet x : vector(n)\nlet t : real\nA*x == t*x => A*A*x == t^3*x",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => norm(x + y)^2 == norm(x)^2 - norm(y)^2",
    ),
    open=(
        "let n : size\nlet A, B : matrix(n, n)\nA*B == eye(n) => B*A == eye(n)",
        "let n : size\nlet x : vector(n), positive\nx'*x == 1 => ones(n)'*x > 0",
        "let n : integer in 2..oo\nlet x : vector(n)\nx'*x == n => norm(x)^2 >= 2",
        "let n : size\nlet x : vector(n)\nlet t : real in [0, n]\nx'*x == t => norm(x)^2 <= n",
        "let n : size\nlet x : vector(n)\nx'*x == tr(eye(2)) => norm(x)^2 == 2",
    ),
)
