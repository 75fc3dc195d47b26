"""Tests that compare images and dumps of pages with references."""
