"""Tests of make-up, at the placed page."""
