"""What a claim says of its matrices by assumed equations and by its form: transposes, matrices that commute, inverses that exist."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Array, Bound, Const, Num, Term, Var, free_symbols, substitute, subterms, var
from twofold.symbolic.definiteness import Factor, chain, spread
from twofold.symbolic.tensors import equal

_TOTAL = frozenset("add sub neg mul transpose dot tr det eye zeros norm kron emul hadamard expm pinv rank".split())
_POLYNOMIAL = frozenset("add sub neg mul transpose dot tr det eye zeros kron emul hadamard adjugate".split())


def equation(goal: Goal) -> Goal:
    """A step to one equation as this equation, with the left side assumed; an equation as it is. Raises `NotApplicable` for other steps."""
    if goal.relation != "=>":
        return goal
    right = goal.right
    if not isinstance(right, App) or right.op != "eq" or not all(map(_has_value, right.args)):
        raise NotApplicable("the right side is no equation that has a value everywhere")
    return replace(
        goal, relation="==", left=right.args[0], right=right.args[1], assumptions=(*goal.assumptions, *conjuncts(goal.left))
    )


def _has_value(t: Term) -> bool:
    """Whether an expression has a value for all entries: inverses are those of exponentials."""
    if isinstance(t, Var | Num | Const):
        return True
    if isinstance(t, Array):
        return all(_has_value(x) for r in t.rows for x in r)
    if not isinstance(t, App):
        return False
    if t.op == "inv":
        return isinstance(t.args[0], App) and t.args[0].op == "expm" and _has_value(t.args[0])
    return t.op in _TOTAL and all(map(_has_value, t.args))


def regular(goal: Goal) -> Goal:
    """A polynomial identity with adjugates of names, claimed for invertible matrices alone: these are dense, and both sides are continuous.

    Nothing may be assumed: where an equation is, the invertible ones need not be dense among the matrices that satisfy it.
    """
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    inside = [t.args[0] for t in parts if isinstance(t, App) and t.op == "adjugate"]
    names = [t.args[0] if isinstance(t, App) and t.op == "transpose" else t for t in inside]
    if (
        not names
        or goal.assumptions
        or not all(isinstance(t, Var) and t.symbol.properties <= {"symmetric", "diagonal"} for t in names)
    ):
        return goal
    if not all(isinstance(t, Var | Num) or isinstance(t, App) and t.op in _POLYNOMIAL for t in parts):
        return goal
    put = {t.symbol: var(replace(t.symbol, properties=t.symbol.properties | {"invertible"})) for t in names if isinstance(t, Var)}
    return replace(goal, left=substitute(goal.left, put), right=substitute(goal.right, put))


class Said:
    """Transposes of names, pairs of names that commute, and matrices whose Gram matrix has an inverse in the claim."""

    def __init__(self, goal: Goal) -> None:
        self.turned: dict[Term, Term] = {}
        self._pairs: set[frozenset[Term]] = set()
        for fact in (f for a in goal.assumptions for f in conjuncts(a)):
            if isinstance(fact, App) and fact.op == "eq" and len(fact.args[0].shape) == 2:
                for one, other in (fact.args, fact.args[::-1]):
                    self._learn(one, other)
        parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
        plain = not any(isinstance(t, Bound) or isinstance(t, App) and t.op == "piecewise" for t in parts)
        self._inverted = {t.args[0] for t in parts if isinstance(t, App) and t.op == "inv"} if plain else set()

    def _learn(self, one: Term, other: Term) -> None:
        turned = isinstance(one, App) and one.op == "transpose" and isinstance(one.args[0], Var)
        if turned and not any(isinstance(t, App) and t.op == "transpose" for t in subterms(other)):
            self.turned.setdefault(one.args[0], other)  # type: ignore[attr-defined]
        if isinstance(one, App) and one.op == "mul" and isinstance(other, App) and other.op == "mul":
            a, b = one.args
            if isinstance(a, Var) and isinstance(b, Var) and a.shape == b.shape and other.args == (b, a):
                self._pairs.add(frozenset((a, b)))

    def commute(self, x: Term, y: Term) -> bool:
        """Whether x*y == y*x, by their form or because all their factors commute."""
        if equal(app("mul", x, y), app("mul", y, x)):
            return True
        if not self._pairs:
            return False
        one, other = (set(_letters(t)) for t in (x, y))
        return all(_UNIT in (a, b) or a == b or frozenset((a, b)) in self._pairs for a in one for b in other)

    def of_full_rank(self, t: Term) -> Term | None:
        """The pseudo-inverse of a matrix with a Gram matrix that has an inverse."""
        turned = app("transpose", t)
        if app("mul", turned, t) in self._inverted:
            return app("mul", app("inv", app("mul", turned, t)), turned)
        if app("mul", t, turned) in self._inverted:
            return app("mul", turned, app("inv", app("mul", t, turned)))
        return None


_UNIT = Const("1")


def _letters(t: Term) -> list[Term]:
    """The factors of the products that a matrix is a sum of; a term that is no such sum is a letter that commutes with nothing."""
    wide = spread(t)
    if isinstance(wide, App) and wide.op in ("add", "sub", "neg") and all(len(a.shape) == 2 for a in wide.args):
        return [x for a in wide.args for x in _letters(a)]
    scalars, word = chain(wide)
    if any(free_symbols(s) and any(u.shape for u in subterms(s)) for s in scalars):
        return [wide]
    return [_UNIT if isinstance(f, App) and f.op == "eye" else app("transpose", f) if turned else f for f, turned in word]


def is_orthogonal(t: Term) -> bool:
    return isinstance(t, Var) and "orthogonal" in t.symbol.properties


def are_inverse(a: Factor, b: Factor) -> bool:
    """Whether two factors are inverse to each other: M and inv(M), or an orthogonal matrix and its transpose."""
    (x, one), (y, other) = a, b
    if is_orthogonal(x) and x == y:
        return one != other
    pairs = ((x, y), (y, x))
    return not one and not other and any(isinstance(v, App) and v.op == "inv" and v.args[0] == u for u, v in pairs)
