"""The commands of the prompt, one to a file, each with a `SPEC`."""
