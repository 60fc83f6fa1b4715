"""Shapes of results: `app` makes an application with its shape, or raises `ShapeError` with both shapes in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from twofold.core.registry import resolve
from twofold.core.span import NOWHERE, Span
from twofold.grammar.term import ALL, App, Array, Bound, Dim, Num, Shape, Symbol, Term, Var, free_symbols, num


class ShapeError(Exception):
    """Operands whose shapes do not fit; the message says both."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


TRUTH_OPS = frozenset("eq ne lt le gt ge in and or not implies iff".split())


def describe(shape: Shape) -> str:
    """A shape in words: `a scalar`, `a vector of length n`, `a 2 x 3 matrix`."""
    if not shape:
        return "a scalar"
    if len(shape) == 1:
        return f"a vector of length {dim_text(shape[0])}"
    if shape[0] == 1:
        return f"a row of length {dim_text(shape[1])}"
    return f"a {dim_text(shape[0])} x {dim_text(shape[1])} matrix"


def dim_text(dim: Dim) -> str:
    """A dimension as twofold text."""
    if isinstance(dim, int):
        return str(dim)
    from twofold.catalogue.display import show

    return show(dim)


def dim(term: Term) -> Dim:
    """A term as a dimension: a whole number becomes an `int`."""
    return int(term.value) if isinstance(term, Num) and term.value.denominator == 1 else term


def dim_term(d: Dim) -> Term:
    """A dimension as a term."""
    return num(d) if isinstance(d, int) else d


def full(shape: Shape) -> tuple[Dim, Dim]:
    """Rows and columns, a vector standing upright and a scalar being 1 x 1."""
    return (1, 1) if not shape else (shape[0], 1) if len(shape) == 1 else (shape[0], shape[1])


def trim(rows: Dim, columns: Dim) -> Shape:
    """The shape of a result with these rows and columns: 1 x 1 is a scalar, one column a vector."""
    if columns == 1:
        return () if rows == 1 else (rows,)
    return (rows, columns)


def app(op: str, *args: Term, span: Span = NOWHERE) -> App:
    """An application with the shape and sort that follow from its arguments. Raises `ShapeError`."""
    rule = _RULES.get(op)
    if rule is not None:
        shape = rule(*args)
        sort = "truth" if op in TRUTH_OPS else _SORTS.get(op, "number")
        if op in ("index", "given", "E", "piecewise") and args:
            sort = args[0].sort
        return App(op, args, shape, sort, span=span)
    from twofold.catalogue.index import functions, laws

    spec = functions().get(op)
    if spec is None:
        if op in laws():
            return App(op, args, (), "law", span=span)
        raise KeyError(f"no operation {op!r} is declared")
    return App(spec.name, args, _declared(spec.shape, spec.name, args), spec.result, span=span)


def _declared(rule: str, name: str, args: Sequence[Term]) -> Shape:
    if rule == "entrywise":
        return broadcast(name, args)
    if ":" in rule:
        return resolve(rule)(*args)  # type: ignore[no-any-return]
    return signature(rule, name, args)


def broadcast(name: str, args: Sequence[Term]) -> Shape:
    """One common shape, scalars fitting everything."""
    shape: Shape = ()
    for a in args:
        if a.shape and shape and full(a.shape) != full(shape):
            raise ShapeError(f"{name} is applied to {describe(shape)} and {describe(a.shape)}")
        shape = shape or a.shape
    return shape


@cache
def _parse(rule: str) -> tuple[list[list[str]], list[str]]:
    left, right = rule.replace(" ", "").split("->")
    groups = [g.split(",") if g else [] for g in re.findall(r"\(([^()]*)\)", left)]
    out = right.strip("()")
    return groups, out.split(",") if out else []


def signature(rule: str, name: str, args: Sequence[Term]) -> Shape:
    """A shape by a rule such as `(m,n),(n,p)->(m,p)`; `(n,1)` fits a vector, `(n*)` an empty one too. Arguments beyond the rule are not
    looked at."""
    groups, out = _parse(rule)
    known: dict[str, Dim] = {}
    for group, a in zip(groups, args, strict=False):
        actual: tuple[Dim, ...] = tuple(a.shape)
        if group and a.sort in _NO_ARRAYS:
            raise ShapeError(
                f"{name} needs {_wanted(group)}, but this is {_NO_ARRAYS[a.sort]}", "write its entries: [1, 2; 3, 4]"
            )
        if group and 0 in actual and not group[0].endswith("*"):
            raise ShapeError(f"{name} needs {_wanted(group)}, but this one is empty", "write its entries: [1, 2; 3, 4]")
        if len(group) == 1 and len(actual) == 2 and 1 in actual:
            actual = (actual[0] if actual[1] == 1 else actual[1],)
        if len(group) == 2 and len(actual) < 2:
            actual = full(a.shape)
        if len(group) != len(actual):
            raise ShapeError(f"{name} needs {_wanted(group)}, but this is {describe(a.shape)}")
        for g, d in zip(group, actual, strict=True):
            wanted_dim: Dim = int(g) if g.isdigit() else known.setdefault(g, d)
            if wanted_dim != d:
                if len(group) == 2 and group[0] == group[1]:
                    raise ShapeError(f"{name} needs a square matrix, but this is {describe(a.shape)}")
                raise ShapeError(f"{name} is applied to shapes that do not fit: " + " and ".join(describe(x.shape) for x in args))
    return tuple(int(g) if g.isdigit() else known[g] for g in out)


