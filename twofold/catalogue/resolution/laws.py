"""Laws that are named with their parameters or given by a density, and data."""

from __future__ import annotations

from twofold.catalogue.constants import truth_value
from twofold.catalogue.resolution import binders
from twofold.catalogue.resolution import expressions as x
from twofold.catalogue.resolution.scope import Scope
from twofold.catalogue.shapes import bound
from twofold.catalogue.spec import Law
from twofold.core.diagnostic import fail
from twofold.grammar import tree
from twofold.grammar.term import App, Array, Num, Symbol, Term


def law_of(spec: Law, node: tree.Call, scope: Scope) -> Term:
    """A law with its canonical parameters in order, from any of the declared parameterisations."""
    names = [p.name for p in spec.parameters]
    given: dict[str, Term] = {}
    plain = [x.resolve(a, scope) for a in node.arguments if not isinstance(a, tree.Binding)]
    for a in node.arguments:
        if isinstance(a, tree.Binding) and isinstance(a.target, tree.Name):
            given[a.target.id] = x.resolve(a.value, scope)
    usage = f"{spec.name}({', '.join(names)})"
    if given:
        given |= dict(zip(names, plain, strict=False))
        if set(given) != set(names):
            from twofold.catalogue.resolve import formula

            for other in spec.others:
                wanted = {w for w in other if w not in names} | {n for n in names if n not in other}
                wanted = set(other.get("", "").split()) or wanted
                if set(given) == wanted:
                    given |= {n: formula(other[n], given) for n in names if n in other}
                    break
            else:
                ways = [usage, *(f"{spec.name}({', '.join(f'{w} = …' for w in o.get('', '').split())})" for o in spec.others)]
                raise fail(
                    "law-parameters", f"{spec.name} has no parameters {', '.join(given)}", node.span, "write " + " or ".join(ways)
                )
        args = [given[n] for n in names]
    else:
        args = plain
    if len(args) != len(names):
        raise fail(
            "wrong-arity",
            f"{spec.name} takes {len(names)} parameter{'s' * (len(names) != 1)}, not {len(args)}",
            node.span,
            f"write {usage}",
        )
    _admissible(spec, args, node)
    return App(spec.name, tuple(args), _law_shape(spec, args), "law", span=node.span)


def _law_shape(spec: Law, args: list[Term]) -> tuple:  # type: ignore[type-arg]
    if spec.kind == "univariate":
        return ()
    shaped = [a for a in args if a.shape]
    return (shaped[0].shape[0],) if spec.kind == "vector" and shaped else shaped[0].shape if shaped else ()


def _admissible(spec: Law, args: list[Term], node: tree.Call) -> None:
    """Refuses parameters that are numbers and not in the domain."""
    from twofold.catalogue.resolve import formula

    values = {p.name: a for p, a in zip(spec.parameters, args, strict=True)}
    for p, a in zip(spec.parameters, args, strict=True):
        if p.kind in ("real", "integer") and a.shape:
            raise fail("shape-mismatch", f"the parameter {p.name} of {spec.name} is a number", a.span or node.span)
        stated = p.domain and p.domain != "true" and isinstance(a, (Num, App)) and p.kind in ("real", "integer")
        if stated and truth_value(formula(p.domain, values)) is False:
            raise fail(
                "law-parameter",
                f"{p.name} of {spec.name} cannot be {a.span.text or 'that'}: {p.message}",
                a.span or node.span,
            )


def density_of(node: tree.Call, scope: Scope) -> Term:
    """`density(exp(-y^2), y = -oo..oo)`: an unnormalised density as a law."""
    ranges = node.arguments[1:]
    if len(ranges) != 1 or not isinstance(ranges[0], tree.Binding) or not isinstance(ranges[0].target, tree.Name):
        raise fail(
            "wrong-arity",
            "density needs a function and the range of its variable",
            node.span,
            "write density(exp(-y^2), y = -oo..oo)",
        )
    binding = ranges[0]
    assert isinstance(binding, tree.Binding) and isinstance(binding.target, tree.Name)
    if not isinstance(binding.value, tree.Range):
        raise fail("not-a-range", "density wants a range here", binding.span, "write density(exp(-y^2), y = -oo..oo)")
    lower, upper = binders.ends(binding.value, scope, False)
    symbol = Symbol(binding.target.id, lower=lower, upper=upper)
    body = x.resolve(node.arguments[0], scope.inner({symbol.name: symbol}))
    return App("density", (bound("lambda", (symbol,), body), lower, upper), (), "law", span=node.span)


def data_of(node: tree.Call, scope: Scope) -> Term:
    if node.function.id == "read":
        if scope.read is None:
            raise fail("no-reading", "files cannot be read here", node.span, "give the numbers with data([…])")
        return scope.read(node)
    if len(node.arguments) != 1:
        raise fail("wrong-arity", "data takes one list of numbers", node.span, "write data([2.1, 3.4, 1.9])")
    inner = x.resolve(node.arguments[0], scope)
    if not isinstance(inner, Array):
        raise fail("wrong-kind", "data takes numbers", node.span, "write data([2.1, 3.4, 1.9])")
    return Array(inner.rows, inner.shape, measured=True, span=inner.span)
