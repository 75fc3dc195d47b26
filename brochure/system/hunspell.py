"""Check the spelling of words with the `hunspell` program and the dictionaries that are installed on the machine.

The program runs in an empty temporary folder, since it also looks for dictionaries in its own, and without the user's
personal dictionary, so that results do not depend on the user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

PROGRAM = "hunspell"
TIMEOUT = 60
"""Seconds for the words of one language; the program is killed then."""
MAX_SUGGESTED = 200
"""Words for which suggestions are asked, which takes up to 0.1 s for each."""


def is_available() -> bool:
    """Return True if the program is installed."""
    return shutil.which(PROGRAM) is not None


@lru_cache(maxsize=1)
def list_dictionaries() -> Mapping[str, str]:
    """Return the installed dictionaries: their paths without suffix by name, such as `fr_CA`."""
    done = _run(("-D",), "")
    if done is None:
        return {}
    _, _, listed = done.stderr.decode("utf-8", "replace").partition("AVAILABLE DICTIONARIES")
    paths = (line.strip() for line in listed.partition("LOADED DICTIONARY")[0].splitlines()[1:])
    found: dict[str, str] = {}
    for path in paths:
        if PurePath(path).is_absolute():
            found.setdefault(PurePath(path).name, path)
    return found


def find_misspelled(words: Sequence[str], dictionary: str) -> dict[str, tuple[str, ...]] | None:
    """Return the words that a dictionary does not have, each with suggestions; None if the program fails.

    Args:
        words: Words without spaces.
        dictionary: The path of the dictionary, from `list_dictionaries`.
    """
    listed = _run((*_arguments(dictionary), "-l"), "".join(f"{_plain(one)}\n" for one in words))
    if listed is None or listed.returncode:
        return None
    unknown = set(listed.stdout.decode("utf-8", "replace").split())
    wrong = [one for one in words if not unknown.isdisjoint(_parts(_plain(one)))]
    return dict(_suggest(wrong, dictionary))


def _suggest(words: Sequence[str], dictionary: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words, the first of them with suggestions."""
    asked = words[:MAX_SUGGESTED]
    # In its pipe mode, the program takes what follows ^ as text, and ends its answer with an empty line.
    done = _run((*_arguments(dictionary), "-a"), "".join(f"^{_plain(one)}\n" for one in asked))
    answers = done.stdout.decode("utf-8", "replace").split("\n\n") if done else []
    for at, word in enumerate(words):
        lines = answers[at].splitlines() if at < min(len(answers), len(asked)) else []
        yield word, next(_read_suggestions(lines), ())


def _read_suggestions(lines: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the suggestions of a line such as `& teh 4 1: the, tech`."""
    for line in lines:
        if line.startswith("&"):
            yield tuple(one.strip() for one in line.partition(": ")[2].split(","))


def _arguments(dictionary: str) -> tuple[str, ...]:
    return ("-i", "UTF-8", "-p", os.devnull, "-d", dictionary)


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("‐", "-").replace("‑", "-")


def _parts(word: str) -> set[str]:
    """Return the word and its parts, since the program may report either."""
    return {word, *word.split("-"), *word.split("'"), *word.replace("'", "-").split("-")}


def _run(arguments: Sequence[str], text: str) -> subprocess.CompletedProcess[bytes] | None:
    """Run the program on a text; None if it cannot be run or takes too long."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="brochure-") as folder:
        try:
            return subprocess.run(
                [program, *arguments],
                input=text.encode(),
                cwd=folder,
                capture_output=True,
                check=False,
                timeout=TIMEOUT,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
