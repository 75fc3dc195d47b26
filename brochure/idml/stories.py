"""Stories of an InDesign document as paragraphs of runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.losses import lost, noted
from brochure.idml.text_variables import (
    CUSTOM_TYPE,
    LAST_PAGE_TYPE,
    RUNNING_HEAD,
    RUNNING_TYPES,
    TextVariables,
)
from brochure.idml.type_settings import Settings, read_settings
from brochure.idml.xml_nodes import Instruction, Node
from brochure.l10n.message_text import LAST_PAGE, LINE_BREAK, PAGE_NUMBER

END_NESTED_STYLE, INDENT_HERE, SECTION_MARKER = "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters that represent InDesign's markers until the text is written."""

MARKERS = str.maketrans("", "", END_NESTED_STYLE + INDENT_HERE + SECTION_MARKER)
NONCHARACTERS = str.maketrans("", "", "".join(map(chr, range(0xFDD0, 0xFDF0))) + "\ufeff\r")
"""Characters that no text has: those that represent something, and InDesign's own markers."""

SECTION_NUMBER = "19"
SPECIAL_CHARACTERS = {
    "18": PAGE_NUMBER,
    "24": PAGE_NUMBER,
    "25": PAGE_NUMBER,
    "8": "\t",  # right indent tab
    "3": END_NESTED_STYLE,
    "7": INDENT_HERE,
    "4": "",  # footnote number, which is set anew
}
NOT_TAKEN = {
    "24": "a next-page number; this page's is printed",
    "25": "a previous-page number; this page's is printed",
    "8": "a right indent tab; it is a normal tab here",
    "7": "an indent-to-here character",
}
"""Special characters that are lost or changed, by their number in `<?ACE 18?>`."""


@dataclass(frozen=True)
class StoryValues:
    """What markers and variables print.

    Attributes:
        headings: Levels of headings by paragraph style.
        counts_pages: True if the number of the last page is the number of pages.
        has_one_section: True if the numbers of a section are those of the document.
        markers: The section marker of the story that is read, which is the last; None if it differs between its pages.
        running_levels: The levels of the running heads that were read.
    """

    headings: Mapping[str, int] = field(default_factory=dict)
    counts_pages: bool = False
    has_one_section: bool = True
    markers: list[str | None] = field(default_factory=lambda: [""])
    running_levels: list[int] = field(default_factory=lambda: [1])

    @property
    def marker(self) -> str | None:
        """The section marker of the story that is read."""
        return self.markers[-1]

    @property
    def running_level(self) -> int:
        """The level of the running head that was read last."""
        return self.running_levels[-1]


PARTS = ("Br", "Table")
"""Elements in text that end a paragraph, or are in its place."""

NOTES = ("Footnote", "Endnote")
OBJECTS = ("TextFrame", "Rectangle", "Oval", "Polygon", "GraphicLine", "Group")
"""Anchored objects."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one formatting: its character style, its local settings, and its link; or a footnote or an anchored object.

    `nested` is the character style that a nested style of its paragraph gives it.
    """

    text: str
    style: str = ""
    settings: Settings = field(default_factory=dict)
    link: str = ""
    part: Node | None = None
    nested: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its style, its local settings, its runs, a table in its place, and what begins after it.

    `next_start` is where the next paragraph begins because of a break character: `NextColumn`, `NextFrame` …
    """

    style: str
    settings: Settings
    runs: tuple[Run, ...]
    span: Span
    part: Node | None = None
    next_start: str = ""

    @property
    def text(self) -> str:
        """The text without formatting."""
        return remove_markers("".join(run.text for run in self.runs))


def remove_markers(text: str) -> str:
    """Return text without the characters that represent InDesign's markers."""
    return text.translate(MARKERS)


@dataclass(frozen=True, slots=True)
class _State:
    """The formatting at a place in a story."""

    paragraph: Node
    character: Node
    link: str = ""


