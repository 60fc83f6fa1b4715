"""What one part of the right side would have to be: the step solved for it at every point, and the values recognised.

The right side is probed with small numbers in place of the part. Where it, its reciprocal, logarithm, square or root is linear in the part, the
value that makes both sides equal follows; only what is then recognised as a number or a product of pieces becomes an edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from twofold.catalogue.display import number
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import minus, plus, raised
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.paired import Paired
from twofold.engine.diagnosis.parts import terms
from twofold.engine.diagnosis.pieces import Pieces, Resolve
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import Points, rational
from twofold.engine.diagnosis.targets import Targets
from twofold.grammar import tree
from twofold.grammar.tree import Call, Infix, Name, Number

_PROBES = ("2", "3", "5", "7")
_MOST_PARTS = 24
_CLOSE = 1e-7
_BINDING = frozenset("sum prod integrate limit bracket minimize maximize solve E Var Cov P Std Corr diff grad".split())

_FORMS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
    lambda v: v,
    lambda v: 1 / v,
    lambda v: np.log(np.abs(v)),
    lambda v: v * v,
    lambda v: np.sqrt(np.abs(v)),
    np.exp,
)


def solved(points: Points | Paired | Targets, pieces: Pieces, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """Edits of one part each, after which both sides agree at the points."""
    left = _real(points.left)
    if left is None or not len(left):
        return
    for node in _parts(right)[:_MOST_PARTS]:
        wanted = _wanted(points, left, right, node, resolve)
        if wanted is not None:
            yield from _recognised(points, pieces, node, wanted, resolve)


def _real(values: list[Any]) -> np.ndarray | None:
    if any(v is None or v.size != 1 or np.iscomplexobj(v) for v in values):
        return None
    return np.array([float(v.reshape(())) for v in values])


def _parts(right: tree.Expr) -> list[tree.Expr]:
    """Parts outside what binds names, numbers first, then small ones."""
    out: list[tree.Expr] = []

    def walk(n: Any) -> None:
        if isinstance(n, Call) and (n.function.id in _BINDING or n.square):
            if n is not right:
                out.append(n)
            return
        if n is not right and isinstance(n, (Number, Name, Infix, Call, tree.Index)):
            out.append(n)
        if isinstance(n, (tree.Matrix, tree.Relation, tree.Logic, tree.Lambda, tree.Index)):
            return
        for child in tree.children(n):
            if not (isinstance(n, Call) and child is n.function):
                walk(child)

    walk(right)
    return sorted(out, key=lambda n: (not isinstance(n, Number), sum(1 for _ in nodes(n))))


def _wanted(
    points: Points | Paired | Targets, left: np.ndarray, right: tree.Expr, node: tree.Expr, resolve: Resolve
) -> np.ndarray | None:
    """The values of the part that make the sides equal; None where the right side is not linear in it in any form."""
    rows = []
    for probe in _PROBES:
        try:
            found = points.scalars(resolve(put(right, node, Number(probe))))
        except TwofoldError:
            return None
        if found is None or np.iscomplexobj(found):
            return None
        rows.append(found)
    at = [float(p) for p in _PROBES]
    for form in _FORMS:
        with np.errstate(all="ignore"):
            y = [form(r) for r in rows]
            target = form(left)
            slopes = [(y[k + 1] - y[k]) / (at[k + 1] - at[k]) for k in range(len(at) - 1)]
            steady = all(np.all(np.abs(s - slopes[0]) <= _CLOSE * np.abs(slopes[0])) for s in slopes[1:])
            if not steady or not np.all(np.isfinite(slopes[0])) or np.any(np.abs(slopes[0]) < 1e-12):
                continue
            wanted = at[0] + (target - y[0]) / slopes[0]
        if np.all(np.isfinite(wanted)):
            return np.asarray(wanted)
    return None


def _recognised(
    points: Points | Paired | Targets, pieces: Pieces, node: tree.Expr, wanted: np.ndarray, resolve: Resolve
) -> Iterator[Edit]:
    several = len(points) > 1
    q = rational(wanted, 1000)
    if q is not None and (several or isinstance(node, Number)):
        if several or max(abs(q.numerator), q.denominator) <= 1000:
            digits = len(str(abs(q.numerator))) + len(str(q.denominator))
            yield Edit(node, _like(node, q), 1.4 + 0.03 * digits + (0.2 if q <= 0 else 0.0))
        return
    if not several or isinstance(node, Number):
        m = pieces.match(wanted)
        if m is not None and isinstance(node, Number) and (m.above or m.below) and m.factor > 0:
            yield Edit(node, m.written(), 1.5 + m.complexity)
        return
    try:
        now = points.own(resolve(node))
    except TwofoldError:
        return
    with np.errstate(all="ignore"):
        ratio = None if now is None or np.any(now == 0) else wanted / now
    if now is not None and several and np.all(now != 0):
        with np.errstate(all="ignore"):
            root, square = rational(wanted * wanted / now), rational(wanted / (now * now))
        if root == 1 and np.all(wanted > 0):
            yield Edit(node, Call(Name("sqrt"), (node,)), 1.45)
        if square == 1:
            yield Edit(node, raised(node, Number("2")), 1.45)
    m = pieces.match(ratio)
    if m is not None and m.factor > 0:
        yield Edit(node, m.onto(node), 1.4 + m.complexity)
        return
    m = pieces.match(wanted)
    if m is not None and m.factor > 0:
        yield Edit(node, m.written(), 1.6 + m.complexity)
        return
    m = None if now is None else pieces.match(wanted - now)
    if m is not None:
        yield Edit(node, (plus if m.factor > 0 else minus)(node, m.written()), 1.7 + m.complexity)


def _like(node: tree.Expr, q: Fraction) -> tree.Expr:
    """A number as decimals where it stands in the place of decimals."""
    if isinstance(node, Number) and "." in node.text:
        for digits in range(1, 7):
            scaled = q * 10**digits
            if scaled.denominator == 1 and q >= 0:
                whole, part = divmod(int(scaled), 10**digits)
                return Number(f"{whole}.{part:0{digits}d}")
    return number(q)


# --- terms of the line above ------------------------------------------------------------------------------------------------------------


def borrowed(points: Points, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A term of the line above, with a number, put to the right side or in the place of one of its terms. Arrays too."""
    if any(a is None or b is None or a.shape != b.shape for a, b in zip(points.left, points.right, strict=True)):
        return
    ours, theirs = terms(right), terms(left)
    if len(theirs) < 2 or len(ours) > 8 or len(theirs) > 8:
        return
    gap = [a - b for a, b in zip(points.left, points.right, strict=True)]
    offered = [(t, v) for _, t in theirs if (v := _values(points, t, resolve)) is not None]
    for t, v in offered:
        q = _multiple(gap, v)
        if q is not None and q != 0:
            yield Edit(right, (plus if q > 0 else minus)(right, _times(abs(q), t)), 1.45)
    if len(ours) < 2:
        return
    for sign, r in ours:
        held = _values(points, r, resolve)
        if held is None:
            continue
        factor = 1 if sign == "+" else -1
        wanted = [h + factor * g for h, g in zip(held, gap, strict=True)]
        for t, v in offered:
            q = _multiple(wanted, v)
            if q is not None and q > 0 and t != r:
                yield Edit(r, _times(q, t), 1.5)


def _values(points: Points, t: tree.Expr, resolve: Resolve) -> list[Any] | None:
    try:
        found = points.values(resolve(t))
    except TwofoldError:
        return None
    if not found or any(v is None or v.shape != g.shape for v, g in zip(found, points.left, strict=True)):
        return None
    return found


def _multiple(wanted: list[Any], of: list[Any]) -> Fraction | None:
    """The small rational number that one list of values is times another."""
    ratios = []
    for a, b in zip(wanted, of, strict=True):
        size = np.max(np.abs(b))
        if not size > 0:
            return None
        r = float(np.real(np.vdot(b, a) / np.vdot(b, b)))
        if np.max(np.abs(a - r * b)) > 1e-8 * max(size, np.max(np.abs(a))):
            return None
        ratios.append(r)
    return rational(np.array(ratios), 12) if len(ratios) > 1 else None


def _times(q: Fraction, t: tree.Expr) -> tree.Expr:
    return t if q == 1 else Infix("*", number(q), t)
