"""The copy of a brochure and its translations: catalogues for translators, how they stand, what would not fit.

\b
Example: a language from nothing to a proof:
    brochure text extract my-brochure --lang fr
    brochure text status my-brochure
    brochure build my-brochure --lang fr --draft -o out

Each of the commands says more under its own --help, and prints one JSON document with --json.

\b
Exit status: 0 done; 1 done, and something is not ready or breaks; 2 a file or the command line is wrong.
"""
