"""Checks of solutions: substitution, and a search for solutions that are missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, items, points, value, verdict
from twofold.grammar.term import (
    TRUE,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    children,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)
from twofold.numeric.evaluate import along, ball, floats
from twofold.numeric.outcomes import NoValue, Undefined
from twofold.symbolic.context import Context
from twofold.symbolic.solving.equations import INCOMPLETE

_GRID = 601


def relations(system: Term) -> list[Term]:
    """The relations of a system, one by one; vector equations stay whole."""
    if isinstance(system, App) and system.op in ("and", "set", "tuple"):
        return [r for a in system.args for r in relations(a)]
    if isinstance(system, Array) and all(x.sort == "truth" for row in system.rows for x in row):
        return [r for row in system.rows for x in row for r in relations(x)]
    return [system]


def residual(relation: Term) -> Term | None:
    """What is 0 where an equation holds."""
    if isinstance(relation, App) and relation.op == "eq":
        return App("sub", relation.args, relation.args[0].shape)
    return relation if relation.sort == "number" else None


def unknowns(question: App, answer: Term) -> list[Term]:
    """The unknowns as terms, in the order of the answer."""
    found: list[Term] = []
    for a in question.args[1:]:
        found += [a] if isinstance(a, Var) and a.shape else items(a)
    if not found:
        found = [Var(s, s.shape) for s in free_symbols(question.args[0]) if s.kind != "function"]
    return found


def solutions(question: Term, answer: Term, context: Context) -> Check | None:
    """Every solution put into every equation; for one unknown without parameters also sign changes that no solution explains."""
    if not isinstance(question, App):
        return None
    names = unknowns(question, answer)
    if answer.sort == "truth":
        return _region(question, answer, context)
    rows = relations(question.args[0])
    if not any(residual(r) is not None for r in rows):
        return _members(rows, answer, names, context)
    errors: list[float] = []
    for s in items(answer):
        bindings = _bindings(names, s)
        if bindings is None:
            return Check("substitution", None, None, EXACT_ROUTE, "the form of a solution is not understood")
        for r in rows:
            errors += _residuals(r, bindings, s, names, context)
    lost = _lost(question, answer, names, context)
    if isinstance(lost, float):
        return Check("search for sign changes", False, None, EXACT_ROUTE, f"there is a solution near {lost:.6g}")
    if not items(answer):
        ranks = _inconsistent(rows, names, question, context)
        if ranks is not None:
            return ranks
        note = "none is found, which does not show that there is none" if lost is None else f"none at {_GRID} points"
        return Check("search for sign changes", lost, None, EXACT_ROUTE, note)
    return verdict("substitution", errors)


_LINEAR = frozenset("eq add sub neg mul matmul div transpose dot index tr inv".split())


def _is_affine(term: Term, names: set[Symbol]) -> bool:
    """Whether only arithmetic is done with the names: in parts abs(x - 4) is linear too."""
    if not names & set(free_symbols(term)) or isinstance(term, Var):
        return True
    if isinstance(term, App) and (term.op not in _LINEAR or term.op == "div" and names & set(free_symbols(term.args[1]))):
        return False
    return not isinstance(term, Bound) and all(_is_affine(c, names) for c in children(term))


def _inconsistent(rows: list[Term], names: list[Term], question: App, context: Context) -> Check | None:
    """Numeric ranks with and without the right side, for equations that are seen to be affine; `None` for others."""
    symbols = [n.symbol for n in names if isinstance(n, Var)]
    left = [residual(r) for r in rows]
    sizes = [s.shape[0] if s.shape else 1 for s in symbols]
    if len(symbols) < len(names) or any(e is None for e in left) or not all(isinstance(d, int) for d in sizes):
        return None
    if not all(_is_affine(r, set(symbols)) for r in rows):
        return None
    known = {s for f in context.assumptions for s in free_symbols(f)}
    if any(s.kind == "integer" or s.properties or s.lower is not None or s.upper is not None or s in known for s in symbols):
        # The ranks speak of all real (or complex) vectors.
        return None
    count = sum(d for d in sizes if isinstance(d, int))
    errors: list[float] = []
    for p in points([question], context, 3, without=symbols):

        def at(x: list[Any], p: Any = p) -> Any:
            here, rest = dict(p), [Fraction(v) for v in x]
            for s, d in zip(symbols, sizes, strict=True):
                assert isinstance(d, int)
                here[s] = tuple(rest[:d]) if s.shape else rest[0]
                rest = rest[d:]
            found = [value(e, here, context) for e in left if e is not None]
            return None if any(f is None for f in found) else np.concatenate([np.reshape(f, -1) for f in found])

        u, v = [Fraction(10, 3) + 2 * k for k in range(count)], [Fraction(-57, 7) - 5 * k for k in range(count)]
        made = [at(x) for x in ([0] * count, u, v, [a + b for a, b in zip(u, v, strict=True)])]
        columns = [at([int(i == j) for i in range(count)]) for j in range(count)]
        if any(f is None for f in (*made, *columns)):
            continue
        zero, first, second, both = made
        scale = max(1.0, float(np.max(np.abs(np.concatenate([first, second, both])))))
        if np.max(np.abs(both - first - second + zero)) > 1e-9 * scale:
            return None
        a = np.column_stack([c - zero for c in columns])
        tolerance = 1e-9 * max(1.0, float(np.max(np.abs(a))))
        ranks = [np.linalg.matrix_rank(m, tol=tolerance) for m in (a, np.column_stack([a, -zero]))]
        errors.append(float(ranks[0] == ranks[1]))
    return verdict("ranks with and without the right side", errors) if errors else None


_MEMBERS = 60
"""Members of a family on either side of 0 that a sign change is compared with."""
_TURNS = 30
"""Members of a family on either side of 0 that are tried."""


def _members(rows: list[Term], answer: Term, names: list[Term], context: Context) -> Check:
    """Inequalities with single numbers for solutions: they hold there, and for no other number that is tried."""
    errors: list[float] = []
    if len(names) != 1 or not isinstance(names[0], Var):
        return Check("points", None, None, EXACT_ROUTE)
    x = names[0].symbol
    for s in items(answer):
        for p in points([s], context, 2):
            errors += [
                float(t is not None and not _true(t)) for r in rows if (t := value(substitute(r, {x: s}), p, context)) is not None
            ]
    turns = [s for s in free_symbols(answer) if s.kind == "integer"]
    each: list[Any] = [{turns[0]: k} for k in range(-_TURNS, _TURNS + 1)] if turns else [{}]
    found = [v for s in items(answer) for p in each if (v := value(s, p, context)) is not None]
    reach = max((abs(float(v)) for v in found), default=0.0) if turns else math.inf
    places = [
        p
        for p in points(rows, context, 40)
        if (place := value(names[0], p, context)) is not None
        and abs(float(place)) <= reach
        and not any(abs(float(place) - float(v)) < 1e-9 for v in found)
    ]
    if places:
        truths = [_values_at(r, places, context) for r in rows]
        errors += [float(all(t is not None and _true(t) for t in column)) for column in zip(*truths, strict=True)]
    return verdict("truth at points", errors)


def _true(t: Any) -> bool:
    return bool(np.all(t))


def _bindings(names: list[Term], solution: Term) -> dict[Term, Term] | None:
    if len(names) == 1:
        return {names[0]: solution}
    values = items(solution)
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None


def _put(term: Term, bindings: dict[Term, Term]) -> Term:
    whole = {n.symbol: v for n, v in bindings.items() if isinstance(n, Var)}
    entries = {n: v for n, v in bindings.items() if not isinstance(n, Var)}
    if not entries:
        return substitute(term, whole)
    base = next(t.args[0].symbol for t in entries if isinstance(t, App) and isinstance(t.args[0], Var))
    length = base.shape[0]
    assert isinstance(length, int)
    full = tuple(entries.get(App("index", (var(base), num(k + 1))), App("index", (var(base), num(k + 1)))) for k in range(length))
    return substitute(term, {**whole, base: Array((full,), (length,))})


def _residuals(
    relation: Term, bindings: dict[Term, Term], solution: Term, names: list[Term], context: Context
) -> Iterator[float]:
    left = residual(relation)
    if left is None:
        return
    sides = list(relation.args) if isinstance(relation, App) and relation.op == "eq" else [left]
    zero, parts = _put(left, bindings), [_put(x, bindings) for x in sides]
    for p in points([zero, solution], context, 4):
        if context.reading == "real" and _is_undefined(zero, p):
            yield math.inf
            continue
        for reading in (context.reading, "complex"):
            found = value(zero, p, context, reading)
            if found is not None:
                scale = max([1.0, *(float(np.max(np.abs(v))) for x in parts if (v := value(x, p, context, reading)) is not None)])
                yield float(np.max(np.abs(found))) / scale
                break


def _is_undefined(term: Term, point: Any) -> bool:
    """Whether a term certainly has no real value at a point."""
    try:
        ball(term, point, 128, "real")
    except Undefined:
        return True
    except NoValue:
        return False
    return False


def _region(question: App, answer: Term, context: Context) -> Check | None:
    """Whether the condition found holds at the same points as the inequality."""
    asked: Term = TRUE
    for r in relations(question.args[0]):
        asked = r if asked == TRUE else App("and", (asked, r), (), "truth")
    if asked.sort != "truth":
        return Check("points", None, None, EXACT_ROUTE)
    turns = [s for s in free_symbols(answer) if s.kind == "integer" and s not in free_symbols(question)]
    places = points([asked], context, 40)
    if turns:
        places = [p for p in places if all(abs(float(v)) <= 20 for v in p.values() if isinstance(v, (int, float, Fraction)))]
    if not places:
        return verdict("truth at the same points", [])
    truths, claimed = _all(relations(question.args[0]), places, context), _hold(answer, places, turns, context)
    if claimed is None:
        return verdict("truth at the same points", [])
    errors = [
        float(a != b and (bool(turns) or _differ(asked, answer, p, context)))
        for a, b, p in zip(truths, claimed, places, strict=True)
        if b is not None
    ]
    return verdict("truth at the same points", errors)


def _differ(asked: Term, answer: Term, point: Any, context: Context) -> bool:
    """Whether two conditions certainly differ at a point where they do in double precision, which may underflow or overflow; what is undefined does not
    hold."""
    try:
        return bool(_certain(asked, point, context)) != bool(_certain(answer, point, context))
    except NoValue:
        return False


def _certain(condition: Term, point: Any, context: Context) -> Any:
    try:
        return ball(condition, point, 128, context.reading)
    except Undefined:
        return False


def _values_at(term: Term, places: list[Any], context: Context) -> list[Any]:
    """The values at several points at once, `None` where there is none that is finite."""
    try:
        found = floats(term, places, context.reading)
    except NoValue:
        return [None] * len(places)
    return [None if np.asarray(v).dtype == object or not np.all(np.isfinite(v)) else v for v in found]


def _all(rows: list[Term], places: list[Any], context: Context) -> list[bool]:
    """Whether all relations hold at each point, equations up to rounding."""
    out = [True] * len(places)
    for r in rows:
        zero = residual(r)
        if zero is None:
            out = [o and v is not None and bool(v) for o, v in zip(out, _values_at(r, places, context), strict=True)]
            continue
        parts = list(r.args) if isinstance(r, App) and r.op == "eq" else [zero]
        for k, (left, *sides) in enumerate(zip(*(_values_at(t, places, context) for t in (zero, *parts)), strict=True)):
            near = left is not None and all(v is not None for v in sides)
            out[k] = (
                out[k] and near and float(np.max(np.abs(left))) <= 1e-9 * max(1.0, *(float(np.max(np.abs(v))) for v in sides))
            )
    return out


def _hold(answer: Term, places: list[Any], turns: list[Symbol], context: Context) -> list[bool | None] | None:
    """Whether a condition holds at each point; for some whole number where it has one of its own."""
    if not turns:
        return [None if v is None else bool(v) for v in _values_at(answer, places, context)]
    whole = range(-8, 9)
    tried = _values_at(answer, [{**p, turns[0]: k} for p in places for k in whole], context)
    rows = [tried[j : j + len(whole)] for j in range(0, len(tried), len(whole))]
    return [None if any(t is None for t in row) else any(bool(t) for t in row) for row in rows]


def _lost(question: App, answer: Term, names: list[Term], context: Context) -> float | bool | None:
    """A place where the equation changes its sign continuously and no solution lies near it; `True` where there is none at the
    points tried, `None` where these say nothing."""
    rows = relations(question.args[0])
    zero = residual(rows[0])
    if len(rows) != 1 or zero is None or len(names) != 1 or not isinstance(names[0], Var) or names[0].shape:
        return None
    x = names[0].symbol
    if INCOMPLETE in context.notes or set(free_symbols(zero)) != {x} or x.kind != "real":
        return None
    known = context.range(x)
    low = float(known.lower) if known.lower is not None else -15.0
    high = float(known.upper) if known.upper is not None else max(15.0, low + 15.0)
    step = (high - low) / _GRID
    places = low + step * (np.arange(_GRID) + 0.5)
    # Numbers with few bits are evaluated fast by balls.
    scale = 2.0 ** math.ceil(8 - math.log2(step))
    places = np.round(places * scale) / scale if scale >= 1 else places
    try:
        heights = np.real(along(zero, {x: places}))
    except NoValue:
        return None
    known_values = _values(answer, context)
    if known_values is None:
        return None
    found, reach = known_values
    with np.errstate(all="ignore"):
        turns = np.flatnonzero(np.isfinite(heights[:-1]) & np.isfinite(heights[1:]) & (heights[:-1] * heights[1:] < 0))
    for j in turns:
        middle = float(places[j])
        if (
            abs(middle) < reach
            and not any(abs(v - middle) < 3 * step for v in found)
            and _is_admitted(middle, x, context)
            and _crosses(zero, x, Fraction(middle), Fraction(float(places[j + 1])))
        ):
            return middle
    return True if np.count_nonzero(np.isfinite(heights)) > _GRID // 20 else None


def _is_admitted(place: float, x: Symbol, context: Context) -> bool:
    """Whether what is assumed of the unknown alone holds at a place."""
    facts = [f for f in context.assumptions if set(free_symbols(f)) == {x}]
    return all((v := value(f, {x: Fraction(place)}, context)) is not None and bool(v) for f in facts)


_WITH_POLES = frozenset("tan cot sec csc coth csch div pow log gamma digamma zeta atanh".split())


def _is_large(term: Term, x: Symbol, place: Fraction) -> bool:
    try:
        (found,) = floats(term, [{x: place}], "real")
    except NoValue:
        return False
    return not np.isfinite(found) or bool(abs(found) > 1e9)


def _crosses(zero: Term, x: Symbol, low: Fraction, high: Fraction) -> bool:
    """Whether the equation certainly changes its sign between two numbers, without a jump and without a gap in its domain."""
    try:
        signs = [ball(zero, {x: q}, 256, "real") for q in (low, high)]
    except NoValue:
        return False
    if not all(isinstance(s, (arb, fmpq)) for s in signs) or not bool(arb(signs[0]) * arb(signs[1]) < 0):
        return False
    a, b, start, last = float(low), float(high), None, math.inf
    while b - a > 1e-13 * max(1.0, abs(a), abs(b)):
        places = np.linspace(a, b, 33)
        try:
            heights = np.real(along(zero, {x: places}))
        except NoValue:
            return False
        if not np.all(np.isfinite(heights)):
            return False
        turns = np.flatnonzero(heights[:-1] * heights[1:] <= 0)
        if not len(turns):
            return False
        j = int(turns[0])
        here = max(abs(heights[j]), abs(heights[j + 1]))
        start = abs(heights[0]) if start is None else start
        if here > 4 * last:
            # A pole: the values grow towards it.
            return False
        a, b, last = float(places[j]), float(places[j + 1]), here
    low = Fraction(a)
    near = low.limit_denominator(10**6)
    try:
        last, at = (float(np.real(v)) for v in floats(zero, [{x: low}, {x: near}], "real"))
    except NoValue:
        return False
    # A simple number at which a part is undefined is a hole, not a solution; and so is a place where a part grows beyond all bounds.
    if any(_is_large(t, x, low) for t in subterms(zero) if isinstance(t, App) and t.op in _WITH_POLES and x in free_symbols(t)):
        return False
    return abs(last) < 1e-6 * max(1.0, float(start or 1.0)) and bool(np.isfinite(at))


def _values(answer: Term, context: Context) -> tuple[list[float], float] | None:
    """The solutions as numbers, families over a range of their integer; and how far from 0 these are all."""
    found: list[float] = []
    reach = math.inf
    for s in items(answer):
        names = free_symbols(s)
        if not names:
            cases: list[Any] = [{}]
        elif len(names) == 1 and names[0].kind == "integer":
            cases = [{names[0]: k} for k in range(-_MEMBERS, _MEMBERS + 1)]
        else:
            return None
        try:
            made = np.real(floats(s, cases, "complex"))
        except NoValue:
            continue
        if names:
            ends = [abs(float(v)) for v in (made[0], made[-1]) if np.isfinite(v)]
            reach = min([reach, *ends])
        found += [float(v) for v in made if np.isfinite(v)]
    return found, reach


def roots(question: Term, answer: Term, context: Context) -> Check | None:
    """The values of the polynomial at its roots, relative to the sum of its terms there."""
    if not isinstance(question, App):
        return None
    if answer.sort == "text":
        return Check("substitution", None, None, EXACT_ROUTE, "there is nothing to put in")
    zero = residual(question.args[0])
    names = unknowns(question, answer)
    if zero is None or not isinstance(names[0], Var):
        return None
    x = names[0].symbol
    errors = []
    for s in items(answer):
        put = substitute(zero, {x: s})
        for p in points([put], context, 3):
            found, size = value(put, p, context, "complex"), value(s, p, context, "complex")
            near = value(zero, {**p, x: _complex(1.001 * size + 1e-3)}, context, "complex") if size is not None else None
            if found is not None and near is not None:
                errors.append(float(abs(found)) / max(1e-300, 1000 * float(abs(near))))
    return verdict("substitution", errors)


def _complex(v: Any) -> Any:
    from twofold.numeric.valuation import Complex

    return Complex(Fraction(float(np.real(v))), Fraction(float(np.imag(v))))


def numeric_root(question: Term, answer: Term, context: Context) -> Check | None:
    """Certified values of different sign just beside each decimal; for systems the residuals there."""
    if not isinstance(question, App):
        return None
    zeros = [z for r in relations(question.args[0]) if (z := residual(r)) is not None]
    points_found = items(answer) if isinstance(answer, App) and answer.op == "set" else [answer]
    names = list(dict.fromkeys(s for z in zeros for s in free_symbols(z)))
    if len(zeros) == 1 and len(names) == 1:
        return _sign_changes(zeros[0], names[0], points_found, context)
    order = [n for a in question.args[1:] for n in _names(a) if n in names] or names
    errors: list[float] = []
    for p in points_found:
        values = items(p)
        if len(values) != len(order):
            return Check("substitution", None, None, EXACT_ROUTE)
        for z in zeros:
            put = substitute(z, dict(zip(order, values, strict=True)))
            found = value(put, {}, context)
            if found is not None:
                errors.append(float(abs(found)))
    return verdict("substitution", errors)


def _names(t: Term) -> list[Symbol]:
    if isinstance(t, App) and t.op in ("eq", "in"):
        return _names(t.args[0])
    return [p.symbol for p in items(t) if isinstance(p, Var)]


def _sign_changes(zero: Term, x: Symbol, found: list[Term], context: Context) -> Check:
    sure = True
    for p in found:
        if not isinstance(p, Num):
            return Check("sign change", None, None, EXACT_ROUTE)
        step = Fraction(1, 10 ** (context.digits - 1)) * (abs(p.value) or Fraction(1))
        try:
            signs = [ball(zero, {x: p.value + d}, 256, "real") for d in (-step, step)]
        except NoValue:
            return Check("sign change", None, None, EXACT_ROUTE)
        if not all(isinstance(s, (arb, fmpq)) for s in signs):
            return Check("sign change", None, None, EXACT_ROUTE)
        if not bool(arb(signs[0]) * arb(signs[1]) < 0):
            middle = value(zero, {x: p.value}, context)
            sure = sure and middle is not None and float(abs(middle)) < 1e-12
    if not found:
        return Check("sign change", None, None, EXACT_ROUTE, "nothing to check")
    return Check(
        "certified sign change",
        True if sure else None,
        context.digits - 1 if sure else None,
        EXACT_ROUTE,
        "" if sure else "no sign change",
    )


def differential(question: Term, answer: Term, context: Context) -> Check | None:
    """The solution put into the equations and the conditions, derivatives taken numerically."""
    if not isinstance(question, App) or answer.sort == "truth" or answer == App("set", (), (), "set"):
        return None
    targets = _entries(question.args[1])
    applied = [t for t in targets if isinstance(t, App) and isinstance(t.args[0], Var) and isinstance(t.args[1], Var)]
    if len(applied) != len(targets):
        return None
    errors: list[float] = []
    for solution in items(answer) if isinstance(answer, App) and answer.op == "set" else [answer]:
        graphs = {}
        for target, part in zip(applied, _entries(solution), strict=True):
            f, x = target.args[0], target.args[1]
            assert isinstance(f, Var)
            assert isinstance(x, Var)
            t = Symbol(x.symbol.name)
            graphs[f.symbol] = Bound("lambda", (t,), substitute(part, {x.symbol: var(t)}), sort="function")
        for r in relations(question.args[0]):
            zero = residual(r)
            if zero is None:
                continue
            put = _with_functions(zero, graphs)
            for p in points([put], context, 5):
                found = value(put, p, context)
                if found is not None:
                    errors.append(float(abs(found)) / max(1.0, *_sizes(put, p, context)))
    return verdict("substitution with numeric derivatives", errors)


def _entries(t: Term) -> list[Term]:
    return [x for row in t.rows for x in row] if isinstance(t, Array) else [t]


def _sizes(term: Term, p: Any, context: Context) -> list[float]:
    parts = term.args if isinstance(term, App) and term.op in ("add", "sub") else (term,)
    found = [value(t, p, context) for t in parts]
    return [float(abs(v)) for v in found if v is not None] or [1.0]


def _with_functions(term: Term, graphs: Mapping[Symbol, Bound]) -> Term:
    from twofold.grammar.term import transform

    def rule(t: Term) -> Term | None:
        if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and t.args[0].symbol in graphs:
            graph = graphs[t.args[0].symbol]
            return substitute(graph.body, {graph.symbols[0]: _with_functions(t.args[1], graphs)})
        return None

    return transform(term, rule)
