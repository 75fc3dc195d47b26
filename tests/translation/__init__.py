"""Tests of the translation workspace: catalogues, character limits, provenance, pseudolocale editions, previews."""
