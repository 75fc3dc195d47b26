"""Preflight: one check a file; what it says is a finding."""
