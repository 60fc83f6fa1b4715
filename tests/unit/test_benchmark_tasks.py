"""The tasks of `benchmarks/exact`: their texts parse, and what is known of them is verified by mpmath where it can be."""

import sys
from pathlib import Path

import mpmath
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.exact.judges import free  # noqa: E402
from benchmarks.exact.judging import judged  # noqa: E402
from benchmarks.exact.reading import names_in, read  # noqa: E402
from benchmarks.exact.systems import system  # noqa: E402
from benchmarks.exact.task import tasks  # noqa: E402
from benchmarks.exact.values import near, value  # noqa: E402
from twofold.grammar import tree  # noqa: E402
from twofold.grammar.parse import parse  # noqa: E402

TASKS = list(tasks())
OWN = system("twofold")
PLACES = ("3/10", "7/10", "11/10")


def ids(task):
    return f"{task.topic}: {task.title}"


def of(op):
    return pytest.mark.parametrize("task", [t for t in TASKS if t.op == op], ids=ids)


def test_there_are_enough():
    assert len(TASKS) >= 150
    assert len({ids(t) for t in TASKS}) == len(TASKS)


def test_texts_parse():
    for task in TASKS:
        for statement in parse(OWN.call(task)).statements:
            assert not isinstance(statement, tree.Broken), task.title


class Known:
    """A system that says the known answer."""

    name = "known"

    def read(self, text, task):
        return read(text)


# These name what the judge compares with, not the answer itself.
PARTS = {"jordan", "svd", "qr", "inequality"}


@pytest.mark.parametrize("task", [t for t in TASKS if t.op not in PARTS], ids=ids)
def test_known_answer_is_judged_right(task):
    said, note = judged(Known(), task, task.answer)
    assert said == "right" or "form" in note or task.op == "value"


@of("integrate")
def test_antiderivative(task):
    f, known = read(task.args[0]), read(task.answer)
    for point in task.at([n for n in free(known) if n != "x"]):
        for place in map(mpmath.mpf, ("0.31", "0.62") if "asin" in task.answer or "1 - x" in task.answer else ("1.31", "1.37")):
            slope = mpmath.diff(lambda x, point=point: value(known, {**point, "x": x}), place)
            assert abs(slope - value(f, {**point, "x": place})) < mpmath.mpf(10) ** -15


@of("sum")
def test_finite_sum(task):
    f, k, a, b = task.args
    if b == "oo":
        return
    f, known = read(f), read(task.answer)
    for point in task.at(sorted((names_in(f) | {b}) - {k})):
        total = mpmath.fsum(value(f, {**point, k: mpmath.mpf(j)}) for j in range(int(a), int(point[b]) + 1))
        assert near(total, value(known, point))


@of("solve")
def test_solutions_solve(task):
    equations, unknowns = task.args
    equations = [equations] if isinstance(equations, str) else equations
    unknowns = [unknowns] if isinstance(unknowns, str) else unknowns
    known = read(task.answer)
    if known[0] == "text":
        return
    for point in task.at(list(free(known))):
        for found in value(known, point):
            here = {**point, **dict(zip(unknowns, found if isinstance(found, list) else [found], strict=True))}
            assert all(value(read(e), here) for e in equations)


@pytest.mark.parametrize(
    "task", [t for t in TASKS if t.op in ("simplify", "expand", "factor", "collect", "apart", "cancel", "trig_expand")], ids=ids
)
def test_rewriting_keeps_the_value(task):
    question, known = read(task.args[0]), read(task.answer)
    for point in task.at(sorted(set(free(question)) | set(free(known)))):
        assert near(value(question, point), value(known, point))
