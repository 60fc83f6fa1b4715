"""Independent checks of estimates: a direct search for the largest likelihood, by the oracle of the law, started elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.environment import involved
from twofold.grammar.term import App, Array, Const, Symbol, Term, Var, free_symbols, num, substitute
from twofold.numeric.doubles import Doubles
from twofold.numeric.evaluate import floats
from twofold.numeric.evaluator import WORK, Evaluator, Work
from twofold.numeric.laws import Oracle
from twofold.numeric.likelihoods import log_likelihood, maximise
from twofold.numeric.nodes import average
from twofold.numeric.outcomes import NoValue
from twofold.numeric.random_parts import oracle_of
from twofold.numeric.valuation import Valuation, draw
from twofold.symbolic.context import Context
from twofold.symbolic.inference.observations import Observations, observations

_SIZE = 9
_SECONDS = 60.0
"""The clock behind a whole search, which the budget of the statement stops sooner."""
_INDEPENDENT = "the score equations"
_METHOD = "direct search for the largest likelihood"


def maximum(question: Term, answer: Term, context: Context) -> Check | None:
    """Maximum likelihood: the estimates at simulated (or the given) data against a search that knows no derivatives."""
    assert isinstance(question, App)
    seen = observations(question.args[0], question.args[1:], question.span)
    rows = list(answer.args) if isinstance(answer, App) and answer.op == "tuple" else [answer]
    equations = [r for r in rows if isinstance(r, App) and r.op == "eq"]
    try:
        point, data, values = _situation(seen, context)
    except NoValue as reason:
        return Check(_METHOD, None, note=f"no data could be simulated: {reason}")
    arithmetic = Doubles("real")
    held = {s: v if isinstance(v, tuple) else np.float64(float(v)) for s, v in values.items()}
    evaluator = Evaluator(arithmetic, held, Work(10_000 * WORK, _SECONDS))
    law, index = _with_index(seen)
    try:
        best, top = maximise(evaluator, law, index, data, {s: float(point[s]) for s in seen.unknown})
    except NoValue as reason:
        return Check(_METHOD, None, note=f"the search failed: {reason}")
    return _compared(equations, best, top, seen, values, data, evaluator, law, index)


def _with_index(seen: Observations) -> tuple[Term, Symbol | None]:
    moving = any(s is seen.place for a in getattr(seen.law, "args", ()) for s in free_symbols(a))
    return seen.law, seen.place if moving else None


def _situation(seen: Observations, context: Context) -> tuple[Valuation, list[float], Valuation]:
    """True parameters, observations, and values for every name of the answer."""
    explicit = next((v for v in seen.meaning.values() if isinstance(v, Array)), None)
    size = len(explicit.rows[0]) if explicit is not None else _SIZE
    meant = dict(seen.meaning.items())
    names = [s for s in involved([seen.law]) if s.law is None and s is not seen.place]
    lengths = [s for t in (seen.size, *meant.values()) for s in _lengths(t)]
    fixed: Valuation = dict.fromkeys(lengths, size)
    points = draw([s for s in names if s not in fixed and not s.shape], _facts(seen, context), context.seed, 8)
    rng = np.random.default_rng(context.seed)
    for candidate in points:
        values: Valuation = {**fixed, **candidate}
        for s in names:
            if s.shape:
                values[s] = tuple(_fraction(x) for x in rng.normal(0, 2, size))
        if explicit is not None:
            try:
                data = [float(v) for v in np.asarray(floats(explicit, [values])[0], dtype=float)]
            except NoValue:
                continue
            return candidate, data, {**values, **_observed(seen, data)}
        try:
            data = _simulated(seen, values, size, rng)
        except NoValue:
            continue
        if len(set(data)) > 1:
            return candidate, data, {**values, **_observed(seen, data)}
    raise NoValue("no admissible parameters were found")


def _lengths(t: Term) -> Iterable[Symbol]:
    if isinstance(t, Var) and not t.shape:
        yield t.symbol
    for d in t.shape:
        if isinstance(d, Term):
            yield from free_symbols(d)


def _facts(seen: Observations, context: Context) -> tuple[Term, ...]:
    from twofold.catalogue.index import laws
    from twofold.catalogue.resolve import formula

    spec = laws().get(seen.law.op) if isinstance(seen.law, App) else None
    if spec is None or any(s is seen.place for s in involved([seen.law])):
        return context.assumptions
    known = {p.name: a for p, a in zip(spec.parameters, seen.law.args, strict=True)}  # type: ignore[attr-defined]
    return (*context.assumptions, *(formula(p.domain, known) for p in spec.parameters if p.domain != "true"))


def _simulated(seen: Observations, values: Valuation, size: int, rng: np.random.Generator) -> list[float]:
    held = {
        s: tuple(np.float64(float(x)) for x in v) if isinstance(v, tuple) else np.float64(float(v)) for s, v in values.items()
    }
    evaluator = Evaluator(Doubles("real"), held, Work(WORK, _SECONDS))
    law, index = _with_index(seen)
    if index is None:
        return [float(v) for v in _oracle(evaluator, law).draw(size, rng)]
    return [float(_oracle(evaluator, substitute(law, {index: num(k)})).draw(1, rng)[0]) for k in range(1, size + 1)]


def _oracle(evaluator: Evaluator, law: Term) -> Oracle:
    return oracle_of(evaluator, law)


def _observed(seen: Observations, data: list[float]) -> Valuation:
    """The observations as the value of the stand-in and of the sample's own name."""
    exact = tuple(map(_fraction, data))
    out: Valuation = {}
    for stand, meant in seen.meaning.items():
        if stand.shape:
            out[stand] = exact
            if isinstance(meant, Var):
                out[meant.symbol] = exact
        else:
            out[stand] = len(data)
    return out


