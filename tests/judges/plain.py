"""Terms evaluated with plain NumPy, sharing nothing with the index algebra: the judge of its derivatives and proofs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import linalg, special

from twofold.grammar.term import ALL, App, Array, Bound, Const, Num, Symbol, Term, Var

Values = Mapping[Symbol, Any]


def evaluate(term: Term, values: Values) -> Any:
    """The value: a float, a vector of shape (n,), or a matrix. A function of indices gives the array of its entries."""
    if isinstance(term, Num):
        return float(term.value)
    if isinstance(term, Const):
        return {"pi": np.pi, "e": np.e, "true": True, "false": False}[term.name]
    if isinstance(term, Var):
        return values[term.symbol]
    if isinstance(term, Array):
        rows = np.array([[evaluate(x, values) for x in row] for row in term.rows], dtype=float)
        return rows[0] if len(term.shape) == 1 else rows
    if isinstance(term, Bound):
        return _bound(term, values)
    assert isinstance(term, App)
    if term.op == "piecewise":
        return _piecewise(term.args, values)
    return _fitted(_RULES[term.op](*[evaluate(a, values) if a != ALL else None for a in term.args]), term)


def _fitted(value: Any, term: App) -> Any:
    if len(term.shape) < np.ndim(value):
        return np.reshape(value, [n for n in np.shape(value) if n != 1] if not term.shape else [max(np.shape(value))])
    return value


def _bound(term: Bound, values: Values) -> Any:
    if term.op == "lambda":
        sizes = [int(evaluate(s.upper, values)) for s in term.symbols if s.upper is not None]
        out = np.empty(sizes)
        for place in np.ndindex(*sizes):
            out[place] = evaluate(term.body, {**values, **{s: i + 1 for s, i in zip(term.symbols, place, strict=True)}})
        return out
    lower, upper = (round(evaluate(a, values)) for a in term.args)
    parts = [evaluate(term.body, {**values, term.symbols[0]: k}) for k in range(lower, upper + 1)]
    return sum(parts) if term.op == "sum" else np.prod(parts)


def _piecewise(parts: tuple[Term, ...], values: Values) -> Any:
    for k in range(0, len(parts) - 1, 2):
        if evaluate(parts[k + 1], values):
            return evaluate(parts[k], values)
    if len(parts) % 2:
        return evaluate(parts[-1], values)
    raise ArithmeticError("no branch holds")


def _columns(a: Any) -> Any:
    a = np.asarray(a, dtype=float)
    return a.reshape(-1, 1) if a.ndim == 1 else a


def _mul(a: Any, b: Any) -> Any:
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return a * b
    out = _columns(a) @ _columns(b)
    return out[:, 0] if np.ndim(b) == 1 else out


def _transpose(a: Any) -> Any:
    return a if np.ndim(a) == 0 else _columns(a).T


def _pow(a: Any, b: Any) -> Any:
    return np.linalg.matrix_power(a, round(b)) if np.ndim(a) else np.power(float(a), b)


def _index(base: Any, *places: Any) -> Any:
    chosen = tuple(slice(None) if p is None else round(p) - 1 for p in places)
    if len(places) == 2 and places[0] is not None and places[1] is None:
        return base[chosen].reshape(1, -1)
    return base[chosen]


def _softmax(x: Any) -> Any:
    return np.exp(x) / np.sum(np.exp(x))


def _diag(x: Any) -> Any:
    return np.diag(x)


def _onehot(k: float, n: float) -> Any:
    return np.eye(round(n))[round(k) - 1]


def _vec(a: Any) -> Any:
    return _columns(a).reshape(-1, order="F")


def _norm(a: Any, kind: Any = 2) -> Any:
    return np.sum(np.abs(a)) if kind == 1 else np.sqrt(np.sum(np.square(a)))


def _sizes(fill: float) -> Callable[..., Any]:
    return lambda *dims: np.full([round(d) for d in dims], fill)


_RULES: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "neg": lambda a: -a,
    "mul": _mul,
    "div": lambda a, b: a / b,
    "pow": _pow,
    "emul": lambda a, b: a * b,
    "ediv": lambda a, b: a / b,
    "hadamard": lambda a, b: a * b,
    "hadamard_power": np.power,
    "transpose": _transpose,
    "index": _index,
    "tr": np.trace,
    "det": np.linalg.det,
    "logdet": lambda a: np.log(np.linalg.det(a)),
    "inv": np.linalg.inv,
    "expm": linalg.expm,
    "dot": lambda a, b: float(np.dot(a, b)),
    "norm": _norm,
    "outer": np.outer,
    "kron": lambda a, b: np.kron(_columns(a), _columns(b)),
    "vec": _vec,
    "diag": _diag,
    "eye": lambda n: np.eye(round(n)),
    "ones": _sizes(1.0),
    "zeros": _sizes(0.0),
    "onehot": _onehot,
    "sum": np.sum,
    "mean": np.mean,
    "prod": np.prod,
    "softmax": _softmax,
    "rowsoftmax": lambda a: np.exp(a) / np.sum(np.exp(a), axis=1, keepdims=True),
    "logsumexp": lambda x: np.log(np.sum(np.exp(x))),
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "abs": np.abs,
    "sign": np.sign,
    "sigmoid": special.expit,
    "softplus": lambda x: np.log1p(np.exp(x)),
    "relu": lambda x: np.maximum(x, 0.0),
    "heaviside": lambda x: np.heaviside(x, 0.5),
    "max": np.maximum,
    "min": np.minimum,
    "gelu": lambda x: x * special.ndtr(x),
    "Phi": special.ndtr,
    "phi": lambda x: np.exp(-np.square(x) / 2) / np.sqrt(2 * np.pi),
    "logit": special.logit,
    "delta": lambda i, j: float(i == j),
    "indicator": float,
    "gt": lambda a, b: a > b,
    "lt": lambda a, b: a < b,
    "ge": lambda a, b: a >= b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "not": lambda a: not a,
    "layer_norm": lambda x: (x - np.mean(x)) / np.std(x),
}
