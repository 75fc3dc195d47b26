"""Page pictures and page dumps, compared with references."""
