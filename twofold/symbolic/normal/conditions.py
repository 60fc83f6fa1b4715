"""Atomic conditions on polynomials, in a form that two terms can be compared in, and which of them follow from others by their factors alone."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from flint import fmpq

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term, num
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.waves import TURNING, in_waves

Atom = tuple[str, object]
"""("ne" | "gt" | "ge", key of a primitive polynomial with its sign), or ("pole", key of a polynomial that must be none of 0, -1, -2, …)."""


def as_term(c: Converter, op: str, q: Poly, shown: Term | None) -> Term:
    """The condition that `op` states of a polynomial, as a term; a bound on one symbol reads as such. `shown`: what else stands for the polynomial."""
    kernels = c.field.kernels
    if len(q) == 2 and () in q or len(q) == 1:
        mono = next((m for m in q if m), ())
        if len(mono) == 1 and mono[0][1] == 1 and kernels[mono[0][0]][0] == "sym":
            value = -q.get((), fmpq(0)) / q[mono]
            way = {"ne": "ne", "gt": "gt" if q[mono] > 0 else "lt", "ge": "ge" if q[mono] > 0 else "le"}[op]
            return app(way, raised(c, c.field.monomial(mono)), num(Fraction(int(value.p), int(value.q))))
    try:
        body = raised(c, Element(q, P.constant(1))) if is_readable(c, q) else shown
        body = in_waves(c, q) if body is None and op == "ne" else body
    except Outside:
        body = shown
    if body is None:
        raise Outside("a condition without a spelling")
    if op != "ne" and body is not shown and P.leading_sign(q) < 0 and len(q) > 1:
        body = raised(c, Element(P.scaled(q, fmpq(-1)), P.constant(1)))
        return app(MIRRORED[op], body, num(0))
    if op == "ne" and body is not shown and isinstance(body, App) and is_readable(c, q) and _begins_with_minus(body):
        body = raised(c, Element(P.scaled(q, fmpq(-1)), P.constant(1)))
    return app(op, body, num(0))


def is_readable(c: Converter, q: Poly) -> bool:
    """Whether a polynomial has no exponentials of imaginary terms."""
    return not any(c.field.kernels[g][0] in TURNING for m in q for g, _ in m)


def _begins_with_minus(t: Term) -> bool:
    while isinstance(t, App) and t.op in ("add", "sub"):
        t = t.args[0]
    return isinstance(t, App) and t.op == "neg"


def beyond(mine: dict[Atom, Term], other: dict[Atom, Term]) -> dict[Atom, Term]:
    """The conditions that do not stand among others and do not follow from one of them, each with a term that shows it."""
    out: dict[Atom, Term] = {}
    for atom, shown in mine.items():
        if implied(atom, other):
            continue
        gaps = [n for n in (_whole_gap(atom, k) for k in other if k[0] == "pole") if n is not None] if atom[0] == "pole" else []
        if gaps:
            # Of the poles of gamma(u) those of gamma(u + n) leave u = 0, …, -(n - 1).
            argument = shown.args[0].args[0]  # type: ignore[attr-defined]
            for j in range(min(gaps)):
                _, m, key = P.primitive(P.add(dict(atom[1]), P.constant(j)))  # type: ignore[call-overload]
                out["ne", frozenset(P.scaled(key, fmpq(1), m).items())] = app("ne", argument, num(-j))
        else:
            out[atom] = shown
    return out


_FAR = 4
"""Distances of the arguments of two functions with poles up to which the poles of only one are told one by one."""


def _whole_gap(atom: Atom, other: Atom) -> int | None:
    """n where another polynomial that must be no pole is this one and n, a small positive whole number."""
    gap = P.add(dict(other[1]), dict(atom[1]), -1)  # type: ignore[call-overload]
    if set(gap) != {()}:
        return None
    n = gap[()]
    return int(n.p) if n.q == 1 and 0 < n <= _FAR else None


def implied(atom: Atom, by: Iterable[Atom]) -> bool:
    """Whether a condition stands among others, or follows from one of them."""
    op, key = atom
    have = set(by)
    if op == "pole":
        # What is no pole of gamma(u) is none of gamma(u + n).
        for o, k in have:
            gap = P.add(dict(key), dict(k), -1) if o == "pole" else P.constant(-1)  # type: ignore[call-overload]
            if not gap or set(gap) == {()} and gap[()].q == 1 and gap[()] > 0:
                return True
        return ("gt", frozenset(P.primitive(dict(key))[2].items())) in have  # type: ignore[call-overload]
    if op == "ne":
        for o, k in have:
            gap = P.add(dict(key), dict(k), -1) if o == "pole" else P.constant(-1)  # type: ignore[call-overload]
            if not gap or set(gap) == {()} and gap[()].q == 1 and gap[()] >= 0:
                return True
        flipped = frozenset((m, -v) for m, v in key)  # type: ignore[attr-defined]
        if any((o, k) in have for k in (key, flipped) for o in ("ne", "gt")):
            return True
        return any(o in ("ne", "gt") and _is_factor(dict(key), dict(k)) for o, k in have)  # type: ignore[call-overload]
    if (op, key) in have or (op == "ge" and ("gt", key) in have):
        return True
    return op == "gt" and ("ge", key) in have and bool(factors_excluded(key, have))


def factors_excluded(key: object, by: Iterable[Atom]) -> list[Atom]:
    """The conditions among some that say of each factor of a polynomial that it is not 0; empty where one is missing."""
    have = set(by)
    _, m, found = P.factors(dict(key))  # type: ignore[call-overload]
    out: list[Atom] = []
    for p in [{((g, 1),): fmpq(1)} for g, _ in m] + [p for p, _ in found]:
        atom = next((a for q in (p, P.scaled(p, fmpq(-1))) if (a := ("ne", frozenset(q.items()))) in have), None)
        if atom is None:
            return []
        out.append(atom)
    return out


def _is_factor(p: Poly, whole: Poly) -> bool:
    """Whether a polynomial is a factor of another, up to powers of kernels that stand in all its terms."""
    if len(p) == 1:
        ((m, _),) = p.items()
        found = dict(P.primitive(whole)[1])
        return all(found.get(g, 0) >= e > 0 for g, e in m)
    whole = P.primitive(whole)[2]
    return len(whole) > 1 and set(P.generators(p)) <= set(P.generators(whole)) and P.exact_quotient(whole, p) is not None
