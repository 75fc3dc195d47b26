"""The logical structure of a document: structure tree, reading order and heading levels."""
