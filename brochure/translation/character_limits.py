"""Room: how many characters of a message fit where it stands.

Takes a set edition and a shelf; gives for each printed message the length at which its frame begins to overflow, the other
messages staying as they are. The frame itself is asked, with longer and shorter words in the face, size and customs that
would set them, so that room is right in every kind of block. Words that are not written yet are stood in for by running
text of the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.edition import Edition
from brochure.l10n.references import references
from brochure.l10n.story import PLAIN, Story, Words
from brochure.layout.overset import OversetText
from brochure.layout.threads import LayoutContext, Thread, set_thread
from brochure.spec.values import Message
from brochure.translation.sample_text import sample_for_script
from brochure.translation.workspace import SetEdition
from brochure.typeset.script_rules import script_of_language

MAX_CHARACTERS = 8
"""What could be this many times as long as its source and still fit is not limited by its frame."""

NEAR = 0.04
"""How close to the true length is close enough, as a share of it."""

RUNNING = 30
"""The fewest characters of a message whose words count as running text."""


@dataclass(frozen=True)
class _Trial:
    """A thread to try lengths in: the words that it holds otherwise, and running text to lengthen them with."""

    edition: Edition
    font_catalog: FontCatalog
    thread: Thread
    stories: Mapping[str, Story]
    text: str

    def tried(self, story: Story) -> _Verdict:
        """The thread with this story in the place of its own."""
        return self.tried_all({story.key: story})

    def tried_all(self, others: Mapping[str, Story]) -> _Verdict:
        """The thread with these stories in it."""
        stories = {**self.edition.stories, **self.stories, **others}
        work = LayoutContext(replace(self.edition, stories=stories), self.font_catalog)
        flowed = set_thread(work, self.thread).flowed
        wide = any(finding.code == "line-too-wide" for finding in work.findings)
        return _Verdict(not (flowed.overflows or flowed.too_wide or wide), flowed.overflows)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Whether a thread holds its matter, and what it leaves over."""

    holds: bool
    left: tuple[OversetText, ...]

    def fits(self, key: str) -> int | None:
        """How much of a message fits, where nothing stands behind it: what is left over says so at once."""
        alone = len(self.left) == 1 and self.left[0].key == key
        return self.left[0].fits if alone else None


def measure_limits(done: SetEdition, font_catalog: FontCatalog) -> dict[str, int]:
    """How many characters fit, for every printed message that its frame limits; the least where it stands in several."""
    edition, printed = done.edition, done.printed()
    text = running_text(edition)
    waiting = {key: _stand_in(s, text) for key, s in edition.stories.items() if not s.ready}
    found: dict[str, int] = {}
    for thread in done.running:
        keys = _keys(thread, printed)
        trial = _Trial(
            edition, font_catalog, thread, _held(thread, waiting, edition, font_catalog), text
        )
        for key in keys:
            limit = _limit(trial, trial.stories.get(key, edition.stories[key]))
            if limit is not None:
                found[key] = min(limit, found.get(key, limit))
    return found


def _keys(thread: Thread, printed: frozenset[str]) -> tuple[str, ...]:
    named = (ref.key for ref in references(thread.content) if isinstance(ref, Message))
    return tuple(key for key in dict.fromkeys(named) if key in printed)


# Words that are not there yet


def running_text(edition: Edition) -> str:
    """Running text in the edition's language: its own where there is any, else a specimen of its script."""
    own = [story.text for story in edition.stories.values() if story.ready]
    if not any(len(text) >= RUNNING for text in own) and _in_script_of_source(edition):
        own = [story.text for story in edition.stories.values()]
    return " ".join(_long(own)) or sample_for_script(edition.language)


def _in_script_of_source(edition: Edition) -> bool:
    return script_of_language(edition.layout.source_language) == script_of_language(
        edition.language
    )


def _long(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        words = " ".join(text.split())
        if len(words) >= RUNNING and not any(char.isdigit() for char in words):
            yield words


def _stand_in(story: Story, text: str) -> Story:
    """Words of the language in the place of words of the source, as many characters of them."""
    count, paragraphs, at = 0, [], 0
    for words in story.paragraphs:
        count = sum(len(piece.text) for piece in words)
        marks = words[0].marks if words else PLAIN
        paragraphs.append((Words(_taken(text, at, count), marks),))
        at += count
    return replace(story, paragraphs=tuple(paragraphs), language="", ready=True)


def _taken(text: str, at: int, count: int) -> str:
    """So many characters of a text that begins anew at its end."""
    begin = at % len(text)
    repeated = (text + " ") * ((begin + count) // len(text) + 1)
    return repeated[begin : begin + count].strip()


def _held(
    thread: Thread, waiting: Mapping[str, Story], edition: Edition, font_catalog: FontCatalog
) -> dict[str, Story]:
    """The thread's stand-ins, all shortened alike until the thread holds them."""
    keys = {ref.key for ref in references(thread.content) if isinstance(ref, Message)}
    own = {key: story for key, story in waiting.items() if key in keys}
    if not own:
        return own
    trial = _Trial(edition, font_catalog, thread, own, "")
    low, high = 0.0, 1.0
    if trial.tried_all(own).holds:
        return own
    while high - low > NEAR:
        middle = (low + high) / 2
        shorter = {key: _cut(one, round(len(one.text) * middle)) for key, one in own.items()}
        low, high = (middle, high) if trial.tried_all(shorter).holds else (low, middle)
    return {key: _cut(one, round(len(one.text) * low)) for key, one in own.items()}


# Lengths


def _limit(trial: _Trial, story: Story) -> int | None:
    """The longest that the story may be; None where its frame never ends it."""
    count = now = max(1, len(story.text))
    low, verdict = 0, trial.tried(story)
    while verdict.holds:
        low, count = count, max(RUNNING, 2 * count)
        if count > MAX_CHARACTERS * max(now, RUNNING):
            return None
        verdict = trial.tried(_of_length(story, count, trial.text))
    fits = verdict.fits(story.key)
    return _between(trial, story, low, count) if fits is None else fits


def _between(trial: _Trial, story: Story, low: int, high: int) -> int:
    """The longest that fits, of which `low` does and `high` does not."""
    while high - low > max(1.0, NEAR * high):
        middle = (low + high) // 2
        held = trial.tried(_of_length(story, middle, trial.text)).holds
        low, high = (middle, high) if held else (low, middle)
    return low


def _of_length(story: Story, count: int, text: str) -> Story:
    """The story cut or lengthened to so many characters, a line end between paragraphs counting as one."""
    more = count - len(story.text)
    return _cut(story, count) if more <= 0 else _lengthened(story, more, text)


def _cut(story: Story, count: int) -> Story:
    paragraphs: list[tuple[Words, ...]] = []
    left = count
    for words in story.paragraphs:
        kept: list[Words] = []
        for piece in words:
            kept.append(replace(piece, text=piece.text[: max(0, left)]))
            left -= len(piece.text)
        paragraphs.append(tuple(piece for piece in kept if piece.text))
        left -= 1
    return replace(story, paragraphs=tuple(paragraphs))


def _lengthened(story: Story, more: int, text: str) -> Story:
    """The story with running text behind its last words."""
    *before, last = story.paragraphs or ((),)
    marks = last[-1].marks if last else PLAIN
    words = Words(" " + _taken(text, 0, more - 1), marks) if last else Words(_taken(text, 0, more))
    return replace(story, paragraphs=(*before, (*last, words)))
