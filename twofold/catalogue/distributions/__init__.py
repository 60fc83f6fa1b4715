"""The laws: one declaration in one file each."""
