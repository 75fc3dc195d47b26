"""The press profiles that come with the program, and how they are made."""
