"""Expectations of vectors and matrices, and joint moments of the entries of a random vector."""

from __future__ import annotations

from twofold.catalogue.shapes import ShapeError, app
from twofold.grammar.term import App, Array, Num, Term, Var, num
from twofold.symbolic.arithmetic import plus, times
from twofold.symbolic.probability.independence import is_random
from twofold.symbolic.probability.laws import Known, closed, is_vector, names
from twofold.symbolic.probability.polynomial import Monomial, Polynomial
from twofold.symbolic.probability.reading import Reader


def expectation(term: App, reader: Reader) -> Term | None:
    """E, Var or Cov of vectors by linearity; `None` where no rule gives it."""
    try:
        if term.op == "E" and len(term.args) == 1:
            return _mean(term.args[0], reader)
        if term.op == "Var" and len(term.args) == 1:
            return _covariance(term.args[0], term.args[0], reader)
        if term.op == "Cov":
            return _covariance(term.args[0], term.args[1], reader)
    except ShapeError:
        return None
    return None


def _mean(x: Term, reader: Reader) -> Term | None:
    if not is_random(x):
        return x
    if not x.shape:
        quadratic = _quadratic(x, reader)
        if quadratic is not None:
            return quadratic
        from twofold.symbolic.probability.expectation import mean

        return mean(x, None, reader).term()
    if isinstance(x, Var) and x.symbol.law is not None and is_vector(x.symbol.law):
        known = closed(x.symbol.law, "mean")
        return known.value if isinstance(known, Known) else None
    if isinstance(x, Array):
        entries = [_mean(e, reader) for row in x.rows for e in row]
        if any(e is None for e in entries):
            return None
        width = len(x.rows[0])
        made = tuple(e for e in entries if e is not None)
        return Array(tuple(made[k : k + width] for k in range(0, len(made), width)), x.shape)
    if isinstance(x, App) and x.op in ("add", "sub", "neg", "transpose"):
        parts = [_mean(a, reader) for a in x.args]
        if any(p is None for p in parts):
            return None
        return app(x.op, *(p for p in parts if p is not None))
    if isinstance(x, App) and x.op in ("mul", "div", "emul", "ediv") and len([a for a in x.args if is_random(a)]) == 1:
        parts = [_mean(a, reader) for a in x.args]
        if any(p is None for p in parts) or (x.op in ("div", "ediv") and is_random(x.args[1])):
            return None
        return app(x.op, *(p for p in parts if p is not None))
    return None


def _quadratic(x: Term, reader: Reader) -> Term | None:
    """E[v' A w] = E[v]' A E[w] + tr(A Cov[w, v]) for random vectors."""
    if not (isinstance(x, App) and x.op == "mul" and not x.shape):
        return None
    left, right = x.args
    middle: Term | None = None
    if isinstance(left, App) and left.op == "mul" and left.shape and not is_random(left.args[1]):
        left, middle = left.args
    if not (isinstance(left, App) and left.op == "transpose" and right.shape):
        return None
    v = left.args[0]
    if not (is_random(v) and is_random(right)) or (middle is not None and is_random(middle)):
        return None
    a, b, c = _mean(v, reader), _mean(right, reader), _covariance(right, v, reader)
    if a is None or b is None or c is None:
        return None
    first = app("mul", app("mul", app("transpose", a), middle) if middle is not None else app("transpose", a), b)
    return plus(first, app("tr", app("mul", middle, c) if middle is not None else c))


def _covariance(x: Term, y: Term, reader: Reader) -> Term | None:
    """The matrix of covariances: by the map that takes a random vector to each side, or entry by entry."""
    from twofold.symbolic.probability.expectation import mean

    left, right = _affine(x), _affine(y)
    if left is not None and right is not None:
        (a, v), (b, w) = left, right
        if v != w:
            return None
        known = closed(v.symbol.law, "variance") if v.symbol.law is not None else None
        if not isinstance(known, Known):
            return None
        middle = known.value if a is None else app("mul", a, known.value)
        return middle if b is None else app("mul", middle, app("transpose", b))
    xs, ys = _entries(x), _entries(y)
    if xs is None or ys is None:
        return None
    rows = []
    for p in xs:
        row = []
        for q in ys:
            both = mean(times(p, q), None, reader) - mean(p, None, reader) * mean(q, None, reader)
            row.append(both.term())
        rows.append(tuple(row))
    if not x.shape and not y.shape:
        return rows[0][0]
    if len(ys) == 1:
        return Array((tuple(r[0] for r in rows),), (len(xs),))
    return Array(tuple(rows), (len(xs), len(ys)))


