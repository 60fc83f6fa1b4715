"""What a worker gets ready while nobody asks it anything: modules that are imported late, and tables that SymPy makes when first needed.

A question that comes meanwhile waits for the step that is under way, most of which it would have to make itself.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

WHOLE = ("twofold.symbolic", "twofold.numeric", "twofold.engine.checks")
"""Packages of ours whose modules are imported one by one when first needed."""

LATE = (
    *("sympy.combinatorics", "sympy.integrals.manualintegrate", "sympy.integrals.risch", "sympy.integrals.heurisch"),
    *(
        "sympy.series.gruntz",
        "sympy.simplify.fu",
        "sympy.solvers.ode",
        "sympy.physics.units",
        "sympy.concrete.delta",
        "sympy.sets.handlers.issubset",
        "sympy.sets.handlers.functions",
        "sympy.tensor.array.array_derivatives",
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
    "sum(x^k/factorial(k), k = 0..oo)",
    "sum(1/(k*(k + 2)), k = 1..n)",
    "sum((-1)^k/(2*k + 1), k = 0..oo)",
    "prod(2*k, k = 1..n)",
    "trig_reduce(sin(x)^3)",
    "apart(1/(x^2 - 4), x)",
    "cancel((x^2 - y^2)/(x - y))",
    "simplify(sqrt(x^2) + log(exp(x)))",
    "diff(x^x, x)",
    "hessian(x^3*y, [x, y])",
    "digamma(1/3)",
    "polylog(2, -1) + zeta(4) + gamma(5/2)",
    "solve({x + y == 3, x*y == 2}, [x, y])",
    "solve(x*exp(x) == 2, x)",
    "solve(abs(x - 1) < 3, x)",
    "minimize(x^4 - 2*x^2, x)",
    "let y : function\ndsolve({y'(x) == x*y(x)}, y(x))",
    "let y : function\ndsolve({y''(x) - 5*y'(x) + 6*y(x) == x, y(0) == 1, y'(0) == 0}, y(x))",
    "nullspace([1, a; a, a^2])",
    "inv([a, b; c, d])",
    "rank([sqrt(3), 3; 1, sqrt(3)])",
    "det([cos(t), 1; 1, sin(t)])",
    "eigenvalues([0, 1, 0; 0, 0, 1; 2, 0, 0])",
    "qr([1, 2; 1, 0])",
    "least_squares([1, 0; 1, 1; 1, 2], [1, 2, 4])",
    "inverse_laplace(1/(s^2 + 4), s, t)",
    "integrate(1/(4 + x^4), x = 0..oo)",
)


def preparations(module: Any, loaded: tuple[str, ...]) -> Iterator[Callable[[], None]]:
    """Steps of mostly some hundredths of a second, one of nearly a whole, to be made one at a time; `module` is where `Session` comes from, `loaded` are
    modules that come first."""
    from twofold.catalogue.index import functions
    from twofold.core.diagnostic import TwofoldError

    named = {dotted.partition(":")[0] for spec in functions().values() for dotted in (spec.exact, spec.check) if dotted}
    for name in (*loaded, *sorted(n for n in named if n.startswith("twofold.")), *LATE):
        yield partial(_load, name)
    for package in WHOLE:
        for found in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            yield partial(_load, found.name)
            if found.ispkg:
                inside = importlib.import_module(found.name).__path__
                yield from (partial(_load, m.name) for m in pkgutil.iter_modules(inside, f"{found.name}."))

    def work(text: str) -> None:
        from twofold.engine.trial import FAULTS

        # Whatever goes wrong here will be told when somebody asks.
        with suppress(TwofoldError, MemoryError, *FAULTS):
            module.Session().run(text)

    for text in EXERCISES:
        yield partial(work, text)
    yield _keep


def _keep() -> None:
    """What has been made so far stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _load(name: str) -> None:
    with suppress(ImportError):
        importlib.import_module(name)
