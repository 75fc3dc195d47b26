"""Reads finished PDFs for preflight: an interpreter of content streams and the objects they use."""
