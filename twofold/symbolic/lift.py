"""SymPy back to terms, in a form that a person would type.

A product becomes a quotient with the negative powers below, `Pow(x, 1/2)` becomes `sqrt(x)`, a sum whose terms share a
denominator is put over it, and an isolated root of a polynomial becomes `root_of(t -> polynomial, k)`: the real roots come
first in ascending order, then the others by real and imaginary part. Matrices with one column become vectors where the caller
asks for a shape.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

import sympy as sp
from sympy.core.function import Application, AppliedUndef
from sympy.core.relational import Relational

from twofold.catalogue.index import functions
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    FALSE,
    MINUS_OO,
    OO,
    TRUE,
    App,
    Array,
    Const,
    Num,
    Shape,
    Symbol,
    Term,
    num,
    var,
)
from twofold.symbolic import lifted_binders
from twofold.symbolic.arithmetic import ONE, make, negate, over, plus, power, times
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.sympy_functions import rewritten
from twofold.symbolic.sympy_order import in_order, place_of
from twofold.symbolic.written_relations import chained, unit_step
from twofold.symbolic.written_roots import OddRoot, Root, joined_roots, odd_roots

_CONSTANTS: dict[Any, Term] = {
    sp.pi: Const("pi"), sp.E: Const("e"), sp.I: Const("im"), sp.oo: OO, sp.S.NegativeInfinity: MINUS_OO,
    sp.EulerGamma: Const("euler_gamma"), sp.true: TRUE, sp.false: FALSE,
}  # fmt: skip
_RELATIONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_LOGIC = {sp.And: "and", sp.Or: "or"}
_LONG = 60
MOST_BITS = 13_000
"""The longest number that is written out: about 4,000 digits."""


def lift(expression: Any, context: Context, shape: Shape | None = None, gather: bool = True) -> Term:
    """The term for a SymPy object. Raises `NoClosedForm` for what cannot be typed (an unevaluated transform, nan, a Meijer
    function).

    With `gather` a sum is put over the denominator that all its terms have. A matrix takes `shape` if it is given: `(n,)` makes
    a vector of one with a single column; otherwise a column becomes a vector.
    """
    if shape is not None or not isinstance(expression, sp.Expr):
        return Lifting(context, gather).top(expression, shape)
    found = context.lifted.get((expression, gather))
    if found is None:
        found = context.lifted[expression, gather] = Lifting(context, gather).top(expression, None)
    return found


@cache
def _names() -> dict[str, tuple[str, int]]:
    """SymPy's function names and the functions declared for them with the number of arguments they take at most."""
    table: dict[str, tuple[str, int]] = {}
    for spec in functions().values():
        if spec.exact.startswith("sympy:"):
            most = len(spec.arguments) if not any(a.rest for a in spec.arguments) else 1000
            table.setdefault(spec.exact[6:], (spec.name, most))
    return table


