"""Inequalities cut down to simpler ones that together say as much: by mean values, one new name, evenness, common factors and absolute values.

Each step is an equivalence, or goes from what is enough to what is claimed, wherever the sides have values:
|f(u) - f(v)| <= L*|u - v| follows from |f'| <= L; what depends on u - v alone is a claim about one number; an even function is its values for x >= 0; a
factor of known sign goes out of both sides; |f| <= g says f <= g and -f <= g.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeGuard

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Num, Symbol, Term, copy_symbol, free_symbols, num, substitute, subterms, var
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.field import Element

_MOST_STEPS, _MOST_GOALS = 6, 4


def reduced(goal: Goal) -> tuple[Goal, ...]:
    """Simpler claims from which an inequality between real scalars follows; none where no step applies."""
    if goal.relation not in ("<", "<=", ">", ">=") or goal.reading != "real" or goal.left.shape or goal.right.shape:
        return ()
    if not all(_is_plain(u) for side in (goal.left, goal.right) for u in subterms(side)):
        return ()
    small, large = (goal.left, goal.right) if goal.relation in ("<", "<=") else (goal.right, goal.left)
    start = replace(goal, relation=goal.relation.replace(">", "<"), left=small, right=large)
    done: list[Goal] = []
    waiting = [start]
    for _ in range(_MOST_STEPS):
        following: list[Goal] = []
        for g in waiting:
            made = _step(g)
            if made is None:
                done.append(g)
            else:
                following += made
        waiting = following
        if not waiting or len(done) + len(waiting) > _MOST_GOALS:
            break
    if waiting or done == [start]:
        return ()
    return tuple(done)


def _is_plain(t: Term) -> bool:
    return not isinstance(t, Bound) and not t.shape and t.sort == "number"


def _step(g: Goal) -> list[Goal] | None:
    for rule in (_of_squares, _by_mean_value, _of_one_number, _of_even, _without_factors, _of_absolute_value):
        try:
            made = rule(g)
        except GIVES_UP:
            continue
        if made:
            return made
    return None


def _of_squares(g: Goal) -> list[Goal] | None:
    """f^2 <= g^2 as |f| <= |g|."""
    sides = [t.args[0] for t in (g.left, g.right) if _is(t, "pow") and t.args[1] == num(2)]
    return [replace(g, left=app("abs", sides[0]), right=app("abs", sides[1]))] if len(sides) == 2 else None


def _by_mean_value(g: Goal) -> list[Goal] | None:
    """|f(u) - f(v)| <= L*|u - v| from |f'(t)| <= L for all t that u and v can be: an interval lies between them."""
    if g.relation != "<=" or not _is(g.left, "abs") or not _is(g.left.args[0], "sub"):
        return None
    a, b = g.left.args[0].args
    names = (free_symbols(a), free_symbols(b))
    if any(len(n) != 1 for n in names) or names[0] == names[1] or g.assumptions:
        return None
    u, v = names[0][0], names[1][0]
    if any(s.kind != "real" or s.shape or s.law is not None for s in (u, v)):
        return None
    if (u.lower, u.upper, u.open_lower, u.open_upper) != (v.lower, v.upper, v.open_lower, v.open_upper):
        return None
    c = converter((g.left, g.right), ())
    gap = c(app("abs", app("sub", var(u), var(v))))
    parts = _factors(g.right)
    gaps = [p for p in parts if p[1] == 1 and _is(p[0], "abs") and c.field.equal(c(p[0]), gap)]
    if len(gaps) != 1:
        return None
    bound = _product([p for p in parts if p not in gaps])
    if {u, v} & set(free_symbols(bound)) or not c.field.equal(c(substitute(a, {u: var(v)})), c(b)) or not _is_smooth(a):
        return None
    t = copy_symbol(u)
    inner = copy_symbol(u)
    slope = Bound("diff", (inner,), substitute(a, {u: var(inner)}), (var(t), num(1)))
    return [replace(g, left=app("abs", slope), right=bound)]


_SMOOTH = frozenset("add sub mul div neg exp sin cos atan sinh cosh tanh asinh erf".split())


def _is_smooth(t: Term) -> bool:
    """Whether a term is differentiable wherever it has a value, and has values on an interval: quotients by what is positive for all numbers alone."""
    for u in subterms(t):
        if isinstance(u, Bound) or u.shape or isinstance(u, App) and u.op not in _SMOOTH and not _is_polynomial_power(u):
            return False
        if isinstance(u, App) and u.op == "div" and free_symbols(u.args[1]):
            c = converter((), ())
            if sign_of(c, c(u.args[1])) != "+":
                return False
    return True


def _is_polynomial_power(u: App) -> bool:
    return u.op == "pow" and isinstance(u.args[1], Num) and u.args[1].value.denominator == 1 and u.args[1].value >= 0


def _of_one_number(g: Goal) -> list[Goal] | None:
    """What depends on several names by one linear combination of them alone is a claim about a number; it can be any number."""
    names = free_symbols(app("sub", g.left, g.right))
    if (
        len(names) < 2
        or g.assumptions
        or any(s.kind != "real" or s.lower is not None or s.upper is not None or s.shape for s in names)
    ):
        return None
    c = converter((g.left, g.right), ())
    combination = next((u for t in (g.left, g.right) for u in _combinations(t)), None)
    if combination is None:
        return None
    w = Symbol("w")
    basis = c(combination)
    sides = [_in_terms_of(c, t, basis, w) for t in (g.left, g.right)]
    return None if sides[0] is None or sides[1] is None else [replace(g, left=sides[0], right=sides[1])]


