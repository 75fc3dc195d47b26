"""Stories: the words of one message, with what the writer marked in them.

Takes nothing; gives `Words`, `Story` and the marks that a writer may set. Stands between the copy, which is text, and the
setter, which gives each mark its type.
"""

from __future__ import annotations

from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.typeset.style import Position


@dataclass(frozen=True, slots=True)
class InlineMarks:
    """What a writer marked: strength, emphasis, a named character style, a language, a link, a superior."""

    strong: bool = False
    emphasis: bool = False
    character: str | None = None
    language: str | None = None
    link: str | None = None
    position: Position = Position.NORMAL


PLAIN = InlineMarks()


@dataclass(frozen=True, slots=True)
class Words:
    """Characters that carry the same marks."""

    text: str
    marks: InlineMarks = PLAIN


@dataclass(frozen=True, slots=True)
class Story:
    """The words of one message, by paragraph; `span` is where the message stands in the copy, which makes no difference to it.

    One that is not `ready` is in another language than its edition: drafts show it as such.
    """

    key: str
    paragraphs: tuple[tuple[Words, ...], ...]
    span: Span = field(compare=False)
    language: str = "en"
    ready: bool = True

    @property
    def text(self) -> str:
        """The words alone, a newline between paragraphs."""
        return "\n".join("".join(words.text for words in para) for para in self.paragraphs)
