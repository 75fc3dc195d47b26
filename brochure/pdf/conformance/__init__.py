"""Conformance: what a standard asks of the file beside its pages, one standard a file."""
