"""Standing pages: what a page came to, kept for the next edition or the next build.

Takes placed pages and what the pages of a file share; gives their operators. While a page is painted, all that it asks of the
file is noted with the answer: codes for its glyphs, names for its pictures, colours and states, its marks in the
structure. When the same items come again, in this file or another, the questions are asked again in the same order; where
every answer is the same, the operators are too, and nothing is painted. Otherwise the page is painted: so a file never
depends on what was made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from brochure.colour.swatch import Colour, Spot
from brochure.errors import InputError
from brochure.fonts.face import Face
from brochure.frozen import dataclass
from brochure.geometry import Rect
from brochure.pdf.font_encoding import PageFont
from brochure.pdf.resources import Drawn, Resources
from brochure.pdf.tags import PageTags
from brochure.placed import Bookmark, GlyphRun, Item, Link, Page, Picture
from brochure.press.conditions import OutputCondition
from brochure.recent import Recent

Question = Callable[[Resources], object]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ink:
    """The state of a content stream between two operators: the fill colour's operator, and whether ink overprints."""

    fill: str = ""
    overprints: bool = False


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page's items came to: operators, and what does not stand in the stream; `ink` is the state at their end."""

    ops: tuple[str, ...]
    links: tuple[Link, ...]
    bookmarks: tuple[Bookmark, ...]
    see_through: bool
    ink: Ink


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was painted: from what, all that it asked with the answers, and what came of it."""

    items: tuple[Item, ...]
    before: Ink
    asked: tuple[tuple[Question, object], ...]
    tagged: tuple[tuple[str, ...], ...]
    painted: Painted


class Asking:
    """What one page sees of the file: its resources, with all that was asked of them noted."""

    def __init__(self, shared: Resources) -> None:
        self.shared = shared
        self.asked: list[tuple[Question, object]] = []
        self._fonts: dict[Face, PageFont] = {}

    @property
    def condition(self) -> OutputCondition:
        """What the file is for."""
        return self.shared.condition

    @property
    def see_through(self) -> set[str]:
        """The names of what shows what lies beneath it."""
        return self.shared.see_through

    def font(self, run: GlyphRun) -> PageFont:
        """The font of a run's face."""
        face = run.glyphs.face
        if face not in self._fonts:
            own = self._fonts[face] = PageFont(self.shared.font(run))
            self.asked.append((lambda shared: own.holds(shared.font(run)), True))
        return self._fonts[face]

    def image(self, picture: Picture) -> str:
        """The name of a picture's object."""
        name, _ = self._noted(lambda shared: _seen(shared, picture))
        return name

    def spot(self, spot: Spot) -> str:
        """The name of a spot colour's space."""
        return self._noted(lambda shared: shared.spot(spot))

    def state(self, opacity: float, *, overprints: bool) -> str:
        """The name of a graphics state."""
        return self._noted(lambda shared: shared.state(opacity, overprints=overprints))

    def colour(self, colour: Colour) -> Colour:
        """A colour as it is in this output, which pages are kept apart by."""
        return self.shared.colour(colour)

    def form(self, key: tuple[int, Rect], draw: Callable[[], Drawn]) -> str:
        """The name of a form; what is drawn there notes for itself."""
        return self.shared.form(key, draw)

    def _noted(self, question: Callable[[Resources], Answer]) -> Answer:
        answer = question(self.shared)
        self.asked.append((question, answer))
        return answer


def _seen(shared: Resources, picture: Picture) -> tuple[str, bool]:
    """The name of a picture's object, and whether it shows what lies beneath it: the page's space hangs on that."""
    name = shared.image(picture)
    return name, name in shared.see_through


MOST = 60_000
"""How many items may stand painted: with their operators, some hundred megabytes."""

VARIANTS = 24
"""How many ways of one page are kept: what offices in turn make of it."""


class StandingPages:
    """The pages that this process painted last."""

    def __init__(self) -> None:
        self._kept: Recent[object, tuple[Kept, ...]] = Recent(MOST, _weight)
        self.painted = 0
        self.repeated = 0

    def of(self, page: Page, ink: Ink, shared: Resources, tags: PageTags | None) -> Painted | None:
        """What the page came to before, where painting it would come to the same now; else None."""
        for kept in self._kept.get(_key(page, shared)) or ():
            if kept.before == ink and kept.items == page.items and _holds(kept, shared, tags):
                self.repeated += 1
                return kept.painted
        return None

    def keep(self, page: Page, kept: Kept, shared: Resources) -> None:
        """Keeps a page that was painted now, before others of its number."""
        self.painted += 1
        key = _key(page, shared)
        others = self._kept.get(key) or ()
        self._kept.put(key, (kept, *others)[:VARIANTS])


def _weight(variants: tuple[Kept, ...]) -> int:
    return sum(len(kept.items) for kept in variants)


def _key(page: Page, shared: Resources) -> object:
    """What pages are kept apart by beside their items: the number, and what colours are brought to."""
    condition = shared.condition
    press = condition.press
    colours = press and (press.profile.digest, press.intent, press.black_point, press.ink_limit)
    return page.number, condition.inks, condition.tagged, colours


def _holds(kept: Kept, shared: Resources, tags: PageTags | None) -> bool:
    """Whether all questions are answered as they were, in this file; they are asked as far as painting would ask them."""
    try:
        if not all(question(shared) == answer for question, answer in kept.asked):
            return False
    except InputError:  # painting says it again, with the place where the layout asks for it now
        return False
    if tags is None:
        return not kept.tagged
    if tagging(tags, kept.items) == kept.tagged:
        return True
    tags.begin_again()
    return False


def tagging(tags: PageTags, items: Iterable[Item]) -> tuple[tuple[str, ...], ...]:
    """What stands before each item in a tagged file."""
    return tuple(tuple(tags.before(at, item)) for at, item in enumerate(items))
