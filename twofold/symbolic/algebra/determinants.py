"""Determinants by the form of the matrix, before anything is known of its entries."""

from __future__ import annotations

from twofold.catalogue.shapes import app, dim_term, full
from twofold.grammar.term import App, Num, Term, num
from twofold.symbolic.arithmetic import over, power, times
from twofold.symbolic.entries import is_explicit


def by_form(a: Term) -> Term | None:
    """det(exp(A)) is exp(tr(A)); where the size is a symbol also the determinants of products, powers, inverses and multiples.

    `None` where the form says nothing.
    """
    if not isinstance(a, App) or full(a.shape)[0] != full(a.shape)[1]:
        return None
    if a.op == "expm":
        return app("exp", app("tr", a.args[0]))
    if is_explicit(a.shape):
        return _above_exponentials(a)
    n, args = dim_term(full(a.shape)[0]), a.args
    if a.op == "transpose":
        return _det(args[0])
    if a.op == "neg":
        return times(power(num(-1), n), _det(args[0]))
    if a.op == "inv":
        return over(num(1), _det(args[0]))
    if a.op == "pow" and isinstance(args[1], Num) and args[1].value.denominator == 1:
        return power(_det(args[0]), args[1])
    if a.op == "div" and not args[1].shape:
        return over(_det(args[0]), power(args[1], n))
    if a.op == "mul":
        scalars = [x for x in args if not x.shape]
        if len(scalars) == 1 and len(args) == 2:
            rest = next(x for x in args if x.shape)
            return times(power(scalars[0], n), _det(rest))
        if all(full(x.shape) == full(a.shape) for x in args):
            factors = [_det(x) for x in args]
            out: Term = num(1)
            for f in dict.fromkeys(factors):
                out = times(out, power(f, num(factors.count(f))))
            return out
    return None


def _det(a: Term) -> Term:
    found = by_form(a)
    return found if found is not None else app("det", a)


def _above_exponentials(a: App) -> Term | None:
    """Powers, inverses, transposes and products of exponentials alone: det(exp(A)*exp(B)) is exp(tr(A))*exp(tr(B))."""
    if a.op == "transpose":
        return by_form(a.args[0])
    if a.op == "inv":
        inside = by_form(a.args[0])
        return None if inside is None else over(num(1), inside)
    if a.op == "mul" and all(x.shape for x in a.args):
        parts = [by_form(x) for x in a.args]
        if any(p is None for p in parts):
            return None
        out: Term = num(1)
        for p in parts:
            assert p is not None
            out = times(out, p)
        return out
    return None
