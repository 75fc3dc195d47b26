"""What the parser's events of a YAML file do not tell: comments that end a plain scalar, and escaped newlines.

In copy without quotes, ` #1` is a comment, and the rest of the line is not printed.
"""

from __future__ import annotations

from functools import cached_property

from brochure.lazy_pattern import compile_lazily
from brochure.spec.yaml_errors import LINE_BREAK
from brochure.spec.yaml_library import yaml

COMMENT = compile_lazily(r"[ \t]+(#.*)")


class SourceLines:
    """The lines of a YAML file; the text is only split into lines if it may contain comments or escapes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._is_commented = " #" in text or "\t#" in text

    @cached_property
    def _lines(self) -> list[str]:
        return LINE_BREAK.split(self._text)

    def find_comment(self, event: yaml.ScalarEvent, key_column: int | None) -> str:
        """Return the comment after a plain scalar; empty if there is none.

        Args:
            event: The parser's event of the scalar.
            key_column: The column of the scalar's key, from 0; None if it has none.

        A comment on the next line belongs to the scalar if it is indented more than the key.
        """
        end = event.end_mark
        if not (self._is_commented and end) or key_column is None or end.line >= len(self._lines):
            return ""
        match = COMMENT.fullmatch(self._lines[end.line][end.column :])
        if match:
            return match[1].rstrip()
        following = self._lines[end.line + 1] if end.line + 1 < len(self._lines) else ""
        match = COMMENT.fullmatch(following)
        return match[1].rstrip() if match and match.start(1) > key_column else ""

    def is_folded(self, event: yaml.ScalarEvent) -> bool:
        """Return True if a scalar has several lines and its newlines represent empty lines, not escapes."""
        start, end = event.start_mark, event.end_mark
        if not (start and end) or start.line == end.line:
            return False
        return event.style != '"' or not any(
            "\\n" in line for line in self._lines[start.line : end.line + 1]
        )
