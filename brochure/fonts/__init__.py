"""Fonts: where they are (`font_catalog`), what is in them (`face`), and what goes into the PDF of them (`subset`)."""
