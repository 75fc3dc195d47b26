"""Preflight checks, one a file: `image-resolution` in a report and a profile is `image_resolution.py`."""
