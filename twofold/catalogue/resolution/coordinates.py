"""Gradient, divergence, Laplacian and curl in orthogonal coordinates, by their scale factors.

`polar` is [r, t], `cylindrical` [r, t, z], `spherical` [r, theta, phi] with theta measured from the axis. Fields are given and answered by their
components along the unit vectors of the coordinates. Source: Arfken and Weber, "Mathematical Methods for Physicists", chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar.term import Array, Term, num

ONE = num(1)
SYSTEMS: dict[str, tuple[int, str]] = {
    "polar": (2, "[r, t]"),
    "cylindrical": (3, "[r, t, z]"),
    "spherical": (3, "[r, theta, phi]"),
    "cartesian": (0, "[x, y, z]"),
}
"""The number of coordinates, and how they are listed."""
OPERATIONS = ("grad", "divergence", "laplacian", "curl")

Derivative = Callable[[Term, Term], Term]


def in_coordinates(op: str, body: Term, names: list[Term], system: str, by: Derivative, span: Span) -> Term:
    """The operation in a system of coordinates; `by(f, name)` is the derivative. Raises `shape-mismatch` where the numbers of coordinates differ."""
    count, usage = SYSTEMS[system]
    if count and len(names) != count:
        raise fail(
            "shape-mismatch", f"{system} coordinates are {count}, but this lists {len(names)}", span, f"list them as {usage}"
        )
    h = _scales(system, names)
    if op == "grad":
        return _vector([_over(by(body, n), k) for n, k in zip(names, h, strict=True)], span)
    if op == "laplacian":
        return _outward([_over(by(body, n), k) for n, k in zip(names, h, strict=True)], names, h, by)
    parts = _components(op, body, len(names), span)
    return _outward(parts, names, h, by) if op == "divergence" else _curl(parts, names, h, by, span)


def _scales(system: str, names: list[Term]) -> list[Term]:
    if system == "cartesian":
        return [ONE] * len(names)
    if system == "spherical":
        return [ONE, names[0], _made("mul", names[0], app("sin", names[1]))]
    return [ONE, names[0], ONE][: len(names)]


def _components(op: str, body: Term, count: int, span: Span) -> list[Term]:
    entries = [e for row in body.rows for e in row] if isinstance(body, Array) else None
    if entries is None and body.shape == (count,):
        entries = [x.entry(body, k, 1) for k in range(1, count + 1)]
    if entries is None or len(entries) != count:
        raise fail(
            "shape-mismatch",
            f"{op} takes a field with as many components as there are variables",
            span,
            f"write {op}([P, Q, R], [x, y, z])",
        )
    return entries


def _outward(parts: list[Term], names: list[Term], h: list[Term], by: Derivative) -> Term:
    """The divergence: sum of d(F_i*H/h_i)/H, H the product of the scale factors."""
    whole = _product(h)
    out: Term | None = None
    for k, (f, n) in enumerate(zip(parts, names, strict=True)):
        term = by(_times(f, _product([s for j, s in enumerate(h) if j != k])), n)
        out = term if out is None else _made("add", out, term)
    assert out is not None
    return _over(out, whole)


def _curl(parts: list[Term], names: list[Term], h: list[Term], by: Derivative, span: Span) -> Term:
    """d(h_k*F_k) by j minus d(h_j*F_j) by k, over h_j*h_k; of a plane field its only component."""

    def component(j: int, k: int) -> Term:
        turn = _made("sub", by(_times(parts[k], h[k]), names[j]), by(_times(parts[j], h[j]), names[k]))
        return _over(turn, _product([h[j], h[k]]))

    if len(names) == 2:
        return component(0, 1)
    if len(names) != 3:
        raise fail("shape-mismatch", "curl takes a field of two or three components", span, "write curl([P, Q, R], [x, y, z])")
    return _vector([component(1, 2), component(2, 0), component(0, 1)], span)


def _made(op: str, a: Term, b: Term) -> Term:
    return x.build(op, a, b, span=a.span)


def _times(f: Term, k: Term) -> Term:
    return f if k == ONE else _made("mul", f, k)


def _over(f: Term, k: Term) -> Term:
    return f if k == ONE else _made("div", f, k)


def _product(factors: list[Term]) -> Term:
    out = ONE
    for f in factors:
        out = f if out == ONE else _times(out, f)
    return out


def _vector(parts: list[Term], span: Span) -> Term:
    return Array((tuple(parts),), (len(parts),), span=span)
