"""Types that every layer shares: places in a text, diagnostics, truth, evidence, discovery. Standard library only."""
