"""Exact probability: laws, expectations by rules, sums and integrals where the rules end."""
