"""A condition under which a step holds, written where it belongs: after the step, or to the declaration of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.relations import Judge
from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.scan import Token, scan
from twofold.grammar.term import App, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic.methods.induction import declared_least

_HOLDING = (Truth.PROVED, Truth.SUPPORTED)


def conditioned(goal: Goal, right: tree.Expr, conditions: Sequence[str], resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    """`given` after the step with the conditions of a conditional verdict; a property goes to the declaration."""
    if len(conditions) == 1 and conditions[0].startswith("let "):
        return _declared(right, conditions[0])
    text = " and ".join(conditions)
    if not conditions or text.startswith("let ") or not _ends_its_line(right):
        return []
    try:
        assumed = [resolve(parse_expression(c, "")) for c in conditions]
    except TwofoldError:
        return []
    if judge(replace(goal, assumptions=(*goal.assumptions, *assumed))).truth not in _HOLDING:
        return []
    return [_given(right, text)]


def later(goal: Goal, right: tree.Expr, judge: Judge) -> list[Diagnosis]:
    """`given n >= 1` where a step fails at the least value of a whole number alone."""
    if not _ends_its_line(right):
        return []
    for s in dict.fromkeys((*free_symbols(goal.left), *free_symbols(goal.right))):
        least = declared_least(s) if s.kind == "integer" and not s.shape else None
        if least is None:
            continue
        onward = App("ge", (var(s), num(least + 1)), (), "truth")
        if judge(replace(goal, assumptions=(*goal.assumptions, onward))).truth in _HOLDING:
            return [_given(right, show(onward))]
    return []


def _given(right: tree.Expr, text: str) -> Diagnosis:
    """A condition put after a step."""
    source = right.span.source
    last = scan(source.text[right.span.start : right.span.end])[-1]
    line, column = source.position(right.span.start + last.start)
    new = f"{last.text} given {text}"
    return Diagnosis("repair", f"this would hold given {text}", line, column, last.end - last.start, new)


def definite(goal: Goal, right: tree.Expr, judge: Judge) -> list[Diagnosis]:
    """For a comparison: a square matrix declared positive definite, if that makes it hold."""
    if goal.relation not in ("<", "<=", ">", ">="):
        return []
    for s in dict.fromkeys((*free_symbols(goal.left), *free_symbols(goal.right))):
        if len(s.shape) != 2 or s.shape[0] != s.shape[1] or s.properties & {"posdef", "orthogonal", "diagonal"}:
            continue
        put = {s: var(copy_symbol(s, properties=s.properties | {"posdef"}))}
        left, other, *assumed = (substitute(t, put) for t in (goal.left, goal.right, *goal.assumptions))
        if judge(replace(goal, left=left, right=other, assumptions=tuple(assumed))).truth in _HOLDING:
            words = ", ".join(sorted(s.properties))
            sizes = ", ".join(str(d) if isinstance(d, int) else show(d) for d in s.shape)
            plain = f"let {s.name} : matrix({sizes})" + (f", {words}" if words else "")
            if said := _declared(right, f"{plain}, posdef"):
                return said
    return []


def _ends_its_line(right: tree.Expr) -> bool:
    """Whether nothing but a reason or a comment follows on the line, so that `given` can be put there."""
    source = right.span.source
    line, _ = source.position(right.span.end)
    if source.position(right.span.start)[0] != line:
        return False
    text = source.line(line)
    rest = scan(text[source.position(right.span.end)[1] - 1 :])
    return all(t.kind == "COMMENT" for t in rest[:1]) or rest[0].text == "by"


def _declared(right: tree.Expr, declaration: str) -> list[Diagnosis]:
    """A property put to the declaration that names this array and nothing else: the last one above the step."""
    plain, _, added = declaration.rpartition(", ")
    source = right.span.source
    for number in range(source.position(right.span.start)[0], 0, -1):
        tokens = [t for t in scan(source.line(number)) if t.kind != "COMMENT"]
        if _texts(tokens) == _texts(scan(plain)):
            last = tokens[-1]
            return [
                Diagnosis(
                    "repair",
                    f"this would hold with {declaration}",
                    number,
                    last.start + 1,
                    last.end - last.start,
                    f"{last.text}, {added}",
                )
            ]
    return []


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [t.text for t in tokens]
