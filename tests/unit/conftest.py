"""A session with the declarations of a module of tests (its `NAMES`), and the verdicts that it gives on claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session


@pytest.fixture(scope="module")
def session(request: pytest.FixtureRequest) -> Session:
    """A session in which the module's `NAMES` are declared."""
    made = Session()
    rows = made.run(request.module.NAMES)
    assert all(r.status != "error" for r in rows), [r.to_dict() for r in rows if r.status == "error"]
    return made


@pytest.fixture
def checked() -> Callable[[str], str | None]:
    """The exact answer to a question, which its check agrees with."""

    def asked(question: str) -> str | None:
        found = Session().run(question)[-1]
        assert found.check is not None and found.check.agrees is True
        return found.exact

    return asked


@pytest.fixture(scope="module")
def verdict(session: Session) -> Callable[[str], str]:
    """The verdict on a claim."""

    def judged(claim: str) -> str:
        (row,) = session.run(f"check {claim}")
        return str(row.to_dict().get("verdict"))

    return judged
