"""Prepress: output conditions, inks and transparency flattening."""
