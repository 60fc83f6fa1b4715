"""Tasks by topic. Known answers are textbook facts or were worked by hand; `tests/unit/test_benchmark_tasks.py` verifies by mpmath what can be."""
