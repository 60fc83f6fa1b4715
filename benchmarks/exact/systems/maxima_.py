"""Maxima with its share packages, as its manual uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated
from benchmarks.exact.writing import Writer

W = Writer(
    names={
        "e": "%e",
        "pi": "%pi",
        "im": "%i",
        "oo": "inf",
        "heaviside": "unit_step",
        "lambertw": "lambert_w",
        "Si": "expintegral_si",
        "Ci": "expintegral_ci",
        "Ei": "expintegral_ei",
        "ceil": "ceiling",
        "besselj": "bessel_j",
        "elliptic_k": "elliptic_kc",
        "elliptic_e": "elliptic_ec",
        "sign": "signum",
        "conjugate": "conjugate",
        "chebyshevt": "chebyshev_t",
        "chebyshevu": "chebyshev_u",
        "legendre": "legendre_p",
        "fibonacci": "fib",
        "bernoulli": "bern",
        "harmonic": "harmonic_number",
        "stirling": "stirling2",
        "bell": "belln",
        "digamma": "psi[0]",
        "catalan": "catalan",
    },
    matrix=lambda rows: f"matrix({', '.join('[' + ', '.join(r) + ']' for r in rows)})",
    vector=lambda items: f"[{', '.join(items)}]",
    special={
        "cbrt": lambda x: f"({x})^(1/3)",
        "polygamma": lambda k, x: f"psi[{k}]({x})",
        "polylog": lambda s, z: f"li[{s}]({z})",
        "mod": lambda a, b: f"mod({a}, {b})",
        "dirac": lambda x: f"delta({x})",
        "root": lambda x, n: f"({x})^(1/{n})",
        "hermite": lambda n, x: f"hermite({n}, {x})",
    },
)

GREETING = """display2d:false$ linel:100000$ load(to_poly_solve)$ load(fourier_elim)$ load(diag)$ load(linearalgebra)$ load(simplify_sum)$
load(eigen)$ load(vect)$ load(orthopoly)$ load(combinatorics)$ load(functs)$ load(stirling)$ algebraic:true$ integrate(x,x)$ print("<END§>")$"""


def _names(names: Any) -> str:
    return f"[{', '.join(names)}]" if isinstance(names, (list, tuple)) else f"[{names}]"


def _eqs(equations: Any) -> str:
    return f"[{', '.join(map(W, equations))}]" if isinstance(equations, (list, tuple)) else f"[{W(equations)}]"


def _solve(equations: Any, names: Any) -> str:
    if isinstance(names, str):
        return f"map(rhs, sublist(solve({W(equations)}, {names}), lambda([q], lhs(q) = {names})))"
    return f"makelist(map(rhs, s), s, solve({_eqs(equations)}, {_names(names)}))"


def _ode(equation: str, conditions: Any, x: str) -> str:
    own = {"y1": f"'diff(y,{x})", "y2": f"'diff(y,{x},2)", "y3": f"'diff(y,{x},3)"}
    solved = f"ode2({W(equation, own)}, y, {x})"
    values = {k: (W(at), W(to)) for k, at, to in conditions}
    if set(values) == {0}:
        solved = f"ic1({solved}, {x}={values[0][0]}, y={values[0][1]})"
    elif set(values) == {0, 1}:
        solved = f"ic2({solved}, {x}={values[0][0]}, y={values[0][1]}, 'diff(y,{x})={values[1][1]})"
    return f"rhs(first(solve({solved}, y)))"


def _least(which: str, f: str, xs: Any, relations: Any = ()) -> str:
    names = xs if isinstance(xs, (list, tuple)) else [xs]
    if any("==" not in r for r in relations):
        return ""
    multipliers = [f"l{k}" for k in range(len(relations))]
    lagrangian = W(f) + "".join(
        f" + {m}*({W(e.partition('==')[0])} - ({W(e.partition('==')[2])}))" for m, e in zip(multipliers, relations, strict=True)
    )
    unknowns = ", ".join([*names, *multipliers])
    return f"block([L: {lagrangian}, s], s: solve(makelist(diff(L, v), v, [{unknowns}]), [{unknowns}]), s: sublist(s, lambda([p], every({_REAL}, map(rhs, p)))), l{which}(makelist(subst(p, {W(f)}), p, s)))"


def _vectorial(body: str) -> Callable[..., str]:
    return lambda f, xs: body.replace("FIELD", W(f)).replace("NAMES", _names(xs))


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: f"{W(f)}",
    "integrate": lambda f, x: f"integrate({W(f)}, {x})",
    "definite": lambda f, x, a, b: f"integrate({W(f)}, {x}, {W(a).replace('(-inf)', 'minf')}, {W(b)})",
    "multiple": lambda f, ranges: _iterated(f, ranges),
    "sum": lambda f, k, a, b: f"simplify_sum(sum({W(f)}, {k}, {W(a).replace('(-inf)', 'minf')}, {W(b)}))",
    "product": lambda f, k, a, b: (
        f"simplify_product(product({W(f)}, {k}, {W(a)}, {W(b)}))"
        if b != "oo"
        else f"block([assume_pos: true], limit(simplify_product(product({W(f)}, {k}, {W(a)}, nn)), nn, inf))"
    ),
    "limit": lambda f, x, a, side="": (
        f"limit({W(f)}, {x}, {W(a).replace('(-inf)', 'minf')}{', plus' if side == '+' else ', minus' if side == '-' else ''})"
    ),
    "diff": lambda f, *xs: f"diff({W(f)}, {_diff(xs)})",
    "grad": _vectorial("makelist(diff(FIELD, v), v, NAMES)"),
    "hessian": _vectorial("hessian(FIELD, NAMES)"),
    "jacobian": _vectorial("jacobian(FIELD, NAMES)"),
    "laplacian": _vectorial("lsum(diff(FIELD, v, 2), v, NAMES)"),
    "divergence": _vectorial("block([F: FIELD, v: NAMES], sum(diff(F[k], v[k]), k, 1, length(v)))"),
    "curl": _vectorial(
        "block([F: FIELD, v: NAMES], [diff(F[3], v[2]) - diff(F[2], v[3]), diff(F[1], v[3]) - diff(F[3], v[1]), diff(F[2], v[1]) - diff(F[1], v[2])])"
    ),
    "directional": lambda f, xs, v: f"block([v: {W(v)}, g: makelist(diff({W(f)}, q), q, {_names(xs)})], g . v/sqrt(v . v))",
    "implicit_diff": lambda eq, y, x, *n: (
        f"block([F: {W(eq.partition('==')[0])} - ({W(eq.partition('==')[2])})], -diff(F, {x})/diff(F, {y}))" if not n else ""
    ),
    "taylor": lambda f, x, a, n: f"ratdisrep(taylor({W(f)}, {x}, {W(a)}, {n}))",
    "series": lambda f, x, a, n: f"ratdisrep(taylor({W(f)}, {x}, {W(a)}, {n}))",
    "dsolve": _ode,
    "laplace": lambda f, t, s: f"laplace({W(f)}, {t}, {s})",
    "inverse_laplace": lambda f, s, t: f"ilt({W(f)}, {s}, {t})",
    "fourier": lambda f, t, w: f"integrate({W(f)}*exp(-%i*{w}*{t}), {t}, minf, inf)",
    "solve": lambda eq, x: _real_solve(eq, x),
    "solve_complex": _solve,
    "inequality": lambda r, x: f"fourier_elim([{W(r)}], [{x}])",
    "periodic": lambda eq, x: f"map(lambda([s], rhs(first(s))), args(%solve({W(eq)}, {x})))",
    "critical_points": lambda f, xs: (
        f"block([r: map(rhs, solve(diff({W(f)}, {xs}), {xs}))], sublist(r, {_REAL}))"
        if isinstance(xs, str)
        else f"block([r: makelist(map(rhs, s), s, solve(makelist(diff({W(f)}, v), v, {_names(xs)}), {_names(xs)}))], sublist(r, lambda([s], every({_REAL}, s))))"
    ),
    "minimum": lambda f, xs, rel=(): _least("min", f, xs, rel),
    "maximum": lambda f, xs, rel=(): _least("max", f, xs, rel),
    "simplify": lambda f: f"trigsimp(radcan({W(f)}))",
    "expand": lambda f: f"expand({W(f)})",
    "factor": lambda f, *o: f"factor({W(f)})",
    "collect": lambda f, x: f"facsum({W(f)}, {x})",
    "apart": lambda f, x: f"partfrac({W(f)}, {x})",
    "cancel": lambda f: f"ratsimp({W(f)})",
    "trig_expand": lambda f: f"trigexpand({W(f)})",
    "complete_square": lambda f, x: (
        f"block([p: expand({W(f)}), a, b, c], a: coeff(p, {x}, 2), b: coeff(p, {x}, 1), c: coeff(p, {x}, 0), a*({x} + b/(2*a))^2 + ratsimp(c - b^2/(4*a)))"
    ),
    "factor_integer": lambda n: f"ifactors({n})",
    "det": lambda m: f"determinant({W(m)})",
    "inv": lambda m: f"invert({W(m)})",
    "rank": lambda m: f"rank({W(m)})",
    "tr": lambda m: f"mat_trace({W(m)})",
    "rref": lambda m: (
        f"block([m: echelon({W(m)}), r], for k: 2 thru length(m) do (for j: k-1 step -1 thru 1 do block([p: 0], for c: 1 thru length(m[1]) do if p=0 and m[k,c]#0 then p: c, if p#0 then m: rowop(m, j, k, m[j,p]))), m)"
    ),
    "nullspace": lambda m: f"makelist(list_matrix_entries(v), v, args(nullspace({W(m)})))",
    "colspace": lambda m: f"makelist(list_matrix_entries(v), v, args(columnspace({W(m)})))",
    "eigenvalues": lambda m: (
        f"block([e: eigenvalues({W(m)})], flatten(makelist(makelist(e[1][k], j, 1, e[2][k]), k, 1, length(e[1]))))"
    ),
    "eigenvectors": lambda m: (
        f"block([e: eigenvectors({W(m)})], makelist([e[1][1][k], e[1][2][k], e[2][k]], k, 1, length(e[1][1])))"
    ),
    "jordan": lambda m: f"block([m: {W(m)}, j], j: jordan(m), [ModeMatrix(m, j), dispJordan(j)])",
    "charpoly": lambda m, t: f"expand((-1)^length({W(m)})*charpoly({W(m)}, {t}))",
    "minpoly": lambda m, t: f"subst({t}, x, minimalPoly(jordan({W(m)})))",
    "qr": lambda m: (
        f"block([m: {W(m)}, g, q], g: gramschmidt(transpose(m)), q: transpose(apply(matrix, map(lambda([v], v/sqrt(v . v)), g))), [radcan(q), radcan(transpose(q) . m)])"
    ),
    "cholesky": lambda m: f"cholesky({W(m)})",
    "pinv": lambda m: f"moore_penrose_pseudoinverse({W(m)})",
    "expm": lambda m: f"mat_function(exp, {W(m)})",
    "adjugate": lambda m: f"adjoint({W(m)})",
    "least_squares": lambda a, b: (
        f"block([A: {W(a)}, b: {W(b)}], list_matrix_entries(invert(transpose(A) . A) . transpose(A) . b))"
    ),
    "singular_values": lambda m: f"block([e: eigenvalues(transpose({W(m)}) . {W(m)})], map(sqrt, e[1]))",
    "norm": lambda v, *p: f"block([v: {W(v)}], sqrt(v . v))" if not p else f"mat_norm({W(v)}, {p[0].replace('oo', 'inf')})",
    "power": lambda m, n: f"{W(m)}^^{W(n)}",
    "linear_solve": lambda a, b: f"list_matrix_entries(invert({W(a)}) . {W(b)})",
    "gram_schmidt": lambda *vs: f"map(lambda([v], v/sqrt(v . v)), gramschmidt(matrix({', '.join(W(v) for v in vs)})))",
    "kron": lambda a, b: f"kronecker_product({W(a)}, {W(b)})",
}


# A root counts as real where its imaginary part is 0 as a float, and where it has parameters.
_REAL = "lambda([v], block([q: errcatch(float(rectform(imagpart(v))))], q = [] or not numberp(first(q)) or abs(first(q)) < 1e-9))"


def _real_solve(equations: Any, x: Any) -> str:
    if not isinstance(x, str):
        return f"block([r: {_solve(equations, x)}], sublist(r, lambda([s], every({_REAL}, s))))"
    solved = f"sublist(args(%solve({W(equations)}, {x})), lambda([s], lhs(first(s)) = {x}))"
    everything = f"errcatch(map(lambda([s], rhs(first(s))), {solved}))"
    # `solve` gives equations in the unknown where it does not come to an end, and nothing where it does not begin.
    return (
        f"block([r: {_solve(equations, x)}, s], if r = [] or not every(lambda([v], freeof({x}, v)), r) then "
        f"(s: {everything}, if s # [] and first(s) # [] then r: first(s) else r: failed), if r = failed then r else sublist(r, {_REAL}))"
    )


def _iterated(f: str, ranges: Any) -> str:
    text = W(f)
    for x, a, b in ranges:
        text = f"integrate({text}, {x}, {W(a).replace('(-inf)', 'minf')}, {W(b)})"
    return text


def _diff(xs: Any) -> str:
    return ", ".join(
        x if x.isdigit() else (x if k + 1 < len(xs) and xs[k + 1].isdigit() else f"{x}, 1") for k, x in enumerate(xs)
    )


class Maxima:
    name = "maxima"

    def __init__(self) -> None:
        self.process = Process(["maxima", "--very-quiet"], GREETING, "<END§>", stuck="?\n")

    def available(self) -> bool:
        return shutil.which("maxima") is not None

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or (CALLS[task.op](*task.args) if task.op in CALLS else "")
        if not text or text == "-":
            return None
        lets = "".join(
            f"assume({n} > 0)$ "
            if kind == "positive"
            else f"declare({n}, integer)$ assume({n} >= 0)$ "
            if kind == "natural"
            else f"declare({n}, complex)$ "
            if kind == "complex"
            else ""
            for n, kind in task.let.items()
        )
        return f"{lets}{text}; "

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        undo = "".join(
            f"forget({n} > 0)$ "
            if kind == "positive"
            else f"remove({n}, integer)$ forget({n} >= 0)$ "
            if kind == "natural"
            else f"remove({n}, {kind})$ "
            for n, kind in task.let.items()
            if kind != "real"
        )
        return self.process.ask(f'{text} {undo} print("<END§>")$', budget)

    def read(self, text: str, task: Task) -> Tree:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if "Principal Value" in text:
            raise Unevaluated(" ".join(lines))
        if not lines or "an error" in text or "?\n" in text or "rror" in lines[-1]:
            raise Unevaluated(" ".join(lines)[-200:] or "nothing")
        answer = lines[-1]
        if "'integrate" in answer or "'limit" in answer or "'sum" in answer or "'ilt" in answer:
            raise Unevaluated(answer[:200])
        answer = re.sub(r"psi\[(\d+)\]\(", r"polygamma(\1, ", answer)
        answer = re.sub(r"li\[(\d+)\]\(", r"polylog(\1, ", answer)
        answer = answer.replace("universalset", "true").replace("emptyset", "false")
        tree = read(answer)
        return _conjunctions(tree) if task.op == "inequality" else tree

    def stop(self) -> None:
        self.process.stop()


def _conjunctions(tree: Tree) -> Tree:
    if tree[0] == "list" and tree[1]:
        found = _conjunctions(tree[1][0])
        for part in tree[1][1:]:
            found = ("and", found, _conjunctions(part))
        return found
    if tree[0] in ("or", "and"):
        return (tree[0], _conjunctions(tree[1]), _conjunctions(tree[2]))
    return tree


SYSTEM = Maxima()
