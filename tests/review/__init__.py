"""Tests of `brochure/review`."""
