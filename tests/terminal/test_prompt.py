"""The prompt as a person sees it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path


def test_typing_and_running(terminal):
    t = terminal()
    t.enter("a = 3")
    t.enter("a")
    assert "a ['a']" in t.until("a ['a']")


def test_an_open_bracket_opens_another_line(terminal):
    t = terminal()
    t.enter("x*(1 +")
    t.until("..")
    t.enter("x)")
    t.until("x) []")


def test_completion_shows_the_names(terminal):
    t = terminal()
    t.type("Cauch\t")
    t.until("Cauchy(")


def test_completion_of_a_defined_name(terminal):
    t = terminal()
    t.enter("velocity = 3")
    t.enter("velocity")
    t.until("['velocity']")
    t.type("velo\t")
    t.enter("*2")
    t.until("velocity*2 [")


def test_a_backslash_name_becomes_the_letter(terminal):
    t = terminal()
    t.type("\\alph\t")
    t.until("α")


def test_history_is_suggested_and_kept(terminal, tmp_path):
    t = terminal()
    t.enter("a = 12345")
    t.enter("a")
    t.until("['a']")
    t.type("\x04")
    t.child.wait()
    again = terminal()
    again.type("\x1b[A\x1b[A")
    again.until("a = 12345")


def test_control_c_ends_a_hang_and_keeps_definitions(terminal):
    t = terminal()
    t.enter("a = 3")
    t.enter("hang()")
    t.until("thinking")
    t.type("\x03")
    t.until("interrupted after")
    t.enter("a*2")
    t.until("a*2 ['a']")


def test_control_c_while_typing_clears_the_line(terminal):
    t = terminal()
    t.type("abc")
    t.until("abc")
    t.type("\x03")
    t.enter("a = 3")
    t.enter("a")
    t.until("a ['a']")


def test_a_crash_is_told_and_loses_nothing(terminal):
    t = terminal()
    t.enter("a = 3")
    t.enter("crash()")
    t.until("internal error")
    t.enter("a*2")
    t.until("a*2 ['a']")


def test_pasted_statements_with_prompts(terminal):
    t = terminal()
    t.type("\x1b[200~>> a = 3\r>> a*5\r15\x1b[201~")
    t.enter("")
    t.until("a*5 ['a']")


def test_undo_and_vars(terminal):
    t = terminal()
    t.enter("a = 3")
    t.enter("b = 4")
    t.enter(":undo")
    t.until("taken back: b = 4")
    t.enter("a*3")
    t.until("a*3 ['a']")
    t.enter(":redo")
    t.until("again: b = 4")
    t.enter("a*b")
    t.until("a*b ['a', 'b']")


def test_a_session_is_continued_after_a_crash_of_the_prompt(terminal):
    t = terminal("--session", "work")
    t.enter("a = 3")
    t.enter("a")
    t.until("a ['a']")
    t.child.kill(signal.SIGKILL)
    t.child.wait()
    again = terminal("--session", "work")
    again.enter("a*7")
    again.until("a*7 ['a']")


def test_control_d_leaves_and_takes_the_worker_along(terminal):
    t = terminal()
    t.enter("a = 3")
    t.enter("a")
    t.until("['a']")
    workers = children(t.child.pid)
    assert workers
    t.type("\x04")
    t.child.wait()
    t.child.close()
    assert t.child.exitstatus == 0
    assert not any(alive(pid) for pid in workers)


def test_vi_keys(terminal):
    t = terminal("--vi")
    t.type("a = 35")
    t.type("\x1b")
    t.read(1)  # A lone escape is told from a key by the pause after it.
    t.enter("x")
    t.enter("a")
    t.until("a ['a']")


def test_a_dumb_terminal(terminal):
    t = terminal(kind="dumb")
    t.enter("a = (3 +")
    t.until("..")
    t.enter("4)")
    t.enter("a")
    t.until("a ['a']")
    assert "\x1b" not in t.seen
    t.enter(":quit")
    t.child.wait()


def test_the_prompt_imports_none_of_the_mathematics(terminal):
    t = terminal()
    t.type("Norm\t")
    t.until("Normal(")
    t.type("\x03")
    t.enter("?Normal")
    t.until("density")
    t.enter("a = 3")
    t.enter("a")
    t.until("['a']")
    maps = Path(f"/proc/{t.child.pid}/maps").read_text() if sys.platform == "linux" else ""
    for library in ("numpy", "scipy", "flint"):
        assert library not in maps


def children(pid: int) -> list[int]:
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    found = [int(p) for p in said.split()]
    return found + [q for p in found for q in children(p)]


def alive(pid: int) -> bool:
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(said.strip()) and not said.startswith("Z")
