"""Finished PDFs read by other programs: what they get back is what was written."""
