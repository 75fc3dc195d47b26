"""Tests of `brochure.prepress`."""
