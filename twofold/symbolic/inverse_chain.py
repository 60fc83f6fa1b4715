"""Where a composition of invertible functions of one name takes a value: the layers are taken off one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import Num, Symbol, Term, Var, free_symbols, num

_INVERSES: dict[str, Callable[[Term], Term]] = {
    "exp": lambda v: app("log", v),
    "log": lambda v: app("exp", v),
    "sqrt": lambda v: app("pow", v, num(2)),
    "cbrt": lambda v: app("pow", v, num(3)),
    "sinh": lambda v: app("asinh", v),
    "asinh": lambda v: app("sinh", v),
    "neg": lambda v: app("neg", v),
}


def preimages(t: Term, s: Symbol, value: Term) -> Iterator[Term]:
    """Numbers at which a term may have a value; those where it has another one, or none, are for the caller to leave out."""
    if isinstance(t, Var):
        if t.symbol is s:
            yield value
        return
    op, args = getattr(t, "op", ""), getattr(t, "args", ())
    inside = [a for a in args if s in free_symbols(a)]
    if len(inside) != 1:
        return
    if op in _INVERSES:
        yield from preimages(args[0], s, _INVERSES[op](value))
    elif op in ("add", "sub", "mul", "div") and len(args) == 2:
        a, b = args
        first = a is inside[0]
        other = b if first else a
        back = {
            "add": app("sub", value, other),
            "sub": app("add", value, other) if first else app("sub", other, value),
            "mul": app("div", value, other),
            "div": app("mul", value, other) if first else app("div", other, value),
        }[op]
        yield from preimages(inside[0], s, back)
    elif op == "pow" and args[0] is inside[0] and (k := rational(args[1])):
        root = _root(value, k)
        yield from preimages(args[0], s, root)
        if k.denominator == 1 and k % 2 == 0:
            yield from preimages(args[0], s, app("neg", root))


def _root(value: Term, k: Fraction) -> Term:
    """What has this number as its power of exponent k; the real root where that is odd."""
    if k < 0:
        return app("div", num(1), _root(value, -k))
    if k == 2:
        return app("sqrt", value)
    if k.denominator == 1 and k % 2:
        return app("cbrt", value) if k == 3 else app("root", value, Num(k))
    return app("pow", value, Num(1 / k))


__all__ = ["preimages"]
