"""Parsing and validation of layouts: `brochure.yaml` to `Layout`, every value with its file, line and column."""
