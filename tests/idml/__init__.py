"""Tests of the import of InDesign files (IDML)."""
