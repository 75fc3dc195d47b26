"""Starts a project from a PDF: page sizes, colours, fonts, pictures, and text blocks as frames, as a sketch to start from."""
