"""Square roots of what is a square in disguise, as absolute values."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.lines import is_line


def without_roots_of_squares(body: Term, x: Symbol) -> Term:
    """sqrt(a + a*cos(v)) as sqrt(2*a)*abs(cos(v/2)) and its like, and sqrt(u^2) as abs(u)."""
    return transform(body, lambda u: _root_of_square(u, x))


def _root_of_square(u: Term, x: Symbol) -> Term | None:
    if not isinstance(u, App) or u.op != "sqrt" or u.shape or x not in free_symbols(u):
        return None
    inside = u.args[0]
    if isinstance(inside, App) and inside.op == "pow" and inside.args[1] == num(2):
        return app("abs", inside.args[0])
    waves = {w for w in subterms(inside) if isinstance(w, App) and w.op in ("sin", "cos") and x in free_symbols(w)}
    if len(waves) != 1:
        return None
    (wave,) = waves
    assert isinstance(wave, App)
    s = Symbol("wave")
    line = transform(inside, lambda w: var(s) if w == wave else None)
    if x in free_symbols(line) or not is_line(line):
        return None
    a, total = (rational(substitute(line, {s: num(k)})) for k in (0, 1))
    if a is None or total is None or a <= 0 or abs(total - a) != a:
        return None
    half = app("div", wave.args[0], num(2))
    if wave.op == "sin":
        half = app("sub", half, app("div", Const("pi"), num(4)))
    size = app("abs", app("cos" if total > a else "sin", half))
    return app("mul", app("sqrt", Num(2 * a)), size)


__all__ = ["without_roots_of_squares"]
