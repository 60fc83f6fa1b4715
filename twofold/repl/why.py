"""Everything that was found about a claim or an answer."""

from __future__ import annotations

from typing import Any

from twofold.repl.report_answer import check_text
from twofold.repl.style import Style


def why_lines(row: dict[str, Any], style: Style) -> list[str]:
    """The evidence of a row, a line for each method, and what it rests on."""
    lines = [row["source"].strip()]
    if "verdict" in row:
        lines.append(style.paint(row["verdict"], row["verdict"]))
    for piece in row.get("evidence") or []:
        points = f", {piece['effective']} of {piece['points']} points counted" if piece.get("points") else ""
        strength = f" ({piece['strength']})" if piece["strength"] != "none" else ""
        lines.append(f"  {piece['method']}: {piece['truth']}{strength}{points}, {piece['seconds']:.3f} s")
        if piece.get("note"):
            lines.append(f"    {piece['note']}")
    for key, words in (("conditions", "where"), ("assumed", "assumed"), ("notes", "note")):
        lines += [f"  {words} {text}" for text in row.get(key) or []]
    witness = row.get("counterexample")
    if witness:
        how = (
            "certified"
            if witness.get("certified")
            else f"confirmed by {' and '.join(witness.get('confirmed_by') or ['one method'])}"
        )
        lines.append(f"  counterexample, {how}: {', '.join(f'{k} = {v}' for k, v in witness['values'].items())}")
        lines += [f"    left  = {witness['left']}", f"    right = {witness['right']}"]
    lines += [f"  {d['kind']}: {d['message']}" for d in row.get("diagnosis") or []]
    check = row.get("check")
    if check:
        independent = f", independent of {check['independent_of']}" if check.get("independent_of") else ""
        lines.append(f"  {check_text(check)}{independent}")
        if check.get("note") and check.get("agrees") is not None:
            lines.append(f"    {check['note']}")
    return lines
