"""Manage translations: catalogues for translators, exchange formats, status and pseudolocalization.

\b
Example: add a language and build a draft of it:
    brochure text extract my-brochure --lang fr
    brochure text status my-brochure
    brochure build my-brochure --lang fr --draft -o out

Each command has its own --help, and prints one JSON document with --json.

\b
Exit status: 0 done; 1 done, but an edition has problems; 2 invalid file; 64 invalid command
line.
"""
