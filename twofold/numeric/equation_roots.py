"""Solutions of the equations of a statement, isolated in balls: zeros of one equation along each name, and of systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from typing import Any

import numpy as np
from flint import arb, ctx, fmpq

from twofold.catalogue.bounds import SIGNS, declared
from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import bound
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, subterms, var
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split, Undefined
from twofold.numeric.sample import involved
from twofold.numeric.statement_truth import shown, truth
from twofold.numeric.systems import zeros
from twofold.numeric.valuation import Valuation

_MOST_ROOTS = 24
_BASES = 12
"""Choices of values for all names but one, along which zeros are looked for."""
_EDGES = 3
"""Inequalities that are looked at where they just hold or fail."""
_MARGIN = Fraction(1, 10**6)
_CLOSE = 1e-8
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Root:
    """A solution of `equations`: unknowns lie in `balls`, all else is exact. `certain`: a zero is proved to lie there."""

    equations: tuple[App, ...]
    point: Valuation
    balls: Mapping[Symbol, arb]
    certain: bool

    @property
    def values(self) -> Valuation:
        return {**self.point, **self.balls}

    @property
    def near(self) -> Valuation:
        """Exact numbers close to the solution."""
        return {**self.point, **{s: _fraction(b) for s, b in self.balls.items()}}

    @property
    def size(self) -> Fraction:
        return sum((abs(_fraction(b)) for b in self.balls.values()), Fraction(0))

    def texts(self, names: Sequence[Symbol]) -> dict[str, str]:
        """The values of names, as a counterexample shows them."""
        with _precision(80):
            found = {s.name: str(b.str(15, radius=False)) for s, b in self.balls.items()}
        return {**{s.name: shown(v) for s, v in self.point.items() if s in names and s not in self.balls}, **found}


def roots(side: Term, names: list[Symbol], drawn: list[Valuation]) -> Iterator[Root]:
    """Zeros of the one equation of a side, along each scalar name in it."""
    equation = equation_of(side)
    if not isinstance(equation, App):
        return
    yield from _alone(equation, drawn)
    inside = set(involved(equation))
    count = 0
    for unknown in names:
        if unknown not in inside or unknown.shape or unknown.kind != "real":
            continue
        bases = drawn[:: max(1, len(drawn) // _BASES)] if len(names) > 1 else drawn[:1]
        for base in bases:
            for root in _along(equation, unknown, base, drawn):
                yield root
                count += 1
                if count >= _MOST_ROOTS:
                    return


def common_roots(goal: Goal, side: Term, other: Term, drawn: list[Valuation]) -> Iterator[Root]:
    """Zeros of the equations of a system, or of an alternative, and of those assumed, at which the whole side seems true; also where besides an
    inequality of the side just holds, or one of the other side just fails. Without equations two inequalities do."""
    assumed = [t for fact in goal.assumptions for t in conjuncts(fact)]
    for part in _alternatives(side):
        parts = [*conjuncts(part), *assumed]
        equations = tuple(t for t in parts if isinstance(t, App) and t.op == "eq" and not any(a.shape for a in t.args))
        edges = [e for t in (*_alternatives(other), *parts) for e in _just(t, t in parts)][:_EDGES]
        systems = [(*equations, *e) for e in ([(), *((e,) for e in edges)] if equations else combinations(edges, 2))]
        for system in systems:
            for point, balls, certain in islice(zeros(system, drawn), _MOST_ROOTS):
                root = Root(system, point, balls, certain)
                if all(seems_true(t, root) for t in parts) and admitted(root):
                    yield root


def seems_true(t: Term, root: Root) -> bool:
    """Whether a statement seems true at a root, in double precision."""
    at = root.near
    if isinstance(t, App) and t.op in ("and", "or"):
        return (all if t.op == "and" else any)(seems_true(a, root) for a in t.args)
    if isinstance(t, App) and t.op == "eq" and not t.args[0].shape:
        a, b = (_value(x, at) for x in t.args)
        scale = max(
            abs(a),
            abs(b),
            *(abs(_value(x, at)) for s in t.args if isinstance(s, App) and s.op in ("add", "sub") for x in s.args),
            1e-300,
        )
        return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= _CLOSE * scale)
    return truth(t, root.values) is True


def admitted(root: Root) -> bool:
    """Whether the declarations of the unknowns certainly admit the balls."""
    return all(_admits(s, root.values) for s in root.balls)


def _admits(s: Symbol, values: Valuation) -> bool:
    if s.kind == "integer" or "integer" in s.properties:
        return False
    return s.properties <= set(SIGNS) and all(truth(c, values) is True for c in declared(s, var(s)))


def equation_of(t: Term) -> Term | None:
    """The equation of a statement that has one."""
    leaves = list(equations_of(t))
    return leaves[0] if len(leaves) == 1 else None


def equations_of(t: Term) -> Iterator[App]:
    """The equations between numbers that a statement is put together from."""
    if isinstance(t, App) and t.op == "eq" and not t.args[0].shape and not t.args[1].shape:
        yield t
    elif isinstance(t, App) and t.op in ("and", "or"):
        for a in t.args:
            yield from equations_of(a)


def _just(t: Term, holds: bool) -> Iterator[App]:
    """The equation that says that an inequality of numbers holds or fails by little."""
    if isinstance(t, App) and t.op in ("lt", "le", "gt", "ge") and not any(a.shape or a.sort != "number" for a in t.args):
        high, low = t.args if (t.op in ("gt", "ge")) == holds else t.args[::-1]
        yield App("eq", (App("sub", (high, low)), Num(_MARGIN)), (), "truth")


def _alternatives(t: Term) -> Iterator[Term]:
    if isinstance(t, App) and t.op == "or":
        for a in t.args:
            yield from _alternatives(a)
    else:
        yield t


def _alone(equation: App, drawn: list[Valuation]) -> Iterator[Root]:
    """The values that an equation gives a name which stands alone on a side of it."""
    for name, value in (equation.args, equation.args[::-1]):
        if not isinstance(name, Var) or name.symbol.kind != "real" or name.symbol in free_symbols(value):
            continue
        count = 0
        for base in drawn:
            if name.symbol not in base or count >= _MOST_ROOTS:
                continue
            try:
                found = ball(value, {s: v for s, v in base.items() if s is not name.symbol}, 128)
            except (NoValue, Split, ValueError):
                continue
            if isinstance(found, fmpq) or (isinstance(found, arb) and found.is_finite()):
                with _precision(128):
                    root = Root((equation,), base, {name.symbol: arb(found)}, True)
                if admitted(root):
                    yield root
                    count += 1


def _along(equation: App, unknown: Symbol, base: Valuation, drawn: list[Valuation]) -> Iterator[Root]:
    """Zeros between values that the declarations admit, with all other names fixed."""
    places = sorted({float(p[unknown]) for p in drawn if unknown in p and isinstance(p[unknown], (int, Fraction))})
    if len(places) < 2:
        return
    grid = np.unique(
        np.concatenate([np.linspace(a, b, 4 if len(base) > 1 else 12) for a, b in zip(places, places[1:], strict=False)])
    )
    gap = np.sign(_gaps(equation, unknown, base, grid))
    for k in range(len(grid) - 1):
        if np.isfinite(gap[k]) and np.isfinite(gap[k + 1]) and gap[k] * gap[k + 1] < 0:
            root = _isolated(equation, unknown, base, float(grid[k]), float(grid[k + 1]))
            if root is not None:
                yield root


def _gaps(equation: App, unknown: Symbol, base: Valuation, grid: Any) -> Any:
    points = [{**base, unknown: Fraction(float(x))} for x in grid]
    try:
        a, b = (np.asarray(floats(t, points, "real"), dtype=float) for t in equation.args)
    except (CannotEvaluate, Split, TypeError, ValueError):
        return np.full(len(grid), _NAN)
    with np.errstate(all="ignore"):
        return a - b


def _isolated(equation: App, unknown: Symbol, base: Valuation, low: float, high: float) -> Root | None:
    """Bisection in double precision, then the proof that a zero lies in a small interval."""
    at_low = _gaps(equation, unknown, base, [low])[0]
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        value = _gaps(equation, unknown, base, [middle])[0]
        if not np.isfinite(value):
            return None
        if value == 0:
            low = high = middle
            break
        if (value > 0) == (at_low > 0):
            low = middle
        else:
            high = middle
    end = _gaps(equation, unknown, base, [(low + high) / 2])[0]
    if not abs(end) <= 1e-6 * abs(at_low):
        # A pole or a jump changes the sign as well.
        return None
    width = max(abs(high), abs(low), 1e-12) * 1e-11 + (high - low)
    a, b = Fraction(low - width), Fraction(high + width)
    with _precision(128):
        interval = arb(_rational(a)).union(arb(_rational(b)))
    return Root((equation,), base, {unknown: interval}, _crosses(equation, unknown, base, a, b, interval))


def _crosses(equation: App, unknown: Symbol, base: Valuation, a: Fraction, b: Fraction, interval: arb) -> bool:
    """Whether a zero certainly lies between: opposite signs at the ends, and no jump, since the difference has a derivative all the way
    or is made of continuous functions that have a value all the way."""
    difference = App("sub", equation.args)
    inner = copy_symbol(unknown)
    slope = bound("diff", (inner,), substitute(difference, {unknown: var(inner)}), var(unknown), num(1))
    everywhere = difference if all(map(_continuous, subterms(difference))) else slope
    for bits in (128, 512):
        try:
            at_a, at_b = (ball(difference, {**base, unknown: x}, bits) for x in (a, b))
            over = ball(everywhere, {**base, unknown: interval}, bits)
        except Undefined:
            return False
        except NoValue:
            continue
        if not all(hasattr(x, "numerator") or isinstance(x, (arb, fmpq)) for x in (at_a, at_b)) or not isinstance(
            over, (arb, fmpq)
        ):
            return False
        if isinstance(over, arb) and not over.is_finite():
            continue
        if (at_a < 0 and at_b > 0) or (at_a > 0 and at_b < 0):
            return True
    return False


_CONTINUOUS = frozenset(
    "add sub mul div pow neg sqrt cbrt exp log sin cos tan sec csc cot asin acos atan sinh cosh tanh asinh acosh atanh abs max min gamma "
    "loggamma digamma zeta erf erfc erfi Phi phi sigmoid softplus besselj besseli lambertw factorial Ei Si Ci".split()
)
"""Functions that are continuous on every interval on which they have finite values."""


def _continuous(t: Term) -> bool:
    return (
        isinstance(t, (Num, Var)) or (isinstance(t, Const) and t.sort == "number") or (isinstance(t, App) and t.op in _CONTINUOUS)
    )


def _value(t: Term, point: Valuation) -> float:
    try:
        return float(np.asarray(floats(t, [point], "real"), dtype=float).reshape(-1)[0])
    except (CannotEvaluate, Split, TypeError, ValueError):
        return _NAN


def _fraction(x: arb) -> Fraction:
    q = x.mid().fmpq()
    return Fraction(int(q.p), int(q.q))


def _rational(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _precision(bits: int) -> Any:
    return ctx.workprec(bits)
