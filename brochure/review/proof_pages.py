"""Find the page of the current edition that each page of a proof shows: by its stamp, or else by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from brochure.approval.page_digest import digest_page
from brochure.build_values import LaidOut
from brochure.fast_dataclass import dataclass
from brochure.model.display_list import Page
from brochure.pdf.page_stamp import PageStamp
from brochure.project import Project
from brochure.review.page_words import PageWords
from brochure.review.text_match import similarity

MIN_SIMILARITY = 0.3
"""How much text a page must share with that of a proof to be the same page."""
BETTER = 0.15
"""How much more another page must share than the one with the number of the stamp."""


@dataclass(frozen=True)
class CurrentPages:
    """The pages of an edition as they are now, with their digests and words."""

    made: LaidOut
    project: Project

    @cached_property
    def pages(self) -> Mapping[int, Page]:
        """The pages by number."""
        return {page.number: page for page in self.made.pages[: self.made.count]}

    @cached_property
    def words(self) -> Mapping[int, PageWords]:
        """The words of the pages by number."""
        left_to_right = self.made.edition.left_to_right
        return {
            number: PageWords(page, left_to_right=left_to_right)
            for number, page in self.pages.items()
        }

    @cached_property
    def keys(self) -> Mapping[int, tuple[str, ...]]:
        """The keys of the messages on each page."""
        return {number: words.keys for number, words in self.words.items()}

    @cached_property
    def stories(self) -> Mapping[str, str]:
        """The text of each message."""
        return {key: story.text for key, story in self.made.edition.stories.items()}

    @cached_property
    def _numbers(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the pages with each digest."""
        numbers: dict[str, tuple[int, ...]] = {}
        for number, page in self.pages.items():
            digest = digest_page(page, self.project)
            numbers[digest] = (*numbers.get(digest, ()), number)
        return numbers

    def find_by_stamp(self, stamp: PageStamp) -> int | None:
        """Return the number of the page with this stamp's digest; the stamp's own if several have it; None if none has."""
        numbers = self._numbers.get(stamp.digest, ())
        return stamp.page if stamp.page in numbers else next(iter(numbers), None)

    def find_by_text(self, text: str, stamp: PageStamp | None) -> int | None:
        """Return the number of the page that shares most of a text; None if none shares much of it."""
        scores = dict(self._score(text))
        best = max(scores, key=scores.__getitem__, default=None)
        if stamp and stamp.page in scores and best is not None:
            is_close = scores[best] - scores[stamp.page] < BETTER
            return stamp.page if is_close or scores[best] < MIN_SIMILARITY else best
        return best if best is not None and scores[best] >= MIN_SIMILARITY else None

    def _score(self, text: str) -> Iterator[tuple[int, float]]:
        for number, words in self.words.items():
            yield number, similarity(text, words.text)
