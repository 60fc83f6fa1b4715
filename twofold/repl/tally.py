"""The exit status that a run comes to."""

from __future__ import annotations

from typing import Any

CONFLICT, UNREADABLE, REFUTED, UNDECIDED, FINE = 4, 2, 1, 3, 0
PRIORITY = (CONFLICT, UNREADABLE, REFUTED, UNDECIDED)


class Tally:
    """Rows counted as they come. A step counts when its derivation is finished: an `expect` after the whole covers its steps."""

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.found: set[int] = set()
        self.counts: dict[str, int] = {}
        self._steps: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        word = row.get("verdict") or ("" if row["status"] == "ok" else row["status"])
        word = "as expected" if row.get("expected") else word
        if word and row["kind"] != "derivation":
            self.counts[word] = self.counts.get(word, 0) + 1
        if row["kind"] == "step":
            self._steps.append(row)
        elif row["kind"] == "derivation":
            steps, self._steps = self._steps, []
            if row.get("expected"):
                self.found |= {s for s in map(self.weigh, steps) if s == CONFLICT}
                return
            of_steps = {self.weigh(s) for s in steps} - {FINE}
            allowed = any(s.get("expected") for s in steps) and not of_steps and "expected" not in row
            self.found |= of_steps | (set() if allowed else {self.weigh(row)})
        else:
            self.found.add(self.weigh(row))

    @property
    def status(self) -> int:
        found = self.found | {self.weigh(s) for s in self._steps}
        return next((s for s in PRIORITY if s in found), FINE)

    def weigh(self, row: dict[str, Any]) -> int:
        """The status that one row alone would come to."""
        verdict, code = row.get("verdict"), (row.get("error") or {}).get("code")
        if verdict == "conflict" or code == "internal-error":
            return CONFLICT
        if row.get("expected"):
            return FINE
        if row["status"] == "error" or (row["status"] != "ok" and verdict is None):
            return UNREADABLE
        if verdict in ("refuted", "conditional"):
            return REFUTED
        if verdict == "undecided" or (verdict == "supported" and self.strict):
            return UNDECIDED
        if (row.get("check") or {}).get("agrees") is False:
            return CONFLICT
        return REFUTED if row.get("expected") is False else FINE
