"""What declarations and form say of the signs of matrices of any size: invertible ones, definite ones, and scalars made of them.

A product that reads the same from behind, transposed, is a square of a norm or a quadratic form: (A*x)'*(A*x) = x'*A'*A*x, and x'*P*x with P in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias

from twofold.catalogue.shapes import app, full
from twofold.grammar.term import App, Num, Term, Var, subterms

Factor: TypeAlias = "tuple[Term, bool]"
"""A factor of a product and whether it is transposed."""
_HIGHEST = 6
"""The power of a matrix that is written as a product."""


class Definiteness:
    """Signs of matrices, from those of scalars (`+`, `-`, `0+`, …) and the vectors that are known not to be 0."""

    def __init__(self, sign: Callable[[Term], str | None], nonzero: Iterable[Term] = ()) -> None:
        self.sign = sign
        self.nonzero = tuple(nonzero)

    def invertible(self, t: Term) -> bool:
        if self.definite(t) == "positive":
            return True
        if isinstance(t, Var):
            return bool({"invertible", "orthogonal", "posdef"} & t.symbol.properties)
        if isinstance(t, App):
            if t.op in ("inv", "transpose", "neg"):
                return self.invertible(t.args[0])
            if t.op == "mul":
                a, b = t.args
                if not a.shape or not b.shape:
                    scalar, rest = (a, b) if not a.shape else (b, a)
                    return self.sign(scalar) in ("+", "-") and self.invertible(rest)
                return all(full(x.shape)[0] == full(x.shape)[1] and self.invertible(x) for x in t.args)
        return False

    def definite(self, t: Term) -> str | None:
        """`positive` for a matrix known to be positive definite, `nonnegative` for a semidefinite one."""
        if isinstance(t, Var):
            return "positive" if "posdef" in t.symbol.properties else None
        if not isinstance(t, App):
            return None
        if t.op == "eye":
            return "positive"
        if t.op in ("inv", "transpose"):
            found = self.definite(t.args[0])
            return found if t.op == "transpose" or found == "positive" else None
        if t.op == "add":
            kinds = [self.definite(a) for a in t.args]
            return None if None in kinds else "positive" if "positive" in kinds else "nonnegative"
        if t.op == "div" and not t.args[1].shape:
            return self.definite(t.args[0]) if self.sign(t.args[1]) == "+" else None
        if t.op in ("hadamard", "emul", "kron"):  # Schur's product theorem; the eigenvalues of a Kronecker product are products.
            kinds = [self.definite(a) if len(a.shape) == 2 else None for a in t.args]
            return None if None in kinds else "positive" if set(kinds) == {"positive"} else "nonnegative"
        if t.op == "expm" and len(t.shape) == 2:
            return "positive" if _is_symmetric(t.args[0]) else None
        if t.op in ("mul", "pow"):
            scalars, factors = chain(t)
            if factors == ((t, False),):  # A product of scalars, one of which is no product: x'*y*tr(A).
                return None
            sign = self._product(scalars)
            kind = self.square(factors) if factors else None
            return kind if sign == "+" else "nonnegative" if kind and sign == "0+" else None
        return None

    def form(self, factors: tuple[Factor, ...]) -> str | None:
        """The sign of a product of matrices and vectors that is a scalar: `+`, `0+` or `None`."""
        kind = self.square(factors)
        if kind is None:
            return None
        return "+" if kind == "positive" else "0+"

    def square(self, factors: tuple[Factor, ...]) -> str | None:
        """`positive` or `nonnegative` for a product that reads the same from behind, transposed, with something definite in the middle."""
        k = len(factors)
        if k == 1:
            return self.definite(factors[0][0])
        if any(not _opposite(factors[i], factors[k - 1 - i]) for i in range(k // 2)):
            return None
        middle = "positive" if k % 2 == 0 else self.definite(factors[k // 2][0])
        if middle != "positive":
            return middle
        right = factors[(k + 1) // 2 :]
        return "positive" if self._keeps_nonzero(right) else "nonnegative"

    def trace(self, factors: tuple[Factor, ...]) -> str | None:
        """The sign of the trace of a product, in any of its rotations."""
        turned = [(*factors[i:], *factors[:i]) for i in range(len(factors))]
        kinds = [self.square(f) for f in turned]
        if not {"positive", "nonnegative"} & set(kinds):
            # The trace of a product of two semidefinite matrices is that of a semidefinite one.
            pairs = [(self.square(f[:k]), self.square(f[k:])) for f in turned for k in range(1, len(f))]
            kinds = ["positive" if p == q == "positive" else "nonnegative" for p, q in pairs if p and q]
        return "+" if "positive" in kinds else "0+" if "nonnegative" in kinds else None

    def determinant(self, t: Term) -> str | None:
        """The sign of the determinant of a definite matrix, or of a product of definite ones."""
        kind = self.definite(t)
        if kind is None:
            scalars, factors = chain(t)
            definite = [self.definite(f) for f, _ in factors]
            kind = "positive" if not scalars and len(definite) > 1 and set(definite) == {"positive"} else None
        return None if kind is None else "+" if kind == "positive" else "0+"

    def _keeps_nonzero(self, right: tuple[Factor, ...]) -> bool:
        """Whether no vector but 0 is taken to 0 by the right half of a square, or its vector at the end is not 0."""
        *matrices, last = right
        if not all(self.invertible(t) and _is_square(t) for t, _ in matrices):
            return False
        # A row takes many vectors to 0, whatever it is.
        return last[0] in self.nonzero and not last[1] or _is_square(last[0]) and self.invertible(last[0])

    def _product(self, scalars: tuple[Term, ...]) -> str | None:
        signs = [self.sign(s) for s in scalars]
        if all(s == "+" for s in signs):
            return "+"
        return "0+" if all(s in ("+", "0+", "0") for s in signs) else None


def chain(t: Term) -> tuple[tuple[Term, ...], tuple[Factor, ...]]:
    """The scalar factors of a product and its matrices and vectors in their order."""
    if not t.shape and not _has_arrays(t):
        return (t,), ()
    if isinstance(t, App) and t.op == "mul":
        a, b = t.args
        if bool(a.shape) != bool(b.shape):
            scalar, rest = (b, a) if a.shape else (a, b)
            scalars, factors = chain(rest)
            return (scalar, *scalars), factors
        if not all(isinstance(x, App) and x.op in ("mul", "dot", "transpose") or x.shape or not _has_arrays(x) for x in t.args):
            return (), ((t, False),)
        parts = [chain(x) for x in t.args]
        return tuple(s for p in parts for s in p[0]), tuple(f for p in parts for f in p[1])
    if isinstance(t, App) and t.op == "transpose":
        scalars, factors = chain(t.args[0])
        return scalars, tuple((f, not turned and not _is_symmetric(f)) for f, turned in reversed(factors))
    if isinstance(t, App) and t.op == "dot":
        (s, u), (r, v) = (chain(a) for a in t.args)
        return (*s, *r), (*((f, not turned and not _is_symmetric(f)) for f, turned in reversed(u)), *v)
    if isinstance(t, App) and t.op == "pow" and len(t.shape) == 2 and isinstance(t.args[1], Num):
        k = t.args[1].value
        if k.denominator == 1 and 1 < k <= _HIGHEST and t.args[0].shape:
            scalars, factors = chain(t.args[0])
            return scalars * int(k), factors * int(k)
        return (), ((t, False),)
    if isinstance(t, App) and t.op == "neg":
        scalars, factors = chain(t.args[0])
        return (App("neg", (scalars[0],)), *scalars[1:]) if scalars else (Num(Fraction(-1)),), factors
    return (), ((t, False),)


def spread(t: Term) -> Term:
    """Products of matrices over sums multiplied out."""
    if not isinstance(t, App) or t.op not in ("add", "sub", "neg", "mul", "transpose") or not _has_arrays(t):
        return t
    parts = [spread(x) for x in t.args]
    for k, x in enumerate(parts):
        if t.op in ("mul", "transpose") and isinstance(x, App) and x.op in ("add", "sub", "neg") and _has_arrays(x):
            return app(x.op, *(spread(app(t.op, *parts[:k], y, *parts[k + 1 :])) for y in x.args))
    return app(t.op, *parts)


def _has_arrays(t: Term) -> bool:
    return any(u.shape for u in subterms(t))


def _opposite(a: Factor, b: Factor) -> bool:
    return a[0] == b[0] and (a[1] != b[1] or _is_symmetric(a[0]))


def _are_turned(a: Term, b: Term) -> bool:
    """Whether one is the other transposed, as they are written."""
    return any(isinstance(x, App) and x.op == "transpose" and x.args[0] == y for x, y in ((a, b), (b, a)))


def _is_symmetric(t: Term) -> bool:
    if isinstance(t, Var):
        return not {"symmetric", "posdef", "diagonal"}.isdisjoint(t.symbol.properties)
    if not isinstance(t, App):
        return False
    if t.op in ("inv", "neg", "expm", "transpose", "add", "sub", "hadamard", "emul") and all(len(a.shape) == 2 for a in t.args):
        return all(map(_is_symmetric, t.args)) or t.op == "add" and _are_turned(*t.args)
    return t.op == "eye"


def _is_square(t: Term) -> bool:
    m, n = full(t.shape)
    return m == n
