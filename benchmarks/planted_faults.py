"""Plants one fault at a time, in this process, and counts how many the corpus of claims and the contract tests notice.

    python benchmarks/planted_faults.py [--only WORD] [--list]

Faults: every decision method made to prove anything, and to prove nothing; every rule of the normal form off by one; theorems off by a sign; guards
that always agree; derivatives and laws with one edit in a declared text. Only the claims that can meet a fault are run, up to the first that notices.
"""

from __future__ import annotations

import argparse
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.contract import test_functions, test_laws, test_methods
from tests.reference import test_claims
from tests.unit.symbolic import test_rules_of_the_normal_form
from tests.unit.symbolic.test_rules_of_the_normal_form import IDENTITIES
from tests.unit.symbolic.test_rules_of_the_normal_form import THEOREMS as THEOREMS_OF_THE_NORMAL_FORM
from twofold.catalogue.spec import Absent, Function, Law
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.engine import recast
from twofold.symbolic.methods import curvature, derivative_zero, equal_squares, induction
from twofold.symbolic.normal import (
    Converter,
    binders,
    closed_sums,
    definite_integrals,
    exponentials,
    integrals,
    limits,
    matrices,
    pieces,
    polygammas,
    powers,
    ranged,
    series,
    specials,
    sums,
)
from twofold.symbolic.normal.convert import RULES
from twofold.symbolic.normal.field import Field
from twofold.symbolic.normal.signs import Signs


@dataclass(frozen=True)
class Fault:
    """A fault, and the check that must fail while it is there."""

    name: str
    noticed: Callable[[], bool]


def fails(check: Callable[..., None], *arguments: Any) -> bool:
    """Whether a test function objects, in whatever way."""
    try:
        check(*arguments)
    except Exception:  # under a planted fault anything may be raised, and a test that breaks in whatever way has noticed
        return True
    return False


@contextmanager
def planted(old: Any, new: Any, *owners: Any) -> Iterator[None]:
    """Puts a function in the place of another, wherever a module of the exact route (or one of the owners) has it."""
    places = [m for name, m in list(sys.modules.items()) if name.startswith(("twofold.symbolic", "twofold.engine"))]
    found = [(place, key) for place in (*places, *owners) for key, value in list(vars(place).items()) if value is old]
    for place, key in found:
        setattr(place, key, new)
    try:
        yield
    finally:
        for place, key in found:
            setattr(place, key, old)


CLAIMS = [c for path in test_claims.FILES for c in test_claims.corpus(path)]


def corpus_notices(*words: str) -> bool:
    """Whether a claim that mentions one of the words (all claims, without words) comes out worse than expected."""
    return any(_worse(c) for c in CLAIMS if not words or any(re.search(rf"(?<![a-z]){w}", c.text) for w in words))


def _worse(claim: test_claims.Claim) -> bool:
    try:
        found = test_claims.judged(claim)
    except Exception:  # as above: a claim that cannot be judged any more is noticed
        return True
    wanted = test_claims.AS_GOOD.get(claim.expected)
    return found in test_claims.FALSE[claim.label] or (wanted is not None and found not in wanted)


def methods_notice() -> bool:
    """Whether a method proves what it must leave open: in a verdict, a counterexample may come first."""
    return any(fails(test_methods.test_what_is_open_is_not_proved, m, t) for m in test_methods.METHODS for t in m.open)


# --- methods and rules -----------------------------------------------------------------------------------------------------------


def of_methods() -> Iterator[Fault]:
    for m in test_methods.METHODS:
        credulous = replace(m, run=lambda goal, context, m=m: Evidence(m.name, Truth.PROVED, Strength.PROOF))
        idle = replace(m, run=lambda goal, context: test_methods_give_up())
        yield Fault(
            f"{m.name}: proves anything",
            lambda c=credulous: any(fails(test_methods.test_what_is_open_is_not_proved, c, t) for t in c.open),
        )
        yield Fault(
            f"{m.name}: decides nothing",
            lambda i=idle: (
                any(fails(test_methods.test_what_holds_is_proved, i, t) for t in i.holds)
                or any(fails(test_methods.test_what_fails_is_refuted, i, t) for t in i.fails)
            ),
        )


