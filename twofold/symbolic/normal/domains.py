"""Where a term as written has a value: the atomic conditions its parts impose, in a form that two sides can be compared in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations

from flint import fmpq

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Const, Num, Symbol, Term, children, free_symbols, num, substitute
from twofold.symbolic.asymptotic import balls
from twofold.symbolic.normal import declared_domains
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import UNIT, Element, ZeroDenominator
from twofold.symbolic.normal.polynomials import Poly, TooLarge
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.signs import exponent
from twofold.symbolic.normal.waves import TURNING, in_waves

Atom = tuple[str, object]
"""("ne" | "gt" | "ge", key of a primitive polynomial with its sign), or ("pole", key of a polynomial that must be none of 0, -1, -2, …)."""


_BELOW_ONE = frozenset("polylog elliptic_k elliptic_e".split())
_POLES = frozenset("gamma digamma polygamma factorial harmonic beta".split())
"""Functions with poles where an argument is 0 or a negative whole number; of the last two one less."""
_POSITIVE = frozenset("Ci Chi bessely besselk loggamma".split())


UNREAD = frozenset(
    "piecewise E Var Std Cov Corr P indicator implies iff or taylor laplace fourier inverse_laplace inverse_fourier".split()
)
"""Operations whose parts need not have values wherever the whole has one."""


class Domain:
    """The conditions of some terms: atoms with the terms that show them."""

    def __init__(self, c: Converter) -> None:
        self.c = c
        self.atoms: dict[Atom, Term] = {}
        self.impossible = False
        """Whether a condition is known to fail: the terms have no value anywhere."""
        self.unread = False
        """Whether a condition was met that could not be read."""

    def read(self, t: Term) -> Domain:
        """Adds what a term asks for. Bodies of binders and branches of piecewise expressions ask for nothing here."""
        if isinstance(t, Bound) and t.op == "diff" and not t.shape:
            return self._slope(t)
        if isinstance(t, Bound) or isinstance(t, App) and t.op in UNREAD:
            return self
        for part in children(t):
            self.read(part)
        if isinstance(t, App) and (not t.shape or t.op == "div"):
            try:
                self._ask(t)
            except ZeroDenominator:
                self.impossible = True
            except (Outside, TooLarge):
                self.unread = True
        return self

    def compared(self, t: App) -> bool:
        """Adds a comparison of numbers as a condition of its own, shown as it is where it is a single one; whether it could be read."""
        low, high = t.args if t.op in ("lt", "le") else reversed(t.args)
        before = set(self.atoms)
        try:
            gap = self.c.field.sub(self.c(high), self.c(low))
            if t.op == "ne":
                self.ask_nonzero(gap, app("sub", high, low))
            else:
                self.ask_sign(gap, "gt" if t.op in ("gt", "lt") else "ge", app("sub", high, low))
        except (Outside, TooLarge, ZeroDenominator):
            return False
        new = [k for k in self.atoms if k not in before]
        if len(new) == 1 and t.op != "ne":
            self.atoms[new[0]] = t
        return True

    def positive(self, p: Poly) -> None:
        """Adds that a polynomial is positive."""
        self._add("gt", p, None)

    def beyond(self, other: Domain) -> dict[Atom, Term]:
        """The conditions that do not stand among others, each with a term that shows it."""
        return _beyond(self.atoms, other.atoms)

    def _slope(self, t: Bound) -> Domain:
        """A derivative has a value inside the domain of what is differentiated."""
        here = Domain(self.c).read(substitute(t.body, {t.symbols[0]: t.args[0]}))
        self.impossible |= here.impossible
        self.unread |= here.unread
        for (op, key), shown in here.atoms.items():
            strict = {"ge": "gt", "le": "lt"}.get(shown.op, shown.op) if isinstance(shown, App) else ""
            self.atoms.setdefault(("gt" if op == "ge" else op, key), app(strict, *children(shown)))
        return self.read(t.args[0])

    def _ask(self, t: App) -> None:
        c, f = self.c, self.c.field
        if any(a.shape for a in (t.args[1:] if t.op == "div" else t.args)):
            return
        if t.op in ("div", "mod"):
            parts = list(_factors(t.args[1]))
            # The gamma function is never 0, but it is not written by its own factors: gamma(u + 1) is u*gamma(u).
            kept = [u for u in parts if not (isinstance(u, App) and u.op in ("gamma", "factorial"))]
            for u in kept if len(kept) < len(parts) else [t.args[1]]:
                self.ask_nonzero(c(u), u)
        elif t.op == "pow":
            r = _exponent(t.args[1])
            if r is not None and r.denominator == 1:
                if r < 0:
                    self.ask_nonzero(c(t.args[0]), t.args[0])
            else:
                declared_domains.of_power(self, t, r)
        elif t.op in ("sqrt", "log") and f.real:
            self.ask_sign(c(t.args[0]), "ge" if t.op == "sqrt" else "gt", t.args[0])
        elif t.op in ("log", "arg"):
            self.ask_nonzero(c(t.args[0]), t.args[0])
        elif t.op in ("asin", "acos") and f.real:
            u, one = c(t.args[0]), f.number(1)
            self.ask_sign(f.add(one, u), "ge", app("add", num(1), t.args[0]))
            self.ask_sign(f.sub(one, u), "ge", app("sub", num(1), t.args[0]))
        elif t.op == "atanh" and f.real:
            u, one = c(t.args[0]), f.number(1)
            self.ask_sign(f.add(one, u), "gt", app("add", num(1), t.args[0]))
            self.ask_sign(f.sub(one, u), "gt", app("sub", num(1), t.args[0]))
        elif t.op == "acosh" and f.real:
            self.ask_sign(f.sub(c(t.args[0]), f.number(1)), "ge", app("sub", t.args[0], num(1)))
        elif t.op in ("lambertw", "lambertwm1") and f.real:
            least = app("add", t.args[0], app("exp", num(-1)))
            self.ask_sign(c(least), "ge", least)
            if t.op == "lambertwm1":
                self.ask_sign(f.neg(c(t.args[0])), "gt", app("neg", t.args[0]))
        elif t.op in _BELOW_ONE and f.real:
            strict = t.op == "elliptic_k" or (t.op == "polylog" and (c(t.args[0]).rational() or 0) <= 1)
            self.ask_sign(f.sub(f.number(1), c(t.args[-1])), "gt" if strict else "ge", app("sub", num(1), t.args[-1]))
        elif t.op in _POSITIVE and f.real:
            self.ask_sign(c(t.args[-1]), "gt", t.args[-1])
        elif t.op in _POLES:
            for a in t.args[-1:] if t.op == "polygamma" else t.args:
                u = app("add", a, num(1)) if t.op in ("factorial", "harmonic") else a
                self._no_pole(c(u), u)
        elif t.op == "betainc" and f.real:
            for a, op in ((t.args[0], "gt"), (t.args[1], "gt"), (t.args[2], "ge"), (app("sub", num(1), t.args[2]), "ge")):
                self.ask_sign(c(a), op, a)
        elif t.op == "Ei" and f.real:
            self.ask_nonzero(c(t.args[0]), t.args[0])
        elif t.op == "erfinv" and f.real:
            for way in ("add", "sub"):
                bound = app(way, num(1), t.args[0])
                self.ask_sign(c(bound), "gt", bound)
        elif t.op in ("tan", "sec"):
            self.ask_nonzero(c(app("cos", t.args[0])), app("cos", t.args[0]))
        elif t.op in ("cot", "csc"):
            self.ask_nonzero(c(app("sin", t.args[0])), app("sin", t.args[0]))
        elif t.op in ("coth", "csch"):
            self.ask_nonzero(c(app("sinh", t.args[0])), app("sinh", t.args[0]))
        else:
            declared_domains.of_declaration(self, t)

    def ask_nonzero(self, e: Element, shown: Term) -> None:
        """Adds that an element is not 0."""
        if not self.c.field.zeroed(e.num):
            self.impossible = True
        if not e.num or e.rational() is not None:
            return
        if all(g == self.c.field.unit for g in P.generators(e.num)):
            return  # The zero test is complete among roots of unity.
        if self.between_zeros(P.primitive(e.num)[2]):
            return
        _, m, found = P.factors(e.num)
        parts = [q for g, _ in m if not self._unit(g) for q in self._inside(g)] + [p for p, _ in found]
        for p in parts:
            if (u := exponent(self.c.field, p)) is not None and self.c.field.real:
                self.ask_nonzero(Element(u, UNIT), raised(self.c, Element(u, UNIT)))  # exp(u) is 1 where u is 0
            elif self.c.signs.of(p) not in ("+", "-") and not self._constant(p) and not self.between_zeros(p):
                self._add("ne", p, shown if len(parts) == 1 else None)

    def _no_pole(self, e: Element, shown: Term) -> None:
        """That something is none of 0, -1, -2, …"""
        r = e.rational()
        if r is not None:
            self.impossible |= r.denominator == 1 and r <= 0
            return
        if len(e.den) > 1 or self.c.signs.of(e.num) == "+":
            return
        whole = all(self.c.is_integer(m) and v.q == 1 for m, v in e.num.items() if m)
        if whole and e.num.get((), fmpq(0)).q != 1:
            return
        with contextlib.suppress(Outside):
            shown = raised(self.c, e) if self._readable(e.num) else shown
        self.atoms.setdefault(
            ("pole", frozenset(e.num.items())), app("or", app("gt", shown, num(0)), app("ne", shown, app("floor", shown)))
        )

    def _constant(self, p: Poly) -> bool:
        """Whether a polynomial is a number that is certainly not 0."""
        e = Element(p, UNIT)
        return balls.is_number(self.c.field, e) and balls.apart(self.c.field, e)

    def between_zeros(self, p: Poly) -> bool:
        """Whether a sine or cosine has its angle between two neighbouring zeros: sin(t) is not 0 for 0 < t < pi."""
        c, f = self.c, self.c.field
        if len(p) != 2 or not all(f.kernels[g][0] in TURNING for g in P.generators(p)):
            return False
        wave = in_waves(c, p)
        if not isinstance(wave, App) or wave.op not in ("sin", "cos"):
            return False
        angle = c(wave.args[0])
        if any(f.kernels[g][0] == "sym" and not c.signs.is_bounded(g) for g in P.generators(angle.num)):
            return False
        pi = c(Const("pi"))
        turns = f.div(angle, pi)

        def beyond(quarter: int, way: int) -> bool:
            gap = f.mul(f.mul(f.sub(turns, f.number(Fraction(quarter, 4))), pi), f.number(way))
            return len(gap.den) == 1 and bool(gap.num) and c.signs.of(gap.num) == "+"

        shift = 2 * (wave.op == "cos")
        return any(
            any(beyond(k + q, 1) for q in range(4)) and any(beyond(k + q, -1) for q in range(4, 0, -1))
            for k in range(-8 - shift, 8, 4)
        )

    def _inside(self, g: int) -> list[Poly]:
        """A kernel, or what has the same zeros: log(abs(x)) is 0 where x is 1 or -1."""
        key = self.c.field.kernels[g]
        if key[0] == "log" and isinstance(key[1], frozenset) and self.c.field.real:
            inside = dict(key[1])
            signs = [1] if self.c.signs.of(inside) == "+" or ("gt", key[1]) in self.atoms else [1, -1]
            return [q for s in signs if len(q := P.add(inside, P.constant(-s))) > 1]
        if key[0] in ("abs", "cbrt") or (key[0] == "ipow" and key[1] != "minus" and self.c.signs.of({key[2]: fmpq(1)}) == "+"):
            return [dict(key[1])]
        return [{((g, 1),): fmpq(1)}]

    def _unit(self, g: int) -> bool:
        return (
            g in self.c.field.positive
            and self.c.field.kernels[g][0] != "abs"
            or self.c.field.kernels[g][0] in (*TURNING, "gamma")
        )

    def ask_sign(self, e: Element, op: str, shown: Term) -> None:
        """Adds that an element is positive (`gt`) or not negative (`ge`)."""
        if any(self.c.field.kernels[g][0] in TURNING for g in P.generators(e.num, e.den)):
            self._sign_of_wave(e, op, shown)
            return
        top = self.c.signs.of(e.num) if e.num else "0+"
        below = "+" if len(e.den) == 1 else self.c.signs.of(e.den)
        known = None if top is None or below is None else top if below == "+" else None
        if not e.num:
            self.impossible |= op == "gt"
            return
        if known == "-" or (top is not None and below == "-" and top == "+"):
            self.impossible = True
            return
        if known == "+" or (known == "0+" and op == "ge"):
            return
        if known == "0+":
            self.ask_nonzero(e, shown)
            return
        # The sign of a fraction is that of num*den; factors of known sign and squares do not matter for it.
        whole = P.mul(e.num, e.den)
        c, m, found = P.factors(whole)
        sign = 1 if c > 0 else -1
        left: Poly = P.constant(1)
        for p, k in [({((g, 1),): fmpq(1)}, k) for g, k in m] + list(found):
            s = self.c.signs.of(p)
            odd = not isinstance(k, int) or k % 2
            if s in ("+", "-"):
                sign = -sign if s == "-" and odd else sign
            elif odd:
                left = P.mul(left, p)
            elif op == "gt":
                self._add("ne", p, None)
        if len(left) == 1 and () in left:
            # What is nowhere positive: sqrt(-x^2) has a value where x is 0, which is no condition of these kinds.
            self.impossible |= sign < 0 and op == "gt"
            self.unread |= sign < 0 and op == "ge"
            return
        self._add(
            op,
            P.scaled(left, fmpq(sign)),
            shown if sign * (1 if c > 0 else -1) > 0 and len(e.den) == 1 and len(found) + len(m) == 1 else None,
        )

    def _sign_of_wave(self, e: Element, op: str, shown: Term) -> None:
        """The sign of a real term in exponentials of imaginary terms: that of the numerator times the conjugate of the denominator."""
        if not self.c.field.zeroed(e.num):
            self.impossible |= op == "gt"
            return
        p = P.mul(e.num, self.c.field.conjugate(e.den))
        if self._constant(p) and (sign := balls.sign(self.c.field, e)) is not None:
            self.impossible |= sign < 0
            return
        rest = sum((abs(v) for m, v in p.items() if m), fmpq(0))
        waves = all(self.c.field.kernels[g][0] in TURNING for g in P.generators(p))
        if waves and p.get((), fmpq(0)) >= rest:  # 1 - cos(x) is nowhere negative
            if op == "gt":
                self.ask_nonzero(e, shown)
            return
        key = frozenset(P.scaled(p, 1 / P.content(p)).items())
        self.atoms.setdefault((op, key), app(op, shown, num(0)))

    def _add(self, op: str, p: Poly, shown: Term | None) -> None:
        c, m, q = P.primitive(p)
        if m:
            q = P.scaled(q, fmpq(1), m)
        if op == "ne":
            key: Atom = ("ne", frozenset(q.items()))
        else:
            q = q if c > 0 else P.scaled(q, fmpq(-1))
            key = (op, frozenset(q.items()))
        self.atoms.setdefault(key, self._condition(op, q, shown))

    def _condition(self, op: str, q: Poly, shown: Term | None) -> Term:
        """The condition as a term; a bound on one symbol reads as such."""
        kernels = self.c.field.kernels
        if len(q) == 2 and () in q or len(q) == 1:
            mono = next((m for m in q if m), ())
            if len(mono) == 1 and mono[0][1] == 1 and kernels[mono[0][0]][0] == "sym":
                value = -q.get((), fmpq(0)) / q[mono]
                way = {"ne": "ne", "gt": "gt" if q[mono] > 0 else "lt", "ge": "ge" if q[mono] > 0 else "le"}[op]
                return app(way, raised(self.c, self.c.field.monomial(mono)), num(Fraction(int(value.p), int(value.q))))
        try:
            body = raised(self.c, Element(q, P.constant(1))) if self._readable(q) else shown
            body = in_waves(self.c, q) if body is None and op == "ne" else body
        except Outside:
            body = shown
        if body is None:
            raise Outside("a condition without a spelling")
        if op != "ne" and body is not shown and P.leading_sign(q) < 0 and len(q) > 1:
            body = raised(self.c, Element(P.scaled(q, fmpq(-1)), P.constant(1)))
            return app(MIRRORED[op], body, num(0))
        if op == "ne" and body is not shown and isinstance(body, App) and self._readable(q) and _begins_with_minus(body):
            body = raised(self.c, Element(P.scaled(q, fmpq(-1)), P.constant(1)))
        return app(op, body, num(0))

    def _readable(self, q: Poly) -> bool:
        return not any(self.c.field.kernels[g][0] in TURNING for m in q for g, _ in m)


def _begins_with_minus(t: Term) -> bool:
    while isinstance(t, App) and t.op in ("add", "sub"):
        t = t.args[0]
    return isinstance(t, App) and t.op == "neg"


def _factors(t: Term) -> Iterator[Term]:
    """The factors of a product as it is written."""
    if isinstance(t, App) and t.op == "mul":
        for a in t.args:
            yield from _factors(a)
    else:
        yield t


def _exponent(t: Term) -> Fraction | None:
    if isinstance(t, Num):
        return t.value
    from twofold.catalogue.constants import rational

    return rational(t)


def differences(c: Converter, left: Term, right: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that one side asks for and the other does not: where both are defined, all of them hold. None follows from the others."""
    a, b = Domain(c).read(left).atoms, Domain(c).read(right).atoms
    return shortest(c, {**_beyond(a, b), **_beyond(b, a)}, assumptions)


