"""Start-up and memory: the first answer, the first prompt, the way back from a hang, and an idle session.

    python benchmarks/startup.py [--runs N]

Ratios are taken in the same run, the two sides of each alternating, so that a busy machine is busy for both.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import twofold

PROMPT_TOOLKIT = "from prompt_toolkit import PromptSession; PromptSession('>> ').prompt()"


def seconds_of(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def await_prompt(terminal: int) -> None:
    seen = b""
    while b">>" not in seen and select.select([terminal], [], [], 30)[0]:
        seen += os.read(terminal, 4096)


def seconds_to_prompt(command: list[str]) -> float:
    """Until `>>` is on the screen of a pseudo-terminal."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as state:
        began = time.perf_counter()
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": state, "PROMPT_TOOLKIT_NO_CPR": "1"}
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        await_prompt(ours)
        taken = time.perf_counter() - began
        os.write(ours, b"\x04")
        process.wait()
        os.close(ours)
    return taken


def ratio(what: str, one: list[float], other: list[float], wanted: float) -> None:
    a, b = statistics.median(one), statistics.median(other)
    print(f"{what:<44} {a * 1000:6.0f} ms / {b * 1000:4.0f} ms = {a / b:.2f}   (at most {wanted})")


def proportional_megabytes(pid: int) -> float:
    """Proportional set size of a process and all below it."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = [t.name for t in Path(f"/proc/{pid}/task").iterdir() if t.name != str(pid)]
    for thread in threads:
        children += Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
    return own + sum(proportional_megabytes(int(child)) for child in children)


def idle_megabytes() -> float:
    """Prompt, worker and spare, ten seconds after the first question."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryDirectory() as state:
        environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": state, "PROMPT_TOOLKIT_NO_CPR": "1"}
        process = subprocess.Popen([sys.executable, "-m", "twofold"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        await_prompt(ours)
        os.write(ours, b"integrate(x^2, x = 0..1)\r")
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if select.select([ours], [], [], 0.1)[0]:
                os.read(ours, 4096)
        found = proportional_megabytes(process.pid)
        process.kill()
        process.wait()
        os.close(ours)
    return found


def seconds_late(text: str, budget: float = 1.0) -> float:
    """How long after its budget a statement is given up, in a session that goes on."""
    with twofold.Session(time=budget) as session:
        session.run("a = 3")
        began = time.perf_counter()
        session.run(text)
        late = time.perf_counter() - began - budget
        assert session.ask("a").exact == "3"
    return late


def claims_a_second(count: int = 1000) -> float:
    """Simple claims through one worker, its start left out."""
    text = "\n".join(f"(x + {k})^2 == x^2 + {2 * k}*x + {k * k}" for k in range(1, count + 1))
    with twofold.Session() as session:
        session.run("x == x")
        began = time.perf_counter()
        assert all(r.verdict == "proved" for r in session.run(text))
        return count / (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=11)
    runs = range(parser.parse_args().runs)
    python = sys.executable
    answers = [
        (seconds_of([python, "-m", "twofold", "-c", "1/3 + 1/6"]), seconds_of([python, "-c", "import sympy"])) for _ in runs
    ]
    ratio("twofold -c '1/3 + 1/6' / import sympy", [a for a, _ in answers], [b for _, b in answers], 1.3)
    prompts = [(seconds_to_prompt([python, "-m", "twofold"]), seconds_to_prompt([python, "-c", PROMPT_TOOLKIT])) for _ in runs]
    ratio("first prompt / bare prompt_toolkit prompt", [a for a, _ in prompts], [b for _, b in prompts], 1.3)
    for text in ("integrate(sin(x)^100000, x)", "simplify(sin(x)^100 + cos(x)^100)"):
        print(f"{'late after 1 s: ' + text:<52} {seconds_late(text):6.2f} s   (at most 0.5)")
    print(f"{'simple claims in one worker':<44} {claims_a_second():6.0f} a second   (at least 100)")
    if sys.platform == "linux":
        print(f"{'idle session, proportional set size':<44} {idle_megabytes():6.0f} MB   (below 250)")


if __name__ == "__main__":
    main()
