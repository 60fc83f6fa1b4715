"""Rewriting of expressions into a form that is asked for; every result is compared with the expression at points before it is
shown."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import describe, entries, entry_of, full
from twofold.core.diagnostic import fail
from twofold.core.truth import Truth
from twofold.grammar.term import (
    FALSE,
    MISSING,
    TRUE,
    App,
    Array,
    Const,
    Num,
    Term,
    Var,
    children,
    free_symbols,
    num,
    rebuild,
    substitute,
)
from twofold.symbolic import constants, spot
from twofold.symbolic.arithmetic import minus, plus, power, times
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.float_functions import compiled
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.methods import algebraic_numbers, arctangents, derivative_zero, normal_form
from twofold.symbolic.rational_forms import RationalFunction
from twofold.symbolic.simplifying import forms
from twofold.symbolic.tidy import measure, short
from twofold.symbolic.weight import place, weight


def rewrite(
    context: Context,
    f: Term,
    rule: Callable[[Any], Any],
    gather: bool = False,
    own: Callable[[RationalFunction], Term | None] | None = None,
) -> Term:
    """A rule applied to an expression, to both sides of a relation, or to the entries of an array. `own` gives the same form of a rational
    function of plain names."""
    if f.shape or isinstance(f, App) and f.op in ("eq", "ne", "lt", "le", "gt", "ge", "set", "tuple", "and", "or"):
        return rebuild(f, tuple(rewrite(context, x, rule, gather, own) for x in children(f)))
    if own is not None and (quotient := RationalFunction.of(f)) is not None and (made := own(quotient)) is not None:
        return made
    e = lower(f, context)
    found = within(context.seconds, attempt, rule, e)
    if found is None or (
        e.free_symbols and spot.agree(found, e, context, tries=6, enough=1, real=context.reading == "real") is False
    ):
        found = e
    return lift(found, context, gather=gather)


def simplify(context: Context, f: Term) -> Term:
    """The shortest form found, never a longer one: by our own normal form, and by SymPy's rules for the functions that it does not
    know. A relation that always or never holds becomes `true` or `false`."""
    if isinstance(f, App) and f.op in ("eq", "ne", "lt", "le", "gt", "ge") and not f.args[0].shape:
        return _relation(context, f)
    if f.shape or isinstance(f, App) and f.op in ("set", "tuple", "and", "or"):
        parts = tuple(simplify(context, x) for x in children(f))
        return rebuild(f, tuple(dict.fromkeys(parts)) if isinstance(f, App) and f.op == "set" else parts)
    return _simplest(context, f)


def _relation(context: Context, f: App) -> Term:
    sides = tuple(simplify(context, x) for x in f.args)
    if f.op in ("eq", "le", "ge") and sides[0] == sides[1]:
        return TRUE
    if f.op in ("ne", "lt", "gt") and sides[0] == sides[1]:
        return FALSE
    if all(isinstance(x, Num) for x in sides):
        return lift(lower(rebuild(f, sides), context), context)
    return rebuild(f, sides)


def _simplest(context: Context, f: Term) -> Term:
    if (value := constants.read(f)) is not None and (form := constants.written(value)) is not None:
        return form
    e = lower(f, context)
    first = lift(e, context)
    found = [first]
    read = False
    if context.reading == "real":
        for t in dict.fromkeys((first, f)):
            made = within(context.seconds, _forms, t, context)
            found += made or []
            read = read or bool(made)
            if made and _is_shortest(made[-1]):
                return min(found, key=place)
        constant = _constant(e, first, context)
        if constant is not None:
            return constant
    best = min(found, key=place)
    if not read or _needs_rules(e):
        made = _by_sympy(e, context, weight(best))
        if made is not None:
            found += [made, *((within(context.seconds, _forms, made, context) or []) if context.reading == "real" else [])]
            best = min(found, key=place)
    house = lift(lower(best, context), context)
    return house if place(house) <= place(best) else best


def _needs_rules(e: Any) -> bool:
    """Whether an expression has functions or powers between which only SymPy's rules know relations."""
    if e.has(sp.gamma, sp.factorial, sp.binomial, sp.Abs, sp.sign, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.beta, sp.loggamma):
        return True
    if any(not p.exp.is_number for p in e.atoms(sp.Pow)):
        return True
    return bool(e.is_number and any(p.exp.is_Rational and p.exp.q > 1 and p.base.has(sp.Pow) for p in e.atoms(sp.Pow)))


SHORTEST = 3
"""The weight of a form of our own for which no shorter one is looked for: that of one function of a name, or of two names joined."""


