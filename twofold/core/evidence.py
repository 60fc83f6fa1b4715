"""What a method found, what could not be found, and the answers and verdicts joined from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from twofold.core.truth import Strength, Truth


@dataclass(frozen=True, slots=True)
class Counterexample:
    """Values at which a claim fails, and what both sides are there, all as twofold text.

    `certified`: both values are proved enclosures that exclude each other. Otherwise `confirmed_by` names two methods.
    """

    values: dict[str, str]
    left: str
    right: str
    certified: bool
    confirmed_by: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {"values": self.values, "left": self.left, "right": self.right, "certified": self.certified}
        if not self.certified:
            row["confirmed_by"] = list(self.confirmed_by)
        return row


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one method found about one goal.

    `points` were tried, `effective` of them counted (every part defined, assumptions met). `conditions` are twofold texts under
    which the conclusion holds (a domain difference, a region). `seconds` is wall time.
    """

    method: str
    truth: Truth
    strength: Strength
    note: str = ""
    points: int = 0
    effective: int = 0
    digits: int = 0
    conditions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    independent_of: str = ""
    witness: Counterexample | None = None
    seed: int | None = None
    seconds: float = 0.0
    reduced: Any = None
    """The two sides as the method left them, where it showed on the way that they have values: an effective point of these is one of the claim."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "truth": self.truth.value,
            "strength": self.strength.value,
            "points": self.points,
            "effective": self.effective,
            "seconds": round(self.seconds, 6),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class MethodFailure:
    """A method that came to no conclusion because of us: an error, a time limit, not applicable. Never a verdict."""

    method: str
    reason: str
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "truth": "undecided",
            "strength": "none",
            "points": 0,
            "effective": 0,
            "seconds": round(self.seconds, 6),
            "note": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a refuted step: the part that differs, a relation that holds, a repair, a named slip."""

    kind: str
    message: str
    line: int | None = None
    column: int | None = None
    length: int | None = None
    replacement: str | None = None

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {"kind": self.kind, "message": self.message}
        for key in ("line", "column", "length", "replacement"):
            value = getattr(self, key)
            if value is not None:
                row[key] = value
        return row


@dataclass(frozen=True, slots=True)
class Verdict:
    """The joined answer to a claim."""

    truth: Truth
    evidence: tuple[Evidence | MethodFailure, ...] = ()
    conditions: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    counterexample: Counterexample | None = None
    diagnosis: tuple[Diagnosis, ...] = ()
    notes: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """How the answer to a question was checked by the other route."""

    method: str
    agrees: bool | None
    digits: int | None = None
    independent_of: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "method": self.method,
            "agrees": self.agrees,
            "digits": self.digits,
            "independent_of": self.independent_of,
        }
        if self.note:
            row["note"] = self.note
        return row
