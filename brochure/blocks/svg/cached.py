"""SVG drawings, cached by the digest of the file."""

from __future__ import annotations

from brochure.blocks.svg.drawing import SvgDrawing
from brochure.blocks.svg.isolated import convert_isolated
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.project import Project
from brochure.system.cache import Kind, StoredCache

DRAWINGS = StoredCache(
    Kind(
        name="drawing",
        version=4,
        serialize=serialize,
        deserialize=deserialize,
        libraries=(("picosvg", "picosvg"), ("pathops", "skia_pathops")),
    ),
    max_weight=64,
)


def load_drawing(name: str, project: Project, opacity: float = 1.0) -> SvgDrawing:
    """Return the drawing in an SVG file of a project with an opacity, from the cache if possible.

    Raises:
        SvgError: The file is not a valid SVG or contains something that cannot be printed.
    """
    identity = f"{project.digest(name).hex()} {opacity!r}"
    return DRAWINGS.get(
        identity, project.cache, lambda: convert_isolated(project.read(name), opacity)
    )
