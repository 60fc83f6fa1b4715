"""One declaration for every function and every law: read by both routes, by help, completion, documentation and contract tests."""