def _wanted(group: Sequence[str]) -> str:
    """What a group of a signature stands for."""
    if len(group) < 2:
        return "a vector" if group else "a scalar"
    return "a square matrix" if group[0] == group[1] else "a matrix"


_NO_ARRAYS = {"truth": "true or false", "set": "a set", "tuple": "a tuple", "text": "a text", "function": "a function"}


# --- the arithmetic ------------------------------------------------------------------------------------------------------------


def _same(word: str) -> Callable[[Term, Term], Shape]:
    def rule(a: Term, b: Term) -> Shape:
        if full(a.shape) != full(b.shape):
            help = (
                "write c*ones(n) for a vector of equal entries, c*eye(n) for a multiple of the identity"
                if () in (a.shape, b.shape)
                else ""
            )
            raise ShapeError(f"{describe(a.shape)} {word} {describe(b.shape)}", help)
        return a.shape if len(a.shape) <= len(b.shape) else b.shape

    return rule


def _product(a: Term, b: Term) -> Shape:
    if not a.shape or not b.shape:
        return a.shape or b.shape
    (m, n), (k, p) = full(a.shape), full(b.shape)
    if n != k:
        help = "write v'*w for the inner product, v .* w for the entrywise one" if len(a.shape) == len(b.shape) == 1 else ""
        raise ShapeError(f"{describe(a.shape)} times {describe(b.shape)}", help)
    return trim(m, p)


def _quotient(a: Term, b: Term) -> Shape:
    if b.shape:
        raise ShapeError(f"{describe(a.shape)} divided by {describe(b.shape)}", "write inv(A)*b, or a ./ b for entries")
    return a.shape


def _power(a: Term, b: Term) -> Shape:
    if b.shape:
        raise ShapeError(f"{describe(a.shape)} to the power of {describe(b.shape)}")
    if a.shape and full(a.shape)[0] != full(a.shape)[1]:
        raise ShapeError(
            f"{describe(a.shape)} has no powers", "write v .* v for the squares of the entries, v'*v for the sum of squares"
        )
    return a.shape


def _entrywise(word: str) -> Callable[[Term, Term], Shape]:
    return lambda a, b: broadcast(word, (a, b))


def _transpose(a: Term) -> Shape:
    m, n = full(a.shape)
    return trim(n, m)


def _compare(*args: Term) -> Shape:
    if len(args) == 2 and args[0].sort == args[1].sort == "number" and full(args[0].shape) != full(args[1].shape):
        raise ShapeError(f"{describe(args[0].shape)} is compared with {describe(args[1].shape)}", _undeclared(*args))
    return ()


def _undeclared(*args: Term) -> str:
    """How to declare a name without a declaration that may be meant as a vector."""
    sizes = [full(a.shape)[1] for a in args if len(a.shape) == 2]
    names = [s.name for a in args for s in free_symbols(a) if s.assumed and not s.shape]
    return f"declare the vector: let {names[0]} : vector({dim_text(sizes[0])})" if sizes and names else ""


def _order(a: Term, b: Term) -> Shape:
    broadcast("a comparison", (a, b))
    return ()


def _index(base: Term, *places: Term) -> Shape:
    shape = base.shape
    if len(shape) == 2 and len(places) == 1 and 1 in shape:
        places = (num(1), places[0]) if shape[0] == 1 else (places[0], num(1))
    if len(places) != len(shape):
        raise ShapeError(f"{describe(shape)} takes {len(shape)} {'index' if len(shape) == 1 else 'indices'}, not {len(places)}")
    for d, p in zip(shape, places, strict=True):
        if isinstance(p, Num) and isinstance(d, int) and not (p.value.denominator == 1 and 1 <= p.value <= d):
            raise ShapeError(f"index {p.value} is outside 1..{d}", "indices start at 1")
    left = [d for d, p in zip(shape, places, strict=True) if p == ALL]
    if len(left) == 2:
        return shape
    if left and len(shape) == 2:
        return (left[0],) if places[0] == ALL else (1, left[0])
    return tuple(left)


def _piecewise(*args: Term) -> Shape:
    values = [a for k, a in enumerate(args) if k % 2 == 0]
    for v in values[1:]:
        if full(v.shape) != full(values[0].shape):
            raise ShapeError(f"the branches are {describe(values[0].shape)} and {describe(v.shape)}")
    return values[0].shape


def _apply(function: Term, *args: Term) -> Shape:
    if isinstance(function, Bound):
        return function.body.shape
    return args[0].shape if args and isinstance(function, Var) else ()


def _body(x: Term, *rest: Term) -> Shape:
    return x.shape


def _none(*args: Term) -> Shape:
    return ()


