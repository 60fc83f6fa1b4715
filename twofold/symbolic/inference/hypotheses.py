"""Tests: statistic, its law and the p-value as exact expressions, with what the number means in the remarks."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Const, Term, num
from twofold.symbolic.arithmetic import ONE, ZERO, minus, negate, over, plus, power, times, total
from twofold.symbolic.context import Context
from twofold.symbolic.probability import data, signs
from twofold.symbolic.tidy import present

TWO = num(2)


def given(term: Term | None) -> Term | None:
    """An optional argument, or `None` where it was left out."""
    return None if term is None or getattr(term, "name", "") == "missing" else term


def record(context: Context, **values: Term) -> Term:
    """An answer of several named values."""
    rows = tuple(App("eq", (Const(name, (), "text"), present(v, context)), sort="truth") for name, v in values.items())
    return App("tuple", rows, (), "tuple")


def root(x: Term) -> Term:
    return App("sqrt", (x,))


def spread(x: Term) -> Term:
    """The variance of data by n - 1."""
    return data.variance(Context(), x)


def size_of(context: Context, t: Term) -> Term:
    """The absolute value, without the bars where the sign is known."""
    known = signs.enclose(t, context)
    return t if known.nonnegative else negate(t) if known.nonpositive else App("abs", (t,))


def student_tails(context: Context, t: Term, df: Term) -> Term:
    """P(|T| >= |t|) for Student's law."""
    return times(TWO, App("survival", (App("StudentT", (df,), (), "law"), size_of(context, t))))


def normal_tails(context: Context, z: Term) -> Term:
    """P(|Z| >= |z|) for the standard normal law."""
    return times(TWO, App("survival", (App("Normal", (ZERO, ONE), (), "law"), size_of(context, z))))


def _vector(x: Term, what: str) -> None:
    if len(x.shape) != 1:
        raise fail("shape-mismatch", f"{what} takes a vector of data", x.span, "write x = data([…]) first")


def _say(context: Context, hypothesis: str, law: str, assumed: str) -> None:
    context.note(f"hypothesis: {hypothesis}")
    context.note(f"under the hypothesis the statistic has the law {law}; assumed: {assumed}")
    context.note(
        "p is the probability of a statistic at least as far out if the hypothesis holds, not the probability that it holds"
    )


def t_test(context: Context, x: Term, y: Term | None = None, kind: Term | None = None, mean: Term | None = None) -> Term:
    """Student's test of one mean, of paired data, or of two means (Welch's by default, `pooled` for equal variances)."""
    _vector(x, "t_test")
    y, kind, value = given(y), given(kind), given(mean) or ZERO
    name = kind.name if isinstance(kind, Const) else ""
    if y is not None and y.sort == "text" and isinstance(y, Const):
        raise fail("wrong-kind", "the kind of a test comes after both vectors", y.span, "write t_test(x, y, paired)")
    if y is None:
        return _one(context, x, value)
    _vector(y, "t_test")
    if name not in ("", "welch", "pooled", "paired"):
        raise fail("wrong-kind", "the kind of a t-test is welch, pooled or paired", x.span, "write t_test(x, y, pooled)")
    if name == "paired":
        xs, ys = data.values(x), data.values(y)
        if xs is None or ys is None or len(xs) != len(ys):
            raise fail(
                "shape-mismatch", "paired data have the same length", y.span, "leave out `paired` for two separate samples"
            )
        return _one(
            context,
            Array((tuple(minus(a, b) for a, b in zip(xs, ys, strict=True)),), (len(xs),)),
            value,
            "the mean of the differences",
        )
    return _two(context, x, y, value, name == "pooled")


def _one(context: Context, x: Term, value: Term, what: str = "the mean") -> Term:
    n = data.size(x)
    t = over(minus(data.mean(x), value), root(over(spread(x), n)))
    df = present(minus(n, ONE), context)
    _say(context, f"{what} is {show(value)}", f"StudentT({show(df)})", "independent draws of a normal law")
    t = present(t, context)
    return record(context, t=t, df=df, p=student_tails(context, t, df))


def _two(context: Context, x: Term, y: Term, value: Term, pooled: bool) -> Term:
    n, m = data.size(x), data.size(y)
    gap = minus(minus(data.mean(x), data.mean(y)), value)
    a, b = over(spread(x), n), over(spread(y), m)
    if pooled:
        df = minus(plus(n, m), TWO)
        common = over(plus(times(minus(n, ONE), spread(x)), times(minus(m, ONE), spread(y))), df)
        t = over(gap, root(times(common, plus(over(ONE, n), over(ONE, m)))))
    else:
        df = over(power(plus(a, b), TWO), plus(over(power(a, TWO), minus(n, ONE)), over(power(b, TWO), minus(m, ONE))))
        t = over(gap, root(plus(a, b)))
    df, t = present(df, context), present(t, context)
    assumed = "independent draws of two normal laws" + (
        " with one variance" if pooled else "; Welch's approximate degrees of freedom"
    )
    _say(context, f"the means differ by {show(value)}", f"StudentT({show(df)})", assumed)
    return record(context, t=t, df=df, p=student_tails(context, t, df))


