"""Stories as blocks of the layout and messages of the copy, with keys from headings, styles and order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.anchored import AnchoredObjects, is_inline
from brochure.idml.copy_names import key_for_style, name_story
from brochure.idml.losses import lost
from brochure.idml.nested_styles import apply_nested_styles
from brochure.idml.runs import line_height, local_settings, main_run, strip_message, without_edges
from brochure.idml.stories import NOTES as NOTE_MARKS
from brochure.idml.stories import Paragraph, Run, StoryReader, remove_markers
from brochure.idml.tables import Cell, most_common, read_rows, table_look, table_losses
from brochure.idml.text_styles import TextStyles
from brochure.idml.text_variables import RUNNING_HEAD
from brochure.idml.type_settings import (
    CAN_BREAK,
    DROP_CAP_STYLE,
    SPACE_ABOVE,
    Keys,
    Settings,
    is_list,
    number_of,
    points,
    space_above,
    text_of,
)
from brochure.idml.xml_nodes import Node
from brochure.l10n.message_text import (
    IN_BRACKETS,
    PAGE_NUMBER,
    MarkedText,
    write_marked,
)
from brochure.spec.names import NamePool, slug

MAX_NOTE_WORDS = 3
"""Words of a note that its name has."""

NOTES = "notes"
"""The group of a section's footnotes."""


