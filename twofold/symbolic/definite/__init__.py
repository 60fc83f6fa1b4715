"""Definite integrals by rules of their own: symmetry, keyholes, Frullani's theorem, parameters, Gaussians, convergence, recognition."""
