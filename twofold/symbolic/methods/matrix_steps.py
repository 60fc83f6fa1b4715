"""Steps between equations of matrices of any size: what is put in for an equal, a function of both sides, a square that is 0, what an equation says of a matrix.

From L == R follow X == T put in wherever X stands, det(L) == det(R) and |L| == |R|; from V'*W*V == 0 with a positive definite W follows V == 0; A'*A == I
makes A orthogonal, A*B == I invertible (and B*A == I), A' == A symmetric (A and B square). Source: R. A. Horn and C. R. Johnson, "Matrix Analysis", 2nd ed. (2013), chapters 0, 2 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import ShapeError, app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Term, Var, num, substitute, subterms, var
from twofold.symbolic.methods import linear_steps
from twofold.symbolic.methods.linear_steps import NUMBERS, Forms, Known, residual
from twofold.symbolic.tensors import equal

_FACTS, _FACTORS = 4, 8
"""Equations on the left that are looked at, and matrices that are tried as factors of one."""
_HIGHEST = 3
"""The power of the difference of the sides that is compared: what has a power that is 0 is 0."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where every equation on the right follows from one on the left; for `<=>`, the other way round too."""
    if goal.reading != "real" or not any(
        isinstance(t, Var) and t.shape for side in (goal.left, goal.right) for t in subterms(side)
    ):
        raise NotApplicable("not a step between equations of real arrays")
    ways = [(goal.left, goal.right), (goal.right, goal.left)][: 2 if goal.relation == "<=>" else 1]
    for left, right in ways:
        if not _follows(replace(goal, relation="=>", left=left, right=right), context):
            raise NotApplicable("what is on one side was not seen to follow from the other")
    return Evidence("equations of matrices", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")


def _follows(goal: Goal, context: Any) -> bool:
    """Whether everything on the right follows from what is said on the left."""
    goal = _informed(goal)
    apart = tuple(t for t in conjuncts(goal.left) if isinstance(t, App) and t.op == "ne" and not t.args[0].shape)
    goal = replace(goal, assumptions=(*goal.assumptions, *apart))
    facts = [f for f in conjuncts(goal.left) if residual(f) is not None][:_FACTS]
    facts += [r for f in facts for r in _rotations(f)]
    parts = conjuncts(goal.right)
    return bool(parts) and all(_Part(_without_inverse(part), goal, facts).holds(context) for part in parts)


def _is_invertible(part: Term, known: Known) -> bool:
    """Whether a part says that a determinant is not 0, of a matrix that is known to be invertible."""
    if not (isinstance(part, App) and part.op == "ne" and num(0) in part.args):
        return False
    (t,) = (a for a in part.args if a != num(0)) if part.args != (num(0), num(0)) else (num(0),)
    return isinstance(t, App) and t.op == "det" and known.definiteness.invertible(t.args[0])


def _without_inverse(part: Term) -> Term:
    """M*T == I for inv(M) == T: for square matrices that says the inverse exists as well."""
    if isinstance(part, App) and part.op == "eq":
        for a, b in (part.args, part.args[::-1]):
            if isinstance(a, App) and a.op == "inv" and not any(isinstance(t, App) and t.op == "inv" for t in subterms(b)):
                (m,) = a.args
                size = full(m.shape)[0]
                return app("eq", app("mul", m, b), app("eye", num(size) if isinstance(size, int) else size))
    return part


class _Part:
    """One equation of the right side."""

    def __init__(self, part: Term, goal: Goal, facts: list[Term]) -> None:
        self.part, self.goal, self.facts = part, goal, facts
        self.known = Known(goal)
        self.known.granted = {t for f in facts if not any(isinstance(u, Bound) for u in subterms(f)) for t in subterms(f)}
        self.gap = residual(part)

    def holds(self, context: Any) -> bool:
        if _is_invertible(self.part, self.known):
            return True
        if self.gap is None or not isinstance(self.part, App):
            return False
        if any(self._is_true(t) for t in self._put_in(self.part)):
            return True
        if not self.known.total(self.gap):
            return False
        return any(self._is_image(f) or self._is_square(f) or self._is_multiple(f, context) for f in self.facts)

    def _is_true(self, t: Term) -> bool:
        """Whether an equation holds always."""
        assert isinstance(t, App)
        return all(map(self.known.total, t.args)) and equal(*t.args)

    def _put_in(self, part: Term) -> Iterator[Term]:
        """The part itself, and with an array put in for a name that is said to be equal to it."""
        yield part
        for f in self.facts:
            assert isinstance(f, App)
            for name, value in (f.args, f.args[::-1]):
                if isinstance(name, Var):
                    yield substitute(part, {name.symbol: value})

    def _is_multiple(self, fact: Term, context: Any) -> bool:
        try:
            return linear_steps.run(replace(self.goal, left=fact, right=self.part), context).truth is Truth.PROVED
        except NotApplicable:
            return False

    def _is_image(self, fact: Term) -> bool:
        """Whether a power of the difference of the sides is a multiple of that of a function of both sides of a fact."""
        gap = self.gap
        assert gap is not None
        if gap.shape:
            return False
        powers = [gap, *(app("pow", gap, num(k)) for k in range(2, _HIGHEST + 1))]
        offered = [app("mul", factor, image) for image in _images(fact) for factor in self._scalars()]
        return _is_among(powers, offered)

    def _scalars(self) -> Iterator[Term]:
        """Numbers, and the determinants of the matrices of the claim."""
        yield from (_number(p, q) for p, q in NUMBERS)
        for m in self._matrices():
            if _is_square(m):
                yield app("det", m)

    def _matrices(self) -> list[Term]:
        """Names of arrays in the claim."""
        found = {t: None for side in (self.goal.left, self.goal.right) for t in subterms(side) if isinstance(t, Var) and t.shape}
        return list(found)[:_FACTORS]

    def _is_square(self, fact: Term) -> bool:
        """Whether V'*W*V, with the difference V of the sides and a positive definite W, is made of a fact that says 0."""
        gap, nothing = self.gap, residual(fact)
        assert gap is not None and nothing is not None
        forms, squares = Forms(), list(self._squares(gap))
        return any(forms.proportional(t, z) for z in self._zeros(nothing) for t in squares)

    def _squares(self, gap: Term) -> Iterator[Term]:
        """Numbers that are 0 only where the difference of the sides is."""
        if not gap.shape:
            yield app("mul", gap, gap)
            return
        for v in (gap, app("transpose", gap)):
            for w in (None, *self._weights(full(v.shape)[0])):
                yield _trace(app("mul", app("transpose", v), v if w is None else app("mul", w, v)))

    def _weights(self, size: int | Term) -> Iterator[Term]:
        """Matrices of the claim of this size that are known to be positive definite."""
        for side in (self.goal.left, self.goal.right):
            for t in dict.fromkeys(subterms(side)):
                fits = full(t.shape) == (size, size) and size != 1 and t.sort == "number"
                if fits and self.known.definiteness.definite(t) == "positive" and self.known.total(t):
                    yield t

    def _zeros(self, nothing: Term) -> Iterator[Term]:
        """Numbers that are 0 because an array is: its trace, and those of its products with arrays of the claim."""
        if not nothing.shape:
            yield nothing
            yield app("mul", nothing, nothing)
            return
        for m in (None, *self._cofactors()):
            for factor in (m, None if m is None else app("transpose", m)):
                try:
                    made = nothing if factor is None else app("mul", factor, nothing)
                except ShapeError:
                    continue
                if not made.shape or _is_square(made):
                    yield _trace(made)

    def _cofactors(self) -> Iterator[Term]:
        """Arrays that an array said to be 0 may be multiplied by: what is left of the sides without common factors, and the names."""
        assert isinstance(self.part, App) and self.gap is not None
        a, b = (_chain(t) for t in self.part.args)
        while len(a) > 1 and (b is None or len(b) > 1 and a[0] == b[0]):
            a, b = a[1:], None if b is None else b[1:]
            yield _product(a) if b is None else app("sub", _product(a), _product(b))
        yield self.gap
        yield from self._matrices()


def _is_among(targets: list[Term], offered: list[Term]) -> bool:
    """Whether one of the offered numbers is a target, by their reduced forms."""
    forms = Forms()
    return any(forms.same(t, x) for t in targets for x in offered)


def _images(fact: Term) -> Iterator[Term]:
    """Numbers that are 0 because both sides of a fact are the same."""
    assert isinstance(fact, App)
    a, b = fact.args
    if not a.shape:
        yield app("sub", a, b)
        yield app("sub", app("pow", a, num(2)), app("pow", b, num(2)))
        return
    yield app("sub", app("pow", app("norm", a), num(2)), app("pow", app("norm", b), num(2)))
    if _is_square(a):
        yield app("sub", app("det", a), app("det", b))


def _number(p: int, q: int) -> Term:
    return app("div", num(p), num(q)) if q != 1 else num(p)


def _trace(t: Term) -> Term:
    return app("tr", t) if t.shape else t


def _chain(t: Term) -> list[Term] | None:
    """The factors of a product of arrays; `None` for what is 0 as it stands."""
    if isinstance(t, App) and t.op == "zeros":
        return None
    if isinstance(t, App) and t.op == "mul" and all(a.shape for a in t.args):
        left, right = _chain(t.args[0]), _chain(t.args[1])
        return None if left is None or right is None else [*left, *right]
    return [t]


def _product(factors: list[Term]) -> Term:
    out = factors[0]
    for f in factors[1:]:
        out = app("mul", out, f)
    return out


def _rotations(fact: Term) -> Iterator[Term]:
    """U*V == I said as V*U == I, for square U and V."""
    assert isinstance(fact, App)
    for a, b in (fact.args, fact.args[::-1]):
        factors = _chain(a) if isinstance(b, App) and b.op == "eye" else None
        for k in range(1, len(factors or ())):
            assert factors is not None
            left, right = _product(factors[:k]), _product(factors[k:])
            if _is_square(left) and _is_square(right):
                yield app("eq", app("mul", right, left), b)


# --- what equations say of matrices --------------------------------------------------------------------------------------------


def _informed(goal: Goal) -> Goal:
    """The goal with the properties that its left side gives to the names of square matrices."""
    for _ in range(2):
        known = Known(goal)
        for fact in conjuncts(goal.left):
            for symbol, word in _said(fact, known):
                if word not in symbol.properties:
                    put = {symbol: var(replace(symbol, properties=symbol.properties | {word}))}
                    left, right = (substitute(t, put) for t in (goal.left, goal.right))
                    goal = replace(goal, left=left, right=right, assumptions=tuple(substitute(t, put) for t in goal.assumptions))
                    break
    return goal


def _said(fact: Term, known: Known) -> Iterator[tuple[Any, str]]:
    """Names of square matrices and the properties that a fact gives them."""
    if not isinstance(fact, App) or fact.op not in ("eq", "ne"):
        return
    # Where an equation holds, all that stands in it has a value.
    if not any(isinstance(t, Bound) or (isinstance(t, App) and t.op == "piecewise") for t in subterms(fact)):
        for t in subterms(fact):
            if isinstance(t, App) and t.op == "inv":
                yield from ((s, "invertible") for s in _factors_of(t.args[0]))
    for a, b in (fact.args, fact.args[::-1]):
        if fact.op == "ne" or not a.shape:
            if isinstance(a, App) and a.op == "det" and isinstance(b, Num) and (b.value != 0) == (fact.op == "eq"):
                yield from ((s, "invertible") for s in _factors_of(a.args[0]))
            continue
        if isinstance(a, Var) and b == app("transpose", a):
            yield a.symbol, "symmetric"
        factors = _chain(a)
        if factors is None or not all(map(_is_square, factors)) or not known.definiteness.invertible(b) or not known.total(b):
            continue
        if isinstance(b, App) and b.op == "eye" and len(factors) == 2 and _is_turned(*factors):
            yield from ((f.symbol, "orthogonal") for f in factors if isinstance(f, Var))
        yield from ((s, "invertible") for f in factors for s in _factors_of(f))


def _factors_of(t: Term) -> Iterator[Any]:
    """The names of square matrices of which a matrix is a product, all of them square."""
    if isinstance(t, Var) and t.shape and _is_square(t):
        yield t.symbol
        return
    if not isinstance(t, App):
        return
    if t.op in ("transpose", "inv", "neg") or t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value > 0:
        yield from _factors_of(t.args[0])
    elif t.op == "mul" and all(map(_is_square, t.args)):
        for a in t.args:
            yield from _factors_of(a)


def _is_square(t: Term) -> bool:
    """Whether a term is a square matrix of more than one row, or of a number of rows that is a symbol."""
    m, n = full(t.shape)
    return m == n != 1


def _is_turned(a: Term, b: Term) -> bool:
    return a == app("transpose", b) or b == app("transpose", a)


_N = "let n : size\nlet A, B, C : matrix(n, n)\nlet K : matrix(n, n), posdef\nlet x, y : vector(n)\n"
SPEC = Method(
    name="equations of matrices",
    relations=frozenset({"=>", "<=>"}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness=(
        "where the left side holds, a name and what it equals are the same, so are functions of both sides, and a vector or matrix of which a sum of squares "
        "is 0 is 0; the right side has a value everywhere"
    ),
    run=run,
    holds=(
        _N + "A == B => det(A) == det(B)",
        _N + "A'*A*x == zeros(n) <=> A*x == zeros(n)",
        _N + "A*B == eye(n) => B*A == eye(n)",
        _N + "A*B*C == eye(n) => B*C*A == eye(n)",
        _N + "A'*A*B == A'*A*C => A*B == A*C",
        _N + "x'*K*x == 0 <=> x == zeros(n)",
        _N + "A' == A => x'*A*y == y'*A*x",
        _N + "A*B == zeros(n, n) => det(A)*det(B) == 0",
        _N + "norm(x) == norm(y) => (x + y)'*(x - y) == 0",
        _N + "A*A == zeros(n, n) => inv(eye(n) - A) == eye(n) + A",
        _N + "A*inv(B) == C => det(B) != 0",
        _N + "det(B) != 0 => B*inv(B) == eye(n)",
        "let n, p : size\nlet X : matrix(n, p)\nlet H : matrix(n, n)\nH == X*inv(X'*X)*X' => H*H == H",
    ),
    fails=(),
    open=(
        _N + "A == B => inv(A) == inv(B)",
        _N + "A*A == zeros(n, n) => inv(eye(n) - A) == eye(n) - A",
        _N + "A*inv(B) == C => det(A) != 0",
        _N + "det(A) != 0 => B*inv(B) == eye(n)",
        _N + "det(A) == det(B) => A == B",
        _N + "A*A*x == zeros(n) => A*x == zeros(n)",
        _N + "x'*A*x == 0 => x == zeros(n)",
        _N + "A*B == A*C => B == C",
        _N + "A*B*C == eye(n) => B*A*C == eye(n)",
        "let m, n : size\nlet G : matrix(m, n)\nlet H : matrix(n, m)\nG*H == eye(m) => H*G == eye(n)",
    ),
)
