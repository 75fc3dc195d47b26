"""Pixels of placed artwork, as browsers show it: rendered by pdfium from the converted page."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from brochure.artwork.load import load_artwork
from brochure.artwork.model import ArtworkTarget
from brochure.color.convert import in_ink, in_light
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Colour, Grey, Rgb, Spot
from brochure.errors import BrochureError, InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.model.display_list import PlacedArtwork
from brochure.pdf.artwork_form import standalone
from brochure.pdf_input.limits import read_limited
from brochure.prepress.inks import PROCESS
from brochure.project import Project

PRELOADED = ("pypdfium2", "PIL.PngImagePlugin")
"""Modules that the functions for limited calls import late."""

PPI = 200
MAX_PIXELS = 2_400
"""Pixels of the longer side of a picture of artwork."""


@dataclass(frozen=True, slots=True)
class ArtworkPixels:
    """How artwork is shown: its conversion, its only colour if it has one, and its size on the page in points."""

    target: ArtworkTarget
    paint: Rgb | Grey | None
    width: float
    height: float

    def key(self, digest: bytes) -> str:
        """Return a digest of all that the pixels depend on besides code; `digest` is the file's."""
        given = repr(
            (self.target.key(digest), self.paint, round(self.width, 2), round(self.height, 2))
        )
        return hashlib.blake2b(given.encode("utf-8"), digest_size=20).hexdigest()


def artwork_pixels(artwork: PlacedArtwork, press: PressCondition, ink: str) -> ArtworkPixels:
    """Return how artwork is shown in all colours, or on the plate of an ink."""
    target = artwork.target(press, plate=ink)
    paint = _shown(artwork.paint.colour, press, ink) if artwork.paint else None
    return ArtworkPixels(target, paint, artwork.rect.width, artwork.rect.height)


def _shown(colour: Colour, press: PressCondition, ink: str) -> Rgb | Grey:
    """Return a colour in light, or its share of an ink in grey."""
    if not ink:
        return in_light(colour, press)
    printed = in_ink(colour, press)
    if isinstance(printed, Spot):
        return Grey(1 - printed.tint if printed.name == ink else 1.0)
    amounts = dict(zip(PROCESS, (printed.c, printed.m, printed.y, printed.k), strict=True))
    return Grey(1 - amounts.get(ink, 0.0))


def render_artwork(project: Project, asset: str, pixels: ArtworkPixels) -> bytes:
    """Return artwork as a PNG file with a transparent background; raise `InputError` if it cannot be shown."""
    label = project.label(asset)
    try:
        form = load_artwork(asset, project, pixels.target)
        size = max(pixels.width, 1.0), max(pixels.height, 1.0)
        data = standalone(form, size, (0.0, 0.0, *size), _operators(pixels.paint))
        return read_limited(data, label, render_page, data, label)
    except InputError:
        raise
    except BrochureError as failure:
        raise InputError([Finding("artwork-unusable", f"{failure}", None)]) from failure


def _operators(paint: Rgb | Grey | None) -> str:
    """Return the operators that set the colour of artwork without colours."""
    match paint:
        case Rgb(red, green, blue):
            parts = f"{red:.4f} {green:.4f} {blue:.4f}"
            return f"{parts} rg {parts} RG"
        case Grey(light):
            return f"{light:.4f} g {light:.4f} G"
        case _:
            return ""


def render_page(data: bytes, label: str) -> bytes:
    """Return the first page of a PDF as a PNG file; BrochureError if it cannot be rendered."""
    # Imported here: only pages with artwork need a renderer.
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return _png(document[0])
    except pypdfium2.PdfiumError as failure:
        raise BrochureError(f"{label}: the page cannot be rendered; export it again") from failure


def _png(page: Any) -> bytes:
    longest = max(page.get_width(), page.get_height(), 1.0)
    bitmap = page.render(
        scale=min(PPI / 72, MAX_PIXELS / longest), fill_color=(0, 0, 0, 0), maybe_alpha=True
    )
    out = io.BytesIO()
    bitmap.to_pil().convert("RGBA").save(out, "PNG", compress_level=3)
    return out.getvalue()
