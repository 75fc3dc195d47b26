"""Tests of the block kinds: the positions of what they place."""
