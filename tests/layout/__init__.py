"""Tests of page layout: the display lists of pages."""
