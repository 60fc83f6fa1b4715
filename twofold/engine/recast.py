"""Claims "up to something" and approximate claims, as plain goals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twofold.catalogue.derivatives import derivative_by
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app, full
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.engine.orders import in_some_order, items
from twofold.grammar.term import App, Array, Bound, Symbol, Term, copy_symbol, free_symbols, num, substitute, subterms, var
from twofold.symbolic.normal import GIVES_UP, Converter, converter, equal
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.polynomials import Poly, generators
from twofold.symbolic.theorems.continuity import ANALYTIC, is_made_of

Judge = Callable[[Goal], Verdict]

_STEPPED = frozenset("floor ceil sign abs piecewise heaviside indicator max min mod gcd lcm delta".split())


def approximate(goal: Goal) -> Goal:
    """`left ~= right` as a bound on the distance."""
    assert goal.tolerance is not None
    gap = app("abs", app("sub", goal.left, goal.right))
    return replace(goal, relation="<=", left=gap, right=goal.tolerance, tolerance=None)


def judge_up_to(goal: Goal, judge: Judge) -> Verdict:
    """The verdict on a claim with an `up to` clause."""
    plain = replace(goal, up_to="", variables=())
    if goal.up_to == "constant":
        return _constant(goal, plain, judge)
    if goal.up_to == "scale":
        return _scale(goal, plain, judge)
    if goal.up_to == "sign":
        return _either(judge, plain, replace(plain, right=app("neg", goal.right)))
    if goal.up_to == "transpose":
        other = replace(plain, right=app("transpose", goal.right))
        if full(goal.left.shape) != full(goal.right.shape):
            return judge(other)
        return _either(judge, plain, other)
    return _order(goal, plain, judge)


def _variables(goal: Goal) -> tuple[Symbol, ...]:
    found = [s for s in dict.fromkeys(free_symbols(goal.left) + free_symbols(goal.right)) if s.kind not in ("function", "truth")]
    return tuple(s for s in (goal.variables or found) if s in found)


def _constant(goal: Goal, plain: Goal, judge: Judge) -> Verdict:
    names = _variables(goal)
    if not names:
        # Nothing varies: any difference is a constant, if there is one.
        difference = app("sub", goal.left, goal.right)
        return _together([judge(replace(plain, left=difference, right=difference))], "neither side depends on the variables")
    smooth = all(not s.shape and s.kind != "integer" for s in names)
    stepped = any(isinstance(t, App) and t.op in _STEPPED for side in (goal.left, goal.right) for t in subterms(side))
    indefinite = any(
        isinstance(t, Bound) and t.op == "antiderivative" for side in (goal.left, goal.right) for t in subterms(side)
    )
    if smooth and (indefinite or not stepped):
        verdicts = [judge(replace(plain, left=slope(goal.left, s), right=slope(goal.right, s))) for s in names]
        together = _together(verdicts, f"derivatives by {', '.join(s.name for s in names)} are compared")
        if together.truth is not Truth.PROVED or indefinite or _convex(goal, names):
            return together
        # A zero derivative makes a function constant on every connected piece of the domain; here there may be several.
        whole = judge(_between_two(goal, plain, names))
        note = "the difference is constant on each connected piece of the domain"
        return _together(
            [together, whole],
            note if whole.truth in (Truth.REFUTED, Truth.CONDITIONAL) else "two values of the variables are compared",
        )
    return _together([judge(_between_two(goal, plain, names))], "differences between two values of the variables are compared")


def _between_two(goal: Goal, plain: Goal, names: tuple[Symbol, ...]) -> Goal:
    """Each side changes alike between any two values of the variables."""
    twins = _twins(names)
    left = app("sub", goal.left, substitute(goal.left, twins))
    right = app("sub", goal.right, substitute(goal.right, twins))
    return replace(plain, left=left, right=right, assumptions=_doubled(goal, twins))


def _convex(goal: Goal, names: tuple[Symbol, ...]) -> bool:
    """Whether the domain in the variables is seen to be convex: linear inequalities are all it asks for."""
    if not all(is_made_of(side, ANALYTIC) for side in (goal.left, goal.right)):
        return False
    facts = [a for a in goal.assumptions if set(free_symbols(a)) & set(names)]
    if any(not isinstance(a, App) or a.op not in ("lt", "le", "gt", "ge", "in") for a in facts):
        return False
    try:
        c = converter((), goal.assumptions, goal.reading)
        domain = Domain(c).read(goal.left).read(goal.right)
        asked = [dict(key) for op, key in domain.atoms if op != "ne"]  # type: ignore[call-overload]
        asked += [c.field.sub(c(a.args[0]), c(a.args[1])).num for a in facts if isinstance(a, App) and a.op != "in"]
        kernels = {c.field.kernel(("sym", s)) for s in names}
        excluded = [dict(key) for op, key in domain.atoms if op == "ne"]  # type: ignore[call-overload]
        broken = [p for p in excluded if any(depends(c, h, g) for h in generators(p) for g in kernels)]
        return not domain.unread and not broken and all(_linear(c, p, kernels) for p in asked)
    except GIVES_UP:
        return False


def _linear(c: Converter, p: Poly, kernels: set[int]) -> bool:
    """Whether a polynomial is of degree 1 in some kernels, and depends on them in no other way."""
    return all(
        sum(e for h, e in m if h in kernels) in (0, 1)
        and not any(h not in kernels and any(depends(c, h, g) for g in kernels) for h, _ in m)
        for m in p
    )


def slope(t: Term, s: Symbol) -> Term:
    """The derivative by a name; an indefinite integral in it gives its integrand back, which is what it means."""
    if isinstance(t, Bound) and t.op == "antiderivative" and t.args == (var(s),):
        return substitute(t.body, {t.symbols[0]: var(s)})
    if isinstance(t, App) and any(isinstance(u, Bound) and u.op == "antiderivative" for u in subterms(t)):
        if t.op in ("add", "sub", "neg"):
            return app(t.op, *(slope(a, s) for a in t.args), span=t.span)
        if t.op == "div" and s not in free_symbols(t.args[1]):
            return app("div", slope(t.args[0], s), t.args[1], span=t.span)
        if t.op == "mul" and s not in free_symbols(t.args[0]):
            return app("mul", t.args[0], slope(t.args[1], s), span=t.span)
        if t.op == "mul" and s not in free_symbols(t.args[1]):
            return app("mul", slope(t.args[0], s), t.args[1], span=t.span)
    return derivative_by(t, s, t.span)


def _twins(names: tuple[Symbol, ...]) -> dict[Symbol, Term]:
    return {s: var(copy_symbol(s, name=f"{s.name}_0")) for s in names}


def _doubled(goal: Goal, twins: dict[Symbol, Term]) -> tuple[Term, ...]:
    more = tuple(t for a in goal.assumptions if (t := substitute(a, twins)) != a)
    return (*goal.assumptions, *more)


def _scale(goal: Goal, plain: Goal, judge: Judge) -> Verdict:
    """left(x)*right(x') == left(x')*right(x), where the right side at x' is not 0."""
    names = _variables(goal)
    if _vanishes(goal.left, goal) or _vanishes(goal.right, goal):
        return _together([judge(plain)], "the scale is not 0")
    if goal.left.shape or goal.right.shape:
        return _parallel(goal, plain, judge)
    if not names:
        found = judge(replace(plain, relation="!=", left=app("mul", goal.left, goal.right), right=num(0)))
        return _together([found if found.truth is Truth.PROVED else judge(plain)], "neither side depends on the variables")
    twins = _twins(names)
    left0, right0 = substitute(goal.left, twins), substitute(goal.right, twins)
    left, right = app("mul", goal.left, right0), app("mul", left0, goal.right)
    nonzero = (app("ne", right0, num(0)), app("ne", goal.right, num(0)))
    doubled = replace(plain, left=left, right=right, assumptions=(*_doubled(goal, twins), *nonzero))
    return _together([judge(doubled)], "products at two values of the variables are compared")


