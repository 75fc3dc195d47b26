"""Tests of imposition and output conditions."""
