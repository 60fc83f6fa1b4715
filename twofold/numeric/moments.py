"""Expectations of polynomials in one variable from the moments of its law, as terms: no sum and no integral is left.

The moments are this route's own (recurrences and factorial moments, Johnson, Kotz and Kemp, Univariate Discrete Distributions; Johnson, Kotz and
Balakrishnan, Continuous Univariate Distributions), not the closed forms of the declarations, so that the two can be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import comb, factorial, prod
from typing import TYPE_CHECKING

import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.spec import Parameter
from twofold.grammar.term import App, Array, Bound, Num, Symbol, Term, Var, num, subterms
from twofold.numeric.outcomes import NoValue, Undefined

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

HIGHEST = 8
"""Degrees beyond this are left to integration."""
_LONGEST = 400
_FIXED_ENDS = frozenset(("-oo", "0", "1", "oo"))
"""Ends of supports that no parameter moves."""

Coefficients = dict[int, Term]


def average(e: Evaluator, s: Symbol, body: Term) -> Term | None:
    """E[body] over the variable alone, a term in what else stands in it; `None` where the body is no polynomial or the law has no moments here."""
    if not isinstance(s.law, App) or s.law.op not in _MOMENTS or not _admitted(e, s.law):
        return None
    found = coefficients(body, s)
    if found is None or max(found) == 0:
        return None
    moments = _MOMENTS[s.law.op]
    out: Term | None = None
    for k, c in sorted(found.items()):
        part = App("mul", (c, moments(s.law.args, k))) if k else c
        out = part if out is None else App("add", (out, part))
    return out


def coefficients(body: Term, s: Symbol) -> Coefficients | None:
    """The coefficients of a polynomial in a symbol, by power; `None` for anything else."""
    if not _mentions(body, s):
        return {0: body}
    if isinstance(body, Var):
        return {1: num(1)}
    if not isinstance(body, App) or body.shape:
        return None
    if body.op in ("add", "sub", "mul"):
        a, b = (coefficients(x, s) for x in body.args)
        if a is None or b is None:
            return None
        return _times(a, b) if body.op == "mul" else _plus(body.op, a, b)
    if body.op == "log":
        return _logarithm(body.args[0], s)
    if body.op == "neg":
        a = coefficients(body.args[0], s)
        return None if a is None else {k: App("neg", (c,)) for k, c in a.items()}
    if body.op == "div" and not _mentions(body.args[1], s):
        a = coefficients(body.args[0], s)
        return None if a is None else {k: App("div", (c, body.args[1])) for k, c in a.items()}
    if body.op == "pow" and isinstance(body.args[1], Num) and body.args[1].value.denominator == 1:
        a, n = coefficients(body.args[0], s), int(body.args[1].value)
        if a is None or not 1 <= n <= HIGHEST:
            return None
        out: Coefficients | None = a
        for _ in range(n - 1):
            out = None if out is None else _times(out, a)
        return out
    return None


def _logarithm(t: Term, s: Symbol) -> Coefficients | None:
    """log of a constant times exp of a polynomial; where the constant is not positive neither side has a value."""
    found = _exponential_form(t, s)
    if found is None:
        return None
    constant, exponent = found
    return _plus("add", exponent, {0: App("log", (constant,))})


def _exponential_form(t: Term, s: Symbol) -> tuple[Term, Coefficients] | None:
    """A factor free of the symbol, and the exponent, of a term `c exp(polynomial)`."""
    if not _mentions(t, s):
        return t, {0: num(0)}
    if not isinstance(t, App):
        return None
    if t.op in ("pdf", "pmf") and isinstance(t.args[0], App) and isinstance(s.law, App):
        own, other = laws().get(s.law.op), laws().get(t.args[0].op)
        if own is None or other is None or other.atoms or other.kind != "univariate":
            return None
        if own.support != other.support or not set(own.support) <= _FIXED_ENDS:
            return None
        names = {p.name: a for p, a in zip(other.parameters, t.args[0].args, strict=True)}
        return _exponential_form(formula(other.density, {**names, "x": t.args[1]}), s)
    if t.op == "exp":
        exponent = coefficients(t.args[0], s)
        return None if exponent is None else (num(1), exponent)
    if t.op in ("mul", "div"):
        a, b = (_exponential_form(x, s) for x in t.args)
        if a is None or b is None:
            return None
        return App(t.op, (a[0], b[0])), _plus("add" if t.op == "mul" else "sub", a[1], b[1])
    if t.op == "pow" and not _mentions(t.args[0], s):
        power = coefficients(t.args[1], s)
        return None if power is None else (num(1), _scaled(power, App("log", (t.args[0],))))
    if t.op == "pow" and not _mentions(t.args[1], s):
        base = _exponential_form(t.args[0], s)
        return None if base is None else (App("pow", (base[0], t.args[1])), _scaled(base[1], t.args[1]))
    return None


def _scaled(p: Coefficients, c: Term) -> Coefficients:
    return {k: App("mul", (c, x)) for k, x in p.items()}


def degree(t: Term, over: frozenset[Symbol]) -> int | None:
    """The total degree of a polynomial in some variables and their entries; `None` for anything else."""
    if not any(_mentions(t, s) for s in over):
        return 0
    if isinstance(t, Var):
        return 1 if t.symbol.law is None or not any(_mentions(t.symbol.law, s) for s in over) else None
    if isinstance(t, Array):
        return _largest([degree(x, over) for row in t.rows for x in row])
    if isinstance(t, Bound):
        fixed = all(degree(a, over) == 0 for a in t.args)
        return degree(t.body, over) if t.op == "sum" and fixed else None
    if not isinstance(t, App):
        return None
    if t.op in ("add", "sub"):
        return _largest([degree(a, over) for a in t.args])
    if t.op == "mul":
        parts = [degree(a, over) for a in t.args]
        return None if None in parts else sum(p for p in parts if p is not None)
    if t.op in ("neg", "sum", "mean") and len(t.args) == 1:
        return degree(t.args[0], over)
    if t.op in ("index", "div"):
        return degree(t.args[0], over) if all(degree(a, over) == 0 for a in t.args[1:]) else None
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1 and t.args[1].value > 0:
        inner = degree(t.args[0], over)
        return None if inner is None or t.args[0].shape else inner * int(t.args[1].value)
    return None


def _largest(parts: list[int | None]) -> int | None:
    return None if None in parts else max((p for p in parts if p is not None), default=0)


def _mentions(t: Term, s: Symbol) -> bool:
    return any(
        isinstance(u, Var) and (u.symbol is s or (u.symbol.law is not None and _mentions(u.symbol.law, s))) for u in subterms(t)
    )


def _plus(op: str, a: Coefficients, b: Coefficients) -> Coefficients:
    out = dict(a)
    for k, c in b.items():
        out[k] = App(op, (out[k], c)) if k in out else (c if op == "add" else App("neg", (c,)))
    return out


def _times(a: Coefficients, b: Coefficients) -> Coefficients | None:
    out: Coefficients = {}
    for j, x in a.items():
        for k, y in b.items():
            if j + k > HIGHEST:
                return None
            part = y if x == num(1) else x if y == num(1) else App("mul", (x, y))
            out[j + k] = App("add", (out[j + k], part)) if j + k in out else part
    return out if sum(1 for c in out.values() for _ in subterms(c)) <= _LONGEST else None


def _admitted(e: Evaluator, law: App) -> bool:
    """Whether the parameters are certainly possible ones. Those that are random themselves are possible by the laws they have."""
    from twofold.numeric.random_parts import variables

    for p, value in zip(laws()[law.op].parameters, law.args, strict=True):
        if variables(value) and p.domain != "true" and not (p.kind == "real" and _within(value, p)):
            return False
    try:
        return all(_certain(e.value(t)) for t in demands(law))
    except NoValue:
        return False


def demands(law: App) -> Iterator[Term]:
    """What must hold of the parameters of a law that are not random themselves."""
    from twofold.numeric.random_parts import variables

    spec = laws()[law.op]
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    for p, value in zip(spec.parameters, law.args, strict=True):
        if not variables(value):
            yield formula(p.domain, names)
            if p.kind == "integer":
                yield App("eq", (value, App("floor", (value,))), sort="truth")


def refuse_impossible(e: Evaluator, owners: Iterable[Symbol]) -> None:
    """Raises `Undefined` where a parameter of a law is an impossible one: a law that does not exist has no averages, whatever its formulas give."""
    for law in (s.law for s in owners if not s.shape):
        if isinstance(law, App) and law.op in laws() and any(_is_refuted(e, t) for t in demands(law)):
            raise Undefined(f"impossible parameters of {law.op}")


def _is_refuted(e: Evaluator, condition: Term) -> bool:
    """Whether a condition is certainly wrong, at all points where there are several."""
    try:
        truth = e.value(condition)
    except NoValue:
        return False
    return truth is False or (isinstance(truth, (np.ndarray, np.floating, float)) and bool(np.all(truth == 0.0)))


def _certain(truth: object) -> bool:
    """Whether a condition holds, at all points where there are several."""
    return truth is True or (isinstance(truth, (np.ndarray, np.floating, float)) and bool(np.all(truth == 1.0)))


_UNIT = frozenset(("Beta",))
_POSITIVE = _UNIT | frozenset("Gamma Exponential ChiSquared LogNormal InverseGamma Weibull Rayleigh InverseGaussian F".split())


def _within(value: Term, p: Parameter) -> bool:
    """Whether a random parameter is a possible one by the support of its own law."""
    if not (isinstance(value, Var) and isinstance(value.symbol.law, App)):
        return False
    allowed = {f"{p.name} > 0": _POSITIVE, f"0 <= {p.name} and {p.name} <= 1": _UNIT, f"0 < {p.name} and {p.name} <= 1": _UNIT}
    return value.symbol.law.op in allowed.get(p.domain, ())


# --- raw moments ----------------------------------------------------------------------------------------------------------------------

Moments = Callable[[tuple[Term, ...], int], Term]


def _sum(parts: list[Term]) -> Term:
    out = parts[0]
    for p in parts[1:]:
        out = App("add", (out, p))
    return out


def _product(parts: list[Term]) -> Term:
    out = parts[0]
    for p in parts[1:]:
        out = App("mul", (out, p))
    return out


def _power(t: Term, k: int) -> list[Term]:
    return [] if k == 0 else [t] if k == 1 else [App("pow", (t, num(k)))]


def _shifted(t: Term, j: int) -> Term:
    return App("add", (t, num(j))) if j else t


def _around(centre: Term, central: dict[int, list[Term]], k: int) -> Term:
    """Raw moments from central ones: the sum of C(k, j) centre^(k - j) m_j."""
    return _sum([_product([num(comb(k, j)), *_power(centre, k - j), *m]) for j, m in central.items() if j <= k])


def _normal(law: tuple[Term, ...], k: int) -> Term:
    mean, sd = law
    return _around(mean, {j: [num(prod(range(1, j, 2))), *_power(sd, j)] for j in range(0, k + 1, 2)}, k)


def _laplace(law: tuple[Term, ...], k: int) -> Term:
    mean, scale = law
    return _around(mean, {j: [num(factorial(j)), *_power(scale, j)] for j in range(0, k + 1, 2)}, k)


def _gamma(law: tuple[Term, ...], k: int) -> Term:
    shape, rate = law
    return App("div", (_product([_shifted(shape, j) for j in range(k)]), _product(_power(rate, k))))


def _exponential(law: tuple[Term, ...], k: int) -> Term:
    return App("div", (num(factorial(k)), _product(_power(law[0], k))))


def _chi_squared(law: tuple[Term, ...], k: int) -> Term:
    return _product([_shifted(law[0], 2 * j) for j in range(k)])


def _beta(law: tuple[Term, ...], k: int) -> Term:
    a, b = law
    both = App("add", (a, b))
    return _product([App("div", (_shifted(a, j), _shifted(both, j))) for j in range(k)])


def _uniform(law: tuple[Term, ...], k: int) -> Term:
    a, b = law
    return App("div", (_sum([_product([num(1), *_power(a, j), *_power(b, k - j)]) for j in range(k + 1)]), num(k + 1)))


def _from_factorial(of: Callable[[tuple[Term, ...], int], Term]) -> Moments:
    """Raw moments from factorial ones: E[X^k] is the sum of S(k, j) E[X (X - 1) ... (X - j + 1)]."""

    def moment(law: tuple[Term, ...], k: int) -> Term:
        return _sum([App("mul", (num(_blocks(k, j)), of(law, j))) for j in range(1, k + 1)])

    return moment


def _blocks(n: int, k: int) -> int:
    """Partitions of n things into k blocks."""
    return sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1)) // factorial(k)


def _falling(t: Term, k: int) -> Term:
    return _product([App("sub", (t, num(j))) if j else t for j in range(k)])


def _binomial(law: tuple[Term, ...], k: int) -> Term:
    return App("mul", (_falling(law[0], k), _product(_power(law[1], k))))


def _odds(p: Term) -> Term:
    return App("div", (App("sub", (num(1), p)), p))


def _geometric0(law: tuple[Term, ...], k: int) -> Term:
    return _product([num(factorial(k)), *_power(_odds(law[0]), k)])


def _geometric(law: tuple[Term, ...], k: int) -> Term:
    return App("div", (_product([num(factorial(k)), *_power(_odds(law[0]), k - 1)]), law[0]))


def _negative_binomial(law: tuple[Term, ...], k: int) -> Term:
    r, p = law
    return _product([*(_shifted(r, j) for j in range(k)), *_power(_odds(p), k)])


_MOMENTS: dict[str, Moments] = {
    "Normal": _normal,
    "Laplace": _laplace,
    "Gamma": _gamma,
    "Exponential": _exponential,
    "ChiSquared": _chi_squared,
    "Beta": _beta,
    "Uniform": _uniform,
    "Bernoulli": lambda law, k: law[0],
    "Binomial": _from_factorial(_binomial),
    "Poisson": _from_factorial(lambda law, k: _product(_power(law[0], k))),
    "Geometric": _from_factorial(_geometric),
    "Geometric0": _from_factorial(_geometric0),
    "NegativeBinomial": _from_factorial(_negative_binomial),
}
