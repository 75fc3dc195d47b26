"""Fonts: the catalogue, checks of font files, faces and subsets."""
