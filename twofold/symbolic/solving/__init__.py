"""Equations, inequalities, systems, differential equations and extrema by the exact route."""
