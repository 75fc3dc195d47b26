"""Tests of the package for the printer."""
