"""Matrix gradients from textbooks, in NumPy notation: our derivative and the one in the table agree at random points.

The rows are read twice by walking their syntax: as terms of the language for us, and as NumPy values for the judge. Vectors are
one-dimensional.
"""

from __future__ import annotations

import ast
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from judges.plain import evaluate
from scipy import linalg

from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term, num, var
from twofold.symbolic.tensors import derivative

TABLE = Path(__file__).parents[3] / "shared" / "cases" / "reference" / "matrix_gradients.json"
ROWS = json.loads(TABLE.read_text())["data"] if TABLE.exists() else []

N, M, P = (Symbol(x, "integer", size=True, lower=num(1)) for x in "nmp")
SIZES = {N: 4, M: 3, P: 2}
SHAPES = {
    **dict.fromkeys(("x", "y", "a", "mu"), (N,)), **dict.fromkeys(("b", "v"), (M,)), "c": (P,),
    **dict.fromkeys(("A", "S", "B"), (N, N)), "C": (M, M), "W": (M, N), "V": (P, M),
    **dict.fromkeys(("X", "Y"), (N, M)), "k": (), "t": (),
}  # fmt: skip
SYMBOLS = {name: Symbol(name, "real", tuple(map(var, shape))) for name, shape in SHAPES.items()}
NAMES = {"lse": "logsumexp", "step": "heaviside"}


def as_term(node: ast.expr) -> Term:
    """A row's expression as a term; `like` spreads scalars over arrays where NumPy would."""
    if isinstance(node, ast.Constant):
        return num(Fraction(str(node.value)))
    if isinstance(node, ast.Name):
        return app("eye", var(N)) if node.id == "I" else app("ones", var(N)) if node.id == "one" else var(SYMBOLS[node.id])
    if isinstance(node, ast.UnaryOp):
        return app("neg", as_term(node.operand))
    if isinstance(node, ast.Attribute):
        inner = as_term(node.value)
        return app("transpose", inner) if node.attr == "T" else size(inner)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            inner = as_term(node.func.value)
            return app("sum", inner) if node.func.attr == "sum" else app("div", app("sum", inner), size(inner))
        assert isinstance(node.func, ast.Name)
        return app(NAMES.get(node.func.id, node.func.id), *map(as_term, node.args))
    assert isinstance(node, ast.BinOp)
    return binary(node.op, as_term(node.left), as_term(node.right))


def size(t: Term) -> Term:
    return app("mul", *t.shape) if len(t.shape) == 2 else t.shape[0]


def binary(op: ast.operator, a: Term, b: Term) -> Term:
    if isinstance(op, ast.MatMult):
        return app("mul", app("transpose", a) if len(a.shape) == 1 else a, b)
    if isinstance(op, ast.Pow):
        return app("hadamard_power", a, b) if a.shape else app("pow", a, b)
    if isinstance(op, (ast.Mult, ast.Div)):
        word = "mul" if isinstance(op, ast.Mult) else "div"
        return app("e" + {"mul": "mul", "div": "div"}[word], a, b) if a.shape and b.shape else app(word, a, b)
    if bool(a.shape) != bool(b.shape):
        ones = app("ones", *(a.shape or b.shape))
        a, b = (a, app("mul", b, ones)) if a.shape else (app("mul", a, ones), b)
    return app("add" if isinstance(op, ast.Add) else "sub", a, b)


FUNCTIONS = {
    "tr": np.trace,
    "inv": np.linalg.inv,
    "det": np.linalg.det,
    "logdet": lambda a: np.linalg.slogdet(a)[1],
    "expm": linalg.expm,
    "outer": np.outer,
    "diag": np.diag,
    "norm": np.linalg.norm,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "softplus": lambda x: np.logaddexp(0, x),
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "relu": lambda x: np.maximum(x, 0),
    "step": lambda x: (x > 0) * 1.0,
    "lse": lambda x: np.logaddexp.reduce(x),
    "softmax": lambda x: np.exp(x - x.max()) / np.exp(x - x.max()).sum(),
}


def as_value(node: ast.expr, values: dict[str, np.ndarray]) -> np.ndarray:
    """A row's expression in NumPy."""
    if isinstance(node, ast.Constant):
        return np.float64(node.value)
    if isinstance(node, ast.Name):
        return np.eye(SIZES[N]) if node.id == "I" else np.ones(SIZES[N]) if node.id == "one" else values[node.id]
    if isinstance(node, ast.UnaryOp):
        return -as_value(node.operand, values)
    if isinstance(node, ast.Attribute):
        inner = as_value(node.value, values)
        return inner.T if node.attr == "T" else np.float64(inner.size)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            inner = as_value(node.func.value, values)
            return inner.sum() if node.func.attr == "sum" else inner.mean()
        assert isinstance(node.func, ast.Name)
        return FUNCTIONS[node.func.id](*[as_value(a, values) for a in node.args])
    assert isinstance(node, ast.BinOp)
    a, b = as_value(node.left, values), as_value(node.right, values)
    operations = {
        ast.Add: np.add,
        ast.Sub: np.subtract,
        ast.Mult: np.multiply,
        ast.Div: np.divide,
        ast.Pow: np.power,
        ast.MatMult: np.matmul,
    }
    return operations[type(node.op)](a, b)


def draw(seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = {name: rng.normal(size=[SIZES[d] for d in shape]) for name, shape in SHAPES.items()}
    for name in ("S", "A"):
        values[name] = values[name] / 4 + 2 * np.eye(SIZES[N])
    return values


@pytest.mark.skipif(not ROWS, reason="ours: the table of reference rows is not in this checkout")
@pytest.mark.parametrize("row", ROWS, ids=lambda r: r["name"])
def test_row(row: dict[str, str]) -> None:
    term = as_term(ast.parse(row["expr"], mode="eval").body)
    kind = {"gradient": "grad", "scalar": "diff"}.get(row["kind"], row["kind"])
    found = derivative(term, SYMBOLS[row["wrt"]], kind)
    assert found.sort == "number"
    for seed in range(3):
        values = draw(seed)
        got = evaluate(found, {**SIZES, **{SYMBOLS[k]: v for k, v in values.items()}})
        wanted = as_value(ast.parse(row["derivative"], mode="eval").body, values)
        np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-10)
