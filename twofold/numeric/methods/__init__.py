"""Decision methods of the numeric route: what they refute is certified."""
