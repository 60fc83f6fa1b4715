"""Statistics of data: explicit vectors exactly, vectors of symbolic size as sums."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, num, var
from twofold.symbolic.arithmetic import ONE, ZERO, minus, over, plus, power, times, total
from twofold.symbolic.context import Context, NoClosedForm


def values(x: Term) -> list[Term] | None:
    """The entries of an explicit vector; `None` for one of symbolic size."""
    if isinstance(x, Array):
        return [e for row in x.rows for e in row]
    if isinstance(x, Var) and len(x.shape) == 1 and isinstance(x.shape[0], int):
        return [app("index", x, num(k)) for k in range(1, x.shape[0] + 1)]
    return None


def size(x: Term) -> Term:
    n = x.shape[0]
    return n if isinstance(n, Term) else num(n)


def length(context: Context, x: Term) -> Term:
    if not x.shape:
        raise fail("shape-mismatch", "length takes a vector", x.span)
    out = size(x)
    return times(out, x.shape[1] if isinstance(x.shape[1], Term) else num(x.shape[1])) if len(x.shape) == 2 else out


def is_population(kind: Term | None) -> bool:
    """Whether a statistic divides by n. Raises `TwofoldError` for another word."""
    if kind is None:
        return False
    if isinstance(kind, Const) and kind.name in ("population", "sample"):
        return kind.name == "population"
    raise fail(
        "wrong-kind",
        "the kind of a variance is `population` or `sample`",
        kind.span,
        "write variance(x, population) to divide by n",
    )


def mean(x: Term) -> Term:
    """The mean of a vector; one of symbolic size keeps its name."""
    entries = values(x)
    if entries is None:
        return App("mean", (x,))
    if not entries:
        raise fail("no-data", "the mean of no data is not defined", x.span)
    exact = [rational(e) for e in entries]
    if all(e is not None for e in exact):
        return Num(sum(e for e in exact if e is not None) / len(exact))
    return over(total(entries), num(len(entries)))


def variance(context: Context, x: Term, kind: Term | None = None) -> Term:
    """The sum of squared deviations over n - 1, or over n for a population; the context says which."""
    population = is_population(kind)
    context.note("variance of data divides by n" if population else "variance of data divides by n - 1")
    return _spread(x, x, population)


def _spread(x: Term, y: Term, population: bool) -> Term:
    xs, ys = values(x), values(y)
    if xs is None or ys is None:
        i = Symbol("i", "integer")
        a = minus(app("index", x, var(i)), mean(x))
        b = minus(app("index", y, var(i)), mean(y))
        body = power(a, num(2)) if x == y else times(a, b)
        below = size(x) if population else minus(size(x), ONE)
        return over(Bound("sum", (i,), body, (ONE, size(x))), below)
    if len(xs) != len(ys):
        raise fail("shape-mismatch", f"the data have {len(xs)} and {len(ys)} entries", y.span or x.span)
    below_number = len(xs) if population else len(xs) - 1
    if below_number == 0:
        raise fail("no-data", "one observation has no sample variance", x.span, "write variance(x, population) to divide by n")
    p, q = mean(x), mean(y)
    out: Term = ZERO
    for a, b in zip(xs, ys, strict=True):
        out = plus(out, times(minus(a, p), minus(b, q)))
    return over(out, num(below_number))


def covariance(context: Context, x: Term, y: Term, kind: Term | None = None) -> Term:
    population = is_population(kind)
    context.note("covariance of data divides by n" if population else "covariance of data divides by n - 1")
    return _spread(x, y, population)


def correlation(context: Context, x: Term, y: Term) -> Term:
    return over(_spread(x, y, True), App("sqrt", (times(_spread(x, x, True), _spread(y, y, True)),)))


def ordered(x: Term) -> list[Term]:
    """The data in ascending order. Raises `NoClosedForm` where they are not numbers."""
    entries = values(x)
    if entries is None or any(rational(e) is None for e in entries):
        raise NoClosedForm("the order of the data is not known")
    return sorted(entries, key=lambda e: rational(e) or 0)


def median(x: Term) -> Term:
    """The middle value, or the mean of the two middle ones; of a vector of symbolic size it keeps its name."""
    if values(x) is None:
        return App("median", (x,))
    entries = ordered(x)
    n = len(entries)
    if n == 0:
        raise fail("no-data", "the median of no data is not defined", x.span)
    return entries[n // 2] if n % 2 else over(plus(entries[n // 2 - 1], entries[n // 2]), num(2))


def order_statistic(context: Context, x: Term, k: Term) -> Term:
    entries = ordered(x)
    place = rational(k)
    if place is None or place.denominator != 1 or not 1 <= place <= len(entries):
        raise fail("wrong-order", f"there are {len(entries)} observations", k.span)
    return entries[int(place) - 1]
