"""Runs Python lines with SymPy: a JSON string on each line of the input, `str` of its last expression on the output."""

import ast
import json
import sys

import sympy


def main() -> None:
    # A peer is asked in its own language: the lines are the tasks' own, written in `benchmarks/exact`, never input from elsewhere.
    names: dict[str, object] = {}
    exec("from sympy import *\nfrom sympy.vector import *", names)
    exec("from sympy.calculus.util import minimum, maximum", names)
    for line in sys.stdin:
        tree = ast.parse(json.loads(line))
        last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
        scope = dict(names)
        try:
            exec(compile(tree, "<task>", "exec"), scope)
            print(sympy.sstr(eval(compile(last, "<task>", "eval"), scope)), "<END>", flush=True)
        except Exception as error:
            # Whatever a peer raises is its answer; this is a process of its own, and no verdict depends on it.
            print(f"!{type(error).__name__}: {error}", "<END>", flush=True)


main()
