"""All real solutions of a statement in one unknown, with proof: the line is cut at the zeros of everything that changes its sign.

The truth of the statement is constant between neighbouring zeros, so the points and intervals on which it holds are all its
solutions. Statements that mix functions of the unknown in ways the cut cannot follow are refused (`NotApplicable`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import arb

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import FALSE, Symbol, Term, Var
from twofold.symbolic.context import Context
from twofold.symbolic.equations import enclose, problem
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.formula import And, Atom, Formula, Or, both
from twofold.symbolic.equations.line import Line
from twofold.symbolic.equations.points import Point
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Ratio, fraction, rational, used
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.solving.angle_names import named

MODES = ("plain", "exponential", "logarithmic")
_MOST_PARTS = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """A point (`low is high`) or an interval between two points; `None` is an infinite end."""

    low: Point | None
    high: Point | None
    low_in: bool = False
    high_in: bool = False

    @property
    def single(self) -> bool:
        return self.low is not None and self.low is self.high


@dataclass(frozen=True, slots=True)
class Pieces:
    """Solutions in ascending order. With a `period` they are those of one period."""

    reading: Reading
    pieces: tuple[Piece, ...]
    period: Ratio | None = None


def pieces_of(relation: Term, symbol: Symbol, context: Context) -> list[Pieces]:
    """The solutions over the declared range of the unknown, as sets whose union they are. Raises `NotApplicable`."""
    reasons: list[str] = []
    for mode in MODES:
        try:
            return _in_mode(relation, symbol, context, mode)
        except (NotApplicable, NoEnclosure) as error:
            reasons.append(str(error))
    raise NotApplicable(reasons[0] or "a kernel has no value")


def _in_mode(relation: Term, symbol: Symbol, context: Context, mode: str) -> list[Pieces]:
    facts = tuple(f for f in context.assumptions)
    made = problem.read(Goal("=>", relation, FALSE, facts, "real"), context, None, mode)
    if not made.faithful:
        raise NotApplicable("a declaration is not understood")
    formula = both(made.domain, made.left)
    problem.learn(made.reading, formula)
    unknown = made.reading.ring.keys.get(("symbol", symbol))
    if unknown is None:
        # The statement does not depend on the unknown.
        unknown = made.reading.ring.keys["symbol", symbol] if made.reading.symbol(Var(symbol)) else 0
    try:
        return [_solved(made.reading, formula, unknown)]
    except (NotApplicable, NoEnclosure):
        parts = _alternatives(made.reading, formula)
        if not parts:
            raise
    return [_solved(made.reading, f, unknown) for f in parts]


def _alternatives(r: Reading, formula: Formula) -> list[Formula]:
    """The formula as a disjunction: of its alternatives, or of the factors of an equation."""
    if isinstance(formula, Or):
        return list(formula.parts) if len(formula.parts) <= _MOST_PARTS else []
    parts = list(formula.parts) if isinstance(formula, And) else [formula]
    for k, p in enumerate(parts):
        rest = parts[:k] + parts[k + 1 :]
        if isinstance(p, Or) and len(p.parts) <= _MOST_PARTS:
            return [both(*rest, q) for q in p.parts]
        if isinstance(p, Atom) and p.relation == "=":
            _, found = factored(p.polynomial)
            # An exponential is never 0.
            possible = [f for f, _ in found if not _is_exponential(r, f)]
            if len(found) > 1:
                return [both(*rest, r.literal(Ratio(f, rational(1).top), "=")) for f in possible]
    return []


def _is_exponential(r: Reading, f: Any) -> bool:
    found = used(f)
    return len(found) == 1 and r.ring.generators[found[0]].kind == "power" and len(f) == 1


def _solved(r: Reading, formula: Formula, unknown: int) -> Pieces:
    line = Line(r, [formula], unknown)
    if line.window is not None and line.periodic:
        return _periodic(line, formula)
    truths = [_known(line.on_gap(formula, k)) for k in range(len(line.points) + 1)]
    at = [_known(line.at_point(formula, p)) for p in line.points]
    return Pieces(r, tuple(_joined(line, line.points, at, truths)))


def _known(t: bool | None) -> bool:
    if t is None:
        raise NotApplicable("the truth of a part is not found")
    return t


def _joined(line: Line, points: list[Point], at: list[bool], gaps: list[bool]) -> list[Piece]:
    """Neighbouring points and intervals that hold, put together."""
    out: list[Piece] = []
    start: Point | None = None
    start_in = open_piece = False
    if gaps[0]:
        open_piece = True
    for k, p in enumerate(points):
        before, after = gaps[k], gaps[k + 1]
        if before and not (at[k] and after):
            out.append(Piece(start, _named(line, p), start_in, at[k]))
            open_piece = False
        if not before and at[k] and not after:
            q = _named(line, p)
            out.append(Piece(q, q, True, True))
        if after and not (before and at[k]):
            start, start_in, open_piece = _named(line, p), at[k], True
    if open_piece:
        out.append(Piece(start, None, start_in, False))
    return out


def _named(line: Line, p: Point) -> Point:
    """The point with a closed form where one can be found for an angle."""
    return p if p.exact is not None or p.term is not None else named(line, p)


def _periodic(line: Line, formula: Formula) -> Pieces:
    """The solutions in one period, which starts at a rational number that is no point."""
    family = next(f for k, f in line.families.items() if k in line.turning)
    assert family is not None
    r = line.reading

    from twofold.grammar.term import Const
    from twofold.symbolic.equations.kernels import constant

    turn = rational(2) * constant(r, Const("pi")) / family.slope
    with precision(128):
        length = enclose.quotient(r.ring, turn, {})
        if length < 0:
            turn, length = -turn, -length
        half = fraction((-length / 2).upper().fmpq())
        above = [fraction(p.enclosure().lower().fmpq()) for p in line.points if p.enclosure() > -length / 2]
        start = simplest(half, min([half / 2, *above]))
        begin = arb(str(start.numerator)) / start.denominator
        base = [p for p in line.points if p.enclosure() > begin and p.enclosure() < begin + length]
        first = line.points.index(base[0]) if base else 0
    if not base:
        holds = _known(line.on_gap(formula, first))
        return Pieces(r, (Piece(None, None),) if holds else ())
    at = [_known(line.at_point(formula, p)) for p in base]
    gaps = [_known(line.on_gap(formula, first + k)) for k in range(len(base) + 1)]
    if gaps[0] != gaps[-1]:
        raise NotApplicable("the period is not found")
    if all(gaps) and all(at):
        return Pieces(r, (Piece(None, None),))
    pieces = _joined(line, base, at, gaps)
    if gaps[0] and len(pieces) > 1 or gaps[0] and pieces[0].low is None:
        # The interval across the start of the period: from its last point to the first of the next.
        last, head = pieces[-1], pieces[0]
        if last.high is None and head.low is None:
            assert head.high is not None
            shifted = _shifted(r, head.high, turn)
            wrapped = Piece(last.low, shifted, last.low_in, head.high_in) if last.low is not None else None
            middle = pieces[1:-1] if len(pieces) > 1 else []
            if wrapped is None:
                raise NotApplicable("the period is not found")
            pieces = [*middle, wrapped]
    return Pieces(r, tuple(pieces), turn)


def _shifted(r: Reading, p: Point, by: Ratio) -> Point:
    if p.exact is None:
        raise NotApplicable("an end of an interval has no closed form")
    exact = p.exact + by
    return Point(lambda: enclose.quotient(r.ring, exact, {}), exact)


__all__ = ["Piece", "Pieces", "pieces_of"]
