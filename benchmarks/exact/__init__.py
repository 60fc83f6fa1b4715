"""Exact answers, compared with those of other systems on the same tasks."""
