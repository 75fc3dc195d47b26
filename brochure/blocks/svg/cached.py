"""SVG drawings, cached by the digest of the file."""

from __future__ import annotations

from brochure.blocks.svg.drawing import SvgDrawing
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.project import Project, read_unchanged
from brochure.system.cache import Kind, StoredCache
from brochure.system.call_limits import LimitedCall
from brochure.system.exhaustion import needing

DRAWINGS = StoredCache(
    Kind(
        name="drawing",
        version=5,
        serialize=serialize,
        deserialize=deserialize,
        libraries=(
            ("picosvg", "picosvg"),
            ("pathops", "skia_pathops"),
            ("tinycss2", "tinycss2"),
            ("cssselect2", "cssselect2"),
        ),
    ),
    max_weight=64,
)


def load_drawing(
    name: str, project: Project, opacity: float = 1.0, language: str = ""
) -> SvgDrawing:
    """Return the drawing in an SVG file of a project with an opacity, from the cache if possible.

    The language chooses between alternatives, if the drawing has any.

    Raises:
        SvgError: The file is not a valid SVG or contains something that cannot be printed.
        InputError: The file was changed meanwhile.
        SystemResourceError: The system has too little memory, or cannot start a process.
    """
    digest = project.digest(name)

    def load(language: str) -> SvgDrawing:
        def convert() -> SvgDrawing:
            # Imported here: it is needed only for drawings that are not in the cache.
            from brochure.blocks.svg.isolated import convert_isolated

            with needing(f"converting {project.label(name)}"):
                return convert_isolated(read_unchanged(project, name, digest), opacity, language)

        return DRAWINGS.get(_identify(digest, opacity, language), project.cache, convert)

    drawing = load("")
    return load(language) if language and drawing.languages else drawing


def plan_drawing(name: str, project: Project, opacity: float) -> LimitedCall | None:
    """Return the first call that `load_drawing` makes for a file that is not in the cache; None if it makes none."""
    digest = project.digest(name)
    if DRAWINGS.find(_identify(digest, opacity, ""), project.cache) is not None:
        return None
    # Imported here, as above.
    from brochure.blocks.svg.isolated import plan_conversion

    return plan_conversion(read_unchanged(project, name, digest), opacity, "")


def _identify(digest: bytes, opacity: float, language: str) -> str:
    return f"{digest.hex()} {opacity!r} {language}"
