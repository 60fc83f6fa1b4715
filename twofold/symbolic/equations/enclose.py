"""Certified enclosures of polynomials in kernels at a point."""

from __future__ import annotations

from collections.abc import Mapping

from flint import arb, ctx

from twofold.symbolic.equations.ring import Polynomial, Ratio, Ring, sparse

PRECISIONS = (64, 192, 640, 2048)


class NoEnclosure(Exception):
    """A kernel has no value at the point, or none that can be enclosed."""


class precision:
    """FLINT's working precision inside a `with` statement."""

    __slots__ = ("before", "bits")

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def __enter__(self) -> None:
        self.before, ctx.prec = ctx.prec, self.bits

    def __exit__(self, *reason: object) -> None:
        ctx.prec = self.before


def generator(ring: Ring, k: int, values: Mapping[int, arb], found: dict[int, arb]) -> arb:
    """The value of a generator from those of the names."""
    if k in values:
        return values[k]
    if k not in found:
        found[k] = _kernel(ring, k, values, found)
    return found[k]


def _kernel(ring: Ring, k: int, values: Mapping[int, arb], found: dict[int, arb]) -> arb:
    g = ring.generators[k]
    if g.argument is None:
        if g.value is None:
            raise NoEnclosure
        return g.enclosure()
    u = quotient(ring, g.argument, values, found)
    if g.kind in ("power", "constant"):
        return u.exp()
    if g.kind == "log":
        if not u > 0:
            raise NoEnclosure
        return u.log()
    if g.kind == "sin":
        return u.sin()
    if g.kind == "cos":
        return u.cos()
    if g.kind == "function":
        return _function(getattr(g.term, "op", ""), u)
    if g.kind == "root":
        if g.index % 2 == 0:
            if not u >= 0:
                raise NoEnclosure
            return u.root(g.index)
        if u > 0:
            return u.root(g.index)
        if u < 0:
            return -(-u).root(g.index)
    raise NoEnclosure


def _function(name: str, u: arb) -> arb:
    from twofold.symbolic.equations.monotone import FUNCTIONS

    x = FUNCTIONS[name].value(u)
    if not x.is_finite():
        raise NoEnclosure
    return x


def polynomial(ring: Ring, p: Polynomial, values: Mapping[int, arb], found: dict[int, arb] | None = None) -> arb:
    """A ball around the value of a polynomial."""
    found = {} if found is None else found
    total = arb(0)
    for c, powers in sparse(p):
        t = arb(c)
        for k, d in powers:
            x = generator(ring, k, values, found)
            t *= x if d == 1 else x**d
        total += t
    return total


def quotient(ring: Ring, u: Ratio, values: Mapping[int, arb], found: dict[int, arb] | None = None) -> arb:
    """A ball around the value of a quotient."""
    found = {} if found is None else found
    top, bottom = polynomial(ring, u.top, values, found), polynomial(ring, u.bottom, values, found)
    if bottom.contains(0):
        raise NoEnclosure
    return top / bottom


def is_constant(ring: Ring, k: int) -> bool:
    """Whether a generator is a number that can be enclosed."""
    g = ring.generators[k]
    if g.kind in ("symbol", "opaque", "cases"):
        return False
    return all(ring.generators[j].kind == "constant" or is_constant(ring, j) for j in g.inside if j != k)


def sign(ring: Ring, p: Polynomial, values: Mapping[int, arb] | None = None) -> int | None:
    """The sign of a polynomial whose kernels are numbers or follow from exact values; `None` where no precision tells."""
    for bits in PRECISIONS:
        with precision(bits):
            try:
                x = polynomial(ring, p, values or {})
            except NoEnclosure:
                return None
            if x > 0:
                return 1
            if x < 0:
                return -1
            if x.is_zero():
                return 0
    return None
