"""Terms to formulas: a statement becomes a formula that is true exactly where the statement is.

Inside `=>`, `<=>`, `and`, `or` an equation or inequality with an undefined part is false, so the formula of a relation has the
condition that every part has a real value in front. What has no rule becomes an opaque generator: a real number of which
nothing is known but that it is the same each time, behind a `Fact` that it is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

from twofold.catalogue.index import functions
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import formula as declared
from twofold.catalogue.shapes import ShapeError
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import OO, App, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, substitute, subterms, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations import arrays, choices, kernels, operations, sums, trigonometry, unknowns
from twofold.symbolic.equations.bounds import Bounds, Interval
from twofold.symbolic.equations.eliminate import literal
from twofold.symbolic.equations.formula import FALSE, TRUE, Atom, Fact, Formula, both, either, negate, rewrite
from twofold.symbolic.equations.monotone import FUNCTIONS as KNOWN
from twofold.symbolic.equations.ring import Generator, Ratio, Ring, rational, used

RELATIONS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_LONGEST_SUM = 64
FUNCTIONS = {**kernels.RULES, **trigonometry.RULES, **choices.RULES}


class Reading:
    """Reads statements over one ring. `conditions` collects what the part being read needs to be defined.

    `mode`: `exponential` reads comparisons that are linear in logarithms as comparisons of exponentials, `logarithmic` does the
    opposite, `plain` neither.
    """

    def __init__(self, ring: Ring, context: Context, mode: str = "exponential", complex: bool = False) -> None:
        self.ring = ring
        self.context = context
        self.mode = mode
        self.complex = complex
        self.bounds = Bounds(ring, complex=complex)
        self.conditions: list[Formula] = []
        self.facts: list[Formula] = []
        """What is true of kernels wherever the declarations hold."""
        self.found: dict[Term, tuple[Ratio, tuple[Formula, ...]]] = {}

    # --- statements -------------------------------------------------------------------------------------------------------------

    def statement(self, t: Term) -> Formula:
        """The formula of a term that is true or false."""
        if isinstance(t, Const) and t.name in ("true", "false"):
            return TRUE if t.name == "true" else FALSE
        if isinstance(t, Var):
            return Fact(t)
        if isinstance(t, App):
            if t.op in RELATIONS:
                return self.comparison(RELATIONS[t.op], *t.args)
            if t.op == "and":
                return both(*map(self.statement, t.args))
            if t.op == "or":
                return either(*map(self.statement, t.args))
            if t.op == "not":
                return negate(self.statement(t.args[0]))
            if t.op in ("implies", "iff"):
                a, b = map(self.statement, t.args)
                forward = either(negate(a), b)
                return forward if t.op == "implies" else both(forward, either(negate(b), a))
            if t.op == "in":
                return self.member(*t.args)
        raise NotApplicable("a part is not an equation or an inequality")

    def comparison(self, relation: str, a: Term, b: Term) -> Formula:
        if self.complex and relation not in ("=", "!="):
            raise NotApplicable("complex numbers have no order")
        with self.collecting() as needed:
            if a.shape or b.shape:
                rows = arrays.matrix(self, App("sub", (a, b), a.shape))
                parts = [self.literal(x, relation) for row in rows for x in row]
                made = either(*parts) if relation == "!=" else both(*parts)
            elif (infinite := _infinite(a, b)) is not None:
                side, finite, sign = infinite
                self.scalar(finite)
                made = (
                    TRUE
                    if relation == "!="
                    or (relation in ("<", "<=") and sign * side > 0)
                    or (relation in (">", ">=") and sign * side < 0)
                    else FALSE
                )
            else:
                made = self.literal(self.scalar(a) - self.scalar(b), relation)
        return both(*needed, made)

    def member(self, item: Term, group: Term) -> Formula:
        if isinstance(group, App) and group.op.startswith("interval_"):
            low, high = group.args
            return both(
                self.comparison(">=" if group.op[-2] == "c" else ">", item, low),
                self.comparison("<=" if group.op[-1] == "c" else "<", item, high),
            )
        if isinstance(group, App) and group.op == "set":
            return either(*(self.comparison("=", item, x) for x in group.args))
        raise NotApplicable("membership in this set has no rule")

    def literal(self, u: Ratio, relation: str) -> Formula:
        """The formula of `u relation 0`, for a quotient whose denominator is known not to be zero."""
        return literal(self, u.top if relation in ("=", "!=") else u.top * u.bottom, relation)

    # --- conditions -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def collecting(self) -> Iterator[list[Formula]]:
        """Conditions of what is read inside go to the list that is given."""
        outer, self.conditions = self.conditions, []
        try:
            yield self.conditions
        finally:
            self.conditions = outer

    def require(self, u: Ratio, relation: str) -> None:
        """Adds the condition `u relation 0`."""
        made = self.literal(u, relation)
        if made != TRUE:
            self.conditions.append(made)

    # --- numbers ----------------------------------------------------------------------------------------------------------------

    def scalar(self, t: Term) -> Ratio:
        """The value of a scalar term; what it needs to be defined is added to the conditions."""
        if isinstance(t, Num):
            return rational(t.value)
        if t in self.found:
            made, needed = self.found[t]
        else:
            with self.collecting() as collected:
                made = self.read(t)
            needed = tuple(collected)
            self.found[t] = made, needed
        self.conditions.extend(needed)
        return made

    def read(self, t: Term) -> Ratio:
        if t.shape:
            raise NotApplicable("an array stands where a number is needed")
        if isinstance(t, Var):
            return self.symbol(t)
        if isinstance(t, Const):
            return kernels.constant(self, t)
        if isinstance(t, Bound):
            return self.binder(t)
        if not isinstance(t, App):
            raise NotApplicable("an array stands where a number is needed")
        if self.complex and t.op not in COMPLEX:
            return self.opaque(t)
        try:
            rule = operations.RULES.get(t.op)
            if rule is not None:
                return rule(self, t)
            if t.op in ("sum", "mean") and (total := sums.of_entries(self, t)) is not None:
                return total
            if t.op in arrays.SCALARS and any(a.shape for a in t.args):
                return arrays.SCALARS[t.op](self, t)
            if t.op in FUNCTIONS and not any(a.shape for a in t.args):
                return FUNCTIONS[t.op](self, t)
            spec = functions().get(t.op)
            if spec is not None and spec.definition and len(t.args) == len(spec.arguments):
                return self.scalar(declared(spec.definition, {a.name: x for a, x in zip(spec.arguments, t.args, strict=True)}))
        except (NoClosedForm, ShapeError, TwofoldError):
            return self.opaque(t)
        return self.opaque(t)

    def symbol(self, t: Var) -> Ratio:
        if t.symbol.kind not in ("real", "integer", "complex") or (t.symbol.kind == "complex" and not self.complex):
            raise NotApplicable(f"{t.symbol.name} is not a number of this kind")
        new = ("symbol", t.symbol) not in self.ring.keys
        made = self.ring.gen(("symbol", t.symbol), Generator("symbol", t))
        if new:
            self.learn(self.ring.keys["symbol", t.symbol], t.symbol)
        return made

    def entry(self, base: Var, i: int, j: int) -> Ratio:
        """Entry (i, j), counted from 1, of an array with a name."""
        s = base.symbol
        if "diagonal" in s.properties and i != j:
            return rational(0)
        if s.properties & {"symmetric", "posdef"} and j < i:
            i, j = j, i
        term = App("index", (base, num(i)) if len(s.shape) == 1 else (base, num(i), num(j)))
        key = ("entry", s, i, j)
        new = key not in self.ring.keys
        made = self.ring.gen(key, Generator("symbol", term))
        if new:
            self.learn(self.ring.keys[key], s)
        return made

    def learn(self, k: int, s: Symbol) -> None:
        """What a declaration with numbers for bounds says of a generator."""
        low = s.lower.value if isinstance(s.lower, Num) else None
        high = s.upper.value if isinstance(s.upper, Num) else None
        interval = Interval()
        if low is not None:
            interval = interval.meet(Interval(low=low, low_in=not s.open_lower))
        if high is not None:
            interval = interval.meet(Interval(high=high, high_in=not s.open_upper))
        if "positive" in s.properties:
            interval = interval.meet(Interval(low=Fraction(0)))
        if s.size:
            interval = interval.meet(Interval(low=Fraction(1), low_in=True))
        self.bounds.narrow(k, interval)

    def opaque(self, t: Term) -> Ratio:
        """A term of which nothing is known."""
        args: list[object] = []
        inside: set[int] = set()
        spec = functions().get(t.op) if isinstance(t, App) else None
        key: object = t
        if isinstance(t, App) and spec is not None and not any(a.shape or a.sort != "number" for a in t.args):
            for a in t.args:
                u = self.scalar(a)
                inside |= self.ring.inside(u)
                args.append(u.key)
            key = (t.op, *args)
        else:
            for s in free_symbols(t):
                if not s.shape and s.kind in ("real", "integer") and s.law is None:
                    inside.add(used(self.symbol(var(s)).top)[0])
        total = False
        if spec is not None and spec.domain and args and not self.complex:
            try:
                condition = declared(spec.domain, {a.name: x for a, x in zip(spec.arguments, t.args, strict=True)})  # type: ignore[attr-defined]
                self.conditions.append(self.statement(condition))
                total = True
            except (NotApplicable, TwofoldError, KeyError, ValueError):
                total = False
        if not total:
            self.conditions.append(Fact(("defined", key)))
        if isinstance(t, App) and t.op in KNOWN and len(args) == 1 and not self.complex:
            return self.ring.gen(("function", key), Generator("function", t, self.scalar(t.args[0]), inside=frozenset(inside)))
        return self.ring.gen(("opaque", key), Generator("opaque", t, inside=frozenset(inside)))

    # --- binders ----------------------------------------------------------------------------------------------------------------

    def binder(self, t: Bound) -> Ratio:
        if t.op in ("sum", "prod"):
            found = self.finite(t)
            if found is None and t.op == "sum" and not self.complex:
                found = sums.split(self, t)
            if found is not None:
                return found
        if t.op == "diff" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and 0 < t.args[1].value < 9:
            if (unknown := unknowns.read(self, t)) is not None:
                return unknown
            try:
                return self.slope(t.body, t.symbols[0], t.args[0], int(t.args[1].value))
            except NoClosedForm:
                return self.opaque(t)
        return self.opaque(t)

    def finite(self, t: Bound) -> Ratio | None:
        """A sum or product over a range of numbers, written out."""
        a, b = (self.scalar(x).value() for x in t.args)
        if a is None or b is None or a.denominator != 1 or b.denominator != 1 or b - a > _LONGEST_SUM:
            return None
        out = rational(0 if t.op == "sum" else 1)
        for k in range(int(a), int(b) + 1):
            x = self.scalar(substitute(t.body, {t.symbols[0]: num(k)}))
            out = out + x if t.op == "sum" else out * x
        return out

    def slope(self, body: Term, symbol: Symbol, point: Term, order: int) -> Ratio:
        """A derivative at a point: the body has to be defined around the point, so its conditions hold strictly there."""
        with self.collecting() as needed:
            inner = self.scalar(substitute(body, {symbol: point}))
        if any(g.kind == "cases" for g in self.ring.kinds(self._moved(inner, point))) or any(
            _branched(x) and symbol in free_symbols(x) for x in subterms(body)
        ):
            raise NoClosedForm("a function with branches is differentiated")
        self.conditions.extend(rewrite(c, _strict) for c in needed)
        return self.scalar(substitute(nth(body, symbol, order), {symbol: point}))

    def _moved(self, inner: Ratio, point: Term) -> frozenset[int]:
        """The generators in a body at a point that may be others beside it: all of them, where the point is a number."""
        found, where = self.ring.inside(inner), self.ring.inside(self.scalar(point))
        return frozenset(k for k in found if not where or where & {k, *self.ring.generators[k].inside})


def _strict(a: Atom) -> Formula:
    if a.relation not in (">=", "<="):
        return a
    return Atom(a.polynomial, a.relation[0], (a.key[0], a.relation[0]))


COMPLEX = frozenset("add sub mul div neg pow exp sqrt sin cos tan cot sec csc sinh cosh tanh index apply transpose".split())
"""What is read as it stands over the complex numbers; all else is opaque there."""
_BRANCHED = frozenset("abs sign min max floor ceil piecewise indicator heaviside mod relu".split())


def _branched(t: Term) -> bool:
    return isinstance(t, App) and t.op in _BRANCHED


def _infinite(a: Term, b: Term) -> tuple[int, Term, int] | None:
    """A comparison with an infinity: which side it is on (1: right), the other side, its sign."""
    for side, x, other in ((1, b, a), (-1, a, b)):
        if x == OO:
            return side, other, 1
        if isinstance(x, App) and x.op == "neg" and x.args[0] == OO:
            return side, other, -1
    return None