def _combinations(t: Term) -> Iterator[Term]:
    """The sums of names that stand as arguments."""
    if (
        isinstance(t, App)
        and t.op in ("add", "sub")
        and all(u.op in ("add", "sub", "neg") for u in subterms(t) if isinstance(u, App))
    ):
        if len(free_symbols(t)) > 1:
            yield t
        return
    if isinstance(t, App):
        for a in t.args:
            yield from _combinations(a)


def _in_terms_of(c: Converter, t: Term, basis: Element, w: Symbol) -> Term | None:
    if not free_symbols(t):
        return t
    if not isinstance(t, App) or t.shape:
        return None
    ratio = c.field.div(c(t), basis).rational()
    if ratio is not None:
        return app("mul", Num(ratio), var(w)) if ratio != 1 else var(w)
    parts = [_in_terms_of(c, a, basis, w) for a in t.args]
    return None if any(p is None for p in parts) else app(t.op, *(p for p in parts if p is not None))


def _of_even(g: Goal) -> list[Goal] | None:
    """A claim that is the same for -x as for x, for x >= 0."""
    whole = app("sub", g.left, g.right)
    for s in free_symbols(whole):
        if s.kind != "real" or s.shape or s.law is not None or s.lower is not None or s.upper is not None:
            continue
        if any(s in free_symbols(a) for a in g.assumptions) or not any(
            _is(u, "abs") and s in free_symbols(u) for u in subterms(whole)
        ):
            continue
        c = converter((g.left, g.right), g.assumptions)
        mirrored = substitute(whole, {s: app("neg", var(s))})
        if not c.field.equal(c(whole), c(mirrored)) or set(Domain(c).read(whole).atoms) != set(Domain(c).read(mirrored).atoms):
            continue
        half = Symbol(s.name, lower=num(0))
        return [replace(g, left=substitute(g.left, {s: var(half)}), right=substitute(g.right, {s: var(half)}))]
    return None


def _without_factors(g: Goal) -> list[Goal] | None:
    """Without the denominators of known sign that stand below a side, and without the factors that both sides share and that are not negative."""
    c = converter((g.left, g.right), g.assumptions)
    left, right = _factors(g.left), _factors(g.right)
    below = [(t, k) for t, k in (*left, *right) if k < 0 and free_symbols(t)]
    flips = False
    for t, _ in below:
        sign = sign_of(c, c(t))
        if sign not in ("+", "0+", "-", "0-"):
            return None
        flips ^= sign[-1] == "-"
    changed = bool(below)
    left, right = (
        [*(p for p in a if p not in below), *((t, -k) for t, k in b if (t, k) in below)]
        for a, b in ((left, right), (right, left))
    )
    for t, k in list(left):
        sign = "+" if _is(t, "abs") else sign_of(c, c(t)) if free_symbols(t) else None
        if (
            (t, k) in right
            and sign in (("+", "0+") if g.relation == "<=" else ("+",))
            and not (_is(t, "abs") and g.relation == "<")
        ):
            left.remove((t, k))
            right.remove((t, k))
            changed = True
    if not changed:
        return None
    sides = [_product(right), _product(left)] if flips else [_product(left), _product(right)]
    return [replace(g, left=sides[0], right=sides[1])]


def _factors(t: Term) -> list[tuple[Term, int]]:
    """The factors of a product, with 1 or -1 as they stand above or below; the absolute value of a product is one of absolute values."""
    if isinstance(t, App) and t.op in ("mul", "div"):
        below = 1 if t.op == "mul" else -1
        return [*_factors(t.args[0]), *((u, k * below) for u, k in _factors(t.args[1]))]
    if _is(t, "neg"):
        return [(num(-1), 1), *_factors(t.args[0])]
    if _is(t, "abs"):
        inside = _factors(t.args[0])
        return (
            [(Num(abs(u.value)) if isinstance(u, Num) else app("abs", u), k) for u, k in inside] if len(inside) > 1 else [(t, 1)]
        )
    return [(t, 1)]


def _product(parts: list[tuple[Term, int]]) -> Term:
    out: Term = num(1)
    for t, k in parts:
        out = app("mul" if k > 0 else "div", out, t) if out != num(1) or k < 0 else t
    return out


def _of_absolute_value(g: Goal) -> list[Goal] | None:
    """q*|f| + r <= 0 with a positive number q, as q*f + r <= 0 and -q*f + r <= 0."""
    for u in subterms(app("sub", g.left, g.right)):
        if not _is(u, "abs") or not free_symbols(u):
            continue
        size = Symbol("size", lower=num(0))
        put = [_replaced(t, u, var(size)) for t in (g.left, g.right)]
        c = converter((), g.assumptions)
        sign = sign_of(c, c(u.args[0]))
        if sign in ("+", "0+", "-", "0-"):
            inner = u.args[0] if sign[-1] == "+" else app("neg", u.args[0])
            return [replace(g, left=_replaced(g.left, u, inner), right=_replaced(g.right, u, inner))]
        rows = c(app("sub", *put))
        kernel = c.field.kernel(("sym", size))
        slope = {m: v for m, v in rows.num.items() if any(h == kernel for h, _ in m)}
        if any(depends(c, h, kernel) for h in P.generators(rows.num) if h != kernel):
            continue
        if len(rows.den) > 1 or len(slope) != 1 or next(iter(slope)) != ((kernel, 1),) or not next(iter(slope.values())) > 0:
            continue
        return [
            replace(g, left=_replaced(g.left, u, inner), right=_replaced(g.right, u, inner))
            for inner in (u.args[0], app("neg", u.args[0]))
        ]
    return None


def _replaced(t: Term, old: Term, new: Term) -> Term:
    if t == old:
        return new
    if isinstance(t, App):
        return app(t.op, *(_replaced(a, old, new) for a in t.args))
    return t


def _is(t: Term, op: str) -> TypeGuard[App]:
    return isinstance(t, App) and t.op == op and not t.shape
