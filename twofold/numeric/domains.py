"""The declared domain of a function, as a condition to evaluate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import Symbol, Term

GUARDED = frozenset(
    """log sqrt tan sec csc cot asin acos acosh atanh csch coth gamma loggamma digamma erfinv lambertw lambertwm1 Ei li Ci Chi atan2 polygamma
    bessely besselk elliptic_f elliptic_einc elliptic_pi binomial factorial legendre chebyshevt chebyshevu hermite laguerre
    jacobi gegenbauer gcd lcm bernoulli euler fibonacci totient stirling bell""".split()
)
"""Functions whose evaluations give no number outside their domain by themselves."""


@cache
def guarded(name: str) -> bool:
    return name in GUARDED or functions()[name].domain == "true"


@cache
def _condition(name: str, count: int) -> tuple[Term, tuple[Symbol, ...]]:
    spec = functions()[name]
    symbols = {a.name: Symbol(a.name) for a in spec.arguments}
    return formula(spec.domain, symbols), tuple(symbols.values())[:count]


def condition(name: str, args: Sequence[Any]) -> tuple[Term, Mapping[Symbol, Any]]:
    """The domain of a function as a term, and the values of its symbols at these arguments."""
    term, symbols = _condition(name, len(args))
    return term, dict(zip(symbols, args, strict=False))
