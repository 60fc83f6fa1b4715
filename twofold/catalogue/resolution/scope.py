"""What names stand for while a text is resolved."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from twofold.catalogue.index import elsewhere, functions, laws
from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import OO, App, Const, Symbol, Term


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A function a person defined: its body is resolved where it is called, with the names known where it was defined."""

    name: str
    parameters: tuple[tree.Name, ...]
    body: tree.Expr
    names: Mapping[str, Entity]


Entity: TypeAlias = "Symbol | Term | Macro"

CONSTANTS: dict[str, Term] = {
    "pi": Const("pi"), "e": Const("e"), "oo": OO, "im": Const("im"),
    "euler_gamma": Const("euler_gamma"),
    "true": Const("true", sort="truth"), "false": Const("false", sort="truth"),
}  # fmt: skip

_ONE_CALL = re.compile(r"(\w+)\(\w\)")
_LETTER = re.compile(
    r"(?:[A-Za-zα-ωΑ-Ω]|alpha|beta|gamma|delta|epsilon|eps|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|rho|sigma|tau|upsilon|phi|chi|psi|omega|"
    r"Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega)(?:_?[0-9]+|_[A-Za-z0-9]+|_)?"
)


def is_letter(name: str) -> bool:
    """Whether a name is a letter, spelled out or with an index: it needs no declaration."""
    return _LETTER.fullmatch(name) is not None


@dataclass(slots=True)
class Scope:
    """Names in force, and the symbols made for undeclared ones while one statement is resolved.

    `closed`: undeclared names are errors (the formulas of declarations). `lost`: names whose definition could not be read.
    """

    names: Mapping[str, Entity]
    closed: bool = False
    made: dict[str, Symbol] = field(default_factory=dict)
    read: Callable[[tree.Call], Term] | None = None
    lost: frozenset[str] = frozenset()
    draw: Callable[[App], Term] | None = None

    def inner(self, names: Mapping[str, Entity]) -> Scope:
        """The scope with more names, sharing the symbols made."""
        return Scope({**self.names, **names}, self.closed, self.made, self.read, self.lost.difference(names), self.draw)

    def find(self, name: str) -> Entity | None:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS and name not in self.lost:
            return CONSTANTS[name]
        return self.made.get(name)

    def symbol(self, name: tree.Name, integer: bool = False) -> Symbol:
        """A symbol for an undeclared name: a real scalar, or a nonnegative integer where it ends a range."""
        if self.closed or name.id in self.lost:
            raise self.unknown(name.id, name.span)
        if name.id in ("i", "j", "I") and not integer:
            raise fail(
                "undeclared-i",
                f"`{name.id}` is not declared",
                name.span,
                "write im for the imaginary unit, or declare it",
                replacement="im",
            )
        if name.id in functions() and not _LETTER.fullmatch(name.id):
            raise fail("missing-brackets", f"`{name.id}` is a function and needs its bracket", name.span, f"write {name.id}(…)")
        if name.id in laws():
            raise fail("missing-brackets", f"`{name.id}` is a law and needs its parameters", name.span, f"write {name.id}(…)")
        if not _LETTER.fullmatch(name.id):
            raise self.unknown(name.id, name.span)
        from twofold.grammar.term import num

        made = Symbol(name.id, "integer" if integer else "real", lower=num(0) if integer else None, assumed=True)
        self.made[name.id] = made
        return made

    def unknown(self, name: str, span: Span, called: bool = False) -> TwofoldError:
        """The error for a name nobody knows, with the nearest one that exists."""
        if name in self.lost:
            return fail("unknown-name", f"`{name}` has no value", span, "its definition above could not be read: mend that first")
        pool = [*self.names, *(functions() if called or len(name) > 2 else ()), *(laws() if called else ()), *CONSTANTS]
        near = difflib.get_close_matches(name, pool, 1, 0.6)
        what = "function" if called else "name"
        if called and (here := elsewhere().get(name)) is not None:
            only = _ONE_CALL.fullmatch(here)
            return fail(
                f"unknown-{what}", f"the {what} `{name}` is not known", span, f"write {here}", replacement=only and only[1]
            )
        if near:
            return fail(
                f"unknown-{what}", f"the {what} `{name}` is not known", span, f"did you mean `{near[0]}`?", replacement=near[0]
            )
        help = f"define it: {name}(x) = …" if called else f"declare it: let {name} : real"
        if not called and len(name) > 1 and name.isalpha():
            help += f"; for a product write {'*'.join(name)}" if len(name) < 5 else ""
        return fail(f"unknown-{what}", f"the {what} `{name}` is not known", span, help)
