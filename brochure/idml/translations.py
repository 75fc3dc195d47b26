"""Translations from an InDesign document that was translated in InDesign, by comparing it with the original.

Stories are paired by their identifiers, which a copy of a document keeps, and otherwise by their order and form. Within a story,
paragraphs are aligned by style, length and figures, after Gale and Church, *A Program for Aligning Sentences in Bilingual
Corpora* (1993).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import groupby
from typing import TypeVar

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.idml.copy_blocks import Message
from brochure.idml.project_files import read_messages
from brochure.idml.stories import shorten
from brochure.l10n.catalogue import Catalogue, Translation

MAX_PAIRS = 4_000_000
"""Pairs of paragraphs or stories that are compared: two thousand of each."""

SKIP = -0.4
"""Score of a paragraph without a counterpart."""

FIGURES = re.compile(
    r"\d++(?:[.,\u00a0\u202f ]\d++)*+|https?://[^\s)]++|(?<![\w.+-])[\w.+-]++@[\w.-]++"
)


Messages = Sequence[Message]
Stories = Mapping[str, tuple[Message, ...]]
T = TypeVar("T")


class _Step(IntEnum):
    """A step of an alignment: the greater one is taken if two have the same score."""

    THEIRS = 0
    OURS = 1
    BOTH = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph of a message: the message's key, its label (which names the style), and its text."""

    key: str
    label: str
    text: str
    figures: frozenset[str]


def read_translations(
    original: bytes, original_name: str, translated: bytes, name: str
) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Return the translations in an IDML file as a catalogue with the messages of the original.

    A message is fuzzy if its paragraphs do not correspond one to one, or if several words are the same as in the original.

    Args:
        original: The IDML file that the project was made from.
        original_name: Its name.
        translated: The translated IDML file.
        name: Its name.

    Raises:
        InputError: A file is not IDML, is damaged or too large; or the files have nothing in common.
    """
    source = read_messages(original, original_name)
    target = read_messages(translated, name, source.marks)
    entries: dict[str, Translation] = {}
    missed: list[str] = []
    for ours, theirs in _pair_stories(source.stories, target.stories):
        aligned = _align_messages(ours, theirs, name)
        entries |= {one.key: one for one in aligned.entries}
        missed += aligned.missed
    if not entries:
        message = f"no text corresponds to that of {original_name}"
        hint = "name the IDML file that was translated with --original"
        raise InputError([Finding("idml-translation", message, Span(name), hint)])
    header = {"X-Source-Language": source.language}
    # A copy in which the language of the text was not changed says nothing about its language.
    declared = target.language if target.language != source.language else ""
    catalogue = Catalogue(target.language, name, entries, header=header, declared=declared)
    return catalogue, tuple(_report_missed(missed, name))


def _report_missed(missed: Sequence[str], name: str) -> Iterator[Finding]:
    for text in missed:
        message = f"a paragraph corresponds to none of the original: '{shorten(text)}'"
        hint = "copy it by hand if it is needed"
        yield Finding("idml-unaligned", message, Span(name), hint, Severity.WARNING)


# Stories


def _pair_stories(ours: Stories, theirs: Stories) -> Iterator[tuple[Messages, Messages]]:
    """Yield the messages of corresponding stories; one of a pair is empty if a story has no counterpart."""
    shared = [one for one in ours if one in theirs]
    if 2 * len(shared) < min(len(ours), len(theirs)):
        shared = []  # another document, in which some identifiers are the same by chance
    yield from ((ours[one], theirs[one]) for one in shared)
    left = [messages for one, messages in ours.items() if one not in shared]
    right = [messages for one, messages in theirs.items() if one not in shared]
    yield from ((one or (), other or ()) for one, other in _align(left, right, _compare_stories))


def _compare_stories(one: Messages, other: Messages) -> float:
    """Return how alike two stories are, from -1 to 1."""
    same = sum(_same_style(a.label, b.label) for a, b in zip(one, other, strict=False))
    lengths = [sum(len(message.text) for message in story) for story in (one, other)]
    form, length = same / max(len(one), len(other)), min(lengths) / max(*lengths, 1)
    return 1.5 * form + 0.5 * length - 1


# Paragraphs


@dataclass(frozen=True, slots=True)
class _Aligned:
    entries: tuple[Translation, ...]
    missed: tuple[str, ...]


def _align_messages(ours: Messages, theirs: Messages, name: str) -> _Aligned:
    """Return the translations of a story's messages, and the paragraphs that belong to none."""
    pairs = [*_align([*_divide(ours)], [*_divide(theirs)], _compare_parts)]
    missed = [right.text for left, right in pairs if left is None and right]
    found: list[Translation] = []
    kept = [(left, right) for left, right in pairs if left]
    sources = {message.key: message.text for message in ours}
    for key, group in groupby(kept, key=lambda pair: pair[0].key):
        rows = [*group]
        texts = [right.text for _, right in rows if right]
        if not texts:
            continue
        exact = all(right and _same_style(left.label, right.label) for left, right in rows)
        copied = any(right and _is_copied(left.text, right.text) for left, right in rows)
        found.append(
            Translation(
                key,
                sources[key],
                "\n\n".join(texts),
                Span(name),
                fuzzy=copied or not exact or bool(missed),
            )
        )
    return _Aligned(tuple(found), tuple(missed))


