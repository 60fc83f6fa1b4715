"""The command line as data."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from twofold import __version__
from twofold.engine.budget import MEMORY, TIME

COMMANDS = ("check", "fmt", "doc")
EPILOG = """\
twofold check FILE|DIR... [-j N]   claims and derivations only, a summary line per file
twofold fmt FILE... [--check]      canonical layout, comments kept
twofold doc [NAME]                 what is in the language
twofold                            the prompt

exit status: 0 everything holds or is as an `expect` line says, 1 something is refuted or conditional,
2 the text could not be read or evaluated, 3 something is undecided, 4 a conflict or an internal error
"""


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """The options of a command line; `command` is run, check, fmt, doc or prompt. Ends the process for `--help` and mistakes."""
    if argv and argv[0] in COMMANDS:
        found = {"check": _check, "fmt": _fmt, "doc": _doc}[argv[0]]().parse_args(argv[1:])
        found.command = argv[0]
        return found
    parser = argparse.ArgumentParser(
        prog="twofold",
        description="Runs scripts; every answer is worked out twice, every claim gets a verdict.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="scripts, `-` for standard input; none: the prompt")
    parser.add_argument("-c", dest="text", metavar="TEXT", help="run this text")
    parser.add_argument("--session", metavar="NAME", help="the prompt with a session that is kept in a file and continued")
    parser.add_argument("--vi", action="store_true", help="the prompt with vi keys")
    parser.add_argument("--version", action="version", version=f"twofold {__version__}")
    _running(parser)
    found = parser.parse_args(_with_text(argv))
    if found.text is not None and found.files:
        parser.error("-c TEXT and FILE exclude each other")
    found.command = "run" if found.files or found.text is not None else "prompt"
    return found


def _with_text(argv: Sequence[str]) -> list[str]:
    """The text after `-c` joined to it where it begins with a sign: `-2 + x` is no option."""
    out: list[str] = []
    for word in argv:
        if out and out[-1] == "-c" and word.startswith("-") and not word.startswith("--"):
            out[-1] += word
        else:
            out.append(word)
    return out


def _check() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twofold check", description="Judges the claims and derivations of scripts.")
    parser.add_argument("files", nargs="+", metavar="FILE|DIR", help="scripts, and folders whose scripts are all checked")
    parser.add_argument("-j", dest="jobs", type=_count, default=1, metavar="N", help="workers at once")
    parser.add_argument("-v", "--verbose", action="store_true", help="also what holds, line by line, and every reason")
    _running(parser)
    return parser


def _fmt() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twofold fmt", description="Writes scripts anew in their canonical layout.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="scripts; `-` reads standard input and prints")
    parser.add_argument("--check", action="store_true", help="change nothing; exit status 1 when a file would change")
    _colour(parser)
    return parser


def _doc() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="twofold doc", description="Says what is in the language, from its declarations.")
    parser.add_argument("name", nargs="?", metavar="NAME", help="a function, a law or an area; none: a list")
    _colour(parser)
    return parser


def _running(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one object per statement, JSON Lines")
    parser.add_argument("--junit", metavar="FILE", help="also write a JUnit report")
    parser.add_argument("--sarif", metavar="FILE", help="also write a SARIF report")
    parser.add_argument("--time", type=_seconds, default=TIME, metavar="S", help="seconds for each step (%(default)s)")
    parser.add_argument("--memory", type=_count, default=MEMORY, metavar="MB", help="megabytes for a statement (%(default)s)")
    parser.add_argument("--seed", type=int, metavar="N", help="seed of everything random")
    parser.add_argument("--digits", type=_count, metavar="N", help="digits of the numeric line")
    parser.add_argument("--strict", action="store_true", help="`supported` counts as a failure")
    parser.add_argument("--allow-read", action="append", default=[], metavar="DIR", help="`read` and `include` may look here too")
    _colour(parser)


def _colour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--color", "--colour", choices=("auto", "always", "never"), default="auto", help="(%(default)s)")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e7:
        raise argparse.ArgumentTypeError("a positive number of seconds")
    return value


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("a positive whole number")
    return value


def session_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of `twofold.Session` that the options stand for."""
    settings = {k: v for k in ("seed", "digits") if (v := getattr(arguments, k)) is not None}
    return {"time": arguments.time, "memory": arguments.memory, "allow_read": arguments.allow_read, "settings": settings}
