"""A worker's SymPy asks for facts without shuffling them; the SymPy of whoever asks a worker is left as it is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from twofold.engine.worker_process import ROOT, environment

SCRIPT = """
import sys
from twofold.symbolic import lower
import sympy as sp
x, n = sp.Symbol("x", real=True), sp.Symbol("n", integer=True, positive=True)
print(sys.modules["sympy.core.assumptions"].shuffle.__module__)
print((x**2 + 1).is_positive, (x**2 - 1).is_positive, (n * (n + 1)).is_even, (sp.exp(x) + n).is_zero)
"""


@pytest.mark.parametrize(
    ("variables", "module"),
    [(environment(), "twofold.symbolic.fact_order"), ({**os.environ, "PYTHONHASHSEED": "random"}, "random")],
    ids=["worker", "asking"],
)
def test_whose_facts_are_shuffled(variables, module):
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, cwd=ROOT, env=variables, check=True)
    assert done.stdout.split("\n")[:2] == [module, "True None True False"]
