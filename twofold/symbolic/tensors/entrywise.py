"""Scalar functions of the catalogue inside index expressions: their derivatives and definitions as polynomials over their
arguments.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.tensors.algebra import add, multiply, product, scale
from twofold.symbolic.tensors.functions import call
from twofold.symbolic.tensors.node import ZERO, Call, Poly, Unsupported, scalar
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.renaming import replace

_NAMED: dict[str, tuple[str, ...]] = {
    "sigmoid": ("sigmoid(x)*(1 - sigmoid(x))",),
    "softplus": ("sigmoid(x)",),
    "gelu": ("Phi(x) + x*phi(x)",),
}
"""Derivatives of functions that are declared by a definition, in terms of functions that have a name."""


def partials(f: Call) -> tuple[Poly, ...]:
    """The partial derivatives of a scalar function by each argument, at its arguments. Raises `Unsupported`."""
    arguments = tuple(t.poly for t in f.arguments)
    own = _OWN.get(f.op)
    if own is not None:
        return own(*arguments)
    symbols, found = _partials(f.op, len(arguments))
    return tuple(_at(p, symbols, arguments) for p in found)


def unfolded(f: Call) -> Poly | None:
    """The definition of a function at its arguments, for functions that abbreviate an expression."""
    if f.slots or any(t.axes for t in f.arguments):
        return None
    if f.op == "relu":
        u = f.inner
        return scale(add(u, call("abs", u)), Fraction(1, 2))
    found = _definition(f.op, len(f.arguments))
    return None if found is None else _at(found[1], found[0], tuple(t.poly for t in f.arguments))


def _at(p: Poly, symbols: tuple[Symbol, ...], arguments: tuple[Poly, ...]) -> Poly:
    for s, a in zip(symbols, arguments, strict=True):
        p = replace(p, s, scalar(a))
    return p


@cache
def _partials(op: str, count: int) -> tuple[tuple[Symbol, ...], tuple[Poly, ...]]:
    spec = functions().get(op)
    if spec is None or len(spec.arguments) != count:
        raise Unsupported(f"no derivative of {op} is known")
    names = {a.name: Symbol(a.name) for a in spec.arguments}
    texts = _NAMED.get(op) or spec.derivative
    if len(texts) == count:
        found = tuple(_read(formula(text, names)) for text in texts)
    else:
        definition = _definition(op, count)
        if definition is None:
            raise Unsupported(f"no derivative of {op} is known")
        from twofold.symbolic.tensors.differentiate import differential

        names = dict(zip(names, definition[0], strict=True))
        found = tuple(differential(definition[1], s, ()) for s in names.values())
    return tuple(names.values()), found


@cache
def _definition(op: str, count: int) -> tuple[tuple[Symbol, ...], Poly] | None:
    spec = functions().get(op)
    if spec is None or not spec.definition or len(spec.arguments) != count or spec.shape != "entrywise":
        return None
    names = {a.name: Symbol(a.name) for a in spec.arguments}
    return tuple(names.values()), _read(formula(spec.definition, names))


def _read(term: Term) -> Poly:
    from twofold.symbolic.tensors.read import Reader

    return Reader().scalar(term)


def _exp(u: Poly) -> tuple[Poly, ...]:
    return (call("exp", u),)


def _log(u: Poly) -> tuple[Poly, ...]:
    return (power(u, -1),)


def _power(base: Poly, exponent: Poly) -> tuple[Poly, ...]:
    value = call("power", base, exponent)
    return product([exponent, value, power(base, -1)]), multiply(value, call("log", base))


_OWN = {
    "exp": _exp,
    "log": _log,
    "power": _power,
    "abs": lambda u: (call("sign", u),),
    "sign": lambda u: (ZERO,),
    "relu": lambda u: (call("step", u),),
    "step": lambda u: (ZERO,),
}
