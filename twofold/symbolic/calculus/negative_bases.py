"""Limits of sequences with a power whose base may be negative: of a^n, n = 1, 2, ..., by the place of a on the line.

A negative base is minus its size, and (-1)^e is one number for even n and another for odd n where e is a polynomial in n with whole coefficients: the
limit is that of both, if it is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.grammar.term import App, Bound, Num, Symbol, Term, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, over
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.cells import MISSING, Cell, Cells, Found
from twofold.symbolic.context import Context, Range
from twofold.symbolic.lower import lower, symbol_for

Node = Callable[[Context, Bound], "Found | Cells | None"]
"""The limit under further assumptions, by cases of other names."""


def by_parity(context: Context, term: Bound, node: Node) -> Found | Cells | None:
    """The limit by cells of the name in the base; `None` where no base can be negative, or there are several."""
    n = term.symbols[0]
    if n.kind != "integer" and "integer" not in n.properties:
        return None
    powers = [p for p in _powers(term.body) if n in free_symbols(p.args[1])]
    bases = {p.args[0] for p in powers if not isinstance(p.args[0], Num)}
    if len(bases) != 1 or any(n in free_symbols(b) for b in bases):
        return None
    (base,) = bases
    line = _line(base, context)
    if line is None or any(_parities(p.args[1], n, context) is None for p in powers if p.args[0] == base):
        return None
    name, (slope, start) = line
    if base != var(name):
        return _through(context, term, base, name, slope, start, node)
    known = context.range(name)
    if known.nonnegative:
        return None

    def at(place: int) -> Found | Cells | None:
        put = substitute(term, {name: num(place)})
        assert isinstance(put, Bound)
        return node(context, put) if place == 0 else _of_both(context, put, num(place), n, node)

    def between(*facts: tuple[str, int]) -> Found | Cells | None:
        there = context.given(*(App(op, (base, num(v)), (), "truth") for op, v in facts))
        return node(there, term) if ("gt", 0) in facts else _of_both(there, term, base, n, node)

    low, high = known.lower, known.upper
    cells = (
        (None, -1, lambda: between(("lt", -1)), low is None or low < -1),
        (-1, -1, lambda: at(-1), _lies_in(known, -1)),
        (-1, 0, lambda: between(("gt", -1), ("lt", 0)), high is None or high > -1),
        (0, 0, lambda: at(0), _lies_in(known, 0)),
        (0, None, lambda: between(("gt", 0)), high is None or high > 0),
    )
    return Cells(base, tuple(Cell(_place(a), _place(b), held()) for a, b, held, is_met in cells if is_met))


def _place(v: int | None) -> Fraction | None:
    return None if v is None else Fraction(v)


def _lies_in(known: Range, v: int) -> bool:
    if v == 0 and known.nonzero:
        return False
    above = known.lower is None or known.lower < v or known.lower == v and not known.open_lower
    return above and (known.upper is None or known.upper > v or known.upper == v and not known.open_upper)


def _through(
    context: Context, term: Bound, base: Term, name: Symbol, slope: Fraction, start: Fraction, node: Node
) -> Found | Cells | None:
    """The limit by cells of the name in a linear base, found by those of the base itself."""
    own = Symbol("base", "real")
    back = over(minus(var(own), Num(start)), Num(slope))

    def rule(t: Term) -> Term | None:
        if isinstance(t, App) and t.op == "pow" and t.args[0] == base:
            return App("pow", (var(own), t.args[1]))
        return back if t == var(name) else None

    known, facts = context.range(name), [substitute(f, {name: back}) for f in context.assumptions]
    for bound, is_open, ops in ((known.lower, known.open_lower, ("ge", "gt")), (known.upper, known.open_upper, ("le", "lt"))):
        if bound is not None:
            op = ops[is_open] if slope > 0 else {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt"}[ops[is_open]]
            facts.append(App(op, (var(own), Num(start + slope * bound)), (), "truth"))
    there = replace(context, assumptions=()).given(*facts)
    turned = Bound(term.op, term.symbols, transform(term.body, rule), term.args, term.side, term.shape)
    made = by_parity(there, turned, node) or node(there, turned)
    if made is None:
        return None

    def put(held: Found) -> Found:
        conditions = tuple(substitute(c, {own: base}) for c in held.conditions)
        return Found(substitute(held.value, {own: base}), conditions, held.notes)

    if isinstance(made, Found):
        return put(made)
    if made.subject != var(own):
        return None

    def place(v: Fraction | None) -> Fraction | None:
        return None if v is None else (v - start) / slope

    cells = []
    for cell in made.flat():
        if isinstance(cell.held, Cells):
            return None
        held = None if cell.held is None else put(cell.held)
        ends = (cell.low, cell.high) if slope > 0 else (cell.high, cell.low)
        cells.append(Cell(place(ends[0]), place(ends[1]), held))
    return Cells(var(name), tuple(cells if slope > 0 else reversed(cells)))


def _powers(term: Term) -> Iterator[App]:
    return (t for t in subterms(term) if isinstance(t, App) and t.op == "pow" and not t.shape)


def _line(base: Term, context: Context) -> tuple[Symbol, tuple[Fraction, Fraction]] | None:
    """The name in a linear function with rational coefficients, and these."""
    names = free_symbols(base)
    if len(names) != 1 or names[0].kind != "real" or names[0].shape:
        return None
    x = symbol_for(names[0], context)
    e = attempt(lower, base, context)
    if e is None or not e.is_polynomial(x) or sp.degree(e, x) != 1:
        return None
    slope, start = sp.Poly(e, x).all_coeffs()
    if not (slope.is_Rational and start.is_Rational):
        return None
    return names[0], (Fraction(int(slope.p), int(slope.q)), Fraction(int(start.p), int(start.q)))


def _parities(exponent: Term, n: Symbol, context: Context) -> tuple[int, int] | None:
    """(-1)^exponent for even and for odd n."""
    x = symbol_for(n, context)
    e = attempt(lower, exponent, context)
    if e is None or e.free_symbols != {x} or not e.is_polynomial(x):
        return None
    coefficients: list[Any] = sp.Poly(e, x).all_coeffs()
    if not all(c.is_Integer for c in coefficients):
        return None
    return (-1) ** int(e.subs(x, 0) % 2), (-1) ** int(e.subs(x, 1) % 2)


def _of_both(context: Context, term: Bound, base: Term, n: Symbol, node: Node) -> Found | None:
    """The limit where the base is negative."""
    found = []
    for odd in (0, 1):

        def rule(t: Term, odd: int = odd) -> Term | None:
            if not (isinstance(t, App) and t.op == "pow" and t.args[0] == base and n in free_symbols(t.args[1])):
                return None
            signs = _parities(t.args[1], n, context)
            assert signs is not None
            size = Num(-base.value) if isinstance(base, Num) else negate(base)
            made = num(1) if size == num(1) else App("pow", (size, t.args[1]))
            return made if signs[odd] > 0 else negate(made)

        body = transform(term.body, rule)
        one = node(context, Bound(term.op, term.symbols, body, term.args, term.side, term.shape))
        if not isinstance(one, Found):
            return None
        found.append(one)
    even, odd_one = found
    return even if even.value == odd_one.value else Found(MISSING)


__all__ = ["by_parity"]
