"""How long terms read, and the order in which forms are preferred."""

from __future__ import annotations

from twofold.grammar.term import App, Array, Bound, Const, Num, Term, Var, subterms

_DIRECT, _INVERSE = frozenset("sin cos tan".split()), frozenset("asin acos atan".split())


def place(t: Term) -> tuple[int, int, int]:
    """The order in which forms are preferred: short ones, then products, then those without fractions."""
    parts = [x.op for x in subterms(t) if isinstance(x, App)]
    return weight(t), sum(op in ("add", "sub") for op in parts), parts.count("div")


def weight(t: Term) -> int:
    """How long a term reads: its nodes, functions and powers twice, digits a little."""
    total, stack = 0, [t]
    while stack:
        x = stack.pop()
        if isinstance(x, Num):
            total += 1 + max(0, abs(x.value.numerator).bit_length() - 10) // 7 + (x.value.denominator != 1)
        elif isinstance(x, (Var, Const)):
            total += 1
        elif isinstance(x, Array):
            stack.extend(c for row in x.rows for c in row)
        elif isinstance(x, App):
            total += 1 if x.op in ("add", "sub", "mul", "div", "neg") else 2
            if x.op in _DIRECT and isinstance(x.args[0], App) and x.args[0].op in _INVERSE:
                # cos(atan(x)) is algebraic: the root is what is expected.
                total += 6
            stack.extend(x.args)
        elif isinstance(x, Bound):
            total += 3
            stack += [x.body, *x.args]
    return total