class Lifting:
    """One expression on its way: what is done already, and the symbols that binders around have bound."""

    def __init__(self, context: Context, gather: bool = True) -> None:
        self.context = context
        self.gather = gather
        self.done: dict[Any, Term] = {}
        self.local: dict[Any, Term] = {}

    def top(self, e: Any, shape: Shape | None) -> Term:
        if isinstance(e, sp.MatrixBase):
            rows = [[self.go(e[i, j]) for j in range(e.cols)] for i in range(e.rows)]
            if shape == ():
                return rows[0][0]
            if len(shape) == 1 if shape is not None else e.cols == 1:
                entries = tuple(r[0] for r in rows) if e.cols == 1 else tuple(rows[0])
                return Array((entries,), (len(entries),))
            return Array(tuple(map(tuple, rows)), (e.rows, e.cols))
        return self.go(sp.sympify(e))

    def go(self, e: Any) -> Term:
        if e not in self.done:
            self.done[e] = self.one(e)
        return self.done[e]

    def one(self, e: Any) -> Term:
        if e in _CONSTANTS:
            return _CONSTANTS[e]
        if e.is_Symbol:
            return self.symbol(e)
        if e.is_Rational:
            if max(int(e.p).bit_length(), int(e.q).bit_length()) > MOST_BITS:
                raise NoClosedForm("the exact value is too long to be written")
            return Num(Fraction(int(e.p), int(e.q)))
        if e.is_Float:
            return Num(Fraction(str(e)), str(e))
        for kind, rule in _RULES:
            if isinstance(e, kind):
                return rule(self, e)
        if isinstance(e, AppliedUndef):
            return self.unknown(e)
        if isinstance(e, Application):
            return self.function(e)
        if e is sp.nan:
            raise NoClosedForm("the result has a value for some parameters only, in cases that are not worked out")
        raise NoClosedForm(f"the result contains {type(e).__name__}, which cannot be written")

    def symbol(self, e: Any) -> Term:
        if e in self.local:
            return self.local[e]
        if e in self.context.terms:
            return self.context.terms[e]
        kind = "integer" if e.is_integer else "real" if e.is_real or self.context.reading == "real" else "complex"
        made = var(Symbol(str(e).lstrip("_"), kind, properties=frozenset({"positive"} if e.is_positive else ())))
        self.context.terms[e] = made
        self.context.symbols[made.symbol] = e
        return made

    def inner(self, x: Any, **changes: Any) -> Symbol:
        """A fresh symbol for a bound SymPy symbol, in force until the binder is done."""
        name = str(x).split("#")[0].lstrip("_")
        symbol = Symbol(name, "integer" if x.is_integer else "real" if x.is_real is not False else "complex", **changes)
        self.local[x] = var(symbol)
        self.done.clear()
        return symbol

    def outer(self, x: Any) -> Term:
        """What a symbol means outside the binder being lifted."""
        self.local.pop(x, None)
        self.done.clear()
        return self.symbol(x)

    # --- arithmetic ---

    def add(self, e: Any) -> Term:
        terms = in_order(e) if len(e.args) <= _LONG else list(e.args)
        shared = _shared_denominator(terms) if self.gather else None
        if shared is not None:
            return over(self.sum_of([t * shared for t in terms]), num(int(shared)))
        return self.sum_of(terms)

    def sum_of(self, terms: list[Any]) -> Term:
        is_complex = all(t.is_number for t in terms) and len({t.has(sp.I) for t in terms}) == 2
        if all(map(_negative, terms)) and not is_complex:
            return negate(self.sum_of([-t for t in terms]))
        if all(t.is_number for t in terms):
            # The real part of a complex number stands first, whatever its sign.
            terms = sorted(terms, key=lambda t: (is_complex and t.has(sp.I), not t.is_Rational))
        if _negative(terms[0]) and not is_complex:
            k = next((k for k, t in enumerate(terms) if not _negative(t)), 0)
            terms.insert(0, terms.pop(k))
        out = self.go(terms[0])
        for t in terms[1:]:
            out = make("sub", out, self.go(-t)) if _negative(t) else plus(out, self.go(t))
        return out

    def mul(self, e: Any) -> Term:
        coefficient, rest = e.as_coeff_Mul()
        if coefficient.is_Rational and coefficient < 0:
            return negate(self.go(-e))
        e = rest
        factors, coefficient = joined_roots(e.as_ordered_factors(), coefficient) if isinstance(e, sp.Mul) else ([e], coefficient)
        if self.context.reading == "real" and any(isinstance(f, sp.sign) for f in factors):
            factors = odd_roots(factors)
        above: list[Term] = []
        below: list[Term] = []
        falling: list[Any] = []
        if coefficient.is_Rational:
            above += [num(int(coefficient.p))] if coefficient.p != 1 else []
            below += [num(int(coefficient.q))] if coefficient.q != 1 else []
        else:
            above.append(self.go(coefficient))
        for f in factors:
            if isinstance(f, Root):
                (below if f.below else above).append(app("sqrt", self.go(f.inside)))
            elif isinstance(f, OddRoot):
                inside = self.go(f.inside)
                above.append(app("cbrt", inside) if f.degree == 3 else app("root", inside, num(f.degree)))
            elif isinstance(f, sp.Pow) and f.exp.is_number and _negative(f.exp) and not f.base.is_zero:
                below.append(self.go(sp.Pow(f.base, -f.exp)))
            elif isinstance(f, sp.exp) and f.args[0].is_Integer and f.args[0] < 0:
                below.append(self.go(sp.exp(-f.args[0])))
            elif isinstance(f, sp.Rational) and f.p == 1:
                below.append(num(int(f.q)))
            elif isinstance(f, sp.Pow) and f.base.is_Integer and f.base > 1 and _falls(f.exp):
                falling.append(f)
            else:
                made = self.go(f)
                if isinstance(f, sp.Add) and isinstance(made, App) and made.op == "div" and isinstance(made.args[1], Num):
                    below.append(made.args[1])
                    made = made.args[0]
                above.append(made)
        for f in falling:
            # n/2^n, but 2^(-n).
            if above:
                below.append(self.go(sp.Pow(f.base, -f.exp)))
            else:
                above.append(self.go(f))
        return over(self.factors(above), self.factors(below)) if below else self.factors(above)

    def factors(self, parts: list[Term]) -> Term:
        out: Term = ONE
        for p in parts:
            out = times(out, p) if isinstance(out, Num) or isinstance(p, Num) else make("mul", out, p)
        return out

    def exponential(self, e: Any) -> Term:
        exponent = e.args[0]
        if exponent.is_Integer:
            return over(ONE, power(Const("e"), self.go(-exponent))) if exponent < 0 else power(Const("e"), self.go(exponent))
        return app("exp", self.go(exponent))

    def pow(self, e: Any) -> Term:
        base, exponent = e.args
        if exponent.is_number and _negative(exponent):
            return over(ONE, self.go(sp.Pow(base, -exponent)))
        if exponent == sp.S.Half:
            return app("sqrt", self.go(base))
        return power(self.go(base), self.go(exponent)) if exponent != 0 else ONE

    # --- functions ---

    def size(self, e: Any) -> Term:
        """SymPy writes abs(x)^(2/3) as the absolute value of x^(2/3), which has no real value for x < 0."""
        (u,) = e.args
        if isinstance(u, sp.Pow) and u.base.is_real and not u.base.is_nonnegative and u.exp.is_Rational and not u.exp.is_Integer:
            below, base = bool(u.exp.is_negative), app("abs", self.go(u.base))
            made = app("sqrt", base) if abs(u.exp) == sp.S.Half else power(base, self.go(abs(u.exp)))
            return over(ONE, made) if below else made
        return self.function(e)

    def function(self, e: Any) -> Term:
        name = type(e).__name__
        found = _names().get(name)
        if found is None and name in functions() and len(functions()[name].arguments) == len(e.args):
            # The same name declared by a formula: beta(a, b).
            found = (name, len(e.args))
        if found is None or (len(e.args) > found[1] and name not in _EXTRA):
            made = rewritten(e)
            if made is None:
                raise NoClosedForm(f"the result contains {name} of {len(e.args)} arguments, which has no name here")
            return self.go(made)
        if name == "polygamma" and e.args[0] == 0 and "digamma" in functions():
            return app("digamma", self.go(e.args[1]))
        if name == "LambertW" and len(e.args) == 2:
            if e.args[1] != -1:
                raise NoClosedForm("the result contains a branch of the Lambert function that is not real")
            return app("lambertwm1", self.go(e.args[0]))
        arguments = e.args[:1] if name == "Heaviside" else e.args
        return app(found[0], *map(self.go, arguments))

    def hypergeometric(self, e: Any) -> Term:
        """The parameters as vectors; without any on one side there is nothing to type."""
        above, below, z = e.args
        if not above or not below:
            raise NoClosedForm("the result contains a hypergeometric function without parameters")
        lists = (Array((tuple(self.go(p) for p in ps),), (len(ps),)) for ps in (above, below))
        return app("hyper", *lists, self.go(z))

    def unknown(self, e: Any) -> Term:
        head = self.context.terms.get(e.func)
        if head is None:
            raise NoClosedForm(f"the result contains the function {e.func.__name__}")
        arguments = tuple(self.go(a) for a in e.args)
        return App("apply", (head, *arguments)) if head.sort == "function" else app("index", head, *arguments)

    def piecewise(self, e: Any) -> Term:
        step = unit_step(e)
        if step is not None:
            return app("heaviside", self.go(step))
        args: list[Term] = []
        for value, condition in e.args:
            if condition == sp.true:
                args.append(self.go(value))
                break
            args += [self.go(value), self.go(condition)]
        return app("piecewise", *args)

    def relation(self, e: Any) -> Term:
        if e.lhs.is_number and not e.rhs.is_number:
            e = e.reversed
        return app(_RELATIONS[e.rel_op], self.go(e.lhs), self.go(e.rhs))

    def logic(self, e: Any) -> Term:
        op = next(v for k, v in _LOGIC.items() if isinstance(e, k))
        parts = sorted(e.args, key=sp.default_sort_key)
        made = chained(parts, self.go) if op == "and" else [self.go(p) for p in parts]
        out = made[0]
        for t in made[1:]:
            out = app(op, out, t)
        return out

    # --- sets ---

    def items(self, e: Any) -> Term:
        op = "tuple" if isinstance(e, sp.Tuple) else "set"
        args = list(e.args) if op == "tuple" else sorted(e.args, key=place_of)
        return app(op, *(self.top(a, None) for a in args))

    def interval(self, e: Any) -> Term:
        op = f"interval_{'o' if e.left_open else 'c'}{'o' if e.right_open else 'c'}"
        return app(op, self.go(e.start), self.go(e.end))