@dataclass(frozen=True, slots=True)
class StyledText:
    """A paragraph as the copy has it: what it is, its style, and its text with marks."""

    kind: str
    style: str
    text: str
    level: int = 0
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the copy: its key, its label, which is the same for all messages of a style, and its text."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class CopyWriter:
    """Writes the messages of the copy.

    `copy` has them by section and key, `messages` in their order, and `stories` by the identifier of their story. Marks of
    character styles that are not in `known_marks` are left out; if it is None, all are known.
    """

    styles: TextStyles
    reader: StoryReader
    findings: list[Finding]
    copy: dict[str, dict[str, str]] = field(default_factory=dict)
    sections: NamePool = field(default_factory=NamePool)
    pools: dict[str, NamePool] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    stories: dict[str, tuple[Message, ...]] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Footnotes and endnotes, each with its paragraph style."""
    endnotes: Mapping[str, tuple[Node, Span]] = field(default_factory=dict)
    """The words of endnotes by the identifier of their range."""
    known_marks: frozenset[str] | None = None
    anchored: AnchoredObjects | None = None

    def add(self, section: str, name: str, text: str, label: str = "") -> str:
        """Add a message to a section, and return its key."""
        pool = self.pools.setdefault(section, NamePool())
        key = pool.claim(name)
        self.copy.setdefault(section, {})[key] = text
        self.messages.append(Message(f"{section}.{key}", label or name, text))
        return f"{section}.{key}"

    def blocks(
        self, paragraphs: Sequence[Paragraph], name: str, around: Settings
    ) -> tuple[list[object], str]:
        """Return the blocks of a story and the section of its messages.

        `name` is the name of its frame, if the designer gave it one; `around` are settings of the story and its frame.
        """
        section = self.sections.claim(slug(name or name_story(paragraphs, self.styles), "text"))
        return list(self._write_blocks(self._styled(paragraphs, section, around), section)), section

    def _styled(
        self, paragraphs: Sequence[Paragraph], section: str, story: Settings
    ) -> Iterator[StyledText | Keys]:
        """Yield the paragraphs with text, tables and objects; empty ones become space above the next."""
        space, is_first, start, below = 0.0, True, "", 0.0
        for paragraph in paragraphs:
            if paragraph.part is not None:
                yield from self._table(paragraph, section, story)
                continue
            paragraph = replace(paragraph, settings={**story, **paragraph.settings})  # noqa: PLW2901  # with the settings of its story
            around = {**self.styles.settings(paragraph.style), **paragraph.settings}
            begins = start or text_of(around, "StartParagraph", ANYWHERE)
            if paragraph.text.strip() and begins != ANYWHERE and not is_first:
                yield from self._break(begins, around, paragraph.span)
                space, is_first = 0.0, True
            start = paragraph.next_start or ("" if paragraph.text.strip() else start)
            start = "" if start == ANYWHERE else start
            paragraph, objects = self._divide(paragraph, around)  # noqa: PLW2901  # without objects
            yield from self._objects(objects, paragraph.span, section, story)
            if objects and not paragraph.runs:
                is_first = False
                continue
            if not paragraph.text.strip() and not any(run.part for run in paragraph.runs):
                if is_first:
                    message = "an empty paragraph at the top of a frame is not taken"
                    self.findings.append(lost("text", message, paragraph.span))
                else:
                    space += line_height({**around, **paragraph.runs[0].settings})
                continue
            gap = None if is_first else (space, below)
            yield self._styled_text(paragraph, around, gap, section)
            space, is_first = 0.0, False
            below = max(0.0, number_of(around, "SpaceAfter"))

    def _break(self, begins: str, settings: Settings, span: Span) -> Iterator[Keys]:
        """Yield a column break, if the text has another column or frame to go on in."""
        if text_of(settings, CAN_BREAK) != "true":
            message = "a break to the next column or frame is not taken: the text has only one"
            self.findings.append(lost("text", message, span))
            return
        if begins != "NextColumn":
            message = "a break to the next frame or page is one to the next column"
            self.findings.append(lost("text", message, span))
        yield {"column-break": None}

    def _styled_text(
        self,
        paragraph: Paragraph,
        around: Settings,
        gap: tuple[float, float] | None,
        section: str,
    ) -> StyledText:
        """Return a paragraph with its style.

        `gap` is the height of empty paragraphs above it, and the space below the one above them; None at the top of a frame.
        """
        main = main_run(paragraph.runs, around)
        overrides = {**paragraph.settings, **local_settings(main)}
        empty, below = gap or (0.0, 0.0)
        above = max(0.0, number_of(around, "SpaceBefore")) + empty + below
        if gap and abs(max(space_above(around), below) - above) > MIN_GAP:
            overrides[SPACE_ABOVE] = f"{above:g}"
        settings = {**around, **paragraph.settings}
        marker = is_list(settings)
        indent = max(0.0, number_of(settings, "LeftIndent")) if marker else 0.0
        style = self.styles.paragraph(paragraph.style, overrides, paragraph.span)
        initial = self._initial_style(paragraph.runs[0], settings, style)
        if initial:  # the style of a drop cap is in the paragraph style, not in the text
            overrides[DROP_CAP_STYLE] = initial
            style = self.styles.paragraph(paragraph.style, overrides, paragraph.span)
            first = replace(paragraph.runs[0], style="", settings={})
            paragraph = replace(paragraph, runs=(first, *paragraph.runs[1:]))
        nested = self.styles.nested_styles(settings, style, paragraph.span)
        drop_cap = round(number_of(settings, "DropCapCharacters"))
        pieces = [
            self._inline(run.part, settings, section, paragraph.span)
            if run.part
            else MarkedText(run.text, self._marks(style, settings, run), run.link)
            for run in apply_nested_styles(paragraph.runs, nested, drop_cap)
        ]
        level = self.styles.heading(paragraph.style)
        kind = (
            "folio" if PAGE_NUMBER in paragraph.text else marker or ("heading" if level else "text")
        )
        placeholders = self.reader.variables.placeholders
        text = strip_message(write_marked(without_edges(pieces), placeholders))
        if kind == "folio":
            return self._folio(paragraph, style)
        if RUNNING_HEAD in paragraph.text:
            message = "a running header without a page number beside it is not taken"
            self.findings.append(lost("text", message, paragraph.span))
            text = text.replace(RUNNING_HEAD, "")
        return StyledText(kind, style, text, level, points(indent) if indent else "")

    def _folio(self, paragraph: Paragraph, style: str) -> StyledText:
        """Return a paragraph with a page number, and with a running head if there is nothing else beside it."""
        text = paragraph.text.strip()
        placeholders = self.reader.variables.placeholders
        before, head, after = text.partition(RUNNING_HEAD)
        rest = f"{before}{after}".replace(PAGE_NUMBER, "").strip()
        if head and not rest:
            order = "number-first" if PAGE_NUMBER in before else ""
            return StyledText("folio", style, order, self.reader.values.running_level)
        if head:
            message = "a running header between other text is not taken"
            self.findings.append(lost("text", message, paragraph.span))
        written = write_marked([MarkedText(text.replace(RUNNING_HEAD, ""))], placeholders)
        return StyledText("folio", style, written)

    def _initial_style(self, run: Run, settings: Settings, style: str) -> str:
        """Return the character style of a drop cap that has a formatting of its own; empty if it has none."""
        count = round(number_of(settings, "DropCapCharacters"))
        if number_of(settings, "DropCapLines") < MIN_DROP_LINES or len(run.text) != count:
            return ""
        marks = self._marks(style, settings, run)
        return "" if not marks or marks[0] in IN_BRACKETS else marks[0]

    # Footnotes and anchored objects

    def _divide(self, paragraph: Paragraph, around: Settings) -> tuple[Paragraph, list[Node]]:
        """Return a paragraph without the objects that are blocks, and these; a picture in a line of text stays in it."""
        has_text = bool(paragraph.text.strip())
        kept: list[Run] = []
        objects: list[Node] = []
        for run in paragraph.runs:
            size = number_of({**around, **run.settings}, "PointSize", 12.0)
            part = run.part
            is_block = part is not None and part.name not in NOTE_MARKS
            if part is not None and is_block and not (has_text and is_inline(part, size)):
                objects.append(part)
            else:
                kept.append(run)
        is_empty = not any(remove_markers(run.text) or run.part for run in kept)
        return replace(paragraph, runs=() if objects and is_empty else tuple(kept)), objects

    def _objects(
        self, objects: Sequence[Node], span: Span, section: str, story: Settings
    ) -> Iterator[Keys]:
        """Yield the blocks of anchored objects."""
        for node in objects:
            if self.anchored is None:
                continue
            block = self.anchored.block(
                node,
                replace(span, line=node.line),
                lambda paragraphs: [
                    *self._write_blocks(
                        self._styled(paragraphs, section, _without_breaks(story)), section
                    )
                ],
                lambda text: self.add(section, "alt", text),
            )
            if block:
                yield block

    def _inline(self, part: Node, settings: Settings, section: str, span: Span) -> MarkedText:
        """Return a footnote or a picture in a line of text."""
        if part.name in NOTE_MARKS:
            return self._note(part, section, span)
        if self.anchored is None:
            return MarkedText("")
        size = number_of(settings, "PointSize", 12.0)
        return self.anchored.inline(part, size, replace(span, line=part.line))

    def _note(self, note: Node, section: str, span: Span) -> MarkedText:
        """Add the words of a footnote or an endnote to the notes of a section, and return its mark."""
        words = note, replace(span, line=note.line)
        if note.name == "Endnote":
            words = self.endnotes.get(note.get("EndnoteTextRange"), words)
        paragraphs = self.reader.read(*words)
        pieces = [
            piece
            for piece in self._styled(paragraphs, section, {})
            if isinstance(piece, StyledText)
        ]
        text = "\n\n".join(piece.text.lstrip("\t ") for piece in pieces)
        if not text:
            message = (
                f"a mark of {'an endnote' if note.name == 'Endnote' else 'a footnote'} has no words"
            )
            self.findings.append(lost("footnote", message, words[1]))
            return MarkedText("")
        self.notes.append((note.name, pieces[0].style))
        name = " ".join("".join(one.text for one in paragraphs).split()[:MAX_NOTE_WORDS])
        key = self.add(section, f"{NOTES}.{slug(name, 'note')}", text, NOTES)
        return MarkedText("", note=key.rpartition(".")[2])

    def _marks(self, style: str, settings: Settings, run: Run) -> tuple[str, ...]:
        mark = self.styles.mark(style, settings, run)
        is_known = self.known_marks is None or mark in IN_BRACKETS or mark in self.known_marks
        return (mark,) if mark and is_known else ()

    def _write_blocks(self, pieces: Iterator[StyledText | Keys], section: str) -> Iterator[object]:
        """Yield blocks; paragraphs of one style are one message, items of a list one block."""
        group: list[StyledText] = []
        for piece in pieces:
            if isinstance(piece, StyledText):
                if group and not _belong_together(group[-1], piece):
                    yield self._block(group, section)
                    group = []
                group.append(piece)
                continue
            if group:
                yield self._block(group, section)
                group = []
            yield piece
        if group:
            yield self._block(group, section)

    def _block(self, group: Sequence[StyledText], section: str) -> Keys:
        first = group[0]
        style = first.style
        if first.kind == "folio" and first.level:
            order = {"order": first.text} if first.text else {}
            return {"folio": None, "running-head": first.level, **order, "style": style}
        if first.kind == "folio":
            is_number = first.text == "{page}"
            message = None if is_number else self.add(section, "folio", first.text)
            return {"folio": message, "style": style}
        if first.kind in ("bullet", "number"):
            items: list[object] = [self.add(section, "item", one.text) for one in group]
            found: Keys = {"list": items, "marker": first.kind, "style": style}
            return found | ({"indent": first.indent} if first.indent else {})
        if first.kind == "heading":
            key = self.add(section, "head", first.text)
            return {"heading": key, "level": first.level, "style": style}
        text = "\n\n".join(one.text for one in group)
        key = self.add(section, key_for_style(style), text)
        return {"text": key} if style == "body" else {"text": key, "style": style}

    def _table(self, paragraph: Paragraph, section: str, story: Settings) -> Iterator[Keys]:
        """Yield the block of a table: its cells are messages of their own, in the styles of most of them."""
        if paragraph.part is None:
            return
        table = read_rows(paragraph.part)
        rows: list[object] = []
        styles: tuple[list[str], list[str]] = [], []
        for at, row in enumerate(table.rows):
            cells: list[object] = []
            for cell in row:
                span = replace(paragraph.span, line=cell.node.line)
                texts = self._cell(cell, span, section, _without_breaks(story))
                styles[at < table.head_rows].extend(one.style for one in texts)
                text = "\n\n".join(one.text for one in texts)
                key: object = self.add(section, "cell", text) if text else None
                cells.append({"text": key, **cell.spans} if cell.spans else key)
            rows.append(cells)
        found: Keys = {"table": rows, "head": table.head_rows, "columns": list(table.widths)}
        body, head = styles
        if body:
            found["style"] = most_common(body)
        if head:
            found["head-style"] = most_common(head)
        found["space-before"] = points(max(0.0, table.node.number("SpaceBefore", 4.0)))
        found["space-after"] = points(max(0.0, table.node.number("SpaceAfter", -4.0)))
        yield found | table_look(table, self.styles.swatches)
        for words in table_losses(table, styles):
            message = f"the table is taken without {words}"
            self.findings.append(lost("table", message, paragraph.span))

    def _cell(self, cell: Cell, span: Span, section: str, story: Settings) -> Sequence[StyledText]:
        """Return the paragraphs of a cell."""
        found = self._styled(self.reader.read(cell.node, span), section, story)
        kept = []
        for piece in found:
            if isinstance(piece, StyledText):
                kept.append(piece)
            else:
                message = "a table or an object in a cell of a table is not taken"
                self.findings.append(lost("table", message, span))
        return kept


ANYWHERE = "Anywhere"
MIN_DROP_LINES = 2
MIN_GAP = 0.5
"""Difference in points of the space above a paragraph that gives it a style of its own."""


def _without_breaks(story: Settings) -> Settings:
    return {name: value for name, value in story.items() if name != CAN_BREAK}


def _belong_together(one: StyledText, other: StyledText) -> bool:
    """Return True for paragraphs of one text block or one list."""
    same = (one.kind, one.style, one.indent) == (other.kind, other.style, other.indent)
    return same and one.kind in ("text", "bullet", "number")