def _is_shortest(t: Term) -> bool:
    return isinstance(t, Num) or weight(t) <= SHORTEST and bool(free_symbols(t))


def _forms(t: Term, context: Context) -> list[Term]:
    """The forms that our own normal form gives; none after the first that is as short as they get."""
    found: list[Term] = []
    try:
        for f in forms(t, context):
            found.append(f)
            if _is_shortest(f):
                break
    except (NotApplicable, NoClosedForm):
        return []
    return found


def _constant(e: Any, t: Term, context: Context) -> Term | None:
    """The rational number, or multiple of pi, that an expression is at every point; proved by the normal form."""
    if not e.has(sp.Function) and not (e.is_number and e.has(sp.Pow)):
        return None
    if _differs(e, context):
        return None
    values = []
    for p in spot.points(sorted(e.free_symbols, key=str), context, 12) if e.free_symbols else [{}]:
        v = spot.value(e, p)
        if v is not None and abs(v.imag) < 1e-18:
            values.append(v.real)
        if len(values) == 3:
            break
    if not values or any(abs(v - values[0]) > 1e-18 * (1 + abs(v)) for v in values) or (e.free_symbols and len(values) < 2):
        return None
    for unit, term in ((mpmath.mpf(1), None), (mpmath.pi, Const("pi"))):
        q = Fraction(str(values[0] / unit)).limit_denominator(60)
        if abs(values[0] / unit - mpmath.mpf(q.numerator) / q.denominator) < 1e-17:
            guess: Term = Num(q) if term is None else times(Num(q), term) if q else num(0)
            if guess != t and _is_proved(t, guess, context):
                return lift(lower(guess, context), context)
    return None


def _differs(e: Any, context: Context) -> bool:
    """Whether an expression has, in doubles, clearly different values at some points that the context admits."""
    names = sorted(e.free_symbols, key=str)
    run = compiled(e, names) if names else None
    if run is None:
        return False
    values: list[float] = []
    for p in spot.points(names, context, 12):
        with suppress(ArithmeticError, ValueError):
            values.append(run([float(p[x]) for x in names]))
        if len(values) > 1 and max(values) - min(values) > 1e-3 * (1 + max(map(abs, values))):
            return True
    return False


def _is_proved(a: Term, b: Term, context: Context) -> bool:
    goal = Goal("==", a, b, context.assumptions, context.reading)
    for method in (normal_form, algebraic_numbers, arctangents, derivative_zero):
        try:
            found = within(context.seconds, method.run, goal, context)
        except NotApplicable:
            continue
        if found is not None and found.truth is Truth.PROVED and not getattr(found, "conditions", ()):
            return True
    return False


def _by_sympy(e: Any, context: Context, goal: int) -> Term | None:
    """The shortest of SymPy's forms, each step only where the expression has what it acts on; the costly ones only where the others
    find nothing shorter than `goal`."""
    steps: list[Callable[[Any], Any]] = []
    if e.has(sp.factorial, sp.binomial):
        steps.append(sp.combsimp)
    elif e.has(sp.gamma, sp.beta):
        steps.append(sp.gammasimp)
    if any(not p.exp.is_number for p in e.atoms(sp.Pow)):
        steps += [lambda x: sp.powsimp(sp.expand(x)), lambda x: sp.factor(sp.powsimp(sp.expand(x)))]
    if e.is_number:
        steps.append(lambda x: sp.sqrtdenest(sp.expand(x)))
    found = _shortest(e, steps, context)
    if found is not None and weight(found) < goal:
        return found
    steps = [lambda x: short(x, context)]
    if not e.is_number and sp.count_ops(e) < 80:
        steps.append(sp.simplify)
    return _shortest(e, steps, context)


def _shortest(e: Any, steps: list[Callable[[Any], Any]], context: Context) -> Term | None:
    made = [x for s in steps if (x := within(context.seconds, attempt, s, e)) is not None]
    real = context.reading == "real"
    made = [x for x in made if not e.free_symbols or spot.agree(x, e, context, tries=6, enough=1, real=real) is not False]
    if not made:
        return None
    try:
        return lift(min(made, key=measure), context)
    except NoClosedForm:
        return None


def expand(context: Context, f: Term) -> Term:
    """Products and powers of sums multiplied out; logarithms and exponentials of products and sums taken apart where that is
    allowed."""
    return rewrite(context, f, sp.expand, own=RationalFunction.expanded)


