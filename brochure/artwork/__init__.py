"""Artwork: a page of a PDF of another program, placed like a picture."""
