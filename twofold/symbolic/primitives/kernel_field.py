"""Polynomials in a variable, in functions of it and in constants, with their relations and the derivation on them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mpoly_ctx

from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, num, subterms
from twofold.symbolic.derivative import derivative
from twofold.symbolic.primitives.rational import root
from twofold.symbolic.primitives.reading import NotRead, depends, polynomial, rational_number
from twofold.symbolic.primitives.writing import app, fraction

_MOST_KERNELS, _MOST_TERMS, _HIGHEST = 9, 1500, 12
_KERNELS = frozenset(
    "exp log sin cos tan sinh cosh tanh atan asin acos asinh sqrt erf erfc erfi Ei li Ci Chi airyai airyaiprime airybi airybiprime".split()
)
ARITHMETIC = frozenset("add sub mul div neg pow".split())


def exponent(t: Term) -> Fraction:
    """A rational exponent. Raises `NotRead`."""
    found = rational_number(t)
    if found is None:
        raise NotRead
    return fraction(found)


def _halves(t: App) -> bool:
    """Whether a power is an odd one of a square root, or one of e."""
    found = rational_number(t.args[1])
    return t.args[0] == Const("e") if found is None else found.q == 2


class KernelField:
    """Polynomials in x and the kernels of a term, with the derivation on them."""

    def __init__(self, t: Term, x: Symbol) -> None:
        self.x = x
        self.known: dict[Any, Term] = {}
        """Kernels by what they are of: of the same polynomial written in two ways there is one."""
        self.multiples: dict[Term, Fraction] = {}
        """Square roots as multiples of that of a polynomial without a square factor in its leading coefficient."""
        self.kernels: list[Term] = [Var(x)]
        self._collect(t)
        k = 0
        slopes: list[Term] = []
        while k < len(self.kernels):
            slopes.append(derivative(self.kernels[k], x) if depends(self.kernels[k], x) else num(0))
            self._collect(slopes[k])
            k += 1
        self.context = fmpq_mpoly_ctx.get([f"k{k}" for k in range(len(self.kernels))], "degrevlex")
        self.gens = [self.context.gen(k) for k in range(len(self.kernels))]
        self.one = self.context.constant(1)
        self.roots = {n for n, k in enumerate(self.kernels) if isinstance(k, App) and k.op == "sqrt" and depends(k, x)}
        self.relations: list[tuple[int, Any]] = []
        for relation in self._relations():
            self.relations.append(relation)
        read = [self.read(s) for s in slopes]
        self.scale = self.one
        for _, below in read:
            self.scale = self.scale * (below / self.scale.gcd(below))
        self.slopes = [a * (self.scale / b) for a, b in read]

    def _collect(self, t: Term) -> None:
        for s in subterms(t):
            kernel = self._kernel(s)
            if kernel is None:
                continue
            for k in (kernel, *(self._partner(kernel) if depends(kernel, self.x) else ())):
                if k not in self.kernels and self._inverse(k) not in self.kernels:
                    self.kernels.append(k)
        if len(self.kernels) > _MOST_KERNELS:
            raise NotRead

    def _kernel(self, s: Term) -> Term | None:
        if isinstance(s, Const) and s.sort == "number" or isinstance(s, Var) and s.symbol is not self.x and not s.shape:
            return s
        if not isinstance(s, App) or s.shape or s.op in ARITHMETIC and (s.op != "pow" or not _halves(s)):
            return None
        if s.op == "pow":
            s = app("exp", s.args[1]) if s.args[0] == Const("e") else app("sqrt", s.args[0])
        if not depends(s, self.x):
            return s if rational_number(s) is None else None
        if s.op not in _KERNELS:
            raise NotRead
        try:
            p = polynomial(s.args[0], self.x)
        except NotRead:
            return self.known.setdefault(s, s)
        if s.op == "sqrt":
            # Of multiples by squares of rationals there is one root.
            lead = abs(fraction(p.leading_coefficient()))
            outside, inside = root(lead)
            p = p / fmpq(lead.numerator, lead.denominator) * inside
            found = self.known.setdefault((s.op, tuple(map(str, p.coeffs()))), s)
            self.multiples.setdefault(found, outside)
            if s not in self.multiples:
                self.multiples[s] = outside
            return found
        return self.known.setdefault((s.op, tuple(map(str, p.coeffs()))), s)

    def _inverse(self, k: Term) -> Term | None:
        """The kernel of which an exponential is the inverse, if there is one."""
        if isinstance(k, App) and k.op == "exp":
            try:
                key = "exp", tuple(map(str, (-polynomial(k.args[0], self.x)).coeffs()))
            except NotRead:
                return None
            return self.known.get(key)
        return None

    def _partner(self, k: Term) -> Iterator[Term]:
        assert isinstance(k, App)
        other = {"sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}.get(k.op)
        if other:
            made = self._kernel(app(other, k.args[0]))
            assert made is not None
            yield made

    def _relations(self) -> Iterator[tuple[int, Any]]:
        """Kernels whose squares are polynomials in the others."""
        for n, k in enumerate(self.kernels):
            if isinstance(k, App) and k.op in ("sin", "cosh") and depends(k, self.x):
                other = self._kernel(app("cos" if k.op == "sin" else "sinh", k.args[0]))
                assert other is not None
                c = self.gens[self.kernels.index(other)]
                yield n, self.one - c * c if k.op == "sin" else self.one + c * c
            elif isinstance(k, App) and k.op == "sqrt" and depends(k, self.x):
                above, below = self.read(k.args[0])
                if not below.is_constant():
                    raise NotRead
                yield n, above / below.leading_coefficient()

    # --- reading ---

    def read(self, t: Term) -> tuple[Any, Any]:
        """Numerator and denominator."""
        if isinstance(t, Num):
            return self.context.constant(fmpq(t.value.numerator, t.value.denominator)), self.one
        kernel = self._kernel(t)
        if isinstance(t, App) and t.op in ("pow", "sqrt") and isinstance(kernel, App) and kernel.op == "sqrt":
            own = app("sqrt", t.args[0])
            ratio = self.multiples.get(own, Fraction(1)) / self.multiples.get(kernel, Fraction(1))
            if kernel not in self.kernels:
                raise NotRead
            base = self.gens[self.kernels.index(kernel)] * fmpq(ratio.numerator, ratio.denominator)
            return self._power(base, self.one, int(2 * exponent(t.args[1])) if t.op == "pow" else 1)
        if isinstance(t, Var) or kernel is not None:
            place = kernel if kernel is not None else t
            if kernel is not None and place not in self.kernels:
                other = self._inverse(kernel)
                if other is not None and other in self.kernels:
                    return self.one, self.gens[self.kernels.index(other)]
            if place not in self.kernels:
                raise NotRead
            return self.gens[self.kernels.index(place)], self.one
        if not isinstance(t, App) or t.shape:
            raise NotRead
        if t.op == "neg":
            a, b = self.read(t.args[0])
            return -a, b
        if t.op == "pow":
            e = exponent(t.args[1])
            if e.denominator != 1 or abs(e) > _HIGHEST:
                raise NotRead
            return self._power(*self.read(t.args[0]), int(e))
        if t.op not in ("add", "sub", "mul", "div"):
            raise NotRead
        (a, b), (c, d) = self.read(t.args[0]), self.read(t.args[1])
        if t.op == "mul":
            return self._ratio(a * c, b * d)
        if t.op == "div":
            return self._ratio(a * d, b * c)
        return self._ratio(a * d + c * b if t.op == "add" else a * d - c * b, b * d)

    def _power(self, a: Any, b: Any, n: int) -> tuple[Any, Any]:
        return self._ratio(a**n, b**n) if n >= 0 else self._ratio(b**-n, a**-n)

    def _ratio(self, a: Any, b: Any) -> tuple[Any, Any]:
        # Squares of sines stay: by the relation a power below the bar would be one no more.
        a, b = self.reduced(a, roots=True), self.reduced(b, roots=True)
        for n, square in self.relations:
            if n in self.roots and self.degree(b, n):
                # A root below the bar: multiply by its conjugate.
                rows = self._rows(b, n)
                a = self.reduced(a * (rows[0] - rows[1] * self.gens[n]), roots=True)
                b = self.reduced(rows[0] * rows[0] - rows[1] * rows[1] * square, roots=True)
        if self.reduced(b).is_zero():
            raise NotRead
        g = a.gcd(b)
        if not g.is_constant():
            a, b = a / g, b / g
        if len(a) > _MOST_TERMS or len(b) > _MOST_TERMS:
            raise NotRead
        c = b.leading_coefficient()
        return a / c, b / c

    def degree(self, p: Any, n: int) -> int:
        return int(p.degrees()[n]) if not p.is_zero() else 0

    def _rows(self, p: Any, n: int) -> list[Any]:
        """The parts without and with the first power of a generator of degree at most one."""
        rows: list[dict[Any, Any]] = [{}, {}]
        for m, c in p.terms():
            rows[m[n]][(*m[:n], 0, *m[n + 1 :])] = c
        return [self.context.from_dict(r) for r in rows]

    def reduced(self, p: Any, roots: bool = False) -> Any:
        """By the relations, or only those of roots, until the kernels in question stand to the first power at most."""
        changed = True
        while changed:
            changed = False
            for n, square in self.relations:
                if self.degree(p, n) > 1 and (n in self.roots or not roots):
                    out = self.context.constant(0)
                    parts: dict[int, dict[Any, Any]] = {}
                    for m, c in p.terms():
                        parts.setdefault(m[n], {})[(*m[:n], m[n] % 2, *m[n + 1 :])] = c
                    for k, row in parts.items():
                        out += self.context.from_dict(row) * square ** (k // 2)
                    p, changed = out, True
                    if len(p) > _MOST_TERMS:
                        raise NotRead
        return p

    def derive(self, p: Any) -> Any:
        """The derivative times `scale`."""
        out = self.context.constant(0)
        for n, s in enumerate(self.slopes):
            if self.degree(p, n):
                out += p.derivative(n) * s
        return self.reduced(out)
