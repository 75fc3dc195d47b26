"""Fonts: where they are (`shelf`), what is in them (`face`), and what goes into the PDF of them (`subset`)."""
