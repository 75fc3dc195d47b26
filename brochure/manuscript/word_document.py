"""Read a Word document: its body as paragraphs and tables, its notes and comments, and what was not taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.message_text import STRONG, MarkedText
from brochure.manuscript.losses import Losses, shorten
from brochure.manuscript.model import (
    MAX_PARAGRAPHS,
    Kind,
    Manuscript,
    ManuscriptCell,
    ManuscriptParagraph,
    ManuscriptTable,
    Pieces,
    Role,
    StyleUse,
    text_of,
)
from brochure.manuscript.spaces import tidy
from brochure.manuscript.style_map import StyleMap
from brochure.manuscript.word_elements import local, words_of
from brochure.manuscript.word_notes import read_comments, read_notes, report_headers
from brochure.manuscript.word_numbering import read_numbering
from brochure.manuscript.word_package import W, open_word
from brochure.manuscript.word_runs import ALTERNATE, DELETED, INSERTED, RunReader, WordContext
from brochure.manuscript.word_styles import OFF, child, is_on, outline_level, read_styles, value
from brochure.manuscript.word_tables import read_rows

Block = ManuscriptParagraph | ManuscriptTable

BLOCK_CONTAINERS = ("customXml", "smartTag", "sdtContent")
PARAGRAPH_FORMATTING = {
    "jc": "alignment",
    "ind": "indents",
    "spacing": "space between lines and paragraphs",
    "shd": "shading",
    "pBdr": "borders",
    "framePr": "a frame",
    "tabs": "tab stops",
}
MAX_HEADING = 80
"""Characters of a bold paragraph that is probably a heading."""


def read_word(data: bytes, name: str, style_map: StyleMap, *, accept: bool | None) -> Manuscript:
    """Return the manuscript in a Word document.

    Args:
        data: The document.
        name: Its name, for messages.
        style_map: What its styles become.
        accept: Whether tracked changes are accepted or rejected; None if there should be none.

    Raises:
        InputError: It is not a Word document, is damaged or too large, or has tracked changes and `accept` is None.
    """
    package = open_word(data, name)
    body = child(package.root(package.main), "body")
    if body is None:
        raise InputError([Finding("manuscript-form", "the document has no text", Span(name))])
    _check_changes(body, name, accept=accept)
    losses = Losses(name)
    context = WordContext(
        package,
        read_styles(package.related_root("styles"), style_map),
        read_numbering(package.related_root("numbering")),
        losses,
        accept is not False,
        read_comments(package, losses),
    )
    reader = _BodyReader(context)
    blocks = tuple(reader.read(body))
    notes = read_notes(context, {piece.note for pieces in reader.all_pieces for piece in pieces})
    report_headers(package, losses)
    styles = tuple(
        StyleUse(name, count, role) for (name, role), count in reader.styles.most_common()
    )
    findings = tuple(losses.findings())
    return Manuscript(blocks, notes, findings, "", styles, dict(context.characters))


def _check_changes(body: Any, name: str, *, accept: bool | None) -> None:
    """Raise InputError if there are tracked changes, and it is not said what to do with them."""
    if accept is not None:
        return
    tags = [f"{W}{one}" for one in (*INSERTED, *DELETED, "cellIns", "cellDel")]
    count = sum(1 for _ in body.iter(*tags))
    if count:
        message = f"the document has {count:,} tracked changes"
        hint = "add --changes accept or --changes reject"
        raise InputError([Finding("manuscript-changes", message, Span(name), hint)])


@dataclass(frozen=True)
class _BodyReader:
    """Reads the body. `kept` has the pieces of a paragraph whose end was deleted; they belong to the next one."""

    context: WordContext
    count: list[int] = field(default_factory=lambda: [0])
    kept: list[MarkedText] = field(default_factory=list)
    kept_comments: list[str] = field(default_factory=list)
    styles: Counter[tuple[str, Role]] = field(default_factory=Counter)
    all_pieces: list[Pieces] = field(default_factory=list)

    def read(self, body: Any) -> Iterator[Block]:
        """Yield the blocks of a body, a cell or a content control."""
        for node in body:
            name = local(node)
            match name:
                case "p":
                    yield from self._paragraph(node)
                case "tbl":
                    yield from self._table(node)
                case "sdt":
                    yield from self._control(node)
                case "ins" | "del" | "moveTo" | "moveFrom":
                    if not self.context.is_removed(name):
                        yield from self.read(node)
                case "altChunk":
                    self.context.losses.add(
                        "text", "an embedded document is not taken", self.count[0]
                    )
                case _ if name in BLOCK_CONTAINERS:
                    yield from self.read(node)
                case _ if node.tag == ALTERNATE and len(node):
                    yield from self.read(node[0])

    def _control(self, node: Any) -> Iterator[Block]:
        properties, content = child(node, "sdtPr"), child(node, "sdtContent")
        gallery = value(child(child(properties, "docPartObj"), "docPartGallery"))
        if "contents" in gallery.casefold():
            hint = "use the block contents in the layout"
            words = "".join(words_of(content))
            self.context.losses.add(
                "contents", "a table of contents is not taken", self.count[0] + 1, words, hint
            )
            self.count[0] += sum(1 for _ in node.iter(f"{W}p"))
        elif is_on(properties, "showingPlcHdr"):
            words = "".join(words_of(content))
            what = "the placeholder of an empty content control is not taken"
            self.context.losses.add("text", what, self.count[0] + 1, words)
        elif content is not None:
            yield from self.read(content)

    # Paragraphs

    def _paragraph(self, node: Any) -> Iterator[Block]:
        self.count[0] += 1
        if self.count[0] > MAX_PARAGRAPHS:
            message = f"the manuscript has more than {MAX_PARAGRAPHS:,} paragraphs"
            hint = "divide it into several files"
            raise InputError(
                [Finding("manuscript-size", message, Span(self.context.package.name), hint)]
            )
        properties = self._properties(node)
        style = self.context.styles.paragraph_style(properties)
        reader = RunReader(self.context, style, self.count[0])
        was_contents = self.context.in_contents()
        reader.read(node)
        self._close_fields()
        pieces = [*self.kept, *reader.pieces]
        comments = [*self.kept_comments, *reader.comments]
        self.kept.clear()
        self.kept_comments.clear()
        if self._has_no_end(properties):
            self.kept.extend(pieces)
            self.kept_comments.extend(comments)
            return
        role = self.context.styles.role(style)
        if self._is_contents(style, role, was_contents=was_contents):
            return
        tidied = tidy(pieces, reader.lose)
        if child(properties, "sectPr") is not None:
            self.context.losses.add(
                "break", "a section break is not taken", self.count[0], reader_words(tidied)
            )
        if not tidied:
            if not reader.objects:
                reader.lose("spacing", "an empty paragraph is not taken")
            return
        yield from self._block(node, tidied, tuple(comments), properties)

    def _properties(self, node: Any) -> Any | None:
        """Return the properties of a paragraph; those before a tracked change if changes are rejected."""
        properties = child(node, "pPr")
        change = child(properties, "pPrChange")
        if change is None:
            return properties
        done = "accepted" if self.context.accept else "rejected"
        words = "".join(words_of(node))
        self.context.losses.add("changes", f"tracked formatting is {done}", self.count[0], words)
        return properties if self.context.accept else child(change, "pPr")

    def _has_no_end(self, properties: Any | None) -> bool:
        """Return True if the paragraph's end is removed by a tracked change, so that the next one continues it."""
        mark = child(properties, "rPr")
        return any(
            child(mark, name) is not None and self.context.is_removed(name)
            for name in (*INSERTED, *DELETED)
        )

    def _close_fields(self) -> None:
        """Close fields whose instructions do not end in their paragraph: the document is damaged there."""
        fields = self.context.fields
        fields[:] = [one for one in fields if one.results]

    def _is_contents(self, style: str, role: Role, *, was_contents: bool) -> bool:
        """Return True for an entry of a table of contents, which is not taken."""
        if self.context.styles.is_contents(style):
            if not self.context.fields and not was_contents:
                what = "the entry of a table of contents is not taken"
                self.context.losses.add("contents", what, self.count[0])
            return True
        if was_contents and role.kind in (Kind.HEADING, Kind.TITLE):
            self.context.fields.clear()
            return False
        return was_contents

    def _block(
        self, node: Any, pieces: Pieces, comments: tuple[str, ...], properties: Any | None
    ) -> Iterator[Block]:
        styles = self.context.styles
        style = styles.paragraph_style(properties)
        role = styles.role(style)
        line = self.count[0]
        if role.kind is Kind.TEXT and (level := outline_level(properties)):
            role = Role(Kind.HEADING, level)
        numbering = child(properties, "numPr")
        numbering = styles.numbering(style) if numbering is None else numbering
        item = self.context.numbering.take(numbering) if numbering is not None else None
        self.styles[styles.name(style), role] += 1
        if role.kind is Kind.SKIP:
            words = text_of(pieces)
            self.context.losses.add(
                "style", f"paragraphs in the style '{styles.name(style)}' are skipped", line, words
            )
            return
        if not styles.is_known(style):
            hint = "say what it becomes in the mapping file"
            what = f"the style '{styles.name(style)}' is taken as {_say_role(role)}"
            self.context.losses.add("style", what, line, text_of(pieces), hint)
        self._report_formatting(properties, pieces, is_item=item is not None)
        self.all_pieces.append(pieces)
        made = ManuscriptParagraph(role, pieces, line, role.level, comments=comments)
        if role.kind in (Kind.HEADING, Kind.TITLE, Kind.SUBTITLE):
            if item is not None:
                what = "the number of a heading is not taken"
                self.context.losses.add("list", what, line, text_of(pieces))
            made = replace(made, pieces=_without_common_bold(pieces))
        elif item is not None and role.kind in (Kind.TEXT, Kind.BULLET, Kind.NUMBER):
            level_kind = role.kind if role.kind is not Kind.TEXT else item.level.kind
            made = replace(
                made,
                role=replace(role, kind=level_kind),
                level=item.depth,
                number=item.number,
                starts=item.starts,
            )
            if item.level.form not in ("bullet", "decimal"):
                what = f"list numbers in the format {item.level.form[:20]} are 1, 2, 3 here"
                self.context.losses.add("list", what, line, text_of(pieces))
        elif role.kind is Kind.TEXT:
            self._report_look(pieces)
        yield made

    def _report_look(self, pieces: Pieces) -> None:
        """Record paragraphs that look like headings or list items, but have no style that says so."""
        words = text_of(pieces)
        all_bold = all(STRONG in piece.marks or not piece.text.strip() for piece in pieces)
        if all_bold and len(words) <= MAX_HEADING and not words.endswith((".", ":", ";", ",")):
            hint = "give it a heading style in Word"
            self.context.losses.add(
                "style", "a bold paragraph is text; is it a heading?", self.count[0], words, hint
            )
        if words[:2] in TYPED_BULLETS:
            hint = "make it a list in Word"
            self.context.losses.add(
                "list", "a typed bullet stays in the text", self.count[0], words, hint
            )

    def _report_formatting(self, properties: Any | None, pieces: Pieces, *, is_item: bool) -> None:
        for node in () if properties is None else properties:
            name = local(node)
            is_default = name == "jc" and value(node) in ("left", "start", "both")
            is_list = is_item and name in ("ind", "tabs")
            is_off = name == "shd" and value(node, "fill") in ("", "auto")
            if name in PARAGRAPH_FORMATTING and not (is_default or is_list or is_off):
                what = f"{PARAGRAPH_FORMATTING[name]} of a paragraph, set by hand, is not taken"
                self.context.losses.add("formatting", what, self.count[0], text_of(pieces))
            if name == "pageBreakBefore" and value(node) not in OFF:
                what, hint = "a page break is not taken", "pages are in the layout"
                self.context.losses.add("break", what, self.count[0], text_of(pieces), hint)

    # Tables

    def _table(self, node: Any) -> Iterator[Block]:
        line = self.count[0] + 1
        table = read_rows(node, self.context, line)
        if sum(len(row) for row in table.rows) == 1:
            what = "a table of one cell is taken as text; use the block box in the layout"
            self.context.losses.add("table", what, line, "".join(words_of(node))[:200])
            yield from self.read(table.rows[0][0].node)
            return
        rows = tuple(
            tuple(replace_cell(self._cell(cell.node), cell.columns, cell.rows) for cell in row)
            for row in table.rows
        )
        if rows and any(cell.text for row in rows for cell in row):
            yield ManuscriptTable(rows, table.head, line)

    def _cell(self, node: Any) -> ManuscriptCell:
        paragraphs: list[Pieces] = []
        comments: list[str] = []
        for block in self.read(node):
            if isinstance(block, ManuscriptTable):
                what = "a table inside a table is taken as paragraphs of its cell"
                self.context.losses.add("table", what, block.line)
                inner = [cell for row in block.rows for cell in row]
                paragraphs += [one for cell in inner for one in cell.paragraphs]
                continue
            if block.role.kind in (Kind.BULLET, Kind.NUMBER):
                what = "a list inside a table is taken as paragraphs of its cell"
                self.context.losses.add("list", what, block.line, block.text)
            paragraphs.append(block.pieces)
            comments += block.comments
        return ManuscriptCell(tuple(paragraphs), comments=tuple(comments))


def replace_cell(cell: ManuscriptCell, columns: int, rows: int) -> ManuscriptCell:
    """Return a cell that spans columns and rows."""
    return replace(cell, columns=columns, rows=rows)


TYPED_BULLETS = ("• ", "· ", "- ", "– ", "* ", "o ", "▪ ")


def reader_words(pieces: Pieces) -> str:
    """Return the beginning of a paragraph, for messages."""
    return shorten(text_of(pieces))


def _say_role(role: Role) -> str:
    return f"a heading of level {role.level}" if role.kind is Kind.HEADING else role.kind.value


def _without_common_bold(pieces: Pieces) -> Pieces:
    """Return the words of a heading without bold if all of them are bold: the style of the heading decides."""
    if not all(STRONG in piece.marks or piece.note or not piece.text.strip() for piece in pieces):
        return pieces
    return tuple(
        replace(piece, marks=tuple(one for one in piece.marks if one != STRONG)) for piece in pieces
    )
