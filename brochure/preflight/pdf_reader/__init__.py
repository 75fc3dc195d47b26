"""Reads the page objects of finished PDFs: a content stream interpreter, colour spaces, fonts and images."""
