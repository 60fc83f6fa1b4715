"""Integrals inside one another over an expression that is 0 outside of a region, in double precision.

Nothing is solved for. Along every name the places where the pattern of what holds changes are found by sampling and bisection; an
outer name is cut where the pattern along the names inside it changes. Between the cuts a double-exponential rule (Takahasi and Mori,
1974) takes care of roots at the ends. Two runs of different fineness must agree, otherwise the value is NaN.
"""
