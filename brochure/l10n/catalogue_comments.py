"""Comments and flags of catalogue entries: which of them this program writes, and which come from other programs and people.

Comments are made anew with each update. Those of others stay, and a character limit stays as long as it is nearly right: it is an
estimate, and each new number would be a change in version control that no translator needs to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from brochure.l10n.catalogue import Translation

OWN_LINE = re.compile(
    r"pages? \d|not on a page: |text of a table$|needed (?:only )?in |variables: |markup: |fits about |no limit: |note: "
    r"|different in each row of a table|page numbers, set when"
    r"|stands on no page|facts: |marks: |room: "
)
"""How the lines begin that `translation/template.py` writes, and those that earlier versions wrote."""

LIMIT = re.compile(r"(?<=^fits about )[0-9]+(?= characters)", re.MULTILINE)
MAX_LENGTH = "max-length:"
LIMIT_TOLERANCE = 0.15
"""How far a character limit may be from the measured one, as a fraction of it."""


def merge_comments(fresh: Translation, old: Translation) -> Translation:
    """Return an entry with the current comments and flags, and those that others have written into the old entry."""
    if _is_nearly_same(fresh.comments, old.comments):
        comments, flags = old.comments, [flag for flag in fresh.flags if not _is_limit(flag)]
    else:
        others = [line for line in old.comments.splitlines() if not OWN_LINE.match(line)]
        lines = [*fresh.comments.splitlines(), *others]
        comments, flags = "\n".join(dict.fromkeys(lines)), list(fresh.flags)
    kept = _keep_flags(old.flags, flags)
    merged = tuple(dict.fromkeys((*kept, *flags)))
    references = old.references or fresh.references
    return replace(fresh, comments=comments, flags=merged, references=references)


def _is_limit(flag: str) -> bool:
    return flag.startswith(MAX_LENGTH)


def _keep_flags(old: tuple[str, ...], new: list[str]) -> Iterator[str]:
    """Yield the old flags without a limit that a new one replaces."""
    has_limit = any(map(_is_limit, new))
    return (flag for flag in old if not (has_limit and _is_limit(flag)))


def _is_nearly_same(fresh: str, old: str) -> bool:
    """Return True if comments differ in nothing but a character limit, and in this only a little."""
    new_limit, old_limit = LIMIT.search(fresh), LIMIT.search(old)
    if not new_limit or not old_limit or LIMIT.sub("", fresh) != LIMIT.sub("", _own_lines(old)):
        return False
    measured = int(new_limit[0])
    return abs(measured - int(old_limit[0])) <= LIMIT_TOLERANCE * measured


def _own_lines(comments: str) -> str:
    return "\n".join(line for line in comments.splitlines() if OWN_LINE.match(line))