def _is_copied(source: str, text: str) -> bool:
    """Return True if several words are left as they were: probably not translated."""
    return source == text and len(re.findall(r"[^\W\d_]{2,}", text)) > 2


def _divide(messages: Messages) -> Iterator[_Part]:
    for message in messages:
        for text in message.text.split("\n\n"):
            figures = frozenset(re.sub(r"\D", "", one) or one for one in FIGURES.findall(text))
            yield _Part(message.key, message.label, text, figures)


def _same_style(one: str, other: str) -> bool:
    """Return True for labels of one style, also if one has formatting by hand, such as `head` and `head-bold`."""
    return f"{one}-".startswith(f"{other}-") or f"{other}-".startswith(f"{one}-")


def _compare_parts(one: _Part, other: _Part) -> float:
    """Return how likely one paragraph is the translation of the other, from about -1 to 1.5."""
    longer = max(len(one.text), len(other.text), 1)
    length = min(len(one.text), len(other.text)) / longer if longer > 12 else 0.7
    score = (0.4 if _same_style(one.label, other.label) else -0.4) + (length - 0.5)
    figures = one.figures | other.figures
    if figures:
        score += 0.8 * len(one.figures & other.figures) / len(figures) - 0.3
    return score


def _align(
    ours: Sequence[T], theirs: Sequence[T], compare: Callable[[T, T], float]
) -> Iterator[tuple[T | None, T | None]]:
    """Yield the pairs of the best alignment of two sequences (Needleman and Wunsch, 1970)."""
    if len(ours) * len(theirs) > MAX_PAIRS:
        message = f"{len(ours):,} and {len(theirs):,} paragraphs are too many to compare"
        raise InputError([Finding("idml-translation", message, Span(""))])
    scores = [SKIP * at for at in range(len(theirs) + 1)]
    steps: list[list[_Step]] = []
    for row, one in enumerate(ours, 1):
        above, scores = scores, [SKIP * row]
        steps.append([])
        for at, other in enumerate(theirs):
            score, step = max(
                (above[at] + compare(one, other), _Step.BOTH),
                (above[at + 1] + SKIP, _Step.OURS),
                (scores[at] + SKIP, _Step.THEIRS),
            )
            scores.append(score)
            steps[-1].append(step)
    yield from reversed([*_trace(ours, theirs, steps)])


def _trace(
    ours: Sequence[T], theirs: Sequence[T], steps: Sequence[Sequence[_Step]]
) -> Iterator[tuple[T | None, T | None]]:
    """Yield the pairs of the best alignment from its end, by the step that led to each place."""
    row, at = len(ours), len(theirs)
    while row or at:
        here = steps[row - 1][at - 1] if row and at else _Step.OURS if row else _Step.THEIRS
        row -= here is not _Step.THEIRS
        at -= here is not _Step.OURS
        yield (
            ours[row] if here is not _Step.THEIRS else None,
            theirs[at] if here is not _Step.OURS else None,
        )
