"""Exact linear algebra on explicit matrices."""
