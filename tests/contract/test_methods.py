"""Laws that every declared decision method obeys: its examples come out as it says, and what it leaves open it does not prove."""

from __future__ import annotations

import pytest

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.resolution.scope import Scope
from twofold.core.evidence import Evidence
from twofold.core.registry import declarations
from twofold.core.truth import Truth
from twofold.engine.claims import Poser
from twofold.engine.session import Session
from twofold.grammar import tree
from twofold.grammar.parse import parse
from twofold.symbolic.context import Context, NoClosedForm

METHODS = [
    m
    for package in ("twofold.symbolic.methods", "twofold.numeric.methods")
    for m in declarations(package)
    if isinstance(m, Method)
]
HOLDS = [pytest.param(m, text, id=f"{m.name}: {text}") for m in METHODS for text in m.holds]
FAILS = [pytest.param(m, text, id=f"{m.name}: {text}") for m in METHODS for text in m.fails]
OPEN = [pytest.param(m, text, id=f"{m.name}: {text}") for m in METHODS for text in m.open]


def goals(text: str) -> tuple[Goal, ...]:
    """The goals of the claim that ends a text."""
    before, _, last = text.rpartition("\n")
    session = Session()
    if before:
        session.run(before)
    (statement,) = parse(last, "<text>").statements
    claim = statement if isinstance(statement, tree.Claim) else parse(f"check {last}", "<text>").statements[0]
    assert isinstance(claim, tree.Claim)
    environment = session.environment
    return Poser(environment, Scope(environment.names)).claim(claim).goals


def tried(method: Method, goal: Goal) -> Evidence | None:
    """What a method alone says of a goal."""
    try:
        return method.run(goal, Context(goal.assumptions, goal.reading))
    except (NotApplicable, NoClosedForm):
        return None


def verdict(text: str) -> str:
    """The verdict on the claim that ends a text."""
    before, _, last = text.rpartition("\n")
    return str(Session().run(f"{before}\ncheck {last}" if before else f"check {last}")[-1].to_dict().get("verdict"))


def test_every_method_shows_what_it_can_and_cannot() -> None:
    """Examples that it decides, claims that it must leave alone, and why it may be trusted."""
    assert not [m.name for m in METHODS if not m.soundness or not (m.holds or m.fails) or not m.open]


@pytest.mark.parametrize("method, text", HOLDS)
def test_what_holds_is_proved(method: Method, text: str) -> None:
    """By the method itself, and as a whole."""
    found = [tried(method, g) for g in goals(text)]
    assert all(e is not None and e.truth is Truth.PROVED for e in found)
    assert verdict(text) == "proved"


@pytest.mark.parametrize("method, text", FAILS)
def test_what_fails_is_refuted(method: Method, text: str) -> None:
    """By the method itself, and as a whole."""
    found = [tried(method, g) for g in goals(text)]
    assert any(e is not None and e.truth in (Truth.REFUTED, Truth.CONDITIONAL) for e in found)
    assert verdict(text) in ("refuted", "conditional")


@pytest.mark.parametrize("method, text", OPEN)
def test_what_is_open_is_not_proved(method: Method, text: str) -> None:
    """The method alone says nothing of it."""
    assert not any(e is not None and e.truth is Truth.PROVED for g in goals(text) for e in [tried(method, g)])


@pytest.mark.parametrize("method", METHODS, ids=[m.name for m in METHODS])
def test_a_method_concludes_what_it_declares(method: Method) -> None:
    """No example ends in a conclusion that is not declared."""
    for text in (*method.holds, *method.fails):
        for goal in goals(text):
            if goal.relation in method.relations:
                found = tried(method, goal)
                assert found is None or found.truth in method.concludes
