"""From the tree as written to resolved terms: names bound, shapes known, every error with its place."""
