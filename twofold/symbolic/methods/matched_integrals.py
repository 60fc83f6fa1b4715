"""Integrals that are one another after a change of variable that maps end to end: x for a + b - x, x for 2*x, and the halves laid on one another.

No integral is worked out. With phi linear from [p, q] onto [a, b] the integral of f over [a, b] is that of f(phi(t))*phi'(t) over [p, q]; it also is
that of f(x) + f(a + b - x) over the first half, and of half of that over all. Convergence of one is that of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import product
from math import lcm
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import INFINITE, App, Bound, Num, Symbol, Term, copy_symbol, num, substitute, transform, var
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import generators
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.theorems.ranges import between

_HALF = Num(Fraction(1, 2))


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the sides are multiples of two integrals that are matched, or one is a multiple of the other's half."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    found: dict[Symbol, Bound] = {}
    sides = [_named(t, found) for t in (goal.left, goal.right)]
    if not 1 <= len(found) <= 3:
        raise NotApplicable("not a claim about a few integrals")
    try:
        c = converter((goal.left, goal.right), goal.assumptions)
        d = c.field.sub(c(sides[0]), c(sides[1]))
        made = _coefficients(c, d, tuple(found))
        if made is None:
            raise NotApplicable("not a sum of multiples of integrals")
        factors, rest = made
        if _cancel(c, [(factors[s], t) for s, t in found.items()], rest, goal.assumptions):
            return Evidence("matched integrals", Truth.PROVED, Strength.PROOF, independent_of="quadrature")
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the integrals were not matched")


def _named(t: Term, found: dict[Symbol, Bound]) -> Term:
    """A term with a name for each of its outermost integrals."""

    def rule(u: Term) -> Term | None:
        if not isinstance(u, Bound):
            return None
        if u.op != "integrate" or len(u.symbols) != 1 or u.shape:
            return u
        s = Symbol(f"I{len(found)}")
        found[s] = u
        return var(s)

    return transform(t, rule)


def _coefficients(c: Converter, d: Element, names: tuple[Symbol, ...]) -> tuple[dict[Symbol, Term], Term] | None:
    """The factors of a sum of multiples of names, and what stands beside them."""
    kernels = {c.field.kernel(("sym", s)): s for s in names}
    if any(depends(c, h, g) for g in kernels for h in generators(d.den)):
        return None
    out: dict[Symbol, Any] = {}
    beside: Any = {}
    for m, v in d.num.items():
        own = [(h, k) for h, k in m if h in kernels]
        rest = tuple(p for p in m if p not in own)
        if not own and not any(depends(c, h, g) for g in kernels for h, _ in m):
            beside[m] = v
            continue
        if len(own) != 1 or own[0][1] != 1 or any(depends(c, h, g) for g in kernels for h, _ in rest):
            return None
        out.setdefault(kernels[own[0][0]], {})[rest] = v
    if len(out) < len(names):
        return None
    written = {s: raised(c, c.field.div(Element(p, UNIT), Element(d.den, UNIT))) for s, p in out.items()}
    return written, raised(c, c.field.div(Element(beside, UNIT), Element(d.den, UNIT)))


def _cancel(c: Converter, parts: list[tuple[Term, Bound]], rest: Term, assumptions: tuple[Term, ...]) -> bool:
    """Whether a sum of multiples of integrals and a rest is 0, all of them being written over the range of the first."""
    first = parts[0][1]
    for target in (first, *_halves(first)):
        p, q = target.args
        bounded = p not in INFINITE and q not in INFINITE
        if bounded and not c.nonzero(c(app("sub", q, p))) or not bounded and rest != num(0):
            continue
        lists = [[app("mul", f, u) for u in _over(t, target, assumptions)] for f, t in parts]
        if rest != num(0):
            lists.append([app("div", rest, app("sub", q, p))])
        if all(lists) and (len(parts) > 1 or rest != num(0)) and _vanishes(target, lists, assumptions):
            return True
    return False


def _vanishes(target: Bound, lists: list[list[Term]], assumptions: tuple[Term, ...]) -> bool:
    """Whether one integrand of each list can be taken, or the mean of two, so that their sum is 0."""
    c = converter((), (*assumptions, *between(target.symbols[0], *target.args, assumptions)))
    for choice in product(*(_with_means(row) for row in lists)):
        total = reduce(lambda a, b: app("add", a, b), choice)
        if not c.field.zeroed(c(total).num) or _is_log_of_one(c, total):
            return True
    return False


def _with_means(row: list[Term]) -> list[Term]:
    return row if len(row) < 2 else [*row, app("div", app("add", row[0], row[1]), num(2))]


def _is_log_of_one(c: Converter, t: Term) -> bool:
    """Whether a sum of multiples of logarithms is 0, by the product of what stands in them."""
    parts = list(_logarithms(c, t, Fraction(1)))
    if not parts or any(u is None for u, _ in parts):
        return False
    scale = lcm(*(k.denominator for _, k in parts))
    f = c.field
    whole = f.number(1)
    for u, k in parts:
        assert u is not None
        whole = f.mul(whole, f.power(c(u), int(k * scale)))
    return f.equal(whole, f.number(1))


def _logarithms(c: Converter, t: Term, k: Fraction) -> Iterator[tuple[Term | None, Fraction]]:
    """The arguments of the logarithms that a sum is made of, with their rational factors; `None` for other terms."""
    if isinstance(t, App) and t.op in ("add", "sub"):
        yield from _logarithms(c, t.args[0], k)
        yield from _logarithms(c, t.args[1], k if t.op == "add" else -k)
    elif isinstance(t, App) and t.op == "neg":
        yield from _logarithms(c, t.args[0], -k)
    elif isinstance(t, App) and t.op == "log":
        yield t.args[0], k
    elif isinstance(t, App) and t.op in ("mul", "div"):
        for which, factor in ((0, t.args[1]), (1, t.args[0])):
            r = c(factor).rational()
            if r is not None and (t.op == "mul" or (which == 0 and r)):
                yield from _logarithms(c, t.args[which], k * r if t.op == "mul" else k / r)
                return
        yield from _of_number(c, t, k)
    else:
        yield from _of_number(c, t, k)


def _of_number(c: Converter, t: Term, k: Fraction) -> Iterator[tuple[Term | None, Fraction]]:
    """A rational multiple of the logarithm of a whole number, which is how a normal form writes logarithms of numbers."""
    e = c(t)
    for m, v in e.num.items() if len(e.den) == 1 else ():
        key = c.field.kernels[m[0][0]] if len(m) == 1 and m[0][1] == 1 else ("",)
        if key[0] != "log" or not isinstance(key[1], int):
            yield None, k
            return
        yield num(key[1]), k * Fraction(int(v.p), int(v.q)) / Fraction(int(e.den[()].p), int(e.den[()].q))
    if len(e.den) > 1:
        yield None, k


def _halves(t: Bound) -> Iterator[Bound]:
    """The range of an integral cut off at its middle."""
    a, b = t.args
    if a in INFINITE or b in INFINITE:
        return
    middle = app("mul", _HALF, app("add", a, b))
    x = copy_symbol(t.symbols[0], lower=None, upper=None)
    yield Bound("integrate", (x,), substitute(t.body, {t.symbols[0]: var(x)}), (a, middle))


def _over(t: Bound, target: Bound, assumptions: tuple[Term, ...]) -> Iterator[Term]:
    """Integrands whose integral over the range of the target is the integral: forwards, backwards, and folded at the middle."""
    x, (p, q) = target.symbols[0], target.args
    a, b = t.args
    c = converter((), assumptions)
    if all(e not in INFINITE for e in (a, b, p, q)):
        yield from _linear(t, x, p, q)
        middle = app("mul", _HALF, app("add", a, b))
        mirrored = substitute(t.body, {t.symbols[0]: app("sub", app("add", a, b), var(t.symbols[0]))})
        half = Bound("integrate", t.symbols, app("add", t.body, mirrored), (a, middle))
        yield from _linear(half, x, p, q)
    elif c.field.equal(_end(c, a), _end(c, p)) and c.field.equal(_end(c, b), _end(c, q)):
        yield substitute(t.body, {t.symbols[0]: var(x)})


def _end(c: Converter, t: Term) -> Element:
    return c.field.atom(("sym", f"end {INFINITE.index(t)}")) if t in INFINITE else c(t)


def _linear(t: Bound, x: Symbol, p: Term, q: Term) -> Iterator[Term]:
    a, b = t.args
    for low, high, sign in ((a, b, 1), (b, a, -1)):
        slope = app("div", app("sub", high, low), app("sub", q, p))
        place = app("add", low, app("mul", slope, app("sub", var(x), p)))
        yield app("mul", slope if sign > 0 else app("neg", slope), substitute(t.body, {t.symbols[0]: place}))


SPEC = Method(
    name="matched integrals",
    relations=frozenset({"=="}),
    cost=29,
    concludes=frozenset({Truth.PROVED}),
    soundness="a linear change of variable keeps an integral; one that converges is the sum of its halves",
    run=run,
    holds=(
        "integrate(log(1 + tan(x)), x = 0..pi/4) == integrate(log(1 + tan(pi/4 - x)), x = 0..pi/4)",
        "integrate(log(sin(x)), x = 0..pi) == 2*integrate(log(sin(x)), x = 0..pi/2)",
        "integrate(log(1 + tan(x)), x = 0..pi/4) == pi/8*log(2)",
        "integrate(sin(x)^2/(1 + exp(x)), x = -pi..pi) == integrate(sin(x)^2, x = 0..pi)",
        "let a > 1\nintegrate(1/(a + cos(x)), x = 0..2*pi) == 2*integrate(1/(a + cos(x)), x = 0..pi)",
    ),
    fails=(),
    open=(
        "integrate(log(sin(x)), x = 0..pi) == integrate(log(sin(x)), x = 0..pi/2)",
        "integrate(log(1 + tan(x)), x = 0..pi/4) == pi/4*log(2)",
        "integrate(log(2 + sin(x)), x = 0..2*pi) == 2*integrate(log(2 + sin(x)), x = 0..pi)",
    ),
)
