"""Questions: the exact answer, its decimals, and the check of the one by the other route."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.bounds import facts as facts_of
from twofold.catalogue.conjunctions import together
from twofold.catalogue.constants import rational
from twofold.catalogue.conventions import conventional
from twofold.catalogue.display import show
from twofold.catalogue.own_laws import by_laws
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import fail
from twofold.core.evidence import Check, Evidence, Verdict
from twofold.core.truth import Strength, Truth
from twofold.engine.answer_checks import checked
from twofold.engine.assumed import assumptions, foresee
from twofold.engine.decimals import decimals, of_floats
from twofold.engine.environment import Environment
from twofold.engine.extremes import Extremes
from twofold.engine.guard import guard_numbers, guard_shapes
from twofold.engine.measured import is_measured, measured, warned
from twofold.engine.plain import in_double_precision
from twofold.engine.reading import reading
from twofold.engine.results import Emit, Result
from twofold.engine.settings import MOST_DIGITS
from twofold.engine.shown_answers import show_answer
from twofold.grammar import tree
from twofold.grammar.term import FALSE, App, Array, Bound, Const, Num, Term, free_symbols, num, subterms

UNCERTIFIED = 8
"""Digits that are shown of a value that quadrature or extrapolation in double precision found, and nothing confirmed."""


def answer(node: tree.Question, environment: Environment, scope: Scope, result: Result, emit: Emit) -> None:
    """Works out a question and puts what came of it into the result. Raises `TwofoldError`."""
    expression = node.expression
    given: tuple[tree.Expr, ...] = ()
    while isinstance(expression, tree.Given):
        given, expression = (*expression.conditions, *given), expression.expression
    digits = environment.settings.digits
    inexact = isinstance(expression, tree.Call) and expression.function.id == "N" and scope.find("N") is None
    if inexact:
        assert isinstance(expression, tree.Call)
        expression, digits = _approximation(expression, digits)
    foresee(scope, expression, *given)
    s = environment.settings
    extremes = Extremes()
    term = extremes.read(by_laws(conventional(resolve(expression, scope), s.layout, s.symmetric)))
    result.notes = (*result.notes, *extremes.said)
    guard_shapes(term)
    guard_numbers(term)
    stated = tuple(_condition(c, scope) for c in given)
    if stated and isinstance(term, App) and term.op in ("minimize", "maximize"):
        from twofold.symbolic.solving.extremum_names import constrained

        term = constrained(term, stated)
    said = environment.concerning([term], stated)
    facts = facts_of(said)
    result.assumed = assumptions([term, *facts])
    if _is_worked_out(term):
        show_answer(result, _reduced(term), digits, inexact)
        result.check = _plain_check(term, _reduced(term))
        return
    _work_out(term, facts, environment, result, digits, inexact, emit)


def _approximation(node: tree.Call, digits: int) -> tuple[tree.Expr, int]:
    """What stands in `N(expr, digits)`."""
    if not 1 <= len(node.arguments) <= 2:
        raise fail("wrong-arity", "N takes a value and a number of digits", node.span, "write N(pi, 50)")
    if len(node.arguments) == 2:
        value = rational(resolve(node.arguments[1], Scope({}, closed=True)))
        if value is None or value.denominator != 1 or not 1 <= value <= MOST_DIGITS:
            raise fail("bad-digits", f"the number of digits is a whole number from 1 to {MOST_DIGITS}", node.arguments[1].span)
        digits = int(value)
    return node.arguments[0], digits


def _condition(node: tree.Expr, scope: Scope) -> Term:
    term = resolve(node, scope)
    if term.sort != "truth":
        raise fail("wrong-kind", "a condition is true or false", node.span, "write for example `given x > 0`")
    return term


def _is_worked_out(term: Term) -> bool:
    """Whether nothing but rational arithmetic is left to do."""
    if isinstance(term, Array):
        return all(_is_worked_out(x) for row in term.rows for x in row)
    return isinstance(term, Const) or rational(term) is not None


def _reduced(term: Term) -> Term:
    if isinstance(term, Array):
        return Array(tuple(tuple(map(_reduced, row)) for row in term.rows), term.shape)
    value = rational(term)
    return term if value is None else num(value)


def _plain_check(term: Term, value: Term) -> Check | None:
    """Rational arithmetic against the same in double precision."""
    if not isinstance(value, Num) or isinstance(term, Num):
        return None
    found = in_double_precision(term)
    if found is None:
        return None
    agrees = abs(found - float(value.value)) <= 1e-9 * max(1.0, abs(found)) if abs(value.value) < 10**300 else None
    return Check("double precision", agrees, 15 if agrees else None, "the arithmetic of fractions")


def _work_out(
    term: Term, facts: tuple[Term, ...], environment: Environment, result: Result, digits: int, inexact: bool, emit: Emit
) -> None:
    from twofold.symbolic.answer_conditions import conditions
    from twofold.symbolic.context import Context, NoClosedForm, SymbolicSize
    from twofold.symbolic.work import work

    s = environment.settings
    context = Context(facts, reading([term, *facts]), s.layout, s.symmetric, digits, s.seed)
    if is_measured(term):
        emit({"stage": "double precision"})
        if measured(term, context, result):
            return
    if inexact:
        warned(term, result)
    if inexact and _enclosed(term, context, result, digits, emit):
        return
    emit({"stage": "exact value"})
    try:
        value = work(term, context)
    except SymbolicSize as error:
        raise fail("symbolic-size", error.reason, error.place, "declare a size that is a number: let A : matrix(3, 3)") from None
    except NoClosedForm as error:
        result.notes = (*context.notes, f"no closed form found: {error.reason}")
        _numeric_only(error.instead or term, context, result, digits, emit)
        return
    if isinstance(value, Bound) and _is_unchanged(term, value):
        result.notes = (*context.notes, f"no closed form found: no method applies to this {_WORD[value.op]}")
        _numeric_only(term, context, result, digits, emit)
        return
    inexact = inexact or bool(context.rounded)
    show_answer(result, value, digits, inexact, with_decimals=False)
    emit({"stage": "independent check", "row": result.to_dict()})
    if context.reading == "real" and reading([value]) != "real":
        context = replace(context, reading="complex")
    check = checked(term, value, context)
    if check is not None and check.agrees is None and not free_symbols(term):
        _require_a_value(term, result)
    result.notes = (*context.notes, *result.notes)
    needed = conditions(term, value, context)
    result.conditions = tuple(dict.fromkeys(map(show, needed)))
    if check is not None and check.agrees is False and set(needed) - set(context.conditions):
        # The points were outside of what the answer asks for by its form.
        check = checked(term, value, replace(context, conditions=list(needed)))
    if check is not None and check.agrees is False:
        result.answer = result.exact = result.latex = None
        if context.tentative:
            result.conditions = ()
            result.notes = (f"no closed form found: what was found is not {context.tentative[0]} ({check.note})",)
            return
        _withhold(value, check, result)
        return
    if (check is None or check.agrees is None) and _is_ruled_out(context):
        where = " and ".join(dict.fromkeys(show(c) for c in context.conditions if c != FALSE)) or "what is false"
        result.answer = result.exact = result.latex = None
        result.conditions = ()
        result.notes = (f"no closed form found: what was found asks for {where}, which is never so",)
        return
    result.check = check
    if not _is_worked_out(value) and not free_symbols(value):
        emit({"stage": "decimals", "row": result.to_dict()})
    show_answer(result, value, digits, inexact, context.reading)


def _require_a_value(term: Term, result: Result) -> None:
    """Refuses a number with a part that has no value, whatever the exact route makes of it: 1/gamma(0) is not 0."""
    from twofold.numeric.evaluate import ball
    from twofold.numeric.outcomes import NoValue, Undefined

    if any(not isinstance(t, App | Num | Const) or t.sort != "number" or t.shape for t in subterms(term)):
        return
    try:
        ball(term, {}, 64, "complex")
    except Undefined as error:
        result.answer = result.exact = result.latex = None
        raise fail("undefined", f"this has no value: {error}", result.place) from None
    except NoValue:
        return


def _is_ruled_out(context: Any) -> bool:
    """Whether the conditions of an answer contradict one another or what is assumed."""
    from twofold.catalogue.goal import Goal
    from twofold.symbolic.effort import within
    from twofold.symbolic.equations.decide import proves

    if not context.conditions or any(s.kind not in ("real", "integer") for t in context.conditions for s in free_symbols(t)):
        return False
    goal = Goal("=>", together(context.conditions), FALSE, context.assumptions, "real")
    return bool(within(1.0, proves, goal, replace(context, reading="real")))


_WORD = {"sum": "sum", "prod": "product"}


def _is_unchanged(term: Term, value: Term) -> bool:
    """Whether a sum or product has come back as a sum or product; one over data or unknown functions has no other form."""
    if not isinstance(term, Bound) or not isinstance(value, Bound) or value.op != term.op or value.op not in _WORD or term.shape:
        return False
    return not any(isinstance(t, App) and t.op in ("index", "apply") for t in subterms(term))


def _enclosed(term: Term, context: Any, result: Result, digits: int, emit: Emit) -> bool:
    """Whether decimals of a question could be had from certified enclosures alone, with no exact value."""
    from twofold.numeric.outcomes import NoValue

    if free_symbols(term) or term.sort != "number":
        return False
    emit({"stage": "certified enclosure"})
    try:
        result.numeric = decimals(term, digits, context.reading, context.seconds)
    except NoValue:
        return False
    result.check = Check("certified enclosure", True, digits, "rounding")
    return True


def _withhold(value: Term, check: Check, result: Result) -> None:
    """Two routes that contradict each other: no answer, both values in the notes."""
    shown = show(value)
    evidence = Evidence(check.method, Truth.CONFLICT, Strength.SAMPLED, check.note, independent_of=check.independent_of)
    notes = (
        f"the exact route found {shown if len(shown) < 500 else shown[:500] + '…'}",
        f"the check says: {check.note or check.method}",
    )
    result.judged = Verdict(Truth.CONFLICT, (evidence,), notes=notes)
    result.check = check


def _numeric_only(term: Term, context: Any, result: Result, digits: int, emit: Emit) -> None:
    """The value by the numeric route alone."""
    from twofold.numeric.evaluate import floats
    from twofold.numeric.outcomes import NoValue

    if free_symbols(term) or term.sort not in ("number", "truth", "answer", "tuple", "set"):
        return
    if isinstance(term, App) and term.shape == () and term.sort in ("tuple", "set") and measured(term, context, result):
        return
    emit({"stage": "numeric value"})
    try:
        result.numeric = decimals(term, digits, context.reading)
        result.check = Check("certified enclosure", True, digits, "rounding")
        return
    except NoValue:
        pass
    if isinstance(term, App) and measured(term, context, result):
        return
    try:
        value = floats(term, [{}], context.reading)[0]
        adaptive = any(isinstance(t, Bound) for t in subterms(term))
        result.numeric = of_floats(value, UNCERTIFIED if adaptive else 15)
        known = "no numeric value found" if result.numeric is None else "the decimals are from double precision, not certified"
        result.notes = (*result.notes, known)
    except NoValue as error:
        result.notes = (*result.notes, f"no numeric value: {error}")
