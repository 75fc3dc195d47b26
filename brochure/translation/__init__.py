"""Tools for localization staff: catalogues, translation status, character limits, previews and pseudolocales."""
