"""Identities of pseudo-inverses, exponentials, ranks and Kronecker products of matrices of any size, by rewriting products.

With P = pinv(W) for a product W of real matrices: W*P*W = W, P*W*P = P, and W*P and P*W are symmetric (R. Penrose, "A generalized inverse for matrices",
1955). exp(X)*exp(Y) = exp(X + Y) where X*Y = Y*X. A matrix and its transpose have one rank, so have V, V'*V and V'*K*V for a positive definite K, and an
invertible factor at an end changes none. det(kron(A, B)) = det(A)^n*det(B)^m for A of m and B of n rows. Source: Horn and Johnson, "Matrix Analysis".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Symbol, Term, children, free_symbols, num, rebuild, subterms, transform, var
from twofold.symbolic.definiteness import Definiteness, chain, spread
from twofold.symbolic.matrix_products import (
    Word,
    determinant,
    is_exponential,
    is_matrix,
    is_zero,
    of_product,
    penrose,
    power,
    product_of,
    turned_round,
)
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods.linear_steps import Known
from twofold.symbolic.said_of_matrices import Said, are_inverse, equation, is_orthogonal, regular
from twofold.symbolic.tensors import equal

_FUNCTIONS = frozenset({"pinv", "expm", "rank", "kron", "adjugate", "cond"})
_NAMED = frozenset({"pinv", "rank", "det"})
_STEPS, _LONGEST = 60, 12
"""Rewritings of one product, and factors in it."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the sides are the same after rewriting, with names for the pseudo-inverses and ranks that are left."""
    if goal.reading != "real" or not any(
        isinstance(t, App) and t.op in _FUNCTIONS for side in (goal.left, goal.right) for t in subterms(side)
    ):
        raise NotApplicable("no pseudo-inverse, exponential, rank or Kronecker product stands in the claim")
    goal = regular(equation(goal))
    words = Words(goal)
    left, right = (words.named(words.simplified(t)) for t in (goal.left, goal.right))
    if _same(replace(goal, left=left, right=right), context):
        return Evidence("products of matrices", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the rewritten sides differ")


def _same(goal: Goal, context: Any) -> bool:
    if full(goal.left.shape) == full(goal.right.shape) and (goal.left == goal.right or equal(goal.left, goal.right)):
        return True
    if goal.left.shape or goal.right.shape:
        return False
    try:
        return plain.run(goal, context).truth is Truth.PROVED
    except NotApplicable:
        return False


class Words:
    """Rewriting of products, with what a claim says of its matrices."""

    def __init__(self, goal: Goal) -> None:
        self.definiteness: Definiteness = Known(goal).definiteness
        self.said = Said(goal)
        self.names: dict[Term, Term] = {}
        self._done: dict[Term, Term] = {}

    def simplified(self, term: Term) -> Term:
        """A term that is equal to the given one wherever that has a value, for all real entries."""
        found = self._done.get(term)
        if found is None:
            parts = tuple(map(self.simplified, children(term)))
            found = rebuild(term, parts) if parts else term
            for _ in range(_STEPS):
                wide = spread(found)
                if wide != found and isinstance(wide, App) and wide.op in ("add", "sub", "neg"):
                    found = rebuild(wide, tuple(map(self.simplified, children(wide))))
                    break
                new = self._rule(wide)
                if new is None:
                    break
                found = new
            self._done[term] = found
        return found

    def named(self, term: Term) -> Term:
        """Names for pseudo-inverses, ranks and determinants: what holds for all arrays and numbers holds for these. Raises `NotApplicable`."""
        bound = {s for t in subterms(term) if isinstance(t, Bound) for s in t.symbols}

        def rule(t: Term) -> Term | None:
            if isinstance(t, App) and t.op in _NAMED:
                if bound & set(free_symbols(t)):
                    raise NotApplicable(f"{t.op} depends on a bound name")
                if t not in self.names:
                    self.names[t] = var(Symbol(f"{t.op}_{len(self.names)}", "real", t.shape))
                return self.names[t]
            return None

        return transform(term, rule)

    def _rule(self, t: Term) -> Term | None:
        if not isinstance(t, App) or t.sort != "number":
            return None
        if t.op == "transpose" and t.args[0] in self.said.turned:
            return self.said.turned[t.args[0]]
        if t.op in ("mul", "transpose", "dot"):
            return self._product(t)
        if t.op in ("inv", "adjugate", "cond") and (known := self._of_inverse(t)) is not None:
            return known
        if t.op == "pinv":
            return self._pseudo_inverse(t.args[0])
        if t.op == "expm":
            return app("eye", dim_term(full(t.shape)[0])) if is_zero(t.args[0]) else None
        if t.op == "inv" and is_exponential(t.args[0]):
            return app("expm", app("neg", t.args[0].args[0]))  # type: ignore[attr-defined]
        if t.op == "pow" and is_matrix(t.args[0]) and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1:
            return power(t.args[0], int(t.args[1].value))
        if t.op == "rank":
            return self._rank(t.args[0])
        if t.op == "det" and isinstance(t.args[0], App) and t.args[0].op == "transpose":
            return app("det", t.args[0].args[0])
        if t.op == "det" and isinstance(t.args[0], App):
            return determinant(*t.args[0].args) if t.args[0].op == "kron" else of_product(t.args[0])
        return None

    def _of_inverse(self, t: App) -> Term | None:
        """The inverse of a Kronecker product, the adjugate of an invertible matrix, the condition number of an orthogonal one."""
        (a, *kind) = t.args
        if t.op == "adjugate" and self.definiteness.invertible(a):
            return app("mul", self.simplified(app("det", a)), app("inv", a))
        if t.op == "cond" and kind in ([], [num(2)]) and all(map(is_orthogonal, (f for f, _ in chain(a)[1]))) and not chain(a)[0]:
            return num(1)
        if (
            t.op == "inv"
            and isinstance(a, App)
            and a.op == "kron"
            and all(is_matrix(x) and len(set(full(x.shape))) == 1 for x in a.args)
        ):
            return app("kron", *(self.simplified(app("inv", x)) for x in a.args))
        return None

    # --- products --------------------------------------------------------------------------------------------------------------

    def _product(self, t: App) -> Term | None:
        scalars, word = chain(t)
        if not 1 < len(word) <= _LONGEST and not (len(word) == 1 and word[0][1]):
            return None
        new = self.reduced(word)
        if new == word:
            return None
        out = product_of(new) if new else app("eye", dim_term(full(t.shape)[0])) if t.shape else None
        if out is None:
            return None
        for s in scalars:
            out = app("mul", s, out)
        return out

    def reduced(self, word: Word) -> Word:
        """The product after as many rewritings as there are."""
        for _ in range(_STEPS):
            new = next(self._rewritten(word), None)
            if new is None or len(new) > _LONGEST:
                return word
            word = new
        return word

    def _rewritten(self, word: Word) -> Iterator[Word]:
        square_only = len(word) > 1
        for k, (t, turned) in enumerate(word):
            if is_exponential(t) and turned:
                inner = self.simplified(app("transpose", t.args[0]))  # type: ignore[attr-defined]
                yield (*word[:k], (app("expm", inner), False), *word[k + 1 :])
            if square_only and isinstance(t, App) and t.op == "eye":
                yield (*word[:k], *word[k + 1 :])
        for k, ((a, _), (b, _)) in enumerate(pairwise(word)):
            if is_exponential(a) and is_exponential(b):
                x, y = a.args[0], b.args[0]  # type: ignore[attr-defined]
                if self.said.commute(x, y):
                    joined = app("add", x, y)
                    yield (*word[:k], *(() if is_zero(joined) else ((app("expm", joined), False),)), *word[k + 2 :])
        for k in range(len(word) - 2):
            if is_exponential(word[k + 1][0]) and are_inverse(word[k], word[k + 2]):
                inner = product_of((word[k], (word[k + 1][0].args[0], False), word[k + 2]))  # type: ignore[attr-defined]
                yield (*word[:k], (app("expm", self.simplified(inner)), False), *word[k + 3 :])
        for t in dict.fromkeys(t for t, _ in word if isinstance(t, App) and t.op == "pinv"):
            scalars, w = chain(t.args[0])
            if scalars:
                continue
            for old, new in penrose(t, w):
                for k in range(len(word) - len(old) + 1):
                    if word[k : k + len(old)] == old:
                        yield (*word[:k], *new, *word[k + len(old) :])

    # --- functions -------------------------------------------------------------------------------------------------------------

    def _pseudo_inverse(self, t: Term) -> Term | None:
        """pinv(pinv(X)) = X, pinv(X') = pinv(X)', pinv(V*V') = pinv(V)'*pinv(V); that of an invertible matrix is its inverse."""
        if isinstance(t, App) and t.op == "zeros":
            return app("zeros", *t.args[::-1]) if len(t.args) == 2 else None
        if not all(is_matrix(f) for f in (t, *(f for f, _ in chain(t)[1]))):
            return None
        if isinstance(t, App) and t.op == "pinv":
            return t.args[0]
        m, n = full(t.shape)
        if m == n and self.definiteness.invertible(t):
            return app("inv", t)
        if (known := self.said.of_full_rank(t)) is not None:
            return known
        scalars, word = chain(t)
        if scalars:
            if all(isinstance(s, Num) and s.value != 0 for s in scalars):
                out = self.simplified(app("pinv", product_of(word)))
                for s in scalars:
                    out = app("div", out, s)
                return out
            return None
        if len(word) == 1 and word[0][1]:
            return app("transpose", app("pinv", word[0][0]))
        half = word[: len(word) // 2]
        if half and len(word) == 2 * len(half) and word[len(half) :] == turned_round(half):
            inner = app("pinv", product_of(half))
            return self.simplified(app("mul", app("transpose", inner), inner))
        return None

    def _rank(self, t: Term) -> Term | None:
        """The rank of the simplest product with the same one."""
        if isinstance(t, App) and t.op == "zeros":
            return num(0)
        if isinstance(t, App) and t.op == "kron" and all(map(is_matrix, t.args)):
            return self.simplified(app("mul", app("rank", t.args[0]), app("rank", t.args[1])))
        scalars, word = chain(t)
        if not all(isinstance(s, Num) and s.value != 0 for s in scalars) or not all(is_matrix(f) for f, _ in word):
            return None
        new = self._of_same_rank(word)
        if len(new) == 1 and self._is_invertible(new[0][0]):
            return dim_term(full(new[0][0].shape)[0])
        return app("rank", product_of(new)) if new != word or scalars else None

    def _of_same_rank(self, word: Word) -> Word:
        while True:
            if len(word) > 1 and self._is_invertible(word[0][0]):
                word = word[1:]
                continue
            if len(word) > 1 and self._is_invertible(word[-1][0]):
                word = word[:-1]
                continue
            k = len(word) // 2
            right, middle = word[len(word) - k :], word[k : len(word) - k]
            if k and word[:k] == turned_round(right) and all(self.definiteness.definite(f) == "positive" for f, _ in middle):
                word = right
                continue
            if len(word) == 1 and isinstance(word[0][0], App) and word[0][0].op == "pinv":
                word = chain(word[0][0].args[0])[1]
                continue
            shorter = self._without_pseudo_inverse(word)
            if shorter is None:
                break
            word = shorter
        other = turned_round(word)
        return min(word, other, key=lambda w: ([turned for _, turned in w], repr(w)))

    def _without_pseudo_inverse(self, word: Word) -> Word | None:
        """W for W*pinv(W) or pinv(W)*W, whose rank is that of W."""
        for end, rest in ((word[0], word[1:]), (word[-1], word[:-1])):
            t, turned = end
            if isinstance(t, App) and t.op == "pinv" and rest:
                scalars, w = chain(t.args[0])
                if not scalars and rest == (turned_round(w) if turned else w):
                    return rest
        return None

    def _is_invertible(self, t: Term) -> bool:
        m, n = full(t.shape)
        return m == n and (self.definiteness.invertible(t) or is_exponential(t))


_M = "let m, n : size\nlet A : matrix(m, n)\n"
_S = "let m, n : size\nlet A, B : matrix(n, n)\n"
SPEC = Method(
    name="products of matrices",
    relations=frozenset({"==", "=>"}),
    cost=3,
    concludes=frozenset({Truth.PROVED}),
    soundness="Penrose's equations, exp(X + Y) = exp(X)*exp(Y) for X and Y that commute, and factors that keep the rank; what is left over are any matrices",
    run=run,
    holds=(
        _M + "A*pinv(A)*A == A",
        _M + "(A*pinv(A))' == A*pinv(A)",
        _M + "A'*A*pinv(A) == A'",
        _M + "pinv(A'*A) == pinv(A)*pinv(A)'",
        _M + "rank(A'*A) == rank(A)",
        _M + "rank(A*pinv(A)) == rank(A')",
        _S + "expm(-A)*expm(A) == eye(n)",
        _S + "let C : matrix(m, m)\ndet(kron(A, C)) == det(A)^m*det(C)^n",
        _S + "inv(kron(A, B)) == kron(inv(A), inv(B))",
        _S + "inv(expm(A)) == expm(A') given A' == -A",
        _S + "A*B == B*A => expm(A + B) == expm(A)*expm(B)",
        _S + "let Q : matrix(n, n), orthogonal\nQ*expm(A)*Q' == expm(Q*A*Q')",
        _M + "pinv(A) == inv(A'*A)*A'",
        _S + "A*adjugate(A) == det(A)*eye(n)",
    ),
    fails=(),
    open=(
        _S + "pinv(A)*A == A*pinv(A)",
        _M + "A*pinv(A) == eye(m)",
        _S + "pinv(A*B) == pinv(B)*pinv(A)",
        _S + "expm(A)*expm(B) == expm(A + B)",
        _S + "rank(A*B) == rank(A)",
        _S + "rank(A^2) == rank(A)",
        _S + "inv(expm(A)) == expm(A')",
        _S + "B*expm(A)*B' == expm(B*A*B')",
        _S + "A*B == B*A => expm(A + B) == expm(A)",
        _S + "adjugate(A) == det(A)*inv(B)",
    ),
)

__all__ = ["SPEC", "Words", "run"]
