"""Derivatives, integrals, sums, limits and series by the exact route."""