def lost(c: Converter, body: Term, variable: Symbol, value: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that a body asks for whatever its variable is, and a value made of it (a limit) does not show."""
    asked = {atom: shown for atom, shown in Domain(c).read(body).atoms.items() if variable not in free_symbols(shown)}
    return shortest(c, _beyond(asked, Domain(c).read(value).atoms), assumptions)


def dropped(c: Converter, before: Term, after: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """The conditions that a term asks for and another form of it does not show: (x^2 - 1)/(x - 1) is x + 1 where x != 1."""
    return shortest(c, _beyond(Domain(c).read(before).atoms, Domain(c).read(after).atoms), assumptions)


def _beyond(mine: dict[Atom, Term], other: dict[Atom, Term]) -> dict[Atom, Term]:
    out: dict[Atom, Term] = {}
    for atom, shown in mine.items():
        if _implied(atom, other):
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


def shortest(c: Converter, out: dict[Atom, Term], assumptions: Iterable[Term]) -> list[Term]:
    """The conditions without those that follow from the others."""
    for atom in [k for k in out if k[0] == "ge"]:
        shown = out[atom]
        zeros = _factors_excluded(atom[1], out)
        if zeros and isinstance(shown, App) and shown.op in ("ge", "le"):
            del out[atom]
            for other in zeros:
                del out[other]
            out["gt", atom[1]] = app("gt" if shown.op == "ge" else "lt", *shown.args)
    order = sorted(out, key=lambda k: (len(k[1]), _degree(k), str(out[k])), reverse=True)  # type: ignore[arg-type]
    for atom in order:
        rest = [t for k, t in out.items() if k != atom]
        others = [k for k in out if k != atom]
        if _implied(atom, others) or _product(atom, others) or (rest and _follows(c, out[atom], [*assumptions, *rest])):
            del out[atom]
    domain = Domain(c)
    joined = _joined(c, out)
    if not c.field.real:
        from twofold.symbolic.normal.conjugates import nowhere_zero

        joined = {k: t for k, t in joined.items() if k[0] != "ne" or not nowhere_zero(c, dict(k[1]))}  # type: ignore[call-overload]
    return [t for (op, key), t in joined.items() if op != "ne" or not domain.between_zeros(dict(key))]  # type: ignore[call-overload]


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


def independent(c: Converter, conditions: list[Term], value: Term, assumptions: Iterable[Term] = ()) -> list[Term]:
    """Conditions of a value without those that it shows itself, or that follow from the others by signs or by their factors."""
    out, known = list(conditions), (*assumptions, *shortest(c, dict(Domain(c).read(value).atoms), assumptions))
    for t in sorted(conditions, key=lambda t: len(str(t))):
        rest = [s for s in out if s != t]
        if _follows(c, t, [*known, *rest]) or any(_divides(c, t, s) for s in rest):
            out = rest
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


def _factors_excluded(key: object, by: Iterable[Atom]) -> list[Atom]:
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


def _implied(atom: Atom, by: Iterable[Atom]) -> bool:
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
    return op == "gt" and ("ge", key) in have and bool(_factors_excluded(key, have))


def _is_factor(p: Poly, whole: Poly) -> bool:
    """Whether a polynomial is a factor of another, up to powers of kernels that stand in all its terms."""
    if len(p) == 1:
        ((m, _),) = p.items()
        found = dict(P.primitive(whole)[1])
        return all(found.get(g, 0) >= e > 0 for g, e in m)
    whole = P.primitive(whole)[2]
    return len(whole) > 1 and set(P.generators(p)) <= set(P.generators(whole)) and P.exact_quotient(whole, p) is not None


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


__all__ = ["Atom", "Domain", "differences", "independent", "lost", "shortest"]
