"""Limits by cases: of the place of a name on the line, or of the sign of a polynomial in names, where an expansion asks for that sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.grammar.term import App, Bound, Num, Symbol, Term, free_symbols, substitute, var
from twofold.symbolic.asymptotic.constants import Constants, Number, Undecided
from twofold.symbolic.asymptotic.rootless import rootless
from twofold.symbolic.calculus.cells import Cell, Cells, Found
from twofold.symbolic.calculus.negative_bases import by_parity
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.signs import exponent

MOST = 30
"""Limits that are taken for one question."""
DEPTH = 4
"""Signs that are decided one within another."""


class Open(Exception):
    """A limit that depends on a sign, and the places where that changes, if these can be told."""

    def __init__(self, splits: tuple[Split, ...] = ()) -> None:
        super().__init__()
        self.splits = splits


@dataclass(frozen=True)
class Split:
    """A term whose sign matters: a name and a number, or a polynomial and 0; and what its zeros put in the place of names."""

    subject: Term
    at: Fraction
    zeros: tuple[tuple[Symbol, Term], ...]
    sign: str | None = None
    """What is known of the sign of a polynomial: "0+", "0-" or nothing."""

    def says(self, op: str) -> App:
        return App(op, (self.subject, Num(self.at)), (), "truth")


Solve = Callable[[Context, Bound], tuple[Found, tuple[Split, ...]]]
"""A limit as it is in general, and what was taken for different from 0 to find it. Raises `Open`."""


class Cases:
    """The limits of one question."""

    def __init__(self, solve: Solve) -> None:
        self.solve, self.left = solve, MOST

    def found(self, context: Context, term: Bound) -> Found | None:
        """The limit, under conditions where it is not known or has no value for the rest; `None` where it is not found."""
        node = by_parity(context, term, lambda there, part: self._node(there, part, ())) or self._node(context, term, ())
        return node.joined() if isinstance(node, Cells) else node

    def _node(self, context: Context, term: Bound, made: tuple[Split, ...]) -> Found | Cells | None:
        if not self.left:
            return None
        self.left -= 1
        context = replace(context, notes=[], conditions=[])
        try:
            found, apart = self.solve(context, term)
        except Open as problem:
            split = next((s for s in problem.splits if s not in made), None)
            if split is None or len(made) == DEPTH:
                return None
            return Cells(split.subject, tuple(self._cells(context, term, split, (*made, split))))
        return self._apart(context, term, found, apart, made)

    def _apart(
        self, context: Context, term: Bound, found: Found, apart: tuple[Split, ...], made: tuple[Split, ...]
    ) -> Found | Cells | None:
        """What was found for different from 0, and what holds there."""
        if not apart:
            return found
        split, rest = apart[0], apart[1:]
        outside = self._apart(context, term, found, rest, made)
        at = split.at
        within = self._at(context, term, split, (*made, split)) if len(made) < DEPTH else None
        return Cells(split.subject, (Cell(None, at, outside), Cell(at, at, within), Cell(at, None, outside)))

    def _cells(self, context: Context, term: Bound, split: Split, made: tuple[Split, ...]) -> Iterator[Cell]:
        below, middle, above = True, True, True
        if not isinstance(split.subject, App):
            known = context.range(free_symbols(split.subject)[0])
            above = known.upper is None or known.upper > split.at
            below = known.lower is None or known.lower < split.at
            middle = not (known.nonzero and split.at == 0)
            for bound, is_open in ((known.lower, known.open_lower), (known.upper, known.open_upper)):
                middle &= bound != split.at or not is_open
        else:
            below, above = split.sign != "0+", split.sign != "0-"
        if below:
            yield Cell(None, split.at, self._node(context.given(split.says("lt")), term, made))
        if middle:
            yield Cell(split.at, split.at, self._at(context, term, split, made))
        if above:
            yield Cell(split.at, None, self._node(context.given(split.says("gt")), term, made))

    def _at(self, context: Context, term: Bound, split: Split, made: tuple[Split, ...]) -> Found | Cells | None:
        """The limit where the subject is at its place: the same for all names that can be put there."""
        values = []
        for name, value in split.zeros:
            facts = [substitute(f, {name: value}) for f in context.assumptions]
            if any(_fails(f) for f in facts):
                continue
            turned = substitute(Bound(term.op, term.symbols, term.body, term.args, term.side, term.shape), {name: value})
            assert isinstance(turned, Bound)
            values.append(self._node(replace(context, assumptions=tuple(facts)), turned, made))
        return values[0] if values and all(v == values[0] for v in values) else None


def _fails(fact: Term) -> bool:
    """Whether a strict comparison, or one of numbers, is false."""
    if not isinstance(fact, App) or fact.op not in _COMPARED or any(a.shape or a.sort != "number" for a in fact.args):
        return False
    try:
        c = converter(())
        gap = c.field.sub(c(fact.args[0]), c(fact.args[1]))
    except GIVES_UP:
        return False
    value = gap.rational()
    return value is not None and not _COMPARED[fact.op](value)


_COMPARED: dict[str, Callable[[Any], bool]] = {
    "lt": lambda v: v < 0, "le": lambda v: v <= 0, "gt": lambda v: v > 0, "ge": lambda v: v >= 0, "ne": lambda v: v != 0, "eq": lambda v: v == 0,
}  # fmt: skip


def splits(k: Constants, e: Number | None) -> tuple[Split, ...]:
    """Where the sign of a coefficient may change; none where that cannot be told."""
    if e is None or isinstance(e, fmpq) or k.waving(e):
        return ()
    try:
        factors = _factors(k, e)
        parts = [_split(k, p) for p in factors]
        if not parts or any(p is None for p in parts):
            return ()
        told = [p for p in parts if p is not None]
        if len(told) == 1 or all(not isinstance(p.subject, App) and p.subject == told[0].subject for p in told):
            return tuple(sorted(told, key=lambda p: p.at))
        whole: Poly = P.constant(1)
        for p in factors:
            whole = P.mul(whole, p)
        subject = k.term(Element(whole, UNIT))
        return (Split(subject, Fraction(0), tuple(z for p in told for z in p.zeros), k.c.signs.of(whole)),)
    except (Undecided, P.TooLarge):
        return ()


def zeros(k: Constants, p: Poly) -> Split | None:
    """Where a factor that was divided by is 0."""
    try:
        return _split(k, p)
    except Undecided:
        return None


def _factors(k: Constants, e: Element) -> list[Poly]:
    """The factors of numerator and denominator whose sign is not known; of a logarithm, what it is the logarithm of, less 1."""
    found: list[Poly] = []
    for p in (e.num, e.den):
        _, m, factors = P.factors(p)
        found += [{((g, 1),): fmpq(1)} for g, _ in m]
        found += [q for q, _ in factors]
    out: list[Poly] = []
    for q in found:
        if k.c.signs.of(q) in ("+", "-"):
            continue
        if len(q) == 1:
            ((mono, _),) = q.items()
            key = k.f.kernels[mono[0][0]]
            if key[0] == "log" and not isinstance(key[1], (int, tuple)):
                q = P.add(dict(key[1]), P.constant(1), -1)
            elif key[0] == "abs":
                q = dict(key[1])
        elif len(P.generators(q)) > 1 and (under := _under_roots(k, q)):
            out += [p for p in under if p not in out]
            continue
        elif (gap := rootless(k.c, q)) is not None:
            _, m, inner = P.factors(gap[0])
            out += [
                p
                for p in [{((g, 1),): fmpq(1)} for g, _ in m] + [p for p, _ in inner]
                if k.c.signs.of(p) not in ("+", "-") and p not in out
            ]
            continue
        elif (u := exponent(k.f, q)) is not None:
            _, m, inner = P.factors(u)
            out += [p for p in [{((g, 1),): fmpq(1)} for g, _ in m] + [p for p, _ in inner] if p not in out]
            continue
        if q not in out:
            out.append(q)
    return out


def _under_roots(k: Constants, q: Poly) -> list[Poly]:
    """What stands under the roots of a sum without a known sign: that is to be known first."""
    keys = [k.f.kernels[g] for g in sorted(P.generators(q)) if any(h == g and e == Fraction(1, 2) for m in q for h, e in m)]
    return [dict(key[1]) for key in keys if key[0] == "abs" and k.c.signs.of(dict(key[1])) is None]


def _split(k: Constants, p: Poly) -> Split | None:
    """The sign of one polynomial in real names; `None` where it does not stand alone with a rational factor."""
    if any(k.f.kernels[g][0] != "sym" or not isinstance(e, int) or e < 0 for m in p for g, e in m):
        return None
    for mono, c in p.items():
        if len(mono) != 1 or mono[0][1] != 1 or sum(any(g == mono[0][0] for g, _ in m) for m in p) != 1:
            continue
        name: Symbol = k.f.kernels[mono[0][0]][1]
        rest = {m: -v / c for m, v in p.items() if m != mono}
        if name.kind != "real" or name.shape:
            continue
        if not rest or set(rest) == {()}:
            at = rest.get((), fmpq(0))
            value = Fraction(int(at.p), int(at.q))
            return Split(var(name), value, ((name, Num(value)),))
        return Split(k.term(Element(p, UNIT)), Fraction(0), ((name, k.term(k.plain(Element(rest, UNIT)))),), k.c.signs.of(p))
    return None


__all__ = ["Cases", "Open", "Split", "splits", "zeros"]
