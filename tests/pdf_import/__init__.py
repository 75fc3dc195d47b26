"""Tests of making projects from PDFs."""