NOT_PRINTED = (
    "Properties",
    "StoryPreference",
    "InCopyExportOption",
    "MetadataPacketPreference",
    "HyperlinkTextDestination",
    "ParagraphDestination",
    "Bookmark",
    "PageReference",
    "XMLAttribute",
    "XMLComment",
    "XMLInstruction",
    "DTD",
    "Column",
    "Row",
    "GaijiOwnedItemObject",
)
"""Elements in text that are not printed, or are read elsewhere."""

NO_RANGE = Node("Range", {})
RUNNING_HINT = "use the block folio with running-head"


@dataclass(frozen=True)
class StoryReader:
    """Reads the stories of a document.

    `links` are the addresses of hyperlink sources; `values` are those of the story that is read; `findings` receives what is
    not taken.
    """

    links: Mapping[str, str]
    variables: TextVariables
    values: StoryValues
    findings: list[Finding]

    def read(self, story: Node, span: Span) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a story, a table cell or a footnote."""
        paragraphs: list[Paragraph] = []
        runs: list[Run] = []
        state = _State(NO_RANGE, NO_RANGE)
        for piece, around in self._walk(story, state, span):
            state = around
            match piece:
                case Run():
                    runs.append(piece)
                case Node(name="Br"):
                    closed = _close(runs, state, replace(span, line=piece.line))
                    start = state.character.get("ParagraphBreakType")
                    paragraphs.append(replace(closed, next_start=start))
                    runs = []
                case Node():
                    if runs:
                        paragraphs.append(_close(runs, state, replace(span, line=piece.line)))
                        runs = []
                    where = replace(span, line=piece.line)
                    paragraphs.append(replace(_close([], state, where), part=piece))
        if runs:
            paragraphs.append(_close(runs, state, span))
        return tuple(paragraphs)

    def _walk(self, node: Node, state: _State, span: Span) -> Iterator[tuple[Run | Node, _State]]:
        """Yield runs, ends of paragraphs and objects, each with the formatting around it."""
        for child in node.children:
            where = replace(span, line=child.line)
            match child.name:
                case "ParagraphStyleRange":
                    yield from self._walk(child, replace(state, paragraph=child), span)
                case "CharacterStyleRange":
                    yield from self._walk(child, replace(state, character=child), span)
                case "Content":
                    text = "".join(self._texts(child, where))
                    if text:
                        yield _run(text, state), state
                case "TextVariableInstance":
                    yield _run(self._variable(child, where), state), state
                case _ if child.name in PARTS:
                    yield child, state
                case _ if child.name in (*NOTES, *OBJECTS):
                    settings = read_settings(state.character)
                    yield (
                        Run("", state.character.get("AppliedCharacterStyle"), settings, part=child),
                        state,
                    )
                case _:
                    yield from self._other(child, state, span)

    def _other(self, child: Node, state: _State, span: Span) -> Iterator[tuple[Run | Node, _State]]:
        where = replace(span, line=child.line)
        match child.name:
            case "HyperlinkTextSource" | "CrossReferenceSource":
                link = self.links.get(child.identifier, "")
                if not link:
                    message = "a cross-reference or a link inside the document is plain text"
                    self.findings.append(lost("text", message, where))
                yield from self._walk(child, replace(state, link=link), span)
            case "Change" if child.get("ChangeType") == "DeletedText":
                message = f"a tracked deletion is not taken: '{shorten(child.text)}'"
                self.findings.append(noted("text", message, where))
            case "HiddenText":
                message = f"text that a condition hides is not taken: '{shorten(_words(child))}'"
                self.findings.append(noted("hidden", message, where))
            case "XMLElement" | "Change" | "EndnoteRange":
                yield from self._walk(child, state, span)
            case "Note":
                message = f"a note is not taken: '{shorten(_words(child))}'"
                self.findings.append(noted("text", message, where))
            case _ if child.name not in NOT_PRINTED:
                self.findings.append(lost("text", f"'{child.name}' in text is not taken", where))

    def _texts(self, content: Node, where: Span) -> Iterator[str]:
        for part in content.content:
            if isinstance(part, str):
                clean = part.translate(NONCHARACTERS)
                yield clean.replace("\u2028", LINE_BREAK).replace("\u2029", LINE_BREAK)
            elif isinstance(part, Instruction) and part.target == "ACE":
                number = part.text.strip()
                if number == SECTION_NUMBER:
                    yield SECTION_MARKER + self._section_marker(where)
                    continue
                if number not in SPECIAL_CHARACTERS:
                    message = f"special character {number} is not taken"
                    self.findings.append(lost("text", message, where))
                if number in NOT_TAKEN:
                    self.findings.append(lost("text", f"{NOT_TAKEN[number]} is not taken", where))
                yield SPECIAL_CHARACTERS.get(number, "")

    def _section_marker(self, where: Span) -> str:
        if self.values.marker is None:
            message = (
                "a section marker is not taken: it differs between the pages of its parent page"
            )
            self.findings.append(lost("text", message, where))
        return self.values.marker or ""

    def _variable(self, node: Node, where: Span) -> str:
        """Return the text of a text variable, or what represents it; text that is fixed here is noted."""
        identifier, text = node.get("AssociatedTextVariable"), node.get("ResultText")
        preference = self.variables.preference(identifier)
        kind = self.variables.kind(identifier)
        name = node.get("Name") or identifier
        if kind == LAST_PAGE_TYPE and self._is_page_count(preference):
            return preference.get("TextBefore") + LAST_PAGE + preference.get("TextAfter")
        custom = self.variables.custom_text(identifier) if kind == CUSTOM_TYPE else None
        if custom:
            return custom
        if kind in RUNNING_TYPES and (not text or text.startswith("<")):
            level = self.values.headings.get(preference.get("AppliedParagraphStyle"))
            if level:
                self.values.running_levels.append(level)
                return RUNNING_HEAD
            message = f"running header '{name}' is not taken"
            self.findings.append(lost("text", message, where, RUNNING_HINT))
            return ""
        if text:
            message = f"text variable '{name}' is fixed text: '{shorten(text)}'"
            self.findings.append(noted("text", message, where))
        return text

    def _is_page_count(self, preference: Node) -> bool:
        """Return True if the number of the last page is that of the pages, in Arabic figures."""
        values, style = self.values, preference.get("Format", "Current")
        is_whole = values.has_one_section or preference.get("Scope") == "DocumentScope"
        return values.counts_pages and is_whole and style in ("Current", "Arabic")


def _run(text: str, state: _State) -> Run:
    settings = read_settings(state.character)
    return Run(text, state.character.get("AppliedCharacterStyle"), settings, state.link)


def _close(runs: list[Run], state: _State, span: Span) -> Paragraph:
    """Return a paragraph; one without text has the formatting of its end in a run, which gives its height."""
    settings = read_settings(state.paragraph)
    style = state.paragraph.get("AppliedParagraphStyle")
    return Paragraph(style, settings, tuple(runs) or (_run("", state),), span)


def _words(node: Node) -> str:
    """Return the text of all content below an element."""
    return " ".join(content.text for content in node.all("Content"))


def shorten(text: str, most: int = 40) -> str:
    """Return the beginning of a text, for messages."""
    numbered = text.replace(PAGE_NUMBER, "#").replace(LAST_PAGE, "#")
    plain = " ".join(numbered.translate(NONCHARACTERS).split())
    return plain if len(plain) <= most else f"{plain[:most]}…"


def read_links(document: Node) -> dict[str, str]:
    """Return the web addresses of hyperlink sources by identifier, from the document map."""
    targets = {
        node.identifier: node.get("DestinationURL")
        for node in document.children
        if node.name == "HyperlinkURLDestination"
    }
    found = {}
    for node in document.children:
        if node.name == "Hyperlink":
            target = targets.get(node.get("Destination") or node.get("DestinationUniqueKey"), "")
            if target.startswith(("http://", "https://", "mailto:", "tel:")):
                found[node.get("Source")] = target
    return found
