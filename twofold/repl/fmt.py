"""`twofold fmt`: the canonical layout."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from twofold.core.diagnostic import TwofoldError
from twofold.grammar import tree
from twofold.grammar.format import fmt
from twofold.grammar.parse import parse
from twofold.repl.batch import unreadable
from twofold.repl.reading import read_script
from twofold.repl.report import Report
from twofold.repl.style import style_of
from twofold.repl.tally import FINE, REFUTED, UNREADABLE


def format_files(arguments: Namespace) -> int:
    """Rewrites the files whose layout differs; with `--check` only names them. A file that does not parse is left as it is."""
    report = Report(style_of(sys.stderr, arguments.color))
    status = FINE
    for name in arguments.files:
        try:
            text = read_script(name)
        except TwofoldError as error:
            print(report.render(unreadable(error.diagnostic)), file=sys.stderr)
            status = UNREADABLE
            continue
        broken = [s for s in parse(text, name).statements if isinstance(s, tree.Broken)]
        if broken:
            report.know(name, text)
            for diagnostic in (d for s in broken for d in s.diagnostics):
                print(report.render(unreadable(diagnostic)), file=sys.stderr)
            status = UNREADABLE
            continue
        formatted = fmt(text)
        if name == "-" and not arguments.check:
            sys.stdout.write(formatted)
        elif formatted != text:
            if arguments.check:
                print(f"{name} would change")
                status = status or REFUTED
            else:
                Path(name).write_text(formatted, encoding="utf-8")
    return status
