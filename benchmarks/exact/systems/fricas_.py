"""FriCAS, as its book uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from typing import Any

import mpmath

from benchmarks.exact.process import Process, Reply
from benchmarks.exact.reading import Tree, calls_in, names_in, read
from benchmarks.exact.task import Task
from benchmarks.exact.values import Unevaluated, value
from benchmarks.exact.writing import Writer

W = Writer(
    names={
        "pi": "%pi",
        "e": "%e",
        "im": "%i",
        "oo": "%plusInfinity",
        "gamma": "Gamma",
        "lambertw": "lambertW",
        "besselj": "besselJ",
        "totient": "eulerPhi",
        "ceil": "ceiling",
        "beta": "Beta",
        "legendre": "legendreP",
        "chebyshevt": "chebyshevT",
        "chebyshevu": "chebyshevU",
        "hermite": "hermiteH",
        "elliptic_k": "ellipticK",
        "elliptic_e": "ellipticE",
        "stirling": "stirling2",
        "zeta": "riemannZeta",
        "digamma": "digamma",
        "mod": "rem",
        "conjugate": "conjugate",
    },
    matrix=lambda rows: f"matrix [{', '.join('[' + ', '.join(r) + ']' for r in rows)}]",
    vector=lambda items: f"vector [{', '.join(items)}]",
    special={
        "laguerre": lambda n, x: f"laguerreL({n}, {x})/factorial({n})",
        "cbrt": lambda x: f"nthRoot({x}, 3)",
        "root": lambda x, n: f"nthRoot({x}, {n})",
        "mod": lambda a, b: f"(({a}) rem ({b}))",
    },
)

GREETING = """)set messages autoload off
)set messages type off
)set messages time off
)set messages prompt none
)set messages file off
)set output algebra off
say(s:String):Void == (PRINC(s)$Lisp; TERPRI()$Lisp; FORCE_-OUTPUT()$Lisp; void())
show(e:Expression Integer):Void == say unparse(e::InputForm)
lim(e:OrderedCompletion Expression Integer):Void == (n := whatInfinity(e); n > 0 => say "oo"; n < 0 => say "-oo"; show(retract(e)))
show(1)
lim(1::OrderedCompletion Expression Integer)
r := integrate(x,x)
say concat("<EN", "D§>")"""

NO_POLE = '"noPole"'
SIDES = {"": "", "+": ', "right"', "-": ', "left"'}
OPEN, CLOSE = 'say "["', 'say "]"'
_FIELD = "Matrix Fraction Polynomial Integer"


def _show(code: str) -> str:
    return f"r := {code}\nshow r"


def _limits(code: str) -> str:
    return f"r := {code}\nlim r"


def _each(code: str) -> str:
    return f"r := {code}\n{OPEN}\nfor q in r repeat show q\n{CLOSE}"


def _form(code: str) -> str:
    return f"r := {code}\nsay unparse(r::InputForm)"


def _names(names: Any) -> str:
    return f"[{', '.join(names)}]"


def _list(f: str) -> str:
    return W(f).removeprefix("vector ")


def _solve(eq: Any, x: Any) -> str:
    if isinstance(x, str):
        return _each(f"[rhs q for q in radicalSolve({W(eq)}, {x})]")
    return _system(f"[{', '.join(map(W, eq))}]", x)


def _system(equations: str, x: Any) -> str:
    each = f"for v in {_names(x)} repeat for q in s repeat (if (lhs q) = (v::Expression Integer) then show rhs q)"
    return f"r := radicalSolve({equations}, {_names(x)})\n{OPEN}\nfor s in r repeat ({OPEN}; {each}; {CLOSE})\n{CLOSE}"


def _vectors(code: str) -> str:
    return f"r := {code}\n{OPEN}\nfor v in r repeat ({OPEN}; for q in members v repeat show(q::Expression Integer); {CLOSE})\n{CLOSE}"


def _factors(code: str) -> str:
    each = 'say "*("; show(f.factor::Expression Integer); say ")^"; say string(f.exponent)'
    return f"r := {code}\nsay unparse((unit(r)::Expression Integer)::InputForm)\nfor f in factorList r repeat ({each})"


def _critical(f: str, xs: Any) -> str:
    if isinstance(xs, str):
        return _each(f"[rhs q for q in radicalSolve(D({W(f)}, {xs}), {xs})]")
    return _system(f"[D({W(f)}, v) for v in {_names(xs)}]", xs)


def _eigenvectors(m: str) -> str:
    each = f'{OPEN}; show v.radval; say string v.radmult; {OPEN}; for w in v.radvect repeat say unparse(w::InputForm); say "]]"'
    return f"r := radicalEigenvectors(({W(m)})::{_FIELD})\n{OPEN}\nfor v in r repeat ({each})\n{CLOSE}"


def _integer_factors(n: str) -> str:
    return f"r := factor({n})\n{OPEN}\nfor f in factorList r repeat ({OPEN}; say string(f.factor); say string(f.exponent); {CLOSE})\n{CLOSE}"


def _ode(equation: str, conditions: Any, x: str) -> str:
    own = {"y": f"y({x})", "y1": f"D(y({x}), {x})", "y2": f"D(y({x}), {x}, 2)", "y3": f"D(y({x}), {x}, 3)"}
    if conditions:
        values = ", ".join(W(to) for _, _, to in conditions)
        return "y := operator 'y\n" + _show(f"solve({W(equation, own)}, y, {x} = {W(conditions[0][1])}, [{values}])")
    return (
        f'y := operator \'y\nr := solve({W(equation, own)}, y, {x})\nsay "sol"\nshow r.particular\nfor b in r.basis repeat show b'
    )


CALLS: dict[str, Callable[..., str]] = {
    "value": lambda f: _show(W(f)),
    "integrate": lambda f, x: _show(f"integrate({W(f)}, {x})"),
    "definite": lambda f, x, a, b: _limits(f"integrate({W(f)}, {x} = {_bound(a)}..{_bound(b)}, {NO_POLE})"),
    "multiple": lambda f, ranges: _iterated(f, ranges),
    "sum": lambda f, k, a, b: (
        _show(f"sum({W(f)}, {k} = {W(a)}..{W(b)})")
        if b != "oo"
        else _limits(f"limit(sum({W(f)}, {k} = {W(a)}..nn), nn = %plusInfinity)")
    ),
    "product": lambda f, k, a, b: _show(f"product({W(f)}, {k} = {W(a)}..{W(b)})"),
    "limit": lambda f, x, a, side="": _limits(f"limit({W(f)}, {x} = {_bound(a)}{SIDES[side]})"),
    "diff": lambda f, *xs: _show(f"D({W(f)}, {', '.join(xs)})" if len(xs) < 2 or xs[1].isdigit() else f"D({W(f)}, {_names(xs)})"),
    "grad": lambda f, xs: _each(f"[D({W(f)}, v) for v in {_names(xs)}]"),
    "hessian": lambda f, xs: _form(f"matrix [[D(D({W(f)}, v), w) for v in {_names(xs)}] for w in {_names(xs)}]"),
    "jacobian": lambda f, xs: _form(f"matrix [[D(g, v) for v in {_names(xs)}] for g in {_list(f)}]"),
    "laplacian": lambda f, xs: _show(f"reduce(+, [D({W(f)}, v, 2) for v in {_names(xs)}])"),
    "divergence": lambda f, xs: _show(f"reduce(+, [D(g, v) for g in {_list(f)} for v in {_names(xs)}])"),
    "taylor": lambda f, x, a, n: _show(
        f"reduce(+, [coefficient(taylor({W(f)}, {x} = {W(a)}), k)*({x} - {W(a)})^k for k in 0..{n}])"
    ),
    "dsolve": _ode,
    "laplace": lambda f, t, s: _show(f"laplace({W(f)}, {t}, {s})"),
    "inverse_laplace": lambda f, s, t: _show(f"inverseLaplace({W(f)}, {s}, {t})"),
    "solve": _solve,
    "solve_complex": _solve,
    "critical_points": _critical,
    "simplify": lambda f: _show(f"simplify({W(f)})"),
    "expand": lambda f: _show(W(f)),
    "factor": lambda f, *o: _factors(f"factor({W(f)})" if not o else f"factor({W(f)}, [{W(o[0])}])"),
    "apart": lambda f, x: _form(f"fullPartialFraction(({W(f)})::FRAC UP({x}, FRAC INT))"),
    "cancel": lambda f: _show(W(f)),
    "trig_expand": lambda f: _show(f"expand({W(f)})"),
    "factor_integer": _integer_factors,
    "det": lambda m: _show(f"determinant({W(m)})"),
    "inv": lambda m: _form(f"inverse({W(m)})"),
    "rank": lambda m: _show(f"rank({W(m)})"),
    "tr": lambda m: _show(f"trace({W(m)})"),
    "rref": lambda m: _form(f"rowEchelon(({W(m)})::{_FIELD})"),
    "nullspace": lambda m: _vectors(f"nullSpace(({W(m)})::{_FIELD})"),
    "colspace": lambda m: _vectors(f"columnSpace(({W(m)})::{_FIELD})"),
    "eigenvalues": lambda m: _each(f"radicalEigenvalues(({W(m)})::{_FIELD})"),
    "eigenvectors": _eigenvectors,
    "charpoly": lambda m, t: _show(f"(-1)^nrows({W(m)})*characteristicPolynomial(({W(m)})::{_FIELD}, {t})"),
    "minpoly": lambda m, t: _show(f"minimalPolynomial(({W(m)})::{_FIELD}, {t})"),
    "adjugate": lambda m: _form(f"adjoint({W(m)}).adjMat"),
    "power": lambda m, n: _form(f"({W(m)})^{W(n)}"),
    "linear_solve": lambda a, b: _form(f"inverse({W(a)}) * {W(b)}"),
    "least_squares": lambda a, b: _form(f"inverse(transpose({W(a)}) * {W(a)}) * transpose({W(a)}) * {W(b)}"),
    "pinv": lambda m: _form(f"inverse(transpose({W(m)}) * {W(m)}) * transpose({W(m)})"),
    "kron": lambda a, b: _form(f"kroneckerProduct({W(a)}, {W(b)})"),
}


def _iterated(f: str, ranges: Any) -> str:
    lines = [f"r := {W(f)}"]
    for x, a, b in ranges:
        lines.append(f"r := integrate(r::Expression Integer, {x} = {_bound(a)}..{_bound(b)}, {NO_POLE})")
    return "\n".join([*lines, "lim r"])


def _real(tree: Tree) -> Tree:
    """`radicalSolve` finds complex solutions too, and none where there are no radicals."""
    if not tree[1]:
        raise Unevaluated("no solution in radicals")
    return ("list", [item for item in tree[1] if names_in(item) or _is_real(value(item, {}))])


def _is_real(found: Any) -> bool:
    return all(map(_is_real, found)) if isinstance(found, list) else abs(mpmath.im(found)) < mpmath.mpf(10) ** -30


def _bound(a: str) -> str:
    return "%minusInfinity" if a == "-oo" else W(a)


class Fricas:
    name = "fricas"

    def __init__(self) -> None:
        self.process = Process(["fricas", "-nosman", "-noclef"], GREETING, "<END§>")

    def available(self) -> bool:
        return shutil.which("fricas") is not None

    def call(self, task: Task) -> str | None:
        text = task.calls.get(self.name) or (CALLS[task.op](*task.args) if task.op in CALLS else "")
        return None if not text or text == "-" else text

    def ask(self, text: str, task: Task, budget: float) -> Reply:
        # One line of input is one step there; an earlier result is not to be shown again.
        return self.process.ask(f')clear properties r\nr := "none"\n{text}\nsay concat("<EN", "D§>")', budget)

    def read(self, text: str, task: Task) -> Tree:
        if ">> Error" in text or "Cannot" in text or "There are" in text or "failed" in text or "onversion" in text:
            raise Unevaluated(re.sub(r"\s+", " ", text)[:200])
        lines = [
            line.strip() for line in text.splitlines() if line.strip() and "Compiling" not in line and "will attempt" not in line
        ]
        if not lines:
            raise Unevaluated("nothing")
        if lines[0] == "sol":
            return read(f"({lines[1]})" + "".join(f" + C{k}*({b})" for k, b in enumerate(lines[2:], 1)))
        tree = read("".join(lines) if task.op == "factor" else ", ".join(lines) if lines[0] == "[" else " ".join(lines))
        if "y" in calls_in(tree):
            raise Unevaluated("an implicit solution")
        if task.op == "eigenvalues" and tree == ("list", []):
            raise Unevaluated("no eigenvalues in radicals")
        return _real(tree) if task.op in ("solve", "critical_points") else tree

    def stop(self) -> None:
        self.process.stop()


SYSTEM = Fricas()
