"""Trees as LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twofold.grammar import tree
from twofold.grammar.climb import LEVELS, MINUS, POSTFIX, POWER, PRODUCT, SUM

_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega pi".split()
)
_NAMES = {
    "oo": r"\infty",
    "im": r"\mathrm{i}",
    "e": r"\mathrm{e}",
    "true": r"\text{true}",
    "false": r"\text{false}",
    "euler_gamma": r"\gamma",
}
_ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
_RELATIONS = {
    "==": "=", "!=": r"\neq", "<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "~=": r"\approx", "in": r"\in",
    "propto": r"\propto",
    "=>": r"\implies", "<=>": r"\iff", "<==": r"\impliedby", "and": r"\land", "or": r"\lor",
}  # fmt: skip
_OPERATORS = frozenset("sin cos tan sec csc cot sinh cosh tanh coth log exp det dim ker min max gcd arg sup inf Pr".split())
_SPELLED = {
    "asin": r"\arcsin",
    "acos": r"\arccos",
    "atan": r"\arctan",
    "gamma": r"\Gamma",
    "zeta": r"\zeta",
    "P": r"\operatorname{P}",
}
_ATOM = POSTFIX + 1


def latex(node: tree.Expr) -> str:
    """The LaTeX of an expression, without dollar signs."""
    return _write(node)[0]


def _at(node: tree.Expr, level: int) -> str:
    """The LaTeX of an operand that must bind at least as tightly as a level."""
    text, own = _write(node)
    return text if own >= level else rf"\left({text}\right)"


def _write(node: tree.Expr) -> tuple[str, int]:
    rule = _RULES.get(type(node))
    if rule is None:
        return r"\text{" + type(node).__name__ + "}", _ATOM
    return rule(node)


def name(text: str) -> str:
    """A name: Greek letters, accents and subscripts are typeset."""
    if text in _NAMES:
        return _NAMES[text]
    head, _, tail = text.partition("_")
    if tail in _ACCENTS:
        return f"{_ACCENTS[tail]}{{{name(head)}}}"
    stem = head.rstrip("0123456789")
    digits = head[len(stem) :]
    shown = f"\\{stem}" if stem in _GREEK else stem if len(stem) < 2 else rf"\mathrm{{{stem}}}"
    below = ",".join(
        ([digits] if digits else []) + [name(part) if not part.isdigit() else part for part in tail.split("_") if part]
    )
    return f"{shown}_{{{below}}}" if below else shown


def _number(node: tree.Number) -> tuple[str, int]:
    mantissa, sign, power = node.text.lower().partition("e")
    return (rf"{mantissa} \cdot 10^{{{int(power)}}}", PRODUCT) if sign else (mantissa, _ATOM)


def _infix(node: tree.Infix) -> tuple[str, int]:
    op = node.operator
    if op == "/":
        if isinstance(node.left, tree.Prefix) and node.left.operator == "-":
            return rf"-\frac{{{latex(node.left.operand)}}}{{{latex(node.right)}}}", MINUS
        return rf"\frac{{{latex(node.left)}}}{{{latex(node.right)}}}", _ATOM - 1
    if op == "^":
        if (
            isinstance(node.left, tree.Call)
            and not node.left.square
            and _shown(node.left.function.id).startswith("\\")
            and node.left.arguments
        ):
            return f"{_shown(node.left.function.id)}^{{{latex(node.right)}}}{_arguments(node.left)}", POWER
        return f"{_at(node.left, _ATOM)}^{{{latex(node.right)}}}", POWER
    if op in ("+", "-"):
        return f"{_at(node.left, SUM)} {op} {_at(node.right, SUM + 1)}", SUM
    left, right = _at(node.left, PRODUCT), _at(node.right, PRODUCT + 1)
    if op == "*":
        return f"{left} {'' if _plain_product(left, right) else chr(92) + 'cdot '}{right}", PRODUCT
    return rf"{left} {chr(92)}{'odot' if op == '.*' else 'oslash'} {right}", PRODUCT


def _plain_product(left: str, right: str) -> bool:
    """Whether two factors may stand side by side: no digit follows a digit, nothing looks like a call."""
    return (
        not right[:1].isdigit()
        and not right.startswith((r"\frac{", r"\left("))
        and not left.endswith(r"\right)")
        or (left.endswith(r"\right)") and right.startswith(r"\left("))
    )


def _prefix(node: tree.Prefix) -> tuple[str, int]:
    sign = r"\lnot " if node.operator == "not" else node.operator
    return f"{sign}{_at(node.operand, MINUS)}", MINUS


def _postfix(node: tree.Postfix) -> tuple[str, int]:
    return f"{_at(node.operand, _ATOM)}{'^{' + chr(92) + 'top}' if node.operator == chr(39) else '!'}", POSTFIX


def _shown(function: str) -> str:
    if function in _SPELLED:
        return _SPELLED[function]
    if function in _OPERATORS:
        return f"\\{function}"
    return (
        name(function)
        if len(function) == 1 or function in _GREEK
        else rf"\operatorname{{{function.replace('_', chr(92) + '_')}}}"
    )


def _arguments(node: tree.Call) -> str:
    inner = ", ".join(latex(a) for a in node.arguments)
    if node.condition is not None:
        inner += rf" \mid {latex(node.condition)}"
    return rf"\left[{inner}\right]" if node.square else rf"\left({inner}\right)"


def _call(node: tree.Call) -> tuple[str, int]:
    special = _CALLS.get(node.function.id)
    if special is not None and not node.primes and not node.square:
        found = special(node)
        if found is not None:
            return found
    head = rf"\operatorname{{{node.function.id}}}" if node.square else _shown(node.function.id)
    return f"{head}{chr(39) * node.primes}{_arguments(node)}", POSTFIX


def _fenced(left: str, right: str) -> Callable[[tree.Call], tuple[str, int] | None]:
    return lambda node: (f"{left}{latex(node.arguments[0])}{right}", _ATOM) if len(node.arguments) == 1 else None


def _ranged(sign: str) -> Callable[[tree.Call], tuple[str, int] | None]:
    def rule(node: tree.Call) -> tuple[str, int] | None:
        head, *rest = node.arguments
        if len(rest) != 1 or not isinstance(rest[0], tree.Binding) or not isinstance(rest[0].value, tree.Range):
            return None
        variable, ends = latex(rest[0].target), rest[0].value
        if sign == r"\int":
            return (
                rf"\int_{{{latex(ends.lower)}}}^{{{latex(ends.upper)}}} {_at(head, PRODUCT)} \, \mathrm{{d}}{variable}",
                PRODUCT,
            )
        return rf"{sign}_{{{variable}={latex(ends.lower)}}}^{{{latex(ends.upper)}}} {_at(head, PRODUCT)}", PRODUCT

    return rule


def _integral(node: tree.Call) -> tuple[str, int] | None:
    if len(node.arguments) == 2 and isinstance(node.arguments[1], tree.Name):
        return rf"\int {_at(node.arguments[0], PRODUCT)} \, \mathrm{{d}}{latex(node.arguments[1])}", PRODUCT
    return _ranged(r"\int")(node)


def _limit(node: tree.Call) -> tuple[str, int] | None:
    if len(node.arguments) != 2 or not isinstance(place := node.arguments[1], tree.Approach):
        return None
    side = f"^{{{place.side}}}" if place.side else ""
    return rf"\lim_{{{latex(place.variable)} \to {latex(place.target)}{side}}} {_at(node.arguments[0], PRODUCT)}", PRODUCT


def _derivative(node: tree.Call) -> tuple[str, int] | None:
    if len(node.arguments) not in (2, 3):
        return None
    order = f"^{{{latex(node.arguments[2])}}}" if len(node.arguments) == 3 else ""
    over = latex(node.arguments[1])
    return rf"\frac{{\mathrm{{d}}{order}}}{{\mathrm{{d}}{over}{order}}} {_at(node.arguments[0], POWER)}", PRODUCT


def _root(node: tree.Call) -> tuple[str, int] | None:
    if len(node.arguments) != 2:
        return None
    return rf"\sqrt[{latex(node.arguments[1])}]{{{latex(node.arguments[0])}}}", _ATOM


def _choose(node: tree.Call) -> tuple[str, int] | None:
    if len(node.arguments) != 2:
        return None
    return rf"\binom{{{latex(node.arguments[0])}}}{{{latex(node.arguments[1])}}}", _ATOM


def _factorial(node: tree.Call) -> tuple[str, int] | None:
    return (f"{_at(node.arguments[0], _ATOM)}!", POSTFIX) if len(node.arguments) == 1 else None


def _inverse(node: tree.Call) -> tuple[str, int] | None:
    return (f"{_at(node.arguments[0], _ATOM)}^{{-1}}", POWER) if len(node.arguments) == 1 else None


def _exponential(node: tree.Call) -> tuple[str, int] | None:
    return (rf"\mathrm{{e}}^{{{latex(node.arguments[0])}}}", POWER) if len(node.arguments) == 1 else None


_CALLS: dict[str, Callable[[tree.Call], tuple[str, int] | None]] = {
    "sqrt": _fenced(r"\sqrt{", "}"), "cbrt": _fenced(r"\sqrt[3]{", "}"), "abs": _fenced(r"\left|", r"\right|"),
    "norm": _fenced(r"\left\|", r"\right\|"), "floor": _fenced(r"\left\lfloor ", r"\right\rfloor"),
    "ceil": _fenced(r"\left\lceil ", r"\right\rceil"),
    "root": _root, "binomial": _choose, "factorial": _factorial, "inv": _inverse, "exp": _exponential, "sum": _ranged(r"\sum"),
    "prod": _ranged(r"\prod"), "integrate": _integral, "limit": _limit, "diff": _derivative,
}  # fmt: skip


def _index(node: tree.Index) -> tuple[str, int]:
    places = ",".join(":" if isinstance(i, tree.Slice) else latex(i) for i in node.indices)
    return f"{{{_at(node.base, _ATOM)}}}_{{{places}}}", POSTFIX


def _matrix(node: tree.Matrix) -> tuple[str, int]:
    rows = [(x,) for x in node.rows[0]] if node.vector and node.rows else list(node.rows)
    body = r" \\ ".join(" & ".join(latex(x) for x in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", _ATOM


def _listed(left: str, right: str) -> Callable[[Any], tuple[str, int]]:
    return lambda node: (f"{left}{', '.join(latex(x) for x in node.items)}{right}", _ATOM)


def _piecewise(node: tree.Piecewise) -> tuple[str, int]:
    rows = [rf"{latex(value)} & \text{{if }} {latex(condition)}" for value, condition in node.branches]
    if node.otherwise is not None:
        rows.append(rf"{latex(node.otherwise)} & \text{{otherwise}}")
    return rf"\begin{{cases}} {(' ' + chr(92) * 2 + ' ').join(rows)} \end{{cases}}", _ATOM


def _relation(node: tree.Relation) -> tuple[str, int]:
    parts = [_at(node.operands[0], LEVELS["=="] + 1)]
    for op, operand in zip(node.operators, node.operands[1:], strict=True):
        parts += [_RELATIONS[op], _at(operand, LEVELS["=="] + 1)]
    return " ".join(parts), LEVELS["=="]


def _logic(node: tree.Logic) -> tuple[str, int]:
    level = LEVELS[node.operator]
    return f"{_at(node.left, level + 1)} {_RELATIONS[node.operator]} {_at(node.right, level + 1)}", level


def _interval(node: tree.Interval) -> tuple[str, int]:
    left, right = "[" if node.closed_left else "(", "]" if node.closed_right else ")"
    return rf"\left{left}{latex(node.lower)}, {latex(node.upper)}\right{right}", _ATOM


def _where(node: tree.Where) -> tuple[str, int]:
    values = ", ".join(f"{latex(b.target)}={latex(b.value)}" for b in node.bindings)
    return rf"\left.{latex(node.expression)}\right|_{{{values}}}", _ATOM


_RULES: dict[type, Callable[[Any], tuple[str, int]]] = {
    tree.Number: _number,
    tree.Text: lambda n: (rf"\text{{{n.value}}}", _ATOM),
    tree.Name: lambda n: (name(n.id), _ATOM),
    tree.Prefix: _prefix,
    tree.Postfix: _postfix,
    tree.Infix: _infix,
    tree.Call: _call,
    tree.Index: _index,
    tree.Matrix: _matrix,
    tree.Tuple: _listed(r"\left(", r"\right)"),
    tree.Set: _listed(r"\left\{", r"\right\}"),
    tree.Piecewise: _piecewise,
    tree.System: lambda n: (r" \land ".join(_at(r, LEVELS["=="]) for r in n.relations), LEVELS["and"]),
    tree.Interval: _interval,
    tree.Range: lambda n: (rf"{latex(n.lower)}, \ldots, {latex(n.upper)}", LEVELS[".."]),
    tree.Relation: _relation,
    tree.Logic: _logic,
    tree.Lambda: lambda n: (rf"{', '.join(latex(p) for p in n.parameters)} \mapsto {latex(n.body)}", 0),
    tree.Binding: lambda n: (f"{latex(n.target)}={latex(n.value)}", 0),
    tree.Where: _where,
    tree.Given: lambda n: (rf"{latex(n.expression)} \mid {', '.join(latex(c) for c in n.conditions)}", 0),
}
