"""What is known of the sign of a polynomial in kernels: from declared bounds, from assumptions, from shape.

Signs: "+", "-", "0+" (nonnegative), "0-", None (not known).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from flint import fmpq, fmpq_poly

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Field
from twofold.symbolic.normal.polynomials import Poly

FLIP = {"+": "-", "-": "+", "0+": "0-", "0-": "0+", None: None}


_MOST_BESIDE, _MOST_KNOWN = 6, 10
"""Terms of a sum, and learnt signs, that are compared with one another."""


class Signs:
    """Signs of polynomials over the kernels of a field. `bounds`: kernel -> (lower, upper) as rationals or None, with open flags."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.bounds: dict[int, tuple[Fraction | None, bool, Fraction | None, bool]] = {}
        self.known: dict[frozenset, str] = {}  # type: ignore[type-arg]
        self._cache: dict[frozenset, str | None] = {}  # type: ignore[type-arg]
        self._depth = 0

    def learn(self, p: Poly, sign: str) -> None:
        """A polynomial (any multiple) has this sign."""
        if not p:
            return
        c, m, q = P.primitive(p)
        if c < 0:
            sign = FLIP[sign] or sign
        rest = self.monomial(m)
        if len(q) == 1:
            # Only a single kernel to an odd power can be told apart here.
            if len(m) == 1 and m[0][1] == 1:
                self._bound(m[0][0], sign)
            return
        if rest in ("+", "-"):
            self.known[frozenset(q.items())] = sign if rest == "+" else FLIP[sign] or sign
            self._cache.clear()
        # A linear bound of one kernel by a number.
        if not m and len(q) == 2 and () in q:
            mono = next(k for k in q if k)
            g, e = mono[0]
            if len(mono) == 1 and e == 1:
                coefficient, at = q[mono], -q[()] / q[mono]
                at_ = Fraction(int(at.p), int(at.q))
                low = (sign in ("+", "0+")) == (coefficient > 0)
                old = self.bounds.get(g, (None, True, None, True))
                self.bounds[g] = (at_, "0" not in sign, old[2], old[3]) if low else (old[0], old[1], at_, "0" not in sign)
                self._cache.clear()

    def is_bounded(self, g: int) -> bool:
        """Whether anything is known of how large a kernel is."""
        return g in self.bounds or any(g == k for key in self.known for m, _ in key for k, _ in m)

    def _bound(self, g: int, sign: str) -> None:
        old = self.bounds.get(g, (None, True, None, True))
        zero = Fraction(0)
        if sign in ("+", "0+"):
            if old[0] is None or old[0] < 0:
                self.bounds[g] = (zero, sign == "+", old[2], old[3])
            elif old[0] == 0 and sign == "+":
                self.bounds[g] = (zero, True, old[2], old[3])
        elif old[2] is None or old[2] > 0 or (old[2] == 0 and sign == "-"):
            self.bounds[g] = (old[0], old[1], zero, sign == "-")
        self._cache.clear()

    def generator(self, g: int) -> str | None:
        if not self.field.is_real(g):
            return None
        if g in self.field.positive:
            key = self.field.kernels[g]
            return "0+" if key[0] == "abs" and self.of(dict(key[1])) not in ("+", "-") else "+"
        low, open_low, high, open_high = self.bounds.get(g, (None, True, None, True))
        if low is not None and (low > 0 or low == 0):
            return "+" if low > 0 or open_low else "0+"
        if high is not None and high <= 0:
            return "-" if high < 0 or open_high else "0-"
        key = self.field.kernels[g]
        if key[0] == "ipow" and key[1] != "minus" and key[2] == ():
            return self.of(dict(key[1]))
        if key[0] == "abs_of":
            return "0+"
        if key[0] == "log" and not isinstance(key[1], int) and (side := self.of(dict(key[1]))) in ("+", "-"):
            size = dict(key[1]) if side == "+" else P.scaled(dict(key[1]), fmpq(-1))
            return self.of(P.add(size, P.constant(1), -1))
        return None

    def monomial(self, m: P.Mono) -> str | None:
        sign: str = "+"
        for g, e in m:
            if not self.field.is_real(g):
                return None
            s = self.generator(g)
            if s is None or s in ("-", "0-"):
                if isinstance(e, int) and e % 2 == 0:
                    s = "+" if s == "-" else "0+"
                elif not isinstance(e, int) or s is None:
                    return None
            if s in ("-", "0-"):
                sign = FLIP[sign] or sign
            if s in ("0+", "0-") and "0" not in sign and e > 0:  # 1/x^2 is not 0
                sign = "0" + sign
        return sign

    def of(self, p: Poly) -> str | None:
        """The sign of a polynomial, or None."""
        key = frozenset(p.items())
        if key not in self._cache:
            self._cache[key] = None
            self._cache[key] = self._find(p)
        return self._cache[key]

    def unaided(self, p: Poly) -> str | None:
        """The sign without what was learnt of this very polynomial: another opinion where facts meet at zero."""
        return self._find(p, learnt=False) if p else None

    def _find(self, p: Poly, learnt: bool = True) -> str | None:
        if not p or not all(self.field.is_real(g) for g in P.generators(p)):
            return None
        c, m, q = P.primitive(p)
        outer = self.monomial(m)
        if len(q) == 1:
            return outer if c > 0 else FLIP[outer]
        inner = (
            (learnt and self.known.get(frozenset(q.items())))
            or self._terms(q)
            or (learnt and self._beside_known(q))
            or self._exponential(q)
            or self._shifted(q)
            or self._univariate(q)
            or self._radical(q)
            or self._factored(q)
            or self._rooted(q)
            or self._quadratic(q)
        )
        if inner is None or outer is None:
            return None
        return _times(_times(outer, inner), "+" if c > 0 else "-")

    def _beside_known(self, q: Poly) -> str | None:
        """A multiple of what is known and a rest of the same sign: n - k + 1 is positive where n - k is not negative."""
        if len(q) > _MOST_BESIDE or len(self.known) > _MOST_KNOWN:
            return None
        for key, sign in self.known.items():
            p = dict(key)
            for scale in {q[m] / v for m, v in p.items() if m and m in q} if len(p) <= len(q) else ():
                rest = P.add(q, p, -scale)
                if not rest or len(rest) >= len(q):
                    continue
                own = sign if scale > 0 else FLIP[sign]
                other = (self._terms(rest) or self._known(rest)) if len(rest) > 1 else self._one(rest)
                if own and other and own[-1] == other[-1]:
                    return own[-1] if "0" not in own or "0" not in other else own
        return None

    def _known(self, p: Poly) -> str | None:
        """The sign that was learnt of a multiple of this."""
        c, m, q = P.primitive(p)
        sign = None if m else self.known.get(frozenset(q.items()))
        return sign if sign is None or c > 0 else FLIP[sign]

    def _one(self, p: Poly) -> str | None:
        """The sign of a single term."""
        ((m, c),) = p.items()
        return self.monomial(m) if c > 0 else FLIP[self.monomial(m)]

    def _exponential(self, q: Poly) -> str | None:
        """exp(u) - 1 has the sign of u."""
        u = exponent(self.field, q)
        return self.of(u) if u else None

    def _terms(self, q: Poly) -> str | None:
        """All terms of one sign."""
        total: str | None = None
        for m, c in q.items():
            s = self.monomial(m)
            if s is None:
                return None
            if c < 0:
                s = FLIP[s]
            assert s is not None
            if total is None:
                total = s
            elif total[-1] != s[-1]:
                return None
            else:
                total = total if "0" not in total else s
        return total

    def _shifted(self, q: Poly) -> str | None:
        """Bounded kernels written as bound + t or bound - t with t positive: all terms of one sign then."""
        moving = [
            g
            for g in P.generators(q)
            if g in self.bounds and any(b not in (None, 0) for b in (self.bounds[g][0], self.bounds[g][2]))
        ]
        if not moving or len(moving) > 3 or any(not isinstance(e, int) or e < 0 for m in q for g, e in m if g in moving):
            return None
        choices = []
        for g in moving:
            low, open_low, high, open_high = self.bounds[g]
            options = []
            if low is not None:
                options.append((g, low, 1, open_low))
            if high is not None:
                options.append((g, high, -1, open_high))
            if low is not None and high is not None:
                options.append((g, low, 2, open_low and open_high))
            choices.append(options)
        for plan in product(*choices):
            out = q
            for g, at, way, _ in plan:
                out = self._moved(out, g, at, way)
            sign = self._positive_terms(out, {g: strict for g, _, _, strict in plan})
            if sign and any(way == 2 and not strict for _, _, way, strict in plan) and "0" not in sign:
                sign = f"0{sign}"  # the closed upper end is t = oo, where only the leading coefficient counts
            if sign:
                return sign
        return None

    def _moved(self, q: Poly, g: int, at: Fraction, way: int) -> Poly:
        """q with kernel g replaced by at + t (way 1), at - t (way -1), or, times a positive power, by (low + high*t)/(1 + t) (way 2)."""
        out: Poly = {}
        value = fmpq(at.numerator, at.denominator)
        degree = max((int(dict(m).get(g, 0)) for m in q), default=0)
        high = self.bounds[g][2]
        for m, c in q.items():
            powers = dict(m)
            e = int(powers.pop(g, 0))
            if way == 2:
                assert high is not None
                top = fmpq(high.numerator, high.denominator)
                expanded = P.mul(
                    P.power({(): value, ((g, 1),): top} if value else {((g, 1),): top}, e),
                    P.power({(): fmpq(1), ((g, 1),): fmpq(1)}, degree - e),
                )
            else:
                expanded = P.power({(): value, ((g, 1),): fmpq(way)} if value else {((g, 1),): fmpq(way)}, e)
            out = P.add(out, P.scaled(expanded, c, tuple(sorted(powers.items()))))
        return out

    def _positive_terms(self, q: Poly, strict: dict[int, bool]) -> str | None:
        total: str | None = None
        for m, c in q.items():
            rest = tuple((g, e) for g, e in m if g not in strict)
            s = self.monomial(rest)
            if s is None:
                return None
            if any(g in strict and not strict[g] for g, _ in m) and "0" not in s:
                s = "0" + s
            if c < 0:
                s = FLIP[s] or s
            if total is None:
                total = s
            elif total[-1] != s[-1]:
                return None
            else:
                total = total if "0" not in total else s
        return total

    def _univariate(self, q: Poly) -> str | None:
        """One kernel: no real root inside its bounds means one sign there (roots isolated by FLINT)."""
        gens = P.generators(q)
        if len(gens) != 1 or any(not isinstance(e, int) for m in q for _, e in m):
            return None
        g = gens[0]
        degree = max(int(dict(m).get(g, 0)) for m in q)
        if degree > 40:
            return None
        low, open_low, high, open_high = self.bounds.get(g, (None, True, None, True))
        if g in self.field.positive and low is None:
            low, open_low = Fraction(0), True
        coefficients = [fmpq(0)] * (degree + 1)
        for m, c in q.items():
            coefficients[int(dict(m).get(g, 0))] = c
        f = fmpq_poly(coefficients)
        inside, edge = 0, False
        for root, _ in f.numer().complex_roots():
            if not root.imag.contains(0):
                continue
            x = root.real
            if low is not None and bool(x < fmpq_arb(low)):
                continue
            if high is not None and bool(x > fmpq_arb(high)):
                continue
            if (
                low is not None
                and f(fmpq(low.numerator, low.denominator)) == 0
                and x.contains(fmpq(low.numerator, low.denominator))
            ):
                edge |= not open_low
                continue
            if (
                high is not None
                and f(fmpq(high.numerator, high.denominator)) == 0
                and x.contains(fmpq(high.numerator, high.denominator))
            ):
                edge |= not open_high
                continue
            inside += 1
        if inside:
            return None
        at = _inner_point(low, high)
        value = f(fmpq(at.numerator, at.denominator))
        if value == 0:
            return None
        sign = "+" if value > 0 else "-"
        return f"0{sign}" if edge else sign

    def _radical(self, q: Poly) -> str | None:
        """a*r + b with r = sqrt(p): where a^2*p - b^2 is positive, r outweighs b and the sign is that of a. With r = cbrt(p) it is that of a^3*p + b^3."""
        if self._depth > 3 or len(q) > 40:
            return None
        half, third = Fraction(1, 2), Fraction(1, 3)
        for g in P.generators(q):
            found = {e for m in q for h, e in m if h == g}
            if self.field.kernels[g][0] not in ("abs", "prime") or found not in ({half}, {third}):
                continue
            a = {tuple(x for x in m if x[0] != g): v for m, v in q.items() if any(h == g for h, _ in m)}
            b = {m: v for m, v in q.items() if not any(h == g for h, _ in m)}
            if not b:
                continue
            self._depth += 1
            try:
                if found == {third}:
                    cube = self.field.tidied(P.mul(P.power(a, 3), {((g, 1),): fmpq(1)}), P.constant(1))
                    total = P.add(cube.num, P.power(b, 3))
                    known = self.of(total) if total and len(cube.den) == 1 else None
                    if known in ("+", "-"):
                        return known
                    continue
                sign, other = self.of(a), self.of(b)
                if sign not in ("+", "-") and other not in ("+", "-"):
                    continue
                if sign in ("+", "-") and other is not None and other[-1] == sign:
                    return sign
                whole = self.field.tidied(P.mul(P.mul(a, a), {((g, 1),): fmpq(1)}), P.constant(1))
                gap = P.add(whole.num, P.mul(b, b), -1)
                beats = self.of(gap) if gap and len(whole.den) == 1 else None
                if beats == "+" and sign in ("+", "-"):
                    return sign
                if beats == "-" and other in ("+", "-"):
                    return other
            finally:
                self._depth -= 1
        return None

    def _rooted(self, q: Poly) -> str | None:
        """Positive names that stand beside their own roots are written as powers of the roots: a - 2*sqrt(a*b) + b is a square."""
        swap: dict[int, int] = {}
        for g in P.generators(q):
            key = self.field.kernels[g]
            if key[0] == "abs":
                base = dict(key[1])
                mono = next(iter(base))
                if len(base) == 1 and len(mono) == 1 and mono[0][1] == 1 and self.generator(mono[0][0]) in ("+", "0+"):
                    swap[mono[0][0]] = g
        if not swap or not any(h in swap for h in P.generators(q)):
            return None
        out: Poly = {}
        for m, c in q.items():
            new: P.Mono = ()
            for h, e in m:
                new = P.mono_mul(new, ((swap.get(h, h), e),))
            out = P.add(out, {new: c})
        if not out:
            return None
        c, m, inner = P.primitive(out)
        sign = _times(self.monomial(m), self._terms(inner) or self._factored(inner) or self._quadratic(inner))
        return sign if c > 0 or sign is None else FLIP[sign]

    def _quadratic(self, q: Poly) -> str | None:
        """A polynomial of degree 2 in kernels (or in their halves) that is a nonnegative form: exact completion of squares."""
        gens = P.generators(q)
        if not gens or len(gens) > 8:
            return None
        scale = {g: min((Fraction(e) for m in q for h, e in m if h == g and e), default=Fraction(1)) for g in gens}
        index = {g: k + 1 for k, g in enumerate(gens)}
        n = len(gens) + 1
        form = [[Fraction(0)] * n for _ in range(n)]
        for m, c in q.items():
            places: list[int] = []
            for g, e in m:
                k = Fraction(e) / scale[g]
                if k.denominator != 1 or k < 0 or k > 2:
                    return None
                places += [index[g]] * int(k)
            if len(places) > 2:
                return None
            i, j = ([0, 0, *places])[-2:]
            value = Fraction(int(c.p), int(c.q))
            form[i][j] += value / 2
            form[j][i] += value / 2
        for flip in (1, -1):
            rank = _definite([[flip * x for x in row] for row in form])
            if rank is not None:
                sign = "+" if flip > 0 else "-"
                return sign if rank == n else f"0{sign}"
        return None

    def _factored(self, q: Poly) -> str | None:
        if len(q) > 60:
            return None
        c, m, found = P.factors(q)
        if len(found) == 1 and found[0][1] == 1 and not m:
            return None
        total = _times("+" if c > 0 else "-", self.monomial(m) or "")
        for p, e in found:
            s = self.of(p) if p != q else None
            if e % 2 == 0:
                s = "+" if s in ("+", "-") else "0+"
            total = _times(total or "", s or "")
            if not total:
                return None
        return total or None


