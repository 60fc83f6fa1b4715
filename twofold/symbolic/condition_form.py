"""Conditions in the form in which a person states them: `a <= 0` rather than `-a/3 >= 0`, `a != 0` rather than `not a == 0`."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.constants import rational
from twofold.grammar.term import App, Const, Num, Term, Var, free_symbols, subterms

_NOT_STRICT = {"gt": "ge", "lt": "le"}
_OPPOSITE = {"gt": "le", "lt": "ge", "ge": "lt", "le": "gt", "eq": "ne", "ne": "eq"}


def _two_names(difference: Term) -> tuple[Term, Term] | None:
    """The names of a - b or -a + b in their order; `None` for all others."""
    if not isinstance(difference, App) or difference.op not in ("add", "sub"):
        return None
    a, b = difference.args
    if difference.op == "add":
        a, b = (
            (a.args[0], b)
            if isinstance(a, App) and a.op == "neg"
            else (a, b.args[0])
            if isinstance(b, App) and b.op == "neg"
            else (a, a)
        )
    if not (isinstance(a, Var) and isinstance(b, Var)) or a.symbol is b.symbol:
        return None
    return (a, b) if a.symbol.name < b.symbol.name else (b, a)


def plain(condition: Term) -> Term:
    """A comparison with 0 without a rational factor on its left side, of a name as one with a number; anything else as it is."""
    if not isinstance(condition, App):
        return condition
    if condition.op == "and" and (whole := _size_at_most(condition)) is not None:
        return whole
    if condition.op in ("and", "or"):
        return App(condition.op, tuple(map(plain, condition.args)), (), "truth", span=condition.span)
    rooted = _of_root(condition)
    if rooted is not None:
        return rooted
    if condition.op not in MIRRORED or rational(condition.args[1]) != 0:
        return condition
    factor, rest = rational_factor(condition.args[0])
    if isinstance(rest, Num):
        return condition
    of_size = isinstance(rest, App) and rest.op == "abs" and (condition.op == "ne" or condition.op == "gt" and factor > 0)
    if isinstance(rest, App) and (of_size or (rest.op == "conjugate" and condition.op == "ne")):
        return plain(App("ne", (rest.args[0], condition.args[1]), (), "truth", span=condition.span))
    if condition.op == "ne" and isinstance(rest, App) and rest.op == "mul" and any(isinstance(a, Const) for a in rest.args):
        others = [a for a in rest.args if not (isinstance(a, Const) and a.name in ("pi", "e"))]
        if len(others) == 1:
            return plain(App("ne", (others[0], condition.args[1]), (), "truth", span=condition.span))
    if (
        condition.op == "ne"
        and isinstance(rest, App)
        and rest.op == "sub"
        and rational(rest.args[1]) == 1
        and _is_exponential(rest.args[0])
    ):
        return plain(App("ne", (rest.args[0].args[0], condition.args[1]), (), "truth", span=condition.span))  # type: ignore[attr-defined]
    if condition.op == "ne" and (pair := _two_names(rest)) is not None:
        return App("ne", pair, (), "truth", span=condition.span)
    op = condition.op if factor > 0 else MIRRORED[condition.op]
    if isinstance(rest, App) and rest.op == "div" and (top := rational(rest.args[0])) and op in ORDERS:
        # A number over something has the sign of that, which is not 0.
        strict = {"ge": "gt", "le": "lt"}.get(op, op)
        below = (rest.args[1], condition.args[1])
        return plain(App(strict if top > 0 else MIRRORED[strict], below, (), "truth", span=condition.span))
    made = _bound(op, rest)
    if made is not None:
        return made
    return condition if factor == 1 else App(op, (rest, condition.args[1]), (), "truth", span=condition.span)


def _size_at_most(condition: App) -> Term | None:
    """c^2 <= w for -1 <= c/sqrt(w) and c/sqrt(w) <= 1."""
    if not all(isinstance(a, App) and a.op == "le" for a in condition.args):
        return None
    below, above = (a.args for a in condition.args if isinstance(a, App))
    u = below[1]
    if rational(below[0]) != -1 or rational(above[1]) != 1 or above[0] != u or not (isinstance(u, App) and u.op == "div"):
        return None
    root = u.args[1]
    if not (isinstance(root, App) and root.op == "sqrt") or rational(u.args[0]) is not None:
        return None
    return App("le", (App("pow", (u.args[0], Num(Fraction(2)))), root.args[0]), (), "truth", span=condition.span)


def _of_root(condition: App) -> Term | None:
    """0 <= u and u <= n^2 for sqrt(u) <= n, with a number n that is not negative, also where both are negative."""
    if condition.op not in ORDERS:
        return None
    for op, left, right in ((condition.op, *condition.args), (MIRRORED[condition.op], *condition.args[::-1])):
        number = rational(right)
        if number is None or op not in ("le", "lt", "ge", "gt"):
            continue
        if isinstance(left, App) and left.op == "neg":
            op, left, number = MIRRORED[op], left.args[0], -number
        if op == "le" and isinstance(left, App) and left.op == "sqrt" and number > 0 and not left.shape:
            u = left.args[0]
            parts = [plain(App(o, (u, Num(v)), (), "truth")) for o, v in (("ge", Fraction(0)), ("le", number**2))]
            return App("and", tuple(parts), (), "truth", span=condition.span)
    return None


def _is_exponential(t: Term) -> bool:
    """Whether a term is an exponential of real names, which is 1 for 0 alone."""
    if not (isinstance(t, App) and t.op == "exp" and not t.shape) or Const("im") in tuple(subterms(t)):
        return False
    return all(s.kind in ("real", "integer") for s in free_symbols(t))


def _bound(op: str, t: Term) -> Term | None:
    """A comparison of a name (or its size) and a number with 0 as one of the two: `a >= 1` rather than `a - 1 >= 0`."""
    if not (isinstance(t, App) and t.op in ("add", "sub") and len(t.args) == 2):
        return None
    left, right = t.args
    if isinstance(left, App) and left.op == "mul" and _is_plain(left.args[0]) and isinstance(right, Num):
        scale = left.args[1]
        if isinstance(scale, App) and scale.op == "exp" and isinstance(scale.args[0], Num):
            # A positive number as a factor.
            value = right.value if t.op == "sub" else -right.value
            bound: Term = App("exp", (Num(-scale.args[0].value),))
            bound = bound if abs(value) == 1 else App("mul", (Num(abs(value)), bound))
            return App(op, (left.args[0], bound if value > 0 else App("neg", (bound,))), (), "truth", span=t.span)
    if _is_plain(left) and isinstance(right, Num):
        return App(op, (left, right if t.op == "sub" else Num(-right.value)), (), "truth", span=t.span)
    if isinstance(left, Num) and _is_plain(right):
        value = left.value if t.op == "sub" else -left.value
        return App(MIRRORED[op] if t.op == "sub" else op, (right, Num(value)), (), "truth", span=t.span)
    return None


def _is_plain(t: Term) -> bool:
    return isinstance(t, Var) and not t.shape or isinstance(t, App) and t.op == "abs" and isinstance(t.args[0], Var)


def rational_factor(t: Term) -> tuple[Fraction, Term]:
    """A rational factor that is not 0, and what it multiplies."""
    if isinstance(t, App) and t.op == "neg":
        c, rest = rational_factor(t.args[0])
        return -c, rest
    if isinstance(t, App) and t.op == "mul" and len(t.args) == 2 and rational(t.args[0]):
        c, rest = rational_factor(t.args[1])
        return c * (rational(t.args[0]) or 1), rest
    if isinstance(t, App) and t.op == "div" and rational(t.args[1]):
        c, rest = rational_factor(t.args[0])
        return c / (rational(t.args[1]) or 1), rest
    return Fraction(1), t


def weaker(condition: Term) -> tuple[Term, ...]:
    """What else a strict comparison says: the one that is not strict, and that the sides differ; nothing of other conditions."""
    if not isinstance(condition, App) or condition.op not in _NOT_STRICT:
        return ()
    return tuple(App(op, condition.args, (), "truth") for op in ("ne", _NOT_STRICT[condition.op]))


def negation(condition: Term) -> Term:
    """The opposite of a condition."""
    if isinstance(condition, App) and condition.op in _OPPOSITE:
        return App(_OPPOSITE[condition.op], condition.args, (), "truth")
    if isinstance(condition, App) and condition.op in ("and", "or"):
        return App("or" if condition.op == "and" else "and", tuple(map(negation, condition.args)), (), "truth")
    return App("not", (condition,), (), "truth")
