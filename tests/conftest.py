"""What several kinds of tests use."""

from __future__ import annotations

import pytest

from twofold.engine import statements


@pytest.fixture
def undiagnosed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuted claims are not diagnosed: for tests of verdicts alone, of which that is most of the time."""
    monkeypatch.setattr(statements, "diagnosed", lambda verdict, *rest: verdict)
