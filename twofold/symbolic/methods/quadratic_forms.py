"""Inequalities and properties of matrices of any size, by what declarations and form say of their signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import TRUE, App, Num, Symbol, Term, Var, num, transform, var
from twofold.symbolic.context import Context
from twofold.symbolic.definiteness import Definiteness, chain, spread
from twofold.symbolic.matrix_products import product_of
from twofold.symbolic.methods import sign
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.tensors import equal


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where the claim is one between names with the signs of its quadratic forms, traces and determinants in their place."""
    if goal.reading != "real":
        raise NotApplicable("real matrices only")
    known = _Known(goal)
    if goal.relation == "holds":
        if goal.right == TRUE and isinstance(goal.left, App) and known.has_property(goal.left):
            return _proof()
        raise NotApplicable("neither declarations nor form say so")
    if goal.left.shape or goal.right.shape:
        raise NotApplicable("scalars only")
    sides = (goal.left, goal.right)
    opened = tuple(map(spread, sides))
    reason = ""
    for pair in (sides, opened) if opened != sides else (sides,):
        left, right = (transform(t, known.named) for t in pair)
        if not known.names:
            raise NotApplicable("no form of a known sign stands in the claim")
        try:
            if sign.run(replace(goal, left=left, right=right), context).truth is Truth.PROVED:
                return _proof()
        except NotApplicable as e:
            reason = str(e)
    raise NotApplicable(reason or "the signs do not decide it")


def has_property(t: App, assumptions: tuple[Term, ...]) -> bool:
    """Whether a property of a matrix of any size follows from declarations and form."""
    return _Known(Goal("holds", t, TRUE, assumptions, "real")).has_property(t)


def _proof() -> Evidence:
    return Evidence("quadratic forms", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


class _Known:
    """What a claim says of its matrices, and the names that stand for its forms."""

    def __init__(self, goal: Goal) -> None:
        self.converter = converter((), goal.assumptions)
        self.definiteness = Definiteness(self.sign, _nonzero(goal.assumptions))
        self.names: dict[Term, Symbol] = {}

    def sign(self, t: Term) -> str | None:
        try:
            return sign_of(self.converter, self.converter(t))
        except GIVES_UP:
            return None

    def named(self, t: Term) -> Term | None:
        """A form of known sign as a name of that sign, times the scalars before it."""
        if not isinstance(t, App) or t.shape or t.sort != "number" or t.op in ("add", "sub", "neg"):
            return None
        if t.op == "det":
            found = self.definiteness.determinant(t.args[0])
            return None if found is None else self._name(t, found)
        scalars, factors = chain(t.args[0] if t.op == "tr" else t)
        if not factors:
            return None
        if t.op == "tr":
            kind = self.definiteness.definite(t.args[0])
            found = self.definiteness.trace(factors) if kind is None or scalars else "+" if kind == "positive" else "0+"
        else:
            found = self.definiteness.form(factors)
        if found is None:
            return None
        key = (App("tr", (product_of(factors),)) if t.op == "tr" else product_of(factors)) if scalars else t
        out: Term = self._name(key, found)
        for s in scalars:
            out = app("mul", transform(s, self.named), out)
        return out

    def _name(self, t: Term, kind: str) -> Term:
        if t not in self.names:
            self.names[t] = Symbol(f"form_{len(self.names)}", "real", lower=num(0), open_lower=kind == "+")
        return var(self.names[t])

    def has_property(self, t: App) -> bool:
        if len(t.args) != 1 or len(t.args[0].shape) != 2:
            return False
        (matrix,) = t.args
        m, n = full(matrix.shape)
        turned = app("transpose", matrix)
        if t.op == "is_orthogonal":
            return m == n and equal(app("mul", turned, matrix), app("eye", dim_term(n)))
        if m != n:
            return False
        if t.op == "is_symmetric":
            return equal(turned, matrix)
        if t.op == "is_invertible":
            return self.definiteness.invertible(matrix)
        kind = self.definiteness.definite(matrix)
        wanted = {"is_posdef": ("positive",), "is_possemidef": ("positive", "nonnegative")}.get(t.op, ())
        return kind in wanted and equal(turned, matrix)


def _nonzero(assumptions: tuple[Term, ...]) -> Iterator[Term]:
    """The vectors that are said not to be 0, by themselves or by their norm."""
    todo = list(assumptions)
    while todo:
        a = todo.pop()
        if not isinstance(a, App):
            continue
        if a.op == "and":
            todo += a.args
        for x, y in (a.args, a.args[::-1]) if len(a.args) == 2 else ():
            if a.op == "ne" and isinstance(x, Var) and len(x.shape) == 1 and _is_zero(y):
                yield x
            if (
                isinstance(x, App)
                and x.op == "norm"
                and isinstance(x.args[0], Var)
                and len(x.args[0].shape) == 1
                and isinstance(y, Num)
            ):
                greater = a.op in ("gt", "ge") and (x, y) == a.args or a.op in ("lt", "le") and (y, x) == a.args
                if a.op == "eq" and y.value > 0 or greater and (y.value > 0 or y.value == 0 and a.op in ("gt", "lt")):
                    yield x.args[0]


def _is_zero(t: Term) -> bool:
    return isinstance(t, App) and t.op == "zeros" or isinstance(t, Num) and t.value == 0


SPEC = Method(
    name="quadratic forms",
    relations=frozenset({"<", "<=", ">", ">=", "!=", "holds"}),
    cost=2,
    concludes=frozenset({Truth.PROVED}),
    soundness="x'*P*x, tr(P) and det(P) are positive for a positive definite P and x other than 0, squares of norms are not negative",
    run=run,
    holds=(
        "let n : size\nlet P : matrix(n, n), posdef\nlet x : vector(n)\nx'*P*x >= 0",
        "let n : size\nlet P : matrix(n, n), posdef\nlet x : vector(n)\nx'*P*x > 0 given x != zeros(n)",
        "let m, n : size\nlet A : matrix(m, n)\nlet lam > 0\nis_posdef(A'*A + lam*eye(n))",
        "let m, n : size\nlet A : matrix(m, n)\ntr(A'*A) >= 0",
        "let n : size\nlet A : matrix(n, n)\nis_symmetric(A + A')",
        "let n : size\nlet P, R : matrix(n, n), posdef\ntr(P*R) > 0",
        "let n : size\nlet P, R : matrix(n, n), posdef\nlet x : vector(n)\nx'*(P + R)*x >= x'*P*x",
    ),
    fails=(),
    open=(
        "let n : size\nlet P : matrix(n, n), posdef\nlet x : vector(n)\nx'*P*x > 0",
        "let n : size\nlet A : matrix(n, n)\nlet x : vector(n)\nx'*A*x >= 0",
        "let n : size\nlet x : vector(n)\nis_posdef(x*x')",
        "let m, n : size\nlet A : matrix(m, n)\nis_posdef(A'*A)",
        "let n : size\nlet P : matrix(n, n), posdef\nlet S : matrix(n, n), symmetric\ntr(P*S) >= 0",
        "let n : size\nlet P, R : matrix(n, n), posdef\nlet x : vector(n)\nx'*(P - R)*x >= 0",
        "let n : size\nlet P, R, S : matrix(n, n), posdef\ntr(P*R*S) > 0",
    ),
)
