"""Random expressions over vectors and matrices: reading and writing back keeps the value, and an equality that is proved holds
in numbers.

A pair is an expression and the same with one node rewritten, rightly or wrongly; `equal` may miss equalities but must not
invent one.
"""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from judges.plain import evaluate

from twofold.catalogue.shapes import ShapeError, app, bound, full
from twofold.grammar.term import ALL, App, Bound, Const, Symbol, Term, Var, children, num, rebuild, subterms, var
from twofold.symbolic.tensors import Unsupported, equal
from twofold.symbolic.tensors.read import Reader
from twofold.symbolic.tensors.write import write

N, M = (Symbol(x, "integer", size=True, lower=num(1)) for x in "nm")
SIZES = {N: 4, M: 3}
n, m = var(N), var(M)


def declared(names: str, *shape: Term, properties: str = "") -> list[Term]:
    return [var(Symbol(x, "real", shape, properties=frozenset(properties.split()))) for x in names.split()]


LEAVES: dict[str, list[Term]] = {
    "": [*declared("s t"), num(2), num(-1), num(Fraction(1, 2)), n],
    "n": [
        *declared("x y a", n), app("ones", n),
        *declared("q", n, properties="probability"), *declared("h", n, properties="onehot"),
    ],
    "m": declared("b v", m),
    "nn": [
        *declared("A B S", n, n), app("eye", n),
        *declared("D", n, n, properties="diagonal"), *declared("Q", n, n, properties="orthogonal"),
        *declared("K", n, n, properties="posdef"), *declared("L", n, n, properties="symmetric"),
    ],
    "nm": declared("X Y", n, m),
    "mn": declared("W", m, n),
}  # fmt: skip
# Result and operands: an operation on shapes. `?` stands for an entrywise function.
FORMS = """
add|, ; sub|, ; mul|, ; ?| ; sum|n ; sum|nm ; tr|nn ; norm|n ; mean|n ; logsumexp|n ; det|nn
inner|n,n ; inner|m,m ; entry|n ; series|n,n
n: add|n,n ; sub|n,n ; mul|nn,n ; mul|nm,m ; emul|n,n ; mul|,n ; ?|n ; softmax|n ; diag|nn ; solve|nn,n
n: column|nn ; shrunk|n,
m: add|m,m ; mul|mn,n ; emul|m,m ; ?|m ; mul|,m
nn: add|nn,nn ; sub|nn,nn ; mul|nn,nn ; transpose|nn ; inv|nn ; diag|n ; emul|nn,nn ; mul|nm,mn
nn: outer|n,n ; mul|,nn ; rowsoftmax|nn ; ?|nn
nm: add|nm,nm ; mul|nn,nm ; transpose|mn ; outer|n,m ; mul|,nm
mn: sub|mn,mn ; transpose|nm ; mul|,mn
"""


def forms() -> dict[str, list[tuple[str, list[str]]]]:
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for line in FORMS.strip().splitlines():
        result, _, rest = line.rpartition(":")
        found.setdefault(result, []).extend(
            (op.strip(), shapes.strip().split(",")) for op, _, shapes in (f.partition("|") for f in rest.split(";"))
        )
    return found


RULES = forms()


