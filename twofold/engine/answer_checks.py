"""The check of an answer: the one that the declaration of the question names, case by case where the answer has cases."""

from __future__ import annotations

from typing import Any, TypeGuard

from twofold.catalogue.index import functions
from twofold.catalogue.spec import Function
from twofold.core import registry
from twofold.core.evidence import Check
from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols

_BINDERS = {"antiderivative": "integrate"}
_BY_CASES = frozenset(("linear algebra", "vectors and linear maps", "solving", "optimisation"))
"""Areas whose answers distinguish values of parameters, so that each case is checked by itself."""
_OF_VALUES = frozenset(("linear algebra", "vectors and linear maps"))
"""Areas whose functions take values alone: the second argument of the others may be a variable."""


def checked(question: Term, value: Term, context: Any) -> Check | None:
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


def _checked_whole(item: Term, context: Any) -> Check | None:
    """The check of the tuple or set that an element is taken from."""
    from twofold.symbolic.context import NoClosedForm
    from twofold.symbolic.work import work

    assert isinstance(item, App)
    try:
        return checked(item.args[0], work(item.args[0], context), context)
    except NoClosedForm:
        return None


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
