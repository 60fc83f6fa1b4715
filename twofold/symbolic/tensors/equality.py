"""Normal forms and proofs of equality, for all sizes and entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from twofold.grammar.term import Symbol, Term
from twofold.symbolic.tensors.algebra import add, multiply, negative, product, scale, subtract
from twofold.symbolic.tensors.arrangement import full
from twofold.symbolic.tensors.determinants import by_lemma, has_determinant
from twofold.symbolic.tensors.entrywise import unfolded
from twofold.symbolic.tensors.functions import call, condition_positive
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Call,
    Entry,
    Factor,
    Index,
    Monomial,
    Poly,
    Tensor,
    Unsupported,
    constant,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import remake, rename, visit

TRIES, WIDEST = 6, 150
"""How many products with a denominator are tried, and the number of terms past which none is looked at."""


@dataclass(frozen=True, slots=True)
class Normal:
    """The normal form of a term: two terms with equal normal forms are equal wherever both are defined; different ones prove
    nothing.

    `symbols` keeps alive what the key names.
    """

    key: str
    symbols: tuple[Symbol, ...] = field(compare=False, repr=False)


def normal(term: Term) -> Normal:
    """The normal form of a term, for all sizes and entries. Raises `Unsupported` for what the index algebra does not cover."""
    t = _tensor(term)
    poly = reduced(unfold(t.poly))
    shown = Tensor(_upright(t), poly)
    return Normal(shown.key({}, 0), tuple(sorted(_symbols(poly), key=lambda s: s.name)))


def equal(a: Term, b: Term) -> bool:
    """Whether two terms are shown to be equal, for all sizes and entries that the declarations admit, wherever both are defined
    over the reals.

    False says that this was not shown. A derivative counts as defined where each of its parts is differentiable.
    """
    if a.sort != "number" or b.sort != "number":
        return False
    try:
        return vanishes(difference(a, b))
    except Unsupported:
        return False


def _tensor(term: Term) -> Tensor:
    return Reader(strict=True).read(term)


def _upright(t: Tensor) -> tuple[tuple[Index, ...], ...]:
    return full(t) if t.live else ()


def difference(a: Term, b: Term, reader: Reader | None = None) -> Poly:
    """The difference of two terms of one shape over the same free indices. Raises `Unsupported`.

    A strict reader that is used again has read the parts that the terms share.
    """
    reader = reader or Reader(strict=True)
    x, y = reader.read(a), reader.read(b)
    mine, other = _upright(x), _upright(y)
    if [[i.range for i in axis] for axis in mine] != [[i.range for i in axis] for axis in other]:
        raise Unsupported("sizes that are not the same expression")
    names = {j: i for p, q in zip(mine, other, strict=True) for i, j in zip(p, q, strict=True)}
    return subtract(x.poly, rename(y.poly, names))


def vanishes(poly: Poly) -> bool:
    """Whether an expression is shown to be zero wherever it is defined."""
    poly = reduced(poly)
    if not poly.terms:
        return True
    opened = reduced(_by_sine(_beside_kinks(unfold(poly))))
    if not opened.terms or _cleared(opened):
        return True
    if has_determinant(opened):
        lemma = reduced(by_lemma(opened))
        if lemma.ident != opened.ident and (not lemma.terms or _cleared(lemma)):
            return True
    chosen = reduced(_by_conditions(opened))
    return not chosen.terms or (opened.ident != poly.ident and _cleared(poly))


def _cleared(poly: Poly) -> bool:
    """Multiplies by what stands in a denominator, scalars first, then matrices from either side, and looks whether nothing is
    left.
    """
    tries = TRIES
    todo = [poly]
    while todo and tries:
        poly = todo.pop()
        divided = _without_powers(poly)
        for better in [divided] if divided is not None else _without_inverses(poly):
            tries -= 1
            if len(better.terms) > WIDEST:
                return False
            left = reduced(better)
            if not left.terms:
                return True
            todo.append(left)
            if not tries:
                break
    return False


def _without_powers(poly: Poly) -> Poly | None:
    """Times the least power of a sum that stands in a denominator; the sum may depend on free indices only."""
    for m, _ in poly.terms:
        for f, e in m.powers:
            if isinstance(f, Call) and f.op == "group" and e < 0 and f.indices <= poly.indices and len(f.inner.terms) > 1:
                least = min(d for n, _ in poly.terms for g, d in n.powers if g == f)
                return multiply(poly, single(f, -(least // 1)))
    return None


def _without_inverses(poly: Poly) -> Iterator[Poly]:
    """Times a matrix, from a side where its inverse stands in some term; the longest matrix comes last."""
    found: dict[tuple[str, str], tuple[Call, int, Index]] = {}
    for m, _ in poly.terms:
        for f, e in m.powers:
            if not (isinstance(f, Call) and f.op == "inv" and e == 1):
                continue
            for place, slot in enumerate(f.slots):
                if (
                    isinstance(slot, Index)
                    and slot in poly.indices
                    and not any(slot in g.indices for g, _ in m.powers if g is not f)
                ):
                    found[f.arguments[0].key({}, 0), slot.name] = (f, place, slot)
    for name in sorted(found, key=lambda k: (len(k[0]), k)):
        f, place, slot = found[name]
        if f.slots[0] is f.slots[1]:
            continue
        r, c = f.arguments[0].live
        summed = slot.fresh()
        names = {r: slot, c: summed} if place == 0 else {c: slot, r: summed}
        yield multiply(rename(f.arguments[0].poly, names), rename(poly, {slot: summed}), (summed,))


def _beside_kinks(poly: Poly) -> Poly:
    """Steps off zero, as they are undefined at zero: a step is a condition there, and its argument is not zero."""
    steps = {_anywhere(f.inner) for f in _calls(poly) if f.op == "step"}
    if not steps:
        return poly

    def rule(f: Factor) -> Poly | Factor | None:
        if isinstance(f, Call) and f.op == "step":
            return condition_positive(f.inner)
        if isinstance(f, Call) and f.op == "zero" and (_anywhere(f.inner) in steps or _anywhere(negative(f.inner)) in steps):
            return ZERO
        return None

    return visit(poly, rule)


def _by_conditions(poly: Poly) -> Poly:
    """`relu(P)` as P where P > 0, beside conditions on the same P."""
    conditions = {_anywhere(f.inner) for f in _calls(poly) if f.op == "positive"}

    def rule(f: Factor) -> Poly | Factor | None:
        if (
            isinstance(f, Call)
            and f.op == "abs"
            and not f.slots
            and conditions & {_anywhere(f.inner), _anywhere(negative(f.inner))}
        ):
            holds = condition_positive(f.inner)
            return subtract(scale(multiply(f.inner, holds), 2), f.inner)
        return None

    return visit(poly, rule) if conditions else poly


def _by_sine(poly: Poly) -> Poly:
    """Squares of cosines by sines."""
    out = []
    for m, c in poly.terms:
        squares = [(f, e // 2) for f, e in m.powers if isinstance(f, Call) and f.op == "cos" and e >= 2 and e == int(e)]
        rest = Monomial(
            (), tuple((f, e % 2 if isinstance(f, Call) and f.op == "cos" and e >= 2 and e == int(e) else e) for f, e in m.powers)
        )
        sines = [power(subtract(ONE, power(call("sin", f.inner), 2)), e) for f, e in squares]
        out.append(multiply(Poly(((rest, c),)), product(sines), m.bound) if squares else Poly(((m, c),)))
    return add(*out)


def _anywhere(poly: Poly) -> str:
    """The key of an entry of an array, whichever entry it is."""
    return poly.key({i: f"?{i.range}" for i in poly.indices}, 0)


def _calls(poly: Poly) -> Iterator[Call]:
    for m, _ in poly.terms:
        for f, _ in m.powers:
            if isinstance(f, Call):
                yield f


# --- definitions ---------------------------------------------------------------------------------------------------------------


def unfold(poly: Poly) -> Poly:
    """Functions that abbreviate an expression written out, trigonometric and hyperbolic functions by sine and exponential."""
    return visit(poly, _unfolded)


def _unfolded(f: Factor) -> Poly | Factor | None:
    if not isinstance(f, Call):
        return None
    inside = tuple(Tensor(t.axes, unfold(t.poly)) for t in f.arguments)
    rule = _BY_NAME.get(f.op)
    if rule is not None:
        return rule(inside[0].poly)
    if f.op not in ("group", "exp", "log", "inv", "power"):
        written = unfolded(f)
        if written is not None:
            return unfold(written)
    if all(a.poly is b.poly for a, b in zip(inside, f.arguments, strict=True)):
        return None
    return remake(f, inside, f.slots)


def _exponentials(u: Poly, sign: int) -> Poly:
    return add(call("exp", u), multiply(constant(sign), call("exp", negative(u))))


def _half() -> Poly:
    return power(constant(2), -1)


_BY_NAME = {
    "sinh": lambda u: multiply(_half(), _exponentials(u, -1)),
    "cosh": lambda u: multiply(_half(), _exponentials(u, 1)),
    "tanh": lambda u: multiply(_exponentials(u, -1), power(_exponentials(u, 1), -1)),
    "tan": lambda u: multiply(call("sin", u), power(call("cos", u), -1)),
}


def _symbols(poly: Poly) -> set[Symbol]:
    found: set[Symbol] = set()
    for m, _ in poly.terms:
        for f, _ in m.powers:
            if isinstance(f, Entry):
                found.add(f.symbol)
            elif isinstance(f, Call):
                for t in f.arguments:
                    found |= _symbols(t.poly)
            for i in f.indices:
                found |= _symbols(i.lower) | _symbols(i.upper)
    return found
