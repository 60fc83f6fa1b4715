"""Antiderivatives by rules: rational functions, roots of quadratics, angles, exponentials, substitution, parts, special functions."""
