"""What a PDF says of itself: title, language, author."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The document's properties; `language` is a BCP 47 tag."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    rightward: bool = True
