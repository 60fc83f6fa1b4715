"""Whether a function of a vector or matrix of any size is convex: by how it is put together, and by the definiteness of its Hessian.

Sources: Boyd and Vandenberghe, "Convex Optimization" (2004), sections 3.1 and 3.2; Grant, Boyd and Ye, "Disciplined convex programming" (2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from twofold.catalogue.constants import rational
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import App, Bound, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, transform, var
from twofold.symbolic.context import Context
from twofold.symbolic.definiteness import Definiteness, spread
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.solving.disciplined import AFFINE, CONCAVE, CONVEX, OPPOSITE, is_norm, joined

_LINEAR = frozenset("sum mean index transpose tr vec".split())
"""Functions of arrays whose values are sums of positive multiples of entries."""
_RISING = frozenset("exp softplus relu".split())
"""Convex functions that rise."""


def is_convex(f: Term, s: Symbol, context: Context) -> bool:
    """Whether a number is convex in the entries of an array. Raises `NotApplicable` where that is not seen."""
    shape = _Shape(s, context)
    if shape.of(f) in (AFFINE, CONVEX):
        return True
    if len(s.shape) == 1:
        found = shape.by_hessian(f)
        if found is not None:
            return found
    raise NotApplicable("neither the rules for sums, norms and the like nor the Hessian decide it")


class _Shape:
    """What is known of functions of one array: `affine`, `convex`, `concave`, entry by entry where they are arrays themselves."""

    def __init__(self, s: Symbol, context: Context) -> None:
        self.s = s
        self.context = context
        self.converter = converter((), context.assumptions)

    def of(self, t: Term) -> str | None:
        if self.s not in free_symbols(t) or isinstance(t, Var):
            return AFFINE
        if isinstance(t, Bound):
            return self.of(t.body) if t.op == "sum" and not any(self.s in free_symbols(a) for a in t.args) else None
        rule = _RULES.get(t.op) if isinstance(t, App) else None
        found = rule(self, t) if rule is not None and isinstance(t, App) else None
        return self.on_a_line(t) if found is None and not t.shape else found

    def on_a_line(self, t: Term) -> str | None:
        """By the one affine number through which a function depends on the array: x[i]*log(x[i]), (a'*x)^4."""
        from twofold.symbolic.solving.convexity import on_the_line

        inner = set(self.moving(t))
        if len(inner) != 1:
            return None
        (u,) = inner
        positive = "positive" in self.s.properties and isinstance(u, App) and u.op == "index"
        x = Symbol("t", lower=num(0), open_lower=True) if positive else Symbol("t")
        g = transform(t, lambda v: var(x) if v == u else None)
        if set(free_symbols(g)) != {x}:
            return None
        local = replace(self.context, notes=[], conditions=[])
        for kind, side in ((CONVEX, g), (CONCAVE, app("neg", g))):
            try:
                if on_the_line(side, x, None, local) and not local.conditions:
                    return kind
            except (NotApplicable, NoEnclosure):
                return None
        return None

    def moving(self, t: Term) -> Iterator[Term]:
        """The largest affine numbers in which the array stands, and the array itself where it stands elsewhere."""
        if self.s not in free_symbols(t):
            return
        rule = _RULES.get(t.op) if isinstance(t, App) else None
        if not t.shape and rule is not None and isinstance(t, App) and rule(self, t) == AFFINE:
            yield t
        elif isinstance(t, App) and not t.shape:
            for a in t.args:
                yield from self.moving(a)
        else:
            yield t

    def by_hessian(self, f: Term) -> bool | None:
        """By a Hessian that is semidefinite, or negative definite; `None` for another."""
        from twofold.symbolic.work import work

        known = Definiteness(self.sign)

        def kind(g: Term) -> str | None:
            inner = copy_symbol(self.s)
            hessian = work(bound("hessian", (inner,), substitute(g, {self.s: var(inner)}), var(self.s)), self.context)
            return known.definite(hessian) or known.definite(spread(hessian))

        if kind(f) is not None:
            return True
        return False if kind(app("neg", f)) == "positive" else None

    def sign(self, t: Term) -> str | None:
        try:
            e = self.converter(t)
        except GIVES_UP:
            return None
        if not e.num:
            return "0"
        return self.converter.signs.of(e.num) if len(e.den) == 1 else None

    # --- rules ---------------------------------------------------------------------------------------------------------------

    def total(self, t: App) -> str | None:
        kinds = [self.of(a) for a in t.args]
        if t.op in ("sub", "neg"):
            kinds[-1] = OPPOSITE.get(kinds[-1] or "")
        return joined(kinds)

    def linear(self, t: App) -> str | None:
        return self.of(t.args[0]) if not any(self.s in free_symbols(a) for a in t.args[1:]) else None

    def multiple(self, t: App) -> str | None:
        moving = [a for a in t.args if self.s in free_symbols(a)]
        if len(moving) != 1 or t.op == "div" and moving[0] is not t.args[0]:
            return None
        kind = self.of(moving[0])
        factor = t.args[1] if moving[0] is t.args[0] else t.args[0]
        if kind in (None, AFFINE) or factor.shape:
            return kind if kind == AFFINE else None
        sign = self.sign(factor)
        assert kind is not None
        return None if sign is None else kind if sign in ("+", "0+", "0") else OPPOSITE[kind]

    def size(self, t: App) -> str | None:
        return CONVEX if self.linear(t) == AFFINE and is_norm(t) else None

    def power(self, t: App) -> str | None:
        p, kind = rational(t.args[1]), self.of(t.args[0])
        if p is None or len(t.args[0].shape) == 2:
            return None
        if p > 1 and kind == AFFINE and p.denominator == 1 and p.numerator % 2 == 0:
            return CONVEX
        base = t.args[0]
        return (
            CONVEX if p >= 1 and kind == CONVEX and isinstance(base, App) and base.op in ("norm", "abs", "exp", "relu") else None
        )

    def extreme(self, t: App) -> str | None:
        wanted = CONVEX if t.op == "max" else CONCAVE
        return wanted if {self.of(a) for a in t.args} <= {AFFINE, wanted} else None

    def rising(self, t: App) -> str | None:
        return CONVEX if self.of(t.args[0]) in (AFFINE, CONVEX) else None

    def root(self, t: App) -> str | None:
        return CONCAVE if self.of(t.args[0]) in (AFFINE, CONCAVE) else None

    def logarithm(self, t: App) -> str | None:
        return CONVEX if self.is_sum_of_exponentials(t.args[0]) else self.root(t)

    def is_sum_of_exponentials(self, t: Term) -> bool:
        """Whether this is a sum of positive multiples of exponentials of convex parts, and numbers that are not negative."""
        if self.s not in free_symbols(t):
            return not t.shape and self.sign(t) in ("+", "0+", "0")
        if isinstance(t, Bound):
            return t.op == "sum" and not any(self.s in free_symbols(a) for a in t.args) and self.is_sum_of_exponentials(t.body)
        if not isinstance(t, App):
            return False
        if t.op == "exp":
            return self.of(t.args[0]) in (AFFINE, CONVEX)
        if t.op == "add":
            return all(map(self.is_sum_of_exponentials, t.args))
        if t.op in ("sum", "mean"):
            return self.is_sum_of_exponentials(t.args[0])
        if t.op in ("mul", "div"):
            a, b = t.args
            moving, rest = (a, b) if self.s in free_symbols(a) else (b, a)
            fits = self.s not in free_symbols(rest) and (t.op == "mul" or moving is a) and not rest.shape
            return fits and self.sign(rest) in ("+", "0+") and self.is_sum_of_exponentials(moving)
        return False

    def log_determinant(self, t: App) -> str | None:
        """Concave on the positive definite matrices."""
        return CONCAVE if t.args[0] == var(self.s) and "posdef" in self.s.properties else None


_RULES: dict[str, Callable[[_Shape, App], str | None]] = {
    "add": _Shape.total, "sub": _Shape.total, "neg": _Shape.total, "mul": _Shape.multiple, "div": _Shape.multiple, "dot": _Shape.multiple,
    "emul": _Shape.multiple, "norm": _Shape.size, "abs": _Shape.size, "pow": _Shape.power, "max": _Shape.extreme, "min": _Shape.extreme,
    "log": _Shape.logarithm, "sqrt": _Shape.root, "logdet": _Shape.log_determinant,
    **dict.fromkeys(_LINEAR, _Shape.linear), **dict.fromkeys(_RISING, _Shape.rising),
}  # fmt: skip

__all__ = ["is_convex"]
