"""The checks, one module a subject, and their registry."""

from __future__ import annotations

from brochure.preflight.check import build_registry
from brochure.preflight.checks import (
    accessibility,
    color,
    file,
    fonts,
    images,
    ink,
    margins,
    objects,
    overprint,
    pages,
    text,
)

CHECKS = build_registry(
    accessibility, color, file, fonts, images, ink, margins, objects, overprint, pages, text
)
"""All checks by name."""
