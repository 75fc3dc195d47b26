"""Find the options among the words of a command line.

A word is an option if it begins with `-`, is not the value of the option before it, and does not follow `--`. Click knows this
while it parses; it is needed here before that (for options with an optional value) and after a failed parse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OptionNames:
    """Options of a command that take a value; the value of `lenient` ones is optional."""

    with_value: Collection[str] = ()
    lenient: Collection[str] = ()

    def is_alone(self, words: Sequence[str], at: int) -> bool:
        """Return whether the option at this index has no value."""
        following = words[at + 1 : at + 2]
        return words[at] in self.lenient and (not following or following[0].startswith("-"))

    def places(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the indices of the options."""
        at = 0
        while at < len(words) and words[at] != "--":
            if words[at].startswith("-") and words[at] != "-":
                yield at
                at += words[at] in self.with_value and not self.is_alone(words, at)
            at += 1

    def with_empty_values(self, words: Sequence[str]) -> list[str]:
        """Return the words with an empty value for each option without one, since Typer has no optional values."""
        alone = {at for at in self.places(words) if self.is_alone(words, at)}
        return [f"{word}=" if at in alone else word for at, word in enumerate(words)]
