"""Fuzz tests: damaged files of every kind that the program reads, given to the real command line."""
