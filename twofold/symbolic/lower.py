"""Terms to SymPy.

Every symbol becomes a SymPy symbol of its own, with the assumptions that its declaration and the context give. A symbol of
explicit shape becomes an explicit matrix of entry symbols (a vector is a column). Entries of an array of symbolic size, such as
`x[k]` inside a sum, are applications of an undefined function. Nothing is carried out: a derivative lowers to `Derivative`, an
integral to `Integral`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import flint
import sympy as sp

from twofold.catalogue.comparisons import ORDERS
from twofold.catalogue.index import functions
from twofold.core.registry import resolve
from twofold.grammar.term import ALL, App, Array, Bound, Const, Num, Symbol, Term, Var, free_symbols, num, operations, var
from twofold.symbolic import incomplete_beta
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.fact_order import keep_order
from twofold.symbolic.half_orders import elementary

keep_order()

CONSTANTS: dict[str, Any] = {
    "pi": sp.pi, "e": sp.E, "im": sp.I, "oo": sp.oo, "euler_gamma": sp.EulerGamma, "true": sp.true, "false": sp.false,
}  # fmt: skip
RELATIONS: dict[str, Any] = {"eq": sp.Eq, "ne": sp.Ne, "lt": sp.Lt, "le": sp.Le, "gt": sp.Gt, "ge": sp.Ge}
LOGIC: dict[str, Any] = {"and": sp.And, "or": sp.Or, "not": sp.Not, "implies": sp.Implies, "iff": sp.Equivalent}
MOST_BITS = 1_000_000
"""The longest number that is worked with; results that are printed are kept far shorter by `lift`."""
_GROWING = frozenset(
    "factorial gamma binomial rising falling fibonacci bernoulli euler bell stirling harmonic loggamma beta".split()
)
_LARGEST_ARGUMENT = 50_000
_ADDED = frozenset("harmonic digamma trigamma polygamma".split())
_MOST_TERMS = 10_000
"""What SymPy adds up term by term at a number, as a fraction."""


def lower(term: Term, context: Context) -> Any:
    """The SymPy object for a term: an expression, an immutable matrix, a relation, a set or a tuple.

    Raises `NoClosedForm` for what has none (arrays of symbolic size, laws).
    """
    return _Lowering(context).go(term)


def symbol_for(symbol: Symbol, context: Context) -> Any:
    """The SymPy symbol that stands for a scalar symbol in this context; the matrix of its entries for one of explicit shape."""
    made = context.symbols.get(symbol)
    if made is None:
        made = context.symbols[symbol] = _make(symbol, context)
    return made


def assumptions_of(symbol: Symbol, known: Range) -> dict[str, bool]:
    """SymPy assumptions for a scalar of this kind and range."""
    if symbol.kind == "complex":
        return {"complex": True}
    facts: dict[str, bool] = (
        {"integer": True} if symbol.kind == "integer" or "integer" in symbol.properties or symbol.size else {"real": True}
    )
    if known.positive:
        facts["positive"] = True
    elif known.negative:
        facts["negative"] = True
    else:
        if known.nonnegative:
            facts["nonnegative"] = True
        if known.nonpositive:
            facts["nonpositive"] = True
        if known.nonzero:
            facts["zero"] = False
    return facts


def register(context: Context, name: str, meaning: Term, **facts: bool) -> Any:
    """A SymPy symbol with a name that nothing else in this context has, standing for a term."""
    taken = {str(s) for s in context.terms}
    fresh, k = name, 1
    while fresh in taken:
        k += 1
        fresh = f"{name}#{k}"
    made = sp.Symbol(fresh, **facts)
    context.terms[made] = meaning
    return made


def _make(symbol: Symbol, context: Context) -> Any:
    if symbol.kind == "function":
        return _function(symbol, context, sp.Function)
    facts = assumptions_of(symbol, context.range(symbol))
    if not symbol.shape:
        return register(context, symbol.name, var(symbol), **facts)
    if not all(isinstance(d, int) for d in symbol.shape):
        raise NoClosedForm(f"{symbol.name} has a symbolic size")
    rows, columns = (*symbol.shape, 1)[:2]
    assert isinstance(rows, int) and isinstance(columns, int)

    def entry(i: int, j: int) -> Any:
        if "symmetric" in symbol.properties and j < i:
            i, j = j, i
        if "diagonal" in symbol.properties and i != j:
            return sp.S.Zero
        places = (num(i + 1),) if len(symbol.shape) == 1 else (num(i + 1), num(j + 1))
        key = (symbol, i, j)
        if key not in context.symbols:
            label = f"{symbol.name}[{','.join(str(p.value) for p in places)}]"
            context.symbols[key] = register(context, label, App("index", (var(symbol), *places)), **facts)
        return context.symbols[key]

    return sp.ImmutableMatrix([[entry(i, j) for j in range(columns)] for i in range(rows)])


def _function(symbol: Symbol, context: Context, make: Any, **facts: bool) -> Any:
    taken = {f.__name__ for f in context.terms if isinstance(f, type(sp.Function("f")))}
    name, k = symbol.name, 1
    while name in taken:
        k += 1
        name = f"{symbol.name}#{k}"
    real = {"real": True} if context.reading == "real" and symbol.kind != "complex" else {}
    made = make(name, **{**real, **facts})
    context.terms[made] = var(symbol)
    return made


class _Lowering:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[int, Any] = {}

    def go(self, term: Term) -> Any:
        key = id(term)
        if key not in self.done:
            self.done[key] = self.one(term)
        return self.done[key]

    def one(self, term: Term) -> Any:
        if isinstance(term, Num):
            return sp.Rational(term.value.numerator, term.value.denominator)
        if isinstance(term, Var):
            return symbol_for(term.symbol, self.context)
        if isinstance(term, Const):
            if term.name in CONSTANTS:
                return CONSTANTS[term.name]
            raise NoClosedForm(f"{term.name} has no value of its own")
        if isinstance(term, Array):
            rows = [[self.go(x) for x in row] for row in term.rows]
            return sp.ImmutableMatrix(len(rows[0]), 1, rows[0]) if len(term.shape) == 1 else sp.ImmutableMatrix(rows)
        if isinstance(term, App):
            return self.application(term)
        assert isinstance(term, Bound)
        return self.binder(term)

    # --- applications ---

    def application(self, term: App) -> Any:
        rule = _RULES.get(term.op)
        if rule is not None:
            return rule(self, term)
        spec = functions().get(term.op)
        if spec is None:
            raise NoClosedForm(f"{term.op} has no exact rule")
        if spec.exact.startswith("sympy:"):
            head = getattr(sp, spec.exact[6:])
            if not term.shape and any(a.shape for a in term.args):
                return head(*(x for a in map(self.go, term.args) for x in (a if isinstance(a, sp.MatrixBase) else (a,))))
            parts = self.sized(term)
            if term.op in ("max", "min") and any(getattr(a, "is_extended_real", None) is False for a in parts):
                raise NoClosedForm("the larger or smaller of what has no real value")
            made = entrywise(head, *parts)
            if term.op.startswith("bessel") and (found := elementary(made)) is not made:
                if found.is_Mul:  # A product of its parts is as short as it gets.
                    self.context.settled.add(found)
                return found
            return made
        if spec.exact:
            found = resolve(spec.exact)(self.context, *term.args)
            if found == term:
                raise NoClosedForm(f"{term.op} of a symbolic size has no entries")
            return self.go(found)
        if spec.definition:
            return self.go(expand_definition(term))
        raise NoClosedForm(f"{term.op} has no exact rule")

    def sized(self, term: App) -> list[Any]:
        """The arguments of a function, refused where its value would be too long."""
        args = [self.go(a) for a in term.args]
        most = _MOST_TERMS if term.op in _ADDED else _LARGEST_ARGUMENT if term.op in _GROWING else None
        if most and any(a.is_Rational and abs(a) > most for a in args if not isinstance(a, sp.MatrixBase)):
            raise NoClosedForm("a number is too long to be worked with")
        return args

    def flat(self, op: str, other: str, term: Term, sign: int, found: list[tuple[Term, int]]) -> None:
        """The operands of a chain of sums or of products with their signs (or exponents)."""
        while isinstance(term, App) and term.op in (op, other):
            self.flat(op, other, term.args[1], -sign if term.op == other else sign, found)
            term = term.args[0]
        found.append((term, sign))

    def add(self, term: App) -> Any:
        if term.shape:
            a, b = map(self.go, term.args)
            return a + b if term.op == "add" else a - b
        parts: list[tuple[Term, int]] = []
        self.flat("add", "sub", term, 1, parts)
        return sp.Add(*(self.scalar(t) if s > 0 else -self.scalar(t) for t, s in parts))

    def scalar(self, term: Term) -> Any:
        made = self.go(term)
        return made[0, 0] if isinstance(made, sp.MatrixBase) and made.shape == (1, 1) else made

    def mul(self, term: App) -> Any:
        if term.shape or any(a.shape for a in term.args):
            a, b = map(self.go, term.args)
            if not term.args[0].shape or not term.args[1].shape:
                return b * a if not term.args[0].shape else a * b
            made = a * b
            return made[0, 0] if not term.shape else made
        parts: list[tuple[Term, int]] = []
        self.flat("mul", "div", term, 1, parts)
        return sp.Mul(*(self.scalar(t) if s > 0 else 1 / self.scalar(t) for t, s in parts))

    def pow(self, term: App) -> Any:
        base, exponent = self.go(term.args[0]), self.go(term.args[1])
        if isinstance(base, sp.MatrixBase):
            if not exponent.is_Integer:
                raise NoClosedForm("a matrix power needs an explicit whole exponent")
            if exponent < 0:
                from twofold.symbolic.algebra.square import inv

                inverse = self.go(inv(self.context, term.args[0]))
                return inverse ** (-exponent)
            return base**exponent
        if base.is_Rational and exponent.is_Rational and base not in (0, 1, -1):
            length = max(abs(base.p), base.q).bit_length()
            if abs(exponent) * length > MOST_BITS:
                raise NoClosedForm("a number is too long to be worked with")
        return sp.Pow(base, exponent)

    def compare(self, term: App) -> Any:
        a, b = term.args
        if a.shape or b.shape:
            left, right = self.go(a), self.go(b)
            return LOGIC["and"](*(RELATIONS[term.op](x, y) for x, y in zip(left, right, strict=True)))
        left, right = self.go(a), self.go(b)
        if term.op in ORDERS and (left.is_extended_real is False or right.is_extended_real is False):
            raise NoClosedForm("a comparison of what has no real value")
        return RELATIONS[term.op](left, right)

    def member(self, term: App) -> Any:
        item, group = term.args
        if isinstance(group, App) and group.op.startswith("interval_"):
            x, low, high = self.go(item), self.go(group.args[0]), self.go(group.args[1])
            left = sp.Le if group.op[-2] == "c" else sp.Lt
            right = sp.Le if group.op[-1] == "c" else sp.Lt
            return sp.And(left(low, x) if low != -sp.oo else sp.true, right(x, high) if high != sp.oo else sp.true)
        if isinstance(group, App) and group.op == "set":
            return sp.Or(*(RELATIONS["eq"](self.go(item), self.go(g)) for g in group.args))
        raise NoClosedForm("membership in this set has no exact rule")

    def piecewise(self, term: App) -> Any:
        values, conditions = term.args[0::2], [self.go(c) for c in term.args[1::2]]
        if len(values) > len(conditions):
            conditions.append(sp.true)
        parts = [self.go(v) for v in values]
        if not term.shape:
            return sp.Piecewise(*zip(parts, conditions, strict=True))
        shape = parts[0].shape
        return sp.ImmutableMatrix(
            *shape, lambda i, j: sp.Piecewise(*((p[i, j], c) for p, c in zip(parts, conditions, strict=True)))
        )

    def index(self, term: App) -> Any:
        base, places = term.args[0], term.args[1:]
        if isinstance(base, Var) and not all(isinstance(d, int) for d in base.shape):
            head = self.context.symbols.get((base.symbol, "entries"))
            if head is None:
                facts = assumptions_of(base.symbol, self.context.range(base.symbol))
                head = self.context.symbols[base.symbol, "entries"] = _function(base.symbol, self.context, sp.Function, **facts)
            return head(*map(self.go, places))
        made = self.go(base)
        if len(base.shape) == 2 and len(places) == 1:
            places = (num(1), places[0]) if base.shape[0] == 1 else (places[0], num(1))
        selected = [slice(None) if p == ALL else self.place(p) for p in places]
        return made[tuple(selected) if len(selected) == 2 else (selected[0], 0)]

    def item(self, term: App) -> Any:
        from twofold.symbolic.work import work

        return self.go(work(term, self.context))

    def place(self, term: Term) -> int:
        value = self.go(term)
        if not value.is_Integer:
            raise NoClosedForm("an index into an explicit array is not a number")
        return int(value) - 1

    def root(self, term: App) -> Any:
        from twofold.symbolic.solving.isolated import isolated_root

        return isolated_root(term.args[0], term.args[1])

    def divisor(self, term: App) -> Any:
        """Of whole numbers alone: with names in it SymPy would take the divisor of polynomials, another thing."""
        found = [x for a in self.sized(term) for x in (a if isinstance(a, sp.MatrixBase) else (a,))]
        if not all(getattr(a, "is_Integer", False) for a in found):
            raise NoClosedForm(f"{term.op} of names has no exact rule")
        return sp.Integer(sp.igcd(0, *found) if term.op == "gcd" else sp.ilcm(1, *found))

    def partitions(self, term: App) -> Any:
        """A Stirling number of the second kind: of whole numbers at once, of names by its sum."""
        n, k = self.sized(term)
        if n.is_Integer and k.is_Integer and k >= 0 and 0 <= n <= 1000:
            return sp.Integer(int(flint.fmpz.stirling_s2(int(n), int(k))))
        return self.go(expand_definition(term))

    def incomplete_beta(self, term: App) -> Any:
        a, b, x = self.sized(term)
        if any(p.is_nonpositive for p in (a, b)) or x.is_negative or (x - 1).is_positive:
            raise NoClosedForm("betainc(a, b, x) wants positive a and b, and x between 0 and 1")
        made = incomplete_beta.elementary(a, b, x)
        return self.go(expand_definition(term)) if made is None else made

    def apply(self, term: App) -> Any:
        head, arguments = term.args[0], term.args[1:]
        if isinstance(head, Bound) and head.op == "lambda":
            from twofold.grammar.term import substitute

            return self.go(substitute(head.body, dict(zip(head.symbols, arguments, strict=True))))
        return self.go(head)(*map(self.go, arguments))

    # --- binders ---

    def bound_symbol(self, term: Bound, first: Term, last: Term) -> Any:
        """The symbol of a sum or an integral, with the sign that its range gives it."""
        symbol = term.symbols[0]
        if symbol not in self.context.symbols and not symbol.shape:
            low, high = self.go(first), self.go(last)
            whole = term.op in ("sum", "prod")
            facts = assumptions_of(symbol, self.context.range(symbol)) | ({"integer": True} if whole else {})
            # A single point of a range does not count in an integral, unless an impulse may stand there.
            counts = whole or "dirac" in operations(term.body)
            if low.is_positive or (not counts and low.is_nonnegative):
                facts = {**_plain(facts), "positive": True}
            elif low.is_nonnegative and "positive" not in facts:
                facts = {**_plain(facts), "nonnegative": True}
            elif high.is_negative or (not counts and high.is_nonpositive):
                facts = {**_plain(facts), "negative": True}
            self.context.symbols[symbol] = register(self.context, symbol.name, var(symbol), **facts)
        return symbol_for(symbol, self.context)

    def binder(self, term: Bound) -> Any:
        if term.shape and term.op in ("sum", "prod", "integrate", "limit", "antiderivative", "diff"):
            raise NoClosedForm(f"{term.op} of an array is worked out entry by entry")
        if term.op in ("sum", "prod", "integrate"):
            first, last = term.args
            x = self.bound_symbol(term, first, last)
            head = {"sum": sp.Sum, "prod": sp.Product, "integrate": sp.Integral}[term.op]
            return head(self.go(term.body), (x, self.go(first), self.go(last)))
        x = None if not term.symbols or term.symbols[0].shape else symbol_for(term.symbols[0], self.context)
        if term.op == "antiderivative":
            return self.at(sp.Integral(self.go(term.body), x), term, x, self.go(term.args[0]))
        if term.op == "limit":
            return sp.Limit(self.go(term.body), x, self.go(term.args[0]), term.side or "+-")
        if term.op == "diff":
            order = self.go(term.args[1])
            return self.at(sp.Derivative(self.go(term.body), (x, order)), term, x, self.go(term.args[0]))
        if term.op == "bracket":
            body = self.go(term.body)
            return body.subs(x, self.go(term.args[1])) - body.subs(x, self.go(term.args[0]))
        if term.op == "lambda":
            return sp.Lambda(tuple(symbol_for(s, self.context) for s in term.symbols), self.go(term.body))
        raise NoClosedForm(f"{term.op} is not an expression")

    def at(self, made: Any, term: Bound, x: Any, point: Any) -> Any:
        """An operation by `x` at a point: by the point itself where that is a symbol that the body does not have."""
        if point.is_Symbol and point not in {symbol_for(s, self.context) for s in free_symbols(term.body) if not s.shape}:
            return made.func(made.args[0].xreplace({x: point}), *(a.xreplace({x: point}) for a in made.args[1:]))
        return sp.Subs(made, x, point)


def _plain(facts: dict[str, bool]) -> dict[str, bool]:
    return {k: v for k, v in facts.items() if k in ("integer", "real", "complex")}


def entrywise(head: Callable[..., Any], *args: Any) -> Any:
    """A scalar function over matrices, scalars fitting everything."""
    shapes = [a.shape for a in args if isinstance(a, sp.MatrixBase)]
    if not shapes:
        return head(*args)
    rows, columns = shapes[0]
    return sp.ImmutableMatrix(rows, columns, lambda i, j: head(*(a[i, j] if isinstance(a, sp.MatrixBase) else a for a in args)))


def expand_definition(term: App) -> Term:
    """What a function that is declared by a formula abbreviates."""
    from twofold.catalogue.resolve import formula

    spec = functions()[term.op]
    names: dict[str, Term] = dict(zip((a.name for a in spec.arguments), term.args, strict=False))
    return formula(spec.definition, names)


def _logic(head: Any) -> Callable[[_Lowering, App], Any]:
    return lambda s, t: head(*map(s.go, t.args))


def _interval(ends: str) -> Callable[[_Lowering, App], Any]:
    return lambda s, t: sp.Interval(*map(s.go, t.args), ends[0] == "o", ends[1] == "o")


_RULES: dict[str, Callable[[_Lowering, App], Any]] = {
    "add": _Lowering.add, "sub": _Lowering.add, "mul": _Lowering.mul, "div": _Lowering.mul, "pow": _Lowering.pow,
    "neg": lambda s, t: -s.go(t.args[0]),
    "emul": lambda s, t: entrywise(operator.mul, *map(s.go, t.args)),
    "ediv": lambda s, t: entrywise(operator.truediv, *map(s.go, t.args)),
    "epow": lambda s, t: entrywise(operator.pow, *map(s.go, t.args)),
    "transpose": lambda s, t: s.go(t.args[0]).T if t.args[0].shape else s.go(t.args[0]),
    "factorial": lambda s, t: entrywise(sp.factorial, *s.sized(t)),
    **dict.fromkeys(RELATIONS, _Lowering.compare),
    **{op: _logic(head) for op, head in LOGIC.items()},
    "in": _Lowering.member,
    "piecewise": _Lowering.piecewise, "index": _Lowering.index, "item": _Lowering.item, "apply": _Lowering.apply,
    "root_of": _Lowering.root,
    "gcd": _Lowering.divisor,
    "lcm": _Lowering.divisor,
    "stirling": _Lowering.partitions,
    "betainc": _Lowering.incomplete_beta,
    "lambertwm1": lambda s, t: entrywise(lambda x: sp.LambertW(x, -1), s.go(t.args[0])),
    "tuple": lambda s, t: sp.Tuple(*map(s.go, t.args)),
    "set": lambda s, t: sp.FiniteSet(*map(s.go, t.args)),
    "given": lambda s, t: s.go(t.args[0]),
    **{f"interval_{k}": _interval(k) for k in ("cc", "co", "oc", "oo")},
}  # fmt: skip
