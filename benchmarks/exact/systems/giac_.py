"""Giac (the engine of Xcas), as its manual uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated
from benchmarks.exact.writing import Writer

W = Writer(
    names={
        "im": "i",
        "oo": "+infinity",
        "heaviside": "Heaviside",
        "lambertw": "LambertW",
        "log": "ln",
        "besselj": "BesselJ",
        "gamma": "Gamma",
        "digamma": "Psi",
        "beta": "Beta",
        "zeta": "Zeta",
        "ceil": "ceil",
        "binomial": "comb",
        "totient": "euler",
        "mod": "irem",
        "conjugate": "conj",
        "dirac": "Dirac",
        "chebyshevt": "tchebyshev1",
        "chebyshevu": "tchebyshev2",
        "polygamma": "polygamma",
        "root": "surd",
    },
    matrix=lambda rows: f"[{','.join('[' + ','.join(r) + ']' for r in rows)}]",
    vector=lambda items: f"[{','.join(items)}]",
    special={
        "laguerre": lambda n, x: f"laguerre({n},{x},0)",
        "cbrt": lambda x: f"surd({x},3)",
        "polygamma": lambda k, x: f"Psi({x},{k})",
    },
)


def _names(names: Any) -> str:
    return f"[{','.join(names)}]" if isinstance(names, (list, tuple)) else str(names)


def _eqs(equations: Any) -> str:
    return f"[{','.join(map(W, equations))}]" if isinstance(equations, (list, tuple)) else W(equations)


def _ode(equation: str, conditions: Any, x: str) -> str:
    primes = {0: "y", 1: "y'", 2: "y''", 3: "y'''"}
    own = {"y1": "y'", "y2": "y''", "y3": "y'''"}
    texts = [W(equation, own), *(f"{primes[k]}({W(at)})={W(to)}" for k, at, to in conditions)]
    return f"desolve({'[' + ','.join(texts) + ']' if conditions else texts[0]},{x},y)"


def _least(which: str, f: str, xs: Any, relations: Any = ()) -> str:
    names = xs if isinstance(xs, (list, tuple)) else [xs]
    if any("==" not in r for r in relations):
        return ""
    multipliers = [f"l{k}" for k in range(len(relations))]
    lagrangian = W(f) + "".join(
        f"+{m}*({W(e.partition('==')[0])}-({W(e.partition('==')[2])}))" for m, e in zip(multipliers, relations, strict=True)
    )
    unknowns = ",".join([*names, *multipliers])
    if len(names) == 1 and not relations:
        return f"{which}(apply(v->subst({W(f)},{names[0]}=v),solve(diff({W(f)},{names[0]})=0,{names[0]})))"
    return f"{which}(apply(v->subst({W(f)},[{unknowns}]=v),solve(grad({lagrangian},[{unknowns}]),[{unknowns}])))"


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: f"simplify({W(f)})",
    "integrate": lambda f, x: f"int({W(f)},{x})",
    "definite": lambda f, x, a, b: f"int({W(f)},{x},{W(a)},{W(b)})",
    "multiple": lambda f, ranges: _iterated(f, ranges),
    "sum": lambda f, k, a, b: f"sum({W(f)},{k},{W(a)},{W(b)})",
    "product": lambda f, k, a, b: f"product({W(f)},{k},{W(a)},{W(b)})",
    "limit": lambda f, x, a, side="": f"limit({W(f)},{x},{W(a)}{',1' if side == '+' else ',-1' if side == '-' else ''})",
    "diff": lambda f, *xs: f"diff({W(f)},{','.join(xs).replace(',2', '$2').replace(',3', '$3').replace(',4', '$4')})",
    "grad": lambda f, xs: f"grad({W(f)},{_names(xs)})",
    "hessian": lambda f, xs: f"hessian({W(f)},{_names(xs)})",
    "jacobian": lambda f, xs: f"tran(diff({W(f)},{_names(xs)}))",
    "laplacian": lambda f, xs: f"laplacian({W(f)},{_names(xs)})",
    "divergence": lambda f, xs: f"divergence({W(f)},{_names(xs)})",
    "curl": lambda f, xs: f"curl({W(f)},{_names(xs)})",
    "directional": lambda f, xs, v: f"dot(grad({W(f)},{_names(xs)}),normalize({W(v)}))",
    "implicit_diff": lambda eq, y, x, *n: f"implicit_diff({W(eq)},{x},{y}{''.join(',' + k for k in n)})",
    "taylor": lambda f, x, a, n: f"taylor({W(f)},{x}={W(a)},{n},polynom)",
    "series": lambda f, x, a, n: f"series({W(f)},{x}={W(a)},{n},polynom)",
    "dsolve": _ode,
    "laplace": lambda f, t, s: f"laplace({W(f)},{t},{s})",
    "inverse_laplace": lambda f, s, t: f"ilaplace({W(f)},{s},{t})",
    "fourier": lambda f, t, w: f"fourier({W(f)},{t},{w})",
    "solve": lambda eq, x: f"solve({_eqs(eq)},{_names(x)})",
    "solve_complex": lambda eq, x: f"csolve({_eqs(eq)},{_names(x)})",
    "inequality": lambda r, x: f"solve({W(r)},{x})",
    "periodic": lambda eq, x: f"solve({W(eq)},{x})",
    "critical_points": lambda f, xs: (
        f"solve(diff({W(f)},{xs})=0,{xs})" if isinstance(xs, str) else f"solve(grad({W(f)},{_names(xs)}),{_names(xs)})"
    ),
    "minimum": lambda f, xs, rel=(): _least("min", f, xs, rel),
    "maximum": lambda f, xs, rel=(): _least("max", f, xs, rel),
    "simplify": lambda f: f"simplify({W(f)})",
    "expand": lambda f: f"expand({W(f)})",
    "factor": lambda f, *o: f"factor({W(f)}{''.join(',' + W(a) for a in o)})",
    "collect": lambda f, x: f"collect(expand({W(f)}),{x})",
    "apart": lambda f, x: f"partfrac({W(f)},{x})",
    "cancel": lambda f: f"normal({W(f)})",
    "trig_expand": lambda f: f"texpand({W(f)})",
    "complete_square": lambda f, x: f"canonical_form({W(f)},{x})",
    "factor_integer": lambda n: f"ifactors({n})",
    "det": lambda m: f"det({W(m)})",
    "inv": lambda m: f"inv({W(m)})",
    "rank": lambda m: f"rank({W(m)})",
    "tr": lambda m: f"trace({W(m)})",
    "rref": lambda m: f"rref({W(m)})",
    "nullspace": lambda m: f"ker({W(m)})",
    "colspace": lambda m: f"image({W(m)})",
    "eigenvalues": lambda m: f"[eigenvals({W(m)})]",
    "eigenvectors": lambda m: (
        f"M:={W(m)}:;v:=[eigenvals(M)]:;apply(l->[l,count_eq(l,v),ker(normal(M-l*idn(size(M)[0])))],[op(set[op(v)])])"
    ),
    "jordan": lambda m: f"[jordan({W(m)})]",
    "charpoly": lambda m, t: f"charpoly({W(m)},{t})",
    "minpoly": lambda m, t: f"pmin({W(m)},{t})",
    "svd": lambda m: f"[svd({W(m)})]",
    "qr": lambda m: f"[qr({W(m)})]",
    "cholesky": lambda m: f"cholesky({W(m)})",
    "pinv": lambda m: f"M:={W(m)}:;inv(tran(M)*M)*tran(M)",
    "expm": lambda m: f"exp({W(m)})",
    "least_squares": lambda a, b: f"lsq({W(a)},{W(b)})",
    "singular_values": lambda m: f"M:={W(m)}:;sqrt([eigenvals(tran(M)*M)])",
    "norm": lambda v, *p: f"l2norm({W(v)})" if not p else f"{'l1norm' if p[0] == '1' else 'maxnorm'}({W(v)})",
    "power": lambda m, n: f"matpow({W(m)},{W(n)})",
    "linear_solve": lambda a, b: f"inv({W(a)})*{W(b)}",
    "gram_schmidt": lambda *vs: f"gramschmidt([{','.join(W(v) for v in vs)}])",
    "cross": lambda a, b: f"cross({W(a)},{W(b)})",
    "adjugate": lambda m: f"M:={W(m)}:;normal(det(M)*inv(M))",
}


class Giac:
    name = "giac"

    def __init__(self) -> None:
        self.process = Process(["giac"], 'all_trig_solutions:=1;\nint(x,x);\n"<EN"+"D§>"', '"<END§>"')

    def available(self) -> bool:
        return shutil.which("giac") is not None

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or (CALLS[task.op](*task.args) if task.op in CALLS else "")
        if not text or text == "-":
            return None
        return (
            "".join(
                f"assume({n}>0):;" if kind == "positive" else f"assume({n},integer):;additionally({n}>=0):;"
                for n, kind in task.let.items()
                if kind not in ("real", "complex")
            )
            + text
        )

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        # Each question begins without what was assumed before.
        reply = self.process.ask(f'purge(a,b,n,s,t,x,y,z,M,v)\n"<AN"+"SWER>"\n{text}\n"<EN"+"D§>"', budget)
        return replace(reply, text=reply.text.rpartition('"<ANSWER>"')[2])

    def read(self, text: str, task: Task) -> Tree:
        lines = [
            line.strip()
            for line in text.splitlines()
            if line.strip()
            and not re.match(r"(//|\d+>>|Warning|No checks|Please use|Unable to|Done)", line.strip())
            and "arning" not in line
        ]
        if not lines:
            raise Unevaluated("nothing")
        answer = lines[-1]
        if "Error" in answer:
            raise Unevaluated(answer)
        if "bounded_function" in answer:
            raise Unevaluated("the limit does not exist")
        tree = read(_last(re.sub(r"(list|matrix|set|poly1|seq)\[", "[", answer)))
        if task.op == "dsolve":
            # The general solution is a list of branches; any whole number may stand for n_0.
            tree = _branch(tree[1][0] if tree[0] == "list" and len(tree[1]) == 1 else tree)
        return tree

    def stop(self) -> None:
        self.process.stop()


def _branch(tree: Any) -> Any:
    if isinstance(tree, tuple) and tree and tree[0] == "name" and re.fullmatch(r"n_\d+", tree[1]):
        return ("number", Fraction(0))
    if isinstance(tree, tuple):
        return tuple(_branch(t) for t in tree)
    return [_branch(t) for t in tree] if isinstance(tree, list) else tree


def _iterated(f: str, ranges: Any) -> str:
    text = W(f)
    for x, a, b in ranges:
        text = f"int({text},{x},{W(a)},{W(b)})"
    return text


def _last(answer: str) -> str:
    """The last of a sequence: the assumptions before the question are echoed too."""
    depth, start = 0, 0
    for k, sign in enumerate(answer):
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and depth == 0:
            start = k + 1
    return answer[start:]


SYSTEM = Giac()
