"""Identities of pseudo-inverses, exponentials, ranks and Kronecker products of matrices of any size, by rewriting products.

With P = pinv(W) for a product W of real matrices: W*P*W = W, P*W*P = P, and W*P and P*W are symmetric (R. Penrose, "A generalized inverse for matrices",
1955). exp(X)*exp(Y) = exp(X + Y) where X*Y = Y*X. A matrix and its transpose have one rank, so have V, V'*V and V'*K*V for a positive definite K, and an
invertible factor at an end changes none. det(kron(A, B)) = det(A)^n*det(B)^m for A of m and B of n rows. Source: Horn and Johnson, "Matrix Analysis".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, dim_term, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Num, Symbol, Term, children, free_symbols, num, rebuild, subterms, transform, var
from twofold.symbolic.definiteness import Definiteness, Factor, chain, spread
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods.linear_steps import Known
from twofold.symbolic.tensors import equal

Word = tuple[Factor, ...]

_FUNCTIONS = frozenset({"pinv", "expm", "rank", "kron"})
_NAMED = frozenset({"pinv", "rank", "det"})
_STEPS, _LONGEST, _HIGHEST = 60, 12, 4
"""Rewritings of one product, factors in it, and the power that is written as a product."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the sides are the same after rewriting, with names for the pseudo-inverses and ranks that are left."""
    if goal.reading != "real" or not any(
        isinstance(t, App) and t.op in _FUNCTIONS for side in (goal.left, goal.right) for t in subterms(side)
    ):
        raise NotApplicable("no pseudo-inverse, exponential, rank or Kronecker product stands in the claim")
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
        if t.op in ("mul", "transpose", "dot"):
            return self._product(t)
        if t.op == "pinv":
            return self._pseudo_inverse(t.args[0])
        if t.op == "expm":
            return app("eye", dim_term(full(t.shape)[0])) if _is_zero(t.args[0]) else None
        if t.op == "inv" and _is_exponential(t.args[0]):
            return app("expm", app("neg", t.args[0].args[0]))  # type: ignore[attr-defined]
        if t.op == "pow" and _is_matrix(t.args[0]) and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1:
            return _power(t.args[0], int(t.args[1].value))
        if t.op == "rank":
            return self._rank(t.args[0])
        if t.op == "det" and isinstance(t.args[0], App):
            return _determinant(*t.args[0].args) if t.args[0].op == "kron" else _of_product(t.args[0])
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
            if _is_exponential(t) and turned:
                yield (*word[:k], (app("expm", app("transpose", t.args[0])), False), *word[k + 1 :])  # type: ignore[attr-defined]
            if square_only and isinstance(t, App) and t.op == "eye":
                yield (*word[:k], *word[k + 1 :])
        for k, ((a, _), (b, _)) in enumerate(pairwise(word)):
            if _is_exponential(a) and _is_exponential(b):
                x, y = a.args[0], b.args[0]  # type: ignore[attr-defined]
                if equal(app("mul", x, y), app("mul", y, x)):
                    joined = app("add", x, y)
                    yield (*word[:k], *(() if _is_zero(joined) else ((app("expm", joined), False),)), *word[k + 2 :])
        for t in dict.fromkeys(t for t, _ in word if isinstance(t, App) and t.op == "pinv"):
            scalars, w = chain(t.args[0])
            if scalars:
                continue
            for old, new in _penrose(t, w):
                for k in range(len(word) - len(old) + 1):
                    if word[k : k + len(old)] == old:
                        yield (*word[:k], *new, *word[k + len(old) :])

    # --- functions -------------------------------------------------------------------------------------------------------------

    def _pseudo_inverse(self, t: Term) -> Term | None:
        """pinv(pinv(X)) = X, pinv(X') = pinv(X)', pinv(V*V') = pinv(V)'*pinv(V); that of an invertible matrix is its inverse."""
        if isinstance(t, App) and t.op == "zeros":
            return app("zeros", *t.args[::-1]) if len(t.args) == 2 else None
        if not all(_is_matrix(f) for f in (t, *(f for f, _ in chain(t)[1]))):
            return None
        if isinstance(t, App) and t.op == "pinv":
            return t.args[0]
        m, n = full(t.shape)
        if m == n and self.definiteness.invertible(t):
            return app("inv", t)
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
        if isinstance(t, App) and t.op == "kron" and all(map(_is_matrix, t.args)):
            return self.simplified(app("mul", app("rank", t.args[0]), app("rank", t.args[1])))
        scalars, word = chain(t)
        if not all(isinstance(s, Num) and s.value != 0 for s in scalars) or not all(_is_matrix(f) for f, _ in word):
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
        return m == n and (self.definiteness.invertible(t) or _is_exponential(t))


