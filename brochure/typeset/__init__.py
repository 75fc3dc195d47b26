"""Typesetting: turn text and type styles into lines of positioned glyphs, independent of layout and pages."""
