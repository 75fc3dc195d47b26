"""Accept `color`, `center` and `gray` in keys and enum values beside `colour`, `centre` and `grey`.

Both spellings of a word are equivalent, alone and as a part of a word (`center-label`, `colour-bars`). The docs and the
error messages use one of them, the one in the models. The names that keys had before are here too, so that an error can
name the new one.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator

from brochure.findings import nearest
from brochure.spec import yaml_tree

AMERICAN = {"colour": "color", "centre": "center", "grey": "gray"}
"""American spellings by British spelling."""


def match_spelling(word: str, known: Container[str]) -> str:
    """Return the word in the spelling in which it is known; the word itself if it is not known."""
    other = "" if word in known else other_spelling(word)
    return other if other in known else word


def other_spelling(word: str) -> str:
    """Return the other spelling of a word, or an empty string if it has only one."""
    american = _americanize(word)
    if american != word:
        return american
    british = word
    for ours, theirs in AMERICAN.items():
        british = british.replace(theirs, ours)
    return british if british != word else ""


def find_repeated_keys(
    keys: Iterable[yaml_tree.Scalar], known: Container[str]
) -> Iterator[tuple[yaml_tree.Scalar, str]]:
    """Yield the keys that an earlier key sets in the other spelling, each with a message."""
    earlier: dict[str, yaml_tree.Scalar] = {}
    for key in keys:
        first = earlier.setdefault(match_spelling(key.value, known), key)
        if first is not key:
            line = first.span.line
            yield key, f"the key '{key.value}' is already set as '{first.value}' in line {line}"


def _americanize(word: str) -> str:
    for british, american in AMERICAN.items():
        word = word.replace(british, american)
    return word


FORMER_KEYS = {
    "rise": "baseline-shift",
    "optical": "optical-size",
    "hang": "hanging-punctuation",
    "strike": "strikethrough",
    "last-line": "min-last-line",
    "hyphenate": "hyphenation",
    "grow": "auto-size",
    "reading": "reading-order",
    "wrap": "text-wrap",
    "focus": "focal-point",
    "drop": "drop-cap",
    "ladder": "max-consecutive",
    "shortest": "min-word",
    "black-point": "black-point-compensation",
    "ink-limit": "total-ink-limit",
    "source": "source-language",
    "start": "first-page",
    "facts": "variables",
    "records": "merge-fields",
    "styles": "paragraph-styles",
    "characters": "character-styles",
    "before": "min-before",
    "after": "min-after",
    "bars": "color-bars",
    "information": "page-information",
    "fit": "copyfit",
}
"""Current names of renamed keys."""


def suggest_key(key: str, known: Collection[str]) -> str:
    """Return a hint with the current name of a renamed key, or the most similar known key."""
    current = FORMER_KEYS.get(key, "")
    return f"'{key}' was renamed to '{current}'" if current in known else nearest(key, known)
