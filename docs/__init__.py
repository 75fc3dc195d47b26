"""The documentation: prose for people, and the programs that write what would go stale if written by hand."""
