"""A client whose worker does no mathematics."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from twofold.engine.client import Session
from twofold.engine.worker_process import WorkerProcess


@pytest.fixture
def start(monkeypatch):
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
    )
    opened = []

    def start(**options) -> Session:
        opened.append(Session(worker=WorkerProcess("fake_session"), **options))
        return opened[-1]

    yield start
    for session in opened:
        session.close()