def test_methods_give_up() -> Evidence:
    raise test_methods.NotApplicable("a planted fault")


def of_rules() -> Iterator[Fault]:
    for name in sorted(IDENTITIES):

        def noticed(name: str = name) -> bool:
            old = RULES[name]
            RULES[name] = lambda c, t: c.field.add(old(c, t), c.field.number(1))
            try:
                return fails(test_rules_of_the_normal_form.test_the_rule_decides_its_identity, name)
            finally:
                RULES[name] = old

        yield Fault(f"rule of {name}: off by one", noticed)


def _negated(old: Callable[..., Any]) -> Callable[..., Any]:
    """A theorem with its sign lost; what it does not answer stays so."""

    def new(c: Converter, *arguments: Any, **more: Any) -> Any:
        out = old(c, *arguments, **more)
        return out if out is None else c.field.neg(out)

    return new


THEOREMS = {
    closed_sums._faulhaber: ("sum",), closed_sums.geometric: ("sum",), closed_sums.sum_of: ("sum",), ranged._product: ("prod",), binders._derivative: ("diff", "d/d"),
    binders._bracket: ("bracket",), sums._binomial: ("sum",), sums._exponential: ("sum",), exponentials._grow: ("exp",), exponentials._turn: ("sin", "cos"),
    definite_integrals._gaussian: ("integrate",), definite_integrals._half_line: ("integrate",), definite_integrals._beta: ("integrate",), integrals.primitive_of: ("integrate",),
    definite_integrals._finite: ("integrate",), definite_integrals.definite: ("integrate",), matrices.determinant: ("det", "inv"), powers.logarithm: ("log",),
    powers.odd_root: ("cbrt", "root"), powers.magnitude_of: ("sqrt", "abs"), limits.limit: ("limit",), specials.gamma_of: ("gamma", "factorial", "binomial"),
    polygammas.polygamma_of: ("digamma", "harmonic"), specials.floor_of: ("floor", "mod", "ceil"), specials._multiplied: ("gamma",),
}  # fmt: skip


def of_theorems() -> Iterator[Fault]:
    for old, words in THEOREMS.items():

        def noticed(old: Any = old, words: tuple[str, ...] = words) -> bool:
            with planted(old, _negated(old)):
                theorems = (t for t in THEOREMS_OF_THE_NORMAL_FORM if any(w in t for w in words))
                return any(fails(test_rules_of_the_normal_form.test_theorems_hold, t) for t in theorems) or corpus_notices(*words)

        yield Fault(f"{old.__module__.rpartition('.')[2]}.{old.__name__}: sign lost", noticed)


GUARDS: tuple[tuple[Any, tuple[str, ...], tuple[Any, ...]], ...] = (
    (sums.nonnegative, ("sum", "prod"), ()), (Converter.nonzero, ("limit", "integrate"), (Converter,)), (Converter.continuous, ("integrate",), (Converter,)),
    (Converter.is_integer, ("floor", "sin", "cos", "exp", r"\("), (Converter,)), (Field.is_real, (), (Field,)), (series.Expansion.positive, ("limit",), (series.Expansion,)),
    (series.Expansion.vanishes_with, ("limit",), (series.Expansion,)), (recast._convex, ("up to",), ()), (derivative_zero.is_bound, ("atan", "given"), ()),
    (pieces.is_positive, ("integrate",), ()), (closed_sums.contracts, ("sum",), ()), (specials._counts, ("binomial",), ()), (recast._vanishes, ("up to",), ()),
    (curvature.connected, (" given ", "log", "sqrt", "/"), ()), (derivative_zero._point, ("atan", "acos", "asin"), ()), (induction._base, ("sum", "prod"), ()),
)  # fmt: skip