def _fraction(x: float) -> Any:
    from fractions import Fraction

    return Fraction(x)


def _compared(
    equations: list[App], best: dict[Symbol, float], top: float, seen: Observations, values: Valuation, data: list[float], evaluator: Evaluator,
    law: Term, index: Symbol | None,
) -> Check:  # fmt: skip
    """Closed estimates must reach the largest likelihood found; equations that are left must hold at the search's optimum."""
    found: dict[Symbol, float] = {}
    residuals: list[float] = []
    known = {**values, **{s: _fraction(v) for s, v in best.items()}}
    try:
        for equation in equations:
            left, right = equation.args
            name = left.symbol.name if isinstance(left, Var) else left.name if isinstance(left, Const) else ""
            parameter = next((s for s in best if s.name == name), None)
            if parameter is not None:
                found[parameter] = float(floats(right, [known])[0])
            else:
                residuals.append(_relative_residual(left, known, best))
    except NoValue as reason:
        return Check(_METHOD, None, note=f"the estimate could not be evaluated: {reason}")
    point = {**best, **found}
    try:
        reached = log_likelihood(evaluator.inner({s: np.float64(v) for s, v in point.items()}), law, index, data)
    except NoValue as reason:
        return Check(_METHOD, None, note=f"the likelihood could not be evaluated at the estimate: {reason}")
    scale = max(1.0, abs(top))
    short = (top - reached) / scale
    if not np.isfinite(reached) and not np.isfinite(top):
        return Check(_METHOD, None, note="the likelihood has no value at the simulated data")
    if short > 1e-7:
        return Check(
            _METHOD,
            False,
            None,
            _INDEPENDENT,
            f"the log-likelihood is {reached:.10g} at the estimate and {top:.10g} at {_shown(best)}",
        )
    if any(r > 1e-4 for r in residuals):
        return Check(_METHOD, None, note="the equation that is left could not be confirmed at the optimum found")
    gap = max((abs(v - best[s]) / max(1e-6, abs(best[s])) for s, v in found.items()), default=0.0)
    digits = 8 if gap < 1e-6 else 4
    return Check(_METHOD, True, digits, _INDEPENDENT)


def _relative_residual(left: Term, known: Valuation, best: dict[Symbol, float]) -> float:
    """How far an equation is from holding, against its change when a parameter moves by a thousandth."""
    here = abs(float(floats(left, [known])[0]))
    moved = 0.0
    for s, v in best.items():
        for sign in (-1, 1):
            there = {**known, s: _fraction(v + sign * 1e-3 * max(abs(v), 1e-3))}
            moved = max(moved, abs(float(floats(left, [there])[0])))
    return here / moved * 1e-3 if moved else 1.0


def _shown(best: dict[Symbol, float]) -> str:
    return ", ".join(f"{s.name} = {v:.8g}" for s, v in best.items())


