"""Inequalities between terms of a whole number, by induction: at every step the larger side gains at least as much, or is multiplied by at least as much."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import TRUE, App, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.context import Context
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods.induction import at_next, bounds_another, declared_least
from twofold.symbolic.methods.ranges import known_sign
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.raising import raised

_NOT_NEGATIVE = ("+", "0", "0+")


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where larger - smaller is not negative at the least value, and what holds at n holds at n + 1."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    larger, smaller = (goal.left, goal.right) if goal.relation in (">", ">=") else (goal.right, goal.left)
    for n in dict.fromkeys((*free_symbols(goal.left), *free_symbols(goal.right))):
        least = _least(n, goal)
        if least is None:
            continue
        try:
            found = _Induction(goal, n, least, context).goes_through(larger, smaller, goal.relation in ("<", ">"))
        except GIVES_UP:
            continue
        if found:
            note = f"on {n.name} from {least}"
            return Evidence("induction by growth", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")
    raise NotApplicable("no induction goes through")


def _least(n: Symbol, goal: Goal) -> Fraction | None:
    """The least value of a whole number, where its declaration and the assumptions leave all from there on; `None` otherwise."""
    if n.shape or not (n.kind == "integer" or n.size) or n.upper is not None or bounds_another(n, goal):
        return None
    declared = declared_least(n)
    if declared is None and n.lower is not None:
        return None
    ends = [] if declared is None else [declared]
    for a in goal.assumptions:
        if n not in free_symbols(a):
            continue
        if not isinstance(a, App) or a.op not in ("ge", "gt", "le", "lt"):
            return None
        op, (x, bound) = (a.op, a.args) if a.op in ("ge", "gt") else ({"le": "ge", "lt": "gt"}[a.op], a.args[::-1])
        end = rational(bound) if x == Var(n) else None
        if end is None:
            return None
        ends.append(Fraction(floor(end) + 1) if op == "gt" else Fraction(-floor(-end)))
    return max(ends, default=None)


class _Induction:
    """Induction on one name of a claim, which stands for all whole numbers from `least` on."""

    def __init__(self, goal: Goal, n: Symbol, least: Fraction, context: Context) -> None:
        self.n, self.least, self.context = n, least, context
        self.others = tuple(a for a in goal.assumptions if n not in free_symbols(a))
        self.whole = Symbol(n.name, "integer", lower=num(least))
        self.line = Symbol(n.name, "real", lower=num(least))

    def goes_through(self, larger: Term, smaller: Term, strict: bool) -> bool:
        here = [substitute(t, {self.n: var(self.whole)}) for t in (larger, smaller)]
        following = [f for t in here if (f := at_next(t, self.whole, self.least)) is not None]
        return (
            len(following) == 2
            and self.has_values(here)
            and self.step(here, following, strict)
            and self.base(larger, smaller, strict)
        )

    def has_values(self, sides: list[Term]) -> bool:
        """Whether no number from the least on takes their values from the sides; what a binder has no value for, it has none for from there on."""
        c = Converter()
        c.assume(self.others)
        c(var(self.whole))
        domain = Domain(c)
        for t in sides:
            domain.read(t)
        g = c.field.kernel(("sym", self.whole))
        moving = any(depends(c, h, g) for _, key in domain.atoms for h in P.generators(dict(key)))  # type: ignore[call-overload]
        return not (domain.impossible or domain.unread or moving)

    def base(self, larger: Term, smaller: Term, strict: bool) -> bool:
        c = converter((), self.others)
        return self.has_sign(c, c(app("sub", *(substitute(t, {self.n: num(self.least)}) for t in (larger, smaller)))), strict)

    def step(self, here: list[Term], following: list[Term], strict: bool) -> bool:
        """Whether the larger side stays the larger one. That it is so before is what is assumed."""
        c = converter((*here, *following), self.others)
        (a, b), (a1, b1) = map(c, here), map(c, following)
        f = c.field
        if self.has_sign(c, f.sub(f.sub(a1, a), f.sub(b1, b))):
            return True
        # a1 = factor*a >= factor*b, and b1 = factor*b <= factor*a; with a factor that may be 0 the rest has to be strict.
        for e, e1, rest in ((a, a1, lambda q: f.sub(f.mul(q, b), b1)), (b, b1, lambda q: f.sub(a1, f.mul(q, a)))):
            factor = self.factor(c, e, e1)
            if (
                factor is not None
                and self.has_sign(c, factor)
                and self.has_sign(c, rest(factor), strict and not self.has_sign(c, factor, True))
            ):
                return True
        return False

    def factor(self, c: Converter, e: Element, following: Element) -> Element | None:
        """What a side is multiplied by from one number to the next, where that is always a number."""
        if not e.num:
            return None
        made = c.field.div(following, e)
        return made if len(made.den) == 1 or sign_of(c, Element(made.den, UNIT)) in ("+", "-") else None

    def has_sign(self, c: Converter, e: Element, strict: bool = False) -> bool:
        """Whether an element is never negative, or always positive."""
        if known_sign(c, e) in (("+",) if strict else _NOT_NEGATIVE):
            return True
        try:
            written = raised(c, e)
        except GIVES_UP:  # A product or a sum stays in it.
            return False
        statement = substitute(app("gt" if strict else "ge", written, num(0)), {self.whole: var(self.line)})
        return proves(Goal("=>", TRUE, statement, self.others, "real"), self.context)


SPEC = Method(
    name="induction by growth",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=15,
    concludes=frozenset({Truth.PROVED}),
    soundness="true at the least value, and at n + 1 whenever at n: the difference does not fall, or one side is multiplied by a factor that the other one bears",
    run=run,
    holds=(
        "let n : positive integer\n2^n > n",
        "let n : integer in 4..oo\n2^n >= n^2",
        "let n : positive integer\nlet x : real in [-1, oo)\n(1 + x)^n >= 1 + n*x",
        "let n : size\nsum(1/k^2, k = 1..n) <= 2 - 1/n",
        "let n : size\nfactorial(n) >= 2^(n - 1)",
    ),
    fails=(),
    open=("let n : positive integer\n2^n >= n^2", "let n : size\nsum(1/k^2, k = 1..n) <= 3/2", "let n : integer\n2^n > n"),
)
