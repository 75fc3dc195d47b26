"""Tests of typesetting: text and style become lines, independent of a brochure."""