def matched(question: Term, answer: Term, context: Context) -> Check | None:
    """Moments: the oracle of the law at the estimates must have the mean and the variance of the data."""
    assert isinstance(question, App)
    seen = observations(question.args[0], question.args[1:], question.span)
    method = "moments of the law at the estimates"
    rows = list(answer.args) if isinstance(answer, App) and answer.op == "tuple" else [answer]
    try:
        _, data, values = _situation(seen, context)
        names = {s.name: s for s in seen.unknown}
        found: Valuation = {}
        for r in rows:
            assert isinstance(r, App)
            left = r.args[0]
            name = left.symbol.name if isinstance(left, Var) else getattr(left, "name", "")
            found[names[name]] = _fraction(float(floats(r.args[1], [values])[0]))
        held = {s: _held(v) for s, v in {**values, **found}.items()}
        law = oracle_of(Evaluator(Doubles("real"), held, Work(100 * WORK, _SECONDS)), seen.law)
        mean = float(average(law, lambda x: x))
        spread = float(average(law, lambda x: (x - mean) ** 2))
    except NoValue as reason:
        return Check(method, None, note=f"it could not be evaluated: {reason}")
    errors = [abs(mean - np.mean(data)) / max(1e-9, abs(mean))]
    if len(rows) > 1:
        errors.append(abs(spread - np.var(data)) / spread)
    elif errors[0] > 1e-8:
        square = spread + mean**2
        errors = [min(errors[0], abs(square - np.mean(np.square(data))) / square)]
    return _outcome(method, [float(x) for x in errors], f"the law has mean {mean:.10g}, the data {np.mean(data):.10g}")


# --- posteriors ---

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
_RATIO = "prior times likelihood against the posterior, by the oracles of the laws"


def posterior(question: Term, answer: Term, context: Context) -> Check | None:
    """A posterior: at five of its quantiles, prior times likelihood must be the same multiple of its density."""
    assert isinstance(question, App) and isinstance(question.args[0], Var)
    theta = question.args[0].symbol
    facts = [f for f in question.args[1:] if getattr(f, "name", "") != "missing"]
    whole = {f.symbol for f in facts if isinstance(f, Var)}
    symbols = [s for s in involved([answer, *facts, *_laws(theta, facts)]) if s.law is None or s in whole]
    spreads: list[float] = []
    for values in draw(symbols, context.assumptions, context.seed, 6) if symbols else [{}]:
        try:
            spreads.append(_spread(theta, facts, answer, values))
        except NoValue:
            continue
    if not spreads:
        return Check(_RATIO, None, note="no admissible values were found")
    worst = max(spreads)
    if worst < 1e-6:
        return Check(_RATIO, True, int(min(15, -np.log10(max(worst, 1e-15)))), "the algebra of kernels")
    if min(spreads) > 1e-3:
        return Check(
            _RATIO, False, None, "the algebra of kernels", f"the ratio varies by a factor {1 + min(spreads):.4g} or more"
        )
    return Check(_RATIO, None, note=f"{sum(x < 1e-6 for x in spreads)} of {len(spreads)} points agree")


def _laws(theta: Symbol, facts: list[Term]) -> list[Term]:
    out = [theta.law] if theta.law is not None else []
    for f in facts:
        out += [s.law for s in free_symbols(f) if s.law is not None]
    return out


def _spread(theta: Symbol, facts: list[Term], answer: Term, values: Valuation) -> float:
    """How much the ratio of both densities varies over the quantiles, relatively."""
    held = {s: _held(v) for s, v in values.items()}
    evaluator = Evaluator(Doubles("real"), held, Work(100 * WORK, _SECONDS))
    law = oracle_of(evaluator, answer)
    assert theta.law is not None
    prior = oracle_of(evaluator, theta.law)
    points = (
        np.unique(law.quantile(np.array(_LEVELS))) if not law.discrete else np.unique(law.quantile(np.array((0.2, 0.5, 0.8))))
    )
    logs = []
    for t in points:
        at = evaluator.inner({theta: np.float64(t)})
        total = float(np.log(prior.density(np.array([t])))[0])
        for f in facts:
            v, x = _observation(f, at)
            total += log_likelihood(at, v.law, v.index, x) if v.law is not None else 0.0
        logs.append(total - float(np.log(law.density(np.array([t])))[0]))
    found = np.array(logs)
    if not np.all(np.isfinite(found)):
        raise NoValue("a density vanishes at a quantile")
    return float(np.max(np.abs(np.expm1(found - found[0]))))


def _held(value: Any) -> Any:
    return tuple(np.float64(float(x)) for x in value) if isinstance(value, tuple) else np.float64(float(value))


def _observation(f: Term, at: Evaluator) -> tuple[Symbol, list[float]]:
    """A variable with its observed values."""
    if isinstance(f, Var):
        return f.symbol, [float(v) for v in at.value(f)]
    assert isinstance(f, App)
    for a, b in (f.args, f.args[::-1]):
        if isinstance(a, Var) and a.symbol.law is not None:
            found = at.value(b)
            return a.symbol, [float(v) for v in found] if isinstance(found, tuple) else [float(found)]
    raise NoValue("not an observation")


