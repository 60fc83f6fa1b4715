"""What the exact route works under: assumptions, the reading of numbers, and the SymPy symbols that stand for names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import conjuncts
from twofold.core.span import Span
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var
from twofold.symbolic.condition_form import plain, weaker


class NoClosedForm(Exception):
    """The exact route has no value to offer; the reason is a phrase without a full stop. Never says anything about the
    mathematics. `instead` is a term with the same value that the numeric route may evaluate."""

    def __init__(self, reason: str, instead: Term | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.instead = instead


class SymbolicSize(NoClosedForm):
    """An operation on the entries of a matrix whose size is a symbol."""

    def __init__(self, name: str, place: Span) -> None:
        super().__init__(f"{name} works on entries, and the size of this matrix is a symbol")
        self.place = place


@dataclass(frozen=True, slots=True)
class Range:
    """What is known of a real number: its bounds (`None` is none), whether they are excluded, and whether it may be 0."""

    lower: Fraction | None = None
    upper: Fraction | None = None
    open_lower: bool = False
    open_upper: bool = False
    nonzero: bool = False

    def meet(self, other: Range) -> Range:
        """Both at once."""
        low, low_open = _stricter(self.lower, self.open_lower, other.lower, other.open_lower, 1)
        high, high_open = _stricter(self.upper, self.open_upper, other.upper, other.open_upper, -1)
        return Range(low, high, low_open, high_open, self.nonzero or other.nonzero)

    @property
    def positive(self) -> bool:
        return self.lower is not None and (self.lower > 0 or (self.lower == 0 and (self.open_lower or self.nonzero)))

    @property
    def negative(self) -> bool:
        return self.upper is not None and (self.upper < 0 or (self.upper == 0 and (self.open_upper or self.nonzero)))

    @property
    def nonnegative(self) -> bool:
        return self.lower is not None and self.lower >= 0

    @property
    def nonpositive(self) -> bool:
        return self.upper is not None and self.upper <= 0


def _stricter(a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, sign: int) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return (b, b_open) if a is None else (a, a_open)
    if a == b:
        return a, a_open or b_open
    return (a, a_open) if (a - b) * sign > 0 else (b, b_open)


ANY = Range()


@dataclass(frozen=True, slots=True)
class Context:
    """How a question is to be worked out.

    reading      `real`: parts that are not real are undefined; `complex`: principal branches
    layout       `numerator` or `denominator`, for derivatives by vectors
    symmetric    gradients by a symmetric matrix treat its entries as dependent
    digits       decimals asked for where an answer is numeric
    effort       work, in Python calls, that an optional step (a shorter form) may take before it is given up
    seconds      processor time that one attempt at an integral, a sum or an equation may take
    notes        filled while working: remarks for the answer
    conditions   filled while working: terms under which the answer holds
    tentative    filled while working: what an answer has not been shown to be, so that a better one is no contradiction
    rounded      filled while working: what the decimals in an answer stand for, where it has no closed form
    symbols, terms, settled   SymPy symbols for names, what they mean, and the expressions known to be in their short form
    lifted       terms that SymPy expressions were written as
    """

    assumptions: tuple[Term, ...] = ()
    reading: str = "real"
    layout: str = "numerator"
    symmetric: bool = False
    digits: int = 15
    seed: int = 7
    effort: int = 400_000
    seconds: float = 4.0
    notes: list[str] = field(default_factory=list, compare=False)
    conditions: list[Term] = field(default_factory=list, compare=False)
    rounded: list[str] = field(default_factory=list, compare=False)
    tentative: list[str] = field(default_factory=list, compare=False)
    symbols: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    terms: dict[Any, Term] = field(default_factory=dict, compare=False, repr=False)
    settled: set[Any] = field(default_factory=set, compare=False, repr=False)
    lifted: dict[Any, Term] = field(default_factory=dict, compare=False, repr=False)

    def given(self, *facts: Term) -> Context:
        """The same context under further assumptions; remarks and conditions go to the same lists."""
        return replace(self, assumptions=(*self.assumptions, *facts), symbols={}, terms={}, settled=set(), lifted={})

    def aside(self, *facts: Term) -> Context:
        """The same under further assumptions for a question of its own, whose remarks and conditions are not those of the answer."""
        return replace(self.given(*facts), notes=[], conditions=[])

    def note(self, text: str) -> None:
        """Adds a remark to the answer, once."""
        if text not in self.notes:
            self.notes.append(text)

    def require(self, condition: Term) -> None:
        """Adds a condition under which the answer holds, once, unless it is assumed as it stands or follows from the range of a name."""
        condition = plain(condition)
        if condition in self.conditions or self._is_assumed(condition):
            return
        self.conditions[:] = [c for c in self.conditions if c not in weaker(condition)]
        self.conditions.append(condition)

    def _is_assumed(self, condition: Term) -> bool:
        if any(condition == plain(part) for fact in self.assumptions for part in conjuncts(fact)):
            return True
        if not isinstance(condition, App) or len(condition.args) != 2:
            return False
        name, number = condition.args
        if not isinstance(name, Var) or not isinstance(number, Num) or name.shape:
            return False
        known, value = self.range(name.symbol), number.value
        above = known.lower is not None and (known.lower > value or (known.lower == value and known.open_lower))
        below = known.upper is not None and (known.upper < value or (known.upper == value and known.open_upper))
        match condition.op:
            case "gt":
                return above
            case "ge":
                return known.lower is not None and known.lower >= value
            case "lt":
                return below
            case "le":
                return known.upper is not None and known.upper <= value
            case "ne":
                return above or below or (value == 0 and known.nonzero)
        return False

    def range(self, symbol: Symbol) -> Range:
        """What the declaration and the assumptions say of a real scalar (of every entry of an array)."""
        known = declared_range(symbol)
        for other, found in (f for fact in self.assumptions for part in conjuncts(fact) for f in _facts(part)):
            if other is symbol:
                known = known.meet(found)
        return known


def declared_range(symbol: Symbol) -> Range:
    """The bounds that a declaration gives, as far as they are numbers or have a known sign."""
    known = ANY
    if symbol.lower is not None:
        known = known.meet(Range(lower=_below(symbol.lower), open_lower=symbol.open_lower))
    if symbol.upper is not None:
        known = known.meet(Range(upper=_above(symbol.upper), open_upper=symbol.open_upper))
    if "positive" in symbol.properties:
        known = known.meet(Range(lower=Fraction(0), open_lower=True))
    if "nonnegative" in symbol.properties:
        known = known.meet(Range(lower=Fraction(0)))
    if "negative" in symbol.properties:
        known = known.meet(Range(upper=Fraction(0), open_upper=True))
    if "nonzero" in symbol.properties:
        known = known.meet(Range(nonzero=True))
    if symbol.size:
        known = known.meet(Range(lower=Fraction(1)))
    if "probability" in symbol.properties:
        known = known.meet(Range(lower=Fraction(0), open_lower=True, upper=Fraction(1)))
    return known


_CONSTANTS = {"pi": (Fraction(314159, 100000), Fraction(31416, 10000)), "e": (Fraction(271828, 100000), Fraction(27183, 10000))}


def _below(bound: Term) -> Fraction | None:
    """A rational that is not above the bound; `None` where none is known."""
    return _enclosure(bound)[0]


def _above(bound: Term) -> Fraction | None:
    return _enclosure(bound)[1]


def _enclosure(term: Term) -> tuple[Fraction | None, Fraction | None]:
    if isinstance(term, Num):
        return term.value, term.value
    if isinstance(term, Const):
        return _CONSTANTS.get(term.name, (None, None))
    if isinstance(term, Var) and not term.shape:
        known = declared_range(term.symbol)
        return known.lower, known.upper
    if isinstance(term, App) and term.op == "neg":
        low, high = _enclosure(term.args[0])
        return (None if high is None else -high), (None if low is None else -low)
    if isinstance(term, App) and term.op in ("mul", "div", "add", "sub") and not term.shape:
        (a, b), (c, d) = _enclosure(term.args[0]), _enclosure(term.args[1])
        if term.op == "sub":
            c, d = (None if d is None else -d), (None if c is None else -c)
        if term.op in ("add", "sub"):
            return (None if a is None or c is None else a + c), (None if b is None or d is None else b + d)
        if term.op == "mul" and a is not None and c is not None and a >= 0 and c >= 0:
            return a * c, (None if b is None or d is None else b * d)
        if term.op == "div" and a is not None and c is not None and a >= 0 and c > 0:
            return (Fraction(0) if d is None else a / d), (None if b is None else b / c)
    return None, None


def _facts(fact: Term) -> Iterator[tuple[Symbol, Range]]:
    """The bounds on single symbols that a condition, which is no conjunction, implies."""
    if not isinstance(fact, App):
        return
    if fact.op in MIRRORED and len(fact.args) == 2:
        left, right = fact.args
        for a, b, op in ((left, right, fact.op), (right, left, MIRRORED[fact.op])):
            if isinstance(a, Var):
                low, high = _enclosure(b)
                if op in ("gt", "ge") and low is not None:
                    yield a.symbol, Range(lower=low, open_lower=op == "gt")
                elif op in ("lt", "le") and high is not None:
                    yield a.symbol, Range(upper=high, open_upper=op == "lt")
                elif op == "eq":
                    yield a.symbol, Range(lower=low, upper=high)
                elif op == "ne" and b == Num(Fraction(0)):
                    yield a.symbol, Range(nonzero=True)
    elif (
        fact.op == "in"
        and isinstance(fact.args[0], Var)
        and isinstance(fact.args[1], App)
        and fact.args[1].op.startswith("interval_")
    ):
        low, high = (_enclosure(x) for x in fact.args[1].args)
        ends = fact.args[1].op[-2:]
        yield fact.args[0].symbol, Range(low[0], high[1], ends[0] == "o", ends[1] == "o")
