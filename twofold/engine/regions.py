"""Conditions: where a claim fails at some points and holds at others, the region or property that tells them apart, proved there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.core.meter import spent
from twofold.core.truth import Truth
from twofold.engine.attempts import methods
from twofold.grammar.term import App, Const, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, subterms, var
from twofold.numeric.certify import certify
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.sample import Sample, involved, take
from twofold.numeric.valuation import Valuation, draw
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter, equal
from twofold.symbolic.normal.raising import raised

_SECONDS = 1.2
"""Nominal seconds that the search may take."""
_FOR_ONE = 1.0
"""Nominal seconds of exact methods for one region: what takes longer has mostly failed already on the whole claim."""


def conditions_for(goal: Goal, context: Context, points: list[Valuation]) -> tuple[str, ...]:
    """Twofold texts of a condition with interior (or of a property) under which the claim is proved; empty where none was found."""
    began = spent()
    sample = take(goal, involved(goal.left, goal.right), points, 0.3)
    good = [k for k in sample.effective if k not in sample.suspects]
    if len(good) >= 2:
        candidates = [c for c in _signs(goal) if not _says_the_same(c, goal)]
        inside: list[tuple[Term, set[int]]] = []
        for c in candidates:
            try:
                values = floats(c, [points[k] for k in sample.effective], goal.reading)
            except CannotEvaluate:
                continue
            inside.append((c, {k for k, v in zip(sample.effective, values, strict=True) if v == 1}))
        # Two conditions at once say something about an equation; of an inequality they only cut out some region where it holds.
        pairs = [(app("and", a, b), p & q, (a, b)) for (a, p), (b, q) in combinations(inside, 2)] if goal.relation == "==" else []
        # The region that covers most points first; of equal ones, the one that is simpler to say.
        single = sorted([(c, w, (c,)) for c, w in inside], key=lambda x: -len(x[1]))
        for term, where, parts in single + pairs:
            if where & set(sample.suspects) or not _has_room(parts, [points[k] for k in where]):
                continue
            if spent() - began > _SECONDS:
                return ()
            made = replace(goal, assumptions=(*goal.assumptions, term))
            # What leaves out one value only is not given up for half a line before all methods have been asked; nor is a half plane, of which
            # the cheap methods know nothing.
            slowly = goal.reading == "complex" or (isinstance(term, App) and term.op == "ne")
            if _proved(made, context) or (slowly and _decided(made, context)):
                return tuple(show(_joined(_strict(p, sample, points), goal)) for p in parts)
    return _properties(goal, context, began)


def _says_the_same(condition: Term, goal: Goal) -> bool:
    """Whether a condition only repeats the claim."""
    if not isinstance(condition, App) or condition.op == "in" or goal.relation == "==" or goal.left.shape:
        return False
    a, b = (app("sub", *condition.args), app("sub", goal.left, goal.right))
    return equal(a, b) or equal(a, app("neg", b))


def _has_room(parts: tuple[Term, ...], inside: list[Valuation]) -> bool:
    """Whether a region is more than a border: x <= 0 and x >= 0 leave one value, and x <= y and x >= y one of y for each x."""
    sides = [t.args for t in parts if isinstance(t, App)]
    if len(sides) == 2 and sides[0] == sides[1]:
        return False
    names = {s for t in parts for s in free_symbols(t)}
    return all(len({point[s] for point in inside if s in point}) > 1 for s in names)


def _strict(condition: Term, sample: Sample, points: list[Valuation]) -> Term:
    """`x >= 0` as `x > 0` where the claim has no value on the border."""
    if not isinstance(condition, App) or condition.op not in ("ge", "le"):
        return condition
    border = floats(app("eq", *condition.args), points)
    on = [k for k, v in enumerate(border) if v == 1]
    if on and not set(on) & set(sample.effective):
        return app({"ge": "gt", "le": "lt"}[condition.op], *condition.args)
    return condition


def _joined(condition: Term, goal: Goal) -> Term:
    """`a != 0` beside an assumed `a >= 0` as `a > 0`."""
    if isinstance(condition, App) and condition.op == "ne":
        for known in goal.assumptions:
            if isinstance(known, App) and known.op in ("ge", "le") and known.args == condition.args:
                return app({"ge": "gt", "le": "lt"}[known.op], *known.args)
    return condition


def _proved(goal: Goal, context: Context) -> bool:
    """Whether one of the cheaper methods proves the claim, and it says something."""
    from twofold.engine.judging import Case
    from twofold.engine.trial import BESIDE_PROOF

    case = Case(goal, context.given(*goal.assumptions[-1:]), lambda row: None)
    case.left = _FOR_ONE
    for m in methods(goal.relation):
        if m.cost <= 12:
            found = case.try_method(m)
            if found is not None and found.truth is Truth.PROVED:
                sample = case.sample(BESIDE_PROOF, 0.15)
                return bool(sample.effective) and case.certified(sample, found) is None and case.effective_point(sample)
    return False


def _decided(goal: Goal, context: Context) -> bool:
    """Whether the claim is proved by any means."""
    from twofold.engine.judging import Case

    case = Case(goal, context.given(*goal.assumptions[-1:]), lambda row: None, conditions=False)
    case.left = _FOR_ONE
    verdict = case.decide()
    return verdict.truth is Truth.PROVED and not verdict.conditions


def _breaks(goal: Goal, sample: Sample) -> bool:
    """Whether the claim certainly fails at a suspicious point: where an entry is 0, doubles are never close."""
    return any(
        certify(goal.relation, goal.left, goal.right, sample.valuations[k], goal.reading, 256).says == "fails"
        for k in sample.suspects
    )


def _signs(goal: Goal) -> Iterator[Term]:
    """Signs of names, of what stands under absolute values and squares, of differences of names."""
    zero = num(0)
    seen: set[Term] = set()
    subjects: list[Term] = []
    names = [
        s
        for s in dict.fromkeys(free_symbols(goal.left) + free_symbols(goal.right))
        if not s.shape and s.kind in ("real", "integer")
    ]
    for side in (goal.left, goal.right):
        for t in subterms(side):
            if isinstance(t, App) and not t.shape and t.args and not t.args[0].shape:
                if t.op in ("abs", "sign"):
                    subjects.append(t.args[0])
                elif t.op in ("max", "min") and len(t.args) == 2 and not t.args[1].shape:
                    a, b = t.args
                    subjects.append(a if b == zero else b if a == zero else app("sub", a, b))
                elif t.op == "sqrt" and isinstance(t.args[0], App) and t.args[0].op == "pow":
                    subjects.append(t.args[0].args[0])
    for side in (goal.left, goal.right):
        yield from _principal(side, set(names))
    subjects = [var(s) for s in names] + subjects + [app("sub", var(a), var(b)) for a, b in combinations(names, 2)]
    bound_names = {s for side in (goal.left, goal.right) for t in subterms(side) for s in getattr(t, "symbols", ())}
    for u in subjects:
        if u in seen or any(s in bound_names or s.kind not in ("real", "integer") for s in free_symbols(u)):
            continue
        seen.add(u)
        if isinstance(u, App) and u.op == "sub" and isinstance(u.args[1], Var | App):
            a, b = u.args
        else:
            a, b = u, zero
        for op in ("ne", "ge", "gt", "le", "lt"):
            yield app(op, a, b)
    for s in names:
        if s.kind == "real":
            yield app("in", var(s), app("interval_cc", num(0), num(1)))
            yield app("in", var(s), app("interval_cc", num(-1), num(1)))
    for side in (goal.left, goal.right):
        yield from _regular(side, goal)
    yield from _half_planes(goal)


def _half_planes(goal: Goal) -> Iterator[Term]:
    """Where complex names lie, and in claims about arguments the one turn of real names in which these are principal."""
    parts = dict.fromkeys(t for side in (goal.left, goal.right) for t in subterms(side))
    for s in dict.fromkeys(free_symbols(goal.left) + free_symbols(goal.right)):
        if s.kind == "complex" and not s.shape:
            for part, op in product(("re", "im"), ("gt", "lt")):
                yield app(op, app(part, var(s)), num(0))
            yield app("ne", app("im", var(s)), num(0))
        elif s.kind == "real" and not s.shape and any(isinstance(t, App) and t.op in ("arg", "atan2", "log") for t in parts):
            yield app("in", var(s), app("interval_oc", app("neg", Const("pi")), Const("pi")))


def _principal(side: Term, names: set[Symbol]) -> Iterator[Term]:
    """The range in which an inverse function undoes the function under it."""
    half, minus = (app("div", t, num(2)) for t in (Const("pi"), app("neg", Const("pi"))))
    ranges = {
        "asin": ("interval_cc", minus, half),
        "acos": ("interval_cc", num(0), Const("pi")),
        "atan": ("interval_oo", minus, half),
    }
    for t in subterms(side):
        if isinstance(t, App) and t.op in ranges and isinstance(t.args[0], App) and t.args[0].op in ("sin", "cos", "tan"):
            u = t.args[0].args[0]
            if not u.shape and set(free_symbols(u)) <= names:
                kind, low, high = ranges[t.op]
                yield app("in", u, app(kind, low, high))


def _regular(side: Term, goal: Goal) -> Iterator[Term]:
    """That a matrix of which the rank is taken has a determinant other than 0."""
    for t in subterms(side):
        if isinstance(t, App) and t.op == "rank" and len(set(t.args[0].shape)) == 1 and isinstance(t.args[0].shape[0], int):
            try:
                c = converter((t.args[0],), goal.assumptions, goal.reading)
                yield app("ne", raised(c, c(app("det", t.args[0]))), num(0))
            except GIVES_UP:
                continue


def _properties(goal: Goal, context: Context, began: float) -> tuple[str, ...]:
    """Properties of arrays: symmetric, diagonal, entries that sum to one."""
    # A matrix with A' == -A that is symmetric besides is 0: what an equation is assumed of gets no other property.
    bound = {s for a in goal.assumptions if isinstance(a, App) and a.op == "eq" for s in free_symbols(a)}
    for s in dict.fromkeys(free_symbols(goal.left) + free_symbols(goal.right)):
        for name in () if s in bound else _possible(s):
            if spent() - began > _SECONDS:
                return ()
            other = copy_symbol(s, properties=s.properties | {name})
            values = {s: var(other)}
            new = replace(
                goal,
                left=substitute(goal.left, values),
                right=substitute(goal.right, values),
                assumptions=tuple(substitute(a, values) for a in goal.assumptions),
            )
            points = draw(involved(new.left, new.right), new.assumptions, goal.seed, 12)
            sample = take(new, involved(new.left, new.right), points, 0.2)
            if not sample.effective or _breaks(new, sample):
                continue
            # Where the weaker property seems to do, a stronger one is offered only if all methods have been asked.
            if _proved(new, context) or _decided(new, context):
                kind = f"vector({_dims(s)})" if len(s.shape) == 1 else f"matrix({_dims(s)})"
                return (f"let {s.name} : {kind}, {', '.join(sorted(other.properties))}",)
    return ()


def _dims(s: Symbol) -> str:
    return ", ".join(str(d) if isinstance(d, int) else show(d) for d in s.shape)


def _possible(s: Symbol) -> tuple[str, ...]:
    """Properties that an array may have besides, the weakest first."""
    if len(s.shape) == 2 and s.shape[0] == s.shape[1]:
        return tuple(p for p in ("symmetric", "diagonal") if p not in s.properties and "posdef" not in s.properties)
    if len(s.shape) == 1:
        return tuple(p for p in ("probability",) if p not in s.properties)
    return ()
