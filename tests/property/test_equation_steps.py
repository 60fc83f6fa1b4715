"""Random steps between statements: what is proved has no counterexample among many points and zeros, and every counterexample
is one when the sides are evaluated in balls by the other route."""

from __future__ import annotations

from random import Random

import pytest

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.numeric.equation_roots import roots
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.statement_truth import truth
from twofold.numeric.valuation import draw
from twofold.symbolic.context import Context
from twofold.symbolic.equations.decide import decide

NUMBERS = ("1", "2", "3", "-1", "1/2", "4", "-2", "5")


class Statements:
    """Random statements over some names."""

    def __init__(self, seed: int, names: list[str]) -> None:
        self.random = Random(seed)
        self.names = names

    def expression(self, depth: int) -> str:
        pick = self.random
        if depth == 0 or pick.random() < 0.15:
            return pick.choice([*self.names, pick.choice(NUMBERS)])
        a, b = self.expression(depth - 1), self.expression(depth - 1)
        forms = [f"({a} + {b})"] * 4 + [f"({a} - {b})"] * 4 + [f"({a}*{b})"] * 4 + [f"({a}/{b})"] * 2 + [f"({a})^2"] * 2
        forms += [f"abs({a})", f"sqrt({a})", f"log({a})", f"log({pick.choice(self.names)})", f"max({a}, {b})", f"({a})^(1/3)"]
        forms += [f"exp({pick.choice(['x', '2*x', '-x', 'x/2'])})", f"{pick.choice(['sin', 'cos'])}({pick.choice(['x', '2*x'])})"]
        return pick.choice(forms)

    def relation(self, depth: int) -> tuple[str, str, str]:
        sign = self.random.choice(["==", "==", "==", "==", "<", "<=", ">", "!="])
        return self.expression(depth), sign, self.expression(depth)

    def step(self) -> str:
        """A statement and one that somebody might think follows from it."""
        pick = self.random
        a, sign, b = self.relation(2)
        first = f"{a} {sign} {b}"
        if pick.random() < 0.15:
            first += pick.choice([" and ", " or "]) + " ".join(self.relation(1))
        done = [f"({a}) - ({b}) {sign} 0", f"({a})^2 {sign} ({b})^2", f"({a})*x {sign} ({b})*x", f"1/({a}) {sign} 1/({b})"]
        done += [f"{f}({a}) {sign} {f}({b})" for f in ("exp", "log", "sqrt")] + [" ".join(self.relation(2))] * 3
        return f"{first} {pick.choice(['=>', '<=>'])} {pick.choice(done)}"


def check(seed: int, names: list[str]) -> str:
    """What was found for one random step; fails where that is wrong."""
    symbols = {n: Symbol(n) for n in names}
    text = Statements(seed, names).step()
    try:
        node = parse_expression(text, "<step>")
        left, right = resolve(node.left, Scope(symbols)), resolve(node.right, Scope(symbols))
        found = decide(Goal(node.operator, left, right), Context())
    except (NotApplicable, TwofoldError):
        return "open"
    directions = [(left, right)] + ([(right, left)] if node.operator == "<=>" else [])
    if found.values is None:
        points = draw(list(symbols.values()), (), seed, 24)
        for one, other in directions:
            for p in points:
                assert not (truth(one, p) is True and truth(other, p) is False), (text, p)
            for root in roots(one, list(symbols.values()), points):
                if root.certain and truth(one, root.values, root.equations) is True:
                    assert truth(other, root.values) is not False, (text, root.values)
        return "proved"
    one, other = (left, right) if found.left else (right, left)
    if any("." in v for v in found.values.values()):
        # A zero without a closed form is shown by its decimals, at which an equation is not exactly true.
        return "refuted"
    try:
        values = {symbols[n]: ball(resolve(parse_expression(v, "<value>"), Scope({})), {}, 256) for n, v in found.values.items()}
    except NoValue:
        return "refuted"
    for s in symbols.values():
        values.setdefault(s, 0)
    assert truth(one, values) is not False, (text, found)
    assert truth(other, values) is not True, (text, found)
    return "refuted"


@pytest.mark.parametrize("names", [["x"], ["x", "y"]], ids=["one name", "two names"])
def test_random_steps(names):
    verdicts = [check(seed, names) for seed in range(30)]
    assert verdicts.count("proved") > 5
    assert verdicts.count("refuted") > 5
