"""Exchange: catalogues in and out, one format a file."""
