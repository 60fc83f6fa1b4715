"""Short readable forms: the shortest of a few candidates, none of which may take long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.catalogue.method import NotApplicable
from twofold.core.meter import CALLS
from twofold.grammar.term import EXPECTATIONS, App, Array, Bound, Const, Num, Term, Var, children, is_numeric, rebuild, subterms
from twofold.symbolic.algebraic_numbers import reduced
from twofold.symbolic.attempt import attempt
from twofold.symbolic.bare_forms import is_bare_product, is_independent, is_sum_of_constants
from twofold.symbolic.constants import read, written
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import is_explicit
from twofold.symbolic.factorial_forms import with_factorials_joined
from twofold.symbolic.gathered_powers import gathered, has_powers
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.shared_factors import is_plain, nothing_in_common, with_common_factors, with_content

SHORT = 4
"""The measure of a form for which no shorter one is looked for."""
LONGEST_ARRAY, LONGEST_ENTRY = 600, 120
"""Nodes beyond which the long entries of an array are shown as they came."""


def present(term: Term, context: Context) -> Term:
    """The term in a short form. What cannot be lowered stays as it is, with its parts presented."""
    if isinstance(term, (Num, Const, Var)):
        return term
    if isinstance(term, Array):
        if is_numeric(term):
            return term
        parts = children(term)
        whole = len(parts) == 1 or sum(1 for _ in subterms(term)) < LONGEST_ARRAY
        return rebuild(term, tuple(present(x, context) if whole or _is_brief(x) else x for x in parts))
    if isinstance(term, App) and term.op == "piecewise" and any(a.shape or a.sort not in ("number", "truth") for a in term.args):
        return rebuild(term, tuple(a if a.sort == "truth" else present(a, context) for a in term.args))
    if isinstance(term, App) and term.op in ("tuple", "set", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not", "item"):
        return App(term.op, tuple(present(a, context) for a in term.args), term.shape, term.sort, span=term.span)
    if not term.shape and (constant := read(term)) is not None and (form := written(constant)) is not None:
        return form
    if term.shape or not scalar_throughout(term):
        return _of_symbolic_size(term)
    term = _joined(term, context)
    if isinstance(term, Num):
        return term
    try:
        expression = lower(term, context)
        if expression.has(sp.Integral, sp.Sum) and not any(isinstance(t, Bound) for t in subterms(term)):
            return term  # Its name is shorter than what defines it.
        return lift(short(expression, context), context)
    except NoClosedForm:
        return term


def _joined(term: Term, context: Context) -> Term:
    """A long sum with roots in the shortest of the forms that our own normal form has, as a start; as it is where that has none."""
    if context.reading != "real" or not isinstance(term, App) or term.op not in ("add", "sub"):
        return term
    parts = [t for t in subterms(term) if isinstance(t, App)]
    if len(parts) < _LONG_SUM or not any(t.op in ("sqrt", "root", "cbrt") for t in parts):
        return term
    from twofold.symbolic.simplifying import near
    from twofold.symbolic.weight import place

    try:
        return min((term, *near(term, context)), key=place)
    except NotApplicable:
        return term


def _of_symbolic_size(term: Term) -> Term:
    """A shorter form of a term in vectors and matrices whose sizes are symbols."""
    if term.sort != "number" or all(is_explicit(t.shape) for t in subterms(term)):
        return term
    from twofold.symbolic.tensors import simplified

    return simplified(term)


def _is_brief(term: Term) -> bool:
    return sum(1 for _ in subterms(term)) < LONGEST_ENTRY


def scalar_throughout(term: Term) -> bool:
    """Whether the term is a number with nothing of symbolic size, no law and no function in it."""
    for t in subterms(term):
        if t.sort not in ("number", "truth", "function") or not is_explicit(t.shape):
            if isinstance(t, Var) and t.shape:
                continue
            return False
        if isinstance(t, App) and t.op in EXPECTATIONS:
            return False
    return term.sort in ("number", "truth")


def short(expression: Any, context: Context) -> Any:
    """The shortest of some forms of a SymPy expression. Every step is given up when it needs more than its share of
    `context.effort`."""
    if expression.is_Atom or expression.is_Rational or isinstance(expression, sp.CRootOf) or not isinstance(expression, sp.Expr):
        return expression
    if expression in context.settled:
        return expression
    if not expression.is_number and expression.has(sp.Abs):
        expression = _without_sizes(expression)
    if not expression.is_number and has_powers(expression):
        expression = within(context.effort / CALLS, joined, expression) or expression
    if expression.is_number and expression.has(sp.Pow):
        expression = expression.replace(_is_root_of_minus_one, lambda p: sp.cos(sp.pi * p.exp) + sp.I * sp.sin(sp.pi * p.exp))
    if expression.is_number and expression.has(sp.CRootOf):
        expression = min(expression, reduced(expression), key=measure)
    best, cost = expression, measure(expression)
    if cost <= SHORT:
        return best
    if expression.is_number and is_sum_of_constants(expression):
        whole = with_content(expression) if expression.is_Add else expression
        best = whole if measure(whole) < cost else expression
        context.settled.add(best)
        return best
    if not expression.is_number and is_bare_product(expression):
        context.settled.add(expression)
        return expression
    if context.reading == "real" and not expression.is_number and not _joined_by_rules(expression):
        found = (_in_products if any(map(_is_root, expression.atoms(sp.Pow))) else _near)(expression, cost, context)
        if found is not None:
            context.settled.add(found)
            return found
    if context.reading == "real" and expression.is_Add and cost > _LONG_SUM and not expression.is_number:
        known = _constant(expression, context)
        if known is not None:
            context.settled.add(known)
            return known
    for _ in range(2):
        start = best
        for step in steps(start):
            found = within(context.effort / CALLS, attempt, step, start)
            if found is not None and (price := measure(found)) < cost:
                best, cost = found, price
                if cost <= SHORT:
                    break
        if best is start or cost <= SHORT:
            break
    context.settled.add(best)
    return best


def _without_sizes(e: Any) -> Any:
    """The expression without absolute values of names in which it is even anyway: sinh(abs(x))/abs(x) is sinh(x)/x."""
    for size in e.atoms(sp.Abs):
        (s,) = size.args
        if s.is_Symbol and s.is_real:
            made = e.xreplace({size: s})
            if made == e.xreplace({size: -s}):
                e = made
    return e


_JOINED_BY_RULES = (sp.gamma, sp.factorial, sp.binomial, sp.beta, sp.loggamma, sp.Piecewise, sp.floor, sp.I)


def _joined_by_rules(e: Any) -> bool:
    """Whether an expression has functions or powers between which only SymPy's rules know relations."""
    return bool(e.has(*_JOINED_BY_RULES) or e.atoms(AppliedUndef)) or any(
        not p.exp.is_number and p.base is not sp.E for p in e.atoms(sp.Pow)
    )


