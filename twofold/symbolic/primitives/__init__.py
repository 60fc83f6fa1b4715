"""Antiderivatives by direct rules on our own terms, for integrands of common kinds with rational numbers in them.

Each file is a kind. What is found is a candidate like any other: whoever asks differentiates it back.
"""
