"""Statements in a worker: budgets, deaths, replay. The sessions are fake: nothing here is about mathematics."""

from __future__ import annotations

import os
import signal
import time

import pytest

from twofold.engine import worker_process
from twofold.engine.client import Session
from twofold.engine.rows import begun
from twofold.engine.run import Run
from twofold.engine.worker_process import WorkerProcess
from twofold.grammar.parse import parse


def last(session: Session, text: str):
    return session.run(text)[-1]


def test_definitions_live_on(start):
    session = start()
    session.run("a = 3")
    assert last(session, "a").exact == "a ['a']"


def test_rows_come_as_they_are_made(start):
    session = start()
    session.run("a = 1")
    rows = session.stream("a\na*2\nhang()")
    assert next(rows).source == "a"
    assert next(rows).source == "a*2"
    rows.close()
    assert last(session, "a*3").status == "ok"


@pytest.mark.parametrize(
    "text, count",
    [
        ("", 0),
        ("a", 1),
        ("a\nb", 1),
        ("let x > 0\na = 3\na\na", 3),
        ("let x > 0", 1),
        ("let x > 0\nexpect ok\nx", 1),
        ("set time = 1\na", 1),
        ("expect ok", 1),
    ],
)
def test_a_text_is_begun_with_its_definitions_and_what_follows(text, count):
    assert begun(parse(text).statements) == count


def test_definitions_that_were_begun_and_not_taken_up_are_not_there(start):
    session = start()
    session.run("x")
    rows = session.stream("a = 3\nb = 4\na*b")
    assert [next(rows).source, next(rows).source] == ["a = 3", "b = 4"]
    rows.close()
    assert list(session.definitions()) == ["a"]  # The other one was not finished.
    assert last(session, "a").exact == "a ['a']"
    assert last(session, "b").error["code"] == "unknown-name"


def test_what_was_begun_is_sent_again_after_a_definition_that_was_stopped(start):
    session = start(time=0.2)
    session.run("x")
    rows = session.run("a = 3\nb = hang()\nc = 4\na*c")
    assert [(r.kind, r.status) for r in rows] == [
        ("definition", "ok"),
        ("definition", "time limit"),
        ("definition", "ok"),
        ("question", "ok"),
    ]
    assert rows[-1].exact == "a*c ['a', 'c']"


