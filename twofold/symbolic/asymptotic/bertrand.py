"""Whether a sum or an integral grows beyond all bounds near infinity or near a pole: Bertrand's scale, read off the leading monomial.

What keeps its sign behaves like its leading monomial. With X the variable, or one over the distance from a point: of the monomials 1/X, 1/(X*log(X)),
1/(X*log(X)*log(log(X))), … and what is larger, the integrals up to infinity diverge, of what is smaller by any power they converge; near a point the
first power of X is higher by 2. Source: Knopp, Theory and Application of Infinite Series, chapter 14.
"""

from __future__ import annotations

from flint import fmpq

from twofold.grammar.term import Symbol, Term
from twofold.symbolic.asymptotic.constants import Constants, NotReal, Undecided
from twofold.symbolic.asymptotic.expansion import Expansion
from twofold.symbolic.asymptotic.limits import ATTEMPTS
from twofold.symbolic.asymptotic.multiseries import Short
from twofold.symbolic.normal import GIVES_UP


def growth(k: Constants, x: Symbol, body: Term, point: Term, side: int = 1) -> int | None:
    """1 or -1 where the integral (at infinity also the sum) of a term beside a point is oo or -oo; `None` where that is not shown."""
    for terms, deep in ATTEMPTS:
        try:
            return _told(Expansion(k, x, point, side, terms, deep), body)
        except Short:
            continue
        except (Undecided, NotReal, *GIVES_UP, ZeroDivisionError):
            return None
    return None


def _told(e: Expansion, body: Term) -> int | None:
    monomial, c = e.lead(e.of(body))
    if e.k.waving(c):
        return None
    sign = e.k.sign(c)
    if not sign:
        return None
    level, critical = e.x, fmpq(-1 if e.infinite else 1)
    for b, power in monomial:
        if b.rank > level.rank:
            return sign if e.k.sign(power) > 0 else None
        if b.rank < level.rank:
            break  # The power of the element looked at is 0.
        way = e.k.compare(power, critical)
        if way:
            return sign if way > 0 else None
        level, critical = e.log_of(level).b, fmpq(-1)  # type: ignore[union-attr]
    return sign if critical < 0 else None


__all__ = ["growth"]