def _definite(a: list[list[Fraction]]) -> int | None:
    """The rank of a symmetric matrix that is positive semidefinite, None where it is not (Gaussian elimination with diagonal pivots)."""
    a = [row[:] for row in a]
    rank, left = 0, set(range(len(a)))
    while left:
        if any(a[i][i] < 0 for i in left):
            return None
        pivot = next((i for i in sorted(left) if a[i][i] > 0), None)
        if pivot is None:
            return rank if all(a[i][j] == 0 for i in left for j in left) else None
        rank += 1
        left.discard(pivot)
        for i in left:
            for j in left:
                a[i][j] -= a[i][pivot] * a[pivot][j] / a[pivot][pivot]
    return rank


def fmpq_arb(x: Fraction) -> object:
    from flint import arb

    return arb(fmpq(x.numerator, x.denominator))


def _inner_point(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is not None and high is not None:
        return (low + high) / 2
    if low is not None:
        return low + 1
    return high - 1 if high is not None else Fraction(0)


def _times(a: str | None, b: str | None) -> str | None:
    if not a or not b:
        return None
    sign = "+" if a[-1] == b[-1] else "-"
    return f"0{sign}" if "0" in a or "0" in b else sign


def exponent(field: Field, q: Poly) -> Poly | None:
    """u, where a polynomial is exp(u) - 1."""
    if len(q) != 2 or q.get(()) != -1:
        return None
    mono = next(m for m in q if m)
    if q[mono] != 1:
        return None
    out: Poly = {}
    for g, e in mono:
        key = field.kernels[g]
        if key[0] != "exp" or key[2] is not None or not isinstance(e, (int, Fraction)):
            return None
        out = P.add(out, {key[1]: fmpq(1)}, fmpq(Fraction(e).numerator, Fraction(e).denominator))
    return out
