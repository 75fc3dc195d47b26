"""The sample's pictures, drawn by programs: one file a picture, all of one palette.

`python -m assets.draw` rewrites them all; each picture is seeded by its own name, so the same program gives the same picture.
"""
