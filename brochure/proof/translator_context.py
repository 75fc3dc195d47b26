"""Pictures of pages and of the places of messages, for translators and their programs.

An edition's context is a folder: a PNG for each page, a crop for each message on each page with its places outlined, and
`context.json`, which has the places of all messages. Its values are those that the screenshot features of Weblate and Crowdin ask
for: positions in pixels from the upper left corner of the picture.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from brochure.api import (
    edition_name,
    lay_out_edition,
    make_sheets,
    open_job,
    resolve_edition,
    write_pdf,
)
from brochure.build_values import LaidOut
from brochure.choices import Target
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.geometry import Rect
from brochure.model.display_list import Page
from brochure.prepress.output_conditions import SCREEN
from brochure.project import Project
from brochure.proof.message_places import MessagePlace, explain_unprinted, find_places
from brochure.proof.page_images import DPI, draw_pages, encode_image

SCALE = DPI / 72
FORMAT, VERSION = "brochure-context", 1
MARKER = "context.json"
"""The file that marks a folder as the context of an edition, which a new one may replace."""

SURROUNDINGS = 30.0
"""What a crop shows around the places of its message, in points."""

MIN_CROP = (180.0, 100.0)
"""Smallest width and height of a crop, in points; short words are found on the page by what is around them."""

OUTLINE, HALO = (214, 0, 96), (255, 255, 255)
OUTLINE_WIDTH, HALO_WIDTH = 3, 1
CLEARANCE = 4
"""Distance of the outline from the place, in pixels."""

MAX_NAME = 80
"""Characters of a key in a file name."""

THUMBNAIL = (300, 220)
"""Largest width and height of a thumbnail, in pixels."""
THUMBNAIL_QUALITY = 80

Files = dict[str, bytes]


@dataclass(frozen=True)
class PageShot:
    """A page with its picture as Pillow image."""

    page: Page
    file: str
    image: Any


@dataclass(frozen=True)
class TranslatorContext:
    """The context of an edition that was laid out.

    Attributes:
        made: The edition.
        pages: Its pages in the order of its PDF.
        pdf: Its PDF for the screen.
        places: The places of its messages.
    """

    made: LaidOut
    pages: tuple[Page, ...]
    pdf: bytes
    places: tuple[MessagePlace, ...]

    @property
    def folder(self) -> str:
        """The name of the edition's folder: its language, or its office and language (`canada_fr-CA`)."""
        return edition_name(self.made.edition).replace("/", "_")

    @cached_property
    def unprinted(self) -> Mapping[str, str]:
        """The messages that are not printed as text, each with the reason."""
        printed = (place.key for place in self.places if place.kind == "text")
        return explain_unprinted(self.made, printed)

    @property
    def printed(self) -> frozenset[str]:
        """The keys of the messages that are printed as text."""
        return frozenset(place.key for place in self.places if place.kind == "text")


def open_context(project: Project, language: str | None, office: str | None) -> TranslatorContext:
    """Lay out an edition, also an incomplete one, and find the places of its messages.

    Raises:
        InputError: The edition has errors that a draft cannot show.
    """
    job = open_job(project)
    made = lay_out_edition(job, resolve_edition(job, language, office, Target.SCREEN))
    imposed = make_sheets(job, made, SCREEN, draft=True)
    if not imposed.sheets:
        raise InputError(imposed.made.findings)
    pages = tuple(sheet.placed[0].page for sheet in imposed.sheets)
    places = find_places(pages, made.edition.layout, made.work.condition)
    return TranslatorContext(made, pages, write_pdf(job, imposed).pdf, places)


def draw_context(context: TranslatorContext) -> Files:
    """Return the files of a context by their names."""
    files: Files = {}
    crops: dict[tuple[str, int], str] = {}
    for shot in _draw_pages(context):
        files[shot.file] = encode_image(shot.image, "png")
        for key, places in _group_by_key(context.places, shot.page).items():
            name = f"crops/{name_file(key)}_{shot.file}"
            files[name] = encode_image(crop(shot, places), "png")
            crops[key, shot.page.number] = name
    data = context_data(context, crops)
    files[MARKER] = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
    return files


def draw_thumbnails(context: TranslatorContext) -> dict[str, bytes]:
    """Return a small JPEG of the first place of each message, with its outline."""
    thumbnails: dict[str, bytes] = {}
    for shot in _draw_pages(context):
        for key, places in _group_by_key(context.places, shot.page).items():
            if key not in thumbnails:
                thumbnails[key] = _encode_thumbnail(crop(shot, places))
    return thumbnails


def _encode_thumbnail(image: Any) -> bytes:
    image.thumbnail(THUMBNAIL, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=THUMBNAIL_QUALITY)
    return out.getvalue()


def _draw_pages(context: TranslatorContext) -> Iterator[PageShot]:
    for page, (_, image) in zip(context.pages, draw_pages(context.pdf), strict=True):
        yield PageShot(page, name_page(page.number, len(context.pages)), image)


def name_page(number: int, count: int) -> str:
    """Return the name of a page's picture: `page-03.png`. It has at least two digits, so that few new pages rename no other."""
    return f"page-{number:0{max(2, len(str(count)))}d}.png"


