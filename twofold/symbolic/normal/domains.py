"""Where a term as written has a value: the atomic conditions its parts impose, in a form that two sides can be compared in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from flint import fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Term, children, num, substitute
from twofold.symbolic.asymptotic import balls
from twofold.symbolic.normal import declared_domains
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.conditions import Atom, as_term, beyond, is_readable
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import UNIT, Element, ZeroDenominator
from twofold.symbolic.normal.polynomials import Poly, TooLarge
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.signs import exponent
from twofold.symbolic.normal.waves import TURNING, between_zeros

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
        return beyond(self.atoms, other.atoms)

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
            r = rational(t.args[1])
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
        if between_zeros(self.c, P.primitive(e.num)[2]):
            return
        _, m, found = P.factors(e.num)
        parts = [q for g, _ in m if not self._unit(g) for q in self._inside(g)] + [p for p, _ in found]
        for p in parts:
            if (u := exponent(self.c.field, p)) is not None and self.c.field.real:
                self.ask_nonzero(Element(u, UNIT), raised(self.c, Element(u, UNIT)))  # exp(u) is 1 where u is 0
            elif self.c.signs.of(p) not in ("+", "-") and not self._constant(p) and not between_zeros(self.c, p):
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
            shown = raised(self.c, e) if is_readable(self.c, e.num) else shown
        self.atoms.setdefault(
            ("pole", frozenset(e.num.items())), app("or", app("gt", shown, num(0)), app("ne", shown, app("floor", shown)))
        )

    def _constant(self, p: Poly) -> bool:
        """Whether a polynomial is a number that is certainly not 0."""
        e = Element(p, UNIT)
        return balls.is_number(self.c.field, e) and balls.apart(self.c.field, e)

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
        self.atoms.setdefault(key, as_term(self.c, op, q, shown))


def _factors(t: Term) -> Iterator[Term]:
    """The factors of a product as it is written."""
    if isinstance(t, App) and t.op == "mul":
        for a in t.args:
            yield from _factors(a)
    else:
        yield t
