"""The command line, as it is called: what it prints on which output, with which status, and what it leaves on disk."""
