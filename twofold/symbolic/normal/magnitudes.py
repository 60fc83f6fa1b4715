"""Limits of sequences with powers of what may be negative: term by term, what has a magnitude that tends to 0 does so itself."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import OO, App, Bound, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import separate
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised


def squeezed(c: Converter, t: Bound) -> Element | None:
    """The limit of a sequence at infinity by its terms; `None` where one of them is not seen to have a limit."""
    from twofold.symbolic.asymptotic.limits import shown

    x = t.symbols[0]
    if x.kind != "integer" or t.args[0] != OO or t.shape:
        return None
    near = Symbol(x.name, x.kind, lower=num(1))
    e = c(substitute(t.body, {x: var(near)}))
    f, g = c.field, c.field.kernel(("sym", near))
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=True):
        term = raised(c, inner)
        if near not in free_symbols(term):
            out = f.add(out, f.mul(outer, inner))
            continue
        own = shown(c, Bound("limit", (near,), term, t.args))
        if own is None and not _vanishes(c, near, term):
            return None
        out = out if own is None else f.add(out, f.mul(outer, own))
    return out


def _vanishes(c: Converter, n: Symbol, t: Term) -> bool:
    """Whether the magnitude of a term tends to 0."""
    from twofold.symbolic.asymptotic.limits import shown

    sizes: dict[Symbol, Symbol] = {}
    made = _magnitude(c, t, n, sizes)
    if made is None or not sizes and made == t:
        return False
    real = Symbol(n.name, "real", lower=num(0), open_lower=True)
    found = shown(c, Bound("limit", (real,), substitute(made, {n: var(real)}), (OO,)))
    return found is not None and not found.num


def _magnitude(c: Converter, t: Term, n: Symbol, sizes: dict[Symbol, Symbol]) -> Term | None:
    """The absolute value of a product of powers, with names for those of the names of unknown sign; `None` for other terms."""
    if isinstance(t, Num):
        return Num(abs(t.value))
    if isinstance(t, App) and t.op in ("mul", "div"):
        parts = [_magnitude(c, a, n, sizes) for a in t.args]
        return None if parts[0] is None or parts[1] is None else app(t.op, parts[0], parts[1])
    if isinstance(t, App) and t.op in ("neg", "abs"):
        return _magnitude(c, t.args[0], n, sizes)
    if isinstance(t, App) and t.op == "pow" and _is_whole(t.args[1], n):
        base = _magnitude(c, t.args[0], n, sizes)
        return None if base is None else num(1) if base == num(1) else app("pow", base, t.args[1])
    e = c(t)
    if len(e.den) == 1 and e.num and c.signs.of(e.num) == "+":
        return t
    if isinstance(t, Var) and not t.shape and t.symbol.kind in ("real", "integer"):
        return var(sizes.setdefault(t.symbol, _size(c, t)))
    return None


def _is_whole(t: Term, n: Symbol) -> bool:
    """Whether a term is a whole number for whole values of the name."""
    if isinstance(t, Num):
        return t.value.denominator == 1
    if isinstance(t, Var):
        return t.symbol is n
    return isinstance(t, App) and t.op in ("add", "sub", "mul", "neg") and all(_is_whole(a, n) for a in t.args)


def _size(c: Converter, t: Var) -> Symbol:
    """A positive name for the absolute value of a name, which where that is 0 makes its powers 0; below 1 where it is known to be."""
    gaps = [c(app(op, num(1), side)) for op, side in (("sub", t), ("add", t), ("sub", app("abs", t)))]
    signs = [c.signs.of(e.num) if len(e.den) == 1 else None for e in gaps]
    below = signs[0] == signs[1] == "+" or signs[2] == "+"
    return Symbol(
        f"{t.symbol.name}_size", "real", lower=num(0), open_lower=True, upper=num(1) if below else None, open_upper=True
    )


__all__ = ["squeezed"]