def _is_root(p: Any) -> bool:
    return bool(p.exp.is_Rational and p.exp.q > 1)


def _in_products(expression: Any, cost: int, context: Context) -> Any:
    """The shortest of the forms that our own normal form has of an expression with roots, if no sum in it has a root and no product several of one
    kind; `None` otherwise: there SymPy's rules know more. None is taken that has an absolute value more."""
    from twofold.symbolic.simplifying import near

    try:
        made = [lower(f, context) for f in near(lift(expression, context), context)]
    except (NotApplicable, NoClosedForm):
        return None
    bars = len(expression.atoms(sp.Abs))
    best = min([expression, *(f for f in made if len(f.atoms(sp.Abs)) <= bars)], key=measure)
    return None if any(map(_joins_roots, best.atoms(sp.Add, sp.Mul))) else best


def _joins_roots(e: Any) -> bool:
    if e.is_Add:
        return any(map(_is_root, e.atoms(sp.Pow)))
    kinds = [f.exp.q for f in e.args if f.is_Pow and _is_root(f)]
    return len(kinds) > len(set(kinds))


_LONG_SUM = 30
"""The length from which on a sum with roots is first looked at as a constant."""


def _constant(expression: Any, context: Context) -> Any:
    """The number that a sum is whatever its names are, by our own normal form; `None` where it is not seen to be one."""
    from twofold.symbolic.simplifying import near

    try:
        best = next(near(lift(expression, context), context), None)
    except (NotApplicable, NoClosedForm):
        return None
    return lower(best, context) if isinstance(best, Num) else None


def _near(expression: Any, cost: int, context: Context) -> Any:
    """The shortest of the forms that our own normal form has, the expression's own among them; `None` where it has none."""
    from twofold.symbolic.simplifying import near
    from twofold.symbolic.weight import place

    try:
        own = lift(expression, context)
        best = min(near(own, context), key=place, default=None)
        if best is None:
            return None
        made = expression if best == own else lower(best, context)
    except (NotApplicable, NoClosedForm):
        return None
    candidates = [expression] if is_plain(expression) else [expression, with_common_factors(expression)]
    if made is not expression and measure(made) <= cost:
        candidates.append(made)
    # A number in front of a sum goes into it where SymPy makes the product.
    if made.is_Add and made.primitive()[0] is not sp.S.One:
        candidates.append(with_common_factors(made))
    return min([c for c in candidates if c is not None], key=measure)


