"""Operators of pages that were drawn before, for the next edition or the next build.

While a page is drawn, everything that it asks of the file is recorded with the answer: codes of its glyphs, names of its
images and spot colours. When the same items are drawn again, in this file or another, the questions are asked again in the
same order. If every answer is the same, the operators are the same, and they are used again. A file therefore never depends
on what was made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from brochure.color.swatch import Colour, Spot
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.fonts.face import Face
from brochure.model.display_list import Bookmark, GlyphRun, Item, Link, Page, Picture
from brochure.pdf.font_encoding import PageFont
from brochure.pdf.resources import PageResources, Resources
from brochure.pdf.tags import PageTags
from brochure.prepress.output_conditions import OutputCondition
from brochure.system.lru_cache import LruCache

Question = Callable[[Resources], object]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class DrawnItems:
    """What drawing a page's items yielded: operators, the resources that they name, and what is not in the stream."""

    operators: str
    resources: PageResources
    links: tuple[Link, ...]
    bookmarks: tuple[Bookmark, ...]
    is_transparent: bool


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page that was drawn: its items, all that it asked with the answers, its marked content, and the result."""

    items: tuple[Item, ...]
    asked: tuple[tuple[Question, object], ...]
    tagged: tuple[tuple[str, ...], ...]
    drawn: DrawnItems


class RecordingResources:
    """The resources of the file as one page sees them: everything asked of them is recorded."""

    def __init__(self, shared: Resources) -> None:
        self.shared = shared
        self.asked: list[tuple[Question, object]] = []
        self._fonts: dict[Face, PageFont] = {}

    @property
    def condition(self) -> OutputCondition:
        """The output condition of the file."""
        return self.shared.condition

    @property
    def font_names(self) -> frozenset[str]:
        """The resource names of all fonts that were used."""
        return frozenset(
            code.resource for font in self._fonts.values() for code in font.codes.values()
        )

    def font(self, run: GlyphRun) -> PageFont:
        """The encoding of a run's face."""
        face = run.glyphs.face
        if face not in self._fonts:
            own = self._fonts[face] = PageFont(self.shared.font(run))
            self.asked.append((lambda shared: own.holds(shared.font(run)), True))
        return self._fonts[face]

    def image(self, picture: Picture) -> tuple[str, bool]:
        """The name of an image, and whether it is transparent."""
        return self._recorded(lambda shared: _image(shared, picture))

    def spot(self, spot: Spot) -> str:
        """The name of a spot colour's space."""
        return self._recorded(lambda shared: shared.spot(spot))

    def colour(self, colour: Colour) -> Colour:
        """A colour in this output; the output is part of a page's key."""
        return self.shared.colour(colour)

    def _recorded(self, question: Callable[[Resources], Answer]) -> Answer:
        answer = question(self.shared)
        self.asked.append((question, answer))
        return answer


def _image(shared: Resources, picture: Picture) -> tuple[str, bool]:
    name = shared.image(picture)
    return name, name in shared.transparent


MAX_ITEMS = 60_000
"""Items on cached pages: with their operators, some hundred megabytes."""

MAX_VARIANTS = 24
"""Variants of one page that are kept, as offices make them in turn."""


class PageCache:
    """The pages that this process drew last."""

    def __init__(self) -> None:
        self._kept: LruCache[object, tuple[CachedPage, ...]] = LruCache(MAX_ITEMS, _weight)
        self.drawn = 0
        self.repeated = 0

    def get(self, page: Page, shared: Resources, tags: PageTags | None) -> DrawnItems | None:
        """The page as it was drawn before, if drawing it now would yield the same; else None."""
        for kept in self._kept.get(_key(page, shared)) or ():
            if kept.items == page.items and _still_holds(kept, shared, tags):
                self.repeated += 1
                return kept.drawn
        return None

    def put(self, page: Page, kept: CachedPage, shared: Resources) -> None:
        """Keep a page that was drawn now, before its other variants."""
        self.drawn += 1
        key = _key(page, shared)
        others = self._kept.get(key) or ()
        self._kept.put(key, (kept, *others)[:MAX_VARIANTS])


def _weight(variants: tuple[CachedPage, ...]) -> int:
    return sum(len(kept.items) for kept in variants)


def _key(page: Page, shared: Resources) -> object:
    """What distinguishes pages beside their items: the number, and the conversion of colours."""
    condition = shared.condition
    press = condition.press
    colours = press and (press.profile.digest, press.intent, press.black_point, press.ink_limit)
    return page.number, condition.inks, condition.tagged, colours


def _still_holds(kept: CachedPage, shared: Resources, tags: PageTags | None) -> bool:
    """Whether all questions have the same answers in this file; asked no further than drawing would ask them."""
    try:
        if not all(question(shared) == answer for question, answer in kept.asked):
            return False
    except InputError:  # drawing raises it again, with the place where the layout now asks for it
        return False
    if tags is None:
        return not kept.tagged
    if mark_content(tags, kept.items) == kept.tagged:
        return True
    tags.begin_again()
    return False


def mark_content(tags: PageTags, items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
    """The marked-content operators before each item in a tagged file."""
    return tuple(tuple(tags.before(at, item)) for at, item in enumerate(items))
