"""Opens PDFs of other programs, and reads their objects whatever type they have."""
