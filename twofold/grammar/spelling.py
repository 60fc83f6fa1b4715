"""Unicode spellings and the ASCII they stand for: names, signs, subscripts and superscripts."""

from __future__ import annotations

_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho _ sigma tau upsilon phi chi psi "
    "omega"
).split()
LETTERS: dict[str, str] = {chr(0x3B1 + k): word for k, word in enumerate(_GREEK) if word != "_"}
LETTERS |= {chr(0x391 + k): word.capitalize() for k, word in enumerate(_GREEK) if word != "_"}
LETTERS |= {"ς": "sigma", "ϑ": "theta", "ϕ": "phi", "ϵ": "epsilon", "ϱ": "rho", "ϖ": "pi", "µ": "mu", "ℓ": "ell", "ħ": "hbar"}
"""Letters that stand for a word inside a name."""

SUBSCRIPTS: dict[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx", strict=True))
ACCENTS: dict[str, str] = {"\u0302": "_hat", "\u0304": "_bar", "\u0305": "_bar", "\u0303": "_tilde"}
SUPERSCRIPTS: dict[str, str] = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True))

NAME_START = "A-Za-z_" + "".join(LETTERS)
NAME_PATTERN = f"[{NAME_START}][{NAME_START}0-9{''.join(SUBSCRIPTS)}{''.join(ACCENTS)}]*"
"""Python's own word class takes `²`, `₁` and `ᵀ` for letters or digits, hence explicit classes."""

SIGNS: dict[str, tuple[str, str]] = {
    **{sign: ("SIGN", sign) for sign in ("+", "-")},
    **{sign: ("OPERATOR", sign) for sign in ("*", "/", ".*", "./", "^", "..")},
    **{sign: ("RELATION", sign) for sign in ("==", "!=", "<", "<=", ">", ">=", "~=")},
    **{sign: ("ARROW", sign) for sign in ("=>", "<=>", "<==")},
    "(": ("LPAR", "("), ")": ("RPAR", ")"), "[": ("LSQB", "["), "]": ("RSQB", "]"),
    "{": ("LBRACE", "{"), "}": ("RBRACE", "}"), ",": ("COMMA", ","), ";": ("SEMICOLON", ";"), ":": ("COLON", ":"),
    "=": ("EQUAL", "="), "~": ("TILDE", "~"), "|": ("VBAR", "|"), "->": ("MAPSTO", "->"), "'": ("PRIME", "'"), "!": ("BANG", "!"),
    "−": ("SIGN", "-"), "·": ("OPERATOR", "*"), "⋅": ("OPERATOR", "*"), "×": ("OPERATOR", "*"), "∗": ("OPERATOR", "*"),
    "∕": ("OPERATOR", "/"), "⊙": ("OPERATOR", ".*"), "≠": ("RELATION", "!="), "≤": ("RELATION", "<="), "≥": ("RELATION", ">="),
    "≈": ("RELATION", "~="), "∝": ("RELATION", "propto"), "∈": ("IN", "in"), "⇒": ("ARROW", "=>"), "⟹": ("ARROW", "=>"),
    "⇔": ("ARROW", "<=>"), "⟺": ("ARROW", "<=>"), "⇐": ("ARROW", "<=="), "∧": ("LOGIC", "and"), "∨": ("LOGIC", "or"),
    "¬": ("NOT", "not"), "∼": ("TILDE", "~"), "→": ("MAPSTO", "->"), "↦": ("MAPSTO", "->"), "′": ("PRIME", "'"),
    "ᵀ": ("PRIME", "'"), "√": ("ROOT", "sqrt"), "∛": ("ROOT", "cbrt"), "∑": ("NAME", "sum"), "∏": ("NAME", "prod"),
    "∇": ("NAME", "grad"), "∞": ("NAME", "oo"), "∂": ("PARTIAL", "∂"),
}  # fmt: skip
"""Sign as typed: its terminal and its canonical text."""

KEYWORDS: dict[str, str] = {
    **{word: word.upper() for word in "let check derivation assume end given where within if otherwise not in for by".split()},
    "and": "LOGIC", "or": "LOGIC", "propto": "RELATION", "true": "NAME", "false": "NAME", "True": "NAME", "False": "NAME",
}  # fmt: skip
"""Words that no one can own, with their terminals."""


def canonical(name: str) -> str:
    """The ASCII identifier of a name as typed: `α` is `alpha`, `x₁` is `x_1`, `x̂` is `x_hat`."""
    if name.isascii():
        return name
    parts: list[str] = []
    lowered = False
    for character in name:
        below = SUBSCRIPTS.get(character)
        if below is None:
            parts.append(LETTERS.get(character) or ACCENTS.get(character) or character)
        else:
            parts.append(below if lowered or (parts and parts[-1].endswith("_")) else "_" + below)
        lowered = below is not None
    return "".join(parts)


def raised(text: str) -> str:
    """The ASCII text of a run of superscripts: `⁻¹` is `-1`."""
    return "".join(SUPERSCRIPTS[character] for character in text)
