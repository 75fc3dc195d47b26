"""A message as marked-up text: paragraphs of runs with inline marks, ready for typesetting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from urllib.parse import unquote

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.spec.values import Message
from brochure.typeset.style import Position


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture or an icon in a line of text.

    `path` is that of its file in `assets`, `alt` its alternative text, `size` its height in ems. It `mirrors` in right-to-left
    text; with `in_text_colour`, it has the colour of the text.
    """

    path: str
    alt: str = ""
    size: float = 1.0
    mirrors: bool = False
    in_text_colour: bool = False


@dataclass(frozen=True, slots=True)
class InlineMarks:
    """Inline marks of a run: strong, emphasis, character style, language, link target and vertical position.

    `note` is the name of the note whose mark is at this place; such a run has no text, since its number is not yet known.
    An `image` replaces the text, which is one character (`OBJECT`).
    """

    strong: bool = False
    emphasis: bool = False
    character: str | None = None
    language: str | None = None
    link: str | None = None
    position: Position = Position.NORMAL
    note: str | None = None
    image: InlineImage | None = None


PLAIN = InlineMarks()


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with the same marks."""

    text: str
    marks: InlineMarks = PLAIN

    @property
    def plain(self) -> str:
        """The text; of an image, its alternative text."""
        return self.marks.image.alt if self.marks.image else self.text


@dataclass(frozen=True, slots=True)
class Story:
    """The text of one message, by paragraph.

    `span` is its place in the copy; it is ignored in comparisons. `ready` is False if the text is in another language than
    its edition; drafts highlight it. `literal` is the text for programs, such as QR code readers: the message's own
    characters, without markup and smart punctuation; `is_literal` is set if the message has no other use. `pages`
    are the page numbers in the text, by their names in the copy (`page:story.head`). `notes` has the message of each note
    that is marked in the text, by its name.
    """

    key: str
    paragraphs: tuple[tuple[Words, ...], ...]
    span: Span = field(compare=False)
    language: str = "en"
    ready: bool = True
    literal: str = ""
    is_literal: bool = False
    pages: tuple[str, ...] = ()
    notes: tuple[tuple[str, Message], ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The plain text, with a newline between paragraphs."""
        return "\n".join("".join(words.plain for words in para) for para in self.paragraphs)


def find_internal_links(story: Story) -> Iterator[str]:
    """Yield the targets of the links of a story that lead to places in the brochure, such as `#map`."""
    for paragraph in story.paragraphs:
        for words in paragraph:
            if words.marks.link and words.marks.link.startswith("#"):
                yield words.marks.link


def find_images(story: Story) -> Iterator[InlineImage]:
    """Yield the pictures in the lines of a story."""
    for paragraph in story.paragraphs:
        for words in paragraph:
            if words.marks.image:
                yield words.marks.image


def anchor_name(link: str) -> str:
    """Return the name of the anchor that a link inside the brochure leads to."""
    return unquote(link[1:])
