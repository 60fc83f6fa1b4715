"""Exact inference: likelihoods of samples of symbolic size, estimates, posteriors by conjugacy, tests and intervals."""
