"""Tests of `brochure.system`."""
