"""Tests of tagged screen PDFs: parsed with pypdf, compared with the layout, checked by a validator."""
