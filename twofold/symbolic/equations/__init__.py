"""Deciding statements built from equations and inequalities: real formulas over rational functions of kernels."""