def of_guards() -> Iterator[Fault]:
    for old, words, owners in GUARDS:

        def noticed(old: Any = old, words: tuple[str, ...] = words, owners: tuple[Any, ...] = owners) -> bool:
            with planted(old, lambda *a, **k: True, *owners):
                return methods_notice() or corpus_notices(*words)

        yield Fault(f"{old.__qualname__}: always agrees", noticed)
    for old, say, owners in ((Signs.generator, "+", (Signs,)), (equal_squares.sign_of, "+", ())):

        def signed(old: Any = old, say: str = say, owners: tuple[Any, ...] = owners) -> bool:
            with planted(old, lambda *a: say, *owners):
                return methods_notice() or corpus_notices()

        yield Fault(f"{old.__qualname__}: always {say}", signed)


# --- declarations ----------------------------------------------------------------------------------------------------------------


def edited(text: str, number: int) -> str:
    """A formula with one edit: a sign, a factor, a number."""
    body, given, condition = text.partition(" given ")
    edits = [f"-({body})", f"2*({body})", body.replace(" + ", " - ", 1), re.sub(r"\b2\b", "3", body, count=1), f"({body}) + 1"]
    zero = re.fullmatch(r"0|\{0 if [^;]*\}", body)  # its sign and its factors change nothing
    usable = [e for e in (edits[4:] if zero else edits) if e != body]
    return usable[number % len(usable)] + given + condition


def of_derivatives() -> Iterator[Fault]:
    specs = [f for f in test_functions.SCALAR if f.derivative]
    for number, spec in enumerate(specs):
        k = next((i for i, d in enumerate(spec.derivative) if d), None)
        if k is None:
            continue
        texts = tuple(edited(d, number) if i == k else d for i, d in enumerate(spec.derivative))
        wrong: Function = replace(spec, derivative=texts)
        yield Fault(
            f"derivative of {spec.name}: {texts[k]}",
            lambda w=wrong: fails(test_functions.test_declared_derivatives_are_derivatives, w),
        )


LAW_TESTS = [t for name, t in vars(test_laws).items() if name.startswith("test_") and "sample" not in name]


def law_notices(law: Law) -> bool:
    """Whether a test of laws objects to a declaration at one of its draws."""
    for seed in test_laws.DRAWS:
        for t in LAW_TESTS:
            wanted = [a for a in inspect.signature(t).parameters if a in ("spec", "seed")]
            if fails(t, *({"spec": law, "seed": seed}[a] for a in wanted)):
                return True
    return False


def of_laws() -> Iterator[Fault]:
    for number, spec in enumerate(test_laws.SCALAR):
        names = [p.name for p in spec.parameters]
        if len(names) > 1:
            a, b = names[:2]
            swapped = re.sub(rf"\b({a}|{b})\b", lambda m, a=a, b=b: b if m[0] == a else a, spec.density)
            yield Fault(
                f"density of {spec.name}: {a} and {b} swapped", lambda law=replace(spec, density=swapped): law_notices(law)
            )
        else:
            yield Fault(
                f"density of {spec.name}: edited",
                lambda law=replace(spec, density=edited(spec.density, number)): law_notices(law),
            )
        texts = [
            k for k, v in spec.closed.items() if isinstance(v, str) and k in ("mean", "variance", "cdf(x)", "mgf(t)", "entropy")
        ]
        for key in texts:
            text = spec.closed[key]
            assert not isinstance(text, Absent)
            law = replace(spec, closed={**spec.closed, key: edited(text, number)})
            yield Fault(f"{key} of {spec.name}: {law.closed[key]}", lambda law=law: law_notices(law))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="faults whose name contains this")
    parser.add_argument("--list", action="store_true", help="name the faults and stop")
    options = parser.parse_args()
    faults = [
        f for g in (of_methods, of_guards, of_theorems, of_rules, of_derivatives, of_laws) for f in g() if options.only in f.name
    ]
    if options.list:
        print("\n".join(f.name for f in faults))
        return
    missed = []
    for f in faults:
        if not f.noticed():
            missed.append(f.name)
            print(f"missed: {f.name}", flush=True)
    print(f"{len(faults) - len(missed)} of {len(faults)} noticed ({100 * (1 - len(missed) / max(1, len(faults))):.1f}%)")


if __name__ == "__main__":
    main()