def _vanishes(t: Term, goal: Goal) -> bool:
    """Whether a side, or every entry of it, is seen to be 0."""
    from twofold.catalogue.shapes import entry_of as entry

    m, n = full(t.shape)
    if t.shape and not (isinstance(m, int) and isinstance(n, int)):
        return False
    parts = [entry(t, i, j) for i in range(1, int(m) + 1) for j in range(1, int(n) + 1)] if t.shape else [t]  # type: ignore[arg-type]
    return all(equal(p, num(0), goal.assumptions, goal.reading) for p in parts)


def _parallel(goal: Goal, plain: Goal, judge: Judge) -> Verdict:
    """Two vectors are proportional where every 2 x 2 minor of the pair vanishes."""
    from twofold.catalogue.shapes import entry_of as entry

    m, n = full(goal.left.shape)
    if not isinstance(m, int) or not isinstance(n, int) or full(goal.right.shape) != (m, n):
        return Verdict(
            Truth.UNDECIDED, notes=("proportional arrays are compared entry by entry, which needs their size as numbers",)
        )
    places = [(i, j) for i in range(1, m + 1) for j in range(1, n + 1)]
    a = [entry(goal.left, i, j) for i, j in places]
    b = [entry(goal.right, i, j) for i, j in places]
    pairs = [(p, q) for p in range(len(a)) for q in range(p)]
    left = Array((tuple(app("mul", a[p], b[q]) for p, q in pairs),), (len(pairs),))
    right = Array((tuple(app("mul", a[q], b[p]) for p, q in pairs),), (len(pairs),))
    return judge(replace(plain, left=left, right=right))


