"""Decision methods of the exact route: what they conclude is a proof."""
