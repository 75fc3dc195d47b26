"""Mutants: ways of damaging a file, in one module for each format.

Each module has `damaged(data, rng)`, which returns a damaged version of a good file. All random numbers come from `rng`, so that
a number repeats a case. Modules whose names begin with an underscore have functions that formats share.
"""
