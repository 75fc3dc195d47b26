"""Colour: swatches, ICC profiles, printing conditions, conversion and total ink."""
