"""The command line, with real workers."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from twofold.engine.client import Session
from twofold.repl.main import main


def rows(said: str) -> list[dict]:
    return [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def script(tmp_path: Path):
    def write(text: str, name: str = "a.two") -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return str(path)

    return write


def test_a_text(capsys):
    assert main(["-c", "1/3 + 1/6"]) == 0
    assert main(["-c", "-1/3 + 1/6"]) == 0
    assert "1/2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text, status",
    [
        ("x + x == 2x", 0),
        ("x + x == 3x", 1),
        ("x + x == 3x\nexpect refuted", 0),
        ("x + x == 2x\nexpect refuted", 1),
        ("nobodyknows(x)", 2),
        ("nobodyknows(x)\nexpect unknown-function", 0),
        ("(1 +", 2),
        ("sqrt(x^2) == x", 1),
        ("derivation:\n  x + x\n    == 3x\nend\nexpect refuted", 0),
    ],
)
def test_exit_statuses(text, status, capsys, monkeypatch):
    # The status is counted from the rows, wherever these were made; a worker takes a second to start.
    monkeypatch.setattr("twofold.engine.worker_process.WorkerProcess", lambda: None)
    monkeypatch.setattr("twofold.engine.client.Session", partial(Session, in_process=True))
    assert main(["-c", text]) == status
    capsys.readouterr()


def test_json_rows_have_the_schema(capsys, script):
    name = script("a = 3\na + 1\nderivation:\n  x + x\n    == 2x\nend\n")
    assert main([name, "--json"]) == 0
    found = rows(capsys.readouterr().out)
    assert [(r["kind"], r["line"], r["status"]) for r in found] == [
        ("definition", 1, "ok"),
        ("question", 2, "ok"),
        ("step", 5, "ok"),
        ("derivation", 3, "ok"),
    ]
    assert all(r["schema"] == 1 and r["file"] == name and "seconds" in r for r in found)
    assert (found[1]["exact"], found[2]["verdict"], found[3]["verdict"]) == ("4", "proved", "proved")


def test_names_of_one_file_are_not_known_in_the_next(capsys, script):
    first, second = script("velocity = 3\n"), script("velocity + 1\n", "b.two")
    assert main([first, second, "--json"]) == 2
    assert rows(capsys.readouterr().out)[1]["error"]["code"] == "unknown-name"


def test_what_cannot_be_read_does_not_keep_the_rest_from_running(capsys, script, tmp_path):
    (tmp_path / "rubbish.two").write_bytes(b"\xff\xfe\x00")
    assert main([str(tmp_path / "none.two"), str(tmp_path), str(tmp_path / "rubbish.two"), script("1 + 1"), "--json"]) == 2
    found = rows(capsys.readouterr().out)
    assert [(r.get("error") or {}).get("code") for r in found] == ["no-such-file", "is-a-directory", "not-text", None]


def test_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"2 + 3\n")))
    assert main(["-", "--json"]) == 0
    assert rows(capsys.readouterr().out)[0]["exact"] == "5"


def test_lines_of_standard_input_are_quoted(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"let a > 0\na^2 == a\n")))
    assert main(["check", "-", "--color", "never"]) == 1
    assert " 2 | a^2 == a\n" in capsys.readouterr().out


def test_a_statement_over_its_time(capsys):
    assert main(["-c", "a = 2\nexpand((a + b + c + d)^90)\na + 1", "--json", "--time", "1"]) == 2
    defined, stopped, after = rows(capsys.readouterr().out)
    assert (defined["status"], stopped["status"], after["exact"]) == ("ok", "time limit", "3")


def test_check_prints_a_line_for_each_file(capsys, script, tmp_path):
    script("x + x == 2x\ny + 1\n", "folder/good.two")
    script("x + x == 2x\nx == 2x\n", "folder/bad.two")
    junit, sarif = tmp_path / "out.xml", tmp_path / "out.sarif"
    assert main(["check", str(tmp_path / "folder"), "-j", "2", "--junit", str(junit), "--sarif", str(sarif)]) == 1
    said = capsys.readouterr().out
    assert "bad.two: 1 proved, 1 refuted" in said
    assert "ok " in said and "good.two: 1 proved" in said
    assert said.index("bad.two:2") < said.index("good.two:")
    assert "<failure" in junit.read_text()
    assert json.loads(sarif.read_text())["runs"][0]["results"][0]["ruleId"] == "refuted"


def test_fmt(capsys, script):
    name = script("x  ==   x # why\n")
    assert main(["fmt", name, "--check"]) == 1
    assert main(["fmt", name]) == 0
    assert Path(name).read_text() == "x == x  # why\n"
    assert main(["fmt", name, "--check"]) == 0
    broken = script("(1 +\n", "broken.two")
    assert main(["fmt", broken]) == 2
    assert Path(broken).read_text() == "(1 +\n"
    assert "unclosed-bracket" in capsys.readouterr().err


def test_doc(capsys):
    assert main(["doc", "Normal"]) == 0
    assert "density" in capsys.readouterr().out
    assert main(["doc", "Norml"]) == 2
    assert "Normal" in capsys.readouterr().out
    assert main(["doc"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 100


@pytest.mark.parametrize("line", ["--time 0", "--time x", "--memory -1", "-c x file.two", "--no-such"])
def test_options_that_make_no_sense(line, capsys):
    with pytest.raises(SystemExit) as caught:
        main(line.split())
    assert caught.value.code == 2
    capsys.readouterr()


def test_a_reader_that_goes_away():
    command = f"{sys.executable} -m twofold -c '{'1;' * 3} 1' --json | head -n 0"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
