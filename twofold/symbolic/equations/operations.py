"""Arithmetic, piecewise values, entries and applications as quotients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import full
from twofold.grammar.term import App, Bound, Term, Var, substitute
from twofold.symbolic.equations import arrays, choices, kernels, unknowns
from twofold.symbolic.equations.formula import FALSE, TRUE, Formula, both, negate
from twofold.symbolic.equations.ring import Ratio, rational

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading


def _div(r: Reading, t: App) -> Ratio:
    a, b = r.scalar(t.args[0]), r.scalar(t.args[1])
    r.require(b, "!=")
    if b.top.is_zero():
        return rational(0)
    return a / b


def _piecewise(r: Reading, t: App) -> Ratio:
    options: list[tuple[Formula, Term]] = []
    before: Formula = TRUE
    args = t.args
    for k in range(0, len(args) - 1, 2):
        condition = r.statement(args[k + 1])
        options.append((both(before, condition), args[k]))
        before = both(before, negate(condition))
    if len(args) % 2:
        options.append((before, args[-1]))
    return cases(r, options)


def cases(r: Reading, options: list[tuple[Formula, Term]]) -> Ratio:
    """A generator whose value depends on which formula is true; each value needs to be defined in its own case only."""
    found: list[tuple[Formula, Ratio]] = []
    for condition, value in options:
        if condition == FALSE:
            continue
        with r.collecting() as needed:
            u = r.scalar(value)
        found.append((both(condition, *needed), u))
    return choices.options(r, found)


def _two(f: Callable[[Ratio, Ratio], Ratio]) -> Callable[[Reading, App], Ratio]:
    def rule(r: Reading, t: App) -> Ratio:
        if t.args[0].shape or t.args[1].shape:
            return arrays.matrix(r, t)[0][0]
        return f(r.scalar(t.args[0]), r.scalar(t.args[1]))

    return rule


def _index(r: Reading, t: App) -> Ratio:
    base, places = t.args[0], t.args[1:]
    if not all(isinstance(d, int) for d in base.shape):
        return r.opaque(t)
    values = [r.scalar(p).value() for p in places]
    if any(v is None or v.denominator != 1 for v in values):
        return r.opaque(t)
    where = [int(v) for v in values if v is not None]
    rows, columns = full(base.shape)
    i, j = (where[0], where[1]) if len(where) == 2 else (where[0], 1) if columns == 1 else (1, where[0])
    if not (1 <= i <= rows and 1 <= j <= columns):  # type: ignore[operator]
        raise NotApplicable("an index is out of range")
    if isinstance(base, Var):
        return r.entry(base, i, j)
    return arrays.matrix(r, base)[i - 1][j - 1]


def _apply(r: Reading, t: App) -> Ratio:
    head = t.args[0]
    if isinstance(head, Bound) and head.op == "lambda":
        return r.scalar(substitute(head.body, dict(zip(head.symbols, t.args[1:], strict=True))))
    unknown = None if r.complex else unknowns.read(r, t)
    return r.opaque(t) if unknown is None else unknown


RULES: dict[str, Callable[[Reading, App], Ratio]] = {
    "add": _two(lambda a, b: a + b),
    "sub": _two(lambda a, b: a - b),
    "mul": _two(lambda a, b: a * b),
    "emul": _two(lambda a, b: a * b),
    "div": _div,
    "ediv": _div,
    "neg": lambda r, t: -r.scalar(t.args[0]),
    "pow": kernels.power,
    "epow": kernels.power,
    "transpose": lambda r, t: r.scalar(t.args[0]) if not t.args[0].shape else arrays.matrix(r, t)[0][0],
    "piecewise": _piecewise,
    "index": _index,
    "apply": _apply,
}
