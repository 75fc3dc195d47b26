"""The checks, one module a subject, and their registry."""

from __future__ import annotations

from brochure.preflight.check import build_registry
from brochure.preflight.checks import (
    accessibility,
    blending,
    color,
    file,
    fonts,
    images,
    ink,
    margins,
    objects,
    output_intent,
    overprint,
    pages,
    processing_steps,
    resolution,
    spots,
    standard,
    text,
    used_objects,
)

CHECKS = build_registry(
    *(accessibility, blending, color, file, fonts, images, ink, margins, objects),
    *(output_intent, overprint, pages, processing_steps, resolution, spots, standard, text),
    used_objects,
)
"""All checks by name."""
