"""Which words of a command line are options.

A word is an option if it begins with `-`, is not the value of the option before it, and does not follow `--`. Click knows this
while it parses; here it is needed before (options that may stand without their value) and after (a parse that failed).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OptionNames:
    """The options of a command that take a value, and those among them whose value may be left out."""

    with_value: Collection[str] = ()
    lenient: Collection[str] = ()

    def is_alone(self, words: Sequence[str], at: int) -> bool:
        """Whether the option at this place is one whose value is left out."""
        following = words[at + 1 : at + 2]
        return words[at] in self.lenient and (not following or following[0].startswith("-"))

    def places(self, words: Sequence[str]) -> Iterator[int]:
        """The places of the options among these words."""
        at = 0
        while at < len(words) and words[at] != "--":
            if words[at].startswith("-") and words[at] != "-":
                yield at
                at += words[at] in self.with_value and not self.is_alone(words, at)
            at += 1

    def with_empty_values(self, words: Sequence[str]) -> list[str]:
        """The words, with an empty value for each option whose value is left out, which Typer has no way to express."""
        alone = {at for at in self.places(words) if self.is_alone(words, at)}
        return [f"{word}=" if at in alone else word for at, word in enumerate(words)]
