"""Questions: the exact answer, its decimals, and the check of the one by the other route."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias, TypeGuard

from twofold.catalogue.bounds import facts as facts_of
from twofold.catalogue.conjunctions import together
from twofold.catalogue.constants import rational
from twofold.catalogue.conventions import conventional
from twofold.catalogue.display import show, to_tree
from twofold.catalogue.index import functions
from twofold.catalogue.own_laws import by_laws
from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.spec import Function
from twofold.core import registry
from twofold.core.diagnostic import fail
from twofold.core.evidence import Check, Evidence, Verdict
from twofold.core.truth import Strength, Truth
from twofold.engine.assumed import assumptions, foresee
from twofold.engine.claims import reading
from twofold.engine.decimals import decimals, of_floats
from twofold.engine.environment import Environment
from twofold.engine.extremes import Extremes
from twofold.engine.guard import guard_numbers, guard_shapes
from twofold.engine.latex import latex
from twofold.engine.plain import in_double_precision
from twofold.engine.results import Result
from twofold.engine.settings import MOST_DIGITS
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.term import FALSE, App, Array, Bound, Const, Num, Symbol, Term, free_symbols, is_numeric, num, subterms

Emit: TypeAlias = Callable[[dict[str, Any]], None]

_BINDERS = {"antiderivative": "integrate"}
_BY_CASES = frozenset(("linear algebra", "vectors and linear maps", "solving", "optimisation"))
"""Areas whose answers distinguish values of parameters, so that each case is checked by itself."""
_OF_VALUES = frozenset(("linear algebra", "vectors and linear maps"))
"""Areas whose functions take values alone: the second argument of the others may be a variable."""
MOST_DECIMALS = 10_000
"""Entries of an array up to which decimals are shown."""
UNCERTIFIED = 8
"""Digits that are shown of a value that quadrature or extrapolation in double precision found, and nothing confirmed."""
LONGEST = 20_000
"""Characters of an exact answer that are shown."""


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
        _show(result, _reduced(term), digits, inexact)
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
    if _is_measured(term):
        emit({"stage": "double precision"})
        if _measured(term, context, result):
            return
    if inexact:
        _warned(term, result)
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
    _show(result, value, digits, inexact, with_decimals=False)
    emit({"stage": "independent check", "row": result.to_dict()})
    if context.reading == "real" and reading([value]) != "real":
        context = replace(context, reading="complex")
    check = _checked(term, value, context)
    if check is not None and check.agrees is None and not free_symbols(term):
        _require_a_value(term, result)
    result.notes = (*context.notes, *result.notes)
    needed = conditions(term, value, context)
    result.conditions = tuple(dict.fromkeys(map(show, needed)))
    if check is not None and check.agrees is False and set(needed) - set(context.conditions):
        # The points were outside of what the answer asks for by its form.
        check = _checked(term, value, replace(context, conditions=list(needed)))
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
    _show(result, value, digits, inexact, context.reading)


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


def _is_measured(term: Term) -> bool:
    """Whether this is an operation of linear algebra on matrices of data."""
    spec = functions().get(term.op) if isinstance(term, App) else None
    return (
        isinstance(term, App)
        and spec is not None
        and spec.area == "linear algebra"
        and any(isinstance(a, Array) and a.measured and len(a.shape) == 2 for a in term.args)
    )


def _measured(term: Term, context: Any, result: Result) -> bool:
    """Whether a value in double precision could be had from LAPACK; it comes with its residual and the condition number."""
    from twofold.engine.lapack import BAD_CONDITION, evaluated
    from twofold.numeric.evaluate import floats
    from twofold.numeric.outcomes import NoValue

    assert isinstance(term, App)
    if any(a.sort != "number" or free_symbols(a) for a in term.args):
        return False
    try:
        outcome = evaluated(term, [floats(a, [{}], context.reading)[0] for a in term.args])
    except NoValue:
        return False
    result.numeric = of_floats(outcome.value)
    sure = _digits(outcome.residual)
    if term.op not in _STABLE:
        sure = min(sure, _digits(outcome.condition * 1e-16))
    result.check = Check("residual in double precision", outcome.residual < 1e-8, sure, "the algorithm of LAPACK")
    notes = [f"by LAPACK in double precision; relative residual {outcome.residual:.1e}, condition number {outcome.condition:.3g}"]
    if outcome.condition > BAD_CONDITION:
        notes.append(_badly_conditioned(outcome.condition))
    result.notes = (*result.notes, *notes)
    return True


_STABLE = frozenset(("svd", "qr", "schur", "lu", "cholesky", "norm"))
"""Factorisations whose product is the matrix, however badly it is conditioned."""


def _badly_conditioned(condition: float) -> str:
    lost = "all" if condition > 1e15 else f"about {round(math.log10(condition))} of 16"
    return f"the matrix is badly conditioned ({condition:.1e}): of entries known to 16 digits, {lost} may be lost"


def _warned(term: Term, result: Result) -> None:
    """A remark where a matrix with decimals is badly conditioned: what its last digits change."""
    a = term.args[0] if isinstance(term, App) and term.args else None
    if not isinstance(a, Array) or len(a.shape) != 2 or not is_numeric(a):
        return
    if not any("." in x.text for row in a.rows for x in row if isinstance(x, Num)):
        return
    import numpy as np

    from twofold.engine.lapack import BAD_CONDITION

    condition = float(np.linalg.cond(np.array([[float(x.value) for x in row if isinstance(x, Num)] for row in a.rows])))
    if condition > BAD_CONDITION:
        result.notes = (*result.notes, _badly_conditioned(condition))


def _digits(residual: float) -> int:
    return min(15, max(0, int(-math.log10(residual)))) if residual > 0 else 15


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


def _checked(question: Term, value: Term, context: Any) -> Check | None:
    """The check that the declaration of the question names; otherwise both are compared by value."""
    from twofold.engine.comparison import compare

    op = question.op if isinstance(question, App | Bound) else ""
    spec = functions().get(_BINDERS.get(op, op))
    checker = registry.resolve(spec.check) if spec is not None and spec.check else compare
    if spec is not None and spec.area in _BY_CASES and op != "given" and _has_cases(value, question, spec):
        from twofold.engine.checks.cases import by_cases

        return by_cases(question, value, context, checker)
    found = checker(question, value, context)
    assert found is None or isinstance(found, Check)
    if op == "item" and (found is None or found.agrees is None):
        return _checked_whole(question, context) or found
    return found


def _has_cases(value: Term, question: Term, spec: Function) -> TypeGuard[App]:
    """Whether an answer distinguishes cases, not by the variable of a function that was asked for."""
    if not isinstance(value, App) or value.op != "piecewise":
        return False
    unknown: set[Symbol] = set()
    if spec.area not in _OF_VALUES and isinstance(question, App) and len(question.args) > 1:
        named = [k for k, argument in enumerate(spec.arguments) if argument.kind == "variable"]
        places = [k for k in named if k < len(question.args)] or [1]
        unknown = {s for k in places for s in free_symbols(question.args[k])}
    return not any(unknown & set(free_symbols(condition)) for condition in value.args[1::2])


def _checked_whole(item: Term, context: Any) -> Check | None:
    """The check of the tuple or set that an element is taken from."""
    from twofold.symbolic.context import NoClosedForm
    from twofold.symbolic.work import work

    assert isinstance(item, App)
    try:
        return _checked(item.args[0], work(item.args[0], context), context)
    except NoClosedForm:
        return None


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
    if isinstance(term, App) and term.shape == () and term.sort in ("tuple", "set") and _measured(term, context, result):
        return
    emit({"stage": "numeric value"})
    try:
        result.numeric = decimals(term, digits, context.reading)
        result.check = Check("certified enclosure", True, digits, "rounding")
        return
    except NoValue:
        pass
    if isinstance(term, App) and _measured(term, context, result):
        return
    try:
        value = floats(term, [{}], context.reading)[0]
        adaptive = any(isinstance(t, Bound) for t in subterms(term))
        result.numeric = of_floats(value, UNCERTIFIED if adaptive else 15)
        known = "no numeric value found" if result.numeric is None else "the decimals are from double precision, not certified"
        result.notes = (*result.notes, known)
    except NoValue as error:
        result.notes = (*result.notes, f"no numeric value: {error}")


def _text(value: Term) -> tuple[str, tree.Expr | None]:
    """The text of a value, and its tree where one was made; of a matrix whose text is too long to be shown, no more than is shown."""
    if not isinstance(value, Array):
        written = to_tree(value)
        return write(written), written
    return _text_of_array(value), None


def _text_of_array(value: Array) -> str:
    if len(value.rows) < 2 or len(value.rows[0]) < 2 or is_numeric(value):
        return show(value)
    rows: list[str] = []
    for row in value.rows:
        rows.append(", ".join(map(show, row)))
        if sum(map(len, rows)) > LONGEST:
            break
    return "[" + "; ".join(rows) + "]"


def _show(result: Result, value: Term, digits: int, inexact: bool, reading: str = "real", with_decimals: bool = True) -> None:
    if result.answer is not value or result.exact is None:
        result.answer, result.written = value, None
        if not inexact or free_symbols(value):
            text, result.written = _text(value)
            if len(text) > LONGEST:
                result.notes = (*result.notes, f"the exact answer is long; its first {LONGEST:,} characters are shown")
            result.exact = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    if not with_decimals:
        return
    if result.exact is not None and len(result.exact) <= LONGEST:
        result.latex = latex(result.written or to_tree(value))
    if isinstance(value, Array) and len(value.rows) * len(value.rows[0] if value.rows else ()) > MOST_DECIMALS:
        return
    if value.sort in ("number", "tuple", "set", "answer") and not free_symbols(value):
        from twofold.numeric.outcomes import NoValue, Undefined

        try:
            result.numeric = decimals(value, digits, reading)
        except Undefined as error:
            result.answer = result.exact = result.latex = None
            raise fail("undefined", f"this has no value: {error}", result.place) from None
        except NoValue as error:
            result.notes = (*result.notes, f"no decimals: {error}")
