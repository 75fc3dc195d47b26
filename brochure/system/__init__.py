"""Interfaces to the operating system: files, caches, subprocesses, and checks before parsing."""