def z_test(context: Context, x: Term, mean: Term | None = None, sd: Term | None = None) -> Term:
    """The test of a mean with a known standard deviation."""
    _vector(x, "z_test")
    value, deviation = given(mean) or ZERO, given(sd)
    if deviation is None:
        raise fail(
            "wrong-arity",
            "z_test needs the known standard deviation",
            x.span,
            "write z_test(x, mean = 5, sd = 2), or t_test(x, mean = 5)",
        )
    z = present(over(minus(data.mean(x), value), over(deviation, root(data.size(x)))), context)
    _say(context, f"the mean is {show(value)}", "Normal(0, 1)", f"independent draws with standard deviation {show(deviation)}")
    return record(context, z=z, p=normal_tails(context, z))


def proportion_test(context: Context, k: Term, n: Term, p: Term) -> Term:
    """The test of a proportion by the normal approximation, with the variance under the hypothesis."""
    z = present(over(minus(over(k, n), p), root(over(times(p, minus(ONE, p)), n))), context)
    _say(
        context,
        f"the proportion is {show(p)}",
        "Normal(0, 1), approximately",
        "independent trials with one probability, many of them",
    )
    return record(context, z=z, p=normal_tails(context, z))


def chi2_test(context: Context, observed: Term, expected: Term | None = None) -> Term:
    """Pearson's test: of counts against expected ones (equal ones if none are given), or of independence in a table of counts."""
    expected = given(expected)
    if len(observed.shape) == 2 and isinstance(observed, Array):
        return _table(context, observed)
    counts = data.values(observed)
    if counts is None:
        raise fail("wrong-kind", "chi2_test takes counts that are written out", observed.span, "write chi2_test([18, 22, 20])")
    k = len(counts)
    n = total(counts)
    wanted = data.values(expected) if expected is not None else [over(n, num(k))] * k
    if wanted is None or len(wanted) != k:
        raise fail(
            "shape-mismatch", f"there are {k} observed counts and another number of expected ones", (expected or observed).span
        )
    sums = [rational(total(counts)), rational(total(wanted))]
    if None not in sums and sums[0] != sums[1]:
        raise fail("totals-differ", "the expected counts have another total than the observed ones", (expected or observed).span)
    x = total(over(power(minus(o, e), TWO), e) for o, e in zip(counts, wanted, strict=True))
    return _pearson(context, x, k - 1, "the counts come from the expected proportions")


def _table(context: Context, observed: Array) -> Term:
    rows = [total(r) for r in observed.rows]
    columns = [total(r[j] for r in observed.rows) for j in range(len(observed.rows[0]))]
    n = total(rows)
    parts = []
    for r, row in zip(rows, observed.rows, strict=True):
        for c, o in zip(columns, row, strict=True):
            e = over(times(r, c), n)
            parts.append(over(power(minus(o, e), TWO), e))
    return _pearson(context, total(parts), (len(rows) - 1) * (len(columns) - 1), "rows and columns are independent")


def _pearson(context: Context, x: Term, df: int, hypothesis: str) -> Term:
    x = present(x, context)
    _say(context, hypothesis, f"ChiSquared({df}), approximately", "independent counts, expected ones of 5 or more")
    return record(context, chi2=x, df=num(df), p=App("survival", (App("ChiSquared", (num(df),), (), "law"), x)))


def f_test(context: Context, x: Term, y: Term) -> Term:
    """The test of equal variances of two normal samples; p is two-sided."""
    _vector(x, "f_test")
    _vector(y, "f_test")
    a, b = minus(data.size(x), ONE), minus(data.size(y), ONE)
    f = present(over(spread(x), spread(y)), context)
    law = App("F", (a, b), (), "law")
    tails = App("min", (App("cdf", (law, f)), App("survival", (law, f))))
    _say(context, "the variances are equal", f"F({show(a)}, {show(b)})", "independent draws of two normal laws")
    return record(context, f=f, df1=a, df2=b, p=times(TWO, tails))


def confint(context: Context, x: Term, level: Term | None = None, sd: Term | None = None) -> Term:
    """The confidence interval for the mean: Student's, or the normal one where the standard deviation is known."""
    _vector(x, "confint")
    level, deviation = given(level) or over(num(19), num(20)), given(sd)
    share = rational(level)
    if share is not None and not 0 < share < 1:
        raise fail("wrong-level", "a confidence level is between 0 and 1", level.span, "write confint(x, level = 0.95)")
    n = data.size(x)
    upper = present(over(plus(ONE, level), TWO), context)
    if deviation is not None:
        law = App("Normal", (ZERO, ONE), (), "law")
        half = over(deviation, root(n))
    else:
        law = App("StudentT", (present(minus(n, ONE), context),), (), "law")
        half = root(over(spread(x), n))
    width = times(App("quantile", (law, upper)), present(half, context))
    centre = present(data.mean(x), context)
    context.note(
        f"level {show(level)}: the share of such intervals that cover the mean, over repeated samples; not a probability for this one"
    )
    context.note(f"the law of the standardised mean is {show(law)}; assumed: independent draws of a normal law")
    return App("interval_cc", (minus(centre, width), plus(centre, width)), (), "set")
