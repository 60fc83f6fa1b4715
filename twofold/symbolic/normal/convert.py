"""Terms to normal form: every operation of the language as arithmetic on kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations

from flint import fmpq, fmpz

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import MISSING, OO, App, Array, Bound, Const, Num, Symbol, Term, Var
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import UNIT, Element, Field, Key, ZeroDenominator
from twofold.symbolic.normal.polynomials import Mono, Poly, TooLarge
from twofold.symbolic.normal.signs import Signs

Rule = Callable[["Converter", App], Element]
RULES: dict[str, Rule] = {}


_MOST_PAIRS = 6
"""Facts of two terms that are added to others."""


class Outside(Exception):
    """A term that has no scalar normal form (a matrix of symbolic size, a law, a text)."""


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Registers a rule for operations of these names, in this package."""

    def register(f: Rule) -> Rule:
        for n in names:
            RULES[n] = f
        return f

    return register


class Converter:
    """One problem: its field, what is known of signs, and the elements of the terms met."""

    def __init__(self, real: bool = True) -> None:
        self.field = Field(real)
        self.signs = Signs(self.field)
        self.integers: set[int] = set()
        self.apart: set[frozenset] = set()  # type: ignore[type-arg]
        """Polynomials known not to be 0 (primitive ones, as their items)."""
        self.done: dict[Term, Element] = {}
        self.work = 0

    # --- facts -----------------------------------------------------------------------------------------------------------------

    def assume(self, facts: Iterable[Term]) -> None:
        """Learns signs from comparisons that hold."""
        for f in (part for fact in facts for part in conjuncts(fact)):
            if isinstance(f, App) and f.op in ("lt", "le", "gt", "ge") and not (f.args[0].shape or f.args[1].shape):
                small, large = f.args if f.op in ("lt", "le") else (f.args[1], f.args[0])
                if OO in (small, large):
                    continue
                try:
                    sign = "+" if f.op in ("lt", "gt") else "0+"
                    self.positive(self.field.sub(self(large), self(small)), sign)
                except (Outside, TooLarge, ZeroDenominator):
                    continue
            elif (
                isinstance(f, App)
                and f.op == "ne"
                and not (f.args[0].shape or f.args[1].shape)
                and f.args[0].sort == f.args[1].sort == "number"
            ):
                try:
                    self.differ(self.field.sub(self(f.args[0]), self(f.args[1])))
                except (Outside, TooLarge, ZeroDenominator):
                    continue
            elif isinstance(f, App) and f.op == "in" and isinstance(f.args[1], App) and f.args[1].op.startswith("interval"):
                lower, upper = f.args[1].args
                strict = f.args[1].op[-2:]
                self.assume(
                    [
                        App("lt" if strict[0] == "o" else "le", (lower, f.args[0])),
                        App("lt" if strict[1] == "o" else "le", (f.args[0], upper)),
                    ]
                )
        self._add_pairs()

    def _add_pairs(self) -> None:
        """Signs of single names by the sum of two facts: -a < b and b < a say that a is positive."""
        pairs = [(dict(key), sign) for key, sign in self.signs.known.items() if len(key) == 2 and sign in ("+", "0+")]
        for (p, one), (q, other) in combinations(pairs[:_MOST_PAIRS], 2):
            total = P.add(p, q)
            if len(total) == 1 and () not in total and set(p) == set(q):
                self.positive(Element(total, UNIT), "+" if "+" in (one, other) else "0+")

    def positive(self, e: Element, sign: str = "+") -> None:
        """Learns that an element has a sign: its one factor of unknown sign takes what is left over."""
        if not e.num:
            return
        try:
            c, m, found = P.factors(e.num)
        except TooLarge:
            return
        below = self.signs.of(e.den) if len(e.den) > 1 else "+"
        total = sign if c > 0 else _flip(sign)
        if below not in ("+", "-"):
            return
        if below == "-":
            total = _flip(total)
        odd: list[Poly] = []
        if "0" in sign and not all(self.signs.of(p) in ("+", "-") for p in [*(q for q, k in found if k % 2 == 0), *_even(m)]):
            return  # x^2*y >= 0 says nothing of y where x is 0
        for p, k in found:
            s = self.signs.of(p)
            if k % 2 and s in ("+", "-"):
                total = _flip(total) if s == "-" else total
            elif k % 2:
                odd.append(p)
        for g, k in m:
            s = self.signs.generator(g)
            if isinstance(k, int) and k % 2 and s in ("+", "-"):
                total = _flip(total) if s == "-" else total
            elif isinstance(k, int) and k % 2:
                odd.append({((g, 1),): fmpq(1)})
        if len(odd) == 1:
            self.signs.learn(odd[0], total)
            self.done.clear()

    def differ(self, e: Element) -> None:
        """Learns that an element is not 0: none of its factors is."""
        if not e.num:
            return
        _, m, found = P.factors(e.num)
        self.apart |= {frozenset(p.items()) for p, _ in found} | {frozenset({((g, 1),): fmpq(1)}.items()) for g, _ in m}

    def nonzero(self, e: Element) -> bool:
        """Whether an element is known not to be 0 anywhere."""
        if not self.field.zeroed(e.num):
            return False
        _, m, found = P.factors(e.num)
        parts: list[Poly] = [p for p, _ in found] + [
            {((g, 1),): fmpq(1)} for g, _ in m if self.field.kernels[g][0] not in ("unit", "cis", "exp", "phase", "growth")
        ]
        return all(frozenset(p.items()) in self.apart or self.signs.of(p) in ("+", "-") for p in parts)

    def continuous(self, e: Element) -> bool:
        """Whether an element has no whole-number names in it: an identity that holds but where it is 0 holds there too, both sides being continuous."""
        from twofold.symbolic.normal.dependence import depends

        return not any(depends(self, g, n) for p in (e.num, e.den) for g in P.generators(p) for n in self.integers)

    def symbol(self, s: Symbol) -> Element:
        """A free symbol, with its declared bounds."""
        key: Key = ("sym", s)
        new = key not in self.field.numbers
        e = self.field.atom(key)
        if new:
            g = self.field.kernel(key)
            if s.kind == "integer" or s.size:
                self.integers.add(g)
            self._bounds(g, s)
        return e

    def _bounds(self, g: int, s: Symbol) -> None:
        if s.kind == "complex":
            return
        if s.size:
            self.signs.bounds[g] = (Fraction(1), False, None, True)
            return
        low, high = _value(s.lower), _value(s.upper)
        if "positive" in s.properties and (low is None or low <= 0):
            low, open_low = Fraction(0), True
        elif "probability" in s.properties and low is None:
            low, open_low = Fraction(0), False
        else:
            open_low = s.open_lower
        if s.kind == "integer" and low is not None and open_low:
            low, open_low = Fraction(low.numerator // low.denominator + 1), False
        if low is not None or high is not None:
            self.signs.bounds[g] = (low, open_low, high, s.open_upper)
        e = self.field.monomial(((g, 1),))
        for bound, strict, sense in ((s.lower, s.open_lower, 1), (s.upper, s.open_upper, -1)):
            if bound is not None and _value(bound) is None and bound != OO and not bound.shape:
                try:
                    d = self.field.sub(e, self(bound))
                except Outside:
                    continue
                self.positive(d if sense > 0 else self.field.neg(d), "+" if strict else "0+")

    # --- terms -----------------------------------------------------------------------------------------------------------------

    def __call__(self, t: Term) -> Element:
        """The normal form of a scalar term. Raises `Outside`, `TooLarge`, `ZeroDenominator`."""
        found = self.done.get(t)
        if found is None:
            self.work += 1
            if self.work > 200_000:
                raise TooLarge("a term of this size")
            found = self._convert(t)
            self.done[t] = found
        return found

    def _convert(self, t: Term) -> Element:
        if t.shape:
            from twofold.symbolic.normal.matrices import entries

            rows = entries(self, t)
            if len(rows) == 1 and len(rows[0]) == 1:
                return rows[0][0]
            raise Outside("a matrix")
        if isinstance(t, Num):
            return self.field.number(t.value)
        if isinstance(t, Var):
            return self.symbol(t.symbol)
        if isinstance(t, Const):
            return self._constant(t)
        if isinstance(t, Bound):
            from twofold.symbolic.normal.binders import convert_bound

            return convert_bound(self, t)
        if isinstance(t, Array):
            raise Outside("a matrix")
        assert isinstance(t, App)
        made = RULES.get(t.op)
        if made is not None:
            return made(self, t)
        return self.function(t)

    def _constant(self, t: Const) -> Element:
        if t.name == "pi":
            return self.field.atom(("sym", "pi")) if ("sym", "pi") in self.field.numbers else self._pi()
        if t.name == "e":
            return exponential(self, self.field.number(1))
        if t.name == "im":
            return self.field.monomial(((self.field.unit, Fraction(1, 2)),))
        if t.name in ("oo", "all", "missing") or t.sort != "number":
            raise Outside(t.name)
        return self.field.atom(("sym", t.name))

    def _pi(self) -> Element:
        e = self.field.atom(("sym", "pi"))
        self.signs.bounds[self.field.kernel(("sym", "pi"))] = (Fraction(3), True, Fraction(22, 7), True)
        return e

    def function(self, t: App) -> Element:
        """A catalogue function without a rule of its own: its definition, or a kernel of its arguments in normal form."""
        spec = functions().get(t.op)
        if spec is not None and spec.definition and len(t.args) == len(spec.arguments):
            return self(formula(spec.definition, {a.name: x for a, x in zip(spec.arguments, t.args, strict=True)}))
        return self.opaque(t.op, [self.argument(a) for a in t.args])

    def argument(self, t: Term) -> Key:
        """A key for any argument: elements for scalars, rows of them for arrays, structure for the rest."""
        if t.sort == "number" and t != MISSING and t != OO:
            if t.shape:
                from twofold.symbolic.normal.matrices import entries

                return ("array", tuple(tuple(e.key for e in row) for row in entries(self, t)))
            return self(t).key
        if isinstance(t, App) and t.sort in ("truth", "law", "tuple", "set"):
            return (t.op, *(self.argument(a) for a in t.args))
        return ("term", t)

    def opaque(self, name: str, keys: list[Key]) -> Element:
        return self.field.atom((name, *keys))

    def truth(self, t: Term) -> Key:
        return self.argument(t)

    def is_integer(self, m: Mono) -> bool:
        """Whether a monomial takes whole values: a product of integer symbols to nonnegative powers."""
        return all(g in self.integers and isinstance(e, int) and e > 0 for g, e in m)

    # --- factors ---------------------------------------------------------------------------------------------------------------

    def split(self, e: Element) -> tuple[Fraction, list[tuple[Key, P.Exponent]]]:
        """A nonzero element as rational times kernels-or-irreducible-polynomials to powers.

        The keys are ("gen", number) and ("poly", frozenset)."""
        num = self.field.zeroed(e.num)
        c, m, found = P.factors(num)
        out: list[tuple[Key, P.Exponent]] = [(("gen", g), k) for g, k in m]
        out += [(("poly", frozenset(p.items())), k) for p, k in found]
        if len(e.den) > 1:
            d, n, below = P.factors(e.den)
            c /= d
            out += [(("gen", g), -k) for g, k in n]
            out += [(("poly", frozenset(p.items())), -k) for p, k in below]
        return Fraction(int(c.p), int(c.q)), out


def _even(m: Mono) -> list[Poly]:
    """The kernels of a monomial that do not stand there to an odd power."""
    return [{((g, 1),): fmpq(1)} for g, k in m if not isinstance(k, int) or k % 2 == 0]


def _flip(sign: str) -> str:
    return sign.replace("+", "?").replace("-", "+").replace("?", "-")


def _value(t: Term | None) -> Fraction | None:
    if t is None:
        return None
    from twofold.catalogue.constants import rational

    return rational(t)


def primes(c: Fraction) -> list[tuple[int, int]] | None:
    """The factorisation of a positive rational, or None where its numbers are too long to factor."""
    if max(c.numerator.bit_length(), c.denominator.bit_length()) > 160:
        return None
    out = [(int(p), int(k)) for p, k in fmpz(c.numerator).factor()] if c.numerator > 1 else []
    return out + ([(int(p), -int(k)) for p, k in fmpz(c.denominator).factor()] if c.denominator > 1 else [])


# --- arithmetic ----------------------------------------------------------------------------------------------------------------


def _binary(name: str) -> None:
    def run(c: Converter, t: App) -> Element:
        return getattr(c.field, name)(c(t.args[0]), c(t.args[1]))  # type: ignore[no-any-return]

    RULES[name] = run


for _name in ("add", "sub", "mul", "div"):
    _binary(_name)
RULES["emul"], RULES["ediv"] = RULES["mul"], RULES["div"]


@rule("mul")
def _mul(c: Converter, t: App) -> Element:
    if t.args[0].shape or t.args[1].shape:
        from twofold.symbolic.normal.matrices import entries

        return entries(c, t)[0][0]
    return c.field.mul(c(t.args[0]), c(t.args[1]))


@rule("neg")
def _neg(c: Converter, t: App) -> Element:
    return c.field.neg(c(t.args[0]))


@rule("transpose")
def _transpose(c: Converter, t: App) -> Element:
    return c(t.args[0])


@rule("pow", "epow")
def _pow(c: Converter, t: App) -> Element:
    from twofold.symbolic.normal.powers import power

    return power(c, c(t.args[0]), c(t.args[1]))


def exponential(c: Converter, u: Element, imaginary: bool = False) -> Element:
    """exp(u), or exp(i*u), as a product of exponentials of the terms of u."""
    from twofold.symbolic.normal.exponentials import exp_of

    return exp_of(c, u, imaginary)


__all__ = ["Converter", "Outside", "exponential", "rule"]
