"""The documentation, run: what the pages show is what the program does."""
