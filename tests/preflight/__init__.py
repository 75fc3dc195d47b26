"""Tests of the preflight: every seeded defect is found by its check, and a clean brochure has no findings."""
