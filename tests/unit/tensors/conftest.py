"""Names for the tests of matrix calculus: sizes, vectors and matrices with and without properties, and values for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Dim, Symbol, Term, num, var

Read = Callable[[str], Term]

SIZES = {"n": 4, "m": 3, "p": 2}


def _size(name: str) -> Symbol:
    return Symbol(name, "integer", size=True, lower=num(1))


def symbols() -> dict[str, Symbol]:
    """Fresh symbols by name; lower-case vectors, upper-case matrices."""
    found = {name: _size(name) for name in SIZES}
    n, m, p = (var(found[x]) for x in "nmp")

    def declare(names: str, *shape: Dim, properties: str = "") -> None:
        for name in names.split():
            found[name] = Symbol(name, "real", shape, properties=frozenset(properties.split()))

    declare("x y a w mu", n)
    declare("b v", m)
    declare("c", p)
    declare("A B C S", n, n)
    declare("X Y", n, m)
    declare("W", m, n)
    declare("V", p, m)
    declare("G H", m, m)
    declare("D", n, n, properties="diagonal")
    declare("Q", n, n, properties="orthogonal")
    declare("K", n, n, properties="posdef")
    declare("L", n, n, properties="symmetric")
    declare("q", n, properties="probability")
    declare("h", n, properties="onehot")
    declare("u", n, properties="positive")
    declare("s t k")
    found["r"] = Symbol("r", lower=num(0), open_lower=True)
    found["z"] = Symbol("z", kind="complex", shape=(n,))
    found["j"] = Symbol("j", "integer", lower=num(1), upper=n)
    found["f"] = Symbol("f", "function", arity=1)
    return found


def values(names: dict[str, Symbol], seed: int) -> dict[Symbol, Any]:
    """Random values that obey the declarations, at sizes that all differ."""
    rng = np.random.default_rng(seed)
    sizes = {names[k]: v for k, v in SIZES.items()}
    out: dict[Symbol, Any] = dict(sizes)
    for s in names.values():
        if s in sizes or s.kind == "function":
            continue
        shape = tuple(sizes[next(x for x in sizes if var(x) == d)] for d in s.shape)
        a: Any = rng.normal(size=shape)
        if not shape:
            a = int(rng.integers(1, 5)) if s.kind == "integer" else abs(float(a)) + 0.1 if s.lower is not None else float(a)
        if s is names["S"]:
            # So that its trace and determinant have a logarithm.
            a = a / 4 + 2 * np.eye(len(a))
        if "symmetric" in s.properties:
            a = a + a.T
        if "posdef" in s.properties:
            a = a @ a.T + np.eye(len(a))
        if "diagonal" in s.properties:
            a = np.diag(np.diag(a) + 3)
        if "orthogonal" in s.properties:
            a = np.linalg.qr(a)[0]
        if "probability" in s.properties:
            a = np.exp(a) / np.exp(a).sum()
        if "positive" in s.properties:
            a = np.abs(a) + 0.1
        if "onehot" in s.properties:
            a = np.eye(len(a))[rng.integers(len(a))]
        out[s] = a
    return out


@pytest.fixture(scope="session")
def names() -> dict[str, Symbol]:
    return symbols()


@pytest.fixture(scope="session")
def read(names: dict[str, Symbol]) -> Read:
    """Reads an expression over the names."""
    return lambda text: resolve(parse_expression(text, "test"), Scope(names))


@pytest.fixture(scope="session")
def draw(names: dict[str, Symbol]) -> Callable[[int], dict[Symbol, Any]]:
    """Values for all names from a seed."""
    return lambda seed: values(names, seed)
