"""Damaged Markdown: unclosed marks, endless nesting, endless tables and notes, lost bytes.

Damages a good file.
"""

from __future__ import annotations

from random import Random

from tests.fuzz.mutants import _bytes

REPEATED = (
    *(
        "*",
        "**a ",
        "_",
        "[",
        "![",
        "](",
        "[a](",
        "`",
        "~",
        "^",
        "<",
        "<!--",
        "&amp;",
        "\\",
        "| a ",
        "{",
    ),
    *(
        "> ",
        "- ",
        "1. ",
        "    ",
        "\t",
        "#",
        "\n",
        "a\n",
        "* * *\n",
        "- a\n",
        "a\n\n",
        "[^a]",
        "[^a]: b\n",
        "^[a",
    ),
    *("|a|b|\n|-|-|\n", "<b>", "```\n", "---\n", "[a]: b\n", "[a][b]", "á", "漢", "ក", "\u202e"),
)
MAX_LENGTH = 60_000
"""Maximum length of the repeated text."""


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the text with damaged bytes, or with one mark repeated thousands of times."""
    if rng.random() < 0.3:
        return _bytes.damaged(data, rng)
    unit = rng.choice(REPEATED)
    count = rng.randrange(2, MAX_LENGTH) // len(unit)
    at = rng.choice([0, len(data), rng.randrange(len(data))])
    joined = unit * count
    if rng.random() < 0.3:
        joined += rng.choice(REPEATED) * min(count, MAX_LENGTH // 10)
    return data[:at] + joined.encode() + data[at:]
