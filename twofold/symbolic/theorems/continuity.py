"""Terms that are known to be continuous functions of their names, or to keep their sign."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.grammar.term import OO, App, Bound, Const, Term, free_symbols, subterms
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.powers import is_whole

ANALYTIC = frozenset(
    "add sub mul div neg pow sqrt exp log ln sin cos tan cot sec csc asin acos atan sinh cosh tanh coth sech csch asinh acosh atanh erf erfc erfi Phi "
    "sigmoid softplus Si Shi fresnels fresnelc".split()
)
"""Real-analytic inside their domains, and continuous wherever they have a value."""
_ENTIRE = frozenset("add sub mul div neg pow exp sin cos sinh cosh erf erfc erfi Phi Si Shi sinc fresnels fresnelc".split())
"""Without cuts and poles in the complex plane, quotients and powers apart."""


def is_made_of(t: Term, operations: frozenset[str]) -> bool:
    """Whether nothing but scalar names, constants and these operations stands in a term."""
    return not any(isinstance(s, Bound) or s.shape or (isinstance(s, App) and s.op not in operations) for s in subterms(t))


def is_defined(c: Converter, t: Term) -> bool:
    """Whether every condition that the parts of a term ask for is known to hold, as `Domain` reads them."""
    domain = Domain(c).read(t)
    return not (domain.impossible or domain.unread or domain.atoms)


def is_continuous(c: Converter, t: Term, operations: frozenset[str] = ANALYTIC) -> bool:
    """Whether a term is known to have a value, and to be continuous in its real names together, wherever the facts of `c` hold.

    `operations`: those it may be made of, each of them continuous in all its arguments where it has a value; `pow` and `div` may be
    among them. False means "not known". On a closed and bounded set a continuous function is bounded; a set is closed where the
    facts about the names are no strict inequalities. `c` must not have been told that the term has a value: it would take it for granted.

    Powers with exponents that are no numbers are continuous where the base is positive, where it is not negative and the exponent is
    positive, and, for whole exponents, where these are not negative or the base is not 0. Signs and cuts are known for real numbers
    alone: what is complex must be made of entire functions, and must not divide.
    """
    if OO in subterms(t) or not is_made_of(t, operations & _ENTIRE if _is_complex(t) else operations):
        return False
    if any(isinstance(s, App) and s.op == "div" and _is_complex(s.args[1]) for s in subterms(t)):
        return False
    try:
        return is_defined(c, t) and all(_is_continuous_power(c, s) for s in subterms(t) if isinstance(s, App) and s.op == "pow")
    except GIVES_UP:
        return False


def keeps_its_sign(c: Converter, t: Term) -> bool:
    """Whether a term is known to be nowhere negative, or nowhere positive, among its values where the facts of `c` hold.

    It may be 0, and it need not have a value everywhere. False means "not known", or that it is complex.
    """
    if _is_complex(t):
        return False
    signs = ("+", "0+", "-", "0-")
    try:
        e = c(t)
        return not e.num or (c.signs.of(e.num) in (*signs, "0") and (len(e.den) == 1 or c.signs.of(e.den) in signs))
    except GIVES_UP:
        return False


def _is_complex(t: Term) -> bool:
    return Const("im") in subterms(t) or any(s.kind == "complex" for s in free_symbols(t))


def _is_continuous_power(c: Converter, t: App) -> bool:
    base, exponent = t.args
    number = rational(exponent)
    if number is not None and not _is_complex(base):
        return True  # What it asks of its base is part of its domain.
    v = c(exponent)
    above = None if _is_complex(exponent) else sign_of(c, v)
    if is_whole(c, v) and above in ("+", "0+"):
        return True
    if _is_complex(base):
        return False
    u = c(base)
    below = sign_of(c, u)
    return below == "+" or (below == "0+" and above == "+") or (is_whole(c, v) and c.nonzero(u))
