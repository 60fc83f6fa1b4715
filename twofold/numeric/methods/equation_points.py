"""Steps `=>` and `<=>` at points: solutions of one side, isolated in balls, tried in the other."""

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
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import bound
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.meter import spent
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, subterms, var
from twofold.numeric.array_solutions import solving
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split, Undefined
from twofold.numeric.sample import involved
from twofold.numeric.simple_points import simple_points
from twofold.numeric.systems import zeros
from twofold.numeric.valuation import Valuation, draw

_COUNT = 48
_ENOUGH = 4
_MOST_ROOTS = 24
_BASES = 12
"""Choices of values for all names but one, along which zeros are looked for."""
_CLOSE = 1e-8
_EDGES = 3
"""Inequalities that are looked at where they just hold or fail."""
_MARGIN = Fraction(1, 10**6)
_GRID, _SECONDS = 400, 0.5
"""Simple points that are looked at, and nominal seconds for them."""
_LIMIT = 3
"""Nominal seconds for all points: a value of an infinite sum may take one."""
_LEAVES = frozenset("eq ne lt le gt ge in".split())
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


def run(goal: Goal, context: Any) -> Evidence:
    """Exact points first, then zeros along one name with simple values for the others."""
    if goal.reading != "real":
        raise NotApplicable("the claim is about complex numbers")
    names = involved(goal.left, goal.right, *goal.assumptions)
    if any(s.law is not None or s.kind not in ("real", "integer") for s in names):
        raise NotApplicable("a name is not a real number")
    drawn: list[Valuation] = list(draw(names, goal.assumptions, goal.seed, _COUNT, (goal.left, goal.right))) if names else [{}]
    directions = [(goal.left, goal.right, True)] + ([(goal.right, goal.left, False)] if goal.relation == "<=>" else [])
    together = {True: 0, False: 0}
    dark = False
    began = spent()
    for point in drawn:
        _within_limit(began)
        for one, other, forward in directions:
            if truth(one, point) is True:
                here = truth(other, point)
                if here is False:
                    return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
                together[forward] += here is True
                dark = dark or (here is None and _dark(other, point))
    arrays = any(s.shape for s in names)
    for one, other, forward in directions:
        for point in solving(one, goal.assumptions, drawn, goal.seed, truth, arrays):
            _within_limit(began)
            here = truth(other, point)
            if here is False:
                return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
            together[forward] += here is True
    tried = agreed = 0
    reason = ""
    for one, other, forward in directions:
        found = [*_roots(one, names, drawn), *_common_roots(goal, one, other, drawn)]
        found.sort(key=lambda root: root.size)
        for root in found:
            _within_limit(began)
            if root.certain and _solves(goal, one, root) and truth(other, root.values) is False:
                return _refuted(goal, root.texts(names), forward)
            tried += 1
            agreed += _nearly(other, root)
        if not any(True for t in (one, *goal.assumptions) for _ in _equations(t)):
            if together[forward] < _ENOUGH:
                reason = reason or "too few points satisfy a side"
        elif not found and together[forward] < (_ENOUGH if _leaf(one) is None else 1):
            reason = reason or "no solution of a side was found"
        tried, agreed = tried + together[forward], agreed + together[forward]
    for point, forward in _simple(goal, names, directions):
        return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
    if reason:
        raise NotApplicable(reason)
    if dark:
        raise NotApplicable("a side has no evaluation at a point where the other is true")
    if agreed < tried:
        raise NotApplicable(f"{agreed} of {tried} solutions found agree")
    note = f"{agreed} solutions of one side solve the other"
    return Evidence("equations at points", Truth.SUPPORTED, Strength.SAMPLED, note, tried, agreed, digits=8, seed=goal.seed)


def _within_limit(began: float) -> None:
    if spent() > began + _LIMIT:
        raise NotApplicable(f"stopped after {_LIMIT} nominal seconds of work")


def _simple(goal: Goal, names: list[Symbol], directions: list[tuple[Term, Term, bool]]) -> Iterator[tuple[Valuation, bool]]:
    """Whole numbers and halves at which one side is true and the other one false: steps and absolute values have solutions there that no change of
    sign shows."""
    began = spent()
    for point in simple_points(names, goal.assumptions, goal.seed, _GRID):
        if spent() > began + _SECONDS:
            return
        for one, other, forward in directions:
            if (
                truth(one, point) is True
                and truth(other, point) is False
                and all(truth(t, point) is True for t in goal.assumptions)
            ):
                yield point, forward


def _solves(goal: Goal, side: Term, root: Root) -> bool:
    """Whether the whole side is true at the zero of its equation, and the zero within the declarations and assumptions."""
    if not _admitted(root) or any(truth(t, root.values, root.equations) is not True for t in goal.assumptions):
        return False
    return truth(side, root.values, root.equations) is True


def _refuted(goal: Goal, values: dict[str, str], forward: bool) -> Evidence:
    witness = Counterexample(values, "true" if forward else "false", "false" if forward else "true", True)
    side = "left" if forward else "right"
    note = f"a solution of the {side} side that the other does not have"
    return Evidence("equations at points", Truth.REFUTED, Strength.CERTIFIED, note, 1, 1, witness=witness, seed=goal.seed)


def _precision(bits: int) -> Any:
    return ctx.workprec(bits)


