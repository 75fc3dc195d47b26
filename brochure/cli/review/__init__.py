"""Comments of reviewers: import them, list those that are open, mark them as resolved.

\b
Example: import what an office sent back, and list what is open:
    brochure review import cambodia.brochure-review.json my-brochure
    brochure review status my-brochure

Comments are plain files in the project's folder comments/. Each command has its own --help, and prints one JSON document
with --json.

\b
Exit status: 0 done; 1 done, but something needs a decision; 2 invalid file; 64 invalid command line.
"""
