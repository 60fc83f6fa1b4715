"""The examples that the declarations of the methods give: each is decided by its method as it says, or left open by it."""

from __future__ import annotations

import pytest

from twofold.catalogue.method import NotApplicable
from twofold.core.truth import Truth
from twofold.engine.claims import Poser
from twofold.engine.session import Session
from twofold.grammar.parse import parse
from twofold.numeric.methods import equation_points
from twofold.symbolic.context import Context
from twofold.symbolic.methods import equations

METHODS = [equations.SPEC, equation_points.SPEC]
CASES = [(m, word, text) for m in METHODS for word in ("holds", "fails", "open") for text in getattr(m, word)]


def found(method, text):
    """What a method says of the claim at the end of a text."""
    *before, claim = text.split("\n")
    session = Session()
    session.run("\n".join(before))
    node = parse(f"check {claim}", "<example>").statements[0]
    block = session._block(lambda row: None)
    (goal,) = Poser(block.environment, block.scope()).claim(node).goals
    try:
        return method.run(goal, Context(goal.assumptions, goal.reading)).truth
    except NotApplicable:
        return Truth.UNDECIDED


@pytest.mark.parametrize(("method", "word", "text"), CASES, ids=[f"{m.name}: {text!r}" for m, _, text in CASES])
def test_example(method, word, text):
    truth = found(method, text)
    assert truth in method.concludes | {Truth.UNDECIDED}
    expected = {"holds": {Truth.PROVED}, "fails": {Truth.REFUTED, Truth.CONDITIONAL}, "open": {Truth.UNDECIDED, Truth.SUPPORTED}}
    assert truth in expected[word]
