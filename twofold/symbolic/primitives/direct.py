"""The direct rules in their order, constants and sums taken apart first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from twofold.catalogue.summands import summands
from twofold.grammar.term import App, Symbol, Term, Var
from twofold.symbolic.arithmetic import ONE, negate, over, times
from twofold.symbolic.primitives.angles import by_angles, by_roots_of_tangents
from twofold.symbolic.primitives.exponentials import in_exponential, of_quadratic
from twofold.symbolic.primitives.logarithms import by_logarithms
from twofold.symbolic.primitives.parts import by_parts
from twofold.symbolic.primitives.polylogarithms import by_polylogarithms
from twofold.symbolic.primitives.rational import by_fractions
from twofold.symbolic.primitives.reading import depends, split
from twofold.symbolic.primitives.roots import by_roots
from twofold.symbolic.primitives.substitution import by_substitution
from twofold.symbolic.primitives.waves import by_waves
from twofold.symbolic.primitives.writing import joined

Rule: TypeAlias = Callable[[Term, Symbol], Term | None]
RULES: tuple[Rule, ...] = (
    *(
        by_fractions,
        by_logarithms,
        by_roots,
        by_angles,
        by_waves,
        of_quadratic,
        by_substitution,
        by_parts,
        in_exponential,
        by_polylogarithms,
        by_roots_of_tangents,
    ),
)


def direct(t: Term, x: Symbol) -> Term | None:
    """A candidate for the antiderivative of a scalar term, `None` where no direct rule applies."""
    constant, rest = split(t, x)
    found = _found(rest, x)
    return None if found is None else scaled_by(constant, found)


def _found(t: Term, x: Symbol) -> Term | None:
    if not depends(t, x):
        return times(t, Var(x))
    for rule in RULES:
        found = rule(t, x)
        if found is not None:
            return found
    if isinstance(t, App) and t.op in ("add", "sub"):
        parts = [(sign, direct(part, x)) for sign, part in summands(t)]
        made = [(sign, part) for sign, part in parts if part is not None]
        return joined(made) if len(made) == len(parts) else None
    return None


def scaled_by(c: Term, t: Term) -> Term:
    """c*t with the fraction bar last."""
    if c == ONE:
        return t
    if isinstance(c, App) and c.op == "neg":
        return negate(scaled_by(c.args[0], t))
    if isinstance(t, App) and t.op == "neg":
        return negate(scaled_by(c, t.args[0]))
    if isinstance(t, App) and t.op == "div":
        return over(scaled_by(c, t.args[0]), t.args[1])
    if isinstance(c, App) and c.op == "div":
        return over(scaled_by(c.args[0], t), c.args[1])
    return times(c, t)