def name_file(key: str) -> str:
    """Return a key as part of a file name; one with other characters or of great length has a digest, so that names differ."""
    plain = re.sub(r"[^a-z0-9._-]", "_", key)[:MAX_NAME]
    if plain == key:
        return key
    return f"{plain}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _group_by_key(
    places: Sequence[MessagePlace], page: Page
) -> Mapping[str, Sequence[MessagePlace]]:
    found: dict[str, list[MessagePlace]] = {}
    for place in places:
        if place.page == page.number:
            found.setdefault(place.key, []).append(place)
    return found


# Crops


def crop(shot: PageShot, places: Sequence[MessagePlace]) -> Any:
    """Return the part of a page around some places, as a Pillow image with the places outlined."""
    whole = places[0].box
    for place in places[1:]:
        whole = whole.union(place.box)
    left, top, right, bottom = _to_edges(_choose_crop(whole, shot.page), shot.page)
    image = shot.image.crop((left, top, right, bottom))
    # Imported here: only pictures need the imaging library.
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    boxes = [_to_edges(place.box, shot.page) for place in places]
    inside = [(x - left, y - top, to_x - left, to_y - top) for x, y, to_x, to_y in boxes]
    for colour, beside in ((HALO, HALO_WIDTH), (OUTLINE, 0)):
        distance, width = CLEARANCE + OUTLINE_WIDTH + beside, OUTLINE_WIDTH + 2 * beside
        for box in inside:
            edges = _expand_visibly(box, distance, image.size)
            draw.rectangle(edges, outline=colour, width=width)
    return image


def _choose_crop(box: Rect, page: Page) -> Rect:
    """Return the part of the page that a crop shows: the box with its surroundings, and no less than the smallest crop."""
    wide, high = (
        max(0.0, (least - size) / 2 - SURROUNDINGS)
        for least, size in zip(MIN_CROP, (box.width, box.height), strict=True)
    )
    around = box.expand(SURROUNDINGS)
    wider = Rect(
        around.x - wide, around.y - high, around.width + 2 * wide, around.height + 2 * high
    )
    return wider.intersect(page.trim)


def _expand_visibly(
    box: tuple[int, int, int, int], distance: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Return the edges of a box that is larger by a distance, but not outside of the picture."""
    left, top, right, bottom = box
    return (
        max(0, left - distance),
        max(0, top - distance),
        min(size[0] - 1, right + distance - 1),
        min(size[1] - 1, bottom + distance - 1),
    )


def _to_edges(box: Rect, page: Page) -> tuple[int, int, int, int]:
    """Return the left, upper, right and lower edge of a rectangle in pixels of the page's picture."""
    return (
        round(box.x * SCALE),
        round((page.height - box.top) * SCALE),
        round(box.right * SCALE),
        round((page.height - box.y) * SCALE),
    )


# context.json


def context_data(
    context: TranslatorContext, crops: Mapping[tuple[str, int], str]
) -> dict[str, Any]:
    """Return the contents of `context.json`; `crops` are the names of the crops by key and page."""
    edition = context.made.edition
    return {
        "format": FORMAT,
        "version": VERSION,
        "brochure": edition.layout.brochure,
        "language": edition.language,
        "office": edition.office.office if edition.office else None,
        "source_language": edition.layout.source_language,
        "dpi": DPI,
        "pages": [_page_data(context, page) for page in context.pages],
        "messages": list(_message_data(context, crops)),
    }


def _page_data(context: TranslatorContext, page: Page) -> dict[str, Any]:
    file = name_page(page.number, len(context.pages))
    return {
        "page": page.number,
        "label": page.label,
        "name": f"{context.made.edition.layout.brochure} {context.folder} {file.removesuffix('.png')}",
        "file": file,
        "width": round(page.width * SCALE),
        "height": round(page.height * SCALE),
        "points": {"width": round(page.width, 2), "height": round(page.height, 2)},
        "tags": [
            {"key": place.key, "position": _pixel_data(place.box, page)}
            for place in context.places
            if place.page == page.number
        ],
    }


def _message_data(
    context: TranslatorContext, crops: Mapping[tuple[str, int], str]
) -> Iterator[dict[str, Any]]:
    edition = context.made.edition
    translations = edition.translations
    numbered = {page.number: page for page in context.pages}
    placed: dict[str, list[MessagePlace]] = {}
    for place in context.places:
        placed.setdefault(place.key, []).append(place)
    for key in dict.fromkeys((*translations.source.entries, *edition.stories)):
        chosen, source = translations.choose(key), translations.source.entries.get(key)
        yield {
            "key": key,
            "source": source.text if source else "",
            "text": chosen.text if chosen else "",
            "state": translations.readiness(key).value,
            "printed": key not in context.unprinted,
            "reason": context.unprinted.get(key),
            "places": [
                {
                    "page": place.page,
                    "file": name_page(place.page, len(context.pages)),
                    "kind": place.kind,
                    "box": _pixel_data(place.box, numbered[place.page]),
                    "points": _point_data(place.box),
                    "crop": crops[key, place.page],
                }
                for place in placed.get(key, ())
            ],
        }


def _pixel_data(box: Rect, page: Page) -> dict[str, int]:
    left, top, right, bottom = _to_edges(box, page)
    return {"x": left, "y": top, "width": max(1, right - left), "height": max(1, bottom - top)}


def _point_data(box: Rect) -> dict[str, float]:
    return {
        name: round(value, 2)
        for name, value in (
            ("x", box.x),
            ("y", box.y),
            ("width", box.width),
            ("height", box.height),
        )
    }
