"""The interpretation of terms over an arithmetic, with values for the symbols in force, and the count of its work."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from twofold.catalogue.resolve import formula
from twofold.core.meter import Meter
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, is_numeric
from twofold.numeric import operations
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.outcomes import CannotEvaluate

Value = Any
WORK = 400_000
"""Operations one evaluation may take at most; more is refused, not waited for."""
SECONDS = 1.0
"""What an evaluation is meant to take; an enclosure may take twice the operations that come to so much, see `core.meter`."""
PATIENCE = 6


class Work:
    """A count of operations, shared by everything one evaluation starts; `PATIENCE` times the seconds of processor time are a backstop.

    Evaluations are never interrupted from outside: FLINT calls back into them, and an exception it does not expect leaves it in a bad state.
    """

    __slots__ = ("left", "until")

    def __init__(self, limit: int, seconds: float = SECONDS) -> None:
        self.left = limit
        self.until = time.thread_time() + PATIENCE * seconds

    def spend(self, n: int = 1) -> None:
        before = self.left
        self.left -= n
        Meter.operations += n
        if self.left < 0:
            raise CannotEvaluate("too much work for one evaluation")
        if before >> 7 != self.left >> 7 and time.thread_time() > self.until:
            raise CannotEvaluate("too long for one evaluation")


class Evaluator:
    """Interprets terms over one arithmetic, with values for the symbols in force."""

    def __init__(self, arithmetic: Arithmetic, values: Mapping[Symbol, Value], work: Work) -> None:
        self.arithmetic = arithmetic
        self.values = values
        self.work = work
        arithmetic.interpret = lambda term, more: self.inner(more).value(term)

    def inner(self, more: Mapping[Symbol, Value]) -> Evaluator:
        """The same evaluation with values for further symbols."""
        new = object.__new__(Evaluator)
        new.arithmetic, new.work, new.values = self.arithmetic, self.work, {**self.values, **more}
        return new

    def over(self, arithmetic: Arithmetic, values: Mapping[Symbol, Value]) -> Evaluator:
        """An evaluation over another arithmetic that shares the count of work."""
        return Evaluator(arithmetic, values, self.work)

    def value(self, term: Term) -> Value:
        """The value of a term. Raises `Undefined`, `Unresolved` or `CannotEvaluate`."""
        self.work.spend()
        kind = type(term)
        if kind is App:
            rule = operations.application(term.op)
            if rule is None:
                raise CannotEvaluate(f"{term.op} has no numeric evaluation")
            return rule(self, term)
        if kind is Num:
            return self.number(term)
        if kind is Var:
            try:
                return self.values[term.symbol]
            except KeyError:
                raise CannotEvaluate(f"no value is given for `{term.symbol.name}`") from None
        if kind is Bound:
            binder = operations.binder(term.op)
            if binder is None:
                raise CannotEvaluate(f"{term.op} has no numeric evaluation")
            return binder(self, term)
        if kind is Array:
            if is_numeric(term):
                read = self.arithmetic.rational
                self.work.spend(sum(map(len, term.rows)))
                rows = tuple(tuple(read(x.value) for x in row) for row in term.rows)
                return rows[0] if len(term.shape) == 1 else rows
            rows = tuple(tuple(self.value(x) for x in row) for row in term.rows)
            return rows[0] if len(term.shape) == 1 else rows
        if kind is Const:
            return self.constant(term)
        raise TypeError(f"not a term: {term!r}")

    def number(self, term: Num) -> Value:
        known = self.arithmetic.numbers
        value = known.get(term)
        if value is None:
            value = known[term] = self.arithmetic.rational(term.value)
        return value

    def constant(self, term: Const) -> Value:
        if term.sort == "text":
            return term.name
        if term.sort == "truth":
            return operations.truth(self.arithmetic, term.name == "true")
        return self.arithmetic.constant(term.name)

    def defined(self, text: str, names: Sequence[str], arguments: Sequence[Value]) -> Value:
        """The value of a declaration's text at scalar arguments."""
        symbols = {n: Symbol(n) for n, _ in zip(names, arguments, strict=False)}
        return self.inner(dict(zip(symbols.values(), arguments, strict=True))).value(formula(text, symbols))
