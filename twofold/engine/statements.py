"""Statements: what each kind does to the environment, and what it reports."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolution.defined import expand
from twofold.catalogue.resolve import Entity, Macro, Scope, resolve
from twofold.core.diagnostic import Diagnostic, TwofoldError, fail
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.engine import settings
from twofold.engine.assumed import foresee
from twofold.engine.claims import Posed, Poser
from twofold.engine.decided_claims import decide, diagnosed
from twofold.engine.declarations import declare, forgotten
from twofold.engine.derivations import run_chain, run_derivation
from twofold.engine.diagnosis.parts import difference
from twofold.engine.drawing import drawn
from twofold.engine.environment import Environment
from twofold.engine.files import Files
from twofold.engine.questions import answer
from twofold.engine.randoms import distribute, normalised
from twofold.engine.results import Emit, Result
from twofold.engine.rows import KINDS
from twofold.grammar import tree
from twofold.grammar.parse import parse
from twofold.grammar.term import Symbol, Var, var

DEEPEST_INCLUDE = 20
_AMISS = (Truth.REFUTED, Truth.CONDITIONAL)
_AT_DEFINITION = frozenset(("unknown-name", "unknown-function", "recursion", "undeclared-i", "missing-brackets"))
"""What is reported where a function is defined; the rest depends on what it is called with."""


class Block:
    """Where a statement stands: its environment, the symbols made for undeclared names, and where its rows go.

    `made` is shared by the lines of a block; at the top level every statement has its own. `skip` units were reported before
    and are not judged again. `defining`: nothing is computed or reported. `folder` is where the text stands, that of the
    session if None.
    """

    def __init__(
        self, environment: Environment, files: Files, folder: Path | None, emit: Emit, skip: int = 0, defining: bool = False
    ) -> None:
        self.environment = environment
        self.files = files
        self.folder = folder
        self.emit = emit
        self.defining = defining
        self.warnings: list[Diagnostic] = []
        self.made: dict[str, Symbol] | None = None
        self._skip = [skip]
        self._included: tuple[Path, ...] = ()

    def inner(self) -> Block:
        """A scope inside: what it declares ends with it, what it reports goes to the same place."""
        new = Block(self.environment, self.files, self.folder, self.emit, defining=self.defining)
        new._skip, new._included = self._skip, self._included
        new.made = dict(self.made or {})
        return new

    def scope(self) -> Scope:
        made = {} if self.made is None else self.made
        return Scope(
            self.environment.names, made=made, read=lambda node: self.files.data(node, self.folder), lost=self.environment.lost,
            draw=lambda call: drawn(call, self.environment.settings.seed),
        )  # fmt: skip

    def skips(self) -> bool:
        """Whether the next unit was reported before."""
        if self._skip[0] > 0:
            self._skip[0] -= 1
            return True
        return False

    def report(self, result: Result, expect: tree.Expect | None = None) -> None:
        """Sends a finished row."""
        if expect is not None:
            result.expected = result.meets(expect.word)
        if not self.defining:
            self.emit(result.to_dict())

    def run_all(self, items: Sequence[tree.Statement]) -> list[Result]:
        """The results of statements that follow each other; an `expect` line is about the one before it."""
        results: list[Result] = []
        for place, item in enumerate(items):
            following = items[place + 1] if place + 1 < len(items) else None
            if isinstance(item, tree.Expect):
                if place == 0 or isinstance(items[place - 1], tree.Expect):
                    results.extend(self._broken(fail("misplaced-expect", "there is nothing this is about", item.span).diagnostic))
            else:
                results.extend(self.run(item, following if isinstance(following, tree.Expect) else None))
        return results

    def run(self, node: tree.Statement, expect: tree.Expect | None = None) -> list[Result]:
        """The results of one statement, each reported as soon as it is finished. Raises nothing for what a person wrote."""
        if isinstance(node, tree.Broken):
            self.environment = self.environment.lose(names_of(node))
        if self.defining and isinstance(node, tree.Chain | tree.Derivation | tree.Scope | tree.Broken):
            return []  # Nothing else of these lasts.
        if isinstance(node, tree.Chain):
            return run_chain(node, self)
        if isinstance(node, tree.Derivation):
            results = run_derivation(node, self)
            self.report(results[-1], expect)
            return results
        if isinstance(node, tree.Scope):
            return self._assuming(node)
        if isinstance(node, tree.Broken):
            return [r for d in node.diagnostics for r in self._broken(d, expect)]
        if isinstance(node, tree.Expect):
            return []
        skipped = self.skips()
        result = Result(KINDS[type(node)], node.span, node.span.text, hidden=getattr(node, "hidden", False))
        began = time.perf_counter()
        inside: list[Result] = []
        try:
            if not ((skipped or self.defining) and isinstance(node, tree.Claim | tree.Question)):
                if isinstance(node, tree.Include):
                    inside = self._include(node, skipped)
                else:
                    self._one(node, result)
        except TwofoldError as error:
            result.status, result.error = "error", error.diagnostic
            self.environment = self.environment.lose(names_of(node))
        result.seconds = time.perf_counter() - began
        if read := self.files.read_since():
            self.emit({"files": read})
        if skipped:
            return []
        self.report(result, expect)
        return [*inside, result]

    def _one(self, node: tree.Statement, result: Result) -> None:
        match node:
            case tree.Declaration():
                before, self.environment = self.environment, declare(node, self.environment)
                result.notes = forgotten(node, before, self.environment)
            case tree.Definition():
                self._define(node)
            case tree.Distributed():
                self.environment, result.assumed = distribute(node, self.environment)
                if not self.defining:
                    result.notes = normalised(self.environment.names[node.name.id], self.environment)
            case tree.Question():
                answer(node, self.environment, self.scope(), result, self.emit)
            case tree.Claim():
                result.name = node.name
                scope = self.scope()
                posed = Poser(self.environment, scope).claim(node)
                self.judge(result, posed, scope)
            case tree.Setting():
                self.environment = self.environment.setting(settings.changed(self.environment.settings, node))
            case _:
                raise TypeError(f"no statement: {node!r}")

    def judge(self, result: Result, posed: Posed, scope: Scope) -> Verdict:
        """Puts the verdict on a claim into its row, with what is wrong where it does not hold."""

        def told(row: dict[str, Any]) -> None:
            """Notes of the stages; a verdict found on the way stands if what remains takes too long."""
            if (found := row.pop("found", None)) is not None and len(posed.goals) == 1:
                result.judged = _placed(replace(found, assumed=posed.assumed, notes=posed.notes), posed.sides[0])
                row["row"] = result.to_dict()
            self.emit(row)

        verdict, number = decide(posed, self.environment, told)
        result.judged = verdict
        sides = posed.sides[number]
        if verdict.truth in _AMISS and sides is not None and not verdict.diagnosis:
            result.judged = _placed(verdict, sides)
            self.emit({"stage": "diagnosis", "row": result.to_dict()})
            result.judged = verdict = diagnosed(verdict, posed.goals[number], sides, scope, self.environment)
        return verdict

    def _broken(self, diagnostic: Diagnostic, expect: tree.Expect | None = None) -> list[Result]:
        """Text that could not be read, as a row."""
        result = Result(
            "question", diagnostic.span, diagnostic.span.source.line(diagnostic.span.line).strip(), "error", error=diagnostic
        )
        self.report(result, expect)
        return [result]

    def _assuming(self, node: tree.Scope) -> list[Result]:
        """`assume … end`."""
        inner = self.inner()
        scope = inner.scope()
        foresee(scope, *node.conditions)
        try:
            facts = []
            for condition in node.conditions:
                fact = resolve(condition, scope)
                if fact.sort != "truth":
                    raise fail("wrong-kind", "an assumption is true or false", condition.span, "write for example `assume x > 0`")
                facts.append(fact)
        except TwofoldError as error:
            return self._broken(error.diagnostic)
        inner.environment = inner.environment.assume(facts)
        return inner.run_all(node.items)

    def _define(self, node: tree.Definition) -> None:
        scope = self.scope()
        foresee(scope, node.value)
        if node.parameters is None:
            value: Entity = resolve(node.value, scope)
            if isinstance(value, Var) and value.symbol.kind == "function":
                value = value.symbol
            self._keep(scope)
        else:
            names = [p.id for p in node.parameters]
            if len(set(names)) < len(names):
                raise fail("bad-definition", "two parameters have the same name", node.span)
            self._try_body(node, scope)
            self._keep(scope, names)
            value = Macro(node.name.id, node.parameters, node.value, self.environment.names)
        self.environment = self.environment.bind({node.name.id: value})

    def _try_body(self, node: tree.Definition, scope: Scope) -> None:
        """Looks for names that nobody knows, with numbers for the parameters."""
        assert node.parameters is not None
        macro = Macro(node.name.id, node.parameters, node.value, self.environment.names)
        try:
            expand(macro, [var(Symbol(p.id)) for p in node.parameters], scope, node.span)
        except TwofoldError as error:
            if error.diagnostic.code in _AT_DEFINITION:
                raise

    def _keep(self, scope: Scope, but: Sequence[str] = ()) -> None:
        """What a definition took for granted of a name stays so for all that use it."""
        new = {n: s for n, s in scope.made.items() if n not in but and n not in self.environment.names}
        if new:
            self.environment = self.environment.bind(new)

    def _include(self, node: tree.Include, silent: bool) -> list[Result]:
        path, text = self.files.text(node.path, self.folder, node.span)
        if path in self._included or len(self._included) > DEEPEST_INCLUDE:
            raise fail("circular-include", f"{node.path} includes itself", node.span)
        script = parse(text, node.path)
        inner = Block(self.environment, self.files, path.parent, self.emit, defining=self.defining or silent)
        inner._included = (*self._included, path)
        results = inner.run_all(script.statements)
        self.environment = inner.environment
        return results


def _placed(verdict: Verdict, sides: tuple[tree.Expr, tree.Expr] | None) -> Verdict:
    """A verdict with what can be said at once of what is amiss, to stand if the diagnosis takes too long."""
    if verdict.truth not in _AMISS or sides is None or verdict.diagnosis:
        return verdict
    return replace(verdict, diagnosis=difference(*sides))


_NAME = r"([^\W\d]\w*)"
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_DECLARED, _BETWEEN = re.compile(rf"^\s*{_NAME}"), re.compile(rf"[<>]=?\s*{_NAME}")
_DEFINED = re.compile(rf"\s*{_NAME}\s*(?:[(\[].*?)?(?:\|[^~=]*)?(?:~|=(?!=))")
_ALSO = re.compile(rf"[,=]\s*{_NAME}\s*(?=(?:\|[^~=,]*)?(?:~|=(?!=)))")
_ASIDE = re.compile(r"[(\[{].*|\b(?:where|given)\b.*", re.DOTALL)


def meant(text: str) -> list[str]:
    """The names to which a statement that could not be read would have given a meaning, as its words tell.

    One too many costs an error where it is used; one too few would be judged as a real number that nobody declared.
    """
    outside = text
    while (shorter := _BRACKETS.sub(" ", outside)) != outside:
        outside = shorter
    if (start := re.match(r"\s*let\b", text)) is not None:
        parts = re.split(r",|\band\b", outside[start.end() :])
        found = [n for p in parts for n in (_DECLARED.findall(p) or _BETWEEN.findall(p))]
        found = found or re.findall(_NAME, text)
    elif (first := _DEFINED.match(text)) is not None:
        found = [first[1], *_ALSO.findall(_ASIDE.sub("", outside))]
    else:
        return []
    return [n for n in dict.fromkeys(found) if n not in functions() and n not in _WORDS]


_WORDS = frozenset("let check derivation assume expect given where in for and or not".split())


def names_of(node: tree.Statement) -> list[str]:
    """The names that a statement gives a meaning, or would have given one."""
    if isinstance(node, tree.Broken):
        return meant(node.span.text)
    if isinstance(node, tree.Declaration):
        return [*(name.id for item in node.items for name in item.names), *meant(node.span.text)]
    return [node.name.id] if isinstance(node, tree.Definition | tree.Distributed) else []
