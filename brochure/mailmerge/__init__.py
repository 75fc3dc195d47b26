"""Mail merge: one personalized brochure per row of a table (CSV or XLSX).

Brochures are built as separate files, in worker processes, or into one PDF whose shared pages are stored once.
"""
