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

MIN_WINDOW = 6
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


def find_message(words: str, stories: Mapping[str, str], preferred: Iterable[str]) -> str:
    """Return the key of the message that contains some words, which may have changed since; empty if none does.

    Args:
        words: The words.
        stories: The text of each message.
        preferred: Keys of messages that are more probable, such as those on the same page, in order.
    """
    order = [*dict.fromkeys(key for key in preferred if key in stories), *stories]
    wanted = fold(words)
    if not wanted:
        return ""
    whole = [key for key in order if wanted in fold(stories[key])]
    if whole:
        return whole[0]
    scores = {key: _coverage(words, stories[key]) for key in dict.fromkeys(order)}
    best = max(scores, key=scores.__getitem__, default="")
    return best if best and len(wanted) >= MIN_WINDOW and scores[best] >= MIN_COVERAGE else ""


def find_around(context: str, stories: Mapping[str, str], preferred: Iterable[str]) -> str:
    """Return the key of the message that has the middle of a text; empty if none has at least a few letters of it."""
    order = [*dict.fromkeys(key for key in preferred if key in stories), *stories]
    half = len(context) // 2
    before, after = fold(context[:half]), fold(context[half:])
    reach = max(len(before), len(after))
    while reach >= MIN_WINDOW // 2:
        window = before[-reach:] + after[:reach]
        for part in (window, after[: 2 * reach], before[-2 * reach :]):
            found = [key for key in order if len(part) >= MIN_WINDOW and part in fold(stories[key])]
            if found:
                return found[0]
        reach -= max(1, reach // 4)
    return ""


def _coverage(words: str, text: str) -> float:
    """Return how much of the words is in a text, from 0 to 1."""
    pairs = count_pairs(words)
    return (pairs & count_pairs(text)).total() / max(1, pairs.total())