def factor(context: Context, f: Term, *over: Term) -> Term:
    """The factors of a polynomial or rational function over the rationals, or over them and the numbers given; of a whole
    number as powers."""
    if not over and not free_symbols(f):
        whole = attempt(lower, f, context)
        if whole is not None and whole.is_Integer:
            f = Num(Fraction(int(whole)))
    if isinstance(f, Num) and f.value.denominator == 1 and abs(f.value) > 1:
        if abs(f.value) > 10**40:
            raise NoClosedForm("this number is too long to be factored")
        return _factored_integer(int(f.value))
    if not over:
        return rewrite(context, f, sp.factor, own=RationalFunction.factored)
    extension = [lower(x, context) for x in over]
    return rewrite(context, f, lambda e: sp.factor(e, extension=extension))


_LONGEST = 2.0
"""Seconds for the prime factors of a number."""


def _prime_powers(n: int) -> list[tuple[int, int]]:
    found = within(_LONGEST, sp.factorint, n)
    if found is None:
        raise NoClosedForm("this number is too long to be factored")
    return [(int(p), int(k)) for p, k in found.items()]


def _factored_integer(n: int) -> Term:
    parts: list[Term] = [
        power(num(p), num(k)) if k == 1 else App("pow", (num(p), num(k))) for p, k in sorted(_prime_powers(abs(n)))
    ]
    out = parts[0]
    for p in parts[1:]:
        out = App("mul", (out, p))
    return App("neg", (out,)) if n < 0 else out


def collect(context: Context, f: Term, *names: Term) -> Term:
    """Terms with the same powers of the names put together."""
    symbols = [
        lower(x, context) for n in names for x in (variables_of(n) if n.shape or isinstance(n, App) and n.op == "tuple" else [n])
    ]
    return rewrite(context, f, lambda e: sp.collect(sp.expand(e), symbols, sp.factor))


def apart(context: Context, f: Term, name: Term = MISSING) -> Term:
    """Partial fractions in a name."""
    if name == MISSING:
        names = free_symbols(f)
        if len(names) != 1:
            raise fail("not-a-variable", "partial fractions are in one variable", f.span, "write apart(f, x)")
        name = Var(names[0])
    x = lower(name, context)
    return rewrite(context, f, lambda e: sp.apart(e, x), own=lambda quotient: _partial_fractions(quotient, name, context))


def _partial_fractions(quotient: RationalFunction, name: Term, context: Context) -> Term | None:
    """Partial fractions of a function of one name; `None` where there are others."""
    parts = quotient.partial_fractions() if quotient.ring.symbols == tuple(free_symbols(name)) else None
    if parts is None:
        return None
    x = lower(name, context)

    def polynomial(coefficients: list[Fraction]) -> Any:
        return sp.Add(*(sp.Rational(c.numerator, c.denominator) * x**k for k, c in enumerate(coefficients)))

    made = [polynomial(parts.whole)]
    for content, above, below, k in parts.fractions:
        # In one product, or the number would be multiplied into the numerator.
        made.append(sp.Mul(sp.Rational(content.numerator, content.denominator), polynomial(above), polynomial(below) ** -k))
    return lift(sp.Add(*made), context, gather=False)


def cancel(context: Context, f: Term) -> Term:
    """One fraction without common factors."""
    return rewrite(context, f, lambda e: sp.cancel(sp.together(e)), own=RationalFunction.cancelled)


def trig_expand(context: Context, f: Term) -> Term:
    """Trigonometric functions of sums and multiples in terms of single arguments."""
    return rewrite(context, f, sp.expand_trig)


def substituted(context: Context, f: Term, *bindings: Term) -> Term:
    """Terms for names, or for parts that occur: `substitute(x^2 + 1, x = 3)`, `substitute(x^4 + x^2, x^2 == u)`, several at
    once in braces; also `substitute(f, x, 3)` and `substitute(f, [x, y], [3, 2])`."""
    flat = [p for b in bindings for p in (b.args if isinstance(b, App) and b.op in ("set", "tuple", "and") else (b,))]
    if len(flat) == 2 and not any(isinstance(b, App) and b.op == "eq" for b in flat):
        flat = [App("eq", pair, (), "truth", span=pair[1].span) for pair in _paired(*flat)]
    values: dict[Any, Term] = {}
    parts: dict[Any, Any] = {}
    for b in flat:
        if not (isinstance(b, App) and b.op == "eq"):
            raise fail("where-name", "substitute wants names with values", b.span, "write substitute(x^2 + 1, x = 3)")
        old, new = b.args
        if full(old.shape) != full(new.shape):
            raise fail("shape-mismatch", f"{describe(new.shape)} is put for {describe(old.shape)}", b.span or new.span)
        if isinstance(old, Var):
            values[old.symbol] = new
        elif free_symbols(old):
            parts[lower(old, context)] = lower(new, context)
        else:
            raise fail("where-name", "values are put for names", old.span or b.span, "write substitute(x^2 + 1, x = 3)")
    out = substitute(f, values) if values else f
    if not parts:
        return out
    return rewrite_freely(context, out, lambda e: e.subs(parts))


