"""Closed forms of the laws and divergences against facts verified elsewhere, where the shared cases are at hand."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import App, Num, Symbol, Term, var
from twofold.numeric.evaluate import floats
from twofold.symbolic.context import Context
from twofold.symbolic.probability.information import divergence_of, fisher_of
from twofold.symbolic.probability.laws import names

FOLDER = Path(__file__).parents[3] / "shared" / "cases" / "reference"


def rows(name: str) -> list[dict[str, Any]]:
    path = FOLDER / name
    return json.loads(path.read_text())["data"] if path.exists() else []


OURS = {"Chi": "ChiDistribution"}
ORDER = {
    "InverseGamma": ("a", "b"), "LocationScaleT": ("mu", "sigma", "nu"), "Frechet": ("a", "s"), "Weibull": ("k", "lam"), "Gamma": ("a", "b"),
}  # fmt: skip
FIELDS = {
    "mean": "mean",
    "variance": "variance",
    "skewness": "skewness",
    "exkurtosis": "kurtosis",
    "median": "median",
    "mode": "mode",
    "entropy": "entropy",
}
CURVES = {"pdf": ("density", "x"), "cdf": ("cdf", "x"), "quantile": ("quantile", "q"), "mgf": ("mgf", "t")}

UNIVARIATE = [r for r in rows("univariate.json") if OURS.get(r["name"], r["name"]) in laws()]


def reference(text: str, values: dict[str, Any]) -> float:
    made = sp.sympify(
        text,
        locals={k: sp.Symbol(k) for k in values} | {"beta": sp.beta, "gamma": sp.gamma, "zeta": sp.zeta, "S": sp.Symbol("S")},
    )
    return float(sp.N(made.subs({sp.Symbol(k): v for k, v in values.items()}), 20))


def law_at(row: dict[str, Any], point: dict[str, str]) -> App:
    name = OURS.get(row["name"], row["name"])
    order = ORDER.get(row["name"], tuple(row["params"]))
    return App(name, tuple(Num(Fraction(point[p])) for p in order), (), "law")


def ours(law: App, text: str, **more: Term) -> float:
    body = text.partition(" given ")[0]
    return float(floats(formula(body, {**names(law), **more}), [{}])[0])


@pytest.mark.parametrize("row", UNIVARIATE, ids=lambda r: r["name"])
def test_univariate(row: dict[str, Any]) -> None:
    compared = 0
    for point in row["points"]:
        law = law_at(row, point)
        spec = laws()[law.op]
        values = {k: sp.Rational(v) for k, v in point.items()}
        for theirs, key in FIELDS.items():
            declared = spec.closed.get(key)
            if theirs in row and isinstance(declared, str) and isinstance(row[theirs], str):
                assert ours(law, declared) == pytest.approx(reference(row[theirs], values), rel=1e-9, abs=1e-12), theirs
                compared += 1
        for theirs, (key, variable) in CURVES.items():
            declared = spec.density if key == "density" else spec.closed.get(key)
            if theirs not in row or not isinstance(declared, str) or (spec.atoms and key == "density"):
                continue
            for at in _places(variable, row, values):
                wanted = reference(row[theirs], {**values, variable: at})
                assert ours(law, declared, **{variable: Num(Fraction(str(at)))}) == pytest.approx(wanted, rel=1e-9, abs=1e-12), (
                    theirs,
                    at,
                )
                compared += 1
    assert compared >= 4


def _places(variable: str, row: dict[str, Any], values: dict[str, Any]) -> list[Any]:
    if variable == "q":
        return [sp.Rational(1, 5), sp.Rational(7, 10)]
    if variable == "t":
        return [sp.Rational(-1, 20)]
    low, high = (
        sp.sympify(e, locals={k: sp.Symbol(k) for k in values}).subs({sp.Symbol(k): v for k, v in values.items()})
        for e in row["support"]
    )
    low = low if low.is_finite else (sp.Rational(-3, 2) if not high.is_finite else high - 3)
    high = high if high.is_finite else low + 4
    if row["kind"] == "discrete":
        return [low, low + 1] if high > low else [low]
    return [sp.nsimplify(low + (high - low) * f) for f in (sp.Rational(3, 10), sp.Rational(7, 10))]


@pytest.mark.parametrize("row", [r for r in UNIVARIATE if isinstance(r.get("fisher"), list)], ids=lambda r: r["name"])
def test_fisher_information(row: dict[str, Any]) -> None:
    name = OURS.get(row["name"], row["name"])
    order = ORDER.get(row["name"], tuple(row["params"]))
    if row.get("fisher_params", list(order)) != list(order) or name in (
        "LocationScaleT",
        "Zeta",
        "Frechet",
        "GeneralizedPareto",
        "LogitNormal",
    ):
        pytest.skip("never: the information is of a part of the parameters, or an integral without a rule")
    point = {k: Fraction(v) for k, v in row["points"][0].items()}
    symbols = {p: Symbol(p, lower=Num(Fraction(0)), open_lower=True) for p in order}
    law = App(name, tuple(var(symbols[p]) for p in order), (), "law")
    wanted = row["fisher"]
    for i, a in enumerate(order):
        found = fisher_of(Context(), law, var(symbols[a]))
        value = float(floats(found, [{symbols[p]: point[p] for p in order}])[0])
        assert value == pytest.approx(reference(wanted[i][i], {k: sp.Rational(str(v)) for k, v in point.items()}), rel=1e-9), a


@pytest.mark.parametrize(
    "row", [r for r in rows("kl_divergence.json") if r["P"] in laws() and r["Q"] in laws()], ids=lambda r: f"{r['P']}-{r['Q']}"
)
def test_divergences(row: dict[str, Any]) -> None:
    if "p_point" not in row or "Sum" in row["kl"] or row["P"] in ("VonMises", "Gompertz"):
        pytest.skip("never: an infinite sum, an integral without a rule, or laws on differently written arcs")
    p, q = (law_at({"name": row[k], "params": list(row[point])}, row[point]) for k, point in (("P", "p_point"), ("Q", "q_point")))
    found = divergence_of(Context(), p, q)
    assert float(floats(found, [{}])[0]) == pytest.approx(float(row["value"]), rel=1e-9)
