"""Raw SymPy, in the calls that its manual gives."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, names_in, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import CONSTANTS, Unevaluated
from benchmarks.exact.writing import Writer

W = Writer(
    names={
        "e": "E",
        "im": "I",
        "abs": "Abs",
        "ceil": "ceiling",
        "max": "Max",
        "min": "Min",
        "heaviside": "Heaviside",
        "lambertw": "LambertW",
        "mod": "Mod",
        "rising": "RisingFactorial",
        "falling": "FallingFactorial",
        "lcm": "ilcm",
        "gcd": "igcd",
        "root": "real_root",
        "elliptic_k": "elliptic_k",
        "chebyshevt": "chebyshevt",
        "conjugate": "conjugate",
        "dirac": "DiracDelta",
    },
    matrix=lambda rows: f"Matrix([{', '.join('[' + ', '.join(r) + ']' for r in rows)}])",
    vector=lambda items: f"Matrix([{', '.join(items)}])",
    special={
        "cbrt": lambda x: f"real_root({x}, 3)",
        "stirling": lambda n, k: f"functions.combinatorial.numbers.stirling({n}, {k})",
        "log": lambda x, *b: f"log({', '.join([x, *b])})",
    },
    power="**",
    equal="==",
    number=lambda text: f"Rational({text.replace('/', ', ')})" if "/" in text else f"Integer({text})",
)


def _eq(text: str) -> str:
    left, _, right = text.partition("==")
    return f"Eq({W(left)}, {W(right)})"


def _relation(text: str) -> str:
    return _eq(text) if "==" in text else W(text)


def _eqs(texts: Any) -> str:
    return f"[{', '.join(map(_eq, texts))}]" if isinstance(texts, (list, tuple)) else _eq(texts)


def _names(names: Any) -> str:
    return f"[{', '.join(names)}]" if isinstance(names, (list, tuple)) else str(names)


def _solve(equations: Any, names: Any) -> str:
    if isinstance(names, str):
        return f"solve({_eqs(equations)}, {names})"
    return f"[[s.get(v, v) for v in {_names(names)}] for s in solve({_eqs(equations)}, {_names(names)}, dict=True)]"


def _ode(equation: str, conditions: Any, x: str) -> str:
    own = {"y": f"y({x})"} | {f"y{k}": f"y({x}).diff({x}, {k})" for k in (1, 2, 3)}
    left, _, right = equation.partition("==")
    where = ", ".join(
        (f"y({W(at)}): {W(to)}" if k == 0 else f"y({x}).diff({x}, {k}).subs({x}, {W(at)}): {W(to)}") for k, at, to in conditions
    )
    given = f", ics={{{where}}}" if where else ""
    return f"y = Function('y')\ns = dsolve(Eq({W(left, own)}, {W(right, own)}), y({x}){given})\ns.rhs if isinstance(s, Eq) else [e.rhs for e in s]"


def _critical(f: str, xs: Any) -> str:
    if isinstance(xs, str):
        return f"solve(diff({W(f)}, {xs}), {xs})"
    gradient = ", ".join(f"diff(f, {x})" for x in xs)
    return f"f = {W(f)}\n[[s[v] for v in {_names(xs)}] for s in solve([{gradient}], {_names(xs)}, dict=True)]"


def _least(which: str, f: str, xs: Any, relations: Any = ()) -> str:
    if isinstance(xs, str) and not relations:
        return f"{'minimum' if which == 'min' else 'maximum'}({W(f)}, {xs}, S.Reals)"
    names = xs if isinstance(xs, (list, tuple)) else [xs]
    equalities = [r for r in relations if "==" in r]
    if len(equalities) != len(relations):
        return ""
    multipliers = [f"l{k}" for k in range(len(equalities))]
    lagrangian = "f" + "".join(
        f" + {m}*({W(e.partition('==')[0])} - ({W(e.partition('==')[2])}))" for m, e in zip(multipliers, equalities, strict=True)
    )
    unknowns = [*names, *multipliers]
    lines = [f"{m} = Symbol('{m}', real=True)" for m in multipliers] + [f"f = {W(f)}", f"L = {lagrangian}"]
    lines.append(f"s = solve([diff(L, v) for v in [{', '.join(unknowns)}]], [{', '.join(unknowns)}], dict=True)")
    return "\n".join([*lines, f"{'Min' if which == 'min' else 'Max'}(*[simplify(f.subs(p)) for p in s]) if s else None"])


def _dispatch(method: str) -> Callable[..., str]:
    return lambda m, *args: f"{W(m)}.{method}({', '.join(W(a) for a in args)})"


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: W(f),
    "integrate": lambda f, x: f"integrate({W(f)}, {x})",
    "definite": lambda f, x, a, b: f"integrate({W(f)}, ({x}, {W(a)}, {W(b)}))",
    "multiple": lambda f, ranges: f"integrate({W(f)}, {', '.join(f'({x}, {W(a)}, {W(b)})' for x, a, b in ranges)})",
    "sum": lambda f, k, a, b: f"summation({W(f)}, ({k}, {W(a)}, {W(b)}))",
    "product": lambda f, k, a, b: f"product({W(f)}, ({k}, {W(a)}, {W(b)}))",
    "limit": lambda f, x, a, side="": f"limit({W(f)}, {x}, {W(a)}, '{side or ('+-' if a not in ('oo', '-oo') else '-')}')",
    "diff": lambda f, *xs: f"diff({W(f)}, {', '.join(xs)})",
    "grad": lambda f, xs: f"Matrix([diff({W(f)}, v) for v in {_names(xs)}])",
    "hessian": lambda f, xs: f"hessian({W(f)}, {_names(xs)})",
    "jacobian": lambda f, xs: f"{W(f)}.jacobian({_names(xs)})",
    "laplacian": lambda f, xs: f"f = {W(f)}\nsum(diff(f, v, 2) for v in {_names(xs)})",
    "divergence": lambda f, xs: f"f = {W(f)}\nsum(diff(f[k], v) for k, v in enumerate({_names(xs)}))",
    "curl": lambda f, xs: (
        f"f = {W(f)}\na, b, c = {_names(xs)}\nMatrix([diff(f[2], b) - diff(f[1], c), diff(f[0], c) - diff(f[2], a), diff(f[1], a) - diff(f[0], b)])"
    ),
    "directional": lambda f, xs, v: f"f = {W(f)}\nv = {W(v)}\nMatrix([diff(f, q) for q in {_names(xs)}]).dot(v/v.norm())",
    "implicit_diff": lambda eq, y, x, *n: (
        f"idiff({W(eq.partition('==')[0])} - ({W(eq.partition('==')[2])}), {y}, {', '.join([x, *n])})"
    ),
    "taylor": lambda f, x, a, n: f"series({W(f)}, {x}, {W(a)}, {int(n) + 1}).removeO()",
    "series": lambda f, x, a, n: f"series({W(f)}, {x}, {W(a)}, {int(n) + 1}).removeO()",
    "dsolve": _ode,
    "laplace": lambda f, t, s: f"laplace_transform({W(f)}, {t}, {s}, noconds=True)",
    "inverse_laplace": lambda f, s, t: f"inverse_laplace_transform({W(f)}, {s}, {t})",
    "fourier": lambda f, t, w: f"fourier_transform({W(f)}, {t}, {w}/(2*pi))",
    "solve": _solve,
    "solve_complex": _solve,
    "inequality": lambda r, x: f"reduce_inequalities({W(r)}, {x})",
    "periodic": lambda eq, x: f"solveset({_eq(eq)}, {x}, S.Reals)",
    "critical_points": _critical,
    "minimum": lambda f, xs, rel=(): _least("min", f, xs, rel),
    "maximum": lambda f, xs, rel=(): _least("max", f, xs, rel),
    "simplify": lambda f: f"simplify({W(f)})",
    "expand": lambda f: f"expand({W(f)})",
    "factor": lambda f, *o: f"factor({W(f)}{''.join(f', extension={W(a)}' for a in o)})",
    "collect": lambda f, x: f"collect(expand({W(f)}), {x})",
    "apart": lambda f, x: f"apart({W(f)}, {x})",
    "cancel": lambda f: f"cancel({W(f)})",
    "trig_expand": lambda f: f"expand_trig({W(f)})",
    "complete_square": lambda f, x: (
        f"from sympy.polys.polyfuncs import *\np = Poly({W(f)}, {x})\na, b, c = p.all_coeffs()\na*({x} + b/(2*a))**2 + simplify(c - b**2/(4*a))"
    ),
    "factor_integer": lambda n: f"list(factorint({n}).items())",
    "det": _dispatch("det"),
    "inv": _dispatch("inv"),
    "rank": _dispatch("rank"),
    "tr": _dispatch("trace"),
    "rref": lambda m: f"{W(m)}.rref()[0]",
    "nullspace": lambda m: f"[list(v) for v in {W(m)}.nullspace()]",
    "colspace": lambda m: f"[list(v) for v in {W(m)}.columnspace()]",
    "eigenvalues": lambda m: f"[k for k, v in {W(m)}.eigenvals().items() for _ in range(v)]",
    "eigenvectors": lambda m: f"[(k, n, [list(v) for v in vs]) for k, n, vs in {W(m)}.eigenvects()]",
    "jordan": lambda m: f"{W(m)}.jordan_form()",
    "charpoly": lambda m, t: f"{W(m)}.charpoly({t}).as_expr()",
    "svd": lambda m: f"{W(m)}.singular_value_decomposition()",
    "qr": lambda m: f"{W(m)}.QRdecomposition()",
    "cholesky": lambda m: f"{W(m)}.cholesky()",
    "pinv": lambda m: f"{W(m)}.pinv()",
    "expm": lambda m: f"{W(m)}.exp()",
    "adjugate": lambda m: f"{W(m)}.adjugate()",
    "least_squares": lambda a, b: f"{W(a)}.solve_least_squares({W(b)})",
    "singular_values": lambda m: f"{W(m)}.singular_values()",
    "norm": lambda m, *p: f"{W(m)}.norm({', '.join(p)})",
    "power": lambda m, n: f"{W(m)}**{W(n)}",
    "linear_solve": lambda a, b: f"{W(a)}.LUsolve({W(b)})",
    "gram_schmidt": lambda *vs: f"[list(v) for v in GramSchmidt([{', '.join(W(v) for v in vs)}], True)]",
    "cross": lambda a, b: f"{W(a)}.cross({W(b)})",
    "kron": lambda a, b: f"kronecker_product({W(a)}, {W(b)})",
}


class SymPy:
    name = "sympy"

    def __init__(self) -> None:
        root = Path(__file__).resolve().parents[3]
        self.process = Process(
            [sys.executable, str(Path(__file__).with_name("sympy_worker.py"))],
            json.dumps("integrate(Symbol('x'), Symbol('x'))"),
            "<END>",
            {"PYTHONPATH": str(root)},
        )

    def available(self) -> bool:
        return importlib.metadata.version("sympy") != ""

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or (CALLS[task.op](*task.args) if task.op in CALLS else "")
        if not text or text == "-":
            return None
        return "\n".join([*(self.symbol(n, task) for n in sorted(_free(task.args))), text])

    def symbol(self, name: str, task: Task) -> str:
        kind = task.let.get(name, "real")
        facts = {"complex": "", "natural": ", integer=True, nonnegative=True"}.get(kind, f", {kind}=True")
        return f"{name} = Symbol('{name}'{facts})"

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        return self.process.ask(json.dumps(text), budget)

    def read(self, text: str, task: Task) -> Tree:
        if text.startswith("!"):
            raise Unevaluated(text)
        return _plain(read(text))

    def stop(self) -> None:
        self.process.stop()


def _free(args: Any) -> set[str]:
    """The names of a task's arguments that are to be symbols."""
    if isinstance(args, str):
        return (
            {n for n in names_in(read(args)) if n not in CONSTANTS or n in ("i",)} - {"y1", "y2", "y3"}
            if args.strip("+-")
            else set()
        )
    return {n for a in args for n in _free(a)} if isinstance(args, (list, tuple)) else set()


def _plain(tree: Tree) -> Tree:
    """Sets and relations as SymPy prints them, in the reader's kinds."""
    if not isinstance(tree, tuple):
        return [_plain(t) for t in tree] if isinstance(tree, list) else tree
    if tree[0] == "call":
        name, args = tree[1], [_plain(a) for a in tree[2]]
        if name == "AccumBounds":
            raise Unevaluated("the limit does not exist")
        if name == "CRootOf":
            return (
                "call",
                "root_of",
                [("function", ("name", min(names_in(args[0]))), args[0]), ("+", args[1], ("number", Fraction(1)))],
            )
        if name == "ImageSet":
            return args[0][2][1]
        if name in ("Union", "FiniteSet"):
            return ("set", args)
        if name in ("Eq", "Ne"):
            return ("relation", "==" if name == "Eq" else "!=", *args)
        return ("call", name, args)
    if tree[0] == "name":
        return ("set", []) if tree[1] == "EmptySet" else tree
    return tuple(_plain(t) for t in tree)


SYSTEM = SymPy()
