"""The variables of a question for an extremum: given with ranges, sets or conditions, which are constraints."""

from __future__ import annotations

from dataclasses import replace

from twofold.grammar.term import MISSING, App, Term, Var, free_symbols
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.solving.reading import parts_of


def restricted(names: Term, subject_to: Term) -> tuple[Term, Term]:
    """Names given with a range (`x = 0..3`) or a set (`x in [0, 3]`), as names and constraints."""
    parts = list(names.args) if isinstance(names, App) and names.op in ("tuple", "set", "and") else [names]
    facts: list[Term] = []
    for k, p in enumerate(parts):
        if isinstance(p, App) and p.op == "eq" and isinstance(p.args[1], App) and p.args[1].op == "range":
            parts[k] = p.args[0]
            low, high = p.args[1].args
            facts += [App("le", (low, p.args[0]), (), "truth"), App("le", (p.args[0], high), (), "truth")]
        elif isinstance(p, App) and p.op == "in" and isinstance(p.args[1], App) and p.args[1].op.startswith("interval_"):
            parts[k] = p.args[0]
            ends = p.args[1].op[-2:]
            low, high = p.args[1].args
            facts += [
                App("le" if ends[0] == "c" else "lt", (low, p.args[0]), (), "truth"),
                App("le" if ends[1] == "c" else "lt", (p.args[0], high), (), "truth"),
            ]
    if not facts:
        return names, subject_to
    known = [] if subject_to == MISSING else [subject_to]
    made = parts[0] if len(parts) == 1 else App("tuple", tuple(parts), (), "tuple")
    return made, App("set", (*known, *facts), (), "set")


def constrained(question: App, said: tuple[Term, ...]) -> Term:
    """A question for an extremum `given` conditions on its variables: these are constraints."""
    f, names, *rest = question.args
    varied = {p.symbol for p in variables_of(restricted(names, MISSING)[0]) if isinstance(p, Var)}
    facts = [c for c in said if varied & set(free_symbols(c))]
    if not facts:
        return question
    known = [r for t in rest if t != MISSING for r in parts_of(t)]
    return replace(question, args=(f, names, App("set", (*known, *facts), (), "set")))
