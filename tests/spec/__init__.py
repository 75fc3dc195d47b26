"""Tests of reading layouts: all errors are reported at once, each with its place and the expected value."""