def test_an_interrupt_while_a_text_is_read_leaves_nothing_of_it(start, monkeypatch):
    session = start()
    session.run("a = 3")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("twofold.engine.client.parse", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.run("hang()")
    assert [r.exact for r in session.run("a")] == ["a ['a']"]


def test_a_text_without_a_statement_keeps_the_worker(start):
    session = start()
    session.run("a = 3")
    generation = session._runner.worker.generation
    assert session.run("# nothing") == []
    assert last(session, "a").exact == "a ['a']"
    assert session._runner.worker.generation == generation


def test_a_worker_that_dies_while_a_text_is_sent_is_replaced(start):
    session = start()
    session.run("a = 3")
    os.kill(session._runner.worker.pid, signal.SIGKILL)
    assert last(session, "a").exact == "a ['a']"


@pytest.mark.parametrize(
    "text, status, code", [("hang()", "time limit", "time-limit"), ("hog()", "memory limit", "memory-limit")]
)
def test_a_question_over_its_budget(start, text, status, code):
    session = start(time=0.2)
    session.run("a = 3")
    began = time.monotonic()
    result = last(session, text)
    assert time.monotonic() - began < 0.2 + 0.5 + 2.5  # Generous: the figure is taken in benchmarks/, not here.
    assert (result.status, result.error["code"], result.verdict) == (status, status.replace(" ", "-"), None)
    assert "thinking" in result.error["message"]
    assert last(session, "a").exact == "a ['a']"


def test_a_claim_over_its_budget_is_undecided(start):
    result = last(start(time=0.2), "x == hang()")
    assert (result.kind, result.status, result.verdict) == ("claim", "time limit", "undecided")


def test_a_crash_is_an_error_of_ours(start):
    session = start()
    session.run("a = 3")
    result = last(session, "crash()")
    assert (result.status, result.error["code"]) == ("error", "internal-error")
    assert last(session, "a").exact == "a ['a']"


def test_an_exception_is_an_error_of_ours_and_keeps_the_worker(start):
    session = start()
    session.run("a = 3")
    before = session._runner.worker.pid
    assert last(session, "boom()").error["code"] == "internal-error"
    assert last(session, "deep()").error["code"] == "too-deep"
    assert session._runner.worker.pid == before


def test_a_mistake_of_the_user_is_a_diagnostic(start):
    result = last(start(), "nobody")
    assert (result.status, result.error["code"], result.error["column"]) == ("error", "unknown-name", 1)


def test_a_definition_that_went_wrong_is_not_kept(start):
    session = start(time=0.2)
    session.run("b = hang()\nc = nobody\na = 3")
    assert list(session.definitions()) == ["a"]


def test_replay_computes_nothing(start):
    session = start(time=0.2)
    session.run("a = 3\nb = 4\nhang()")
    assert last(session, "a").to_dict()["worked"] == 1  # The new worker has worked out this question alone.


def test_a_derivation_goes_on_after_the_step_that_was_stopped(start):
    session = start(time=0.2)
    rows = session.run("derivation:\n x\n == x\n == hang()\n == x\n == crash()\n == x\nend")
    assert [(r.kind, r.line, r.status, r.verdict) for r in rows] == [
        ("step", 3, "ok", "proved"),
        ("step", 4, "time limit", "undecided"),
        ("step", 5, "ok", "proved"),
        ("step", 6, "error", "undecided"),
        ("step", 7, "ok", "proved"),
        ("derivation", 1, "ok", "undecided"),
    ]


def test_each_step_has_a_budget_of_its_own(start):
    rows = start(time=0.4).run("derivation:\n x\n == slow()\n == slow()\n == slow()\nend")
    assert {r.status for r in rows} == {"ok"}


def test_the_setting_of_the_time_counts(start):
    assert last(start(time=60), "set time = 0.2\nhang()").status == "time limit"


def test_expectations_about_what_was_stopped(start):
    result = last(start(time=0.2), "x == hang()\nexpect undecided")
    assert result.expected is True
    assert last(start(time=0.2), "hang()\nexpect time-limit").expected is True


def test_reset_forgets(start):
    session = start()
    session.run("a = 3")
    session.reset("other")
    assert last(session, "a").error["code"] == "unknown-name"


def test_undo_and_redo(start):
    session = start()
    session.run("a = 3")
    session.run("b = 4")
    session.run("a*b")
    assert session.undo() == "b = 4"
    assert last(session, "b").status == "error"
    assert session.redo() == "b = 4"
    assert last(session, "a*b").status == "ok"
    assert (session.undo(), session.undo(), session.undo()) == ("b = 4", "a = 3", None)
    assert session.definitions() == {}


def test_restore_takes_definitions_and_runs_nothing(start):
    session = start(time=0.2)
    session.restore("a = 3\nhang()\nb = nobody")
    assert last(session, "a").exact == "a ['a', 'b']"


def test_an_interrupt_keeps_definitions(start):
    session = start()
    session.run("a = 3")
    with pytest.raises(KeyboardInterrupt):
        session.run("hang()", emit=interrupt)
    assert last(session, "a").status == "ok"


def interrupt(note):
    raise KeyboardInterrupt


def test_the_worker_is_found_dead(start):
    session = start()
    session.run("a = 3")
    os.killpg(session._runner.worker.pid, signal.SIGKILL)
    assert last(session, "a").exact == "a ['a']"


def test_the_spare_is_found_dead_too(start):
    session = start()
    session.run("a = 3")
    session._runner.worker._process.kill()
    os.killpg(session._runner.worker.pid, signal.SIGKILL)
    assert last(session, "a").exact == "a ['a']"


def test_a_worker_that_cannot_start_is_an_error_of_ours():
    with Session(worker=WorkerProcess("no_such_module")) as session:
        assert last(session, "a").error["code"] == "internal-error"
        assert last(session, "a").error["code"] == "internal-error"


def test_what_a_library_prints_does_not_reach_the_client(start):
    assert last(start(), "print_something()").error["code"] == "unknown-name"


def test_where_there_is_no_fork_a_worker_is_watched_and_started_anew(start, monkeypatch):
    monkeypatch.setattr(worker_process, "FORKS", False)
    session = start(time=30, memory=100)
    session.run("a = 3")
    monkeypatch.setattr(worker_process, "resident_megabytes", lambda pid: 200.0)
    assert last(session, "hang()").status == "memory limit"
    assert last(session, "a").exact == "a ['a']"


def test_the_size_of_a_process():
    assert 5 < worker_process.resident_megabytes(os.getpid()) < 5000
    assert worker_process.resident_megabytes(2**22 + 1) == 0


def test_results_are_no_booleans(start):
    with pytest.raises(TypeError):
        bool(last(start(), "x == 1"))


def test_ask_and_check(start):
    session = start()
    assert session.ask("a = 1\na").exact == "a ['a']"
    assert session.check("x == 1\nx").verdict == "proved"
    with pytest.raises(ValueError, match="no claim"):
        session.check("a = 3")


def test_an_answer_that_was_found_before_the_stop_is_told_with_its_latex():
    statement = parse("diff(x^3, x)").statements[0]
    run = Run(statement)
    run.take({"begin": 0})
    row = {"schema": 1, "file": "<text>", "line": 1, "column": 1, "source": "", "kind": "question", "status": "ok"}
    run.take({"stage": "independent check", "note": {"row": {**row, "exact": "3*x^2"}}})
    run.stop("time limit", "stopped after 1 s", "")
    told = list(run.drain())[-1]
    assert (told["exact"], told["latex"], run.complete) == ("3*x^2", "3 x^{2}", True)
    assert told["notes"] == ["stopped after 1 s, while it was at: independent check"]


def test_an_answer_too_long_to_be_shown_whole_has_no_latex():
    run = Run(parse("x").statements[0])
    run.take({"begin": 0})
    row = {"schema": 1, "file": "<text>", "line": 1, "column": 1, "source": "", "kind": "question", "status": "ok"}
    run.take({"stage": "independent check", "note": {"row": {**row, "exact": "x + (x…"}}})
    run.stop("time limit", "stopped after 1 s", "")
    assert "latex" not in list(run.drain())[-1]
