"""Terms of first degree."""

from __future__ import annotations

from twofold.grammar.term import App, Num, Term, Var, free_symbols, subterms


def is_line(t: Term) -> bool:
    """Whether a term is made by sums, with no product of names, no power and no division by a name."""
    return all(isinstance(u, (Num, Var)) or isinstance(u, App) and _keeps_degree(u) for u in subterms(t))


def _keeps_degree(u: App) -> bool:
    if u.op == "mul":
        return sum(bool(free_symbols(a)) for a in u.args) < 2
    return u.op in ("add", "sub", "neg") or u.op == "div" and not free_symbols(u.args[1])