# --- truth ---------------------------------------------------------------------------------------------------------------------


def truth(t: Term, values: Valuation, given: Sequence[Term] = ()) -> bool | None:
    """The truth of a statement where it is certain; a relation with an undefined part is false. `given` are known to be true."""
    if any(t is g for g in given):
        return True
    if isinstance(t, Const) and t.name in ("true", "false"):
        return t.name == "true"
    if isinstance(t, App) and t.op in ("and", "or"):
        parts = [truth(a, values, given) for a in t.args]
        decisive = t.op == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if isinstance(t, App) and t.op == "not":
        inner = truth(t.args[0], values, given)
        return None if inner is None else not inner
    if isinstance(t, App) and t.op in ("implies", "iff"):
        a, b = (truth(x, values, given) for x in t.args)
        if t.op == "implies":
            return True if a is False or b is True else None if a is None or b is None else False
        return None if a is None or b is None else a is b
    if isinstance(t, App) and t.op in _LEAVES:
        for bits in (64, 256):
            try:
                found = ball(t, values, bits)
            except Undefined:
                return False
            except NoValue:
                continue
            if isinstance(found, bool):
                return found
    return None


def _dark(t: Term, values: Valuation) -> bool:
    """Whether a part of a statement cannot be evaluated at a point at all: a derivative where a branch changes may have no value there."""
    if isinstance(t, App) and t.op in ("and", "or", "not", "implies", "iff"):
        return any(_dark(a, values) for a in t.args)
    if isinstance(t, App) and t.op in _LEAVES:
        try:
            ball(t, values, 64)
        except CannotEvaluate:
            return True
        except NoValue:
            return False
    return False


def _leaf(t: Term) -> Term | None:
    """The equation of a statement that has one."""
    leaves = list(_equations(t))
    return leaves[0] if len(leaves) == 1 else None


def _equations(t: Term) -> Iterator[App]:
    if isinstance(t, App) and t.op == "eq" and not t.args[0].shape and not t.args[1].shape:
        yield t
    elif isinstance(t, App) and t.op in ("and", "or"):
        for a in t.args:
            yield from _equations(a)


def _nearly(t: Term, root: Root) -> bool:
    """Whether a statement seems true at a root, in double precision."""
    at = root.near
    if isinstance(t, App) and t.op in ("and", "or"):
        return (all if t.op == "and" else any)(_nearly(a, root) for a in t.args)
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


def _value(t: Term, point: Valuation) -> float:
    try:
        return float(np.asarray(floats(t, [point], "real"), dtype=float).reshape(-1)[0])
    except (CannotEvaluate, Split, TypeError, ValueError):
        return _NAN


def _fraction(x: arb) -> Fraction:
    q = x.mid().fmpq()
    return Fraction(int(q.p), int(q.q))


def _admitted(root: Root) -> bool:
    """Whether the declarations of the unknowns certainly admit the balls."""
    return all(_admits(s, root.values) for s in root.balls)


def _admits(s: Symbol, values: Valuation) -> bool:
    if s.kind == "integer" or "integer" in s.properties:
        return False
    return s.properties <= set(SIGNS) and all(truth(c, values) is True for c in declared(s, var(s)))


def shown(value: Any) -> str:
    if isinstance(value, tuple):
        rows = [", ".join(map(shown, v)) if isinstance(v, tuple) else shown(v) for v in value]
        return "[" + ("; " if isinstance(value[0], tuple) else ", ").join(rows) + "]"
    return str(value)


# --- zeros ---------------------------------------------------------------------------------------------------------------------


def _roots(side: Term, names: list[Symbol], drawn: list[Valuation]) -> Iterator[Root]:
    """Zeros of the one equation of a side, along each scalar name in it."""
    equation = _leaf(side)
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


def _common_roots(goal: Goal, side: Term, other: Term, drawn: list[Valuation]) -> Iterator[Root]:
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
                if all(_nearly(t, root) for t in parts) and _admitted(root):
                    yield root


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
                if _admitted(root):
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


def _rational(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


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


SPEC = Method(
    name="equations at points",
    relations=frozenset(("=>", "<=>")),
    cost=40,
    concludes=frozenset((Truth.REFUTED, Truth.SUPPORTED)),
    soundness=(
        "A refutation is an exact point, or a zero of one equation that is proved to exist (opposite signs at the ends of an interval "
        "on which the difference is continuous, in balls) while the other side is false on the whole interval. Agreement at zeros "
        "found in double precision is support only."
    ),
    run=run,
    holds=(),
    fails=(
        "cos(x) == x => x > 3/4",
        "gamma(x) == 5 => x == 4",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => x == zeros(n) or y == zeros(n)",
        "let n : size\nlet A, B : matrix(n, n)\nA*B == zeros(n, n) <=> A == zeros(n, n) or B == zeros(n, n)",
        "let n : size\nlet x : vector(n)\nnorm(x, 1) == 1 => norm(x)^2 == 1",
    ),
    open=(
        "cos(x) == x => x > 7/10",
        "let n : size\nlet A, B : matrix(n, n), invertible\nA*B == zeros(n, n) => A == zeros(n, n) or B == zeros(n, n)",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => norm(x + y) == norm(x - y)",
    ),
)
