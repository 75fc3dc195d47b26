"""Tests, with one folder for each package or subject."""
