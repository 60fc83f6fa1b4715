"""Antiderivatives with u = g(x): h(g)*g' up to a constant factor, for h in a short table, and g linear, of other functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num
from twofold.symbolic.arithmetic import ONE, minus, negate, over, plus, power, times
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.primitives.reading import depends
from twofold.symbolic.primitives.writing import app, joined, scaled
from twofold.symbolic.term_floats import Unknown, program

Rule: TypeAlias = Callable[[Term], Term]


def _log_abs(u: Term) -> Term:
    return app("log", app("abs", u))


TABLE: dict[str, Rule] = {
    "sin": lambda u: negate(app("cos", u)),
    "cos": lambda u: app("sin", u),
    "tan": lambda u: negate(_log_abs(app("cos", u))),
    "cot": lambda u: _log_abs(app("sin", u)),
    "sec": lambda u: _log_abs(plus(app("sec", u), app("tan", u))),
    "csc": lambda u: negate(_log_abs(plus(app("csc", u), app("cot", u)))),
    "sinh": lambda u: app("cosh", u),
    "cosh": lambda u: app("sinh", u),
    "tanh": lambda u: app("log", app("cosh", u)),
    "coth": lambda u: _log_abs(app("sinh", u)),
    "sech": lambda u: app("atan", app("sinh", u)),
    "csch": lambda u: _log_abs(app("tanh", over(u, num(2)))),
    "exp": lambda u: app("exp", u),
    "log": lambda u: times(u, minus(app("log", u), ONE)),
    "sqrt": lambda u: scaled(Fraction(2, 3), power(u, Num(Fraction(3, 2)))),
    "abs": lambda u: over(times(u, app("abs", u)), num(2)),
    "erf": lambda u: plus(times(u, app("erf", u)), over(app("exp", negate(power(u, num(2)))), app("sqrt", Const("pi")))),
}
_SQUARES: dict[str, Rule] = {
    "tanh": lambda u: minus(u, app("tanh", u)),
    "coth": lambda u: minus(u, app("coth", u)),
    "sech": lambda u: app("tanh", u),
    "csch": lambda u: negate(app("coth", u)),
    "sec": lambda u: app("tan", u),
    "csc": lambda u: negate(app("cot", u)),
}
_INVERSES: dict[str, tuple[int, int]] = {"asin": (1, -1), "asinh": (-1, 1)}


def by_substitution(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of h(g)*g', `None` where no factor is such an h(g)."""
    for head, g, rest in _heads(t):
        if not depends(g, x) or isinstance(g, Var) and rest != ONE:
            continue
        ratio = _constant_ratio(rest, g, x)
        if ratio is not None:
            return scaled(ratio, head(g))
    return None


def _heads(t: Term) -> Iterator[tuple[Rule, Term, Term]]:
    """Antiderivatives of h, the argument g, and what a factor h(g) is multiplied by."""
    for factor, rest in _factors(t):
        below = isinstance(factor, App) and factor.op == "div" and factor.args[0] == ONE
        inner = factor.args[1] if below and isinstance(factor, App) else factor
        if not isinstance(inner, App) or inner.shape:
            continue
        n = -1 if below else 1
        if inner.op == "pow" and isinstance(inner.args[1], Num):
            base, e = inner.args[0], n * inner.args[1].value
            if isinstance(base, App) and base.op in _SQUARES and e == 2:
                yield _SQUARES[base.op], base.args[0], rest
            if isinstance(base, App) and base.op in _INVERSES and e == 2:
                yield _square_of_inverse(base.op), base.args[0], rest
            yield _power(e), base, rest
            continue
        if inner.op == "sqrt" and below:
            yield (lambda u: times(num(2), app("sqrt", u))), inner.args[0], rest
        elif not below and inner.op in TABLE and len(inner.args) == 1:
            yield TABLE[inner.op], inner.args[0], rest
        # The factor itself as u, to the power 1 or -1.
        yield _power(Fraction(n)), inner, rest


def _power(e: Fraction) -> Rule:
    if e == -1:
        return _log_abs
    k = e + 1

    def rule(u: Term) -> Term:
        if k < 0:
            return scaled(1 / k, over(ONE, power(u, Num(-k))))
        return scaled(1 / k, app("sqrt", u) if k == Fraction(1, 2) else power(u, Num(k)))

    return rule


def _square_of_inverse(op: str) -> Rule:
    """u*asin(u)^2 - 2*u + 2*sqrt(1 - u^2)*asin(u), with other signs for asinh."""
    sign, square = _INVERSES[op]

    def rule(u: Term) -> Term:
        f = app(op, u)
        root = app("sqrt", minus(ONE, power(u, num(2))) if square < 0 else plus(power(u, num(2)), ONE))
        twice = times(times(num(2), root), f)
        return joined([(1, times(u, power(f, num(2)))), (sign, twice), (-sign, times(num(2), u))])

    return rule


def _factors(t: Term) -> Iterator[tuple[Term, Term]]:
    """Each factor with the product of the others; one below the bar as 1 over it."""
    above, below = flat(t)
    for k, f in enumerate(above):
        yield f, _product([*above[:k], *above[k + 1 :]], below)
    for k, f in enumerate(below):
        yield over(ONE, f), _product(above, [*below[:k], *below[k + 1 :]])


def flat(t: Term) -> tuple[list[Term], list[Term]]:
    """The factors above and below the bar."""
    if isinstance(t, App) and not t.shape:
        if t.op == "mul":
            (a, b), (c, d) = flat(t.args[0]), flat(t.args[1])
            return a + c, b + d
        if t.op == "div":
            (a, b), (c, d) = flat(t.args[0]), flat(t.args[1])
            return a + d, b + c
    return ([] if t == ONE else [t]), []


def _product(above: list[Term], below: list[Term]) -> Term:
    top: Term = ONE
    for f in above:
        top = times(top, f)
    bottom: Term = ONE
    for f in below:
        bottom = times(bottom, f)
    return over(top, bottom)


_AT = (0.3141, 0.7321, 1.6181, -0.5772, 2.7183, -1.2021, 4.6692)


def _constant_ratio(rest: Term, g: Term, x: Symbol) -> Fraction | None:
    """rest/g' where that is a small rational, by values: what is found is differentiated back like everything."""
    try:
        slope = derivative(g, x)
    except NoClosedForm:
        return None
    made = program([rest, slope])
    if made is None:
        return None
    found: list[float] = []
    for at in _AT:
        try:
            a, b = made.values({x: at})
        except Unknown:
            return None
        if isinstance(a, float) and isinstance(b, float) and b:
            found.append(a / b)
            if abs(found[-1] - found[0]) > 1e-9 * abs(found[0]):
                return None
    if len(found) < 3:
        return None
    q = Fraction(found[0]).limit_denominator(1000)
    return q if q and abs(float(q) - found[0]) < 1e-10 * abs(found[0]) else None
