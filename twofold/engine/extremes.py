"""The greatest and the least of a sample of a continuous law as random variables of their own, with the law of an extreme order statistic.

Of n independent draws with density f and distribution function F, the greatest has the density n F^(n-1) f, the least n (1 - F)^(n-1) f.
Source: G. Casella and R. L. Berger, "Statistical Inference" (2002), section 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.shapes import app, bound
from twofold.catalogue.spec import Absent, Law
from twofold.engine.randoms import variable
from twofold.grammar.term import App, Symbol, Term, Var, children, free_symbols, num, operations, rebuild, replaced, subterms, var

_EXTREMES = ("max", "min")
_OPERATORS = frozenset({"E", "Var", "Std", "P"})


class Extremes:
    """Terms with such variables in the place of `max(x)` and `min(x)` under an expectation. `said`: what was read so."""

    def __init__(self) -> None:
        self.made: dict[tuple[str, Symbol], Symbol] = {}
        self.said: list[str] = []

    def read(self, t: Term) -> Term:
        """The term with every expectation read so in which a sample stands in nothing else than one of its extremes."""
        return t if _OPERATORS.isdisjoint(operations(t)) else self._read(t)

    def _read(self, t: Term) -> Term:
        if isinstance(t, App) and t.op in _OPERATORS:
            samples = {x.args[0].symbol for x in _extremes(t) if isinstance(x.args[0], Var)}
            for s in sorted(samples, key=lambda s: s.name):
                t = self._with(t, s) if isinstance(t, App) and t.op in _OPERATORS else t
            return t
        parts = tuple(map(self._read, children(t)))
        return t if all(a is b for a, b in zip(parts, children(t), strict=True)) else rebuild(t, parts)

    def _with(self, t: App, s: Symbol) -> Term:
        found = {x.op for x in _extremes(t) if x.args[0] == var(s)}
        law = _law(s)
        if law is None:
            return t
        if len(found) == 2 and t.op == "E" and len(t.args) == 1 and _has_mean(law):
            return self._summed(t)
        if len(found) != 1:
            return t
        (kind,) = found
        direct = _event(t, s, kind)
        if direct is not None:
            self._say(f"the draws of {s.name} are independent")
            return direct
        new = self.made.setdefault((kind, s), variable(f"{kind}({s.name})", _density(s, law, kind)))
        made = replaced(t, App(kind, (var(s),)), var(new))
        if s in free_symbols(made):
            return t
        word = "n*F^(n-1)*f" if kind == "max" else "n*(1 - F)^(n-1)*f"
        self._say(f"{kind}({s.name}) has the density {word} of independent draws")
        return made

    def _summed(self, t: App) -> Term:
        """The expectation of a sum as the sum of expectations, which exist."""
        body = t.args[0]
        if isinstance(body, App) and body.op in ("add", "sub", "neg"):
            return app(body.op, *(self.read(app("E", x)) for x in body.args))
        return t

    def _say(self, text: str) -> None:
        if text not in self.said:
            self.said.append(text)


def _extremes(t: Term) -> Iterator[App]:
    for x in subterms(t):
        if isinstance(x, App) and x.op in _EXTREMES and len(x.args) == 1 and isinstance(x.args[0], Var):
            yield x


def _law(s: Symbol) -> Law | None:
    """The declaration of the law of independent draws from a continuous law of numbers."""
    if s.law is None or len(s.shape) != 1 or s.index is not None or not isinstance(s.law, App):
        return None
    spec = laws().get(s.law.op)
    known = spec is not None and spec.kind == "univariate" and not spec.discrete and not spec.atoms
    return spec if known and spec is not None and isinstance(spec.closed.get("cdf", Absent("")), str) else None


def _has_mean(spec: Law) -> bool:
    """Whether the mean exists for all parameters; those of the extremes exist then."""
    mean = spec.closed.get("mean", Absent(""))
    return isinstance(mean, str) and " given " not in mean


def _count(s: Symbol) -> Term:
    (n,) = s.shape
    return num(n) if isinstance(n, int) else n


def _density(s: Symbol, spec: Law, kind: str) -> App:
    assert isinstance(s.law, App)
    x = Symbol("x")
    values = {p.name: a for p, a in zip(spec.parameters, s.law.args, strict=True)}

    def at(text: str) -> Term:
        return formula(text, {**values, "x": var(x)})

    below = spec.closed["cdf"]
    above = spec.closed.get("survival")
    assert isinstance(below, str)
    share = at(below) if kind == "max" else at(above) if isinstance(above, str) else app("sub", num(1), at(below))
    n = _count(s)
    body = app("mul", app("mul", n, app("pow", share, app("sub", n, num(1)))), at(spec.density))
    low, high = (formula(text, values) for text in spec.support)
    return App("density", (bound("lambda", (x,), body), low, high), (), "law")


def _event(t: App, s: Symbol, kind: str) -> Term | None:
    """The probability that an extreme is on one side of something that is not random, by powers of that of one draw."""
    if t.op != "P" or len(t.args) != 1 or not isinstance(t.args[0], App) or t.args[0].op not in ORDERS:
        return None
    event, extreme = t.args[0], App(kind, (var(s),))
    a, b = event.args
    op = event.op if a == extreme else MIRRORED[event.op]
    limit = b if a == extreme else a
    if extreme not in (a, b) or any(x.law is not None for x in free_symbols(limit)):
        return None
    assert isinstance(s.law, App)
    one = var(variable(f"{s.name}[1]", s.law))
    each = op if (kind == "max") == (op in ("lt", "le")) else {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}[op]
    power = app("pow", app("P", app(each, one, limit)), _count(s))
    return power if each == op else app("sub", num(1), power)
