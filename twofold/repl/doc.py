"""`twofold doc` and `?name`: what the declarations say."""

from __future__ import annotations

import difflib
import sys
from argparse import Namespace

from twofold.catalogue.index import functions, laws
from twofold.catalogue.spec import Absent, Function, Law
from twofold.repl.style import Style, style_of
from twofold.repl.tally import FINE, UNREADABLE


def print_doc(arguments: Namespace) -> int:
    style = style_of(sys.stdout, arguments.color)
    if arguments.name is None:
        print(contents(style))
        return FINE
    text = describe(arguments.name, style)
    print(text if text is not None else unknown(arguments.name))
    return UNREADABLE if text is None else FINE


def contents(style: Style) -> str:
    """All there is, by area, a line for each."""
    areas: dict[str, list[tuple[str, str]]] = {}
    for function in {f.name: f for f in functions().values()}.values():
        areas.setdefault(function.area, []).append((function.signature, function.summary))
    for law in {w.name: w for w in laws().values()}.values():
        areas.setdefault("laws", []).append((f"{law.name}({', '.join(p.name for p in law.parameters)})", law.summary))
    lines = []
    for area, rows in sorted(areas.items()):
        lines += ["", style.paint(area, "strong")]
        lines += [f"  {signature:<34} {summary}" for signature, summary in sorted(rows)]
    return "\n".join(lines[1:])


def describe(name: str, style: Style) -> str | None:
    """The help of a name or of an area, None when there is no such thing."""
    if name in functions():
        return function_text(functions()[name], style)
    if name in laws():
        return law_text(laws()[name], style)
    rows = {f.name: f for f in functions().values() if f.area == name}
    return "\n".join(f"{f.signature:<34} {f.summary}" for f in rows.values()) or None


def unknown(name: str) -> str:
    near = difflib.get_close_matches(name, [*functions(), *laws()], 3)
    return f"there is no {name!r} in the language" + (
        f": did you mean {' or '.join(near)}?" if near else "; `twofold doc` lists what there is"
    )


def function_text(spec: Function, style: Style) -> str:
    lines = [style.paint(spec.signature, "strong"), f"  {spec.summary}"]
    if spec.aliases:
        lines.append(f"  also written {', '.join(spec.aliases)}")
    if spec.definition:
        lines.append(f"  = {spec.definition}")
    if spec.domain and spec.domain != "true":
        lines.append(f"  real where {spec.domain}")
    lines += [f"  holds: {identity}" for identity in spec.identities]
    lines += _examples(spec, style)
    return "\n".join([*lines, *(f"  see {r}" for r in spec.references)])


def law_text(spec: Law, style: Style) -> str:
    lines = [style.paint(f"{spec.name}({', '.join(p.name for p in spec.parameters)})", "strong"), f"  {spec.summary}"]
    lines += [f"  {p.name}: {p.message}" for p in spec.parameters]
    lines.append(f"  {'mass' if spec.discrete else 'density'}  {spec.density}   on {spec.support[0]}..{spec.support[1]}")
    for key, value in spec.closed.items():
        lines.append(f"  {key:<9}{'none: ' + value.reason if isinstance(value, Absent) else value}")
    lines += _examples(spec, style)
    return "\n".join([*lines, *(f"  see {r}" for r in spec.references)])


def _examples(spec: Function | Law, style: Style) -> list[str]:
    lines = []
    for example in spec.examples:
        lines += [f"  {style.paint('>>', 'faint')} {example.text}", f"     {example.gives}"]
    return lines
