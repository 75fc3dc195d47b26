"""Imposition: place pages on printers' sheets, with marks and slug."""