def _either(judge: Judge, *goals: Goal) -> Verdict:
    """One of several goals: proved by the first that is; refuted where all are."""
    verdicts = []
    for g in goals:
        v = judge(g)
        if v.truth in (Truth.PROVED, Truth.CONFLICT):
            return v
        verdicts.append(v)
    for truth in (Truth.SUPPORTED, Truth.UNDECIDED, Truth.CONDITIONAL):
        for v in verdicts:
            if v.truth is truth:
                return v
    return verdicts[0]


def _order(goal: Goal, plain: Goal, judge: Judge) -> Verdict:
    """Lists with the same entries: matched one by one."""
    a, b = items(goal.left), items(goal.right)
    if (a is None) != (b is None):
        return in_some_order(plain, judge)
    if a is None or b is None:
        return Verdict(Truth.UNDECIDED, notes=("`up to order` compares lists whose entries are written out",))
    if len(a) != len(b):
        return judge(plain)
    left = list(b)
    parts: list[Verdict] = []
    for x in a:
        best: Verdict | None = None
        for y in left:
            v = judge(replace(plain, left=x, right=y))
            if v.truth in (Truth.PROVED, Truth.SUPPORTED):
                best = v
                left.remove(y)
                break
            best = best or v
        assert best is not None
        parts.append(best)
    return _together(parts, "entries are matched one by one")


_WORST = (Truth.CONFLICT, Truth.REFUTED, Truth.CONDITIONAL, Truth.UNDECIDED, Truth.SUPPORTED, Truth.PROVED)


def _together(verdicts: list[Verdict], note: str) -> Verdict:
    """All of several verdicts as one: the worst decides."""
    worst = min(verdicts, key=lambda v: _WORST.index(v.truth))
    evidence = tuple(e for v in verdicts for e in v.evidence)
    conditions = tuple(dict.fromkeys(c for v in verdicts for c in v.conditions))
    return replace(
        worst,
        evidence=evidence,
        conditions=conditions,
        notes=tuple(dict.fromkeys((*(n for v in verdicts for n in v.notes), note))),
    )
