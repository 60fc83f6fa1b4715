"""Antiderivatives with names in the coefficients: functions of linear arguments, polynomials times exponentials and waves, linear numerators over a
quadratic denominator, and 1/(a + b*cos(v)); by cases where the form depends on a sign.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq_poly

from twofold.catalogue.constants import rational
from twofold.catalogue.summands import summands
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, subterms, transform, var
from twofold.symbolic.arithmetic import ONE, ZERO, is_number, minus, negate, over, plus, power, product, times
from twofold.symbolic.context import Context
from twofold.symbolic.primitives.coefficients import coefficients, linear, root, short, sign_of
from twofold.symbolic.primitives.direct import direct, scaled_by
from twofold.symbolic.primitives.reading import NotRead, depends, polynomial, split
from twofold.symbolic.primitives.substitution import TABLE, flat
from twofold.symbolic.primitives.writing import app, before, fraction, joined, monomial

Found: TypeAlias = tuple[Term, list[Term]]
"""An antiderivative and the conditions (each that two terms differ) on parameters under which it is one."""
_HIGHEST = 8


def with_parameters(t: Term, x: Symbol, context: Context) -> Found | None:
    """The antiderivative of a term with other names or constants in it than x, `None` where no rule applies."""
    constant, rest = split(t, x)
    if isinstance(rest, App) and rest.op in ("add", "sub"):
        parts: list[tuple[int, Term]] = []
        conditions: list[Term] = []
        for sign, part in summands(rest):
            found = _any(part, x, context)
            if found is None:
                break
            parts.append((sign, found[0]))
            conditions += found[1]
        else:
            return scaled_by(constant, joined(parts)), conditions
    made = _term(rest, x, context)
    return None if made is None else (scaled_by(constant, made[0]), made[1])


def _any(t: Term, x: Symbol, context: Context) -> Found | None:
    plain = direct(t, x)
    return (plain, []) if plain is not None else with_parameters(t, x, context)


def _term(t: Term, x: Symbol, context: Context) -> Found | None:
    above, below = flat(t)
    for rule in (_of_linear, _waves, _over_power, _fraction, _angle):
        try:
            found = rule(above, below, x, context)
        except NotRead:
            continue
        if found is not None:
            return found
    return None


def _nonzero(*values: Term) -> list[Term]:
    """The conditions that these are not 0."""
    return [_differ(v, ZERO) for v in values if not isinstance(v, Num)]


def _differ(a: Term, b: Term) -> Term:
    if isinstance(a, App) and a.op == "neg" and b == ZERO:
        a = a.args[0]
    return App("ne", (b, a) if isinstance(a, Num) else (a, b), (), "truth")


def _in_cases(f: Callable[[Term], Term], t: Term) -> Term:
    """A function of every value of an expression by cases."""
    if isinstance(t, App) and t.op == "piecewise":
        return App("piecewise", tuple(f(a) if k % 2 == 0 else a for k, a in enumerate(t.args)))
    return f(t)


def _of_linear(above: list[Term], below: list[Term], x: Symbol, context: Context) -> Found | None:
    """f(a*x + b) and (a*x + b)^n."""
    if len(above) + len(below) != 1:
        return None
    (t,) = above or below
    if isinstance(t, App) and above and t.op in TABLE and len(t.args) == 1:
        line = linear(t.args[0], x)
        if line is not None and t.op == "log" and is_number(line[1], 0):
            return times(Var(x), minus(t, ONE)), []
        return None if line is None else (_divided(TABLE[t.op](t.args[0]), line[0]), _nonzero(line[0]))
    base, exponent = (t.args[0], t.args[1]) if isinstance(t, App) and t.op == "pow" else (t, ONE)
    if isinstance(t, App) and t.op == "sqrt":
        base, exponent = t.args[0], Num(Fraction(1, 2))
    known = rational(exponent)
    exponent = Num(known) if known is not None else exponent
    exponent = negate(exponent) if below else exponent
    if depends(exponent, x):
        return None
    line = linear(base, x)
    if line is None:
        return None
    if is_number(exponent, -1):
        return _divided(app("log", app("abs", base)), line[0]), _nonzero(line[0])
    following = plus(exponent, ONE) if not isinstance(exponent, App) or exponent.op != "neg" else minus(ONE, exponent.args[0])
    if isinstance(following, Num) and following.value < 0:
        return negate(over(ONE, times(times(line[0], Num(-following.value)), power(base, Num(-following.value))))), _nonzero(
            line[0]
        )
    conditions = _nonzero(line[0])
    if not isinstance(following, Num):
        conditions += [_differ(exponent, num(-1))]
    return _divided(over(power(base, following), following), line[0]), conditions


def _divided(t: Term, a: Term) -> Term:
    if isinstance(a, App) and a.op == "neg":
        return negate(_divided(t, a.args[0]))
    if isinstance(t, App) and t.op == "neg":
        return negate(_divided(t.args[0], a))
    if isinstance(t, App) and t.op == "div":
        return over(t.args[0], before(t.args[1], a) if isinstance(t.args[1], Num) else times(a, t.args[1]))
    return over(t, a)


# --- exponentials and waves ------------------------------------------------------------------------------------------------------


def _waves(above: list[Term], below: list[Term], x: Symbol, context: Context) -> Found | None:
    """A polynomial with rational coefficients times exp(a*x + b), sin or cos of such, or two of these without the polynomial."""
    if below:
        return None
    kernels = [f for f in above if isinstance(f, App) and f.op in ("exp", "sin", "cos")]
    p = fmpq_poly([1])
    for f in above:
        if f not in kernels:
            try:
                p = p * polynomial(f, x)
            except NotRead:
                return None
    lines = [linear(k.args[0], x) for k in kernels]
    if not lines or None in lines or p.degree() > _HIGHEST:
        return None
    slopes = [line[0] for line in lines if line is not None]
    kinds = tuple(k.op for k in kernels)
    if len(kernels) == 1:
        return _one_wave(p, kernels[0], slopes[0], Var(x))
    if len(kernels) != 2 or p.degree() > 0:
        return None
    if "exp" in kinds and kinds != ("exp", "exp"):
        (e, a), (w, b) = sorted(zip(kernels, slopes, strict=True), key=lambda row: row[0].op != "exp")
        u = w.args[0]
        sine, cosine = app("sin", u), app("cos", u)
        (s, a), (r, b) = _sign(a), _sign(b)
        first, second = (sine, cosine) if w.op == "sin" else (cosine, sine)
        rows = [(s, times(a, first)), (-r if w.op == "sin" else r, times(b, second))]
        inner = joined(rows) if rows[0][0] > 0 or rows[1][0] > 0 else negate(joined([(-k, u) for k, u in rows]))
        norm = short(plus(power(a, num(2)), power(b, num(2))), context)
        made = over(times(inner, e), norm)
        return made, [] if sign_of(norm, context) == {1} else _nonzero(norm)
    if "exp" in kinds:
        return None
    return _two_waves(kernels, slopes, context)


def _sign(a: Term) -> tuple[int, Term]:
    return (-1, a.args[0]) if isinstance(a, App) and a.op == "neg" else (1, a)


def _two_waves(kernels: Sequence[App], slopes: Sequence[Term], context: Context) -> Found:
    """Half the sum or difference of the waves of the sum and the difference of the arguments."""
    (f, g), (a, b) = kernels, slopes
    if f.op == "cos" and g.op == "sin":
        f, g, a, b = g, f, b, a
    u, v = f.args[0], g.args[0]
    more, less = short(plus(a, b), context), short(minus(a, b), context)
    up, down = (short(op(u, v), context) for op in (plus, minus))
    if is_number(less, 0) or is_number(more, 0):
        raise NotRead
    wave = "cos" if f.op != g.op else "sin"
    first, second = (over(app(wave, w), times(num(2), k)) for w, k in ((up, more), (down, less)))
    if f.op != g.op:
        # sin(u)*cos(v) = (sin(u + v) + sin(u - v))/2
        made = joined([(-1, first), (-1, second)])
    else:
        made = joined([(1 if f.op == "cos" else -1, first), (1, second)])
    return made, _nonzero(more, less)


def _one_wave(p: object, kernel: App, a: Term, x: Term) -> Found:
    """By parts until the polynomial is gone, over one power of a."""
    n = p.degree()  # type: ignore[attr-defined]
    turned, a = _sign(a)
    rows: list[list[tuple[int, Term]]] = [[], []]
    for k in range(n + 1):
        # (-1)^k*p^(k)/a^(k + 1) times the exponential; waves go round by fours.
        if kernel.op == "exp":
            place, sign = 0, (-1) ** k
        else:
            # Of sin: -cos, sin, cos, -sin; of cos: sin, cos, -sin, -cos.
            place = 0 if (k % 2 == 1) == (kernel.op == "sin") else 1
            sign = ((-1, 1, 1, -1) if kernel.op == "sin" else (1, 1, -1, -1))[k % 4]
        sign *= turned ** (k + 1)
        for j, c in enumerate(p.coeffs()):  # type: ignore[attr-defined]
            if c:
                factor = before(Num(abs(fraction(c))), times(power(a, num(n - k)), monomial(x, j)))
                rows[place].append((sign if c > 0 else -sign, factor))
        p = p.derivative()  # type: ignore[attr-defined]
    waves = [kernel] if kernel.op == "exp" else [app("sin", kernel.args[0]), app("cos", kernel.args[0])]
    parts: list[tuple[int, Term]] = []
    for row, wave in zip(rows, waves, strict=False):
        if len(row) == 1:
            parts.append((row[0][0], scaled_by(row[0][1], wave)))
        elif row:
            sign = 1 if any(s > 0 for s, _ in row) else -1
            parts.append((sign, times(joined([(s * sign, f) for s, f in row]), wave)))
    return _divided(joined(parts), power(a, num(n + 1))), _nonzero(a)


# --- quadratic denominators ------------------------------------------------------------------------------------------------------


def _over_power(above: list[Term], below: list[Term], x: Symbol, context: Context) -> Found | None:
    """(m*x + n)/(a*x + b)^k for a whole k above 1."""
    if len(below) != 1 or not isinstance(below[0], App) or below[0].op != "pow":
        return None
    base, exponent = below[0].args
    line = linear(base, x)
    if line is None or not isinstance(exponent, Num) or exponent.value.denominator > 1 or exponent.value < 2:
        return None
    a, b = line
    rows = coefficients(product(above), x)
    if len(rows) > 2:
        return None
    n, m = [*rows, ZERO][:2]
    k = int(exponent.value)
    # (m*x + n) is m/a*(a*x + b) + (n*a - m*b)/a.
    rest = short(minus(times(n, a), times(m, b)), context)
    parts: list[tuple[int, Term]] = []
    if not is_number(m, 0):
        square = power(a, num(2))
        if k == 2:
            parts.append((1, over(times(m, app("log", app("abs", base))), square)))
        else:
            parts.append((-1, over(m, times(times(num(k - 2), square), power(base, num(k - 2))))))
        a = square
    if not is_number(rest, 0):
        parts.append((-1, over(rest, times(times(num(k - 1), a), power(base, num(k - 1))))))
    return joined(parts), _nonzero(line[0])


def _fraction(above: list[Term], below: list[Term], x: Symbol, context: Context) -> Found | None:
    """(m*x + n)/(a*x^2 + b*x + c), and 1/sqrt of such a quadratic."""
    if len(below) != 1:
        return None
    t = below[0]
    rooted = isinstance(t, App) and t.op == "sqrt"
    try:
        c, b, a = coefficients(t.args[0] if rooted and isinstance(t, App) else t, x)
        top: Term = ONE
        for f in above:
            top = times(top, f)
        n, m = [*coefficients(top, x), ZERO][:2]
        if len(coefficients(top, x)) > 2:
            return None
    except (NotRead, ValueError):
        return None
    b, c = short(b, context), short(c, context)
    if rooted:
        return _over_root(a, b, c, x, context) if is_number(m, 0) and n == ONE else None
    logarithm: list[tuple[int, Term]] = []
    if not is_number(m, 0):
        logarithm = [(1, over(times(m, app("log", app("abs", t))), times(num(2), a)))]
        n = short(minus(n, over(times(m, b), times(num(2), a))), context)
    if is_number(n, 0):
        return joined(logarithm), _nonzero(a)
    sign = 1
    if isinstance(a, Num) and a.value < 0 or isinstance(a, App) and a.op == "neg":
        a, b, c, sign = negate(a), negate(b), negate(c), -1
    inner, conditions = _over_quadratic(a, b, c, Var(x), context)
    made = _in_cases(lambda u: joined([*logarithm, (sign, scaled_by(n, u))]), inner)
    return made, [*_nonzero(a), *conditions]


def _over_quadratic(a: Term, b: Term, c: Term, x: Term, context: Context) -> Found:
    """The antiderivative of 1/(a*x^2 + b*x + c), by the sign of 4*a*c - b^2."""
    whole = isinstance(b, Num) and (b.value / 2).denominator == 1
    # Of the quarter of it where b is even.
    half = Num(b.value / 2) if whole and isinstance(b, Num) else b
    scale = ONE if whole else num(2)
    line = plus(times(times(scale, a), x), half)
    product = times(a, c) if whole else before(num(4), times(a, c))
    disc = short(minus(product, power(half, num(2)) if not is_number(half, 0) else ZERO), context)
    turned = short(negate(disc), context)
    r, s = root(disc), root(turned)
    positive = over(times(scale, app("atan", over(line, r))), r)
    logs = [app("log", app("abs", short(op(line, s), context))) for op in (minus, plus)]
    negative = _divided(over(minus(*logs), num(2)) if whole else minus(*logs), s)
    zero = negate(over(scale, line))
    signs = sign_of(disc, context)
    for square, sign in ((disc, 1), (turned, -1)):
        if isinstance(square, App) and square.op == "pow" and is_number(square.args[1], 2):
            # The root of a square may have either sign in these forms; where it is 0 is left to a condition.
            known = sign_of(square.args[0], context)
            return positive if sign > 0 else negative, _nonzero(square.args[0]) if 0 in known else []
    flipped = isinstance(disc, App) and disc.op == "neg"
    above, below = (
        App(op, (turned if flipped else disc, ZERO), (), "truth") for op in (("lt", "gt") if flipped else ("gt", "lt"))
    )
    cases = [(positive, above, 1), (negative, below, -1)]
    kept = [(value, condition) for value, condition, sign in cases if sign in signs]
    if 0 in signs:
        kept.append((zero, Const("true", (), "truth")))
    return _by_cases(kept), []


def _by_cases(kept: Sequence[tuple[Term, Term]]) -> Term:
    if len(kept) == 1:
        return kept[0][0]
    args = [part for row in kept[:-1] for part in row]
    return App("piecewise", (*args, kept[-1][0]))


def _over_root(a: Term, b: Term, c: Term, x: Symbol, context: Context) -> Found | None:
    """1/sqrt(a*x^2 + b*x + c) for a number a: where a is negative, the quadratic is positive only between two real zeros."""
    if not isinstance(a, Num) or is_number(a, 0):
        return None
    v, k = Var(x), root(Num(abs(a.value)))
    q = plus(plus(times(a, power(v, num(2))), times(b, v)), c)
    if a.value > 0:
        root_of_q = app("sqrt", q)
        slope = plus(before(num(2), times(a, v)), b)
        inner = plus(times(k, v), root_of_q) if is_number(b, 0) else plus(slope, before(num(2), times(k, root_of_q)))
        return _divided(app("log", app("abs", inner)), k), []
    if is_number(b, 0):
        top, size = times(k, v), root(c)
    else:
        top = minus(before(num(2), times(Num(-a.value), v)), b)
        size = root(short(minus(power(b, num(2)), before(num(4), times(a, c))), context))
    rooted = isinstance(size, App) and size.op == "sqrt"
    positive = rooted or sign_of(size, context) == {1}
    return _divided(app("asin", over(top, size if positive else app("abs", size))), k), []


# --- 1/(a + b*cos(v)) ------------------------------------------------------------------------------------------------------------


def _angle(above: list[Term], below: list[Term], x: Symbol, context: Context) -> Found | None:
    """1/(a + b*cos(k*x + l)) and the same with a sine, by the sign of a^2 - b^2; continuous where a^2 > b^2. a = b and a = -b are left out."""
    if above or len(below) != 1:
        return None
    waves = [s for s in _kernels(below[0]) if depends(s, x)]
    if len(set(waves)) != 1:
        return None
    wave = waves[0]
    line = linear(wave.args[0], x)
    y = Symbol("y")
    made = transform(below[0], lambda s: var(y) if s == wave else None)
    ab = None if depends(made, x) else linear(made, y)
    if line is None or ab is None:
        return None
    b, a = ab
    v = wave.args[0]
    sine, cosine = app("sin", v), app("cos", v)
    disc = short(minus(power(a, num(2)), power(b, num(2))), context)
    signs = sign_of(disc, context)
    direction = sign_of(a, context)
    r: Term = app("sqrt", disc)
    if direction == {-1}:
        r = negate(r)
    elif direction != {1}:
        r = times(app("sign", a), r)
    turned = short(negate(disc), context)
    s: Term = app("sqrt", turned)
    if wave.op == "cos":
        angle = over(times(b, sine), plus(plus(a, r), times(b, cosine)))
        positive = over(minus(v, times(num(2), app("atan", angle))), r)
        size = over(plus(plus(b, times(a, cosine)), times(s, sine)), below[0])
    else:
        angle = over(times(b, cosine), plus(plus(a, r), times(b, sine)))
        positive = over(plus(v, times(num(2), app("atan", angle))), r)
        size = over(minus(plus(b, times(a, sine)), times(s, cosine)), below[0])
    negative = over(app("log", app("abs", size)), s)
    conditions = _nonzero(line[0])
    if signs <= {0, 1}:
        value = positive
    elif signs <= {0, -1}:
        value = negative
    else:
        value = _by_cases([(positive, App("gt", (disc, ZERO), (), "truth")), (negative, ONE)])
    if 0 in signs:
        conditions += [_differ(power(a, num(2)), power(b, num(2)))]
    return _in_cases(lambda u: _divided(u, line[0]) if line[0] != ONE else u, value), conditions


def _kernels(t: Term) -> list[App]:
    return [s for s in subterms(t) if isinstance(s, App) and s.op in ("sin", "cos")]
