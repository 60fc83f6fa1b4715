"""Claims: from what a person asserts to goals, and from the verdicts on the goals to one verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from twofold.catalogue.bounds import facts as facts_of
from twofold.catalogue.conventions import conventional
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.index import functions
from twofold.catalogue.own_laws import by_laws
from twofold.catalogue.resolution.expressions import build
from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.shapes import app, full
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.engine.answers import meaning
from twofold.engine.assumed import assumptions, foresee
from twofold.engine.environment import Environment
from twofold.engine.extremes import Extremes
from twofold.engine.guard import guard_shapes
from twofold.engine.implicit import sloped
from twofold.engine.indefinite import indefinite, without_added
from twofold.engine.reading import reading
from twofold.engine.tolerance import tolerance
from twofold.grammar import tree
from twofold.grammar.likelihoods import in_densities
from twofold.grammar.term import (
    EXPECTATIONS,
    FALSE,
    TRUE,
    App,
    Array,
    Symbol,
    Term,
    Var,
    free_symbols,
    subterms,
)

ARROWS = frozenset(("=>", "<=>", "<=="))
_COMPARE = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "~=": "eq", "propto": "eq"}


@dataclass(frozen=True, slots=True)
class Posed:
    """A claim made ready to be judged: its goals, what was taken for granted, and how it was read where that could surprise."""

    goals: tuple[Goal, ...]
    assumed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sides: tuple[tuple[tree.Expr, tree.Expr] | None, ...] = (None,)
    restated: bool = False
    """Whether the goals are about what the claim means; nothing that is wrong in them has a place in its text."""
    unknowns: tuple[tuple[Symbol, ...], ...] = ((),)
    """For each goal the names about all values of which together it is, so that it can hold under no condition on them."""
    given: tuple[Term, ...] = ()
    """What the claim itself assumes, also of names that are not in its goals."""

    def beside(self, left: tree.Expr, right: tree.Expr) -> Posed:
        """With the text that the two sides of the goals have."""
        return self if self.restated else replace(self, sides=((left, right),))


@dataclass(slots=True)
class Poser:
    """Makes goals of the relations of one claim or chain. `constants` are the variables of indefinite integrals met so far:
    beside them, an undeclared `C` is a constant of integration."""

    environment: Environment
    scope: Scope
    constants: dict[Symbol, None] = field(default_factory=dict)

    def claim(self, node: tree.Claim) -> Posed:
        """The goals of a claim. Raises `TwofoldError`."""
        statement, bindings, given = _unwrapped(node.statement)
        modifiers = replace(node.modifiers, given=(*given, *node.modifiers.given))
        foresee(self.scope, statement, *(b.value for b in bindings), *modifiers.given)
        if isinstance(statement, tree.Relation) and "in" not in statement.operators:
            terms = self._terms(statement.operands, bindings)
            pairs = zip(statement.operators, terms, terms[1:], strict=False)
            parts = [self.relation(op, a, b, modifiers, statement.span, statement.variables) for op, a, b in pairs]
            sides = zip(statement.operands, statement.operands[1:], strict=False)
            return joined([part.beside(*pair) for part, pair in zip(parts, sides, strict=True)])
        if isinstance(statement, tree.Logic) and statement.operator in ARROWS:
            left, right = self._terms((statement.left, statement.right), bindings)
            posed = self.relation(statement.operator, left, right, modifiers, statement.span)
            return posed.beside(statement.left, statement.right)
        (term,) = self._terms((statement,), bindings)
        if term.sort != "truth":
            raise fail(
                "wrong-kind", "this is a value, and a claim is true or false", statement.span, "write for example `check a == b`"
            )
        return self.relation("holds", term, TRUE, modifiers, statement.span)

    def _terms(self, nodes: Sequence[tree.Expr], bindings: tuple[tree.Binding, ...]) -> tuple[Term, ...]:
        if not bindings:
            return tuple(resolve(node, self.scope) for node in nodes)
        whole = resolve(tree.Where(tree.Tuple(tuple(nodes)), bindings), self.scope)
        assert isinstance(whole, App)
        return whole.args

    def relation(
        self, sign: str, left: Term, right: Term, modifiers: tree.Modifiers, span: Span, variables: tuple[tree.Name, ...] = ()
    ) -> Posed:
        """The goal of one relation between terms. Raises `TwofoldError` where they cannot be related."""
        s = self.environment.settings
        left, right = (in_densities(by_laws(conventional(t, s.layout, s.symmetric))) for t in (left, right))
        extremes = Extremes()
        left, right = extremes.read(left), extremes.read(right)
        (left, tied), (right, also) = sloped(left), sloped(right)
        given = (*(self._condition(c) for c in modifiers.given), *dict.fromkeys((*tied, *also)))
        notes: list[str] = [*extremes.said]
        notes += [f"on the curve {show(t)}" for t in dict.fromkeys((*tied, *also))]
        up_to, names = self._up_to(modifiers.up_to)
        if up_to and sign not in ("==", "propto"):
            raise fail(
                "misplaced-modifier", f"`up to {up_to}` belongs to `==`", modifiers.up_to.span if modifiers.up_to else span
            )
        if sign == "propto":
            sign, up_to, names = "==", "scale", self._symbols(variables)
        if sign == "<==":
            sign, left, right = "=>", right, left
        if sign == "==" and left.sort == right.sort == "truth":
            sign = "<=>"
        if sign == "<=>":
            sign, left, right = _of_constant(left, right)
        _comparable(sign, left, right, up_to, span)
        if sign == "==" and not up_to and _listed(left, right):
            up_to = "order"
            notes.append("read up to order: what is computed has none")
        if sign == "==" and up_to in ("", "constant"):
            found = dict.fromkeys([*indefinite(left), *indefinite(right)])
            self.constants |= found
            left, right, dropped = self._without_constant(left, right)
            if found or dropped:
                over = list(found) or list(self.constants)
                up_to, names = "constant", tuple(dict.fromkeys([*names, *over]))
                notes.append(f"read up to constant in {', '.join(s.name for s in over)}")
        if up_to in ("constant", "scale") and not names:
            names = tuple(dict.fromkeys(s for t in (left, right) for s in _plain(t)))
        limit: Term | None = None
        if modifiers.within is not None:
            limit = resolve(modifiers.within, self.scope)
            if sign not in ("~=", "=="):
                raise fail("misplaced-modifier", "`within` belongs to `~=`", modifiers.within.span)
            sign = "~="
        elif sign == "~=":
            limit = tolerance(left, right)
        guard_shapes(left)
        guard_shapes(right)
        terms = [left, right, *given, *([limit] if limit is not None else [])]
        # What is assumed of names that the claim has nothing to do with does not restrict its points; see `contradictions`.
        facts = facts_of(self.environment.concerning([left, right, *([limit] if limit is not None else [])], given))
        goal = Goal(
            sign, left, right, facts, reading([*terms, *facts]), up_to, names, limit, span, self.environment.settings.seed
        )
        read = meaning(goal)
        goals = read.goals if read else (goal,)
        notes += [read.said] if read else []
        meant = [t for g in goals for t in (g.left, g.right, *g.assumptions)] if read else []
        unknowns = read.unknowns if read else ()
        return Posed(
            goals,
            assumptions(meant or [*terms, *facts]),
            tuple(notes),
            (None,) * len(goals),
            read is not None,
            (unknowns,) * len(goals),
            given,
        )

    def _condition(self, node: tree.Expr) -> Term:
        term = resolve(node, self.scope)
        if term.sort != "truth":
            raise fail("wrong-kind", "a condition is true or false", node.span, "write for example `given x > 0`")
        return term

    def _up_to(self, node: tree.UpTo | None) -> tuple[str, tuple[Symbol, ...]]:
        if node is None:
            return "", ()
        return node.kind, self._symbols(node.variables)

    def _symbols(self, names: Iterable[tree.Name]) -> tuple[Symbol, ...]:
        found = []
        for name in names:
            term = resolve(name, self.scope)
            if not isinstance(term, Var):
                raise fail(
                    "not-a-variable",
                    f"`{name.id}` has a value, and nothing varies with it",
                    name.span,
                    "name a variable of the claim",
                )
            found.append(term.symbol)
        return tuple(found)

    def _without_constant(self, left: Term, right: Term) -> tuple[Term, Term, bool]:
        """Both sides without an undeclared `C` that is added to them, where an indefinite integral has been met."""
        symbol = self.scope.made.get("C")
        if not self.constants or symbol is None or "C" in self.scope.names:
            return left, right, False
        new = tuple(without_added(t, symbol) for t in (left, right))
        return new[0], new[1], new != (left, right)


def _unwrapped(node: tree.Expr) -> tuple[tree.Expr, tuple[tree.Binding, ...], tuple[tree.Expr, ...]]:
    """A statement without the `where` and `given` around it."""
    bindings: tuple[tree.Binding, ...] = ()
    given: tuple[tree.Expr, ...] = ()
    while isinstance(node, tree.Where | tree.Given):
        if isinstance(node, tree.Where):
            bindings = (*node.bindings, *bindings)
        else:
            given = (*node.conditions, *given)
        node = node.expression
    return node, bindings, given


def joined(parts: Sequence[Posed]) -> Posed:
    """Several claims as one."""
    return Posed(
        tuple(g for p in parts for g in p.goals),
        tuple(dict.fromkeys(a for p in parts for a in p.assumed)),
        tuple(dict.fromkeys(n for p in parts for n in p.notes)),
        tuple(s for p in parts for s in p.sides),
        any(p.restated for p in parts),
        tuple(u for p in parts for u in p.unknowns),
        tuple(dict.fromkeys(t for p in parts for t in p.given)),
    )


def _of_constant(left: Term, right: Term) -> tuple[str, Term, Term]:
    """`is_posdef([2, 1; 1, 2]) == true` as the claim that it is so, `… == false` that it is not; other equivalences as they stand, since an
    equation that has no value at some point is false there."""
    said, value = (left, right) if right in (TRUE, FALSE) else (right, left)
    if value not in (TRUE, FALSE) or not isinstance(said, App) or said.op not in functions() or free_symbols(said):
        return "<=>", left, right
    return "holds", said if value == TRUE else app("not", said, span=said.span), TRUE


def _comparable(sign: str, left: Term, right: Term, up_to: str, span: Span) -> None:
    if sign in ("=>", "<=>"):
        for side in (left, right):
            if side.sort != "truth":
                raise fail("wrong-kind", f"`{sign}` stands between equations, inequalities or systems", side.span or span)
        return
    if sign not in _COMPARE:
        return
    if "truth" in (left.sort, right.sort):
        side = left if left.sort == "truth" else right
        help = "use => or <=> between equations"
        raise fail("wrong-kind", f"`{sign}` compares values, and this is true or false", side.span or span, help)
    if ("law" in (left.sort, right.sort)) and left.sort != right.sort:
        side = left if left.sort == "law" else right
        raise fail("wrong-kind", "a law is compared with a value", side.span or span)
    if up_to == "transpose" and full(left.shape) == full(right.shape)[::-1]:
        return
    build(_COMPARE[sign], left, right, span=span)


def _listed(left: Term, right: Term) -> bool:
    """Whether a set that is computed, as of eigenvalues, is compared with a vector that is written out."""
    return any(
        a.sort == "set" and isinstance(a, App) and a.op != "set" and isinstance(b, Array) and len(b.shape) == 1
        for a, b in ((left, right), (right, left))
    )


def _plain(term: Term) -> list[Symbol]:
    """The free symbols of a term that do not stand only under an expectation."""
    hidden = {id(x) for t in subterms(term) if isinstance(t, App) and t.op in EXPECTATIONS for x in subterms(t) if x is not t}
    seen = {t.symbol for t in subterms(term) if isinstance(t, Var) and id(t) not in hidden}
    return [s for s in free_symbols(term) if s in seen and s.kind != "function"]
