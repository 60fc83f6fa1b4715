"""Laws that every declared scalar function obeys: floats lie in balls, derivatives are derivatives, identities and examples hold, domains are right."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import zip_longest

import flint
import pytest

from twofold.catalogue.functions import activations, elementary, hyperbolic, integers, orthogonal, special, trigonometric
from twofold.catalogue.resolve import Scope, formula, resolve
from twofold.catalogue.spec import Function
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Symbol, Term, free_symbols
from twofold.numeric.evaluate import CannotEvaluate, NoValue, Undefined, Unresolved, ball, floats
from twofold.numeric.valuation import Valuation, draw

TOPICS = (activations, elementary, hyperbolic, integers, orthogonal, special, trigonometric)
FUNCTIONS: list[Function] = [f for topic in TOPICS for f in topic.SPECS]
SCALAR = [f for f in FUNCTIONS if f.shape == "entrywise" and f.name != "dirac"]
WHOLE = {"n": "integer", "k": "integer"}
IN_INTEGERS = {f.name for f in (*integers.SPECS, *orthogonal.SPECS)} - {"rising", "falling", "mod", "factorial", "harmonic"} | {
    "polygamma"
}


def arguments(spec: Function) -> list[Symbol]:
    """The required arguments as symbols; whole numbers where the function wants them."""
    given = [a for a in spec.arguments if not a.optional]
    if any(a.rest for a in given):
        given = [*given, *given][:2]
    kinds = [("integer" if spec.name in IN_INTEGERS and a.name in ("n", "k", "a", "rest") else "real") for a in given]
    if spec.name in ("gegenbauer", "jacobi"):
        kinds = ["integer", *["real"] * (len(given) - 1)]
    return [
        Symbol(f"{a.name}{k}" if len(given) > 1 else a.name, kind) for k, (a, kind) in enumerate(zip(given, kinds, strict=True))
    ]


def differentiable(spec: Function) -> list[Symbol]:
    """The arguments as far as a derivative is declared, optional ones too; real where there is one."""
    needed = arguments(spec)
    if len(spec.derivative) > len(needed) and any(spec.derivative[len(needed) :]):
        needed += [Symbol(f"{a.name}{k}") for k, a in enumerate(spec.arguments) if k >= len(needed)]
    return [Symbol(s.name) if d else s for s, d in zip_longest(needed, spec.derivative) if s is not None]


def call(spec: Function, symbols: list[Symbol]) -> Term:
    from twofold.catalogue.shapes import app
    from twofold.grammar.term import var

    return app(spec.name, *map(var, symbols))


def domain(spec: Function, symbols: list[Symbol]) -> Term:
    names = {a.name: symbols[min(k, len(symbols) - 1)] for k, a in enumerate(spec.arguments)}
    return formula(spec.domain, names)


def value(term: Term, point: Valuation, precision: int = 128) -> object:
    """A ball that is narrow enough to be compared; at a jump there is none."""
    for bits in (precision, 2 * precision, 4 * precision):
        try:
            found = ball(term, point, bits)
        except Unresolved:
            continue
        if not isinstance(found, flint.arb) or found.rad() <= flint.arb(10) ** -12 * (1 + abs(found.mid())):
            return found
    return None


def text_term(text: str) -> tuple[Term, list[Symbol]]:
    """A text with its free names; those of whole numbers where the name says so."""
    names = {
        n: Symbol(n, "integer" if n in ("n", "k", "i", "j") else "real")
        for n in ("x", "y", "z", "n", "k", "i", "j", "a", "b", "s", "p", "m")
    }
    term = resolve(parse_expression(text, "<declaration>"), Scope(names))
    return term, free_symbols(term)


@pytest.mark.parametrize("spec", SCALAR, ids=lambda f: f.name)
def test_floats_lie_in_the_balls(spec: Function) -> None:
    symbols = arguments(spec)
    term = call(spec, symbols)
    points = draw(symbols, seed=11, count=40) + draw(symbols, [domain(spec, symbols)], seed=12, count=20)
    effective = 0
    for point, x in zip(points, floats(term, points), strict=True):
        try:
            b = value(term, point)
        except Undefined:
            assert math.isnan(x), f"{point}: undefined, but {x}"
            continue
        except CannotEvaluate:
            continue
        if b is None or abs(float(flint.arb(b).mid())) > 1e300:
            continue
        assert not math.isnan(x), f"{point}: {b}, but NaN"
        effective += 1
        exact = float(flint.arb(b).mid())
        assert x == pytest.approx(exact, rel=1e-8, abs=1e-12), f"{point}"
    assert effective >= 4


@pytest.mark.parametrize("spec", [f for f in SCALAR if any(f.derivative)], ids=lambda f: f.name)
def test_declared_derivatives_are_derivatives(spec: Function) -> None:
    """Against central differences with 400 bits, whose error is the square of the step."""
    step = Fraction(1, 2**80)
    symbols = differentiable(spec)
    term = call(spec, symbols)
    names = {a.name: s for a, s in zip(spec.arguments, symbols, strict=False)}
    effective = 0
    for k, text in enumerate(spec.derivative[: len(symbols)]):
        if not text or symbols[k].kind == "integer":
            continue
        declared = formula(text, names)
        for point in [*draw(symbols, seed=5, count=12), *draw(symbols, [domain(spec, symbols)], seed=6, count=12)]:
            x = Fraction(point[symbols[k]])
            try:
                here = value(declared, point)
                left, right = (value(term, {**point, symbols[k]: x + s}, 400) for s in (-step, step))
            except NoValue:
                continue
            if None in (here, left, right):
                continue
            with flint.ctx.workprec(400):
                difference = (flint.arb(right) - flint.arb(left)) / (2 * flint.arb(flint.fmpq(1, 2**80)))
                allowed = flint.arb(10) ** -15 * (1 + abs(difference))
                assert abs(difference - flint.arb(here)).abs_lower() <= allowed, f"argument {k} at {point}: {difference}, {here}"
            effective += 1
    assert effective >= 3 or not any(t for t, s in zip(spec.derivative, symbols, strict=False) if s.kind != "integer")


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda f: f.name)
def test_identities_hold(spec: Function) -> None:
    for text in spec.identities:
        claim, _, condition = text.partition(" given ")
        term, symbols = text_term(claim)
        assumptions = [text_term_in(condition, symbols)] if condition else []
        assert isinstance(term, App)
        effective = 0
        reading = "complex" if "im" in claim else "real"
        for point in draw(symbols, assumptions, seed=3, count=24):
            try:
                assert ball(term, point, 128, reading) is True, f"{text} at {point}"
                effective += 1
            except Unresolved:
                # Two balls that overlap: as good as it gets for an equality.
                effective += 1
            except (Undefined, CannotEvaluate):
                continue
        assert effective >= 1 + 2 * bool(symbols), text


def text_term_in(text: str, symbols: list[Symbol]) -> Term:
    return resolve(parse_expression(text, "<declaration>"), Scope({s.name: s for s in symbols}))


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda f: f.name)
def test_examples_hold_numerically(spec: Function) -> None:
    checked = 0
    for example in spec.examples:
        if "integrate" in example.text:
            continue
        term, symbols = text_term(f"({example.text}) == ({example.gives})")
        for point in draw(symbols, seed=2, count=6):
            try:
                assert ball(term, point, 128, "complex" if "im" in example.text else "real") is True
            except Unresolved:
                pass
            except Undefined:
                continue
            checked += 1
    assert checked or spec.name == "dirac"


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda f: f.name)
def test_the_declaration_says_what_help_shows(spec: Function) -> None:
    assert spec.summary and not spec.summary.endswith(".") and spec.area
    assert spec.definition or spec.exact, "the exact route has nothing"
    assert spec.definition or (spec.floats and spec.balls) or spec.name == "dirac", "the numeric route has nothing"
    formula(spec.domain, {a.name: Symbol(a.name) for a in spec.arguments})