def _falls(exponent: Any) -> bool:
    """Whether every name in an exponent stands there with a minus."""
    varying = [t for t in sp.Add.make_args(exponent) if not t.is_number]
    return bool(varying) and all(map(_negative, varying))


def _negative(e: Any) -> bool:
    return bool(e.could_extract_minus_sign()) if not e.is_Add else False


def _shared_denominator(terms: list[Any]) -> Any:
    """The denominator that all terms have, where it is the same and not 1."""
    found = {t.as_coeff_Mul()[0].q if t.as_coeff_Mul()[0].is_Rational else 1 for t in terms}
    if len(found) > 1 and all(t.is_number for t in terms) and any(not t.is_Rational for t in terms):
        return sp.Integer(sp.ilcm(*found))
    if len(found) == 1:
        q = found.pop()
        return sp.Integer(q) if q != 1 else None
    return None


_EXTRA = frozenset(("LambertW", "Heaviside"))
"""Functions whose last argument is a branch or a value that has its own rule."""


_RULES: tuple[tuple[Any, Callable[[Lifting, Any], Term]], ...] = (
    (sp.Add, Lifting.add),
    (sp.Mul, Lifting.mul),
    (sp.exp, Lifting.exponential),
    (sp.Pow, Lifting.pow),
    (sp.Abs, Lifting.size),
    (sp.Piecewise, Lifting.piecewise),
    (Relational, Lifting.relation),
    ((sp.And, sp.Or), Lifting.logic),
    (sp.Not, lambda s, e: app("not", s.go(e.args[0]))),
    (sp.Contains, lambda s, e: app("in", s.go(e.args[0]), s.go(e.args[1]))),
    (sp.CRootOf, lifted_binders.root),
    ((sp.Sum, sp.Product, sp.Integral), lifted_binders.summed),
    (sp.Derivative, lifted_binders.derivative),
    (sp.Subs, lifted_binders.substituted),
    (sp.Limit, lifted_binders.limit),
    (sp.Lambda, lifted_binders.function_of),
    ((sp.Tuple, sp.FiniteSet), Lifting.items),
    (type(sp.S.EmptySet), lambda s, e: app("set")),
    (sp.Interval, Lifting.interval),
    (sp.MatrixBase, lambda s, e: s.top(e, None)),
    (sp.factorial, lambda s, e: app("factorial", s.go(e.args[0]))),
    (sp.Heaviside, lambda s, e: app("heaviside", s.go(e.args[0]))),
    (sp.hyper, Lifting.hypergeometric),
    (sp.Catalan.__class__, lambda s, e: s.go((sp.polygamma(1, sp.Rational(1, 4)) - sp.pi**2) / 8)),
    (sp.GoldenRatio.__class__, lambda s, e: s.go((1 + sp.sqrt(5)) / 2)),
)
