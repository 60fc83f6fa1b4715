"""Values that hold on parts of a line, joined to one expression with the conditions under which there is one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from twofold.catalogue.conjunctions import either, together
from twofold.catalogue.display import show
from twofold.grammar.term import App, Num, Term, Var, free_symbols, num, substitute
from twofold.symbolic.arithmetic import text
from twofold.symbolic.normal import equal

MISSING = text("does not exist")
NOWHERE = text("is not real")


@dataclass(frozen=True)
class Found:
    """A value (also infinite, or that there is none), the conditions under which it holds, and remarks."""

    value: Term
    conditions: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """An open part of the line, or a point where both ends are the same; `None` is no end."""

    low: Fraction | None
    high: Fraction | None
    held: Found | Cells | None

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


@dataclass(frozen=True)
class Cells:
    """What holds on the parts of the line on which a term lies, in their order; what is left out cannot be."""

    subject: Term
    cells: tuple[Cell, ...]

    def flat(self) -> list[Cell]:
        """The parts with those of the same subject within them in their place."""
        out: list[Cell] = []
        for cell in self.cells:
            if isinstance(cell.held, Cells) and cell.held.subject == self.subject:
                out += [made for c in cell.held.flat() if (made := _cut(c, cell)) is not None]
            else:
                out.append(cell)
        return out

    def joined(self) -> Found | None:
        """One value, by cases where there are several; conditions leave out the parts on which none is known or exists. `None` where a value is
        known at single points only."""
        cells = self.flat()
        held = [c.held.joined() if isinstance(c.held, Cells) else c.held for c in cells]
        kinds = [None if f is None else f.value for f in held]
        good = [k for k, f in enumerate(held) if f is not None and f.value not in (MISSING, NOWHERE)]
        if not all(cells[k].is_point or _is_one_sided(held[k]) for k in good):
            good = [k for k in good if not (cells[k].is_point and _is_one_sided(held[k]))]
        chosen = self._of_one_condition(held, good)
        if not any(not cells[k].is_point for k in chosen):
            missing = [k for k, v in enumerate(kinds) if v == MISSING]
            chosen = self._of_one_condition(held, missing)
            if not any(not cells[k].is_point for k in chosen):
                nowhere = kinds and all(v == NOWHERE for v in kinds)
                return Found(NOWHERE) if nowhere else None
        found = [f for k in chosen if (f := held[k]) is not None]
        conditions = list(found[0].conditions)
        asked = self._where(cells, chosen)
        if asked is not None:
            conditions.append(asked)
        notes = list(_notes(found))
        if kinds[chosen[0]] != MISSING:
            lost = [k for k, v in enumerate(kinds) if v == MISSING and not cells[k].is_point]
            where = self._where(cells, lost) if lost else None
            if where is not None:
                notes.append(f"does not exist where {show(where)}")
        whole = self._by_size(cells, chosen, found)
        if whole is not None:
            return Found(whole, tuple(conditions), tuple(notes))
        parts = [cells[k] for k in chosen]
        return Found(self._by_cases(parts, self._continued(parts, [f.value for f in found])), tuple(conditions), tuple(notes))

    def _of_one_condition(self, held: list[Found | None], parts: list[int]) -> list[int]:
        """The parts that ask for no more than one another."""
        asked = [f.conditions for k in parts if (f := held[k]) is not None]
        if not asked or all(c == asked[0] for c in asked):
            return parts
        free = [k for k in parts if (f := held[k]) is not None and not f.conditions]
        return free or parts[:1]

    def _continued(self, parts: list[Cell], values: list[Term]) -> list[Term]:
        """The values, at a point that of a part beside it where that is the same there."""
        out = list(values)
        if not isinstance(self.subject, Var):
            return out
        for k, cell in enumerate(parts):
            beside = [values[j] for j in (k - 1, k + 1) if 0 <= j < len(parts)]
            if not cell.is_point or values[k] in beside or cell.low is None:
                continue
            there = {self.subject.symbol: Num(cell.low)}
            out[k] = next((v for v in beside if v.sort == "number" and equal(substitute(v, there), values[k])), values[k])
        return out

    def _by_size(self, cells: list[Cell], chosen: list[int], found: list[Found]) -> Term | None:
        """Values that differ in the sign of a name alone, as one in its absolute value."""
        parts = [cells[k] for k in chosen]
        if not isinstance(self.subject, Var) or len(parts) not in (2, 3):
            return None
        if parts[0].high != 0 or parts[-1].low != 0 or any(c.is_point for c in (parts[0], parts[-1])):
            return None
        name, above, below = self.subject.symbol, found[-1].value, found[0].value
        if not isinstance(above, (App, Var)) or name not in free_symbols(above):
            return None
        flipped = substitute(above, {name: App("neg", (self.subject,))})
        if equal(flipped, below) is not True:
            return None
        if len(parts) == 3 and equal(substitute(above, {name: num(0)}), found[1].value) is not True:
            return None
        return substitute(above, {name: App("abs", (self.subject,))})

    def _by_cases(self, cells: list[Cell], values: list[Term]) -> Term:
        order = sorted(range(len(cells)), key=lambda k: (cells[k].is_point, -k))
        distinct = list(dict.fromkeys(values[k] for k in order))
        rows = [(v, self._where(cells, [k for k, w in enumerate(values) if w == v])) for v in distinct]
        rows.sort(key=lambda r: isinstance(r[1], App) and r[1].op in ("or", "ne"))
        if len(rows) == 1:
            return rows[0][0]
        args = [part for v, where in rows[:-1] for part in (v, where) if part is not None]
        return App("piecewise", (*args, rows[-1][0]))

    def _where(self, cells: list[Cell], chosen: list[int]) -> Term | None:
        """That the subject lies on the chosen ones of these parts; `None` for all of them."""
        if len(chosen) == len(cells):
            return None
        runs: list[list[int]] = []
        for k in chosen:
            if runs and runs[-1][-1] == k - 1:
                runs[-1].append(k)
            else:
                runs.append([k])
        left_out = [k for k in range(len(cells)) if k not in chosen]
        if len(runs) > 1 and all(cells[k].is_point for k in left_out):
            return together(self._says("ne", cells[k].low) for k in left_out)
        return either(self._run(cells, run[0], run[-1]) for run in runs)

    def _run(self, cells: list[Cell], first: int, last: int) -> Term:
        if first == last and cells[first].is_point:
            return self._says("eq", cells[first].low)
        parts = []
        if first > 0:
            parts.append(self._says("ge" if cells[first].is_point else "gt", cells[first].low))
        if last < len(cells) - 1:
            parts.append(self._says("le" if cells[last].is_point else "lt", cells[last].high))
        return together(parts)

    def _says(self, op: str, at: Fraction | None) -> Term:
        assert at is not None
        return App(op, (self.subject, Num(at)), (), "truth")


def _cut(inner: Cell, outer: Cell) -> Cell | None:
    """The part of a part of the line that lies within another."""
    low = inner.low if outer.low is None or (inner.low is not None and inner.low > outer.low) else outer.low
    high = inner.high if outer.high is None or (inner.high is not None and inner.high < outer.high) else outer.high
    made = Cell(low, high, inner.held)
    if low is None or high is None or low < high:
        return made
    at_end = any(c.low != c.high and low in (c.low, c.high) for c in (inner, outer))
    return made if low == high and not at_end else None


def _is_one_sided(found: Found | None) -> bool:
    return found is not None and any(n.startswith("defined on ") for n in found.notes)


def _notes(found: list[Found]) -> tuple[str, ...]:
    said = list(dict.fromkeys(n for f in found for n in f.notes))
    if all(f.notes == found[0].notes for f in found):
        return tuple(said)
    one_sided = [n for n in said if n.startswith("defined on the ")]
    return ("defined on one side only",) if one_sided else ()
