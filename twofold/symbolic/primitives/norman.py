"""Antiderivatives that are rational in the functions of the integrand, with logarithms of the factors of its denominator, by undetermined coefficients.

Everything is a rational function of x and of kernels such as exp(u), log(u), sin(u), cos(u), sqrt(u), whose derivatives are such functions too. The
denominator of the antiderivative is guessed from that of the integrand: a factor that divides its own derivative keeps its exponent, any other loses
one. The coefficients of the numerator and of the logarithms solve a linear system, here modulo a prime. Sources: Norman and Moore, "Implementing the new
Risch integration algorithm" (1977); Bronstein, "Poor Man's Integrator" (2005).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from flint import fmpq, fmpq_poly

from twofold.catalogue.summands import summands
from twofold.grammar.term import App, Symbol, Term, num, subterms, transform
from twofold.symbolic.arithmetic import ONE, minus, over, plus, power, times
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.primitives.direct import direct
from twofold.symbolic.primitives.kernel_field import ARITHMETIC, KernelField
from twofold.symbolic.primitives.modular import solved
from twofold.symbolic.primitives.rational import root
from twofold.symbolic.primitives.reading import NotRead, depends
from twofold.symbolic.primitives.roots import over_root
from twofold.symbolic.primitives.writing import Part, app, content, fraction, joined, scaled, total
from twofold.symbolic.weight import weight

_MOST_UNKNOWNS, _HIGHEST = 360, 12
_QUOTIENTS = {
    "sec": ("", "cos"),
    "csc": ("", "sin"),
    "cot": ("cos", "sin"),
    "sech": ("", "cosh"),
    "csch": ("", "sinh"),
    "coth": ("cosh", "sinh"),
}
_CIRCULAR = frozenset("sin cos tan cot sec csc".split())
_HYPERBOLIC = frozenset("sinh cosh tanh coth sech csch".split())
_TANGENTS = {"tan": ("sin", "cos"), "tanh": ("sinh", "cosh")}
_GROWING = frozenset("log atan asin acos asinh erf erfc erfi Ei li Ci Chi airyai airyaiprime airybi airybiprime".split())


def by_kernels(t: Term, x: Symbol) -> Term | None:
    """The antiderivative of this form, `None` where there is none with the guessed denominator, or the term has other parts. The terms of a sum that
    have no function in common are taken by themselves where they are too much together."""
    found = _whole(t, x)
    groups = _groups(t, x) if found is None else []
    if len(groups) < 2:
        return found
    parts: list[tuple[int, Term]] = []
    for group in groups:
        made = direct(group, x) or _whole(group, x)
        if made is None:
            return None
        parts.append((1, made))
    return joined(parts)


def _groups(t: Term, x: Symbol) -> list[Term]:
    """The terms of a sum, those with a function in common together."""
    rows: list[tuple[set[App], list[tuple[int, Term]]]] = []
    for sign, part in summands(t):
        functions = [s for s in subterms(part) if isinstance(s, App) and s.op not in ARITHMETIC and depends(s, x)]
        inside = {
            app("sin", s.args[0]) if s.op in _CIRCULAR else app("sinh", s.args[0]) if s.op in _HYPERBOLIC else s
            for s in functions
        }
        kept = [(sign, part)]
        others = []
        for known, row in rows:
            if known & inside or not known and not inside:
                inside, kept = inside | known, row + kept
            else:
                others.append((known, row))
        rows = [*others, (inside, kept)]
    return [joined(row) for _, row in rows]


def _whole(t: Term, x: Symbol) -> Term | None:
    try:
        made = _in_sines(t)
        return _Ansatz(made, x).integrate(made)
    except (NotRead, NoClosedForm, ZeroDivisionError):
        return None


def _in_sines(t: Term) -> Term:
    """Secants and the like by sines and cosines, and tangents too where there are sines or cosines of the same argument."""
    waves = {(s.op, s.args[0]) for s in subterms(t) if isinstance(s, App) and len(s.args) == 1}
    seen = {v for op, v in waves if op in ("sin", "cos", "sec", "csc", "cot")}
    flat = {v for op, v in waves if op in ("sinh", "cosh", "sech", "csch", "coth")}

    def rule(s: Term) -> Term | None:
        if not isinstance(s, App) or len(s.args) != 1 or s.shape:
            return None
        v = s.args[0]
        pair = _QUOTIENTS.get(s.op) or (_TANGENTS.get(s.op) if v in (seen if s.op == "tan" else flat) else None)
        if pair is None:
            return None
        inner = transform(v, rule)
        return over(app(pair[0], inner) if pair[0] else ONE, app(pair[1], inner))

    return transform(t, rule)


class _Ansatz(KernelField):
    """An antiderivative with unknown coefficients over the kernels of a term."""

    def integrate(self, t: Term) -> Term | None:
        a, q = self.read(t)
        a = self.reduced(a)
        if a.is_zero():
            return num(0)
        _, factors = q.factor()
        den, free = self.one, self.one
        extra_parts: list[tuple[Term, Any, Any]] = []
        """Functions that may occur with constant coefficients, with their derivatives."""
        slopes: list[tuple[int, Any, Any]] = []
        for p, e in factors:
            e = int(e)
            slope = self.derive(p)
            special = not slope.is_zero() and self._divides(p, slope) or slope.is_zero()
            kept = e if special else e - 1
            den *= p**kept
            if kept:
                slopes.append((kept, p, slope))
            if kept and not special:
                free *= p
            if not special:
                inner = self._sum(p)
                size = app("log", inner if self._is_positive(p) else app("abs", inner))
                extra_parts.append((size, slope, self.scale * p))
                extra_parts += self._angles(p)
        extra_parts += self._of_roots()
        for p, e in self.scale.factor()[1]:
            # Constants below the bar of a derivative, such as sqrt(pi).
            if not any(d and depends(k, self.x) for d, k in zip(p.degrees(), self.kernels, strict=True)):
                den *= p ** int(e)
        basis = self._monomials(a, q, den)
        common = self.scale * den * free
        for other in (q, *(b for _, _, b in extra_parts)):
            common *= other / common.gcd(other)
        columns: list[Any] = []
        lead = common / (self.scale * den * free)
        below = self.context.constant(0)
        for e, p, slope in slopes:
            below += slope * e * free / p if self._divides(p, free) else (slope / p) * e * free
        for m in basis:
            columns.append(self.reduced((self.derive(m) * free - m * below) * lead))
        for _, above, under in extra_parts:
            columns.append(self.reduced(above * (common / under)))
        wanted = self.reduced(a * (common / q))
        found = solved(columns, wanted)
        if found is None:
            return None
        numerator = self.context.constant(0)
        for c, m in zip(found, basis, strict=False):
            if c:
                numerator += m * fmpq(c.numerator, c.denominator)
        parts: list[Part] = []
        if not numerator.is_zero():
            parts.append((Fraction(1), self._quotient(numerator, den)))
        parts += [(c, part) for c, (part, _, _) in zip(found[len(basis) :], extra_parts, strict=True) if c]
        return total(parts)

    def _angles(self, p: Any) -> Iterator[tuple[Term, Any, Any]]:
        """sqrt(d)*atan((2*a*x + b)/sqrt(d)) for a quadratic in x with the discriminant -d: its derivative is d/2 over the quadratic."""
        if any(p.degrees()[1:]) or p.degrees()[0] != 2:
            return
        c, b, a = (fraction(v) for v in self._in_x(p))
        d = 4 * a * c - b * b
        if d > 0:
            k, inside = root(d)
            front = app("sqrt", num(inside)) if inside != 1 else ONE
            line = total([(2 * a / (k * inside), times(front, self.kernels[0])), (b / (k * inside), front)])
            yield (
                times(front, app("atan", line)),
                self.context.constant(fmpq(d.numerator, d.denominator) / (2 * fmpq(k.numerator, k.denominator))),
                p,
            )

    def _of_roots(self) -> Iterator[tuple[Term, Any, Any]]:
        """The antiderivatives of one over the roots of quadratics in x."""
        for n, square in self.relations:
            if n in self.roots and not any(square.degrees()[1:]) and square.degrees()[0] == 2:
                c, b, a = self._in_x(square)
                (parts,) = (over_root(fmpq_poly([1]), fmpq_poly([c, b, a]), self.kernels[0]),)
                if parts and len(parts) == 1 and parts[0][1] not in self.kernels:
                    k = fmpq(parts[0][0].denominator, parts[0][0].numerator)
                    yield parts[0][1], self.gens[n] * k, square

    def _in_x(self, p: Any) -> list[Any]:
        """The coefficients of a quadratic in x, the constant first."""
        rows = [fmpq(0)] * 3
        for m, c in p.terms():
            rows[m[0]] = c
        return rows

    def _is_positive(self, p: Any) -> bool:
        """Whether all terms are positive: whole squares, exponentials and hyperbolic cosines with positive coefficients, and a constant or an exponential
        among them."""
        strict = False
        for m, c in p.terms():
            odd = [k for n, k in enumerate(self.kernels) if m[n] % 2]
            if c < 0 or any(not isinstance(k, App) or k.op not in ("exp", "cosh") for k in odd):
                return False
            strict |= all(isinstance(k, App) and k.op in ("exp", "cosh") for n, k in enumerate(self.kernels) if m[n])
        return strict

    def _divides(self, p: Any, q: Any) -> bool:
        return bool(q.is_zero() or q.gcd(p).total_degree() == p.total_degree())

    def _monomials(self, a: Any, q: Any, den: Any) -> list[Any]:
        """The monomials that the numerator may have, by degrees in each kernel and together."""
        roots = {n for n, _ in self.relations}
        ranges: list[range] = []
        for n, k in enumerate(self.kernels):
            high = max(self.degree(a, n) - self.degree(q, n), 0) + self.degree(den, n)
            op = k.op if isinstance(k, App) else ""
            if n == 0 or op in _GROWING:
                high += 1
            if op in ("sin", "cos", "sinh", "cosh"):
                pair = [
                    j
                    for j, other in enumerate(self.kernels)
                    if isinstance(other, App) and other.args == k.args and other.op in ("sin", "cos", "sinh", "cosh")
                ]
                high = max(sum(self.degree(a, j) for j in pair), self.degree(den, n))
            if not depends(k, self.x) and self.degree(den, n):
                high += 1
            if op == "sqrt" or not self.degree(a, n) and not self.degree(q, n):
                # One that comes with the derivatives of others.
                high = max(high, 1)
            ranges.append(range(min(high, 1 if n in roots else _HIGHEST) + 1))
        growing = any(isinstance(k, App) and k.op in _GROWING and self.degree(a, n) for n, k in enumerate(self.kernels))
        most = max(0, a.total_degree() - q.total_degree()) + den.total_degree() + 1 + growing
        size = 1
        for r in ranges:
            size *= len(r)
        if size > 40 * _MOST_UNKNOWNS:
            raise NotRead
        found = [m for m in product(*ranges) if sum(m) <= max(most, 2)]
        if len(found) > _MOST_UNKNOWNS:
            raise NotRead
        return [self.context.from_dict({m: 1}) for m in found if any(m) or not den.is_constant()]

    # --- writing ---

    def _quotient(self, above: Any, below: Any) -> Term:
        above = self._fewest(above)
        g = above.gcd(below)
        above, below = above / g, below / g
        front: Term = ONE
        for n, square in self.relations:
            # r/r^2 is one over r.
            if n in self.roots and self._divides(self.gens[n], above) and self._divides(square, below):
                above, below = above / self.gens[n], below / square
                front = times(front, self.kernels[n])
        c, top = self._product(above)
        d, bottom = self._product(below)
        return scaled(c / d, over(top, times(bottom, front)))

    def _fewest(self, p: Any) -> Any:
        """With squares of sines in place of those of cosines where that leaves fewer terms, and the same for hyperbolic functions."""
        for n, _ in self.relations:
            if n in self.roots:
                continue
            k = self.kernels[n]
            assert isinstance(k, App)
            other = self._kernel(app("cos" if k.op == "sin" else "sinh", k.args[0]))
            assert other is not None
            m = self.kernels.index(other)
            if self.degree(p, m) < 2:
                continue
            value = self.one - self.gens[n] ** 2 if k.op == "sin" else self.gens[n] ** 2 - self.one
            out = self.context.constant(0)
            parts: dict[int, dict[Any, Any]] = {}
            for e, c in p.terms():
                parts.setdefault(e[m] // 2, {})[(*e[:m], e[m] % 2, *e[m + 1 :])] = c
            for j, row in parts.items():
                out += self.context.from_dict(row) * value**j
            p = out if len(out) < len(p) else p
        return p

    def _product(self, p: Any) -> tuple[Fraction, Term]:
        lead, factors = p.factor()
        c, out = fraction(lead), ONE
        rows: list[tuple[tuple[bool, int], Term]] = []
        plain = [(f, int(e)) for f, e in factors if len(f) > 1 and not any(f.degrees()[1:])]
        if len(plain) > 1:
            # Several polynomials in x alone as one where that is shorter.
            whole = self.one
            for f, e in plain:
                whole *= f**e
            if weight(self._sum(whole)) <= sum(weight(power(self._sum(f), num(e))) + 1 for f, e in plain):
                factors = [*((f, e) for f, e in factors if all(f != g for g, _ in plain)), (whole, 1)]
        for f, e in factors:
            shared = content([fraction(v) for v in f.coeffs()])
            if fraction(f.leading_coefficient()) < 0:
                shared = -shared
            c *= shared ** int(e)
            t = self._sum(f / fmpq(shared.numerator, shared.denominator))
            wave = isinstance(t, App) and t.op == "exp"
            kind = -1 if not depends(t, self.x) else len(f) if any(f.degrees()[1:]) else 0
            rows.append(((wave, kind), power(t, num(int(e)))))
        for _, t in sorted(rows, key=lambda row: row[0]):
            out = times(out, t)
        return c, out

    def _sum(self, p: Any) -> Term:
        out: Term | None = None
        for m, c in sorted(p.terms(), key=lambda term: fraction(term[1]) < 0):
            t: Term = ONE
            for n in sorted((n for n, k in enumerate(m) if k), key=lambda n: (depends(self.kernels[n], self.x), n)):
                t = times(t, power(self.kernels[n], num(int(m[n]))))
            q = fraction(c)
            part = scaled(abs(q), t)
            out = (part if q > 0 else scaled(q, t)) if out is None else plus(out, part) if q > 0 else minus(out, part)
        assert out is not None
        return out
