"""The numeric route: evaluation of resolved terms under a valuation, in certified balls and in vectorised floats."""