# --- tests and intervals ---

_SCIPY = "SciPy's own test"


def test(question: Term, answer: Term, context: Context) -> Check | None:
    """A test against SciPy's, where the data are numbers."""
    assert isinstance(question, App) and isinstance(answer, App)
    try:
        args = [_plain(a) for a in question.args]
        wanted = _by_scipy(question.op, args)
        found = {
            r.args[0].name: float(floats(r.args[1], [{}])[0])
            for r in answer.args
            if isinstance(r, App) and isinstance(r.args[0], Const)
        }
    except (NoValue, ValueError) as reason:
        return Check(_SCIPY, None, note=f"no numbers to compare: {reason}")
    if wanted is None:
        return None
    errors = [abs(found[k] - v) / max(abs(v), 1e-12) for k, v in wanted.items() if np.isfinite(v)]
    return _outcome(_SCIPY, errors, f"SciPy finds {wanted}")


def _outcome(method: str, errors: list[float], note: str) -> Check:
    if not errors:
        return Check(method, None, note="no numbers to compare")
    worst = max(errors)
    if worst < 1e-8:
        return Check(method, True, int(min(15, -np.log10(max(worst, 1e-15)))), "the exact route")
    return Check(method, False if worst > 1e-5 else None, None, "the exact route", note)


def _plain(a: Term) -> Any:
    if isinstance(a, Const) and a.sort == "text" or getattr(a, "name", "") == "missing":
        return getattr(a, "name", "")
    if involved([a]):
        raise ValueError("there are free names")
    return np.asarray(floats(a, [{}])[0], dtype=float)


def _by_scipy(op: str, args: list[Any]) -> dict[str, float] | None:
    from scipy import stats

    def at(k: int, other: Any = None) -> Any:
        return other if len(args) <= k or (isinstance(args[k], str) and args[k] == "missing") else args[k]

    if op == "t_test":
        x, y, kind, mean = args[0], at(1), at(2, ""), at(3, 0.0)
        if y is None:
            out = stats.ttest_1samp(x, mean)
        elif kind == "paired":
            out = stats.ttest_1samp(x - y, mean)
        else:
            out = stats.ttest_ind(x - mean, y, equal_var=kind == "pooled")
        return {"t": float(out.statistic), "df": float(out.df), "p": float(out.pvalue)}
    if op == "z_test":
        x, mean, sd = args[0], at(1, 0.0), at(2)
        z = (x.mean() - mean) / sd * np.sqrt(len(x))
        return {"z": float(z), "p": float(2 * stats.norm.sf(abs(z)))}
    if op == "proportion_test":
        k, n, p = args
        z = (k - n * p) / np.sqrt(n * p * (1 - p))
        return {"z": float(z), "p": float(2 * stats.norm.sf(abs(z)))}
    if op == "chi2_test":
        if args[0].ndim == 2:
            out = stats.chi2_contingency(args[0], correction=False)
            return {"chi2": float(out.statistic), "df": float(out.dof), "p": float(out.pvalue)}
        out = stats.chisquare(args[0], at(1))
        return {"chi2": float(out.statistic), "p": float(out.pvalue)}
    if op == "f_test":
        x, y = args
        f = x.var(ddof=1) / y.var(ddof=1)
        law = stats.f(len(x) - 1, len(y) - 1)
        return {"f": float(f), "p": float(2 * min(law.cdf(f), law.sf(f)))}
    return None


def interval(question: Term, answer: Term, context: Context) -> Check | None:
    """A confidence interval against SciPy's."""
    from scipy import stats

    assert isinstance(question, App) and isinstance(answer, App)
    try:
        args = [_plain(a) for a in question.args]
        ends = [float(floats(e, [{}])[0]) for e in answer.args]
    except (NoValue, ValueError) as reason:
        return Check("SciPy's interval", None, note=f"no numbers to compare: {reason}")
    x = args[0]
    level = args[1] if len(args) > 1 and not isinstance(args[1], str) else 0.95
    error = (args[2] if len(args) > 2 else x.std(ddof=1)) / np.sqrt(len(x))
    law = stats.norm() if len(args) > 2 else stats.t(len(x) - 1)
    low, high = (x.mean() + sign * float(law.ppf((1 + level) / 2)) * error for sign in (-1, 1))
    errors = [abs(a - b) / max(abs(b), error, 1e-12) for a, b in zip(ends, (low, high), strict=True)]
    return _outcome("SciPy's interval", [float(v) for v in errors], f"SciPy finds {low:.12g} to {high:.12g}")
