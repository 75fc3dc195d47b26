"""The operating system: files, caches, subprocesses, and the checks that come before parsing."""
