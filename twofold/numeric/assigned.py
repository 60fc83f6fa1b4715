"""Points of a statement that is solved for a name: `X == inv(A)*B` holds where X is given that value, `A*X == B` where it is `inv(A)*B`."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term, Var, free_symbols
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue, Split
from twofold.numeric.valuation import Valuation

_BITS = 64


def assigned(t: Term, point: Valuation) -> Valuation | None:
    """The point with an exact value for the name that an equation gives alone on a side, or as a factor of a product of square matrices; None for
    other statements, for names whose declaration says more than their shape, and for values that are not rational."""
    if not isinstance(t, App) or t.op != "eq":
        return None
    for name, value in _solved(t):
        if name.symbol in free_symbols(value) or name.symbol not in point:
            continue
        s = name.symbol
        if s.kind != "real" or s.properties or s.lower is not None or s.upper is not None or s.law is not None:
            continue
        try:
            found = _exact(ball(value, {k: v for k, v in point.items() if k is not s}, _BITS))
        except (NoValue, Split, ValueError):
            continue
        if found is not None:
            return {**point, s: found}
    return None


def _solved(t: App) -> Iterator[tuple[Var, Term]]:
    """The names for which an equation is solved, by itself or by inverses: U*X*V == W gives X == inv(U)*W*inv(V)."""
    for side, value in (t.args, t.args[::-1]):
        if isinstance(side, Var):
            yield side, value
        factors = _factors(side)
        if len(factors) < 2 or len({d for f in (*factors, value) for d in f.shape}) != 1:
            continue
        for k, f in enumerate(factors):
            if isinstance(f, Var) and f.shape and not any(f.symbol in free_symbols(g) for g in (*factors[:k], *factors[k + 1 :])):
                found = value
                for g in factors[:k]:
                    found = app("mul", app("inv", g), found)
                for g in reversed(factors[k + 1 :]):
                    found = app("mul", found, app("inv", g))
                yield f, found


def _factors(t: Term) -> list[Term]:
    """The factors of a product of square matrices; none for another term."""
    if isinstance(t, App) and t.op == "mul":
        a, b = map(_factors, t.args)
        return [*a, *b] if a and b else []
    return [t] if len(t.shape) == 2 and t.shape[0] == t.shape[1] else []


def _exact(value: Any) -> Any:
    """Rational numbers, nested as the value is."""
    if isinstance(value, (tuple, list)):
        rows = tuple(_exact(v) for v in value)
        return None if None in rows else rows
    if isinstance(value, (fmpq, fmpz, int, Fraction)) and not isinstance(value, bool):
        q = fmpq(value) if isinstance(value, (fmpz, int)) else value
        if isinstance(q, Fraction):
            return q
        return int(q.p) if q.q == 1 else Fraction(int(q.p), int(q.q))
    return None
