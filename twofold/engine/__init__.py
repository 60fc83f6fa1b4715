"""Names, shapes, sessions, judging; the worker process and its client."""
