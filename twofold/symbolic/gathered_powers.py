"""Powers with names in their exponents joined: 2^n*n^2 + 2^n*n is 2^n*n*(n + 1), 2*2^(-n) is 2^(1 - n), (-1)^n*(p - 1)^n is (1 - p)^n.

Terms whose powers and factorials are the same are collected, as exponential polynomials are written (Everest, van der Poorten, Shparlinski and Ward,
"Recurrence Sequences", section 1.1). Bases are joined only where that is right for all values: exponents that are whole numbers, or positive bases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

_LONGEST = 200
Key = tuple[tuple[Any, Any], ...]
"""The powers of a term: exponents without constants, and their bases. A factorial or gamma function is a base with the exponent 1."""
_GROWING = (sp.factorial, sp.gamma, sp.binomial)


def has_powers(e: Any) -> bool:
    """Whether there may be something to join: a power with a name in its exponent beside something else, several exponentials, a factorial in a sum."""
    if not (e.is_Add or e.is_Mul):
        return False
    return (
        any(not p.exp.is_number for p in e.atoms(sp.Pow))
        or e.has(sp.Add)
        and e.has(*_GROWING)
        or sum(bool(f.free_symbols) for f in e.atoms(sp.exp)) > 1
    )


def gathered(e: Any) -> Any:
    """The expression with its powers joined, inside and outside of sums."""
    if e.is_Add and sp.count_ops(e) <= _LONGEST:
        return _collected(sp.Add.make_args(sp.expand(e)))
    if e.is_Mul:
        sums = [f for f in e.args if f.is_Add]
        if len(sums) == 1 and sums[0].has(*_GROWING):
            # Its terms may have something in common with what is below them.
            rest = sp.Mul(*(f for f in e.args if f is not sums[0]))
            return _collected([t * rest for t in sp.Add.make_args(sp.expand(sums[0]))])
        return _collected([sp.Mul(*(gathered(f) if f.is_Add else _below(f) for f in e.args))])
    return e


def _below(f: Any) -> Any:
    return sp.Pow(gathered(f.base), f.exp) if f.is_Pow and f.base.is_Add and f.exp.is_Integer else f


def _collected(terms: Sequence[Any]) -> Any:
    found: dict[Key, Any] = {}
    for t in terms:
        key, coefficient = _split(t)
        found[key] = found.get(key, sp.S.Zero) + coefficient
    return sp.Add(*(_written(key, c if len(terms) == 1 else sp.factor(c)) for key, c in found.items() if c != 0))


def _split(term: Any) -> tuple[Key, Any]:
    """The powers of a term and what stands before them."""
    exponents: dict[Any, Any] = {}
    bases: dict[Any, Any] = {}
    rest = []
    for f in sp.Mul.make_args(term):
        base, exponent = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        if isinstance(base, _GROWING) and exponent.is_Integer and base.free_symbols:
            bases[sp.S.One, base] = base**exponent
        elif exponent.is_number:
            rest.append(f)
        else:
            exponents[base] = exponents.get(base, 0) + exponent
    coefficient = sp.Mul(*rest)
    for base, exponent in exponents.items():
        constant, varying = sp.expand(exponent).as_coeff_Add()
        if not constant.is_Integer and not base.is_positive:
            constant, varying = sp.S.Zero, exponent
        coefficient *= base**constant
        if varying == 0:
            continue
        times, step = _steps(varying) if base is not sp.E else (sp.S.One, varying)
        whole = step.is_integer and times.is_Integer
        if whole and base.could_extract_minus_sign() and base.is_Add:
            # (p - 1)^n is (-1)^n*(1 - p)^n, whose first factor may meet another of its kind.
            bases[step] = bases.get(step, 1) * (-1) ** times * (-base) ** times
        elif whole or base.is_positive and not base.is_Symbol and base is not sp.E:
            bases[step] = bases.get(step, 1) * base**times
        else:
            bases[varying, base] = base
    return tuple(sorted(((s[0] if isinstance(s, tuple) else s, b) for s, b in bases.items()), key=str)), coefficient


def _steps(exponent: Any) -> tuple[Any, Any]:
    """An exponent as a number times what has no number in front, -2*n as (-2, n)."""
    times, step = exponent.primitive() if exponent.is_Add else exponent.as_coeff_Mul()
    return (-times, -step) if step.could_extract_minus_sign() else (times, step)


def _written(key: Key, coefficient: Any) -> Any:
    """Powers with their coefficient; what that has of the bases goes into the exponents."""
    factors = []
    number, coefficient = coefficient.as_coeff_Mul() if not coefficient.is_Add else coefficient.primitive()
    if coefficient.is_Add and coefficient.could_extract_minus_sign():
        number, coefficient = -number, -coefficient
    for exponent, base in key:
        if exponent is sp.S.One:
            factors.append(base)
            continue
        for b, power in _factors(base):
            if b.is_Rational:
                # 5^n/5 reads as well as 5^(n - 1), 2^n*n/4 not as well as 2^(n - 2)*n.
                shift, number = _multiple(b, number) if coefficient is not sp.S.One or number.is_Integer else (sp.S.Zero, number)
            else:
                shift, coefficient = _shift(b, coefficient)
                if shift and coefficient.could_extract_minus_sign() and coefficient.is_Number:
                    number, coefficient = number * coefficient, sp.S.One
            factors.append(sp.exp(_short(exponent + shift)) if b is sp.E else b ** sp.factor_terms(power * exponent + shift))
    return sp.Mul(number, coefficient, *factors)


def _factors(base: Any) -> list[tuple[Any, Any]]:
    """The number, names and sums in a base, with their powers."""
    number, rest = base.as_coeff_Mul()
    if number is sp.S.One and not rest.is_Mul:
        return [(base, sp.S.One)]
    named = [f.as_base_exp() for f in sp.Mul.make_args(rest) if f is not sp.S.One]
    return [(number, sp.S.One), *named] if number is not sp.S.One else named


def _short(exponent: Any) -> Any:
    return min(exponent, sp.factor(exponent), key=sp.count_ops)


def _multiple(base: Any, number: Any) -> tuple[Any, Any]:
    """How often a whole number above 1, or the reciprocal of one, is a factor of a number that has no others above or below its bar."""
    size, sign = (base.p, 1) if base.q == 1 else (base.q, -1)
    if size < 2 or min(base.p, base.q) != 1 or number == 0:
        return sp.S.Zero, number
    for side, part in ((1, abs(number.p)), (-1, number.q)):
        k, left = 0, part
        while left % size == 0:
            left, k = left // size, k + 1
        if k and left == 1:
            return sp.Integer(side * sign * k), number / sp.Integer(size) ** (side * k)
    return sp.S.Zero, number


def _shift(base: Any, coefficient: Any) -> tuple[Any, Any]:
    """The power of a base that a coefficient is a multiple of, and what is left of that."""
    shift, kept = sp.S.Zero, []
    for f in sp.Mul.make_args(coefficient):
        b, k = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        if b == base and k.is_Integer:
            shift += k
        elif b == -base and k.is_Integer:
            shift += k
            kept.append((-1) ** k)
        else:
            kept.append(f)
    return shift, sp.Mul(*kept)
