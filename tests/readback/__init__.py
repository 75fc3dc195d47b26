"""Tests that read finished PDFs with other programs: they extract the original text."""
