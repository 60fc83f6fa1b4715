"""The operations of terms: one rule each, `(evaluator, term) -> value`, the same for every arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.catalogue.spec import Function
from twofold.grammar.term import ALL, App, Bound, Num, Symbol, Term
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.containers import entrywise, flat, full, product, rank, shaped, transposed
from twofold.numeric.doubles import Doubles
from twofold.numeric.exhaustive import covers
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Rule = Callable[["Evaluator", App], Value]


def truth(arithmetic: Arithmetic, p: bool) -> Value:
    return float(p) if isinstance(arithmetic, Doubles) else p


def _termwise(method: str) -> Rule:
    def rule(e: Evaluator, t: App) -> Value:
        f = getattr(e.arithmetic, method)
        values = [e.value(a) for a in t.args]
        if not any(isinstance(v, tuple) for v in values):
            return f(*values)
        return entrywise(f, *values)

    return rule


def _chain(method: str) -> Rule:
    """add and sub, with the left operands of long chains taken in a loop."""

    def rule(e: Evaluator, t: App) -> Value:
        parts: list[tuple[str, Term]] = []
        left: Term = t
        while isinstance(left, App) and left.op in ("add", "sub") and len(left.args) == 2:
            parts.append((left.op, left.args[1]))
            left = left.args[0]
        out = e.value(left)
        for op, right in reversed(parts):
            e.work.spend()
            f = e.arithmetic.add if op == "add" else e.arithmetic.sub
            value = e.value(right)
            out = f(out, value) if not isinstance(out, tuple) and not isinstance(value, tuple) else entrywise(f, out, value)
        return out

    return rule


def _mul(e: Evaluator, t: App) -> Value:
    a, b = e.value(t.args[0]), e.value(t.args[1])
    ra, rb = rank(a), rank(b)
    if not ra or not rb:
        return e.arithmetic.mul(a, b) if not ra and not rb else entrywise(e.arithmetic.mul, a, b)
    e.work.spend(len(flat(a)) * len(full(b)[0]))
    return shaped(product(e.arithmetic, full(a), full(b)), len(t.shape))


def _pow(e: Evaluator, t: App) -> Value:
    a, b = e.value(t.args[0]), e.value(t.args[1])
    if not rank(a):
        return e.arithmetic.pow(a, b)
    from twofold.numeric.matrices import power
    from twofold.numeric.matrix_rules import fractional_power

    exponent = t.args[1]
    if isinstance(exponent, Num) and exponent.value.denominator != 1 or isinstance(exponent, App) and exponent.op == "div":
        return fractional_power(e, a, b)
    try:
        whole = e.arithmetic.integer(b)
    except Undefined:
        return fractional_power(e, a, b)
    return power(e, a, whole)


def _transpose(e: Evaluator, t: App) -> Value:
    return shaped(transposed(full(e.value(t.args[0]))), len(t.shape))


def _factorial(e: Evaluator, t: App) -> Value:
    return entrywise(lambda x: e.arithmetic.call("factorial", [x]), e.value(t.args[0]))


# --- truth ---------------------------------------------------------------------------------------------------------------------------


def _compare(op: str) -> Rule:
    def rule(e: Evaluator, t: App) -> Value:
        a, b = e.value(t.args[0]), e.value(t.args[1])
        m = e.arithmetic
        if not isinstance(a, tuple) and not isinstance(b, tuple):
            return m.compare(op, a, b)
        pairs = flat(entrywise(lambda x, y: _Pair(x, y), a, b))
        out = truth(m, True)
        for p in pairs:
            out = m.both(out, m.compare("eq" if op == "ne" else op, p.left, p.right))
        return m.negate(out) if op == "ne" else out

    return rule


class _Pair:
    __slots__ = ("left", "right")

    def __init__(self, left: Value, right: Value) -> None:
        self.left, self.right = left, right


def atom(e: Evaluator, t: Term) -> Value:
    """A part of a logical statement: where it is undefined, an equation or inequality is false."""
    if t.sort == "truth" and isinstance(t, App) and t.op in ("and", "or", "not", "implies", "iff"):
        return e.value(t)
    try:
        p = e.value(t)
    except Undefined:
        return truth(e.arithmetic, False)
    if isinstance(e.arithmetic, Doubles):
        import numpy as np

        return np.where(np.isnan(p), 0.0, p)[()]
    return p


def _and(e: Evaluator, t: App) -> Value:
    """Stops at what is certainly false, so that what follows need not be decided."""
    out = truth(e.arithmetic, True)
    for a in t.args:
        out = e.arithmetic.both(out, atom(e, a))
        if out is False:
            return out
    return out


def _not(e: Evaluator, t: App) -> Value:
    return e.arithmetic.negate(atom(e, t.args[0]))


def _or(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    out = truth(m, False)
    for a in t.args:
        out = m.negate(m.both(m.negate(out), m.negate(atom(e, a))))
        if out is True:
            return out
    return out


def _implies(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    left = atom(e, t.args[0])
    if left is False:
        return True
    return m.negate(m.both(left, m.negate(atom(e, t.args[1]))))


def _iff(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    p, q = atom(e, t.args[0]), atom(e, t.args[1])
    return m.negate(m.both(m.negate(m.both(p, q)), m.negate(m.both(m.negate(p), m.negate(q)))))


def _in(e: Evaluator, t: App) -> Value:
    """Membership in an interval, a range of whole numbers or a finite set."""
    m, where = e.arithmetic, t.args[1]
    x = e.value(t.args[0])
    if not isinstance(where, App):
        raise CannotEvaluate("membership in this set")
    if where.op.startswith("interval_"):
        low, high = ("ge" if where.op[-2] == "c" else "gt"), ("le" if where.op[-1] == "c" else "lt")
        return m.both(m.compare(low, x, e.value(where.args[0])), m.compare(high, x, e.value(where.args[1])))
    if where.op == "range":
        inside = m.both(m.compare("ge", x, e.value(where.args[0])), m.compare("le", x, e.value(where.args[1])))
        return m.both(inside, m.compare("eq", x, m.call("floor", [x])))
    if where.op == "set":
        out = truth(m, False)
        for a in where.args:
            out = m.negate(m.both(m.negate(out), m.negate(m.compare("eq", x, e.value(a)))))
        return out
    raise CannotEvaluate("membership in this set")


def _piecewise(e: Evaluator, t: App) -> Value:
    """Only the branch taken is evaluated where the arithmetic can tell which one that is."""
    m, args = e.arithmetic, t.args
    pending: list[tuple[Value, Value]] = []
    out: Value = None
    for k in range(0, len(args) - 1, 2):
        p = e.value(args[k + 1])
        if p is False:
            continue
        if p is True:
            out = e.value(args[k])
            break
        pending.append((p, e.value(args[k])))
    else:
        if len(args) % 2:
            out = e.value(args[-1])
        elif isinstance(m, Doubles):
            out = m.dtype(float("nan"))
        elif not pending:
            raise Undefined("no branch applies")
        elif covers(args[1::2]):
            out = pending.pop()[1]
        else:
            raise Unresolved("whether a branch applies")
    for p, value in reversed(pending):
        if isinstance(value, tuple) and not isinstance(out, tuple):
            out = entrywise(lambda _, filler=out: filler, value)
        out = m.select(p, value, out)
    return out


def _indicator(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    return m.select(e.value(t.args[0]), m.one, m.zero)


# --- structure -------------------------------------------------------------------------------------------------------------------------


def _index(e: Evaluator, t: App) -> Value:
    base = e.value(t.args[0])
    places = [None if p == ALL else e.arithmetic.integer(e.value(p)) for p in t.args[1:]]
    if len(places) == 1:
        cells = flat(base)
        return base if places[0] is None else _pick(cells, places[0])
    if rank(base) == 1:
        base = full(base)
    rows = base if places[0] is None else (_pick(base, places[0]),)
    out = rows if places[1] is None else tuple((_pick(r, places[1]),) for r in rows)
    return shaped(out, len(t.shape))


def _pick(items: Any, k: int) -> Value:
    if not 1 <= k <= len(items):
        raise Undefined("an index outside the range")
    return items[k - 1]


def _apply(e: Evaluator, t: App) -> Value:
    f = t.args[0] if isinstance(t.args[0], Bound) else e.value(t.args[0])
    arguments = [e.value(a) for a in t.args[1:]]
    if not isinstance(f, Bound) or f.op != "lambda":
        raise CannotEvaluate("what is applied is not a known function")
    if len(arguments) == 1 and len(f.symbols) == 1 and rank(arguments[0]) and not f.symbols[0].shape:
        return entrywise(lambda x: e.inner({f.symbols[0]: x}).value(f.body), arguments[0])
    return e.inner(dict(zip(f.symbols, arguments, strict=True))).value(f.body)


def _given(e: Evaluator, t: App) -> Value:
    """A value under a condition has no value where the condition fails."""
    m = e.arithmetic
    p = e.value(t.args[1])
    if p is False:
        raise Undefined("the condition fails")
    value = e.value(t.args[0])
    if isinstance(m, Doubles):
        nan = m.dtype(float("nan"))
        return entrywise(lambda x: m.select(p, x, nan), value)
    return value


def _extreme(name: str) -> Rule:
    """Of one array the extreme entry, of several arguments the extreme entry by entry."""

    def rule(e: Evaluator, t: App) -> Value:
        values = [e.value(a) for a in t.args]
        if len(values) == 1:
            return e.arithmetic.call(name, flat(values[0]))
        return entrywise(lambda *xs: e.arithmetic.call(name, xs), *values)

    return rule


def _tuple(e: Evaluator, t: App) -> Value:
    return tuple(e.value(a) for a in t.args)


def _lambda(e: Evaluator, t: Bound) -> Value:
    """A function as a value, closed over the values in force."""
    return t


_APPLICATIONS: dict[str, Rule] = {
    "add": _chain("add"), "sub": _chain("sub"), "mul": _mul, "div": _termwise("div"), "neg": _termwise("neg"), "pow": _pow,
    "emul": _termwise("mul"), "ediv": _termwise("div"), "epow": _termwise("pow"), "transpose": _transpose, "factorial": _factorial,
    **{op: _compare(op) for op in ("eq", "ne", "lt", "le", "gt", "ge")}, "in": _in,
    "and": _and, "or": _or, "not": _not, "implies": _implies, "iff": _iff,
    "piecewise": _piecewise, "indicator": _indicator, "index": _index, "item": _index, "apply": _apply, "given": _given,
    "tuple": _tuple, "set": _tuple, "max": _extreme("max"), "min": _extreme("min"),
}  # fmt: skip


def application(op: str) -> Rule | None:
    """The rule of an operation; `None` for one that is not known."""
    return _collected()[0].get(op)


def binder(op: str) -> Callable[[Evaluator, Bound], Value] | None:
    """The rule of an operation that binds a variable."""
    return _collected()[1].get(op)


def _scalar_function(spec: Function) -> Rule:
    """A scalar function of the catalogue, applied entry by entry; by its definition where it has no evaluation of its own."""
    name, defined = spec.name, bool(spec.definition and not (spec.floats and spec.balls))
    names = [a.name for a in spec.arguments]

    def rule(e: Evaluator, t: App) -> Value:
        values = [e.value(a) for a in t.args]
        if defined:
            return entrywise(lambda *xs: e.defined(spec.definition, names, xs), *values)
        if not any(isinstance(v, tuple) for v in values):
            return e.arithmetic.call(name, values)
        return entrywise(lambda *xs: e.arithmetic.call(name, xs), *values)

    return rule


def _by_definition(spec: Function) -> Rule:
    """A function of arrays that abbreviates a formula."""

    def rule(e: Evaluator, t: App) -> Value:
        values = [e.value(a) for a in t.args]
        names = {a.name: Symbol(a.name, shape=x.shape) for a, x in zip(spec.arguments, t.args, strict=False)}
        return e.inner(dict(zip(names.values(), values, strict=True))).value(formula(spec.definition, names))

    return rule


@cache
def _collected() -> tuple[dict[str, Rule], dict[str, Callable[[Evaluator, Bound], Value]]]:
    """The rules by operation: those of the modules, then the declarations that need none."""
    from twofold.numeric import (
        derivatives,
        entries,
        expectations,
        integration,
        likelihoods,
        limits,
        logarithms,
        matrix_rules,
        subspaces,
        summation,
        transforms,
    )

    applications: dict[str, Rule] = {}
    binders: dict[str, Callable[[Evaluator, Bound], Value]] = {"lambda": _lambda}
    modules = (
        derivatives,
        entries,
        integration,
        limits,
        logarithms,
        matrix_rules,
        subspaces,
        summation,
        transforms,
        expectations,
        likelihoods,
    )
    for module in modules:
        applications.update(getattr(module, "APPLICATIONS", {}))
        binders.update(getattr(module, "BINDERS", {}))
    applications.update(_APPLICATIONS)
    for name, spec in functions().items():
        if name in applications:
            continue
        if spec.shape == "entrywise" and (spec.definition or spec.floats or spec.balls):
            applications[name] = _scalar_function(spec)
        elif spec.definition:
            applications[name] = _by_definition(spec)
    return applications, binders


__all__ = ["application", "atom", "binder", "truth"]
