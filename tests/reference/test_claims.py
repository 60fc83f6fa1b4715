"""A corpus of claims with labels that can be argued: no false verdict, and what is decided today stays decided.

A paragraph of `claims/*.two` is a script of its own: a line `# true: reason`, `# false: reason` or `# vacuous: reason`, declarations, a claim, and the verdict expected today. A true claim is never refuted, a false one never proved, and of a vacuous one nothing is said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from twofold.engine.session import Session

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

FOLDER = Path(__file__).parent / "claims"
REFUTED = frozenset(("refuted", "conditional"))
FALSE = {
    "true": REFUTED | {"conflict"},
    "false": frozenset(("proved", "conflict")),
    "vacuous": REFUTED | {"proved", "supported", "conflict"},
}
AS_GOOD = {"proved": frozenset(("proved",)), "refuted": REFUTED, "conditional": REFUTED}
"""Verdicts that meet an expectation; a claim that is left open today may be decided tomorrow."""


@dataclass(frozen=True)
class Claim:
    """A paragraph of the corpus."""

    label: str
    text: str
    expected: str


def corpus(path: Path) -> list[Claim]:
    """The claims of one file."""
    out = []
    for paragraph in path.read_text().split("\n\n"):
        lines = [line for line in paragraph.strip().splitlines() if line]
        label = next((w for line in lines[:1] for w in [line.lstrip("# ").split(":")[0]] if w in FALSE), "")
        if label:
            out.append(Claim(label, "\n".join(lines[1:-1]), lines[-1].removeprefix("expect ")))
    return out


FILES = sorted(FOLDER.glob("*.two"))


def judged(claim: Claim) -> str:
    """The verdict on the last statement of a claim's script."""
    row = Session().run(claim.text)[-1].to_dict()
    return str(row.get("verdict") or row.get("error", {}).get("code", "nothing"))


def shortcomings(claims: list[Claim]) -> tuple[list[str], Counter[tuple[str, str]]]:
    """What is wrong with the verdicts on some claims, and how many of each kind there were."""
    wrong: list[str] = []
    count: Counter[tuple[str, str]] = Counter()
    for claim in claims:
        found = judged(claim)
        count[claim.label, found] += 1
        if found in FALSE[claim.label]:
            wrong.append(f"{claim.label}, but {found}: {claim.text}")
        elif claim.expected in AS_GOOD and found not in AS_GOOD[claim.expected]:
            wrong.append(f"{claim.expected} before, now {found}: {claim.text}")
    return wrong, count


def test_the_corpus_is_large_and_even() -> None:
    """At least 300 claims, true and false ones about as many."""
    labels = Counter(c.label for path in FILES for c in corpus(path))
    assert sum(labels.values()) >= 300
    assert 0.5 <= labels["true"] / labels["false"] <= 2


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_label_is_argued(path: Path) -> None:
    """No label stands without its reason."""
    assert not [line for line in path.read_text().splitlines() if line.lstrip("# ") in FALSE]


def test_no_expectation_is_false() -> None:
    """The expectations themselves agree with the labels."""
    assert not [c.text for path in FILES for c in corpus(path) if c.expected in FALSE[c.label]]


PART = 6
"""Claims in one test: small enough to be shared between processes."""
PARTS = [pytest.param(p, k, id=f"{p.stem} {k + 1}..") for p in FILES for k in range(0, len(corpus(p)), PART)]


@pytest.mark.parametrize("path, first", PARTS)
def test_no_verdict_is_false(path: Path, first: int, record_property: pytest.RecordProperty) -> None:
    """Every claim of a file, with the count of true ones proved on record."""
    wrong, count = shortcomings(corpus(path)[first : first + PART])
    record_property("proved", f"{count['true', 'proved']} of {sum(n for (label, _), n in count.items() if label == 'true')}")
    assert not wrong, "\n".join(wrong)