def _covariance(x: Term, y: Term) -> Shape:
    return trim(full(x.shape)[0], full(y.shape)[0]) if x.shape or y.shape else ()


def _variance(x: Term, *rest: Term) -> Shape:
    return (x.shape[0], x.shape[0]) if len(x.shape) == 1 else ()


_RULES: dict[str, Callable[..., Shape]] = {
    "add": _same("plus"), "sub": _same("minus"), "mul": _product, "div": _quotient, "pow": _power, "neg": _body,
    "emul": _entrywise(".*"), "ediv": _entrywise("./"), "epow": _entrywise(".^"), "transpose": _transpose, "factorial": _body,
    "eq": _compare, "ne": _compare, "lt": _order, "le": _order, "gt": _order, "ge": _order, "in": _none,
    "and": _none, "or": _none, "not": _none, "implies": _none, "iff": _none,
    "index": _index, "piecewise": _piecewise, "apply": _apply, "given": _body,
    "tuple": _none, "set": _none, "range": _none,
    "interval_cc": _none, "interval_co": _none, "interval_oc": _none, "interval_oo": _none,
    "E": _body, "Var": _variance, "Std": _body, "Cov": _covariance, "Corr": _none, "P": _none,
}  # fmt: skip

_SORTS = {"tuple": "tuple", "set": "set", "range": "set", **{f"interval_{k}": "set" for k in ("cc", "co", "oc", "oo")}}


def bound(op: str, symbols: tuple[Symbol, ...], body: Term, *args: Term, side: str = "", span: Span = NOWHERE) -> Bound:
    """A binder with the shape that follows: `grad` has the shape of its point, `jacobian` the outputs as rows."""
    shape: Shape = body.shape
    sort = body.sort
    if (
        op in ("grad", "hessian", "jacobian", "laplacian", "divergence")
        and op != "jacobian"
        and op != "divergence"
        and body.shape
    ):
        raise ShapeError(
            f"{op} is taken of a scalar, but this is {describe(body.shape)}", "write jacobian(…) for a vector of functions"
        )
    if op == "grad":
        shape = args[0].shape
    elif op == "hessian":
        n = full(args[0].shape)[0]
        shape = (n, n) if args[0].shape else ()
    elif op == "jacobian":
        rows, columns = full(body.shape)[0], full(args[0].shape)[0]
        if len(body.shape) > 1 and 1 not in body.shape or len(args[0].shape) > 1:
            raise ShapeError(
                f"jacobian of {describe(body.shape)} by {describe(args[0].shape)} has more than two indices", "use vec(…)"
            )
        shape = (rows, columns) if body.shape and args[0].shape else trim(rows, columns)
    elif op in ("laplacian", "divergence"):
        shape = ()
    elif op == "lambda":
        sort = "function"
    return Bound(op, symbols, body, args, side, shape, sort, span=span)


def vector_term(rows: tuple[tuple[Term, ...], ...]) -> Array:
    """An explicit array of rows; one column makes a vector."""
    if all(len(r) == 1 for r in rows):
        return Array((tuple(r[0] for r in rows),), (len(rows),))
    return Array(rows, (len(rows), len(rows[0])))


_PARTS: dict[str, tuple[str, ...]] = {
    "diagonalize": ("mm", "mm"), "jordan": ("mm", "mm"), "schur": ("mm", "mm"), "ldl": ("mm", "mm"), "lu": ("mm", "mm", "mn"), "qr": ("mk", "kn"),
}  # fmt: skip
"""Shapes of the factors of an m x n matrix; k is the smaller of m and n."""


def element(base: Term, places: Sequence[Term]) -> tuple[Shape, str]:
    """The shape and sort of an element of a tuple or set, as far as these can be known before it is worked out."""
    place = int(places[0].value) if len(places) == 1 and isinstance(places[0], Num) and places[0].value.denominator == 1 else 0
    if not isinstance(base, App) or place < 1:
        return (), "number"
    if base.op in ("tuple", "set") and place <= len(base.args):
        return base.args[place - 1].shape, base.args[place - 1].sort
    if base.op in _PARTS and place <= len(_PARTS[base.op]):
        m, n = full(base.args[0].shape)
        if isinstance(m, int) and isinstance(n, int):
            sizes = {"m": m, "n": n, "k": min(m, n)}
            rows, columns = (sizes[c] for c in _PARTS[base.op][place - 1])
            return (rows, columns), "number"
    return (), "number"


def entry_of(term: Term, i: int, j: int) -> Term:
    """Entry (i, j) of a term of explicit size, counted from 1; a scalar is its own entry."""
    if not term.shape:
        return term
    if isinstance(term, Array):
        return term.rows[0][i - 1] if len(term.shape) == 1 else term.rows[i - 1][j - 1]
    return app("index", term, num(i)) if len(term.shape) == 1 else app("index", term, num(i), num(j))


def entries(term: Term) -> list[Term]:
    """The entries of an explicit array, row by row."""
    if not isinstance(term, Array):
        raise TypeError("not an explicit array")
    return [x for row in term.rows for x in row]
