"""Laws as the numeric route knows them: SciPy's distributions through declared parameter maps, own code for the few that SciPy has not.

Closed forms of declarations (means, distribution functions) are never used here, so that they can be compared with these. All in double precision.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, Protocol, TypeAlias

import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.core.registry import resolve
from twofold.grammar.term import App, Bound, Term
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Undefined
from twofold.numeric.valuation import Valuation

Values: TypeAlias = np.ndarray
Curve: TypeAlias = Callable[[np.ndarray], np.ndarray]


class Oracle(Protocol):
    """What is asked of a frozen univariate law; `discrete` says whether `density` is a mass."""

    discrete: bool

    def density(self, x: Values) -> Values: ...
    def cdf(self, x: Values) -> Values: ...
    def quantile(self, q: Values) -> Values: ...
    def support(self) -> tuple[float, float]: ...
    def draw(self, count: int, source: np.random.Generator) -> Values: ...


class Frozen:
    """A frozen distribution of SciPy."""

    def __init__(self, made: Any, discrete: bool) -> None:
        self.made = made
        self.discrete = discrete
        self.rules: dict[int, tuple[Values, Values]] = {}

    def density(self, x: Values) -> Values:
        try:
            return np.asarray(self.made.pmf(x) if self.discrete else self.made.pdf(x))
        except OverflowError:
            return np.exp(self.made.logpmf(x) if self.discrete else self.made.logpdf(x))

    def cdf(self, x: Values) -> Values:
        return np.asarray(self.made.cdf(x))

    def quantile(self, q: Values) -> Values:
        return np.asarray(self.made.ppf(q))

    def support(self) -> tuple[float, float]:
        low, high = self.made.support()
        return float(low), float(high)

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return np.asarray(self.made.rvs(size=count, random_state=source), dtype=float)


class Circular(Frozen):
    """A law on an arc of length 2 pi, which SciPy takes for one on the whole line."""

    def __init__(self, made: Any, low: float, high: float) -> None:
        super().__init__(made, False)
        self.ends = low, high

    def density(self, x: Values) -> Values:
        return np.where((x >= self.ends[0]) & (x <= self.ends[1]), self.made.pdf(x), 0.0)

    def support(self) -> tuple[float, float]:
        return self.ends


class Listed:
    """Finitely many values with their masses."""

    discrete = True

    def __init__(self, values: Sequence[float], masses: Sequence[float]) -> None:
        order = np.argsort(values)
        self.values = np.asarray(values, dtype=float)[order]
        self.masses = np.asarray(masses, dtype=float)[order]
        if np.any(self.masses < -1e-12) or abs(self.masses.sum() - 1) > 1e-9:
            raise Undefined("the probabilities do not add to 1")

    def density(self, x: Values) -> Values:
        return np.sum(np.where(np.asarray(x)[..., None] == self.values, self.masses, 0.0), axis=-1)

    def cdf(self, x: Values) -> Values:
        return np.sum(np.where(self.values <= np.asarray(x)[..., None], self.masses, 0.0), axis=-1)

    def quantile(self, q: Values) -> Values:
        steps = np.cumsum(self.masses)
        return self.values[np.minimum(np.searchsorted(steps, np.asarray(q) - 1e-12), len(self.values) - 1)]

    def support(self) -> tuple[float, float]:
        return float(self.values[0]), float(self.values[-1])

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return source.choice(self.values, size=count, p=self.masses / self.masses.sum())


class Kumaraswamy:
    """Inverted by hand: SciPy has no such law."""

    discrete = False

    def __init__(self, a: float, b: float) -> None:
        self.a, self.b = a, b

    def density(self, x: Values) -> Values:
        inside = (x > 0) & (x < 1)
        y = np.where(inside, x, 0.5)
        return np.where(inside, self.a * self.b * y ** (self.a - 1) * (1 - y**self.a) ** (self.b - 1), 0.0)

    def cdf(self, x: Values) -> Values:
        return 1 - (1 - np.clip(x, 0, 1) ** self.a) ** self.b

    def quantile(self, q: Values) -> Values:
        return (1 - (1 - np.asarray(q)) ** (1 / self.b)) ** (1 / self.a)

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return self.quantile(source.random(count))


class LogitNormal:
    """A normal variable taken to (0, 1): SciPy has no such law."""

    discrete = False

    def __init__(self, mu: float, sigma: float) -> None:
        from scipy.special import ndtr, ndtri

        self.mu, self.sigma = mu, sigma
        self.below, self.inverse = ndtr, ndtri

    def density(self, x: Values) -> Values:
        inside = (x > 0) & (x < 1)
        y = np.where(inside, x, 0.5)
        z = (np.log(y) - np.log1p(-y) - self.mu) / self.sigma
        return np.where(inside, np.exp(-z * z / 2) / (self.sigma * np.sqrt(2 * np.pi) * y * (1 - y)), 0.0)

    def cdf(self, x: Values) -> Values:
        y = np.clip(x, 0, 1)
        with np.errstate(all="ignore"):
            return np.asarray(self.below((np.log(y) - np.log1p(-y) - self.mu) / self.sigma))

    def quantile(self, q: Values) -> Values:
        return np.asarray(1 / (1 + np.exp(-(self.mu + self.sigma * self.inverse(q)))))

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return self.quantile(source.random(count))


class Tabulated:
    """A law given by an unnormalised density, tabulated on a fine grid of a transformed line and normalised there."""

    discrete = False
    _CELLS = 20_000

    def __init__(self, density: Any, low: float, high: float) -> None:
        self.low, self.high = low, high
        # Cells are mapped from the open unit interval so that infinite ends are reached.
        edges = np.linspace(0.0, 1.0, self._CELLS + 1)
        middle = (edges[1:] + edges[:-1]) / 2
        x, slope = self._map(middle)
        with np.errstate(all="ignore"):
            raw = np.nan_to_num(np.asarray(density(x), dtype=float), nan=0.0, posinf=0.0)
        if np.any(raw < 0):
            raise Undefined("the density is negative somewhere")
        weights = raw * slope / self._CELLS
        self.constant = float(weights.sum())
        if not 0 < self.constant < np.inf:
            raise Undefined("the density has no positive finite integral")
        self.raw = density
        self.edges = self._map(np.clip(edges, 1e-12, 1 - 1e-12))[0]
        self.steps = np.concatenate([[0.0], np.cumsum(weights) / self.constant])
        from twofold.numeric.nodes import mass

        self.constant *= mass(self)

    def _map(self, u: Values) -> tuple[Values, Values]:
        """Points of the support and the derivative of the map."""
        low, high = self.low, self.high
        if np.isfinite(low) and np.isfinite(high):
            return low + (high - low) * u, np.full_like(u, high - low)
        if np.isfinite(low):
            return low + u / (1 - u), 1 / (1 - u) ** 2
        if np.isfinite(high):
            return high - (1 - u) / u, 1 / u**2
        return np.tan(np.pi * (u - 0.5)), np.pi / np.cos(np.pi * (u - 0.5)) ** 2

    def density(self, x: Values) -> Values:
        inside = (x >= self.low) & (x <= self.high)
        with np.errstate(all="ignore"):
            return np.where(inside, np.nan_to_num(self.raw(x)), 0.0) / self.constant

    def cdf(self, x: Values) -> Values:
        return np.interp(x, self.edges, self.steps)

    def quantile(self, q: Values) -> Values:
        return np.interp(q, self.steps, self.edges)

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def draw(self, count: int, source: np.random.Generator) -> Values:
        return self.quantile(source.random(count))


def oracle(law: Term, valuation: Valuation) -> Oracle:
    """A frozen law under values for its free names. Raises `Undefined` for impossible parameters, `CannotEvaluate` for unknown laws."""
    from twofold.numeric.batches import exact
    from twofold.numeric.doubles import Doubles
    from twofold.numeric.evaluator import WORK, Evaluator, Work

    arithmetic = Doubles("real")
    held = {s: exact(arithmetic, v) for s, v in valuation.items()}

    def curve(own: Bound) -> Curve:
        def density(x: Values) -> Values:
            with np.errstate(all="ignore"):
                made = Evaluator(arithmetic, {**held, own.symbols[0]: x}, Work(WORK)).value(own.body)
            return np.broadcast_to(made, np.shape(x))

        return density

    return freeze(law, lambda t: _number(t, valuation), curve)


def freeze(law: Term, number: Callable[[Term], Any], curve: Callable[[Bound], Curve]) -> Oracle:
    """A frozen law whose parameters are evaluated by `number` and whose density, where it is written out, by `curve`."""
    assert isinstance(law, App)
    if law.op == "density":
        own, low, high = law.args
        assert isinstance(own, Bound)
        return Tabulated(curve(own), float(number(low)), float(number(high)))
    spec = laws().get(law.op)
    if spec is None or spec.kind != "univariate":
        raise CannotEvaluate(f"no oracle for the law {law.op}")
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    if spec.name == "Kumaraswamy":
        return Kumaraswamy(float(number(law.args[0])), float(number(law.args[1])))
    if spec.name == "LogitNormal":
        return LogitNormal(float(number(law.args[0])), float(number(law.args[1])))
    if spec.atoms:
        values, masses = (number(formula(text, names)) for text in (spec.atoms, spec.density))
        return Listed(np.atleast_1d(values).tolist(), np.atleast_1d(masses).tolist())
    if spec.name == "Categorical":
        masses = np.atleast_1d(number(law.args[0]))
        return Listed(list(range(1, len(masses) + 1)), masses.tolist())
    if spec.oracle is None:
        raise CannotEvaluate(f"no oracle for the law {law.op}")
    dotted, mapping = spec.oracle
    arguments = {k: float(number(formula(text, names))) for k, text in mapping.items()}
    if spec.discrete:
        arguments = {k: int(v) if v == int(v) else v for k, v in arguments.items() if np.isfinite(v)}
    if not np.all(np.isfinite(list(arguments.values()))):
        raise Undefined(f"impossible parameters of {law.op}")
    if spec.name == "VonMises":
        circular = distribution(dotted)(**arguments)
        if np.isnan(circular.cdf(0.0)):
            raise Undefined(f"impossible parameters of {law.op}")
        return Circular(circular, *(float(number(formula(text, names))) for text in spec.support))
    made = _frozen(dotted, tuple(arguments.items()), spec.discrete)
    if made is None:
        raise Undefined(f"impossible parameters of {law.op}")
    return made


@lru_cache(maxsize=512)
def _frozen(dotted: str, arguments: tuple[tuple[str, float], ...], discrete: bool) -> Frozen | None:
    """A frozen law, kept with the rules that were made for it; `None` for impossible parameters."""
    made = distribution(dotted)(**dict(arguments))
    return None if np.isnan(made.cdf(0.0)) else Frozen(made, discrete)


@cache
def distribution(dotted: str) -> Any:
    """A family of SciPy by its dotted name."""
    return resolve(dotted)


def _number(term: Term, valuation: Valuation) -> Any:
    value = floats(term, [valuation])[0]
    if np.any(np.isnan(np.asarray(value, dtype=float))):
        raise Undefined("a parameter has no value")
    return value


def sample(law: Term, count: int, seed: int, valuation: Valuation | None = None) -> Values:
    """Draws from a law, the same for the same seed: shape `(count,)`, or `(count, size)` for a vector law."""
    assert isinstance(law, App)
    source = np.random.default_rng(seed)
    spec = laws().get(law.op)
    if spec is not None and spec.kind == "vector":
        assert spec.oracle is not None
        names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
        arguments = {k: _number(formula(text, names), valuation or {}) for k, text in spec.oracle[1].items()}
        made = distribution(spec.oracle[0])(**arguments)
        return np.asarray(made.rvs(size=count, random_state=source), dtype=float).reshape(count, -1)
    return oracle(law, valuation or {}).draw(count, source)
