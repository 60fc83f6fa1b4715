"""twofold text as Python text over SymPy's names."""

from __future__ import annotations

from collections.abc import Iterable

from twofold.grammar import tree
from twofold.grammar.parse import parse_expression

NAMES = {"e": "E", "im": "I", "oo": "oo", "lambda": "lambda_", "true": "True", "false": "False"}
FUNCTIONS = {
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "factorial": "factorial",
    "cbrt": "cbrt",
    "abs": "Abs",
    "ln": "log",
}
CONNECTIVES = {"and": "And", "or": "Or", "=>": "Implies", "<=>": "Equivalent"}
RELATIONS = {"==": "Eq", "!=": "Ne", "<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge"}


SUM, PRODUCT, UNARY, POWER, ATOM = range(5)
"""How tightly Python text binds."""


def python_text(text: str) -> str:
    """`sqrt(pi)/2 + x^2` is `sqrt(pi)/Integer(2) + x**Integer(2)`: to be read after `from sympy import *`."""
    return _text(parse_expression(text))


def _text(node: tree.Expr) -> str:
    return _layout(node)[0]


def _inner(node: tree.Expr, least: int) -> str:
    text, binds = _layout(node)
    return text if binds >= least else f"({text})"


def _list(nodes: Iterable[tree.Expr]) -> str:
    return ", ".join(map(_text, nodes))


def _layout(node: tree.Expr) -> tuple[str, int]:
    """The text of a node and how tightly it binds."""
    match node:
        case tree.Number(text=text):
            return (f"Integer({text})" if text.isdigit() else f"Rational('{text}')"), ATOM
        case tree.Text(value=value):
            return repr(value), ATOM
        case tree.Name(id=name):
            return NAMES.get(name, name), ATOM
        case tree.Prefix(operator="not", operand=operand):
            return "~" + _inner(operand, ATOM), UNARY
        case tree.Prefix(operator=operator, operand=operand):
            return operator + _inner(operand, UNARY), UNARY
        case tree.Postfix(operator="!", operand=operand):
            return f"factorial({_text(operand)})", ATOM
        case tree.Postfix(operand=operand):
            return _inner(operand, ATOM) + ".T", ATOM
        case tree.Infix(operator="^", left=left, right=right):
            return f"{_inner(left, ATOM)}**{_inner(right, UNARY)}", POWER
        case tree.Infix(operator="+" | "-" as operator, left=left, right=right):
            return f"{_inner(left, SUM)} {operator} {_inner(right, PRODUCT)}", SUM
        case tree.Infix(operator=operator, left=left, right=right):
            return f"{_inner(left, PRODUCT)}{operator}{_inner(right, UNARY)}", PRODUCT
        case tree.Call(function=function, arguments=arguments):
            return f"{FUNCTIONS.get(function.id, NAMES.get(function.id, function.id))}({_list(arguments)})", ATOM
        case tree.Matrix(rows=rows, vector=True):
            return f"Matrix([{_list(rows[0])}])", ATOM
        case tree.Matrix(rows=rows):
            return f"Matrix([{', '.join(f'[{_list(row)}]' for row in rows)}])", ATOM
        case tree.Tuple(items=items):
            return f"({_list(items)},)", ATOM
        case tree.Set(items=items):
            return f"FiniteSet({_list(items)})", ATOM
        case tree.Piecewise(branches=branches, otherwise=otherwise):
            pairs = [f"({_text(value)}, {_text(condition)})" for value, condition in branches]
            pairs += [f"({_text(otherwise)}, True)"] if otherwise else []
            return f"Piecewise({', '.join(pairs)})", ATOM
        case tree.Relation(operators=operators, operands=operands) if all(o in RELATIONS for o in operators):
            triples = zip(operators, operands, operands[1:], strict=False)
            parts = [f"{RELATIONS[o]}({_text(a)}, {_text(b)})" for o, a, b in triples]
            return (parts[0] if len(parts) == 1 else f"And({', '.join(parts)})"), ATOM
        case tree.Logic(operator=operator, left=left, right=right) if operator in CONNECTIVES:
            return f"{CONNECTIVES[operator]}({_text(left)}, {_text(right)})", ATOM
        case tree.Binding(target=target, value=tree.Range(lower=lower, upper=upper)):
            return f"({_list([target, lower, upper])})", ATOM
        case tree.Index(base=base, indices=indices):
            return f"{_inner(base, ATOM)}[{', '.join(f'{_text(i)} - 1' for i in indices)}]", ATOM
        case _:
            return node.span.text, SUM