def _paired(old: Term, new: Term) -> list[tuple[Term, Term]]:
    """The names of a list, each with its value from another of the same length."""
    if not isinstance(old, Array):
        return [(old, new)]
    if full(old.shape) != full(new.shape):
        raise fail("shape-mismatch", f"{describe(new.shape)} is put for {describe(old.shape)}", new.span)
    width = len(old.rows[0]) if len(old.shape) == 2 else 1
    return [(x, entry_of(new, k // width + 1, k % width + 1)) for k, x in enumerate(entries(old))]


def rewrite_freely(context: Context, f: Term, rule: Callable[[Any], Any]) -> Term:
    """A rule that changes the value, applied to an expression, to both sides of a relation, or to the entries of an array."""
    if f.shape or isinstance(f, App) and f.op in ("eq", "ne", "lt", "le", "gt", "ge", "set", "tuple", "and", "or"):
        return rebuild(f, tuple(rewrite_freely(context, x, rule) for x in children(f)))
    return lift(rule(lower(f, context)), context)


def complete_square(context: Context, f: Term, name: Term = MISSING, *more: Term) -> Term:
    """a*(x - h)^2 + k for a quadratic in one name; in several, one name after the other."""
    if more or (name != MISSING and not isinstance(name, Var)):
        names = [v for n in (name, *more) for v in variables_of(n)]
        if len(names) > 1:
            return _squares(context, f, names)
        name = names[0]
    if name == MISSING:
        names = free_symbols(f)
        if len(names) != 1:
            raise fail("not-a-variable", "the square is completed in one variable", f.span, "write complete_square(f, x)")
        name = Var(names[0])
    if not isinstance(name, Var):
        raise fail("not-a-variable", "the square is completed in a name", name.span)
    quotient = RationalFunction.of(f)
    row = quotient.coefficients() if quotient is not None and quotient.ring.symbols == (name.symbol,) else None
    if row is not None and len(row) == 3:
        r, q, p = row
        return plus(times(Num(p), power(_shifted(name, Num(q / (2 * p))), num(2))), Num(r - q * q / (4 * p)))
    x, e = symbol_for(name.symbol, context), sp.expand(lower(f, context))
    if not e.is_polynomial(x) or sp.degree(e, x) != 2:
        raise fail("not-quadratic", "this is not a quadratic in that variable", f.span)
    a, b, c = sp.Poly(e, x).all_coeffs()
    shift, rest = (lift(short(v, context), context) for v in (b / (2 * a), c - b**2 / (4 * a)))
    return plus(times(lift(a, context), power(_shifted(name, shift), num(2))), rest)


def _squares(context: Context, f: Term, names: list[Term]) -> Term:
    """A quadratic in several names as a sum of squares with coefficients, and what is left."""
    rest, parts = sp.expand(lower(f, context)), []
    symbols = [lower(n, context) for n in names]
    if not rest.is_polynomial(*symbols) or sp.Poly(rest, *symbols).total_degree() > 2:
        raise fail("not-quadratic", "this is not a quadratic in these variables", f.span)
    for x in symbols:
        a, b, c = (sp.Poly(rest, x).coeff_monomial(m) for m in (x**2, x, 1))
        if a == 0:
            if b != 0:
                raise fail(
                    "not-quadratic", f"there is no square of {x} left to complete", f.span, "give the variables in another order"
                )
            continue
        parts.append(times(lift(a, context), power(lift(x + sp.expand(b / (2 * a)), context), num(2))))
        rest = sp.expand(c - b**2 / (4 * a))
    out: Term | None = None
    for p in (*parts, lift(rest, context)):
        if p == num(0):
            continue
        out = p if out is None else minus(out, num(-p.value)) if isinstance(p, Num) and p.value < 0 else plus(out, p)
    return num(0) if out is None else out


def _shifted(name: Term, shift: Term) -> Term:
    return minus(name, Num(-shift.value)) if isinstance(shift, Num) and shift.value < 0 else plus(name, shift)