def _entries(x: Term) -> list[Term] | None:
    if not x.shape:
        return [x]
    if isinstance(x, Array) and len(x.shape) == 1:
        return [e for row in x.rows for e in row]
    if isinstance(x, Var) and len(x.shape) == 1 and isinstance(x.shape[0], int):
        return [app("index", x, num(k)) for k in range(1, x.shape[0] + 1)]
    return None


def _affine(x: Term) -> tuple[Term | None, Var] | None:
    """The matrix (`None` for the identity) and the random vector of `A v + b`."""
    if isinstance(x, Var) and x.symbol.law is not None and is_vector(x.symbol.law) and len(x.shape) == 1:
        return None, x
    if isinstance(x, App) and x.op in ("add", "sub"):
        a, b = x.args
        if not is_random(b):
            return _affine(a)
        if not is_random(a):
            inner = _affine(b)
            if inner is None or x.op == "add":
                return inner
            return (app("neg", inner[0]) if inner[0] is not None else None, inner[1]) if inner[0] is not None else None
    if isinstance(x, App) and x.op == "mul" and not is_random(x.args[0]) and len(x.args[0].shape) == 2:
        inner = _affine(x.args[1])
        if inner is not None:
            return (x.args[0] if inner[0] is None else app("mul", x.args[0], inner[0])), inner[1]
    return None


def moment(owners: frozenset[Term], m: Monomial, reader: Reader) -> Polynomial | None:
    """E of a product of powers of entries of one random vector."""
    places: list[Term] = []
    base: Term | None = None
    exponents: list[int] = []
    for f, e in m:
        if not (isinstance(f, App) and f.op == "index" and isinstance(f.args[0], Var) and len(f.args) == 2 and e > 0):
            return None
        symbol = f.args[0].symbol
        if symbol.law is None or not is_vector(symbol.law) or (base is not None and base != f.args[0]):
            return None
        base = f.args[0]
        places.append(f.args[1])
        exponents.append(e)
    if base is None or not isinstance(base, Var) or sum(exponents) > 8:
        return None
    law = base.symbol.law
    assert isinstance(law, App)
    if law.op == "MultivariateNormal":
        known = names(law)
        index = [p for p, e in zip(places, exponents, strict=True) for _ in range(e)]
        return _isserlis(index, known["mean"], known["covariance"], reader)
    if not all(isinstance(p, Num) for p in places):
        return None
    if law.op == "Dirichlet":
        alpha = names(law)["alpha"]
        top = Polynomial.constant(1)
        for p, e in zip(places, exponents, strict=True):
            top = top * reader.read(App("rising", (app("index", alpha, p), num(e))))
        total = reader.read(app("sum", alpha)) if not isinstance(alpha, Array) else _sum_of(alpha, reader)
        return top * reader.read(App("rising", (total.term(sort=True), num(sum(exponents))))).inverse()
    if law.op == "Multinomial":
        return _multinomial(law, places, exponents, reader)
    return None


def _sum_of(v: Array, reader: Reader) -> Polynomial:
    out = Polynomial()
    for row in v.rows:
        for e in row:
            out = out + reader.read(e)
    return out


def _isserlis(index: list[Term], mean: Term, covariance: Term, reader: Reader) -> Polynomial:
    """E of a product of entries of a normal vector: one entry is averaged alone or paired with each other one."""
    if not index:
        return Polynomial.constant(1)
    first, rest = index[0], index[1:]
    out = reader.read(app("index", mean, first)) * _isserlis(rest, mean, covariance, reader)
    for k, other in enumerate(rest):
        out = out + reader.read(app("index", covariance, first, other)) * _isserlis(
            [*rest[:k], *rest[k + 1 :]], mean, covariance, reader
        )
    return out


def _multinomial(law: App, places: list[Term], exponents: list[int], reader: Reader) -> Polynomial:
    """Joint moments from joint factorial moments, falling(n, sum of j) times the product of p[i]^j."""
    from twofold.symbolic.probability.reading import stirling

    known = names(law)
    out = Polynomial()

    def walk(k: int, orders: list[int]) -> None:
        nonlocal out
        if k == len(places):
            part = reader.read(App("falling", (known["n"], num(sum(orders)))))
            for p, e, j in zip(places, exponents, orders, strict=True):
                part = part * Polynomial.constant(stirling(e, j)) * reader.read(app("index", known["p"], p)) ** j
            out = out + part
            return
        for j in range(1, exponents[k] + 1):
            walk(k + 1, [*orders, j])

    walk(0, [])
    return out
