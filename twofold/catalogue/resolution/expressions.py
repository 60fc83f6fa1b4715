"""Resolution of expressions: one method for each kind of node."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.resolution import binders, calls, defined, derivatives
from twofold.catalogue.resolution.scope import Macro, Scope
from twofold.catalogue.shapes import ShapeError, app, describe, element, full
from twofold.catalogue.shapes import entry_of as entry
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import ALL, App, Array, Const, Num, Symbol, Term, Var, matrix, substitute, var, vector

INFIX = {"+": "add", "-": "sub", "*": "mul", "/": "div", ".*": "emul", "./": "ediv", "^": "pow", ".^": "epow"}
COMPARE = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge", "in": "in", "~=": "eq"}
LOGIC = {"and": "and", "or": "or", "=>": "implies", "<=>": "iff"}


def resolve(node: tree.Expr, scope: Scope) -> Term:
    """The term an expression means in a scope. Raises `TwofoldError` for unknown names, wrong arity and shapes that do not fit."""
    rule = _RULES.get(type(node))
    if rule is None:
        raise fail("misplaced", "this does not stand for a value here", node.span)
    return rule(node, scope)  # type: ignore[no-any-return]


def build(op: str, *args: Term, span: Span) -> App:
    """`app`, with a shape error put in its place."""
    try:
        return app(op, *args, span=span)
    except ShapeError as e:
        raise fail("shape-mismatch", str(e), span, e.help) from None


def at(term: Term, span: Span) -> Term:
    """The same term, standing somewhere else."""
    if isinstance(term, Var):
        return var(term.symbol, span)
    if isinstance(term, Const):
        return Const(term.name, term.shape, term.sort, span=span)
    if isinstance(term, App):
        return App(term.op, term.args, term.shape, term.sort, span=span)
    if isinstance(term, Num):
        return Num(term.value, term.text, span=span)
    if isinstance(term, Array):
        return Array(term.rows, term.shape, term.sort, term.measured, span=span)
    return term


def _number(node: tree.Number, scope: Scope) -> Term:
    if len(node.text) > 4000 or _exponent(node.text) > 4000:
        raise fail("too-large", "this number has more digits than can be worked with", node.span, "write it as a power")
    value = Fraction(int(node.text)) if node.text.isdecimal() else Fraction(node.text)
    return Num(value, node.text, span=node.span)


def _exponent(text: str) -> int:
    _, _, power = text.lower().partition("e")
    return abs(int(power)) if power else 0


def _name(node: tree.Name, scope: Scope) -> Term:
    found = scope.find(node.id)
    if found is None:
        found = scope.symbol(node)
    if isinstance(found, Symbol):
        return var(found, node.span)
    if isinstance(found, Macro):
        return defined.as_function(found, node.span, None)
    return at(found, node.span)


def _prefix(node: tree.Prefix, scope: Scope) -> Term:
    inner = resolve(node.operand, scope)
    if node.operator == "+":
        return inner
    if node.operator == "-" and isinstance(inner, Num) and isinstance(node.operand, tree.Number):
        return Num(-inner.value, f"-{inner.text}", span=node.span)
    _wants(inner, "truth" if node.operator == "not" else "number", node.operand.span)
    return build("not" if node.operator == "not" else "neg", inner, span=node.span)


def _postfix(node: tree.Postfix, scope: Scope) -> Term:
    if node.operator == "'" and isinstance(node.operand, tree.Name) and isinstance(scope.find(node.operand.id), Macro):
        macro = scope.find(node.operand.id)
        assert isinstance(macro, Macro)
        return defined.derivative_function(macro, 1, node.span)
    inner = resolve(node.operand, scope)
    _wants(inner, "number", node.operand.span)
    return build("transpose" if node.operator == "'" else "factorial", inner, span=node.span)


def _infix(node: tree.Infix, scope: Scope) -> Term:
    left, right = resolve(node.left, scope), resolve(node.right, scope)
    _wants(left, "number", node.left.span)
    _wants(right, "number", node.right.span)
    if node.operator == "^" and isinstance(right, Var) and right.symbol.name == "T" and left.shape and right.symbol.assumed:
        raise fail("transpose-spelling", "a transpose is written with a prime", node.span, "write A'")
    if node.operator == "/" and not right.shape and rational(right) == 0:
        raise fail("division-by-zero", "this divides by zero", node.right.span)
    return build(INFIX[node.operator], left, right, span=node.span)


def _wants(term: Term, sort: str, span: Span) -> None:
    if term.sort != sort and not (term.sort == "answer" or (sort == "number" and term.sort in ("tuple", "set"))):
        kinds = {
            "truth": "a statement that is true or false",
            "law": "a law",
            "function": "a function",
            "set": "a set",
            "text": "a text",
            "number": "a value",
        }
        what = kinds.get(term.sort, term.sort)
        if term.sort == "function" and sort == "number" and isinstance(term, Var):
            name = term.symbol.name
            raise fail(
                "wrong-kind",
                f"`{name}` is a function here, where a value is needed",
                span,
                f"write {name}(x), or take another name",
            )
        raise fail("wrong-kind", f"this is {what}, where {kinds[sort]} is needed", span)


def _index(node: tree.Index, scope: Scope) -> Term:
    base = resolve(node.base, scope)
    places = []
    for p in node.indices:
        if isinstance(p, tree.Slice):
            places.append(ALL)
        elif isinstance(p, tree.Name) and scope.find(p.id) is None:
            places.append(var(scope.symbol(p, integer=True), p.span))
        else:
            places.append(resolve(p, scope))
    if base.sort in ("set", "tuple", "answer"):
        shape, sort = element(base, places)
        return App("item", (base, *places), shape, sort, span=node.span)
    return build("index", base, *places, span=node.span)


def _matrix(node: tree.Matrix, scope: Scope) -> Term:
    rows = [tuple(resolve(x, scope) for x in row) for row in node.rows]
    if node.vector and rows and any(x.shape for x in rows[0]):
        return _stack([(x,) for x in rows[0]] if all(full(x.shape)[0] == 1 for x in rows[0]) else [rows[0]], node.span)
    widths = {len(r) for r in rows}
    if len(widths) > 1:
        first = len(rows[0])
        k = next(i for i, r in enumerate(rows) if len(r) != first)
        raise fail(
            "ragged-matrix",
            f"row 1 has {first} entries, row {k + 1} has {len(rows[k])}",
            node.span,
            "give every row the same number of entries",
        )
    if any(x.shape for row in rows for x in row):
        return _stack(rows, node.span)
    return vector(rows[0] if rows else (), node.span) if node.vector else matrix(tuple(rows), node.span)


def _stack(rows: list[tuple[Term, ...]], span: Span) -> Term:
    """A block matrix of explicit blocks."""
    out: list[tuple[Term, ...]] = []
    for row in rows:
        blocks = []
        for b in row:
            m, n = full(b.shape)
            if not isinstance(m, int) or not isinstance(n, int):
                raise fail("symbolic-block", f"{describe(b.shape)} cannot be a block of an explicit matrix", b.span or span)
            blocks.append([[entry(b, i, j) for j in range(1, n + 1)] for i in range(1, m + 1)])
        heights = {len(b) for b in blocks}
        if len(heights) > 1:
            raise fail("shape-mismatch", "the blocks of a row have different heights", span)
        out.extend(tuple(x for b in blocks for x in b[k]) for k in range(heights.pop()))
    if len({len(r) for r in out}) > 1:
        raise fail("ragged-matrix", "the rows have different lengths", span)
    return vector(tuple(r[0] for r in out), span) if len(out[0]) == 1 else matrix(tuple(out), span)


def _relation(node: tree.Relation, scope: Scope) -> Term:
    terms = [resolve_side(x, scope) for x in node.operands]
    parts = []
    for op, a, b in zip(node.operators, terms, terms[1:], strict=False):
        if op == "propto":
            raise fail("misplaced", "propto makes a claim of its own and cannot stand inside another expression", node.span)
        if (a.sort == "law") != (b.sort == "law"):
            law = a if a.sort == "law" else b
            usage = f"name a random variable: `X ~ {law.span.text if law.span else 'Normal(0, 1)'}`, then compare X"
            raise fail("wrong-kind", "a law is compared with a value", law.span or node.span, usage)
        if {a.sort, b.sort} == {"function", "number"}:
            function = a if a.sort == "function" else b
            raise fail("wrong-kind", "a function is compared with a value", function.span or node.span, "write f(x)")
        parts.append(build(COMPARE[op], a, b, span=node.span))
    out: Term = parts[0]
    for p in parts[1:]:
        out = build("and", out, p, span=node.span)
    return out


def resolve_side(node: tree.Expr, scope: Scope) -> Term:
    """A side of a relation: also an interval, a range or a set after `in`."""
    if isinstance(node, tree.Interval):
        op = f"interval_{'c' if node.closed_left else 'o'}{'c' if node.closed_right else 'o'}"
        return build(op, resolve(node.lower, scope), resolve(node.upper, scope), span=node.span)
    if isinstance(node, tree.Range):
        return binders.range_term(node, scope)
    return resolve(node, scope)


def _logic(node: tree.Logic, scope: Scope) -> Term:
    left, right = resolve(node.left, scope), resolve(node.right, scope)
    _wants(left, "truth", node.left.span)
    _wants(right, "truth", node.right.span)
    if node.operator == "<==":
        left, right = right, left
    return build(LOGIC.get(node.operator, "implies"), left, right, span=node.span)


def _piecewise(node: tree.Piecewise, scope: Scope) -> Term:
    args: list[Term] = []
    for value, condition in node.branches:
        args += [resolve(value, scope), resolve(condition, scope)]
        _wants(args[-1], "truth", condition.span)
    if node.otherwise is not None:
        args.append(resolve(node.otherwise, scope))
    return build("piecewise", *args, span=node.span)


def _system(node: tree.System, scope: Scope) -> Term:
    out = resolve(node.relations[0], scope)
    for r in node.relations[1:]:
        out = build("and", out, resolve(r, scope), span=node.span)
    return out


def _lambda(node: tree.Lambda, scope: Scope) -> Term:
    return defined.anonymous(node, scope)


def _where(node: tree.Where, scope: Scope) -> Term:
    inner = resolve(node.expression, scope)
    values: dict[Symbol, Term] = {}
    for b in node.bindings:
        if not isinstance(b.target, tree.Name):
            raise fail("where-name", "`where` gives a value to a name", b.target.span, "write: expression where x = 2")
        symbol = scope.find(b.target.id)
        value = resolve(b.value, scope)
        if isinstance(symbol, Symbol):
            if full(symbol.shape) != full(value.shape):
                raise fail(
                    "shape-mismatch", f"`{symbol.name}` is {describe(symbol.shape)}, the value {describe(value.shape)}", b.span
                )
            values[symbol] = value
        elif symbol is None or isinstance(symbol, Macro) or b.target.id in scope.names:
            raise fail(
                "where-name", f"`{b.target.id}` does not stand free in the expression", b.target.span, "declare it with let"
            )
    return substitute(inner, values)


def _given(node: tree.Given, scope: Scope) -> Term:
    inner = resolve(node.expression, scope)
    out: Term = inner
    for c in node.conditions:
        condition = resolve(c, scope)
        if condition.sort != "truth":
            help = "it ends the statement, or stands with its expression alone in ( )"
            raise fail("misplaced-modifier", "`given` assumes, with a relation", c.span, help)
        out = build("given", out, condition, span=node.span)
    return out


def _sequence(op: str) -> Callable[[Any, Scope], Term]:
    return lambda node, scope: build(op, *(resolve(x, scope) for x in node.items), span=node.span)


def _text(node: tree.Text, scope: Scope) -> Term:
    return Const(node.value, (), "text", span=node.span)


def _approach(node: tree.Approach, scope: Scope) -> Term:
    raise fail("misplaced", "an arrow with a side belongs inside limit(…)", node.span, "write limit(f, x -> 0+)")


def _binding(node: tree.Binding, scope: Scope) -> Term:
    raise fail("single-equals", "a single `=` does not compare", node.span, "write `==`")


def _interval(node: tree.Interval, scope: Scope) -> Term:
    return resolve_side(node, scope)


_RULES: dict[type, Callable[[Any, Scope], Term]] = {
    tree.Number: _number, tree.Name: _name, tree.Prefix: _prefix, tree.Postfix: _postfix, tree.Infix: _infix, tree.Index: _index,
    tree.Matrix: _matrix, tree.Relation: _relation, tree.Logic: _logic, tree.Piecewise: _piecewise, tree.System: _system,
    tree.Lambda: _lambda, tree.Where: _where, tree.Given: _given, tree.Tuple: _sequence("tuple"), tree.Set: _sequence("set"),
    tree.Text: _text, tree.Approach: _approach, tree.Binding: _binding, tree.Interval: _interval, tree.Range: lambda n, s: binders.range_term(n, s),
    tree.Call: lambda n, s: calls.call(n, s), tree.Leibniz: lambda n, s: derivatives.leibniz(n, s),
}  # fmt: skip

__all__ = ["at", "build", "resolve", "resolve_side"]
