"""Terms as multiseries in X, which tends to infinity: x = a + 1/X, a - 1/X, X or -X."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from twofold.catalogue.constants import rational
from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import (
    FALSE,
    INFINITE,
    MINUS_OO,
    OO,
    TRUE,
    App,
    Const,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    subterms,
)
from twofold.symbolic.asymptotic.constants import ONE, ZERO, Constants, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.elementary import HALF
from twofold.symbolic.asymptotic.multiseries import Series, Value
from twofold.symbolic.asymptotic.polylogarithms import polylog
from twofold.symbolic.asymptotic.special import Special


class Expansion(Special):
    """The expansions of the parts of a term near a point, from one side; `terms` of each."""

    def __init__(self, k: Constants, x: Symbol, point: Term, side: int, terms: int, deep: bool) -> None:
        super().__init__(k, terms, deep)
        self.variable = x
        self.infinite = 1 if point == OO else -1 if point == MINUS_OO else 0
        self.side = self.infinite or side
        place = App("pow", (self.x.term, num(1 if self.infinite else -1)))
        moved: Term = place if self.side > 0 else App("neg", (place,))
        self.place = moved if self.infinite else App("add", (point, moved))
        self.at: Value = self.monomial(self.x, fmpq(1 if self.infinite else -1), fmpq(self.side))
        if not self.infinite:
            self.at = self.add(self.at, k.of(point))
        self.continuous = x.kind != "integer"
        self.done: dict[Term, Value] = {}
        self._floors: list[tuple[Value, Number]] = []

    def placed(self, t: Term) -> Term:
        return substitute(t, {self.variable: self.place})

    def of(self, t: Term) -> Value:
        """The expansion of a scalar term. Raises `Undecided`, `Short`, `NotReal`."""
        found = self.done.get(t)
        if found is None:
            found = self._one(t)
            if isinstance(found, Series):
                found = Series(found.b, found.e, found.c, found.end, ("source", t))
            self.done[t] = found
        return found

    def _one(self, t: Term) -> Value:
        if isinstance(t, Var) and t.symbol is self.variable:
            return self.at
        if self.variable not in free_symbols(t) and not (_is_restricted(t) and not free_symbols(t)):
            return self.k.of(t)
        if not isinstance(t, App) or t.shape:
            if self.variable not in free_symbols(t):
                return self.k.of(t)
            raise Undecided
        rule = _RULES.get(t.op)
        if rule is not None:
            return rule(self, t)
        plain = _PLAIN.get(t.op)
        if plain is not None and len(t.args) == 1:
            return plain(self, self.of(t.args[0]))
        spec = functions().get(t.op)
        if spec is not None and spec.definition and len(t.args) == len(spec.arguments):
            return self.of(formula(spec.definition, {a.name: x for a, x in zip(spec.arguments, t.args, strict=True)}))
        raise Undecided

    # --- powers ------------------------------------------------------------------------------------------------------------------------

    def raised(self, t: App) -> Value:
        base, exponent = t.args
        if self.variable not in free_symbols(exponent):
            r = rational(exponent)
            return self.power(self.of(base), fmpq(r.numerator, r.denominator) if r is not None else self.k.of(exponent))
        w = self.of(exponent)
        if base == Const("e"):
            return self.exp(w)
        v = self.of(base)
        if not isinstance(v, Series) and self.infinite > 0 and self.whole(exponent) and self.k.sign(v) < 0:
            # A sequence: the sign changes as the exponent says.
            wave = self.k.wave(-1, 1, lasting=self._steps(exponent))
            self.sided = True
            return self.mul(wave, self.exp(self.mul(w, self.k.log(self.k.neg(v)))))
        if not isinstance(v, Series) and self.k.is_zero(v) and (way := self.sign(w)):
            if way < 0:
                raise NotReal
            return ZERO
        return self.exp(self.mul(w, self.log(v)))

    def whole(self, t: Term) -> bool:
        """Whether a term takes whole values for whole values of the variable: sums and products of it and whole numbers."""
        if isinstance(t, Var):
            return t.symbol is self.variable or t.symbol.kind == "integer"
        if isinstance(t, App) and t.op in ("add", "sub", "mul", "neg"):
            return all(map(self.whole, t.args))
        r = rational(t)
        return r is not None and r.denominator == 1

    def _steps(self, t: Term) -> bool:
        """Whether a term is the variable and a whole number."""
        if isinstance(t, App) and t.op in ("add", "sub"):
            return sum(self._steps(a) for a in t.args) == 1 and sum(rational(a) is not None for a in t.args) == 1
        return isinstance(t, Var) and t.symbol is self.variable

    def rooted(self, t: App) -> Value:
        degree = rational(t.args[1])
        if degree is None or degree.denominator != 1 or degree < 1:
            raise Undecided
        v = self.of(t.args[0])
        return self.root(v, int(degree)) if degree % 2 else self.power(v, fmpq(1, int(degree)))

    # --- signs and steps -----------------------------------------------------------------------------------------------------------------

    def size(self, v: Value) -> Value:
        s = self.sign(v)
        return v if s > 0 else self.neg(v)

    def sign_of(self, v: Value) -> Value:
        return fmpq(self.sign(v))

    def extreme(self, t: App) -> Value:
        way = 1 if t.op == "max" else -1
        if any(a.shape for a in t.args):
            raise Undecided
        found = [self.of(a) for a in t.args]
        out = found[0]
        for v in found[1:]:
            if self.sign(self.sub(v, out)) * way > 0:
                out = v
        return out

    def floor(self, v: Value) -> Value:
        at = self.limit(v)
        if at is None:
            for known, gap in self._floors:
                if self._same(known, v):
                    return self.sub(v, gap)
            gap = self.k.wave(0, 1, self.continuous and self.is_signed(v))
            self.sided = True
            self._floors.append((v, gap))
            return self.sub(v, gap)
        if self.k.waving(at):
            raise Undecided
        if isinstance(at, fmpq):
            low = fmpq(at.floor())
            whole = at.q == 1
        else:
            low, whole = self._floor_of(at), False
        if whole and self.sign(self.sub(v, at)) < 0:
            return low - 1
        return low

    def _floor_of(self, at: Number) -> fmpq:
        """floor of a number that is not rational."""
        from flint import arb, ctx

        from twofold.symbolic.asymptotic import balls

        e = self.k.lifted(at)
        if not balls.is_number(self.k.f, e):
            raise Undecided
        old = ctx.prec
        try:
            ctx.prec = 256
            x: arb = balls.enclosure(self.k.f, e).real.floor()
        except balls.NoEnclosure as problem:
            raise Undecided from problem
        finally:
            ctx.prec = old
        if not x.is_exact():
            raise Undecided
        return fmpq(x.unique_fmpz())

    def ceil(self, v: Value) -> Value:
        return self.neg(self.floor(self.neg(v)))

    def remainder(self, t: App) -> Value:
        a, b = self.of(t.args[0]), self.of(t.args[1])
        return self.sub(a, self.mul(b, self.floor(self.div(a, b))))

    def cases(self, t: App) -> Value:
        k = 0
        while k + 1 < len(t.args):
            if self.holds(t.args[k + 1]):
                return self.of(t.args[k])
            k += 2
        if k < len(t.args):
            return self.of(t.args[k])
        raise NotReal

    def holds(self, t: Term) -> bool:
        """Whether a condition holds near the point."""
        if t in (TRUE, FALSE):
            return t == TRUE
        if isinstance(t, App) and t.op in ("and", "or"):
            found = [self.holds(a) for a in t.args]
            return all(found) if t.op == "and" else any(found)
        if isinstance(t, App) and t.op == "not":
            return not self.holds(t.args[0])
        if not isinstance(t, App) or t.op not in _COMPARED or any(a.shape or a.sort != "number" for a in t.args):
            raise Undecided
        if any(a in INFINITE for a in t.args):
            raise Undecided
        return _COMPARED[t.op](self.sign(self.sub(self.of(t.args[0]), self.of(t.args[1]))))

    def step(self, v: Value) -> Value:
        s = self.sign(v)
        return ONE if s > 0 else ZERO if s < 0 else HALF

    # --- hyperbolic functions --------------------------------------------------------------------------------------------------------------

    def grown(self, v: Value) -> tuple[Value, Value]:
        up = self.exp(v)
        return up, self.inverse(up)

    def sinh(self, v: Value) -> Value:
        up, down = self.grown(v)
        return self.mul(HALF, self.sub(up, down))

    def cosh(self, v: Value) -> Value:
        up, down = self.grown(v)
        return self.mul(HALF, self.add(up, down))

    def tanh(self, v: Value) -> Value:
        up, down = self.grown(v)
        return self.div(self.sub(up, down), self.add(up, down))

    def acot(self, v: Value) -> Value:
        """The convention is not for here to know: only for positive arguments all agree."""
        if self.sign(v) <= 0:
            raise Undecided
        return self.sub(self.half_pi(), self.atan(v))


def _is_restricted(t: Term) -> bool:
    """Whether a function that is not real everywhere stands in a term: what it has no value for is found out by its rule."""
    return any(isinstance(x, App) and x.op in _RESTRICTED for x in subterms(t))


_RESTRICTED = frozenset("log ln sqrt pow root asin acos acosh atanh".split())

_COMPARED: dict[str, Callable[[int], bool]] = {
    "lt": lambda s: s < 0, "le": lambda s: s <= 0, "gt": lambda s: s > 0, "ge": lambda s: s >= 0, "eq": lambda s: s == 0, "ne": lambda s: s != 0,
}  # fmt: skip

_RULES: dict[str, Callable[[Expansion, App], Value]] = {
    "add": lambda r, t: r.add(r.of(t.args[0]), r.of(t.args[1])),
    "sub": lambda r, t: r.sub(r.of(t.args[0]), r.of(t.args[1])),
    "mul": lambda r, t: r.mul(r.of(t.args[0]), r.of(t.args[1])),
    "div": lambda r, t: r.div(r.of(t.args[0]), r.of(t.args[1])),
    "neg": lambda r, t: r.neg(r.of(t.args[0])),
    "pow": Expansion.raised,
    "root": Expansion.rooted,
    "max": Expansion.extreme,
    "min": Expansion.extreme,
    "mod": Expansion.remainder,
    "piecewise": Expansion.cases,
    "binomial": lambda r, t: r.binomial(r.of(t.args[0]), r.of(t.args[1])),
    "beta": lambda r, t: r.beta(r.of(t.args[0]), r.of(t.args[1])),
    "polylog": lambda r, t: polylog(r, r.of(t.args[0]), r.of(t.args[1])),
    "polygamma": lambda r, t: r.polygamma(r.of(t.args[0]), r.of(t.args[1])),
    **dict.fromkeys(("besselj", "bessely", "besseli", "besselk"), lambda r, t: r.bessel(t.op, r.of(t.args[0]), r.of(t.args[1]))),
}

_PLAIN: dict[str, Callable[[Expansion, Value], Value]] = {
    "exp": Expansion.exp, "log": Expansion.log, "ln": Expansion.log, "sqrt": lambda r, v: r.power(v, HALF), "cbrt": lambda r, v: r.root(v, 3),
    "abs": Expansion.size, "sign": Expansion.sign_of, "floor": Expansion.floor, "ceil": Expansion.ceil, "heaviside": Expansion.step,
    "sin": lambda r, v: r.circular(v)[0], "cos": lambda r, v: r.circular(v)[1], "tan": Expansion.tan,
    "cot": lambda r, v: r.div(*reversed(r.circular(v))), "sec": lambda r, v: r.inverse(r.circular(v)[1]), "csc": lambda r, v: r.inverse(r.circular(v)[0]),
    "asin": Expansion.asin, "acos": Expansion.acos, "atan": Expansion.atan, "acot": Expansion.acot,
    "sinh": Expansion.sinh, "cosh": Expansion.cosh, "tanh": Expansion.tanh, "coth": lambda r, v: r.inverse(r.tanh(v)),
    "sech": lambda r, v: r.inverse(r.cosh(v)), "csch": lambda r, v: r.inverse(r.sinh(v)),
    "asinh": Expansion.asinh, "acosh": Expansion.acosh, "atanh": Expansion.atanh,
    "gamma": Expansion.gamma, "loggamma": Expansion.loggamma, "digamma": Expansion.digamma, "harmonic": Expansion.harmonic,
    "factorial": Expansion.factorial, "erf": Expansion.erf, "erfc": Expansion.erfc, "erfi": Expansion.erfi, "Phi": Expansion.normal_distribution,
    "Ei": Expansion.ei, "li": Expansion.li, "Si": Expansion.sine_integral, "Ci": Expansion.cosine_integral, "zeta": Expansion.zeta,
    "lambertw": Expansion.lambertw,
}  # fmt: skip
