"""y'' = f(y) with values of y and y' at one point: y'^2 is a function of y then, and where that is a square the slope is a smooth function of y.

Source: Arnold, "Ordinary Differential Equations", section 12 (conservative systems with one degree of freedom).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.calculus.square_parts import root_in
from twofold.symbolic.solving.ordinary import Problem, Value


def slope_by_energy(bend: Any, y: Any, problem: Problem, integral: Callable[[Any, Any], Any]) -> tuple[Any, Value] | None:
    """The slope as a function of y, with the value of y where it begins; `None` where the conditions are others, or it is no smooth function."""
    if bend.free_symbols - {y} or len(problem.conditions) != 2:
        return None
    by_order = {c.order: c for c in problem.conditions}
    if set(by_order) != {0, 1} or by_order[0].at != by_order[1].at:
        return None
    height, speed = by_order[0].value, by_order[1].value
    if not (height.is_number and speed.is_number and speed.is_nonzero):
        return None
    potential = integral(bend, y)
    if potential is None:
        return None
    square = sp.simplify(speed**2 + 2 * (potential - potential.subs(y, height)))
    root = root_in(square, y) or sp.sqrt(sp.factor(square))
    # On the side of the start.
    root = root.replace(sp.Abs, lambda u: u * sp.sign(u.subs(y, height)))
    there = sp.simplify(root.subs(y, height))
    if root.has(sp.Abs) or sp.simplify(there**2 - speed**2) != 0:
        return None
    return (root if sp.simplify(there - speed) == 0 else -root), by_order[0]
