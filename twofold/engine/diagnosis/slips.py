"""Named slips: rules that many people believe and that do not hold. A slip is named where applying it explains the right side
exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import ShapeError
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.engine.diagnosis.edits import Edit, names_in, nodes
from twofold.engine.diagnosis.parts import factors, terms
from twofold.engine.diagnosis.pieces import Pieces, Resolve
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import Points, equal
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Bound, Num, Symbol, Term, Var, subterms
from twofold.grammar.tree import Infix
from twofold.symbolic.arithmetic import over
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative

RULES: tuple[tuple[str, str, str], ...] = (
    ("a root is taken term by term", "sqrt(a^2 + b^2)", "a + b"),
    ("a root is taken term by term", "sqrt(a + b)", "sqrt(a) + sqrt(b)"),
    ("a square is taken term by term (the mixed term is missing)", "(a + b)^2", "a^2 + b^2"),
    ("a power is taken term by term", "(a + b)^c", "a^c + b^c"),
    ("the logarithm of a sum is not the sum of the logarithms", "log(a + b)", "log(a) + log(b)"),
    ("the logarithm of a product is the sum of the logarithms, not their product", "log(a*b)", "log(a)*log(b)"),
    ("the logarithm of a quotient is the difference of the logarithms", "log(a/b)", "log(a)/log(b)"),
    ("the exponent comes out of a logarithm only from inside it", "log(a)^c", "c*log(a)"),
    ("the reciprocal of a sum is not the sum of the reciprocals", "c/(a + b)", "c/a + c/b"),
    ("the exponential of a sum is the product of the exponentials", "exp(a + b)", "exp(a) + exp(b)"),
    ("the exponential of a product is not the product of the exponentials", "exp(a*b)", "exp(a)*exp(b)"),
    ("a power with a sum in the exponent is the product of the powers", "a^(b + c)", "a^b + a^c"),
    ("the sine of a sum is not the sum of the sines", "sin(a + b)", "sin(a) + sin(b)"),
    ("the cosine of a sum is not the sum of the cosines", "cos(a + b)", "cos(a) + cos(b)"),
    ("a factor does not come out of a sine", "sin(c*a)", "c*sin(a)"),
    ("a factor does not come out of a cosine", "cos(c*a)", "c*cos(a)"),
    ("an absolute value is taken term by term", "abs(a + b)", "abs(a) + abs(b)"),
    ("a term is cancelled that is not a factor", "(a + b)/a", "b"),
    ("a term is cancelled that is not a factor", "(a + b)/(a + c)", "b/c"),
    ("the expectation of a product is not the product of the expectations", "E[a*b]", "E[a]*E[b]"),
    ("the expectation of a square is not the square of the expectation (the variance is missing)", "E[a^2]", "E[a]^2"),
    ("the expectation of a power is not the power of the expectation", "E[a^c]", "E[a]^c"),
    ("the expectation of a quotient is not the quotient of the expectations", "E[a/b]", "E[a]/E[b]"),
    ("the expectation of a logarithm is not the logarithm of the expectation", "E[log(a)]", "log(E[a])"),
    ("the expectation of an exponential is not the exponential of the expectation", "E[exp(a)]", "exp(E[a])"),
    ("the variance of a sum needs the covariance", "Var[a + b]", "Var[a] + Var[b]"),
    ("a factor comes out of a variance squared", "Var[c*a]", "c*Var[a]"),
    ("the inverse of a product is the product of the inverses in the other order", "inv(a*b)", "inv(a)*inv(b)"),
    ("the inverse of a sum is not the sum of the inverses", "inv(a + b)", "inv(a) + inv(b)"),
    ("the transpose of a product is the product of the transposes in the other order", "(a*b)'", "a'*b'"),
    ("matrix products do not commute", "a*b", "b*a"),
    ("matrix products do not commute, so the mixed terms stay", "(a + b)*(a - b)", "a^2 - b^2"),
    ("matrix products do not commute, so the mixed terms are two", "(a + b)^2", "a^2 + 2*a*b + b^2"),
    ("the trace of a product is not the product of the traces", "tr(a*b)", "tr(a)*tr(b)"),
    ("a determinant is not linear in the matrix", "det(a + b)", "det(a) + det(b)"),
    ("a factor comes out of a determinant once for each row", "det(c*a)", "c*det(a)"),
    ("the derivative of a product is not the product of the derivatives", "diff(a*b, x)", "diff(a, x)*diff(b, x)"),
    ("a term of the product rule is missing", "diff(a*b, x)", "a*diff(b, x)"),
    ("a term of the product rule is missing", "diff(a*b, x)", "diff(a, x)*b"),
    ("the derivative of a quotient is not the quotient of the derivatives", "diff(a/b, x)", "diff(a, x)/diff(b, x)"),
    ("the power rule asks for an exponent without the variable", "diff(a^x, x)", "x*a^(x - 1)"),
    ("the integral of a product is not the product of the integrals", "integrate(a*b, x)", "integrate(a, x)*integrate(b, x)"),
)  # fmt: skip


_OF_MATRICES = "matrix products"
"""Rules that are true of numbers."""

MENDED: tuple[tuple[str, str], ...] = (
    ("x*a^(x - 1)", "log(a)*a^x"),
    ("x*a^(x - 1)", "a^x*(log(a) + 1)"),
    ("c*log(a*b)", "log(a) + c*log(b)"),
)
"""What stands where a rule was believed, and what it gives when done rightly."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`true_form` is what stands above, `believed` what is put for it. Single letters match any expression; + also matches -."""

    message: str
    true_form: tree.Expr
    believed: tree.Expr


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(Rule(m, parse_expression(a, "<rule>"), parse_expression(b, "<rule>")) for m, a, b in RULES)


