"""What the calls of binders consist of: a body and what is bound in it."""

from __future__ import annotations

from twofold.catalogue.shapes import ShapeError, bound
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar import tree
from twofold.grammar.term import Bound, Symbol, Term, mentioned, substitute, var


def body_and_rest(node: tree.Call, least: int = 1) -> tuple[tree.Expr, list[tree.Expr]]:
    """The first argument and the others, of which there have to be so many in all."""
    if len(node.arguments) < least:
        usage = USAGE[node.function.id]
        raise fail("wrong-arity", f"{node.function.id} needs more than this", node.span, f"write {usage}")
    return node.arguments[0], list(node.arguments[1:])


def bind(op: str, symbols: tuple[Symbol, ...], body: Term, *args: Term, side: str = "", span: Span) -> Bound:
    """`bound`, with a shape error put in its place."""
    try:
        return bound(op, symbols, body, *args, side=side, span=span)
    except ShapeError as e:
        raise fail("shape-mismatch", str(e), span, e.help) from None


USAGE = {
    "sum": "sum(x[k]^2, k = 1..n)", "prod": "prod(k, k = 1..n)", "integrate": "integrate(f(x), x = a..b), integrate(f(x), x), or integrate(f, [x, y], subject_to = {x^2 + y^2 <= 1})",
    "bracket": "bracket(F(x), x = a..b)", "limit": "limit(sin(x)/x, x -> 0)", "diff": "diff(f(x), x)", "grad": "grad(f(v), v)",
    "jacobian": "jacobian(f(v), v)", "hessian": "hessian(f(v), v)", "laplacian": "laplacian(f, [x, y])", "divergence": "divergence([f, g], [x, y])",
}  # fmt: skip


def listed_names(node: tree.Expr) -> list[tree.Name]:
    """The plain names that a list, a tuple or a row of a matrix consists of; none for anything else."""
    if isinstance(node, tree.Matrix) and len(node.rows) == 1:
        entries = node.rows[0]
    elif isinstance(node, tree.Tuple):
        entries = node.items
    else:
        return []
    names = [e for e in entries if isinstance(e, tree.Name)]
    return names if len(names) == len(entries) else []


def captured(body: Term, symbol: Symbol) -> Term:
    """A body in which definitions made before move with the bound name: after `f = x^2`, `integrate(f, x = 0..1)` is 1/3.

    So do the laws of random variables inside averages. Only scalars are taken.
    """
    outer = {
        s: var(symbol) for s in mentioned(body) if s.name == symbol.name and s is not symbol and not s.shape and s.law is None
    }
    return substitute(body, outer)
