"""What a worker gets ready while nobody asks it anything: modules that are imported late, and tables that SymPy makes when first needed.

A question that comes meanwhile waits for the step that is under way, most of which it would have to make itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

LATE = (
    *("sympy.combinatorics", "sympy.integrals.manualintegrate", "sympy.integrals.risch", "sympy.integrals.heurisch"),
    *(
        "sympy.series.gruntz",
        "sympy.simplify.fu",
        "sympy.solvers.ode",
        "sympy.physics.units",
        "scipy.integrate",
        "scipy.optimize",
    ),
)
"""Modules of others that are imported when first needed."""

EXERCISES = (
    "diff(x^2*exp(-x), x)",
    "simplify(sin(x)^2 + cos(x)^2)",
    "integrate(x*exp(-x), x = 0..oo)",
    "integrate(sqrt(4 - x^2), x = -2..2)",
    "integrate(sin(x)^2, x)",
    "limit((exp(x) - 1)/x, x -> 0)",
    "taylor(exp(x)*cos(x), x, 0, 3)",
    "sum(k^2, k = 1..n)",
    "sum(1/k^2, k = 1..oo)",
    "solve(x^2 == 2, x)",
    "solve(exp(x) == 3, x)",
    "solve(x^2 > 1, x)",
    "solve(sin(x) == 0, x)",
    "minimize(x^2 + y^2, [x, y], subject_to = {x + y == 1})",
    "let y : function\ndsolve({y''(x) + y(x) == 0}, y(x))",
    "laplace(sin(t), t, s)",
    "eigenvectors([2, 1; 1, 3])",
    "expm([0, 1; 0, 0])",
)


def preparations(module: Any, loaded: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Steps of at most some tenths of a second, to be made one at a time; `module` is where `Session` comes from, `loaded` are
    modules that come first."""
    from twofold.catalogue.index import functions
    from twofold.core.diagnostic import TwofoldError

    named = {dotted.partition(":")[0] for spec in functions().values() for dotted in (spec.exact, spec.check) if dotted}
    for name in (*loaded, *sorted(n for n in named if n.startswith("twofold.")), *LATE):
        yield partial(_load, name)

    def work(text: str) -> None:
        from twofold.engine.judging import FAULTS

        # Whatever goes wrong here will be told when somebody asks.
        with suppress(TwofoldError, MemoryError, *FAULTS):
            module.Session().run(text)

    for text in EXERCISES:
        yield partial(work, text)


def _load(name: str) -> None:
    with suppress(ImportError):
        importlib.import_module(name)
