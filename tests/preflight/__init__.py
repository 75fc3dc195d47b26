"""Preflight: every defect that is put into a brochure is found by its name, and a clean brochure has none."""
