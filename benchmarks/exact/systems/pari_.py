"""PARI/GP: exact in algebra and number theory; integrals, sums and roots to its 38 digits."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, calls_in, names_in, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated
from benchmarks.exact.writing import Writer

W = Writer(
    names={
        "pi": "Pi",
        "im": "I",
        "e": "exp(1)",
        "abs": "abs",
        "besselj": "besselj",
        "digamma": "psi",
        "lambertw": "lambertw",
        "totient": "eulerphi",
        "fibonacci": "fibonacci",
        "bernoulli": "bernfrac",
        "legendre": "pollegendre",
        "chebyshevt": "polchebyshev",
        "hermite": "polhermite",
        "laguerre": "pollaguerre",
        "stirling": "stirling",
        "elliptic_k": "ellK",
        "harmonic": "harmonic",
        "mod": "lift",
        "ceil": "ceil",
        "conjugate": "conj",
        "loggamma": "lngamma",
        "polylog": "polylog",
    },
    matrix=lambda rows: f"[{'; '.join(', '.join(r) for r in rows)}]",
    vector=lambda items: f"[{', '.join(items)}]~",
    special={
        "cbrt": lambda x: f"sqrtn({x}, 3)",
        "mod": lambda a, b: f"(({a}) % ({b}))",
        "erf": lambda x: f"(1-erfc({x}))",
        "elliptic_k": lambda m: f"ellK(sqrt({m}))",
        "elliptic_e": lambda m: f"ellE(sqrt({m}))",
        "chebyshevu": lambda n, x: f"subst(polchebyshev({n}, 2), 'x, {x})",
        "legendre": lambda n, x: f"subst(pollegendre({n}), 'x, {x})",
        "chebyshevt": lambda n, x: f"subst(polchebyshev({n}), 'x, {x})",
        "hermite": lambda n, x: f"subst(polhermite({n}), 'x, {x})",
        "laguerre": lambda n, x: f"subst(pollaguerre({n}), 'x, {x})",
        "stirling": lambda n, k: f"stirling({n}, {k}, 2)",
        "beta": lambda a, b: f"gamma({a})*gamma({b})/gamma(({a})+({b}))",
        "root": lambda x, n: f"sqrtn({x}, {n})",
        "li": lambda x: f"-eint1(-log({x}))",
        "fibonacci": lambda n: f"fibonacci({n})",
        "polygamma": lambda k, x: f"((-1)^({k}+1)*{k}!*zetahurwitz({k}+1, {x}))",
        "harmonic": lambda n: f"sum(k=1, {n}, 1/k)",
    },
    equal="==",
)


def _bound(a: str) -> str:
    return "-oo" if a == "-oo" else "oo" if a == "oo" else W(a)


def _is_polynomial(equation: str) -> bool:
    return not calls_in(read(equation)) and "/(" not in equation.replace(" ", "")


def _polynomial(equation: str) -> str:
    left, _, right = equation.partition("==")
    return f"({W(left)}) - ({W(right or '0')})"


def _integral(f: str, x: str, a: str, b: str) -> str:
    """Numbers only: nothing where there are parameters."""
    if {n for text in (f, a, b) for n in names_in(read(text))} - {x, "pi", "e", "oo"}:
        return ""
    return f"intnum({x}={_bound(a)}, {_bound(b)}, {W(f)})"


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: W(f),
    "definite": lambda f, x, a, b: _integral(f, x, a, b),
    "sum": lambda f, k, a, b: (
        f"{'sumpos' if b == 'oo' else 'sum'}({k}={W(a)}, {'' if b == 'oo' else W(b) + ', '}{W(f)})"
        if b == "oo" or b.isdigit()
        else ""
    ),
    "product": lambda f, k, a, b: (
        f"prodinf({k}={W(a)}, {W(f)})" if b == "oo" else f"prod({k}={W(a)}, {W(b)}, {W(f)})" if b.isdigit() else ""
    ),
    "diff": lambda f, *xs: f"deriv({W(f)}, {xs[0]})" if len(xs) == 1 else "",
    "taylor": lambda f, x, a, n: f"truncate(subst({W(f)}, {x}, {x} + O({x}^{int(n) + 1})))" if a == "0" else "",
    "series": lambda f, x, a, n: (
        f"truncate(subst({W(f)}, {x}, {x} + O({x}^{int(n) + 9})) + O({x}^{int(n) + 1}))" if a == "0" else ""
    ),
    "solve": lambda eq, x: f"polrootsreal({_polynomial(eq)})" if isinstance(x, str) and _is_polynomial(eq) else "",
    "solve_complex": lambda eq, x: f"polroots({_polynomial(eq)})" if isinstance(x, str) else "",
    "factor": lambda f, *o: (
        f'f = factor({W(f)}); print1("1"); for(i=1, matsize(f)[1], print1("*(", f[i,1], ")^", f[i,2])); print()' if not o else ""
    ),
    "factor_integer": lambda n: f"factor({n})",
    "expand": lambda f: W(f),
    "cancel": lambda f: W(f),
    "det": lambda m: f"matdet({W(m)})",
    "inv": lambda m: f"({W(m)})^-1",
    "rank": lambda m: f"matrank({W(m)})",
    "tr": lambda m: f"trace({W(m)})",
    "nullspace": lambda m: f"K = matker({W(m)}); [K[,i]~ | i <- [1..#K]]",
    "colspace": lambda m: f"K = matimage({W(m)}); [K[,i]~ | i <- [1..#K]]",
    "eigenvalues": lambda m: f"polroots(charpoly({W(m)}))",
    "eigenvectors": lambda m: (
        f"M = {W(m)}; P = charpoly(M); [[r, valuation(subst(P, x, x + r), x), K = matker(M - r); [K[,i]~ | i <- [1..#K]]] | r <- Set(nfroots(, P))]"
    ),
    "charpoly": lambda m, t: f"charpoly({W(m)}, '{t})",
    "minpoly": lambda m, t: f"minpoly({W(m)}, '{t})",
    "adjugate": lambda m: f"matadjoint({W(m)})",
    "power": lambda m, n: f"({W(m)})^{W(n)}",
    "linear_solve": lambda a, b: f"matsolve({W(a)}, {W(b)})",
    "least_squares": lambda a, b: f"A = {W(a)}; matsolve(A~*A, A~*{W(b)})",
    "pinv": lambda m: f"A = {W(m)}; (A~*A)^-1*A~",
    "norm": lambda v, *p: f"sqrt(norml2({W(v)}))" if not p else "",
    "qr": lambda m: f"A = {W(m)}; [Q, R] = matqr(A)",
    "jacobian": lambda f, xs: f"matrix({len(xs)}, {len(xs)}, i, j, deriv(({W(f)})[i], [{', '.join(xs)}][j]))",
    "grad": lambda f, xs: f"[{', '.join(f'deriv({W(f)}, {x})' for x in xs)}]",
    "hessian": lambda f, xs: (
        f"matrix({len(xs)}, {len(xs)}, i, j, deriv(deriv({W(f)}, [{', '.join(xs)}][i]), [{', '.join(xs)}][j]))"
    ),
}


class Pari:
    name = "pari"

    def __init__(self) -> None:
        self.process = Process(
            ["gp", "-fq"], 'default(recover, 1); intnum(x=0,1,x); default(output, 0); print("<END§>")', "<END§>"
        )

    def available(self) -> bool:
        return shutil.which("gp") is not None

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or (CALLS[task.op](*task.args) if task.op in CALLS else "")
        return None if not text or text == "-" else text

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        return self.process.ask(f'{text}\nprint("<END§>")', budget)

    def read(self, text: str, task: Task) -> Tree:
        if "***" in text or not text.strip():
            raise Unevaluated(text[:200])
        return read(text.replace("\n", "").replace(" E", "E").replace("][", "];["))

    def stop(self) -> None:
        self.process.stop()


SYSTEM = Pari()