@cache
def _mended() -> tuple[tuple[tree.Expr, tree.Expr], ...]:
    return tuple((parse_expression(a, "<rule>"), parse_expression(b, "<rule>")) for a, b in MENDED)


def slips(
    goal: Goal, left: tree.Expr, right: tree.Expr, points: Points, pieces: Pieces | None, resolve: Resolve
) -> list[Diagnosis]:
    """The slip that explains the step, if one does."""
    if points.groups or all(equal(a, b) for a, b in zip(points.left, points.right, strict=True)):
        return []
    for found in (
        _inner_derivative(points, pieces) if _is_derivative(left) else "",
        _believed(left, right, points, resolve),
        _inner_derivative(points, pieces),
        _product_rule(left, right, points, resolve),
        _support(goal, points),
        _jacobian(goal, points),
    ):
        if found:
            return [Diagnosis("slip", found)]
    return []


# --- rules ----------------------------------------------------------------------------------------------------------------------


def _believed(left: tree.Expr, right: tree.Expr, points: Points, resolve: Resolve) -> str:
    for rule in rules():
        for root, pattern, other, target in (
            (left, rule.true_form, rule.believed, points.right),
            (right, rule.believed, rule.true_form, points.left),
        ):
            for node, _, _ in nodes(root):
                for bound in _matches(pattern, node):
                    new = _filled(other, bound)
                    if new == node or (rule.message.startswith(_OF_MATRICES) and not _has_shape(bound["a"], resolve)):
                        continue
                    if _explains(put(root, node, new), target, points, resolve):
                        a, b = (node, new) if root is left else (new, node)
                        return f"{rule.message}: {write(a)} is not {write(b)}"
    return ""


def undone(right: tree.Expr) -> Iterator[Edit]:
    """Parts of the right side that a slip may have put there, as the rule has them: what is true for what is believed, or the other way round."""
    for node, _, _ in nodes(right):
        for pattern, other in _mended():
            for bound in _matches(pattern, node):
                yield Edit(node, _filled(other, bound), 1.3)
        for rule in rules():
            for pattern, other, cost in ((rule.believed, rule.true_form, 1.35), (rule.true_form, rule.believed, 1.4)):
                if isinstance(pattern, tree.Name):
                    continue
                for bound in _matches(pattern, node):
                    if all(name in bound for name in names_in(other) if len(name) == 1):
                        new = _filled(other, bound)
                        if new != node:
                            yield Edit(node, new, cost)


def _explains(candidate: tree.Expr, target: list[Any], points: Points, resolve: Resolve) -> bool:
    try:
        term = resolve(candidate)
    except (TwofoldError, ShapeError):
        return False
    return points.explains(term, target)


def _has_shape(node: tree.Expr, resolve: Resolve) -> bool:
    try:
        return bool(resolve(node).shape)
    except TwofoldError:
        return False


def _matches(pattern: Any, node: Any) -> Iterator[dict[str, Any]]:
    found: dict[str, Any] = {}
    if _match(pattern, node, found) and not isinstance(node, tree.Name):
        yield found


def _match(pattern: Any, node: Any, found: dict[str, Any]) -> bool:
    if isinstance(pattern, tree.Name) and len(pattern.id) == 1 and pattern.id != "e":
        if pattern.id in found:
            return bool(found[pattern.id] == node)
        found[pattern.id] = node
        return not isinstance(node, (tree.Binding, tree.Range))
    if type(pattern) is not type(node):
        return False
    if isinstance(pattern, Infix) and pattern.operator == "+" and node.operator in ("+", "-"):
        if found.setdefault("+", node.operator) != node.operator:
            return False
        return _match(pattern.left, node.left, found) and _match(pattern.right, node.right, found)
    if isinstance(pattern, tree.Call) and pattern.function.id != node.function.id:
        return False
    for f in fields(pattern):
        if not f.compare or f.name in ("implicit", "function"):
            continue
        a, b = getattr(pattern, f.name), getattr(node, f.name)
        if isinstance(a, tuple):
            if not isinstance(b, tuple) or len(a) != len(b) or not all(_match(x, y, found) for x, y in zip(a, b, strict=True)):
                return False
        elif isinstance(a, tree.Located):
            if not _match(a, b, found):
                return False
        elif a != b:
            return False
    return True


