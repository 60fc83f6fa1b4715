"""Constants between whose parts there are no relations: sums of products of rational numbers, square roots of whole numbers, `im`, powers of pi, of
Euler's constant and of the logarithms of primes; read from terms, worked with, and written, without SymPy."""

from twofold.symbolic.constants.constant import Constant
from twofold.symbolic.constants.reading import read
from twofold.symbolic.constants.writing import written

__all__ = ["Constant", "read", "written"]
