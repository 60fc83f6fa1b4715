"""The exact route: terms to SymPy and back, derivatives, exact operations, and the methods that prove."""
