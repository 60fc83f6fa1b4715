"""Sums of entrywise products with common factors taken out, and sums of diagonal matrices as one."""

from __future__ import annotations

from collections import Counter

from twofold.catalogue.shapes import app, dim_term
from twofold.grammar.term import App, Term, Var
from twofold.symbolic.tensors.node import Number
from twofold.symbolic.tensors.pieces import Letter, Letters

Row = tuple[list[Term], Number, bool]
"""The factors of an entrywise product, its coefficient, and whether it is a symmetric matrix."""


def joined_entrywise(row: dict[Letters, Number]) -> dict[Letters, Number]:
    """Words that are one letter joined: diagonal matrices by their diagonals, entrywise products by common factors."""
    out: dict[Letters, Number] = {}
    diagonals: dict[Letters, Number] = {}
    rows: list[Row] = []
    for w, c in row.items():
        if len(w) != 1 or w[0].turned:
            out[w] = c
        elif isinstance(t := w[0].term, App) and t.op == "diag" and len(t.shape) == 2:
            diagonals[letters_of(t.args[0])] = c
        else:
            rows.append((entry_factors(t), c, w[0].symmetric))
    found = [(Letter(product(factors, factors[0]), symmetric), c) for factors, c, symmetric in _by_factor(_by_context(rows))]
    if diagonals:
        total, c = summed(diagonals)
        found.append((Letter(app("diag", total), True), c))
    for letter, c in found:
        out[(letter,)] = out.get((letter,), 0) + c
    return {w: c for w, c in out.items() if c}


def summed(row: dict[Letters, Number]) -> tuple[Term, Number]:
    """A sum of words as a coefficient and a term."""
    from twofold.symbolic.tensors.factoring import divisor, factored, total_of

    row = joined_entrywise(factored(row))
    c = divisor(list(row.values()))
    return total_of({w: k / c for w, k in row.items()}), c


def _by_context(rows: list[Row]) -> list[Row]:
    """Products that differ in one factor: the others times the sum of these."""
    while True:
        contexts: dict[tuple[tuple[Term, int], ...], list[tuple[int, Term]]] = {}
        for i, (factors, _, _) in enumerate(rows):
            for f in dict.fromkeys(factors):
                rest = Counter(factors)
                rest[f] -= 1
                key = tuple(sorted(((t, k) for t, k in rest.items() if k), key=repr))
                contexts.setdefault(key, []).append((i, f))
        useful = [(key, members) for key, members in contexts.items() if key and len(members) > 1]
        if not useful:
            return rows
        key, members = max(useful, key=lambda x: len(x[1]))
        gone = {i for i, _ in members}
        words: dict[Letters, Number] = {}
        for i, f in members:
            words[letters_of(f)] = words.get(letters_of(f), 0) + rows[i][1]
        total, c = summed(words)
        context = [t for t, k in key for _ in range(k)]
        symmetric = all(rows[i][2] for i in gone)
        rows = [r for i, r in enumerate(rows) if i not in gone] + [([*context, *entry_factors(total)], c, symmetric)]


def _by_factor(rows: list[Row]) -> list[Row]:
    """Products that share factors: these times the sum of the rest, ones where nothing is left."""
    out: list[Row] = []
    todo = list(rows)
    while todo:
        factors, c, symmetric = todo.pop(0)
        best = max(factors, key=lambda t: sum(t in other for other, _, _ in todo))
        mates = [r for r in todo if best in r[0]]
        if not mates:
            out.append((factors, c, symmetric))
            continue
        todo = [r for r in todo if not any(r is x for x in mates)]
        group = [(factors, c, symmetric), *mates]
        common = Counter(factors)
        for other, _, _ in mates:
            common &= Counter(other)
        words: dict[Letters, Number] = {}
        for other, k, _ in group:
            rest = list((Counter(other) - common).elements())
            word = (Letter(product(rest, factors[0])),)
            words[word] = words.get(word, 0) + k
        total, k = summed(words)
        out.append(([*common.elements(), *entry_factors(total)], k, all(r[2] for r in group)))
    return out


def letters_of(t: Term) -> Letters:
    """The letters of a matrix product."""
    if isinstance(t, App) and t.op == "mul" and t.args[0].shape and t.args[1].shape:
        return (*letters_of(t.args[0]), *letters_of(t.args[1]))
    if isinstance(t, App) and t.op == "transpose":
        return (Letter(t.args[0], False, True),)
    return (Letter(t, isinstance(t, Var) and not t.symbol.properties.isdisjoint(("symmetric", "posdef", "diagonal"))),)


def entry_factors(t: Term) -> list[Term]:
    """The factors of an entrywise product."""
    if isinstance(t, App) and t.op == "emul":
        return [x for a in t.args for x in entry_factors(a)]
    return [t]


def product(factors: list[Term], like: Term) -> Term:
    """The entrywise product; of nothing, ones in the shape of another term."""
    if not factors:
        return app("ones", *[dim_term(d) for d in like.shape])
    out = factors[0]
    for t in factors[1:]:
        out = app("emul", out, t)
    return out
