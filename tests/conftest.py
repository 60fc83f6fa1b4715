"""What several kinds of tests use."""

from __future__ import annotations

import gc

import pytest

from twofold.engine import statements

# As in a worker: looking through all that thousands of tests have left takes more than the limits of some steps.
gc.set_threshold(10_000, 20, 100)


@pytest.fixture
def undiagnosed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuted claims are not diagnosed: for tests of verdicts alone, of which that is most of the time."""
    monkeypatch.setattr(statements, "diagnosed", lambda verdict, *rest: verdict)
