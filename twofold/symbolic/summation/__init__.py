"""Sums and products in closed form on our own normal form: Gosper's algorithm, hypergeometric theorems, power series of rational terms."""
