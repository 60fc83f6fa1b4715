"""The frame of checks that collect relative errors at points: terms evaluated at one point, and what the errors of all points say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import APART, CLOSE, EXACT_ROUTE, items, points, value, verdict
from twofold.grammar.term import FALSE, TRUE, App, Array, Bound, Symbol, Term, num, substitute
from twofold.numeric.outcomes import NoValue
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context

_TOLERANCE = 1e-9
Checker = Callable[[Term, Term, Context], Check | None]


class Disagreement(Exception):
    """An answer is wrong for a reason that is no number; the text says which."""


class Sample:
    """Terms at one point. Whatever has no value there raises `NoValue`, and the point is left out."""

    def __init__(self, point: Valuation, context: Context) -> None:
        self.point = point
        self.context = context

    def value(self, t: Term, reading: str = "") -> Any:
        """The value as a NumPy array."""
        found = value(t, self.point, self.context, reading)
        if found is None:
            raise NoValue("no finite value")
        return found

    def matrix(self, t: Term) -> Any:
        """A matrix of complex numbers; numbers and vectors as matrices of one column; a linear map by its values at the unit vectors."""
        if not isinstance(t, Bound):
            return as_matrix(self.value(t, "complex"))
        n = arity(t)
        columns = [np.atleast_1d(self.applied(t, [int(i == j) for i in range(n)])).reshape(-1) for j in range(n)]
        return np.column_stack(columns)

    def applied(self, t: Bound, vector: list[Any]) -> Any:
        """The value of a linear map at a vector of numbers."""
        values: dict[Symbol, Term] = {}
        left = [num(v) for v in vector]
        for symbol in t.symbols:
            n = symbol.shape[0] if symbol.shape else 1
            assert isinstance(n, int)
            own, left = tuple(left[:n]), left[n:]
            values[symbol] = Array((own,), (n,)) if symbol.shape else own[0]
        return self.value(substitute(t.body, values), "complex")

    def elements(self, answer: Term) -> list[Any]:
        """The values of the elements of a set or a tuple."""
        return [self.value(x, "complex") for x in items(answer)]

    def with_value(self, symbol: Symbol, v: Any) -> Sample:
        """The same point with a value for one more name."""
        return Sample({**self.point, symbol: v}, self.context)

    def columns(self, args: Iterable[Term]) -> Any:
        """The vectors that arguments hold, as columns."""
        each = [x for a in args for x in (items(a) if isinstance(a, App) and a.op in ("set", "tuple") else [a])]
        if not each:
            raise NoValue("no vectors")
        return np.hstack([self.matrix(x) for x in each])

    def truth(self, answer: Term) -> bool:
        """A truth, where it stands or by its value."""
        return answer == TRUE if answer in (TRUE, FALSE) else bool(self.value(answer))


Errors = Callable[[App, Term, Sample], Iterable[float]]


def at_points(method: str, count: int = 4, close: float = CLOSE, apart: float = APART) -> Callable[[Errors], Checker]:
    """A check from what gives the relative errors of an answer at one point."""

    def made(errors: Errors) -> Checker:
        @wraps(errors)
        def check(question: Term, answer: Term, context: Context) -> Check | None:
            if not isinstance(question, App):
                return None
            found: list[float] = []
            for p in points([question, answer], context, count):
                try:
                    found += errors(question, answer, Sample(p, context))
                except NoValue:
                    continue
                except Disagreement as why:
                    return Check(method, False, None, EXACT_ROUTE, str(why))
            return verdict(method, found, close=close, apart=apart)

        return check

    return made


def as_matrix(a: Any) -> Any:
    """Numbers and vectors as matrices of one column."""
    a = np.asarray(a)
    return a.reshape(1, 1) if a.ndim == 0 else a.reshape(-1, 1) if a.ndim == 1 else a


def arity(t: Bound) -> int:
    """How many numbers a map takes. Raises `NoValue` where a size is not known."""
    sizes = [s.shape[0] if s.shape else 1 for s in t.symbols]
    if not all(isinstance(d, int) for d in sizes):
        raise NoValue("a size is not known")
    return sum(d for d in sizes if isinstance(d, int))


def rank(a: Any) -> int:
    """The numeric rank."""
    return int(np.linalg.matrix_rank(a, tol=_TOLERANCE * max(1.0, float(np.max(np.abs(a))) if a.size else 1.0))) if a.size else 0
