"""Declarations, one topic a file."""
