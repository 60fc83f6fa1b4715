"""twofold text as Python text over SymPy's names."""

from __future__ import annotations

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
OPERATORS = {"^": "**", "and": "&", "or": "|"}
RELATIONS = {"==": "Eq", "!=": "Ne", "<": "Lt", "<=": "Le", ">": "Gt", ">=": "Ge"}


def python_text(text: str) -> str:
    """`sqrt(pi)/2 + x^2` is `sqrt(pi)/Integer(2) + x**Integer(2)`: to be read after `from sympy import *`."""
    return _text(parse_expression(text))


def _text(node: tree.Expr) -> str:
    match node:
        case tree.Number(text=text):
            return f"Integer({text})" if text.isdigit() else f"Rational('{text}')"
        case tree.Text(value=value):
            return repr(value)
        case tree.Name(id=name):
            return NAMES.get(name, name)
        case tree.Prefix(operator="not", operand=operand):
            return f"~({_text(operand)})"
        case tree.Prefix(operator=operator, operand=operand):
            return (
                f"{operator}({_text(operand)})" if not isinstance(operand, tree.Number | tree.Name) else operator + _text(operand)
            )
        case tree.Postfix(operator="!", operand=operand):
            return f"factorial({_text(operand)})"
        case tree.Postfix(operand=operand):
            return f"({_text(operand)}).T"
        case tree.Infix(operator=operator, left=left, right=right):
            return f"{_inner(left)}{OPERATORS.get(operator, operator)}{_inner(right)}"
        case tree.Call(function=function, arguments=arguments):
            name = FUNCTIONS.get(function.id, NAMES.get(function.id, function.id))
            return f"{name}({', '.join(map(_text, arguments))})"
        case tree.Matrix(rows=rows, vector=True):
            return f"Matrix([{', '.join(map(_text, rows[0]))}])"
        case tree.Matrix(rows=rows):
            return "Matrix([" + ", ".join(f"[{', '.join(map(_text, row))}]" for row in rows) + "])"
        case tree.Tuple(items=items):
            return f"({', '.join(map(_text, items))},)"
        case tree.Set(items=items):
            return f"FiniteSet({', '.join(map(_text, items))})"
        case tree.Piecewise(branches=branches, otherwise=otherwise):
            pairs = [f"({_text(value)}, {_text(condition)})" for value, condition in branches]
            return f"Piecewise({', '.join([*pairs, *([f'({_text(otherwise)}, True)'] if otherwise else [])])})"
        case tree.Relation(operators=operators, operands=operands) if all(o in RELATIONS for o in operators):
            pairs = zip(operators, operands, operands[1:], strict=False)
            parts = [f"{RELATIONS[o]}({_text(a)}, {_text(b)})" for o, a, b in pairs]
            return parts[0] if len(parts) == 1 else f"And({', '.join(parts)})"
        case tree.Logic(operator=operator, left=left, right=right) if operator in OPERATORS:
            return f"({_text(left)}) {OPERATORS[operator]} ({_text(right)})"
        case tree.Binding(target=target, value=tree.Range(lower=lower, upper=upper)):
            return f"({_text(target)}, {_text(lower)}, {_text(upper)})"
        case tree.Index(base=base, indices=indices):
            return f"{_inner(base)}[{', '.join(f'{_text(i)} - 1' for i in indices)}]"
        case _:
            return node.span.text


def _inner(node: tree.Expr) -> str:
    return _text(node) if isinstance(node, tree.Number | tree.Name | tree.Call | tree.Matrix) else f"({_text(node)})"
