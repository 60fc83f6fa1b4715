"""One point of a claim, certified: both sides as balls, with the precision doubled until they exclude each other or a cap is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import acb, arb, ctx, fmpq, fmpz

from twofold.core.meter import spent
from twofold.grammar.term import Term
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved
from twofold.numeric.valuation import Valuation

ORDER = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1), "==": (0,), "!=": (-1, 1)}


DIGITS = 17
"""Decimal digits shown of a value."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a point says of a relation. `says`: fails (certified), holds (certified), agrees (equal to `digits`), undefined, unknown."""

    says: str
    left: str = ""
    right: str = ""
    digits: int = 0
    reason: str = ""


def certify(
    relation: str, left: Term, right: Term, at: Valuation, reading: str, cap: int = 1024, start: int = 64, seconds: float = 1.0
) -> Outcome:
    """Compares two sides at exact values. `undefined` and `unknown` say nothing about the claim."""
    precision = start
    until = spent() + seconds
    last = Outcome("unknown", reason="the precision was not enough")
    while precision <= cap and (precision == start or spent() < until):
        try:
            a, b = ball(left, at, precision, reading, seconds), ball(right, at, precision, reading, seconds)
            sets = left.sort == right.sort == "set" and relation in ("==", "!=")
            last = (_compare_sets if sets else _compare)(relation, a, b, precision)
        except Undefined as e:
            return Outcome("undefined", reason=str(e))
        except CannotEvaluate as e:
            # What a lower precision has shown stays shown.
            return last if last.says == "agrees" else Outcome("unknown", reason=str(e))
        except Unresolved:
            last = Outcome("unknown", reason=f"not resolved at {precision} bits")
        if last.says in ("fails", "holds"):
            return last
        precision *= 2
    return last


def flat(value: Any) -> list[Any]:
    """The scalars of a value, row by row."""
    if isinstance(value, (tuple, list)):
        return [x for v in value for x in flat(v)]
    return [value]


def _compare_sets(relation: str, left: Any, right: Any, precision: int) -> Outcome:
    """Every element of one set is one of the other: an element that is certainly none makes them differ."""
    a, b = (list(v) if isinstance(v, (tuple, list)) else [v] for v in (left, right))
    says, digits = "holds", 10**6
    for one, other in ((a, b), (b, a)):
        for x in one:
            found = [_compare("==", x, y, precision) for y in other]
            if all(o.says == "fails" for o in found):
                return Outcome("fails" if relation == "==" else "holds", *_apart(left, right))
            if any(o.says == "holds" for o in found):
                continue
            near = [o.digits for o in found if o.says == "agrees"]
            digits = min(digits, max(near, default=0))
            says = "agrees" if near and says != "unknown" else "unknown"
    if relation == "!=":
        says = {"holds": "fails"}.get(says, "unknown")
    return Outcome(says, text(left), text(right), digits)


def _compare(relation: str, left: Any, right: Any, precision: int) -> Outcome:
    a, b = flat(left), flat(right)
    if len(a) != len(b):
        if not isinstance(right, (tuple, list)):
            b = b * len(a)
        elif not isinstance(left, (tuple, list)):
            a = a * len(b)
        else:
            return Outcome("fails", *_apart(left, right))
    says, digits = "holds", 10**6
    with ctx.workprec(precision):
        for x, y in zip(a, b, strict=True):
            one, d = _scalar(relation, x, y)
            digits = min(digits, d)
            if one == "fails":
                if relation == "!=" and len(a) > 1:
                    continue
                return Outcome("fails", *_apart(left, right))
            if one == "unknown":
                says = "unknown"
            elif one == "agrees" and says == "holds":
                says = "agrees"
        return Outcome(says, text(left), text(right), digits)


def _scalar(relation: str, x: Any, y: Any) -> tuple[str, int]:
    if isinstance(x, bool) or isinstance(y, bool):
        return ("holds" if x is y or x == y else "fails", 10**6)
    exact = (int, fmpq, fmpz)
    if isinstance(x, exact) and isinstance(y, exact):
        d = fmpq(x) - fmpq(y)
        return ("holds" if (d > 0) - (d < 0) in ORDER[relation] else "fails", 10**6)
    difference = _wide(x) - _wide(y)
    if isinstance(difference, acb):
        if relation not in ("==", "!="):
            return "unknown", 0
        if difference.is_finite() is False:
            return "unknown", 0
        if not difference.contains(0):
            return ("fails" if relation == "==" else "holds"), 0
        return "agrees" if relation == "==" else "unknown", _digits(abs(difference), abs(_wide(x)))
    if not difference.is_finite():
        return "unknown", 0
    sign = 1 if difference > 0 else -1 if difference < 0 else None
    if sign is not None:
        return ("holds" if sign in ORDER[relation] else "fails"), 0
    if difference.is_exact() and difference == 0:
        return ("holds" if 0 in ORDER[relation] else "fails"), 10**6
    if relation in ("==", "<=", ">="):
        return "agrees", _digits(abs(difference), abs(_wide(x)))
    return "unknown", 0


def _wide(x: Any) -> Any:
    return arb(x) if isinstance(x, (int, fmpq, fmpz)) else x


def _digits(error: arb, size: arb) -> int:
    """Decimal digits to which a difference is known to vanish, relative to the size where that is not small itself."""
    e, s = float(error.abs_upper()), float(size.abs_upper())
    if e == 0:
        return 10**6
    from math import isfinite, log10

    if not isfinite(e) or not isfinite(s):
        return 0
    return max(0, int(log10(max(s, 1e-300) / e))) if s > e else max(0, int(-log10(e)))


def _apart(left: Any, right: Any) -> tuple[str, str]:
    """Texts of two values that differ, with as many digits as it takes to see it."""
    for digits in (DIGITS, 2 * DIGITS, 4 * DIGITS, 8 * DIGITS):
        a, b = text(left, digits), text(right, digits)
        if a != b:
            return a, b
    return text(left), text(right)


def _nought(shown: str) -> str:
    """FLINT writes a small ball around 0 as `0e-37`; a wide one stays as it is."""
    _, sign, size = shown.partition("0e-")
    return "0" if sign and size.isdigit() and int(size) >= 10 and shown.lstrip("-").startswith(sign) else shown


def text(value: Any, digits: int = DIGITS) -> str:
    """A value as twofold text: rationals exactly, balls to the digits they guarantee (at most so many)."""
    if isinstance(value, (tuple, list)):
        if value and isinstance(value[0], (tuple, list)):
            return "[" + "; ".join(", ".join(text(x, digits) for x in row) for row in value) + "]"
        return "[" + ", ".join(text(x, digits) for x in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, fmpz)):
        return str(int(value))
    if isinstance(value, fmpq):
        with ctx.workprec(4 * digits + 16):
            return str(value) if len(str(value)) < 40 else text(arb(value), digits)
    if isinstance(value, arb):
        return _nought(value.str(digits, radius=False))
    if isinstance(value, acb):
        real, imag = (_nought(v.str(digits, radius=False)) for v in (value.real, value.imag))
        if imag in ("0", "0e+0"):
            return real
        return f"{real} + {imag}*im" if not imag.startswith("-") else f"{real} - {imag[1:]}*im"
    return str(value)