def _filled(pattern: Any, found: dict[str, Any]) -> Any:
    if isinstance(pattern, tree.Name):
        return found.get(pattern.id, pattern)
    if isinstance(pattern, tuple):
        return tuple(_filled(x, found) for x in pattern)
    if not isinstance(pattern, tree.Located):
        return pattern
    changed = {f.name: _filled(getattr(pattern, f.name), found) for f in fields(pattern) if f.compare and f.name != "function"}
    if isinstance(pattern, Infix) and pattern.operator == "+":
        changed["operator"] = found.get("+", "+")
    return replace(pattern, **changed)


# --- calculus -------------------------------------------------------------------------------------------------------------------


def _scalars(points: Points) -> tuple[np.ndarray, np.ndarray] | None:
    if any(a.size != 1 or b.size != 1 for a, b in zip(points.left, points.right, strict=True)):
        return None
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    return None if np.iscomplexobj(a) or np.iscomplexobj(b) else (a, b)


def _is_derivative(t: tree.Expr) -> bool:
    return isinstance(t, tree.Call) and (t.function.id in ("diff", "grad") or bool(t.primes))


def _inner_derivative(points: Points, pieces: Pieces | None) -> str:
    """The left side is the right one times the derivative of an argument."""
    both = _scalars(points)
    if both is None or pieces is None or np.any(both[1] == 0):
        return ""
    ratio = both[0] / both[1]
    for p in pieces.found:
        if p.inner and np.all(np.abs(ratio - p.values) <= 1e-8 * np.abs(ratio)):
            return f"the chain rule is forgotten: the inner derivative {write(p.node)} is missing"
    return ""


def _product_rule(left: tree.Expr, right: tree.Expr, points: Points, resolve: Resolve) -> str:
    """The right side is f*g and the missing term t makes it a derivative: t/f' is an antiderivative of g."""
    both = _scalars(points)
    if both is None:
        return ""
    gap = both[0] - both[1]
    for _, t in terms(left):
        if len(terms(left)) < 2:
            return ""
        try:
            missing = resolve(t)
            here = resolve(right)
        except TwofoldError:
            continue
        values = points.scalars(missing)
        if values is None or np.max(np.abs(np.abs(values) - np.abs(gap))) > 1e-8 * np.max(np.abs(gap)):
            continue
        for _, f in factors(right):
            if _is_product(resolve(f), missing, here, points):
                return f"a term of the product rule is missing: {write(t)}"
    return ""


def _is_product(f: Term, missing: Term, here: Term, points: Points) -> bool:
    for s in _symbols(f):
        try:
            slope = derivative(f, s)
            if isinstance(slope, Num) and slope.value == 0:
                continue
            antiderivative = over(missing, slope)
            if points.agree(derivative(antiderivative, s), over(here, f)):
                return True
        except (NoClosedForm, ShapeError, KeyError, TypeError):
            continue
    return False


def _symbols(t: Term) -> list[Symbol]:
    return list(dict.fromkeys(x.symbol for x in subterms(t) if isinstance(x, Var) and not x.shape and x.symbol.kind == "real"))


# --- integrals and supports -----------------------------------------------------------------------------------------------------


def _support(goal: Goal, points: Points) -> str:
    """The left side has an indicator (or a density with a bounded support) that the right side lacks."""
    from twofold.grammar.term import num, transform

    def has(t: Term) -> bool:
        return any(isinstance(x, App) and x.op == "indicator" for x in subterms(t))

    if has(goal.left) == has(goal.right):
        return ""
    source, other = (goal.left, goal.right) if has(goal.left) else (goal.right, goal.left)
    bare = transform(source, lambda x: num(1) if isinstance(x, App) and x.op == "indicator" else None)
    if points.agree(bare, other):
        side = "right" if source is goal.left else "left"
        return f"the support is forgotten: the {side} side holds only where the indicator is 1"
    return ""


def _jacobian(goal: Goal, points: Points) -> str:
    """Two integrals over different variables whose integrands differ by a factor that a substitution brings."""
    one, other = goal.left, goal.right
    if not (isinstance(one, Bound) and isinstance(other, Bound) and one.op == other.op == "integrate"):
        return ""
    if one.symbols[0].name == other.symbols[0].name:
        return ""
    from twofold.catalogue.shapes import app, bound
    from twofold.grammar.term import num, var

    u = var(other.symbols[0])
    half = app("div", num(1), app("mul", num(2), app("sqrt", u)))
    for text, factor in (
        ("1/2", app("div", num(1), num(2))),
        ("2", num(2)),
        ("1/(2*sqrt({0}))", half),
        ("2*{0}", app("mul", num(2), u)),
        ("1/{0}", app("div", num(1), u)),
        ("{0}", u),
        ("-1", num(-1)),
    ):
        made = bound("integrate", other.symbols, app("mul", factor, other.body), *other.args)
        found = points.values(made)
        if found and all(equal(a, b) for a, b in zip(points.left, found, strict=True)):
            return f"the Jacobian of the substitution is forgotten: the factor {text.format(other.symbols[0].name)} is missing"
    return ""
