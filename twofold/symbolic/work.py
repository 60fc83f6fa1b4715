"""The exact route through a question: every operation in a term is carried out, inside out, and the result put shortly."""

from __future__ import annotations

from twofold.catalogue.index import functions
from twofold.core.registry import resolve
from twofold.grammar.term import (
    EXPECTATIONS,
    OO,
    App,
    Array,
    Bound,
    Const,
    Num,
    Term,
    Var,
    arithmetic_names,
    children,
    free_symbols,
    rebuild,
    substitute,
)
from twofold.symbolic.algebra.determinants import by_form
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit, is_explicit
from twofold.symbolic.orthogonal_polynomials import written_out
from twofold.symbolic.tidy import present

_ARRAYS = frozenset("add sub mul div pow neg emul ediv epow transpose factorial index piecewise".split())
AS_MADE = frozenset(
    (
        *("simplify", "expand", "factor", "collect", "apart", "partial_fractions", "cancel", "trig_expand", "complete_square"),
        *("trig_reduce", "trig_combine", "log_expand", "log_combine", "rationalize", "coefficients", "discriminant", "groebner"),
        *("solve", "minimize", "maximize", "critical_points", "classify", "lagrange"),
        *("taylor", "series", "charpoly", "minpoly", "by_parts", "change_variables"),
        *("det", "inv", "adjugate", "minors", "cofactors", "rref", "nullspace", "colspace", "rowspace"),
        *("kernel", "image", "basis"),
        *("legendre", "chebyshevt", "chebyshevu", "hermite", "laguerre"),
        *("eigenvalues", "eigenvectors", "diagonalize", "jordan", "schur", "lu", "qr", "cholesky", "ldl", "svd", "pinv"),
        *("expm", "logm", "least_squares", "coordinates", "orthogonal_complement"),
    )
)
"""Operations whose result is a form that was asked for, or as short as it gets: it is not put into a shorter one."""
_BINDERS = {"antiderivative": "integrate"}


def work(term: Term, context: Context) -> Term:
    """The value of a term by the exact route, of the same shape, in a short form.

    Sums and products with no closed form stay as they are. Raises `NoClosedForm` where an operation gives nothing exact and
    `TwofoldError` where the input is at fault. Conditions and remarks are left in the context.
    """
    found = carry_out(term, context)
    if isinstance(term, Bound) and term.op == "antiderivative":
        return found
    if isinstance(term, App) and term.op in AS_MADE and not (isinstance(found, App) and found.op == term.op):
        return found
    # The conditions found on the way count as known when the result is put shortly: sqrt(pi)/sqrt(a) is sqrt(pi/a) where a > 0.
    return present(found, _informed(context))


def _informed(context: Context) -> Context:
    """The context with its conditions as assumptions, where these say something of a single name."""
    known = context.given(*context.conditions) if context.conditions else context
    names = {s for c in context.conditions for s in free_symbols(c)}
    return known if any(known.range(s) != context.range(s) for s in names) else context


def carry_out(term: Term, context: Context) -> Term:
    """The same without the search for a short form."""
    return _Work(context).go(term)


class _Work:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[int, tuple[Term, Term]] = {}

    def go(self, t: Term) -> Term:
        if isinstance(t, (Num, Const, Var)) or (isinstance(t, Array) and arithmetic_names(t) is not None):
            return t
        key = id(t)
        if key not in self.done:
            self.done[key] = (t, self.one(t))
        return self.done[key][1]

    def one(self, t: Term) -> Term:
        if isinstance(t, App):
            return self.application(t)
        if isinstance(t, Bound):
            return self.binder(t)
        assert isinstance(t, Array)
        return rebuild(t, tuple(map(self.go, children(t))))

    def application(self, t: App) -> Term:
        if t.op == "given":
            found = carry_out(t.args[0], self.context.given(t.args[1]))
            # A relation among the arguments of a question holds no more where what is given does not.
            return App("and", (found, t.args[1]), (), "truth") if t.sort == "truth" else found
        if t.op == "apply" and isinstance(t.args[0], Bound):
            head = t.args[0]
            return self.go(substitute(head.body, dict(zip(head.symbols, t.args[1:], strict=True))))
        if t.op in EXPECTATIONS:
            return self.call(t, t.args)
        if t.op == "det" and (form := by_form(t.args[0])) is not None:
            return present(self.go(form), self.context)
        args = tuple(map(self.go, t.args))
        if t.op == "item":
            return _item(args[0], args[1:])
        if any(a.sort == "text" and b.sort == "number" for a, b in zip(args, t.args, strict=True)):
            # "does not exist" is an answer, and nothing to calculate with.
            raise NoClosedForm("a part of it has no value")
        if t.op in ("add", "sub") and len(args) == 2 and (_infinity(args[0]), _infinity(args[1])) in _OPPOSED[t.op]:
            raise NoClosedForm("oo - oo has no value")
        if t.op in _ARRAYS:
            made = App(t.op, args, t.shape, t.sort, span=t.span)
            if t.op == "piecewise" and t.shape and all(is_explicit(a.shape) for a in args):
                return rebuild(made, tuple(explicit(a, self.context) if a.shape else a for a in args))
            if t.shape and is_explicit(t.shape) or any(a.shape for a in args) and all(is_explicit(a.shape) for a in args):
                return explicit(made, self.context)
            return made
        return self.call(t, args)

    def call(self, t: App, args: tuple[Term, ...]) -> Term:
        made = App(t.op, args, t.shape, t.sort, span=t.span)
        spec = functions().get(t.op)
        if spec is None:
            return made
        if spec.exact and not spec.exact.startswith("sympy:"):
            found = resolve(spec.exact)(self.context, *args)
            assert isinstance(found, Term)
            return found
        if all(is_explicit(a.shape) for a in args) and any(a.shape for a in args):
            return self.go(explicit(made, self.context))
        if not spec.exact and not spec.definition:
            raise NoClosedForm(f"{t.op} has no exact rule")
        polynomial = written_out(made)
        return made if polynomial is None else polynomial

    def binder(self, t: Bound) -> Term:
        if t.op == "lambda":
            return t
        spec = functions().get(_BINDERS.get(t.op, t.op))
        if spec is None or not spec.exact:
            raise NoClosedForm(f"{t.op} has no exact rule")
        found = resolve(spec.exact)(self.context, t)
        assert isinstance(found, Term)
        return found


_OPPOSED = {"add": ((1, -1), (-1, 1)), "sub": ((1, 1), (-1, -1))}


def _infinity(t: Term) -> int:
    """1 for oo, -1 for -oo, 0 for all else."""
    if isinstance(t, App) and t.op == "neg":
        return -_infinity(t.args[0])
    return 1 if t == OO else 0


def _item(group: Term, places: tuple[Term, ...]) -> Term:
    """An element of a tuple (or of a set in the order it is shown), counted from 1."""
    if isinstance(group, App) and group.op in ("tuple", "set") and len(places) == 1 and isinstance(places[0], Num):
        k = int(places[0].value)
        if 1 <= k <= len(group.args):
            return group.args[k - 1]
        raise NoClosedForm(f"there are {len(group.args)} elements, none with the number {k}")
    raise NoClosedForm("an element is taken of something that is not a list")
