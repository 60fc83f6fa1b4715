"""Derivations: a verdict for each step, against the line above it, and one for the whole."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import Diagnostic, Severity, TwofoldError
from twofold.core.evidence import Diagnosis, Verdict
from twofold.core.span import Span
from twofold.core.truth import Truth
from twofold.engine.assumed import foresee
from twofold.engine.claims import Poser
from twofold.engine.decided_claims import decide
from twofold.engine.results import Result
from twofold.engine.rows import SEVERITY
from twofold.grammar import tree
from twofold.grammar.term import Symbol, Term

if TYPE_CHECKING:
    from twofold.engine.statements import Block

_HOLDING = (Truth.PROVED, Truth.SUPPORTED)
_ILL_TYPED = ("shape-mismatch", "wrong-kind")
_FAILING = (Truth.REFUTED, Truth.CONDITIONAL)


@dataclass(slots=True)
class Line:
    """A line of a chain that was read: what it says, and its number in the text."""

    term: Term
    number: int
    node: tree.Expr


@dataclass(slots=True)
class Progress:
    """A chain while it is judged. `above` is the line a step starts from, `good` the last line that nothing speaks against;
    they differ after a step that fails."""

    above: Line | None
    good: Line | None
    problem: TwofoldError | None = None
    between: list[str] = field(default_factory=list)


def run_chain(chain: tree.Chain, block: Block) -> list[Result]:
    """A result for each step of a chain. A chain that claims nothing gives none, and the block a warning."""
    constants: dict[Symbol, None] = {}
    scope = block.scope()
    nodes = [chain.start, *(s.right for s in chain.steps), *chain.modifiers.given]
    foresee(scope, *nodes)
    progress = Progress(None, None)
    try:
        start = Line(resolve(chain.start, scope), chain.start.span.line, chain.start)
        progress = Progress(start, start)
    except TwofoldError as error:
        progress.problem = error
    if not chain.steps:
        return _without_steps(chain, block, progress)
    results = []
    for step in chain.steps:
        result = Result("step", step.relation_span, step.span.text)
        began = time.perf_counter()
        if block.skips():
            _pass_over(step, scope, progress)
            continue
        above = progress.above
        try:
            _judge(step, chain, scope, progress, constants, block, result)
        except TwofoldError as error:
            result.status, result.error = "error", _mended(error.diagnostic, above, step, chain, scope, block)
            progress.between.append("error")
        result.seconds = time.perf_counter() - began
        block.report(result, step.expect)
        results.append(result)
    return results


def _without_steps(chain: tree.Chain, block: Block, progress: Progress) -> list[Result]:
    """A lone equation is a claim, unless it is what a step that could not be read is about; a lone value claims nothing."""
    if chain.torn and progress.problem is None:
        return []
    if isinstance(chain.start, tree.Relation | tree.Logic | tree.System):
        return block.run(tree.Claim(chain.start, chain.modifiers, span=chain.span), chain.expect)
    if progress.problem is not None:
        result = Result("step", chain.start.span, chain.start.span.text, "error", error=progress.problem.diagnostic)
        block.report(result, chain.expect)
        return [result]
    help = "write the next line with its relation first, for example `== …`"
    block.warnings.append(
        Diagnostic("no-step", "this line claims nothing: no step follows it", chain.start.span, help, severity=Severity.WARNING)
    )
    return []


def _pass_over(step: tree.Step, scope: Scope, progress: Progress) -> None:
    """A step that was reported before this run: only what it says is taken up."""
    try:
        line = Line(resolve(step.right, scope), step.relation_span.line, step.right)
    except TwofoldError:
        return
    progress.above = progress.good = line
    progress.problem = None


def _judge(
    step: tree.Step,
    chain: tree.Chain,
    scope: Scope,
    progress: Progress,
    constants: dict[Symbol, None],
    block: Block,
    result: Result,
) -> None:
    modifiers = _modifiers(step, chain)
    foresee(scope, *modifiers.given)
    poser = Poser(block.environment, scope, constants)
    above = progress.above
    if above is None:
        # The line above could not be read: that is what this step reports, and the chain goes on from here.
        problem, progress.problem = progress.problem, None
        try:
            progress.above = progress.good = Line(resolve(step.right, scope), step.relation_span.line, step.right)
        except TwofoldError as error:
            progress.problem = error
        assert problem is not None
        raise problem
    line = Line(resolve(step.right, scope), step.relation_span.line, step.right)
    posed = poser.relation(step.relation, above.term, line.term, modifiers, step.span, step.variables)
    verdict = block.judge(result, posed.beside(above.node, step.right), scope)
    progress.between.append(step.relation)
    if verdict.truth not in _FAILING and progress.good is above:
        progress.good = line
    elif progress.good is not above:
        block.emit({"stage": "the last good line", "row": result.to_dict()})
        verdict = _against_last_good(step, modifiers, line, progress, poser, block, verdict)
    progress.above = line
    result.judged = verdict


def _modifiers(step: tree.Step, chain: tree.Chain) -> tree.Modifiers:
    """Those of a step, under what is given for the whole chain."""
    return replace(step.modifiers, given=(*chain.modifiers.given, *step.modifiers.given))


def _mended(
    problem: Diagnostic, above: Line | None, step: tree.Step, chain: tree.Chain, scope: Scope, block: Block
) -> Diagnostic:
    """What is wrong with a step from the line above, with the line that would hold in its place where only the shapes are wrong."""
    if problem.code != "shape-mismatch" or above is None:
        return problem
    from twofold.engine.diagnosis.ill_typed import with_mend

    modifiers, poser, start = _modifiers(step, chain), Poser(block.environment, scope), above.term

    def holds(term: Term) -> bool:
        posed = poser.relation(step.relation, start, term, modifiers, step.span, step.variables)
        return decide(posed, block.environment, lambda row: None)[0].truth in _HOLDING

    return with_mend(problem, above.node, step.right, lambda node: resolve(node, scope), holds)


def _against_last_good(
    step: tree.Step, modifiers: tree.Modifiers, line: Line, progress: Progress, poser: Poser, block: Block, verdict: Verdict
) -> Verdict:
    """The verdict with word of it, where a line after a wrong step agrees with the last good line again."""
    good, kinds = progress.good, set(progress.between)
    if good is None or not (kinds <= {"==", "error"} or kinds <= {"<=>", "error"}):
        return verdict
    try:
        posed = poser.relation(step.relation, good.term, line.term, modifiers, step.span, step.variables)
    except TwofoldError:
        return verdict
    if decide(posed, block.environment, lambda row: block.emit({"stage": row["stage"]}))[0].truth not in _HOLDING:
        return verdict
    message = f"line {line.number} agrees with line {good.number} again"
    progress.good, progress.between = line, []
    said = Diagnosis("relation", message, line.number)
    return replace(
        verdict, notes=(*verdict.notes, message), diagnosis=(*verdict.diagnosis, *([said] if verdict.diagnosis else []))
    )


def run_derivation(node: tree.Derivation, block: Block) -> list[Result]:
    """The results of everything in a derivation, and the one of the whole last."""
    began = time.perf_counter()
    inner = block.inner()
    parts = inner.run_all(node.items)
    judged = [r for r in parts if r.kind in ("step", "claim") and (r.judged is not None or r.error is not None)]
    heading = node.span.text.splitlines()[0].strip() if node.span.text else ""
    whole = Result("derivation", _first_line(node.span), heading, name=node.name)
    whole.judged = _whole(judged, inner.warnings, node.items)
    if not judged and not any(
        isinstance(item, tree.Claim) or (isinstance(item, tree.Chain) and (item.steps or item.torn)) for item in node.items
    ):
        whole.judged = replace(whole.judged, notes=("the derivation has no step",), code="no-step")
    whole.assumed = tuple(dict.fromkeys(a for r in judged if r.judged for a in r.judged.assumed))
    whole.conditions = tuple(dict.fromkeys(c for r in judged if r.judged for c in r.judged.conditions))
    whole.seconds = time.perf_counter() - began
    failing = [r for r in judged if not _holds(r)]
    if failing and all(r.expected for r in failing):
        # Every failure was announced: the derivation is as its author says.
        whole.expected = True
    return [*parts, whole]


def _first_line(span: Span) -> Span:
    end = span.text.find("\n")
    return Span(span.source, span.start, span.end if end < 0 else span.start + end)


def _holds(result: Result) -> bool:
    return result.judged is not None and result.judged.truth in _HOLDING


def _altogether(chains: list[tree.Chain]) -> str:
    """What a chain of several relations says of its ends: `==, <=, ==` gives `<=`; nothing where all are alike."""
    if len(chains) != 1:
        return ""
    chain = chains[0]
    relations = {step.relation for step in chain.steps}
    ends = f"line {chain.start.span.line}", f"line {chain.steps[-1].relation_span.line}"
    if len(relations) < 2:
        return ""
    for kinds, weak, strict in ((("==", "<=", "<"), "<=", "<"), (("==", ">=", ">"), ">=", ">"), (("<=>", "=>"), "=>", "")):
        if relations <= set(kinds):
            return f"altogether: {ends[0]} {strict if strict in relations else weak} {ends[1]}"
    return "the relations do not combine into one between the first line and the last"


def _whole(judged: list[Result], warnings: list[Diagnostic], items: Sequence[tree.Statement]) -> Verdict:
    """The verdict of a derivation: the worst of its steps, with the first one that fails by name."""
    diagnosis = [
        Diagnosis("part", f"{w.headline}; {w.help}", w.span.line, w.span.column, w.span.end - w.span.start) for w in warnings
    ]
    if not judged:
        return Verdict(Truth.UNDECIDED, diagnosis=tuple(diagnosis))
    words = [_word(r) for r in judged]
    worst = min(words, key=SEVERITY.index)
    steps = [r for r in judged if r.kind == "step"]
    notes = []
    first = next((r for r in judged if _word(r) == worst), None)
    if first is not None and worst not in ("proved", "supported"):
        place = f"step {steps.index(first) + 1}" if first in steps else "the claim"
        said = {
            "refuted": "does not hold",
            "conditional": "holds only under a condition",
            "undecided": "is not decided",
            "conflict": "is contradictory",
        }
        notes.append(f"{place} (line {first.place.line}) {said[worst]}")
        if worst in ("refuted", "conditional"):
            diagnosis.insert(0, Diagnosis("part", notes[-1], first.place.line, first.place.column))
    elif altogether := _altogether([item for item in items if isinstance(item, tree.Chain) and item.steps]):
        notes.append(altogether)
    return Verdict(Truth(worst), diagnosis=tuple(diagnosis), notes=tuple(notes))


def _word(result: Result) -> str:
    """The verdict a step counts with: one whose shapes do not fit does not hold, one that could not be read is undecided."""
    if result.judged is not None:
        return result.judged.truth.value
    assert result.error is not None
    return "refuted" if result.error.code in _ILL_TYPED else "undecided"
