"""Mail-merge: a table of people, read; a brochure for each; all of them in one file."""
