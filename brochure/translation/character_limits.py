"""Measure character limits: how many characters of a message fit in its frame.

The limit of a message is the length at which its frame becomes overset while the other messages stay as they are. Frames are
typeset with longer and shorter texts in the real styles, so that limits are right for every kind of block. Messages without
a translation are replaced by sample text in the language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.l10n.notes import find_keys
from brochure.l10n.story import PLAIN, InlineMarks, Story, Words
from brochure.layout.overset import OversetText
from brochure.layout.threads import LayoutContext, Thread, set_thread
from brochure.translation.sample_text import sample_for_script
from brochure.translation.workspace import SetEdition
from brochure.typeset.script_rules import script_of_language

MAX_EXPANSION = 8
"""A message that still fits at this many times its length is not limited by its frame."""

TOLERANCE = 0.04
"""Precision of the measured limit, as a fraction of it."""

TOO_WIDE = frozenset(("line-too-wide", "drawing-text-cut"))
"""Codes of findings on texts that are too long for their line, or for the drawing that they are in."""

MIN_SAMPLE_LENGTH = 30
"""Minimum characters of a message to be used as sample text."""


@dataclass(frozen=True)
class _Trial:
    """A thread to try lengths in, with the stories that replace its own, and sample text to lengthen a story with."""

    edition: Edition
    font_catalog: FontCatalog
    thread: Thread
    stories: Mapping[str, Story]
    text: str

    def set_with(self, story: Story) -> _TrialResult:
        """Typeset the thread with this story in place of its own."""
        return self.set_with_all({story.key: story})

    def set_with_all(self, others: Mapping[str, Story]) -> _TrialResult:
        """Typeset the thread with these stories in place of its own."""
        stories = {**self.edition.stories, **self.stories, **others}
        context = LayoutContext(replace(self.edition, stories=stories), self.font_catalog)
        flowed = set_thread(context, self.thread).flowed
        is_too_wide = any(finding.code in TOO_WIDE for finding in context.findings)
        fits = not (flowed.overflows or flowed.too_wide or is_too_wide)
        return _TrialResult(fits, flowed.overflows)


@dataclass(frozen=True, slots=True)
class _TrialResult:
    """Whether the content fits in the thread, and what is overset."""

    fits: bool
    overset: tuple[OversetText, ...]

    def fitting_length(self, key: str) -> int | None:
        """Return how many characters of a message fit, if it is the only overset message; else None."""
        is_only = len(self.overset) == 1 and self.overset[0].key == key
        return self.overset[0].fits if is_only else None


def measure_limits(
    done: SetEdition, font_catalog: FontCatalog, wanted: Collection[str] | None = None
) -> dict[str, int]:
    """Return the character limits of messages that are printed and that their frames limit.

    Args:
        done: The edition.
        font_catalog: Its fonts.
        wanted: The keys of the messages (default: all messages of the edition).

    Returns:
        The limits by key; the lowest if a message is in several frames.
    """
    edition, printed = done.edition, done.printed()
    measured = printed if wanted is None else printed & frozenset(wanted)
    text = choose_sample_text(edition)
    placeholders = {key: _fill_story(s, text) for key, s in edition.stories.items() if not s.ready}
    limits: dict[str, int] = {}
    for thread in done.unset_threads:
        keys = [key for key in find_keys(thread.content, edition.stories) if key in measured]
        if not keys:
            continue
        trial = _Trial(
            edition,
            font_catalog,
            thread,
            _shrink_to_fit(thread, placeholders, edition, font_catalog),
            text,
        )
        for key in keys:
            limit = _find_limit(trial, trial.stories.get(key, edition.stories[key]))
            if limit is not None:
                limits[key] = min(limit, limits.get(key, limit))
    return limits


def measure_limit(
    edition: Edition, font_catalog: FontCatalog, unset_threads: Iterable[Thread], key: str
) -> int | None:
    """Return the character limit of one message, the lowest of its frames; None if no frame limits it.

    Other messages stay as they are, also those without a translation.
    """
    text = choose_sample_text(edition)
    limits = [
        _find_limit(_Trial(edition, font_catalog, thread, {}, text), edition.stories[key])
        for thread in unset_threads
        if key in find_keys(thread.content, edition.stories)
    ]
    return min((limit for limit in limits if limit is not None), default=None)


# Sample text for missing translations


def choose_sample_text(edition: Edition) -> str:
    """Return text in the edition's language: its own messages if they are long enough, else a sample in its script."""
    own = [story.text for story in edition.stories.values() if story.ready]
    if not any(len(text) >= MIN_SAMPLE_LENGTH for text in own) and _shares_source_script(edition):
        own = [story.text for story in edition.stories.values()]
    return " ".join(_select_long(own)) or sample_for_script(edition.language)


