"""Terms as text that can be typed back in and means the same."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from twofold.grammar import tree
from twofold.grammar.term import (
    ALL,
    EXPECTATIONS,
    MISSING,
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    is_numeric,
)

_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "^", "emul": ".*", "ediv": "./"}
_RELATION = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "in": "in"}
_LOGIC = {"and": "and", "or": "or", "implies": "=>", "iff": "<=>"}


def show(term: Term, names: Mapping[Symbol, str] | None = None) -> str:
    """The text of a term on one line."""
    from twofold.grammar.format import write

    if isinstance(term, Array) and len(term.rows) > 1 and len(term.rows[0]) > 1 and is_numeric(term):
        return "[" + "; ".join(", ".join(str(x.value) for x in row if isinstance(x, Num)) for row in term.rows) + "]"
    return write(to_tree(term, names))


def to_tree(term: Term, names: Mapping[Symbol, str] | None = None) -> tree.Expr:
    """The tree of a term; bound symbols are renamed where their name is taken by another symbol in the body."""
    return _tree(term, dict(names or {}))


def _tree(t: Term, names: dict[Symbol, str]) -> tree.Expr:
    if isinstance(t, Num):
        return number(t.value)
    if isinstance(t, Const):
        if t == ALL:
            return tree.Slice()
        return tree.Text(t.name) if t.sort == "text" and not t.name.isidentifier() else tree.Name(t.name)
    if isinstance(t, Var):
        return tree.Name(names.get(t.symbol, t.symbol.name))
    if isinstance(t, Array):
        rows = tuple(tuple(_tree(x, names) for x in row) for row in t.rows)
        return tree.Matrix(rows, len(t.shape) == 1)
    if isinstance(t, Bound):
        return _bound(t, names)
    assert isinstance(t, App)
    return _application(t, names)


def number(value: Fraction) -> tree.Expr:
    """A rational as it is typed."""
    if value.denominator > 1 and value < 0:
        return tree.Infix("/", number(Fraction(value.numerator)), tree.Number(str(value.denominator)))
    if value < 0:
        return tree.Prefix("-", number(-value))
    if value.denominator == 1:
        return tree.Number(str(value.numerator))
    return tree.Infix("/", tree.Number(str(value.numerator)), tree.Number(str(value.denominator)))


def _application(t: App, names: dict[Symbol, str]) -> tree.Expr:
    op = t.op
    if op == "add" and isinstance(t.args[1], Num) and t.args[1].value < 0:
        return tree.Infix("-", _tree(t.args[0], names), number(-t.args[1].value))
    if op == "add" and isinstance(t.args[1], App) and t.args[1].op == "neg":
        return tree.Infix("-", _tree(t.args[0], names), _tree(t.args[1].args[0], names))
    if op == "index":
        return tree.Index(_tree(t.args[0], names), tuple(_tree(a, names) for a in t.args[1:]))
    if op == "item":
        return tree.Index(_tree(t.args[0], names), tuple(_tree(a, names) for a in t.args[1:]))
    args = tuple(_tree(a, names) for a in t.args)
    if op == "and" and _is_chain(t):
        (a, b), (c, d) = (x.operators + x.operands[1:] for x in args if isinstance(x, tree.Relation))
        assert isinstance(args[0], tree.Relation) and isinstance(a, str) and isinstance(c, str)
        return tree.Relation((a, c), (args[0].operands[0], b, d))  # type: ignore[arg-type]
    if op in _INFIX and len(args) == 2:
        return tree.Infix(_INFIX[op], args[0], args[1])
    if op == "neg":
        return tree.Prefix("-", args[0])
    if op == "not":
        return tree.Prefix("not", args[0])
    if op == "transpose":
        return tree.Postfix("'", args[0])
    if op == "factorial":
        return tree.Call(tree.Name("factorial"), args)
    if op in _RELATION:
        return tree.Relation((_RELATION[op],), args)
    if op in _LOGIC:
        return tree.Logic(_LOGIC[op], args[0], args[1])
    if op == "piecewise":
        pairs = tuple((args[k], args[k + 1]) for k in range(0, len(args) - 1, 2))
        return tree.Piecewise(pairs, args[-1] if len(args) % 2 else None)
    if op == "tuple":
        return tree.Tuple(args)
    if op == "set":
        return tree.Set(args)
    if op == "range":
        return tree.Range(args[0], args[1])
    if op.startswith("interval_"):
        return tree.Interval(args[0], args[1], op[9] == "c", op[10] == "c")
    if op == "given":
        return tree.Given(args[0], (args[1],))
    if op == "apply":
        head = args[0]
        if isinstance(head, tree.Name):
            return tree.Call(head, args[1:])
        return tree.Call(tree.Name("apply"), args)
    if op in EXPECTATIONS:
        count = 2 if op in ("Cov", "Corr") else 1
        return tree.Call(tree.Name(op), args[:count], square=op != "P", condition=args[count] if len(args) > count else None)
    if op == "density":
        f = t.args[0]
        assert isinstance(f, Bound)
        inner = _inner(f, names)
        binding = tree.Binding(tree.Name(inner[f.symbols[0]]), tree.Range(args[1], args[2]))
        return tree.Call(tree.Name("density"), (_tree(f.body, inner), binding))
    given = [(k, a) for k, a in enumerate(t.args) if a != MISSING]
    if len(given) < len(t.args):
        from twofold.catalogue.index import functions

        spec = functions()[op]
        gap = next(k for k, a in enumerate(t.args) if a == MISSING)
        parts = [args[k] if k < gap else tree.Binding(tree.Name(spec.arguments[k].name), args[k]) for k, _ in given]
        return tree.Call(tree.Name(op), tuple(parts))
    return tree.Call(tree.Name(op), args)


def _is_chain(t: App) -> bool:
    """Whether this is `a < x and x < b`, which is written `a < x < b`."""
    first, second = t.args
    return (
        isinstance(first, App)
        and isinstance(second, App)
        and first.op in ("lt", "le")
        and second.op in ("lt", "le")
        and first.args[1] == second.args[0]
        and isinstance(first.args[1], Var)
    )


def _inner(t: Bound, names: dict[Symbol, str]) -> dict[Symbol, str]:
    """Names for the bound symbols that no other symbol of the body has."""
    taken = {names.get(s, s.name) for s in free_symbols(t.body) if s not in t.symbols}
    inner = dict(names)
    for s in t.symbols:
        name, k = s.name, 1
        while name in taken:
            name, k = f"{s.name}_{k}", k + 1
        taken.add(name)
        inner[s] = name
    return inner


def _bound(t: Bound, names: dict[Symbol, str]) -> tree.Expr:
    if t.op == "lambda":
        inner = _inner(t, names)
        return tree.Lambda(tuple(tree.Name(inner[s]) for s in t.symbols), _tree(t.body, inner))
    if t.op in ("sum", "prod", "integrate", "bracket"):
        inner = _inner(t, names)
        ends = tree.Range(_tree(t.args[0], names), _tree(t.args[1], names))
        return tree.Call(tree.Name(t.op), (_tree(t.body, inner), tree.Binding(tree.Name(inner[t.symbols[0]]), ends)))
    if t.op == "limit":
        inner = _inner(t, names)
        place = tree.Approach(tree.Name(inner[t.symbols[0]]), _tree(t.args[0], names), t.side)
        return tree.Call(tree.Name("limit"), (_tree(t.body, inner), place))
    op = "integrate" if t.op == "antiderivative" else t.op
    point = t.args[0]
    if isinstance(point, Var) and point.symbol not in free_symbols(t.body):
        # The variable of a derivative is shown as the point it is taken at: both are the same name on paper. Where that name also
        # stands beside the variable, the derivative is a partial one, and a name of its own says so.
        inner = {**names, t.symbols[0]: names.get(point.symbol, point.symbol.name)}
        extra = () if t.op != "diff" or t.args[1] == Num(Fraction(1)) else (_tree(t.args[1], names),)
        return tree.Call(tree.Name(op), (_tree(t.body, inner), tree.Name(inner[t.symbols[0]]), *extra))
    inner = _inner(t, names)
    name = tree.Name(inner[t.symbols[0]])
    if (
        isinstance(t.body, App)
        and t.body.op == "apply"
        and isinstance(t.body.args[0], Var)
        and t.body.args[1:] == (Var(t.symbols[0]),)
        and t.op == "diff"
    ):
        order = t.args[1]
        if isinstance(order, Num) and order.value.denominator == 1 and order.value < 4:
            return tree.Call(tree.Name(t.body.args[0].symbol.name), (_tree(point, names),), primes=int(order.value))
    extra = () if t.op != "diff" or t.args[1] == Num(Fraction(1)) else (_tree(t.args[1], names),)
    call = tree.Call(tree.Name(op), (_tree(t.body, inner), name, *extra))
    return tree.Where(call, (tree.Binding(name, _tree(point, names)),))
