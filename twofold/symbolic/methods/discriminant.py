"""Inequalities that are quadratic in one name, by the discriminant; a root is squared first."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import TRUE, App, Symbol, Term, free_symbols, num, substitute
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods.ranges import known_sign
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.field import UNIT, Element

_SIGNS = {True: ("+",), False: ("+", "0", "0+")}


def run(goal: Goal, context: Context) -> Evidence:
    """Proved where larger - smaller is A*s^2 + B*s + C with A, C and 4*A*C - B^2 not negative, for one of the names."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    larger, smaller = (goal.left, goal.right) if goal.relation in (">", ">=") else (goal.right, goal.left)
    strict = goal.relation in ("<", ">")
    try:
        for f in _differences(larger, smaller):
            c = converter((larger, smaller), goal.assumptions)
            e = c(f)
            for s in free_symbols(f):
                parts = _quadratic(c, e, s) if s.kind == "real" and not s.shape else None
                if parts is not None and _is_definite(c, parts, _written(f, s), strict, goal, context):
                    note = f"a quadratic in {s.name} without zeros"
                    return Evidence("discriminant", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")
    except (*GIVES_UP, NoClosedForm) as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("no name of which the discriminant is known")


def _differences(larger: Term, smaller: Term) -> Iterator[Term]:
    """What is positive where larger > smaller: the difference, and Y - X^2 for X < sqrt(Y)."""
    if isinstance(larger, App) and larger.op == "sqrt":
        inner = smaller.args[0] if isinstance(smaller, App) and smaller.op == "abs" else smaller
        yield app("sub", larger.args[0], app("pow", inner, num(2)))
    yield app("sub", larger, smaller)


def _quadratic(c: Converter, e: Element, s: Symbol) -> tuple[Element, Element, Element] | None:
    """A, B, C of A*s^2 + B*s + C, up to a positive factor."""
    g = c.field.kernel(("sym", s))
    if len(e.den) > 1 and sign_of(c, Element(e.den, UNIT)) != "+" or any(depends(c, h, g) for h in P.generators(e.den)):
        return None
    parts: dict[int, P.Poly] = {0: {}, 1: {}, 2: {}}
    for m, v in e.num.items():
        k = dict(m).get(g, 0)
        rest = tuple(x for x in m if x[0] != g)
        if k not in parts or any(depends(c, h, g) for h, _ in rest):
            return None
        parts[int(k)][rest] = v
    return (Element(parts[2], UNIT), Element(parts[1], UNIT), Element(parts[0], UNIT)) if parts[2] else None


def _written(f: Term, s: Symbol) -> tuple[Term, Term, Term]:
    """A, B and C as they stand in the text, by derivatives at 0: the normal form writes waves as exponentials."""
    slope = derivative(f, s)
    zero = {s: num(0)}
    return app("div", derivative(slope, s), num(2)), substitute(slope, zero), substitute(f, zero)


def _is_definite(
    c: Converter,
    parts: tuple[Element, Element, Element],
    written: tuple[Term, Term, Term],
    strict: bool,
    goal: Goal,
    context: Context,
) -> bool:
    a, b, last = parts
    f = c.field
    gap = f.sub(f.mul(f.number(4), f.mul(a, last)), f.mul(b, b))
    shown = app("sub", app("mul", num(4), app("mul", written[0], written[2])), app("pow", written[1], num(2)))

    def has_sign(e: Element, t: Term) -> bool:
        if known_sign(c, e) in _SIGNS[strict]:
            return True
        statement = app("gt" if strict else "ge", t, num(0))
        return proves(Goal("=>", TRUE, statement, goal.assumptions, "real"), context)

    return has_sign(gap, shown) and has_sign(a, written[0]) and has_sign(last, written[2])


SPEC = Method(
    name="discriminant",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=12,
    concludes=frozenset({Truth.PROVED}),
    soundness="A*s^2 + B*s + C is nowhere negative where A, C and 4*A*C - B^2 are not; X <= sqrt(Y) where X^2 <= Y",
    run=run,
    holds=(
        "let u, v, s : real\nu*sin(v) + s*cos(v) <= sqrt(u^2 + s^2)",
        "let u, v, s : real\n(u*sin(v) + s*cos(v))^2 <= u^2 + s^2",
    ),
    fails=(),
    open=("let u, v, s : real\nu*sin(v) + s*cos(v) <= sqrt(u^2 + s^2)/2", "let u, v : real\nu^2 + 2*u*sin(v) + 1/2 >= 0"),
)
