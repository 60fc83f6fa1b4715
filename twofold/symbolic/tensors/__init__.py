"""Matrix calculus with sizes that stay symbols: derivatives in matrix notation, normal forms, proofs of equality."""

from twofold.symbolic.tensors.derivative import derivative
from twofold.symbolic.tensors.equality import Normal, equal, normal
from twofold.symbolic.tensors.node import Unsupported
from twofold.symbolic.tensors.simplify import simplified

__all__ = ["Normal", "Unsupported", "derivative", "equal", "normal", "simplified"]
