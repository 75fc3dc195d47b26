"""Read a Markdown file: CommonMark with tables, footnotes and front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.l10n.message_text import EMPHASIS, LINE_BREAK, STRONG, MarkedText
from brochure.manuscript.losses import Losses
from brochure.manuscript.model import (
    MAX_PARAGRAPHS,
    Kind,
    Manuscript,
    ManuscriptCell,
    ManuscriptParagraph,
    ManuscriptTable,
    Pieces,
    Role,
)
from brochure.manuscript.spaces import tidy
from brochure.manuscript.style_map import StyleMap
from brochure.manuscript.word_fields import check_link
from brochure.spec import yaml_tree

MAX_BYTES = 1_000_000
"""About two hundred pages of text."""

Block = ManuscriptParagraph | ManuscriptTable
COMMENT = re.compile(r"\A\s*<!--(.*?)-->\s*\Z", re.DOTALL)
LINE_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKS = {"strong": STRONG, "em": EMPHASIS}


def read_markdown(data: bytes, name: str, style_map: StyleMap) -> Manuscript:
    """Return the manuscript in a Markdown file.

    Raises:
        InputError: The file is not UTF-8 text, or is too large.
    """
    if len(data) > MAX_BYTES:
        message = f"the manuscript has {len(data):,} bytes; the maximum is {MAX_BYTES:,}"
        raise InputError(
            [Finding("manuscript-size", message, Span(name), "divide it into several files")]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = data[: failure.start].count(b"\n") + 1
        message = "the file is not UTF-8 from here on"
        raise InputError(
            [Finding("manuscript-encoding", message, Span(name, line), "save it as UTF-8")]
        ) from None
    losses = Losses(name)
    reader = _MarkdownReader(losses, style_map, name)
    blocks = tuple(reader.read(_parse(text)))
    return Manuscript(
        blocks,
        dict(reader.notes),
        tuple(losses.findings()),
        reader.title[-1] if reader.title else "",
    )


def _parse(text: str) -> Any:
    # Imported here: the parser is needed for imports only.
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark").enable("table")
    parser.use(footnote_plugin).use(front_matter_plugin)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # checked later, with our own message
    return SyntaxTreeNode(parser.parse(text))


@dataclass(frozen=True)
class _MarkdownReader:
    """Reads the tree of a file; `comments` are those before the next paragraph."""

    losses: Losses
    style_map: StyleMap
    name: str
    notes: dict[str, tuple[Pieces, ...]] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    count: list[int] = field(default_factory=lambda: [0])

    def read(self, node: Any) -> Iterator[Block]:
        """Yield the blocks of a document, an item or a quotation."""
        for part in node.children:
            yield from self._read_block(part, "text", 0)

    def _read_block(self, node: Any, around: str, depth: int) -> Iterator[Block]:
        line = node.map[0] + 1 if node.map else 1
        match node.type:
            case "heading":
                default = Role(Kind.HEADING, int(node.tag[1:]))
                yield from self._paragraph(node, f"heading {default.level}", default, line)
            case "paragraph":
                default = Role(Kind.QUOTE if around == "quote" else Kind.TEXT)
                yield from self._paragraph(node, around, default, line)
            case "blockquote":
                for part in node.children:
                    yield from self._read_block(part, "quote", depth)
            case "bullet_list" | "ordered_list":
                yield from self._list(node, depth)
            case "table":
                yield self._table(node, line)
            case _:
                yield from self._read_other(node, line)

    def _read_other(self, node: Any, line: int) -> Iterator[Block]:
        match node.type:
            case "front_matter":
                yield from self._front_matter(node)
            case "footnote_block":
                self._read_notes(node)
            case "fence" | "code_block":
                yield from self._code(node, line)
            case "html_block":
                self._html(node.content, line)
            case "hr":
                self.losses.add("break", "a thematic break is not taken", line)

    def _front_matter(self, node: Any) -> Iterator[Block]:
        root, findings = yaml_tree.compose(node.content.encode(), self.name)
        title = root.get("title") if isinstance(root, yaml_tree.Mapping) else None
        if findings or (node.content.strip() and not isinstance(root, yaml_tree.Mapping)):
            self.losses.add("text", "the front matter is not valid YAML and is not taken", 1)
        elif isinstance(root, yaml_tree.Mapping):
            others = [key.value for key, _ in root.entries if key.value != "title"]
            if others:
                self.losses.add(
                    "text", "front matter is not taken, except for the title", 1, ", ".join(others)
                )
        if isinstance(title, yaml_tree.Scalar) and title.value.strip():
            self.title.append(title.value.strip())
            pieces = self._tidied([MarkedText(title.value)], 2)
            if pieces:
                yield ManuscriptParagraph(self._role("title", Role(Kind.TITLE)), pieces, 2)

    def _role(self, name: str, default: Role) -> Role:
        return self.style_map.find_role(name) or default

    def _paragraph(self, node: Any, name: str, default: Role, line: int) -> Iterator[Block]:
        self._count(line)
        role = self._role(name, default)
        pieces = self._inline(node, line)
        if role.kind is Kind.SKIP:
            words = "".join(one.text for one in pieces)
            self.losses.add("style", f"paragraphs in the style '{name}' are skipped", line, words)
        elif pieces:
            comments = tuple(self.comments)
            self.comments.clear()
            yield ManuscriptParagraph(role, pieces, line, role.level, comments=comments)

    def _count(self, line: int) -> None:
        self.count[0] += 1
        if self.count[0] > MAX_PARAGRAPHS:
            message = f"the manuscript has more than {MAX_PARAGRAPHS:,} paragraphs"
            hint = "divide it into several files"
            raise InputError([Finding("manuscript-size", message, Span(self.name, line), hint)])

    def _list(self, node: Any, depth: int) -> Iterator[Block]:
        kind = Kind.BULLET if node.type == "bullet_list" else Kind.NUMBER
        start = int(node.attrs.get("start", 1))
        for at, item in enumerate(node.children):
            is_first = True
            for part in item.children:
                made = self._read_block(part, "text", depth + 1)
                if part.type != "paragraph" or not is_first:
                    if part.type == "paragraph":
                        what = "further paragraphs of a list item are paragraphs of their own"
                        self.losses.add("list", what, part.map[0] + 1)
                    yield from made
                    continue
                is_first = False
                for block in made:
                    if isinstance(block, ManuscriptParagraph):
                        yield ManuscriptParagraph(
                            Role(kind, style=block.role.style),
                            block.pieces,
                            block.line,
                            depth,
                            start + at,
                            at == 0,
                            block.comments,
                        )

    def _table(self, node: Any, line: int) -> ManuscriptTable:
        rows = []
        head = 0
        for section in node.children:
            head += len(section.children) if section.type == "thead" else 0
            for row in section.children:
                place = row.map[0] + 1 if row.map else line
                cells = [self._inline(cell, place) for cell in row.children]
                self._count(place)
                rows.append(tuple(ManuscriptCell((one,) if one else ()) for one in cells))
        return ManuscriptTable(tuple(rows), head, line)

    def _code(self, node: Any, line: int) -> Iterator[Block]:
        what = "a code block is taken as text"
        self.losses.add("code", what, line, node.content)
        pieces = self._tidied([MarkedText(node.content.rstrip("\n"))], line)
        if pieces:
            yield ManuscriptParagraph(Role(Kind.TEXT), pieces, line)

    def _html(self, content: str, line: int) -> None:
        comment = COMMENT.match(content)
        if comment:
            self.comments.append(" ".join(comment[1].split()))
        else:
            self.losses.add("html", "HTML is not taken", line, content)

    def _read_notes(self, node: Any) -> None:
        for note in node.children:
            found: list[Pieces] = []
            for part in note.children:
                if part.type == "paragraph":
                    pieces = self._inline(part, part.map[0] + 1 if part.map else 1)
                    found.append(tuple(one for one in pieces if not one.note))
                else:
                    self.losses.add("note", "lists and other blocks in notes are not taken", 1)
            self.notes[f"f{note.meta.get('id', 0)}"] = tuple(filter(None, found))

    # Inline

    def _inline(self, node: Any, line: int) -> Pieces:
        pieces: list[MarkedText] = []
        for part in node.children:
            self._walk(part, (), "", line, pieces)
        return self._tidied(pieces, line)

    def _tidied(self, pieces: Sequence[MarkedText], line: int) -> Pieces:
        return tidy(
            pieces, lambda kind, message, words: self.losses.add(kind, message, line, words)
        )

    def _walk(
        self, node: Any, marks: tuple[str, ...], link: str, line: int, out: list[MarkedText]
    ) -> None:
        text = INLINE_TEXT.get(node.type)
        match node.type:
            case "text":
                text = node.content
            case "code_inline":
                self.losses.add("code", "code is taken as text", line, node.content)
                text = node.content
            case "strong" | "em":
                marks = tuple(dict.fromkeys((*marks, MARKS[node.type])))
            case "link":
                link = self._link(node, line)
            case "image":
                hint = "put the file into assets and place it in the layout"
                self.losses.add(
                    "picture",
                    "a picture is not taken",
                    line,
                    f"{node.content} {node.attrs.get('src', '')}",
                    hint,
                )
                return
            case "html_inline":
                text = self._html_inline(node.content, line)
            case "footnote_ref":
                out.append(MarkedText("", note=f"f{node.meta.get('id', 0)}"))
        if text:
            out.append(MarkedText(text, marks, link))
        for part in node.children:
            self._walk(part, marks, link, line, out)

    def _link(self, node: Any, line: int) -> str:
        address = str(node.attrs.get("href", ""))
        found = check_link(address)
        if not found:
            self.losses.add(
                "link", f"the address '{address[:60]}' is not taken; its words are plain text", line
            )
        return found

    def _html_inline(self, content: str, line: int) -> str:
        if LINE_BREAK_TAG.fullmatch(content):
            return LINE_BREAK
        comment = COMMENT.match(content)
        if comment:
            self.comments.append(" ".join(comment[1].split()))
        else:
            self.losses.add("html", "HTML tags are not taken", line, content)
        return ""


INLINE_TEXT: Mapping[str, str] = {"softbreak": " ", "hardbreak": LINE_BREAK}
