"""The package for the printer: one ZIP an edition, with its PDFs, job ticket, preflight report and, if wanted, its sources."""
