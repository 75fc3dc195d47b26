"""Mutants: one way of spoiling a file, one file of them for each format.

Each module has `spoilt(data, rng)`: the bytes of a good file in, those of a spoilt one out. All chance comes from `rng`, so that
a number repeats a case. Modules whose names begin with an underscore have what formats share.
"""
