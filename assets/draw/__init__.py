"""The pictures of the shipped layouts, drawn by programs: paintings of one palette, and the drawings of the annual report.

`python -m assets.draw` rewrites them all; each picture is seeded by its own name, so the same program gives the same picture.
"""
