"""`~`: random variables and samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.display import show
from twofold.catalogue.index import laws
from twofold.catalogue.resolve import Entity, Scope, formula, resolve
from twofold.catalogue.shapes import app, bound, describe
from twofold.core.diagnostic import fail
from twofold.engine.assumed import described, foresee
from twofold.engine.declarations import dimension
from twofold.engine.environment import Environment, involved
from twofold.grammar import tree
from twofold.grammar.term import (
    MINUS_OO,
    OO,
    App,
    Bound,
    Const,
    Dim,
    Num,
    Shape,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.context import Context, NoClosedForm, declared_range


def distribute(node: tree.Distributed, environment: Environment) -> tuple[Environment, tuple[str, ...]]:
    """The environment in which the name has its law, and what was taken for granted of its parameters. Raises `TwofoldError`."""
    for g in node.given:
        if not isinstance(environment.names.get(g.id), Symbol):
            raise fail("unknown-name", f"`{g.id}` has no law", g.span, f"give it one first: {g.id} ~ …")
    length: Dim | None = None
    index: Symbol | None = None
    names = dict(environment.names)
    if node.range is not None:
        length, environment = _length(node.range, environment)
        names = dict(environment.names)
        if node.index is not None:
            upper = num(length) if isinstance(length, int) else length
            index = Symbol(node.index.id, "integer", lower=num(1), upper=upper)
            for base in _indexed(node.law, node.index.id):
                if Scope(names).find(base.id) is None:
                    names[base.id] = Symbol(base.id, shape=(length,), assumed=True)
            environment = environment.bind({n: s for n, s in names.items() if n not in environment.names})
            names[node.index.id] = index
    scope = Scope(names, lost=environment.lost)
    foresee(scope, node.law)
    law = resolve(node.law, scope)
    if law.sort != "law" or not isinstance(law, App):
        raise fail("wrong-kind", "a law stands after `~`", node.law.span, "write for example X ~ Normal(0, 1)")
    if index is not None and index not in free_symbols(law):
        index = None
    environment = environment.bind(scope.made)
    environment, law, said = _admitted(law, environment)
    if length is not None and law.shape:
        raise fail("shape-mismatch", f"each draw is {describe(law.shape)}, and a sample holds numbers", node.law.span)
    shape: Shape = law.shape if length is None else (length,)
    return environment.bind({node.name.id: variable(node.name.id, law, shape, index)}), said


def variable(name: str, law: App, shape: Shape = (), index: Symbol | None = None) -> Symbol:
    """A random variable with a law: its kind and bounds are those of the support, as far as they do not depend on other names."""
    kind, lower, upper, open_ends = "real", None, None, False
    if law.op == "density":
        lower, upper = law.args[1:]
    elif law.op in laws():
        spec = laws()[law.op]
        values = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
        if spec.kind == "univariate" and not spec.atoms:
            lower, upper = (formula(text, values) for text in spec.support)
            kind = "integer" if spec.discrete else "real"
            open_ends = not spec.discrete
    return Symbol(
        name, kind, shape, law=law, index=index, lower=_bound(lower, MINUS_OO), upper=_bound(upper, OO),
        open_lower=open_ends,
        open_upper=open_ends,
    )  # fmt: skip


def _bound(end: Term | None, infinite: Term) -> Term | None:
    return None if end is None or end == infinite else end


def _length(node: tree.Range, environment: Environment) -> tuple[Dim, Environment]:
    if not (isinstance(node.lower, tree.Number) and node.lower.text == "1"):
        raise fail("bad-range", "a sample is counted from 1", node.lower.span, "write x[1..n] ~ …")
    return dimension(node.upper, environment)


def _indexed(node: tree.Node, index: str) -> Iterator[tree.Name]:
    """Names that stand with the index in brackets: `t` in `t[i]`."""
    for part in tree.walk(node):
        if (
            isinstance(part, tree.Index)
            and isinstance(part.base, tree.Name)
            and any(isinstance(i, tree.Name) and i.id == index for i in part.indices)
        ):
            yield part.base


def _admitted(law: App, environment: Environment) -> tuple[Environment, App, tuple[str, ...]]:
    """Parameters in their domains: undeclared names are bounded so, other parameters are assumed to be."""
    if law.op not in laws():
        return environment, law, ()
    spec = laws()[law.op]
    said: list[str] = []
    for place, parameter in enumerate(spec.parameters):
        argument = law.args[place]
        values = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
        if parameter.kind not in ("real", "integer") or isinstance(argument, Num):
            continue
        facts = conjuncts(formula(parameter.domain, values))
        if isinstance(argument, Var) and argument.symbol.assumed and not argument.shape:
            new = _bounded(argument.symbol, facts, parameter.kind)
            if new is not argument.symbol:
                environment = environment.bind({new.name: new})
                law = substituted(law, {argument.symbol: var(new)})
                said.append(described(new))
            continue
        random = any(s.law is not None for s in involved([argument])) or any(
            t.op == "index" for t in subterms(argument) if isinstance(t, App)
        )
        if random or not free_symbols(argument):
            continue
        missing = [f for f in facts if not _known(f, environment)]
        environment = environment.assume(missing)
        said.extend(show(f) for f in missing)
    return environment, law, tuple(said)


def substituted(law: App, values: Mapping[Symbol, Term]) -> App:
    new = substitute(law, values)
    assert isinstance(new, App)
    return new


def _bounded(symbol: Symbol, facts: list[Term], kind: str) -> Symbol:
    """An undeclared name with the bounds that its place in a law gives it."""
    new = symbol if kind == symbol.kind or kind == "real" else copy_symbol(symbol, kind="integer")
    for fact in facts:
        if not isinstance(fact, App) or fact.op not in ORDERS:
            continue
        left, right = fact.args
        op = fact.op
        if isinstance(right, Var) and right.symbol is symbol:
            left, right, op = right, left, MIRRORED[op]
        if not (isinstance(left, Var) and left.symbol is symbol and isinstance(right, Num)):
            continue
        if op in ("gt", "ge") and (
            new.lower is None or _less(new.lower, right) or (new.lower == right and op == "gt" and not new.open_lower)
        ):
            new = copy_symbol(new, lower=right, open_lower=op == "gt")
        if op in ("lt", "le") and (
            new.upper is None or _less(right, new.upper) or (new.upper == right and op == "lt" and not new.open_upper)
        ):
            new = copy_symbol(new, upper=right, open_upper=op == "lt")
    return new


def _less(a: Term, b: Term) -> bool:
    return isinstance(a, Num) and isinstance(b, Num) and a.value < b.value


def _known(fact: Term, environment: Environment) -> bool:
    """Whether a condition on a parameter is plain from the declarations: the range of a name, or the sign of a product."""
    if fact in environment.assumptions:
        return True
    if not isinstance(fact, App) or fact.op not in ORDERS:
        return False
    left, right = fact.args
    op = fact.op
    if isinstance(left, Num):
        left, right, op = right, left, MIRRORED[op]
    if not isinstance(right, Num):
        return False
    if isinstance(left, Var):
        known, limit = declared_range(left.symbol), right.value
        if op in ("gt", "ge"):
            return known.lower is not None and (
                known.lower > limit or (known.lower == limit and (known.open_lower or op == "ge"))
            )
        return known.upper is not None and (known.upper < limit or (known.upper == limit and (known.open_upper or op == "le")))
    return op in ("gt", "ge") and right.value <= 0 and _positive(left)


def _positive(term: Term) -> bool:
    """Whether a term is positive wherever it is defined, by its form."""
    if isinstance(term, Num):
        return term.value > 0
    if isinstance(term, Const):
        return term.name in ("pi", "e")
    if isinstance(term, Var):
        return declared_range(term.symbol).positive
    if isinstance(term, App) and not term.shape:
        if term.op in ("add", "mul", "div"):
            return all(map(_positive, term.args))
        if term.op in ("pow", "sqrt"):
            return _positive(term.args[0])
        return term.op == "exp"
    return False


def normalised(entity: Entity, environment: Environment) -> tuple[str, ...]:
    """By which constant the density of a variable was multiplied to integrate to one; nothing where none was needed."""
    law = entity.law if isinstance(entity, Symbol) else None
    if not isinstance(law, App) or law.op != "density":
        return ()
    from twofold.symbolic.work import work

    function, lower, upper = law.args
    assert isinstance(function, Bound)
    total = bound("integrate", function.symbols, function.body, lower, upper)
    s = environment.settings
    context = Context(environment.concerning([total]), "real", s.layout, s.symmetric, s.digits, s.seed)
    try:
        constant = work(app("div", num(1), total), context)
    except NoClosedForm:
        return () if free_symbols(total) else ("the density is normalised numerically",)
    return () if constant == num(1) else (f"the density is normalised by {show(constant)}",)
