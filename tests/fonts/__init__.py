"""Tests of the shelf of fonts, the faces on it and their subsets."""
