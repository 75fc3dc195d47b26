"""Cached pages, for the next edition or the next build.

While a page is drawn, every request to the file's resources is recorded with its answer: codes of glyphs, names of images
and spot colours. To draw the same items again, the requests are repeated in the same order; if every answer is the same, the
operators are too, and are reused. A file therefore never depends on what was drawn before it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from brochure.color.swatch import Colour, Gradient, Spot
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.images.probe import UPRIGHT
from brochure.model.display_list import (
    Bookmark,
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Item,
    Link,
    Page,
    Picture,
    PlacedArtwork,
)
from brochure.pdf.font_encoding import PageFont
from brochure.pdf.resources import PageResources, Resources
from brochure.pdf.tags import PageTags
from brochure.prepress.output_conditions import OutputCondition
from brochure.system.cache import VariantCache

Request = Callable[[Resources], object]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class DrawnItems:
    """The result of drawing a page's items: operators, the resources that they name, and what is not in the stream."""

    operators: str
    resources: PageResources
    links: tuple[Link, ...]
    bookmarks: tuple[Bookmark, ...]
    is_transparent: bool


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A drawn page: its items, the recorded requests and answers, its marked content, and the result."""

    items: tuple[Item, ...]
    requests: tuple[tuple[Request, object], ...]
    tagged: tuple[tuple[str, ...], ...]
    drawn: DrawnItems


class RecordingResources:
    """The file's resources as one page sees them; requests are recorded."""

    def __init__(self, shared: Resources) -> None:
        self.shared = shared
        self.requests: list[tuple[Request, object]] = []
        self._fonts: dict[Face, PageFont] = {}

    @property
    def condition(self) -> OutputCondition:
        """The output condition of the file."""
        return self.shared.condition

    @property
    def font_names(self) -> frozenset[str]:
        """The resource names of all fonts used."""
        return frozenset(
            code.resource for font in self._fonts.values() for code in font.codes.values()
        )

    def font(self, run: GlyphRun) -> PageFont:
        """Return the encoding of a run's face."""
        face = run.glyphs.face
        if face not in self._fonts:
            page_font = self._fonts[face] = PageFont(self.shared.font(run))
            self.requests.append((lambda shared: page_font.holds(shared.font(run)), True))
        return self._fonts[face]

    def image(self, picture: Picture) -> tuple[str, bool, int]:
        """Return the name of an image, whether it is transparent, and the EXIF orientation of its data."""
        return self._record(lambda shared: _image(shared, picture))

    def artwork(self, artwork: PlacedArtwork) -> str:
        """Return the name of a placed page of a PDF."""
        return self._record(lambda shared: shared.artwork(artwork))

    def gradient(self, gradient: Gradient, width: float, height: float) -> str:
        """Return the name of the form that paints a gradient."""
        # Imported here: only pages with gradients need it.
        from brochure.pdf.shadings import embed_gradient

        return self._record(lambda shared: embed_gradient(gradient, width, height, shared))

    def spot(self, spot: Spot) -> str:
        """Return the name of a spot colour's space."""
        return self._record(lambda shared: shared.spot(spot))

    def colour(self, colour: Colour) -> Colour:
        """Convert a colour to this output, which is part of a page's key."""
        return self.shared.colour(colour)

    def _record(self, request: Callable[[Resources], Answer]) -> Answer:
        answer = request(self.shared)
        self.requests.append((request, answer))
        return answer


def _image(shared: Resources, picture: Picture) -> tuple[str, bool, int]:
    if isinstance(picture, DropShadow):
        return shared.shadow(picture), True, UPRIGHT
    if isinstance(picture, FlattenedArea):
        return shared.area(picture), False, UPRIGHT
    name = shared.image(picture)
    return name, name in shared.transparent, shared.orientations[name]


PageCache = VariantCache[CachedPage]
"""The pages that this process drew most recently, by `page_key`."""


def page_key(page: Page, shared: Resources) -> Hashable:
    """Return what distinguishes pages besides their items: the number, and the colour conversion."""
    condition = shared.condition
    press = condition.press
    colours = press and (press.profile.digest, press.intent, press.black_point, press.ink_limit)
    return page.number, condition.inks, condition.tagged, colours


def is_current(
    cached: CachedPage, items: tuple[Item, ...], shared: Resources, tags: PageTags | None
) -> bool:
    """Return True if drawing these items now would yield the cached page."""
    return cached.items == items and _has_same_answers(cached, shared, tags)


def _has_same_answers(cached: CachedPage, shared: Resources, tags: PageTags | None) -> bool:
    """Return True if all requests have the same answers in this file, in drawing order."""
    try:
        if not all(request(shared) == answer for request, answer in cached.requests):
            return False
    except InputError:  # drawing raises it again, with the current source position
        return False
    if tags is None:
        return not cached.tagged
    if mark_content(tags, cached.items) == cached.tagged:
        return True
    tags.reset()
    return False


def mark_content(tags: PageTags, items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
    """Return the marked-content operators before each item in a tagged file."""
    return tuple(tuple(tags.before(at, item)) for at, item in enumerate(items))
