"""Derivatives of terms, by our own rules and the partial derivatives that functions declare.

`derivative(term, symbol)` is for a scalar symbol; the term may be an array. What does not depend on the symbol is never looked
into. Derivatives by arrays of explicit size are taken entry by entry (`by_array`); symbolic sizes belong to `symbolic.tensors`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import (
    INFINITE,
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    by_law,
    free_symbols,
    mentioned,
    num,
    substitute,
    var,
)
from twofold.symbolic.arithmetic import ONE, ZERO, make, minus, negate, over, plus, power, times, zeros
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.kinks_of_pieces import apart_from_kinks

_MOST_FACTORS = 12


class NotDifferentiable(NoClosedForm):
    """A term has to be worked out before it can be differentiated, or has no derivative by rules."""


def derivative(term: Term, symbol: Symbol) -> Term:
    """The derivative by a scalar symbol, of the shape of the term.

    Raises `NotDifferentiable` where a function declares no derivative, a limit stands in the way, or an index moves.
    """
    found = _Derivative(symbol).of(term)
    if found is not None:
        return found
    if all(isinstance(d, int) for d in term.shape):
        return zeros(tuple(d for d in term.shape if isinstance(d, int)))
    return app("mul", ZERO, term)


def nth(term: Term, symbol: Symbol, order: int) -> Term:
    """The derivative taken several times."""
    for _ in range(order):
        term = derivative(term, symbol)
    return term


class _Derivative:
    """One pass over a term; `None` stands for zero, of whatever shape."""

    def __init__(self, symbol: Symbol) -> None:
        self.symbol = symbol
        self.done: dict[int, Term | None] = {}
        self.seen: dict[int, bool] = {}

    def depends(self, t: Term) -> bool:
        key = id(t)
        known = self.seen.get(key)
        if known is None:
            if isinstance(t, Var):
                known = t.symbol is self.symbol
            elif isinstance(t, App):
                known = any(map(self.depends, t.args)) or any(self.symbol in mentioned(a) for a in by_law(t))
            elif isinstance(t, Array):
                known = any(self.depends(x) for row in t.rows for x in row)
            elif isinstance(t, Bound):
                known = self.depends(t.body) or any(map(self.depends, t.args))
            else:
                known = False
            self.seen[key] = known
        return known

    def of(self, t: Term) -> Term | None:
        if not self.depends(t):
            return None
        key = id(t)
        if key not in self.done:
            self.done[key] = self.one(t)
        return self.done[key]

    def one(self, t: Term) -> Term | None:
        if isinstance(t, Var):
            return ONE
        if isinstance(t, Array):
            return Array(tuple(tuple(self.of(x) or ZERO for x in row) for row in t.rows), t.shape)
        if isinstance(t, Bound):
            rule = _BINDERS.get(t.op)
            if rule is None:
                raise NotDifferentiable(f"{t.op} has to be worked out before it is differentiated")
            return rule(self, t)
        assert isinstance(t, App)
        known = _RULES.get(t.op)
        return known(self, t) if known is not None else self.function(t)

    # --- arithmetic ---

    def add(self, t: App) -> Term | None:
        a, b = self.of(t.args[0]), self.of(t.args[1])
        if t.op == "sub":
            return (negate(b) if b is not None else None) if a is None else a if b is None else minus(a, b)
        return b if a is None else a if b is None else plus(a, b)

    def mul(self, t: App) -> Term | None:
        u, v = t.args
        du, dv = self.of(u), self.of(v)
        join = times if t.op == "mul" else lambda a, b: make("emul", a, b)
        left = join(du, v) if du is not None else None
        right = join(u, dv) if dv is not None else None
        return right if left is None else left if right is None else plus(left, right)

    def div(self, t: App) -> Term | None:
        u, v = t.args
        du, dv = self.of(u), self.of(v)
        if t.op == "ediv" and t.shape:
            left = make("ediv", du, v) if du is not None else None
            right = make("ediv", make("emul", u, dv), make("epow", v, num(2))) if dv is not None else None
            return (None if right is None else negate(right)) if left is None else left if right is None else minus(left, right)
        if dv is None:
            return None if du is None else over(du, v)
        if du is None:
            return negate(over(times(u, dv), power(v, num(2))))
        return over(minus(times(du, v), times(u, dv)), power(v, num(2)))

    def pow(self, t: App) -> Term | None:
        u, v = t.args
        if t.op == "pow" and u.shape:
            return self.matrix_power(t)
        du, dv = self.of(u), self.of(v)
        join: Callable[[Term, Term], Term] = times
        raised: Callable[[Term, Term], Term] = power
        if t.op == "epow" and t.shape:
            join, raised = (lambda a, b: app("emul", a, b)), (lambda a, b: app("epow", a, b))
        out: Term | None = None
        if du is not None:
            lowered = Num(v.value - 1) if isinstance(v, Num) else minus(v, ONE)
            out = join(join(v, raised(u, lowered)), du)
        if dv is not None:
            inner = dv if u == Const("e") else join(_log(u), dv)
            second = join(t, inner)
            out = second if out is None else plus(out, second)
        return out

    def matrix_power(self, t: App) -> Term | None:
        base, exponent = t.args
        if not isinstance(exponent, Num) or exponent.value.denominator != 1 or self.depends(exponent):
            raise NotDifferentiable("a matrix power is differentiated for an explicit whole exponent")
        n, step = int(exponent.value), self.of(base)
        assert step is not None
        if n < 0:
            inverse = app("inv", base)
            step, base, n = negate(times(times(inverse, step), inverse)), inverse, -n
        parts = []
        for k in range(n):
            left = times(_matrix_power(base, k), step) if k else step
            parts.append(times(left, _matrix_power(base, n - 1 - k)) if k < n - 1 else left)
        out = parts[0]
        for p in parts[1:]:
            out = plus(out, p)
        return out

    def through(self, t: App) -> Term | None:
        """Linear operations on one operand: `neg`, `transpose`, `index`, `tr`, `vec`, `given`."""
        if any(map(self.depends, t.args[1:])):
            raise NotDifferentiable("an index depends on the variable")
        inner = self.of(t.args[0])
        if inner is None:
            return None
        if t.op == "neg":
            return negate(inner)
        return entry_of(inner, t.args[1:]) if t.op == "index" else app(t.op, inner, *t.args[1:])

    def part(self, t: App) -> Term | None:
        """`re`, `im` and `conjugate` are linear over the reals; the variable is real. The argument turns by im(u'/u)."""
        inner = self.of(t.args[0])
        if inner is None:
            return None
        if t.op == "arg":
            return app("im", over(inner, t.args[0]))
        return inner if inner == ONE and t.op != "im" else None if inner == ONE else app(t.op, inner)

    def factorial(self, t: App) -> Term | None:
        return self.chain(t, "gamma(x + 1)*digamma(x + 1)", ("x",))

    def piecewise(self, t: App) -> Term | None:
        zero = zeros(tuple(d for d in t.shape if isinstance(d, int)))
        args = [a if k % 2 and k < len(t.args) else self.of(a) or zero for k, a in enumerate(t.args)]
        return apart_from_kinks(t, args, self.symbol)

    def listed(self, t: App) -> Term | None:
        return app(t.op, *(self.of(a) or zeros(tuple(d for d in a.shape if isinstance(d, int))) for a in t.args))

    def chain(self, t: App, text: str, names: tuple[str, ...]) -> Term | None:
        inner = self.of(t.args[0])
        outer = formula(text, dict(zip(names, t.args, strict=True)))
        return None if inner is None else times(outer, inner) if not t.shape else app("emul", outer, inner)

    # --- functions ---

    def function(self, t: App) -> Term | None:
        spec = functions().get(t.op)
        if spec is None:
            raise NotDifferentiable(f"{t.op} has no derivative rule")
        if spec.derivative:
            names = dict(zip((a.name for a in spec.arguments), t.args, strict=False))
            out: Term | None = None
            for a, text in zip(t.args, spec.derivative, strict=False):
                inner = self.of(a)
                if inner is None:
                    continue
                if not text:
                    raise NotDifferentiable(f"{t.op} declares no derivative by this argument")
                outer = formula(text, names)
                part = app("emul", outer, inner) if t.shape and outer.shape else times(outer, inner)
                out = part if out is None else plus(out, part)
            return out
        if spec.definition:
            names = dict(zip((a.name for a in spec.arguments), t.args, strict=False))
            return self.of(formula(spec.definition, names))
        raise NotDifferentiable(f"{t.op} has to be worked out before it is differentiated")

    def binomial(self, t: App) -> Term | None:
        """Of a whole number of factors: a polynomial of the upper argument."""
        upper, lower = t.args
        if not (isinstance(lower, Num) and lower.value.denominator == 1 and 0 <= lower.value <= _MOST_FACTORS):
            return self.function(t)
        made: Term = ONE
        for k in range(int(lower.value)):
            made = times(made, over(minus(upper, num(k)), num(k + 1)))
        return self.of(made)

    def apply(self, t: App) -> Term | None:
        head, arguments = t.args[0], t.args[1:]
        if isinstance(head, Bound):
            return self.of(substitute(head.body, dict(zip(head.symbols, arguments, strict=True))))
        out: Term | None = None
        for k, a in enumerate(arguments):
            inner = self.of(a)
            if inner is None:
                continue
            if a.shape:
                raise NotDifferentiable("an unknown function of a vector has no derivative by entries")
            s = Symbol("t")
            body = App("apply", (head, *arguments[:k], var(s), *arguments[k + 1 :]), t.shape)
            part = times(bound("diff", (s,), body, a, ONE), inner)
            out = part if out is None else plus(out, part)
        return out

    # --- binders ---

    def summed(self, t: Bound) -> Term | None:
        if any(map(self.depends, t.args)):
            raise NotDifferentiable(f"the range of a {t.op} depends on the variable")
        inner = self.of(t.body)
        if inner is None:
            return None
        if t.op == "sum":
            return bound("sum", t.symbols, inner, *t.args)
        return times(t, bound("sum", t.symbols, over(inner, t.body), *t.args))

    def integral(self, t: Bound) -> Term | None:
        low, high = t.args
        out: Term | None = None
        inner = self.of(t.body)
        if inner is not None:
            out = bound("integrate", t.symbols, inner, low, high)
        for end, sign in ((high, 1), (low, -1)):
            step = self.of(end)
            if step is not None:
                value = times(substitute(t.body, {t.symbols[0]: end}), step)
                out = (value if sign > 0 else negate(value)) if out is None else (plus if sign > 0 else minus)(out, value)
        return out

    def antiderivative(self, t: Bound) -> Term | None:
        (point,) = t.args
        out: Term | None = None
        inner = self.of(t.body)
        if inner is not None:
            out = bound("antiderivative", t.symbols, inner, point)
        step = self.of(point)
        if step is not None:
            value = times(substitute(t.body, {t.symbols[0]: point}), step)
            out = value if out is None else plus(out, value)
        return out

    def bracket(self, t: Bound) -> Term | None:
        if t.args[0] in INFINITE or t.args[1] in INFINITE:
            raise NotDifferentiable("a limit at infinity has to be worked out before it is differentiated")
        ends = [substitute(t.body, {t.symbols[0]: a}) for a in t.args]
        return self.of(minus(ends[1], ends[0]))

    def diff(self, t: Bound) -> Term | None:
        point, order = t.args
        if isinstance(order, Num) and not is_unknown(t.body, t.symbols[0]):
            body = nth(t.body, t.symbols[0], int(order.value))
            return self.of(substitute(body, {t.symbols[0]: point}))
        out: Term | None = None
        inner = self.of(t.body)
        if inner is not None:
            out = bound("diff", t.symbols, inner, point, order)
        step = self.of(point)
        if step is not None:
            value = times(bound("diff", t.symbols, t.body, point, plus(order, ONE)), step)
            out = value if out is None else plus(out, value)
        return out


def is_unknown(body: Term, x: Symbol) -> bool:
    """An unknown function of the variable itself, or a derivative of one by another variable, whose derivative has no other form. `f(x^2)` is not: the
    chain rule applies."""
    if isinstance(body, Bound) and body.op == "diff":
        (own,) = body.symbols
        return x not in free_symbols(body.args[0]) and is_unknown(body.body, own) and is_unknown(body.body, x)
    return (
        isinstance(body, App)
        and body.op == "apply"
        and isinstance(body.args[0], Var)
        and Var(x) in body.args[1:]
        and all(a == Var(x) or x not in free_symbols(a) for a in body.args[1:])
    )


def _log(u: Term) -> Term:
    return app("log", u)


def _matrix_power(base: Term, n: int) -> Term:
    return base if n == 1 else app("pow", base, num(n))


def entry_of(base: Term, places: Sequence[Term]) -> Term:
    """An entry, read off where the array and the places are explicit."""
    if isinstance(base, Array) and all(isinstance(p, Num) for p in places):
        where = [int(p.value) - 1 for p in places if isinstance(p, Num)]
        if len(base.shape) == 1 and len(where) == 1:
            return base.rows[0][where[0]]
        if len(where) == 2:
            return base.rows[where[0]][where[1]]
    return app("index", base, *places)


def _extreme(d: _Derivative, t: App) -> Term | None:
    """Of two numbers that differ, the derivative of the one that is taken."""
    if t.shape or len(t.args) != 2 or any(a.shape for a in t.args):
        raise NotDifferentiable(f"{t.op} of more than two numbers has no derivative rule")
    a, b = t.args
    left, right = (d.of(x) or ZERO for x in (a, b))
    if a == b:
        return left
    above, below = ("gt", "lt") if t.op == "max" else ("lt", "gt")
    conditions = (App(op, (a, b), (), "truth") for op in (above, below))
    return App("piecewise", tuple(x for pair in zip((left, right), conditions, strict=True) for x in pair))


_RULES: dict[str, Callable[[_Derivative, App], Term | None]] = {
    "add": _Derivative.add, "sub": _Derivative.add, "mul": _Derivative.mul, "emul": _Derivative.mul, "div": _Derivative.div,
    "ediv": _Derivative.div, "pow": _Derivative.pow, "epow": _Derivative.pow, "factorial": _Derivative.factorial,
    "neg": _Derivative.through, "transpose": _Derivative.through, "index": _Derivative.through, "tr": _Derivative.through,
    "vec": _Derivative.through, "given": _Derivative.through, "piecewise": _Derivative.piecewise, "apply": _Derivative.apply, "binomial": _Derivative.binomial,
    "max": _extreme, "min": _extreme, "tuple": _Derivative.listed, "set": _Derivative.listed,
    "re": _Derivative.part, "im": _Derivative.part, "conjugate": _Derivative.part, "arg": _Derivative.part,
}  # fmt: skip

_BINDERS: dict[str, Callable[[_Derivative, Bound], Term | None]] = {
    "sum": _Derivative.summed, "prod": _Derivative.summed, "integrate": _Derivative.integral,
    "antiderivative": _Derivative.antiderivative, "bracket": _Derivative.bracket, "diff": _Derivative.diff,
}  # fmt: skip
