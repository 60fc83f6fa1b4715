"""Arguments of catalogue functions in their declared order."""

from __future__ import annotations

from twofold.catalogue.index import functions
from twofold.catalogue.resolution import binders
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.scope import Scope, is_letter
from twofold.catalogue.resolution.systems import gathered
from twofold.catalogue.shapes import bound
from twofold.catalogue.spec import Function
from twofold.core.diagnostic import fail
from twofold.grammar import tree
from twofold.grammar.term import MISSING, Const, Symbol, Term, Var, var

ARITIES = {"E": 1, "Var": 1, "Std": 1, "Cov": 2, "Corr": 2, "P": 1}
"""Averages and how many arguments each takes."""


def arguments_of(node: tree.Call, scope: Scope, spec: Function) -> list[Term]:
    """Arguments in the declared order; those left out before a given one are `MISSING`."""
    named = {a.name: k for k, a in enumerate(spec.arguments)}
    found: dict[int, Term] = {}
    plain: list[tree.Expr] = []
    for a in node.arguments:
        if (
            isinstance(a, tree.Binding)
            and isinstance(a.target, tree.Name)
            and a.target.id in named
            and not isinstance(a.value, tree.Range)
        ):
            found[named[a.target.id]] = x.resolve(a.value, scope)
        else:
            plain.append(a)
    plain, systems = gathered(spec, plain, found)
    found |= {k: x.resolve(system, scope) for k, system in systems.items()}
    out: list[Term] = []
    for k, a in enumerate(spec.arguments):
        if k in found:
            out.append(found[k])
        elif a.rest:
            if k == 0 and not plain and not a.optional and not found:
                raise fail("wrong-arity", f"{spec.name} needs {a.name}", node.span, f"write {spec.signature}")
            out.extend(_argument(p, scope, a.kind) for p in plain)
            plain = []
        elif plain and not a.named:
            out.append(_argument(plain.pop(0), scope, a.kind))
        elif a.optional or a.named:
            out.append(MISSING)
        else:
            raise fail("wrong-arity", f"{spec.name} needs {a.name}", node.span, f"write {spec.signature}")
    if plain:
        help = _INSTEAD.get(spec.name, f"write {spec.signature}")
        raise fail("wrong-arity", f"{spec.name} takes fewer arguments than {len(node.arguments)}", node.span, help)
    while out and out[-1] == MISSING:
        out.pop()
    return out


_INSTEAD = {
    "log": "to another base write log(x)/log(b); log2(x) and log10(x) are known",
}
"""What to write instead of a call with too many arguments, where the signature alone does not tell."""


def _argument(node: tree.Expr, scope: Scope, kind: str) -> Term:
    if isinstance(node, tree.Binding):
        target = x.resolve(node.target, scope)
        if isinstance(node.value, tree.Range):
            whole = isinstance(target, Var) and target.symbol.kind == "integer"
            value = binders.range_term(node.value, scope, whole)
        else:
            value = x.resolve_side(node.value, scope)
        return x.build("eq", target, value, span=node.span)
    if isinstance(node, tree.Approach):
        return x.build("eq", x.resolve(node.variable, scope), x.resolve(node.target, scope), span=node.span)
    if kind == "values" and isinstance(node, tree.Set):
        return x.build("set", *(_argument(item, scope, kind) for item in node.items), span=node.span)
    if isinstance(node, tree.Name) and (kind == "number" or (kind != "function" and is_letter(node.id))):
        return x.resolve(node, scope)
    if isinstance(node, tree.Name) and scope.find(node.id) is None and node.id in functions():
        f = functions()[node.id]
        if f.shape == "entrywise" and len(f.arguments) == 1:
            t = Symbol("t")
            return bound("lambda", (t,), x.build(f.name, var(t), span=node.span), span=node.span)
        if node.id not in ("e", "i", *ARITIES):
            return Const(node.id, (), "text", span=node.span)
    if (
        isinstance(node, tree.Name)
        and scope.find(node.id) is None
        and node.id.isalpha()
        and len(node.id) > 2
        and not is_letter(node.id)
    ):
        return Const(node.id, (), "text", span=node.span)
    return x.resolve(node, scope)