def _shares_source_script(edition: Edition) -> bool:
    return script_of_language(edition.layout.source_language) == script_of_language(
        edition.language
    )


def _select_long(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        words = " ".join(text.split())
        if len(words) >= MIN_SAMPLE_LENGTH and not any(char.isdigit() for char in words):
            yield words


def _fill_story(story: Story, text: str) -> Story:
    """Return the story with its source text replaced by sample text of the same length."""
    count, paragraphs, at = 0, [], 0
    for words in story.paragraphs:
        count = sum(len(piece.text) for piece in words)
        notes = tuple(piece for piece in words if piece.marks.note)
        marks = next((_text_marks(piece) for piece in words if not piece.marks.note), PLAIN)
        paragraphs.append((Words(_cut_sample(text, at, count), marks), *notes))
        at += count
    return replace(story, paragraphs=tuple(paragraphs), language="", ready=True)


def _text_marks(words: Words) -> InlineMarks:
    """Return the marks of a run for other text, without its picture."""
    return replace(words.marks, image=None)


def _count(story: Story) -> int:
    """Return the characters that are set; a picture and a paragraph break count as one."""
    pieces = (len(words.text) for paragraph in story.paragraphs for words in paragraph)
    return sum(pieces) + max(0, len(story.paragraphs) - 1)


def _cut_sample(text: str, at: int, count: int) -> str:
    """Return `count` characters of a text from position `at`; the text repeats at its end."""
    start = at % len(text)
    repeated = (text + " ") * ((start + count) // len(text) + 1)
    return repeated[start : start + count].strip()


def _shrink_to_fit(
    thread: Thread, placeholders: Mapping[str, Story], edition: Edition, font_catalog: FontCatalog
) -> dict[str, Story]:
    """Return the thread's placeholder stories, all shortened by the same factor until they fit."""
    keys = find_keys(thread.content, edition.stories)
    own = {key: story for key, story in placeholders.items() if key in keys}
    if not own:
        return own
    trial = _Trial(edition, font_catalog, thread, own, "")
    low, high = 0.0, 1.0
    if trial.set_with_all(own).fits:
        return own
    while high - low > TOLERANCE:
        middle = (low + high) / 2
        shorter = {key: _cut(one, round(_count(one) * middle)) for key, one in own.items()}
        low, high = (middle, high) if trial.set_with_all(shorter).fits else (low, middle)
    return {key: _cut(one, round(_count(one) * low)) for key, one in own.items()}


# Lengths


def _find_limit(trial: _Trial, story: Story) -> int | None:
    """Return the maximum length of a story; None if its frame does not limit it."""
    count = current = max(1, _count(story))
    low, result = 0, trial.set_with(story)
    while result.fits:
        low, count = count, max(MIN_SAMPLE_LENGTH, 2 * count)
        if count > MAX_EXPANSION * max(current, MIN_SAMPLE_LENGTH):
            return None
        result = trial.set_with(_resize(story, count, trial.text))
    length = result.fitting_length(story.key)
    return _search(trial, story, low, count) if length is None else length


def _search(trial: _Trial, story: Story, low: int, high: int) -> int:
    """Find the maximum length by bisection; `low` fits, `high` does not."""
    while high - low > max(1.0, TOLERANCE * high):
        middle = (low + high) // 2
        fits = trial.set_with(_resize(story, middle, trial.text)).fits
        low, high = (middle, high) if fits else (low, middle)
    return low


def _resize(story: Story, count: int, text: str) -> Story:
    """Cut or lengthen a story to `count` characters; a paragraph break counts as one."""
    more = count - _count(story)
    return _cut(story, count) if more <= 0 else _lengthen(story, more, text)


def _cut(story: Story, count: int) -> Story:
    paragraphs: list[tuple[Words, ...]] = []
    left = count
    for words in story.paragraphs:
        kept: list[Words] = []
        for piece in words:
            kept.append(replace(piece, text=piece.text[: max(0, left)]))
            left -= len(piece.text)
        paragraphs.append(tuple(piece for piece in kept if piece.text or piece.marks.note))
        left -= 1
    return replace(story, paragraphs=tuple(paragraphs))


def _lengthen(story: Story, more: int, text: str) -> Story:
    """Append sample text to a story."""
    *before, last = story.paragraphs or ((),)
    marks = replace(_text_marks(last[-1]), note=None) if last else PLAIN
    words = (
        Words(" " + _cut_sample(text, 0, more - 1), marks)
        if last
        else Words(_cut_sample(text, 0, more))
    )
    return replace(story, paragraphs=(*before, (*last, words)))
