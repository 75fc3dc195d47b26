"""Tests of the font catalog, its faces and their subsets."""