class Grower:
    """Draws expressions and rewrites them."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def term(self, shape: str, depth: int) -> Term:
        if depth == 0 or self.draw.random() < 0.1:
            return self.draw.choice(LEAVES[shape])
        op, shapes = self.draw.choice(RULES[shape])
        return self.made(op, [self.term(s, depth - 1) for s in shapes])

    def made(self, op: str, args: list[Term]) -> Term:
        if op == "?":
            return app(self.draw.choice(("exp", "tanh", "sigmoid", "sin", "abs", "relu", "softplus")), *args)
        if op == "inner":
            return app("mul", app("transpose", args[0]), args[1])
        if op == "entry":
            return app("index", args[0], num(self.draw.choice((1, 2))))
        if op == "column":
            return app("index", args[0], ALL, num(2))
        if op == "solve":
            return app("mul", app("inv", args[0]), args[1])
        if op == "shrunk":
            return app("div", args[0], app("add", num(3), app("pow", args[1], num(2))))
        if op == "series":
            i = Symbol("i", "integer", lower=num(1), upper=n)
            body = app("mul", app("index", args[0], var(i)), app("index", args[1], var(i)))
            if self.draw.random() < 0.4:
                body = app("piecewise", body, app("eq", var(i), num(2)), app("mul", var(i), body))
            return bound("sum", (i,), body, num(1), n)
        return app(op, *args)

    def rewritten(self, term: Term) -> Term:
        target = self.draw.choice([t for t in subterms(term) if t.sort == "number" and not isinstance(t, Const)])

        def walk(t: Term) -> Term:
            if t is target:
                return self.changed(t)
            old = children(t)
            new = tuple(map(walk, old))
            if all(a is b for a, b in zip(new, old, strict=True)):
                return t
            if isinstance(t, App):
                return app(t.op, *new)
            return bound(t.op, t.symbols, new[-1], *new[:-1]) if isinstance(t, Bound) else rebuild(t, new)

        return walk(term)

    def changed(self, t: Term) -> Term:
        ways = [app("sub", app("mul", num(2), t), t)]
        if len(t.shape) == 2:
            ways.append(app("transpose", t))
        if not t.shape:
            ways.append(app("pow", app("pow", t, num(2)), num(Fraction(1, 2))))
        if isinstance(t, Var):
            ways += [leaf for leaves in LEAVES.values() for leaf in leaves if leaf.shape == t.shape and isinstance(leaf, Var)][:2]
        if isinstance(t, App) and t.op in ("add", "sub", "mul", "emul"):
            ways.append(
                app(t.op, t.args[1], t.args[0]) if full(t.args[0].shape) == full(t.args[1].shape)[::-1] or not t.shape else t
            )
            if t.op == "mul" and t.args[0].shape and t.args[1].shape:
                ways += [app("transpose", app("mul", app("transpose", t.args[1]), app("transpose", t.args[0])))] * 2
        if isinstance(t, App) and t.op in ("transpose", "inv", "tr"):
            ways.append(t.args[0] if t.op == "transpose" else app(t.op, app("transpose", t.args[0])))
        return self.draw.choice(ways)


def values(rng: np.random.Generator) -> dict[Symbol, object]:
    out: dict[Symbol, object] = dict(SIZES)
    for t in (t for leaves in LEAVES.values() for t in leaves if isinstance(t, Var) and t != n):
        s = t.symbol
        a = rng.normal(size=[SIZES[d.symbol] for d in s.shape if isinstance(d, Var)])
        if s.properties & {"symmetric", "posdef"}:
            a = a + a.T if "symmetric" in s.properties else a @ a.T + np.eye(len(a))
        a = np.diag(np.diag(a)) if "diagonal" in s.properties else np.linalg.qr(a)[0] if "orthogonal" in s.properties else a
        a = np.exp(a) / np.exp(a).sum() if "probability" in s.properties else np.eye(len(a))[1] if "onehot" in s.properties else a
        out[s] = a if s.shape else float(a)
    return out


def difference(a: Term, b: Term, seed: int) -> float | None:
    """The relative difference at a random point; None where the numbers do not tell."""
    point = values(np.random.default_rng(seed))
    try:
        with np.errstate(all="ignore"):
            x, y = (np.squeeze(np.asarray(evaluate(t, point), dtype=float)) for t in (a, b))
    except np.linalg.LinAlgError:
        return None
    if not (np.all(np.isfinite(x)) and np.all(np.isfinite(y))):
        return None
    scale = max(1.0, float(np.abs(x).max()), float(np.abs(y).max()))
    return None if scale > 1e7 else float(np.abs(x - y).max()) / scale


@pytest.mark.parametrize("seed", range(4))
def test_written_back_means_the_same(seed):
    grower, told = Grower(seed), 0
    for k in range(40):
        term = grower.term(grower.draw.choice(list(RULES)), grower.draw.choice((1, 2, 3)))
        try:
            back = write(Reader().read(term))
        except Unsupported:
            continue
        if back.sort != "function":
            gap = difference(term, back, k)
            assert gap is None or gap < 1e-7
            told += gap is not None
    assert told > 25


@pytest.mark.parametrize("seed", range(4))
def test_what_is_proved_holds(seed):
    grower, proved = Grower(seed + 100), 0
    for _ in range(60):
        try:
            term = grower.term(grower.draw.choice(list(RULES)), grower.draw.choice((1, 2, 3)))
            other = grower.rewritten(term)
        except ShapeError:
            continue
        if full(other.shape) == full(term.shape) and equal(term, other):
            proved += 1
            assert all(gap is None or gap < 1e-7 for gap in (difference(term, other, k) for k in range(3)))
    assert proved > 15
