"""Why an evaluation gave no value. None of these is a statement about the claim being evaluated, except `Undefined`."""

from __future__ import annotations


class NoValue(Exception):
    """Base of the reasons for which an evaluation has no value."""


class Undefined(NoValue):
    """A part has no value at this point (in the real reading: no real value). Certain, never a guess."""


class Unresolved(NoValue):
    """The precision is too low to tell; a higher one may do."""


class CannotEvaluate(NoValue):
    """No higher precision will help: too large, or beyond the methods at hand. The text says which."""


class Split(Exception):
    """A batch of points needs different structure (sizes, ranges, indices) at different points: evaluate one by one."""
