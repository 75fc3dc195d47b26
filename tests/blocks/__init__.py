"""The block kinds: for each of them what it places, in numbers."""
