"""Projects from PDFs."""
