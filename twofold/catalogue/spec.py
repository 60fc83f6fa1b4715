"""What a declaration says. Formulas are twofold text over the names of the arguments or parameters; handles are dotted names."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function. `kind`: number, truth, law, function, set, text, variable, range, system, values (also given as `{x = 1, y = 2}`), any.

    `optional` ones may be left out; a `rest` argument takes all that follow; a `named` one is given as `name = value`.
    """

    name: str
    kind: str = "number"
    optional: bool = False
    rest: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """Text that runs, and the answer (twofold text, compared by value) or verdict word it must give."""

    text: str
    gives: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Why a law has no closed form for something; with `exists` false, that it does not exist at all."""

    reason: str
    exists: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of the language.

    shape      how the shape of the result follows: `entrywise` (scalar function, applied entrywise to vectors and matrices), a signature
               like `(n,n)->()`, `(m,n),(n,p)->(m,p)`, or a dotted name of a function from argument terms to a shape
               (raising `twofold.catalogue.shapes.ShapeError`)
    result     sort of the result (`number`, `truth`, `set`, `law`, `tuple`, `answer`)
    exact      the exact route: `sympy:gamma` (a SymPy function, applied to the lowered arguments), or a dotted name of a function
               `(context, *terms) -> Term` in `twofold.symbolic`; empty: the definition below is expanded
    definition twofold text over the arguments that the function abbreviates (`sigmoid(x)` is `1/(1 + exp(-x))`); both routes may expand it
    floats     the numeric route in float64: dotted name of a NumPy ufunc or of a function on arrays
    balls      the certified route: `arb:gamma` (a method of arb and acb), or a dotted name of a function on balls in `twofold.numeric`
    derivative twofold text of the partial derivative by each argument
    domain     twofold text: where the value is a real number for real arguments
    check      dotted name of the engine's independent check of an answer (questions such as `solve`); empty: both routes' values are compared
    elsewhere  names that other systems and books have for it, which are no aliases, each with what is written here
    """

    name: str
    arguments: tuple[Argument, ...]
    summary: str
    area: str
    examples: tuple[Example, ...]
    aliases: tuple[str, ...] = ()
    shape: str = "entrywise"
    result: str = "number"
    exact: str = ""
    definition: str = ""
    floats: str = ""
    balls: str = ""
    derivative: tuple[str, ...] = ()
    domain: str = "true"
    complex: bool = False
    identities: tuple[str, ...] = ()
    check: str = ""
    references: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.examples:
            raise ValueError(f"the declaration of {self.name} has no example")

    @property
    def signature(self) -> str:
        """`name(a, b, [c])` as help shows it."""
        parts = [(f"{a.name}…" if a.rest else f"{a.name} = …" if a.named else a.name) for a in self.arguments]
        return f"{self.name}({', '.join(f'[{p}]' if a.optional else p for p, a in zip(parts, self.arguments, strict=True))})"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a law: `domain` is twofold text that must hold, `message` says so in words, `typical` a range to draw from in tests.

    `kind`: real, integer, vector, matrix, simplex."""

    name: str
    domain: str
    message: str
    typical: tuple[float, float]
    kind: str = "real"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A distribution. All formulas are over the parameter names and, for functions, the named variable.

    support   (lower, upper) as twofold text; `discrete` says whether integers or an interval. `kind`: univariate, vector or matrix
    atoms     a vector of listed values (then `density` is the vector of their masses); empty for all other laws
    density   text in x (a mass where discrete)
    closed    mean, variance, median, mode, skewness, kurtosis (excess), entropy, and functions cdf(x), survival(x), quantile(q), mgf(t), cf(t),
              moment(k) (raw), factorial_moment(k), log_moment (E log X), inverse_moment (E 1/X), and `E[g(x)]` for other expectations: text, or
              `Absent(reason)`. A text may end in ` given CONDITION`: it holds (the expectation exists) exactly there. Functions of x hold
              inside the support (at its integers where discrete)
    natural   exponential-family form: pairs (eta(parameters), T(x)); `normaliser` is A(parameters) and `base` h(x)
    oracle    `scipy.stats:norm` and the map from its arguments to formulas over the parameters
    others    other parameterisations, each a formula for every canonical parameter over the names listed under "". One over natural1,
              natural2, … inverts the natural parameters eta
    relations claims about other laws that hold
    """

    name: str
    parameters: tuple[Parameter, ...]
    support: tuple[str, str]
    discrete: bool
    density: str
    closed: dict[str, str | Absent]
    summary: str
    examples: tuple[Example, ...]
    kind: str = "univariate"
    atoms: str = ""
    aliases: tuple[str, ...] = ()
    natural: tuple[tuple[str, str], ...] = ()
    normaliser: str = ""
    base: str = ""
    oracle: tuple[str, dict[str, str]] | None = None
    others: tuple[dict[str, str], ...] = ()
    relations: tuple[str, ...] = ()
    references: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.examples:
            raise ValueError(f"the declaration of {self.name} has no example")
