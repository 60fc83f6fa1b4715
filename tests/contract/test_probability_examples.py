"""The examples of the laws and of the functions of probability, statistics and inference give what they say."""

from __future__ import annotations

import pytest

from twofold.catalogue.functions import inference, probability, statistics
from twofold.catalogue.index import laws
from twofold.catalogue.spec import Example
from twofold.engine.session import Session

EXAMPLES = [
    (spec.name, e)
    for spec in (*{s.name: s for s in laws().values()}.values(), *probability.SPECS, *statistics.SPECS, *inference.SPECS)
    for e in spec.examples
]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{n}: {e.text}" for n, e in EXAMPLES])
def test_example(name: str, example: Example) -> None:
    row = Session().run(example.text)[-1].to_dict()
    assert row.get("exact") is not None, row
    if row["exact"].replace(" ", "") == example.gives.replace(" ", ""):
        return
    claim = Session().run(f"check {row['exact']} == {example.gives}")[-1].to_dict()
    assert claim["verdict"] in ("proved", "supported"), (row["exact"], claim)


@pytest.mark.parametrize("relation", [r for s in {s.name: s for s in laws().values()}.values() for r in s.relations])
def test_relation(relation: str) -> None:
    row = Session().run(f"check {relation}")[-1].to_dict()
    assert row["verdict"] in ("proved", "supported"), row
