"""The prompt, the command line, batch runs and rendering. Nothing here imports the mathematics."""
