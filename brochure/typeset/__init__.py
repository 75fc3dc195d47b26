"""Typesetting: text and type style in, lines of positioned glyphs out. A library: it knows no layout and no page."""
