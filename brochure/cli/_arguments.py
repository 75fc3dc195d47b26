"""Find the options among the words of a command line that could not be parsed.

A word is an option if it begins with `-`, is not the value of the option before it, and does not follow `--`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence


def find_options(words: Sequence[str], with_value: Collection[str]) -> Iterator[str]:
    """Yield the options among the words; those in `with_value` take the next word as their value."""
    remaining = iter(words)
    for word in remaining:
        if word == "--":
            return
        if word.startswith("-") and word != "-":
            yield word
            if word in with_value:
                next(remaining, None)
