"""Stories of an InDesign document as paragraphs of runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.losses import lost, noted
from brochure.idml.type_settings import Settings, read_settings
from brochure.idml.xml_nodes import Instruction, Node
from brochure.l10n.message_text import LAST_PAGE, LINE_BREAK, PAGE_NUMBER

END_NESTED_STYLE, INDENT_HERE, SECTION_MARKER = "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters that represent InDesign's markers until the text is written."""

MARKERS = str.maketrans("", "", END_NESTED_STYLE + INDENT_HERE + SECTION_MARKER)
NONCHARACTERS = str.maketrans("", "", "".join(map(chr, range(0xFDD0, 0xFDF0))) + "\ufeff\r")
"""Characters that no text has: those that represent something, and InDesign's own markers."""

SPECIAL_CHARACTERS = {
    "18": PAGE_NUMBER,
    "19": SECTION_MARKER,
    "24": PAGE_NUMBER,
    "25": PAGE_NUMBER,
    "8": "\t",  # right indent tab
    "3": END_NESTED_STYLE,
    "7": INDENT_HERE,
    "4": "",  # footnote number, which is set anew
}
NOT_TAKEN = {
    "19": "a section marker",
    "24": "a next-page number; this page's is printed",
    "25": "a previous-page number; this page's is printed",
    "8": "a right indent tab; it is a normal tab here",
    "7": "an indent-to-here character",
}
"""Special characters that are lost or changed, by their number in `<?ACE 18?>`."""

PARTS = ("Br", "Table")
"""Elements in text that end a paragraph, or are in its place."""

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
    """A paragraph: its style, its local settings, its runs, and a table in its place."""

    style: str
    settings: Settings
    runs: tuple[Run, ...]
    span: Span
    part: Node | None = None

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


NO_RANGE = Node("Range", {})


@dataclass(frozen=True)
class StoryReader:
    """Reads the stories of a document.

    `links` are the addresses of hyperlink sources; `findings` receives what is not taken.
    """

    links: Mapping[str, str]
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
                    paragraphs.append(_close(runs, state, replace(span, line=piece.line)))
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
                case _ if child.name in ("Footnote", *OBJECTS):
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
            case "XMLElement" | "Change" | "EndnoteRange" | "HiddenText":
                yield from self._walk(child, state, span)
            case "Note":
                message = f"a note is not taken: '{shorten(_words(child))}'"
                self.findings.append(noted("text", message, where))
            case "Endnote":
                message = f"an endnote is not taken: '{shorten(_words(child))}'"
                self.findings.append(lost("footnote", message, where))

    def _texts(self, content: Node, where: Span) -> Iterator[str]:
        for part in content.content:
            if isinstance(part, str):
                clean = part.translate(NONCHARACTERS)
                yield clean.replace("\u2028", LINE_BREAK).replace("\u2029", LINE_BREAK)
            elif isinstance(part, Instruction) and part.target == "ACE":
                number = part.text.strip()
                if number in NOT_TAKEN:
                    self.findings.append(lost("text", f"{NOT_TAKEN[number]} is not taken", where))
                yield SPECIAL_CHARACTERS.get(number, "")

    def _variable(self, node: Node, where: Span) -> str:
        """Return the text of a text variable; the last page's number stays a variable."""
        name = node.get("AssociatedTextVariable").rpartition("n")[2] or node.get("Name")
        if "Last Page Number" in node.get("AssociatedTextVariable"):
            return LAST_PAGE
        text = node.get("ResultText")
        message = f"text variable '{node.get('Name') or name}' is fixed text: '{shorten(text)}'"
        self.findings.append(noted("text", message, where))
        return text


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
    plain = " ".join(text.replace(PAGE_NUMBER, "#").replace(LAST_PAGE, "#").split())
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
