"""The copy of a brochure and its translations: catalogues for translators, how they stand, what would not fit.

\b
A language from nothing to a proof:
    brochure text extract my-brochure --lang fr
    brochure text status my-brochure
    brochure build my-brochure --lang fr --draft -o out
"""
