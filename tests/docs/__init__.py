"""Tests of the documentation: code blocks, links, reference pages, dependencies."""
