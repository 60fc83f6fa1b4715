"""Sums of products of matrices, with common factors taken out on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Term, num
from twofold.symbolic.tensors.hadamard import joined_entrywise
from twofold.symbolic.tensors.node import Number
from twofold.symbolic.tensors.pieces import Letter, Letters


@dataclass(frozen=True, slots=True)
class Word:
    """A rational coefficient, scalar factors with exponents, and a product of matrices (none for a scalar)."""

    coefficient: Number
    scalars: tuple[tuple[Term, Number], ...]
    letters: Letters


def sum_of(words: Sequence[Word]) -> Term:
    """The sum as a term: what all words share comes out, then common first and last letters. There is at least one word."""
    shared = dict(words[0].scalars)
    for w in words[1:]:
        mine = dict(w.scalars)
        shared = {t: e for t, e in shared.items() if mine.get(t) == e}
    common = divisor([w.coefficient for w in words])
    if len(words) > 1 and not all(w.letters for w in words):
        common = abs(common) if common.denominator == 1 or not shared else common
    rest = [Word(w.coefficient / common, tuple((t, e) for t, e in w.scalars if t not in shared), w.letters) for w in words]
    if len(rest) == 1:
        return times(common * rest[0].coefficient, tuple(shared.items()), spelled(rest[0].letters))
    groups: dict[tuple[tuple[Term, Number], ...], dict[Letters, Number]] = {}
    for w in rest:
        row = groups.setdefault(w.scalars, {})
        row[w.letters] = row.get(w.letters, 0) + w.coefficient
    parts: list[tuple[Number, tuple[tuple[Term, Number], ...], Letters]] = []
    for scalars, row in groups.items():
        parts += [(c, scalars, letters) for letters, c in joined_entrywise(factored(row)).items()]
    inside = _added([(c, times(abs(c), scalars, spelled(letters))) for c, scalars, letters in parts])
    if len(parts) == 1:
        c, scalars, letters = parts[0]
        return times(c * common, (*shared.items(), *scalars), spelled(letters))
    return times(common, tuple(shared.items()), (inside,)) if shared or common != 1 else inside


def divisor(numbers: Sequence[Number]) -> Fraction:
    """The number to take out of a sum: the common absolute value of all coefficients or 1, negative if all of them are."""
    sizes = {abs(Fraction(c)) for c in numbers}
    size = sizes.pop() if len(sizes) == 1 else Fraction(1)
    return -size if all(c < 0 for c in numbers) else size


def factored(row: dict[Letters, Number]) -> dict[Letters, Number]:
    """Words with common first letters, common remainders and common last letters joined."""
    for _ in range(4):
        before = row
        row = _joined(row, lambda w: (w[0],), lambda w: w[1:], True)
        row = _joined(row, lambda w: w[1:], lambda w: (w[0],), False)
        row = _joined(row, lambda w: (w[-1],), lambda w: w[:-1], False)
        row = _joined(row, lambda w: w[:-1], lambda w: (w[-1],), True)
        if row == before:
            break
    return row


def _joined(row: dict[Letters, Number], common, other, first: bool) -> dict[Letters, Number]:  # type: ignore[no-untyped-def]
    """Words of the same common part, joined to one word with a sum for the other part."""
    groups: dict[Letters, dict[Letters, Number]] = {}
    out: dict[Letters, Number] = {}
    for w, c in row.items():
        if len(w) < 2:
            out[w] = c
        else:
            groups.setdefault(common(w), {})[other(w)] = c
    for part, rest in groups.items():
        if len(rest) == 1:
            other_part, c = next(iter(rest.items()))
        else:
            inner = joined_entrywise(factored(rest))
            c = divisor(list(inner.values()))
            scaled = {w: k / c for w, k in inner.items()}
            if len(scaled) == 1:
                other_part, k = next(iter(scaled.items()))
                c = c * k
            else:
                other_part = (Letter(total_of(scaled), all(len(w) == 1 and w[0].symmetric for w in scaled)),)
        word = part + other_part if first else other_part + part
        out[word] = out.get(word, 0) + c
    return out


def total_of(row: dict[Letters, Number]) -> Term:
    """The sum of some words as a term."""
    return _added([(k, times(abs(k), (), spelled(w))) for w, k in row.items()])


def _added(parts: Sequence[tuple[Number, Term]]) -> Term:
    """A sum of terms with signs, a positive one first where there is one."""
    ordered = sorted(parts, key=lambda p: p[0] < 0)
    out: Term | None = None
    for c, t in ordered:
        if out is None:
            out = t if c > 0 else negated(t)
        else:
            out = app("add" if c > 0 else "sub", out, t)
    assert out is not None
    return out


def spelled(letters: Letters) -> tuple[Term, ...]:
    """The letters of a product as terms."""
    return tuple(x.written for x in letters)


def negated(t: Term) -> Term:
    return Num(-t.value) if isinstance(t, Num) else app("neg", t)


def times(c: Number, scalars: Sequence[tuple[Term, Number]], body: Sequence[Term] = ()) -> Term:
    """A number times powers of scalars times a matrix; negative powers make a quotient."""
    value = Fraction(c)
    above = [x for t, e in scalars if e > 0 for x in _chain(power(t, e))]
    below = [power(t, -e) for t, e in scalars if e < 0]
    if value.denominator != 1:
        below.insert(0, num(value.denominator))
    if abs(value.numerator) != 1 or (not above and not body):
        above.insert(0, num(abs(value.numerator)))
    above += body
    out = above[0]
    for t in above[1:]:
        out = app("mul", out, t)
    if below:
        bottom = below[0]
        for t in below[1:]:
            bottom = app("mul", bottom, t)
        out = app("div", out, bottom)
    return negated(out) if value < 0 else out


def _chain(t: Term) -> list[Term]:
    """The factors of a product, which may be multiplied from the left by a scalar one after the other."""
    return [*_chain(t.args[0]), t.args[1]] if isinstance(t, App) and t.op == "mul" else [t]


def power(t: Term, e: Number) -> Term:
    """A power of a scalar."""
    if e == 1:
        return t
    if e == Fraction(1, 2):
        return app("sqrt", t)
    return app("pow", t, num(e))
