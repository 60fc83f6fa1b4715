"""Averages over laws on few listed values, summed over any arithmetic, so that they can be certified."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Array, Num, Symbol, Term, num
from twofold.numeric.containers import entrywise
from twofold.numeric.outcomes import Undefined
from twofold.numeric.random_parts import variables

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def listed_sum(e: Evaluator, body: Term, owners: list[Symbol]) -> Value | None:
    """The sum over listed values, over any arithmetic; `None` where a variable has none."""
    total: list[dict[Symbol, Term]] = [{}]
    weights: list[Term] = [num(1)]
    for s in owners:
        if s.shape or s.law is None or variables(s.law):
            return None
        values = _listed(e, s.law)
        if values is None or len(values) * len(total) > 4096:
            return None
        total = [{**t, s: x} for t in total for x, _ in values]
        weights = [App("mul", (w, m)) for w in weights for _, m in values]
    out: Value = None
    for point, weight in zip(total, weights, strict=True):
        w = e.value(weight)
        at = e.inner({s: e.value(x) for s, x in point.items()})
        try:
            value = at.value(body)
        except Undefined:
            if _is_zero(e, w):
                continue
            raise
        part = entrywise(lambda v, w=w: e.arithmetic.mul(v, w), value)  # type: ignore[misc]
        out = part if out is None else entrywise(e.arithmetic.add, out, part)
    return out


def _is_zero(e: Evaluator, w: Any) -> bool:
    return bool(e.arithmetic.is_zero(w))


def _listed(e: Evaluator, law: Term) -> list[tuple[Term, Term]] | None:
    """Values and masses that are written out in a law, or those of a small whole-number support."""
    if not isinstance(law, App) or law.op not in laws():
        return None
    spec = laws()[law.op]
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    if spec.atoms:
        values, masses = formula(spec.atoms, names), formula(spec.density, names)
        if isinstance(values, Array) and isinstance(masses, Array):
            return list(zip((x for r in values.rows for x in r), (x for r in masses.rows for x in r), strict=True))
        return None
    if spec.name == "Categorical" and isinstance(law.args[0], Array):
        return [(num(k), m) for k, m in enumerate((x for r in law.args[0].rows for x in r), 1)]
    if spec.discrete and spec.kind == "univariate":
        low, high = (formula(t, names) for t in spec.support)
        if isinstance(low, Num) and isinstance(high, Num) and high.value - low.value < 64:
            return [(num(k), formula(spec.density, {**names, "x": num(k)})) for k in range(int(low.value), int(high.value) + 1)]
    return None
