"""`sample(law, n)`: draws become data where they are asked for, so that both routes see the same numbers."""

from __future__ import annotations

from fractions import Fraction
from zlib import crc32

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Num, Term, matrix, vector


def drawn(call: App, seed: int) -> Term:
    """The draws of a `sample` call as exact numbers. The same call gives the same numbers for the same seed.

    Raises `TwofoldError` where the law has no numbers as parameters.
    """
    from twofold.numeric.draws import draws
    from twofold.numeric.outcomes import NoValue

    count = rational(call.args[1]) if len(call.args) > 1 else Fraction(1)
    if count is None or count.denominator != 1:
        raise fail("wrong-kind", "the number of draws is a whole number", call.span, "write sample(Normal(0, 1), 100)")
    try:
        values = draws(call.args[0], int(count), crc32(f"{seed}/{show(call)}".encode()))
    except NoValue as reason:
        raise fail(
            "no-sample", f"this cannot be sampled: {reason}", call.span, "give the parameters of the law as numbers"
        ) from None
    if values.ndim == 2:
        return matrix(tuple(tuple(map(_exact, row)) for row in values.tolist()), call.span)
    if len(call.args) == 1:
        return _exact(values.tolist()[0])
    return vector(tuple(map(_exact, values.tolist())), call.span)


def _exact(x: float) -> Num:
    """The shortest decimal that is this double."""
    return Num(Fraction(repr(x)))
