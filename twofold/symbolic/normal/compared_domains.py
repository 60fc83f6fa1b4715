"""The conditions of one term that another does not ask for, in the fewest words: none of them follows from the others by signs or by factors."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Symbol, Term, free_symbols, num
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.conditions import Atom, beyond, factors_excluded, implied
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.field import Element, ZeroDenominator
from twofold.symbolic.normal.polynomials import TooLarge
from twofold.symbolic.normal.signs import exponent
from twofold.symbolic.normal.waves import TURNING, between_zeros, in_waves


def differences(c: Converter, left: Term, right: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that one side asks for and the other does not: where both are defined, all of them hold. None follows from the others."""
    a, b = Domain(c).read(left).atoms, Domain(c).read(right).atoms
    return shortest(c, {**beyond(a, b), **beyond(b, a)}, assumptions)


def lost(c: Converter, body: Term, variable: Symbol, value: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that a body asks for whatever its variable is, and a value made of it (a limit) does not show."""
    asked = {atom: shown for atom, shown in Domain(c).read(body).atoms.items() if variable not in free_symbols(shown)}
    return shortest(c, beyond(asked, Domain(c).read(value).atoms), assumptions)


def dropped(c: Converter, before: Term, after: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that a term asks for and another form of it does not show: (x^2 - 1)/(x - 1) is x + 1 where x != 1."""
    return shortest(c, beyond(Domain(c).read(before).atoms, Domain(c).read(after).atoms), assumptions)


def shortest(c: Converter, out: dict[Atom, Term], assumptions: Iterable[Term]) -> list[Term]:
    """The conditions without those that follow from the others."""
    for atom in [k for k in out if k[0] == "ge"]:
        shown = out[atom]
        zeros = factors_excluded(atom[1], out)
        if zeros and isinstance(shown, App) and shown.op in ("ge", "le"):
            del out[atom]
            for other in zeros:
                del out[other]
            out["gt", atom[1]] = app("gt" if shown.op == "ge" else "lt", *shown.args)
    order = sorted(out, key=lambda k: (len(k[1]), _degree(k), str(out[k])), reverse=True)  # type: ignore[arg-type]
    for atom in order:
        rest = [t for k, t in out.items() if k != atom]
        others = [k for k in out if k != atom]
        if implied(atom, others) or _product(atom, others) or (rest and _follows(c, out[atom], [*assumptions, *rest])):
            del out[atom]
    joined = _joined(c, out)
    if not c.field.real:
        from twofold.symbolic.normal.conjugates import nowhere_zero

        joined = {k: t for k, t in joined.items() if k[0] != "ne" or not nowhere_zero(c, dict(k[1]))}  # type: ignore[call-overload]
    return [t for (op, key), t in joined.items() if op != "ne" or not between_zeros(c, dict(key))]  # type: ignore[call-overload]


def independent(c: Converter, conditions: list[Term], value: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """Conditions of a value without those that it shows itself, or that follow from the others by signs or by their factors."""
    out, known = list(conditions), (*assumptions, *shortest(c, dict(Domain(c).read(value).atoms), assumptions))
    for t in sorted(conditions, key=lambda t: len(str(t))):
        rest = [s for s in out if s != t]
        if _follows(c, t, [*known, *rest]) or any(_divides(c, t, s) for s in rest):
            out = rest
    return out


def _degree(atom: Atom) -> float:
    """The degree of the polynomial of a condition: of a > 0, b > 0 and a*b > 0, the last says least."""
    return max((float(sum(e for _, e in m if isinstance(e, (int, Fraction)))) for m, _ in atom[1]), default=0.0)  # type: ignore[attr-defined]


def _product(atom: Atom, others: list[Atom]) -> bool:
    """Whether something is positive, or not negative, because it is the product of two of the others that are."""
    op, key = atom
    if op in ("ne", "pole") or len(others) > 6:
        return False
    wanted = dict(key)  # type: ignore[call-overload]
    wanted = P.scaled(wanted, 1 / P.content(wanted))
    for (way, a), (other, b) in combinations(others, 2):
        if {way, other} <= ({"gt"} if op == "gt" else {"gt", "ge"}):
            made = P.mul(dict(a), dict(b))  # type: ignore[call-overload]
            if P.scaled(made, 1 / P.content(made)) == wanted:
                return True
    return False


def _joined(c: Converter, out: dict[Atom, Term]) -> dict[Atom, Term]:
    """Conditions with sin(u/2) != 0 and cos(u/2) != 0 as sin(u) != 0."""
    waves = [k for k, (op, key) in enumerate(out) if op == "ne" and len(key) == 2]  # type: ignore[arg-type]
    atoms = list(out)
    for first, second in combinations(waves, 2):
        p, q = (dict(atoms[k][1]) for k in (first, second))  # type: ignore[call-overload]
        if set(p) != set(q) or not all(c.field.kernels[g][0] in TURNING for m in p for g, _ in m):
            continue
        whole = P.mul(p, q)
        body = in_waves(c, whole) if len(whole) == 2 else None
        if body is not None:
            rest = {a: t for k, (a, t) in enumerate(out.items()) if k not in (first, second)}
            return _joined(c, {**rest, ("ne", frozenset(P.primitive(whole)[2].items())): app("ne", body, num(0))})
    return out


def _divides(c: Converter, t: Term, other: Term) -> bool:
    """Whether something is not 0 because a product that it stands in is not."""
    if not (isinstance(t, App) and t.op == "ne" and isinstance(other, App) and other.op in ("ne", "gt", "lt")):
        return False
    try:
        mine, its = (_zeros(c, c.field.sub(c(s.args[0]), c(s.args[1]))) for s in (t, other))
    except (Outside, TooLarge, ZeroDenominator):
        return False
    return mine <= its


def _zeros(c: Converter, e: Element) -> set[frozenset]:  # type: ignore[type-arg]
    """The factors of an element; in the place of exp(u) - 1 those of u."""
    _, m, found = P.factors(e.num)
    out = {frozenset({((g, 1),): fmpq(1)}.items()) for g, _ in m if g not in c.field.positive}
    for p, _ in found:
        u = exponent(c.field, p) or exponent(c.field, P.scaled(p, fmpq(-1)))
        out |= _zeros(c, Element(u, P.constant(1))) if u else {frozenset(P.primitive(p)[2].items())}
    return out


def _follows(c: Converter, shown: Term, facts: list[Term]) -> bool:
    """Whether a condition follows from others by signs."""
    if not isinstance(shown, App) or shown.op not in ("ne", "gt", "ge", "lt", "le"):
        return False
    other = Converter(c.field.real)
    other.assume(facts)
    try:
        d = other.field.sub(other(shown.args[0]), other(shown.args[1]))
    except (Outside, TooLarge, ZeroDenominator):
        return False
    if not d.num or len(d.den) > 1:
        return False
    sign = other.signs.of(d.num)
    return sign in {"ne": ("+", "-"), "gt": ("+",), "ge": ("+", "0+"), "lt": ("-",), "le": ("-", "0-")}[shown.op]
