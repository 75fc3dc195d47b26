"""Colour: as the designer wrote it (`swatch`)."""