def _penrose(t: Term, w: Word) -> Iterator[tuple[Word, Word]]:
    """Products with a pseudo-inverse of w that are equal to simpler ones."""
    p, q, v = ((t, False),), ((t, True),), turned_round(w)
    if w == v:  # Then the pseudo-inverse is symmetric too, and the two commute.
        yield q, p
        yield from (((*w, *p, *w), w), ((*p, *w, *p), p), ((*p, *w), (*w, *p)))
        yield from (((*w, *w, *p), w), ((*w, *p, *p), p))
        return
    yield from (((*w, *p, *w), w), ((*p, *w, *p), p))
    yield from (((*v, *w, *p), v), ((*p, *w, *v), v), ((*w, *p, *q), q), ((*q, *p, *w), q))
    yield from (((*q, *v), (*w, *p)), ((*v, *q), (*p, *w)))


def turned_round(word: Word) -> Word:
    """The transpose of a product."""
    return tuple((f, g) for x, turned in reversed(word) for f, g in chain(app("transpose", x) if not turned else x)[1])


def product_of(word: Word) -> Term:
    parts = [app("transpose", f) if turned else f for f, turned in word]
    out = parts[0]
    for p in parts[1:]:
        out = app("mul", out, p)
    return out


def _determinant(a: Term, b: Term) -> Term | None:
    """The determinant of a Kronecker product of square matrices."""
    (m, k), (n, j) = full(a.shape), full(b.shape)
    if m != k or n != j or not (_is_matrix(a) and _is_matrix(b)):
        return None
    return app("mul", app("pow", app("det", a), dim_term(n)), app("pow", app("det", b), dim_term(m)))


def _of_product(t: App) -> Term | None:
    """The determinant of a product of square matrices."""
    scalars, word = chain(t)
    if scalars or len(word) < 2 or not all(_is_matrix(f) and full(f.shape)[0] == full(f.shape)[1] for f, _ in word):
        return None
    return reduce(lambda a, b: app("mul", a, b), (app("det", f) for f, _ in word))


def _power(t: Term, k: int) -> Term | None:
    """A small power as a product, and one of an exponential as an exponential."""
    if _is_exponential(t):
        return app("expm", app("mul", num(k), t.args[0]))  # type: ignore[attr-defined]
    return reduce(lambda a, b: app("mul", a, b), [t] * k) if 0 < k <= _HIGHEST else None


def _is_matrix(t: Term) -> bool:
    return len(t.shape) == 2


def _is_exponential(t: Term) -> bool:
    return isinstance(t, App) and t.op == "expm" and len(t.shape) == 2


def _is_zero(t: Term) -> bool:
    m, n = full(t.shape)
    return equal(t, app("zeros", dim_term(m), dim_term(n)))


_M = "let m, n : size\nlet A : matrix(m, n)\n"
_S = "let m, n : size\nlet A, B : matrix(n, n)\n"
SPEC = Method(
    name="products of matrices",
    relations=frozenset({"=="}),
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
    ),
    fails=(),
    open=(
        _S + "pinv(A)*A == A*pinv(A)",
        _M + "A*pinv(A) == eye(m)",
        _S + "pinv(A*B) == pinv(B)*pinv(A)",
        _S + "expm(A)*expm(B) == expm(A + B)",
        _S + "rank(A*B) == rank(A)",
        _S + "rank(A^2) == rank(A)",
    ),
)

__all__ = ["SPEC", "Word", "Words", "product_of", "run", "turned_round"]
