"""Proofs: finished pages as images."""
