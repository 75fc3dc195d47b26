"""Reading layouts: what is wrong is said all at once, each with its place and what would be right."""
