"""Known expectations of functions of one random variable: powers, logarithms, exponentials and their products.

Everything here is a theorem about a declared law; conditions under which the expectation exists come with the value. Products of powers and
exponentials of sufficient statistics are ratios of normalisers of an exponential family, and factors `T(x)` derivatives of such ratios.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb

from twofold.catalogue.resolve import formula
from twofold.catalogue.spec import Absent
from twofold.grammar.term import App, Const, Symbol, Term, num, replaced, substitute, var
from twofold.symbolic.derivative import NotDifferentiable, derivative
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.independence import is_random, variables
from twofold.symbolic.probability.laws import Known, closed, has_listed_parameters, listed, names, spec_of
from twofold.symbolic.probability.polynomial import Monomial, Polynomial, real_valued
from twofold.symbolic.probability.reading import Reader, stirling

_LARGEST_ORDER = 12
_LARGEST_DERIVATIVE = 4
"""Of a moment generating function: higher ones of quotients grow too long to be of use."""
_SHAPES = ("mean", "variance", "skewness", "kurtosis")


class DoesNotExist(Exception):
    """The expectation of this product does not exist (or is infinite)."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


def expectation(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """The expectation of a product of factors that depend on `v` alone among what is random; `None` where no rule gives it."""
    exponents = dict(m)
    if set(exponents) == {v}:
        found = raw(law, exponents[v], reader)
        if found is not None:
            return found
    wider = _wider(law)
    for rule in (_real_power, _special, _generating, _listed, _exponential_family):
        for member in (law, wider) if rule is _exponential_family else (law,):
            try:
                found = rule(v, member, m, reader) if member is not None else None
            except NotDifferentiable:
                continue
            if found is not None:
                return found
    return None


def _wider(law: Term) -> Term | None:
    """The same law as a member of a family with more statistics."""
    assert isinstance(law, App)
    if law.op == "Uniform" and law.args == (num(0), num(1)):
        return App("Beta", (num(1), num(1)), (), "law")
    if law.op == "Exponential":
        return App("Gamma", (num(1), law.args[0]), (), "law")
    if law.op == "ChiSquared":
        return App("Gamma", (App("div", (law.args[0], num(2))), App("div", (num(1), num(2)))), (), "law")
    return None


def value(known: Known | Absent | None, reader: Reader) -> Polynomial | None:
    """A closed form as a polynomial, its condition decided or required. Raises `DoesNotExist`."""
    if isinstance(known, Absent):
        if not known.exists:
            raise DoesNotExist(known.reason)
        return None
    if known is None:
        return None
    if known.condition is not None and not _holds(known.condition, reader):
        return None
    return reader.read(known.value)


def _holds(condition: Term, reader: Reader) -> bool:
    """Whether a condition of existence may be used: known, or required of the parameters. Raises `DoesNotExist`."""
    decided = signs.decide(condition, reader.context)
    if decided is False:
        raise DoesNotExist
    if decided is None:
        if is_random(condition):
            return False
        reader.context.require(condition)
    return True


def raw(law: Term, k: int, reader: Reader) -> Polynomial | None:
    """E X^k."""
    if k == 0:
        return Polynomial.constant(1)
    if has_listed_parameters(law):
        return None
    if k == -1:
        found = value(closed(law, "inverse_moment"), reader)
        if found is not None:
            return found
    order = num(k)
    if k == 1:
        found = value(closed(law, "mean"), reader)
        if found is not None:
            return found
    known = closed(law, "moment", k=order)
    if known is not None and not (isinstance(known, Absent) and known.exists):
        if k > 0 or _whole_line(law) is False:
            return value(known, reader)
        return None
    if k < 0:
        return None
    known = closed(law, "factorial_moment", k=order)
    if isinstance(known, Known) and k <= _LARGEST_ORDER:
        out = Polynomial()
        for j in range(1, k + 1):
            part = value(closed(law, "factorial_moment", k=num(j)), reader)
            if part is None:
                return None
            out = out + Polynomial.constant(stirling(k, j)) * part
        return out
    if k <= 4:
        return _from_shape(law, k, reader)
    return None


def _whole_line(law: Term) -> bool:
    """Whether the support goes below zero or reaches it with positive mass, where negative powers have no formula of their own."""
    spec = spec_of(law)
    return spec is None or spec.support[0] not in ("0", "scale") or spec.discrete


def _from_shape(law: Term, k: int, reader: Reader) -> Polynomial | None:
    """Raw moments from mean, variance, skewness and kurtosis."""
    parts: list[Polynomial] = []
    for key in _SHAPES[:k]:
        found = value(closed(law, key), reader)
        if found is None:
            return None
        parts.append(found)
    mean, variance = parts[0], parts[1]
    central = [Polynomial.constant(1), Polynomial(), variance]
    if k >= 3:
        sd = reader.root(variance, Fraction(1, 2))
        central.append(parts[2] * sd**3)
    if k >= 4:
        central.append((parts[3] + Polynomial.constant(3)) * variance**2)
    out = Polynomial()
    for j in range(k + 1):
        out = out + Polynomial.constant(comb(k, j)) * central[j] * mean ** (k - j)
    return out


def _real_power(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """E X^k for a k that is not a whole number, where X is positive and the declared moment holds for all real k."""
    spec = spec_of(law)
    if spec is None or spec.discrete or not signs.positive(v, reader.context):
        return None
    text = spec.closed.get("moment", "")
    if not isinstance(text, str) or not text or "sum(" in text or "(-1)^k" in text:
        return None
    k = Polynomial()
    for f, e in m:
        if f == v:
            k = k + Polynomial.constant(e)
        elif isinstance(f, App) and f.op == "pow" and f.args[0] == v and not is_random(f.args[1]):
            k = k + reader.read(f.args[1]) * Polynomial.constant(e)
        else:
            return None
    return value(closed(law, "moment", k=k.term(sort=True)), reader)


def _special(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """Declared expectations: `log_moment`, `inverse_moment` and the entries written `E[g(x)]`."""
    spec = spec_of(law)
    if spec is None:
        return None
    if m == ((App("log", (v,)), 1),):
        return value(closed(law, "log_moment"), reader)
    for key in spec.closed:
        if key.startswith("E["):
            target = reader.read(formula(key[2:-1], {**names(law), "x": v})).single()
            if target is not None and target[0] == m:
                found = value(closed(law, key), reader)
                return found * Polynomial.constant(1 / target[1]) if found is not None else None
    return None


def _generating(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """E X^k exp(t X) from the moment generating function, with t free of v."""
    power, slope = 0, Polynomial()
    for f, e in m:
        if f == v and e > 0:
            power = e
        elif (t := _slope(f, v, reader)) is not None:
            slope = slope + t * Polynomial.constant(e)
        else:
            return None
    if not slope or power > _LARGEST_DERIVATIVE:
        return None
    t = slope.term(sort=True)
    if not real_valued(t):
        turned = (slope * Polynomial.factor(Const("im"), -1)).term(sort=True)
        return value(closed(law, "cf", t=turned), reader) if power == 0 and real_valued(turned) else None
    known = closed(law, "mgf", t=t)
    if not isinstance(known, Known):
        return None
    if power == 0:
        return value(known, reader)
    if known.condition is not None and not _holds(known.condition, reader):
        return None
    at = Symbol("t")
    function = closed(law, "mgf", t=var(at))
    assert isinstance(function, Known)
    body = function.value
    if isinstance(body, App) and body.op == "piecewise":
        return None
    for _ in range(power):
        body = derivative(body, at)
    return reader.read(substitute(body, {at: t}))


def _slope(f: Term, v: Term, reader: Reader) -> Polynomial | None:
    """t where a factor is exp(t v)."""
    if isinstance(f, App) and f.op == "exp":
        inside = reader.read(f.args[0])
    elif isinstance(f, App) and f.op == "pow" and not variables(f.args[0]) and signs.positive(f.args[0], reader.context):
        inside = reader.read(f.args[1]) * reader.read(App("log", (f.args[0],)))
    else:
        return None
    out = Polynomial()
    for m, c in inside.terms.items():
        exponents = dict(m)
        if exponents.pop(v, 0) != 1 or any(v in variables(g) for g in exponents):
            return None
        out = out + Polynomial({tuple(x for x in m if x[0] != v): c})
    return out


def _listed(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """The sum over a support of few known values."""
    values = listed(law)
    if values is None:
        return None
    body = Polynomial({m: Fraction(1)}).term()
    out = Polynomial()
    for x, mass in values:
        weight = reader.read(mass)
        if weight:
            out = out + reader.read(_at(body, v, x)) * weight
    return out


def _at(body: Term, v: Term, x: Term) -> Term:
    from twofold.grammar.term import Var

    if isinstance(v, Var):
        return substitute(body, {v.symbol: x})
    return replaced(body, v, x)


def _exponential_family(v: Term, law: Term, m: Monomial, reader: Reader) -> Polynomial | None:
    """E of exp(sum of s_i T_i(X)) times a product of T_j(X), as derivatives of the normaliser in natural coordinates."""
    spec = spec_of(law)
    if spec is None or not spec.natural or not all(real_valued(f) for f, _ in m):
        return None
    wanted = [f"natural{i}" for i in range(1, len(spec.natural) + 1)]
    inverse = next((o for o in spec.others if all(w in o.get("", "").split() for w in wanted)), None)
    if inverse is None:
        return None
    statistics: list[Monomial] = []
    for _, text in spec.natural:
        single = reader.read(formula(text, {"x": v})).single()
        if single is None or single[1] != 1:
            return None
        statistics.append(single[0])
    shifts = [Polynomial() for _ in statistics]
    orders = [0 for _ in statistics]
    for f, e in m:
        if not _tilt(f, e, v, statistics, shifts, orders, reader):
            return None
    if sum(orders) > 6 or (not any(orders) and not any(shifts)):
        return None
    known = names(law)
    etas = [reader.read(formula(text, known)) for text, _ in spec.natural]
    spots = [Symbol(w, lower=None) for w in wanted]
    parameters = {
        name: formula(
            text,
            {**{k: t for k, t in known.items() if k in inverse[""].split()}, **dict(zip(wanted, map(var, spots), strict=True))},
        )
        for name, text in inverse.items()
        if name
    }
    moved = {s: (eta + shift).term(sort=True) for s, eta, shift in zip(spots, etas, shifts, strict=True)}
    for p in spec.parameters:
        domain = (
            formula(p.domain, {n: reader.term(substitute(t, moved)) for n, t in parameters.items()})
            if p.domain != "true"
            else None
        )
        if domain is not None and not _admissible(domain, reader):
            return None
    before = reader.read(formula(spec.normaliser, known))
    body = App("exp", (formula(spec.normaliser, parameters),)) if any(orders) else formula(spec.normaliser, parameters)
    if not any(orders):
        return reader.exponential(reader.read(substitute(body, moved)) - before)
    # Derivatives of exp(A) are taken as exp(A) times a polynomial in the derivatives of A.
    a: Term = formula(spec.normaliser, parameters)
    ratio: Term = num(1)
    for s, k in zip(spots, orders, strict=True):
        for _ in range(k):
            ratio = App("add", (derivative(ratio, s), App("mul", (ratio, derivative(a, s)))))
    scale = reader.exponential(reader.read(substitute(a, moved)) - before)
    return scale * reader.read(substitute(ratio, moved))


def _admissible(domain: Term, reader: Reader) -> bool:
    """Whether shifted parameters are in the domain, known or required; outside nothing is concluded."""
    decided = signs.decide(domain, reader.context)
    if decided is None:
        if is_random(domain):
            return False
        reader.context.require(domain)
        return True
    return decided


def _tilt(
    f: Term, e: int, v: Term, statistics: list[Monomial], shifts: list[Polynomial], orders: list[int], reader: Reader
) -> bool:
    """Adds one factor to the tilt of the statistics; whether it could be."""
    log = ((App("log", (f,)), 1),)
    if log in statistics:
        i = statistics.index(log)
        shifts[i] = shifts[i] + Polynomial.constant(e)
        return True
    for i, s in enumerate(statistics):
        if len(s) == 1 and s[0][0] == f and e % s[0][1] == 0 and e // s[0][1] > 0:
            orders[i] += e // s[0][1]
            return True
    if isinstance(f, App) and f.op == "exp":
        inside = reader.read(f.args[0]) * Polynomial.constant(e)
    elif isinstance(f, App) and f.op == "pow":
        inside = reader.read(f.args[1]) * reader.read(App("log", (f.args[0],))) * Polynomial.constant(e)
    else:
        return False
    for m, c in inside.terms.items():
        own = tuple(x for x in m if v in variables(x[0]))
        if own not in statistics:
            return False
        i = statistics.index(own)
        shifts[i] = shifts[i] + Polynomial({tuple(x for x in m if x not in own): c})
    return True