def _is_root_of_minus_one(p: Any) -> bool:
    return bool(p.is_Pow and p.base == -1 and p.exp.is_Rational and p.exp.q in (3, 4, 6))


def steps(e: Any) -> Iterator[Callable[[Any], Any]]:
    """Candidate forms, cheapest first. The costly ones are tried only where the expression has what they act on."""
    if e.is_number:
        if e.has(sp.I):
            yield lambda x: sp.expand(x, complex=True)
        yield sp.expand
        yield lambda x: sp.factor_terms(sp.expand(x))
        if any(p.exp.is_negative or (p.exp.is_Rational and p.exp.q > 1 and p.base.is_Add) for p in e.atoms(sp.Pow)):
            yield sp.radsimp
            yield lambda x: sp.sqrtdenest(sp.expand(x))
        if not is_independent(e.atoms(sp.Function)) and sp.count_ops(e) < 60:
            yield sp.simplify
        return
    size = sp.count_ops(e)
    if size > 3000:
        return
    if not all(map(nothing_in_common, e.atoms(sp.Add))):
        yield sp.factor_terms
    product = not e.has(sp.Add)
    if e.is_rational_function(*e.free_symbols):
        if not product:
            yield sp.cancel
            if size < 600:
                yield sp.factor
        return
    if product:
        # A product has nothing to be put over one bar or to be factored.
        if sum(not (p.is_Pow and p.exp.is_Integer) for p in e.atoms(sp.Pow, sp.exp)) > 1:
            yield sp.powsimp
    elif size < 400:
        yield lambda x: sp.cancel(sp.together(x))
        yield lambda x: sp.powsimp(sp.expand(x))
        yield sp.factor
    if size < 200:
        growing = len(e.atoms(sp.gamma, sp.factorial)) + 2 * len(e.atoms(sp.binomial))
        if growing > int(product):
            yield lambda x: sp.combsimp(x) if x.has(sp.factorial, sp.binomial) else sp.gammasimp(x)
            yield with_factorials_joined
        if _has_trigonometric_products(e):
            held: list[Any] = []

            def reduced(x: Any) -> Any:
                held.append(sp.trigsimp(x))
                return held[0]

            yield reduced
            yield lambda x: sp.factor(held[0])
        # Roots of pi alone have nothing to be taken out or joined with.
        if size < 25 and any(p.exp.is_Rational and p.exp.q > 1 and not p.base.is_NumberSymbol for p in e.atoms(sp.Pow)):
            yield sp.radsimp
            yield sp.simplify


def _has_trigonometric_products(e: Any) -> bool:
    """Whether some product or power joins circular or hyperbolic functions, so that an identity may apply."""
    kinds = (TrigonometricFunction, HyperbolicFunction)
    return any(p.exp.is_Integer and isinstance(p.base, kinds) for p in e.atoms(sp.Pow)) or any(
        sum(isinstance(f, kinds) for f in m.args) > 1 for m in e.atoms(sp.Mul)
    )


def joined(e: Any) -> Any:
    """The shortest of an expression's forms with powers, factorials and gamma functions joined."""
    forms = [_without_sizes(e) if e.has(sp.Abs) else e]
    factorials = e.has(sp.gamma, sp.factorial)
    for applies, form in (
        (factorials, sp.combsimp if e.has(sp.factorial) else sp.gammasimp),
        (has_powers(e), gathered),
        (factorials, with_factorials_joined),
    ):
        if applies and (found := attempt(form, forms[-1])) is not None:
            forms.append(found)
    return min(reversed(forms), key=measure)


def measure(e: Any) -> int:
    """How long an expression reads: its nodes, with digits, roots and signs counted a little."""
    total = 0
    stack = [e]
    while stack:
        x = stack.pop()
        if x.is_Rational:
            total += 1 + max(0, int(x.p).bit_length() - 10) // 7 + (1 if x.q != 1 else 0)
        elif x.is_Atom:
            total += 1
        else:
            total += 2 if x.is_Function or x.is_Pow else 1
            stack.extend(x.args)
    return total


__all__ = ["joined", "measure", "present", "scalar_throughout", "short"]
