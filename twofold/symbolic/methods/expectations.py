"""Expectations by rules, then the normal form."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import EXPECTATIONS, App, Term, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.context import Context
from twofold.symbolic.methods import sign as signs
from twofold.symbolic.normal import GIVES_UP, converter, equal_in

_LAWS = frozenset(
    (
        "pdf",
        "pmf",
        "cdf",
        "survival",
        "quantile",
        "mean",
        "variance",
        "std",
        "median",
        "mode",
        "entropy",
        "mgf",
        "cf",
        "moment",
        "skewness",
        "kurtosis",
        "kl",
        "fisher",
        "hazard",
    )
)


def applies(*terms: Term) -> bool:
    """Whether an expectation, or a function of a law, stands in one of the terms."""
    return any(
        isinstance(t, App)
        and (t.op in EXPECTATIONS or (t.op in _LAWS and t.args and (t.args[0].sort == "law" or _random(t.args[0]))))
        for term in terms
        for t in subterms(term)
    )


def _random(t: Term) -> bool:
    return any(s.law is not None for s in free_symbols(t))


def _integrated(t: Term) -> Term:
    """Expectations that no rule reached, of one scalar random name, as sums and integrals over its support."""
    from twofold.symbolic.probability import laws

    def rule(u: Term) -> Term | None:
        if isinstance(u, App) and u.op == "Var" and len(u.args) == 1 and not u.args[0].shape:
            mean, square = app("E", u.args[0]), app("E", app("pow", u.args[0], num(2)))
            return transform(app("sub", square, app("pow", mean, num(2))), rule)
        if not (isinstance(u, App) and u.op == "E" and len(u.args) == 1 and not u.shape):
            return None
        names = [s for s in free_symbols(u.args[0]) if s.law is not None]
        if len(names) != 1 or names[0].shape or laws.law_of(var(names[0])) is None:
            return None
        law = names[0].law
        if (
            law is None
            or any(s.law is not None for s in free_symbols(law))
            or laws.is_vector(law)
            or laws.has_listed_parameters(law)
        ):
            return None
        x = laws.point(law)
        weight = laws.density(law, var(x))
        out = laws.total(law, app("mul", substitute(u.args[0], {names[0]: var(x)}), weight), x)
        return app("div", out, laws.total(law, weight, x)) if laws.given_density(law) is not None else out

    return transform(t, rule)


def worked(goal: Goal, context: Context) -> Goal:
    """The claim with its expectations as the rules give them, or as sums and integrals over the support; what they need is noted in the context."""
    if not applies(goal.left, goal.right):
        raise NotApplicable("no expectation stands in the claim")
    from twofold.symbolic.probability.expectation import expand

    left, right = (_integrated(expand(side, context)) for side in (goal.left, goal.right))
    return replace(goal, left=left, right=right)


def run(goal: Goal, context: Context) -> Evidence:
    """Both sides with every expectation worked out by rules; proved where their normal forms are equal."""
    from twofold.symbolic.probability import domination

    local = replace(context, notes=[], conditions=[])
    made = worked(goal, local)
    left, right = made.left, made.right
    if goal.relation != "==":
        try:
            found = signs.run(replace(goal, left=left, right=right, assumptions=(*goal.assumptions, *local.conditions)), context)
        except NotApplicable:
            if not domination.proves(goal, context):
                raise
            found = Evidence(
                "expectation rules",
                Truth.PROVED,
                Strength.PROOF,
                "the inequality holds at every outcome",
                independent_of="quadrature",
            )
        conditions = tuple(show(t) for t in local.conditions)
        return replace(
            found, method="expectation rules", note="; ".join(local.notes), conditions=conditions, reduced=(left, right)
        )
    try:
        c = converter((left, right), (*goal.assumptions, *local.conditions), goal.reading)
        if equal_in(c, left, right):
            conditions = tuple(show(t) for t in local.conditions)
            note = "; ".join(local.notes)
            return Evidence(
                "expectation rules",
                Truth.PROVED,
                Strength.PROOF,
                note,
                conditions=conditions,
                independent_of="quadrature and sampling",
                reduced=(left, right),
            )
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the expectations differ after the rules")


SPEC = Method(
    name="expectation rules",
    relations=frozenset({"==", "<", "<=", ">", ">=", "!="}),
    cost=5,
    concludes=frozenset({Truth.PROVED}),
    soundness="linearity, independence of names with laws of their own, known moments of the catalogue, and exact sums over finite supports",
    run=run,
    holds=("X ~ Normal(mu, sigma)\nE[X^2] == mu^2 + sigma^2", "let a > 0\nX ~ Gamma(2, a)\nVar[X] == E[X^2] - E[X]^2"),
    fails=(),
    open=("X ~ Normal(0, 1)\nE[X^2] == E[X]^2",),
)
