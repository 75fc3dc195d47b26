"""Find the page or the message that a piece of extracted text is from.

Readers of PDFs differ in spaces, hyphens and the order of letters in lines from right to left. So texts are compared by their
letters and digits, and pages by pairs of neighbouring letters regardless of their order.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

MIN_WINDOW = 7
"""Letters that a text must share with a message to be found in it."""
MIN_COVERAGE = 0.6
"""Part of the pairs of letters of a text that a message must have, if none contains the text."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return the letters, marks and digits of a text, without differences of case and compatibility forms."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LMN")


@lru_cache(maxsize=1024)
def count_pairs(text: str) -> Counter[str]:
    """Return the pairs of neighbouring letters of a text, each in alphabetical order, with their numbers."""
    letters = fold(text)
    return Counter(one + other if one <= other else other + one for one, other in pairwise(letters))


def similarity(one: str, other: str) -> float:
    """Return how much of the longer of two texts is in the other, from 0 to 1."""
    first, second = count_pairs(one), count_pairs(other)
    longer = max(first.total(), second.total())
    return (first & second).total() / longer if longer else float(fold(one) == fold(other))


def has_same_letters(one: str, other: str) -> bool:
    """Return whether two texts have the same letters, in any order within their lines."""
    first, second = fold(one), fold(other)
    return first == second or (len(first) > 1 and sorted(first) == sorted(second))


def find_message(
    words: str, before: str, after: str, stories: Mapping[str, str], preferred: Iterable[str]
) -> str:
    """Return the key of the message that some words are from, though it may have changed since; empty if none is.

    Args:
        words: The words; empty for a place between words.
        before: The text before them.
        after: The text after them.
        stories: The text of each message.
        preferred: Keys of messages that are more probable, such as those on the same page, in order.
    """
    near = {key: stories[key] for key in dict.fromkeys(preferred) if key in stories}
    everywhere = {**near, **stories}
    return (
        _find_whole(words, near)
        or find_around(before, after, near)
        or _find_whole(words, everywhere)
        or find_around(before, after, everywhere)
        or _find_most(words, near)
        or _find_most(words, everywhere)
    )


def _find_whole(words: str, stories: Mapping[str, str]) -> str:
    """Return the key of the first message that contains all words."""
    wanted = fold(words)
    found = (key for key, text in stories.items() if wanted in fold(text))
    return next(found, "") if wanted else ""


def find_around(before: str, after: str, stories: Mapping[str, str]) -> str:
    """Return the key of the message with most of the text next to a place or to marked words; empty if none has enough."""
    left, right = fold(before), fold(after)
    scores = {key: _match_around(left, right, fold(text)) for key, text in stories.items()}
    best = max(scores, key=scores.__getitem__, default="")
    return best if scores.get(best, 0) >= MIN_WINDOW else ""


def _match_around(left: str, right: str, text: str) -> int:
    """Return how many letters on both sides of a place a text has there; a short text that is there as a whole has enough."""
    best = max(_match_joined(left, right, text), _match_after(right, text))
    best = max(best, _match_after(left[::-1], text[::-1]))
    return MIN_WINDOW if text and best == len(text) else best


def _match_joined(left: str, right: str, text: str) -> int:
    """Return how many letters before and after a place a text has in one piece."""
    seed = left[-1:] + right[:2]
    best, at = 0, text.find(seed)
    while at >= 0 and left and right:
        middle = at + 1
        ahead = _common_length(text[middle:], right)
        behind = _common_length(text[:middle][::-1], left[::-1])
        best, at = max(best, ahead + behind), text.find(seed, at + 1)
    return best


def _common_length(one: str, other: str) -> int:
    """Return how many letters two texts have in common at their beginnings."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _match_after(right: str, text: str) -> int:
    """Return how many of the first letters of `right` a text has in one piece."""
    low, high = 0, len(right)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if right[:middle] in text else (low, middle - 1)
    return low


def _find_most(words: str, stories: Mapping[str, str]) -> str:
    """Return the key of the message that has most of the words, if it has enough of them."""
    scores = {key: _coverage(words, text) for key, text in stories.items()}
    best = max(scores, key=scores.__getitem__, default="")
    is_enough = len(fold(words)) >= MIN_WINDOW and scores.get(best, 0.0) >= MIN_COVERAGE
    return best if is_enough else ""


def _coverage(words: str, text: str) -> float:
    """Return how much of the words is in a text, from 0 to 1."""
    pairs = count_pairs(words)
    return (pairs & count_pairs(text)).total() / max(1, pairs.total())
