"""Profiles, conversion, ink."""
