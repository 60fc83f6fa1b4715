"""Exponentials of multiples of a logarithm as the powers that they came from: exp(n*log(x)) is x^n."""

from __future__ import annotations

from twofold.grammar.term import App, Num, Term, transform
from twofold.symbolic.arithmetic import ONE, over, power, times


def with_powers(t: Term) -> Term:
    """The term with x^n for exp(n*log(x)), wherever that has a value."""
    return transform(t, _as_power)


def _as_power(t: Term) -> Term | None:
    if not (isinstance(t, App) and t.op == "exp"):
        return None
    above, below = _factors(t.args[0])
    logs = [f for f in above if isinstance(f, App) and f.op == "log"]
    if len(logs) != 1:
        return None
    above.remove(logs[0])
    exponent = ONE
    for f in above:
        exponent = times(exponent, f)
    for f in below:
        exponent = over(exponent, f)
    return None if isinstance(exponent, Num) else power(with_powers(logs[0].args[0]), exponent)


def _factors(t: Term) -> tuple[list[Term], list[Term]]:
    """What is multiplied and what is divided by in a product."""
    if isinstance(t, App) and t.op in ("mul", "div"):
        (above, below), (more, less) = _factors(t.args[0]), _factors(t.args[1])
        return (above + more, below + less) if t.op == "mul" else (above + less, below + more)
    if isinstance(t, App) and t.op == "neg":
        above, below = _factors(t.args[0])
        return [Num(-ONE.value), *above], below
    return [t], []
