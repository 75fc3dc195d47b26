"""The words of a paragraph in a Word document: runs with their marks, links, fields, tracked changes and comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.l10n.message_text import LINE_BREAK, MarkedText
from brochure.manuscript.losses import Losses
from brochure.manuscript.word_elements import (
    GRAPHICS,
    describe_formatting,
    has_graphic,
    local,
    words_of,
)
from brochure.manuscript.word_fields import (
    CONTENTS_FIELDS,
    PAGE_FIELDS,
    WITHOUT_WORDS,
    OpenField,
    check_link,
    read_link_field,
)
from brochure.manuscript.word_numbering import Numbering
from brochure.manuscript.word_package import R, W, WordPackage
from brochure.manuscript.word_styles import OFF, WordStyles, child, is_on, value
from brochure.manuscript.word_symbols import read_symbol

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

INSERTED, DELETED = ("ins", "moveTo"), ("del", "moveFrom")
CONTAINERS = ("smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase", "subDoc")
"""Elements whose content is read as if it were in their place."""


@dataclass(frozen=True)
class WordContext:
    """What all readers of a document share. `accept` says whether tracked changes are accepted, otherwise they are rejected."""

    package: WordPackage
    styles: WordStyles
    numbering: Numbering
    losses: Losses
    accept: bool
    comments: Mapping[str, str]
    fields: list[OpenField] = field(default_factory=list)
    characters: dict[str, str] = field(default_factory=dict)
    """Marks of the character styles in use, by name."""

    def is_removed(self, name: str) -> bool:
        """Return True if a tracked change of this name takes its content away."""
        return name in (DELETED if self.accept else INSERTED)

    def in_contents(self) -> bool:
        """Return True inside of a table of contents or an index."""
        return any(one.kind in CONTENTS_FIELDS for one in self.fields)


@dataclass(frozen=True, slots=True)
class _Place:
    """The link around a run."""

    link: str = ""


@dataclass(frozen=True)
class RunReader:
    """Reads the content of one paragraph into `pieces`; `comments` are those that are marked in it."""

    context: WordContext
    style: str
    line: int
    pieces: list[MarkedText] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    ranges: dict[str, list[str]] = field(default_factory=dict)
    objects: list[str] = field(default_factory=list)

    def read(self, paragraph: Any) -> None:
        """Read the content of a paragraph."""
        self._walk(paragraph, _Place())

    def lose(self, kind: str, message: str, words: str = "", hint: str = "") -> None:
        """Record something that is not taken."""
        near = words or "".join(piece.text for piece in self.pieces)[-40:]
        self.context.losses.add(kind, message, self.line, near, hint)

    def _walk(self, node: Any, place: _Place) -> None:
        for part in node:
            self._read_part(part, place)

    def _read_part(self, part: Any, place: _Place) -> None:
        if part.tag == ALTERNATE:
            self._read_alternate(part, place)
            return
        if part.tag in (f"{MATH}oMath", f"{MATH}oMathPara"):
            words = "".join(one.text or "" for one in part.iter(f"{MATH}t"))
            self.objects.append("equation")
            self.lose("equation", "an equation is not taken", words)
            return
        name = local(part)
        match name:
            case "r":
                self._read_run(part, place)
            case "hyperlink":
                self._walk(part, replace(place, link=self._read_link(part)))
            case "ins" | "moveTo" | "del" | "moveFrom":
                self._read_change(part, name, place)
            case "fldSimple":
                self._read_simple_field(part, place)
            case "sdt":
                self._read_control(part, place)
            case "commentRangeStart":
                self.ranges[value(part, "id")] = []
            case _ if name in CONTAINERS:
                self._walk(part, place)

    # Links, fields, changes

    def _read_link(self, node: Any) -> str:
        found = self.context.package.relationships.get(str(node.get(f"{R}id") or ""))
        address = found.target if found and found.is_external else ""
        anchor = value(node, "anchor")
        if address and anchor and "#" not in address:
            address = f"{address}#{anchor}"
        return self._checked(address or f"#{anchor}", "".join(words_of(node)))

    def _checked(self, address: str, words: str) -> str:
        """Return an address that can be linked to; otherwise record it."""
        found = check_link(address)
        if not found and not self.context.in_contents():
            what = (
                "a link inside the document"
                if address.startswith("#")
                else f"the address '{address[:60]}'"
            )
            self.lose("link", f"{what} is not taken; its words are plain text", words)
        return found

    def _read_change(self, node: Any, name: str, place: _Place) -> None:
        words = "".join(words_of(node))
        is_removed = self.context.is_removed(name)
        if words.strip():
            what = "insertion" if name in INSERTED else "deletion"
            done = "accepted" if self.context.accept else "rejected"
            self.lose("changes", f"a tracked {what} is {done}", words)
        if not is_removed:
            self._walk(node, place)

    def _read_simple_field(self, node: Any, place: _Place) -> None:
        opened = OpenField([value(node, "instr")], [True])
        self.context.fields.append(opened)
        link = self._field_link(opened, "".join(words_of(node)))
        if opened.kind in PAGE_FIELDS:
            self._add(PAGE_FIELDS[opened.kind], (), place, of_field=True)
        else:
            self._report_field(opened, "".join(words_of(node)))
            self._walk(node, replace(place, link=link or place.link))
        self.context.fields.pop()

    def _field_link(self, opened: OpenField, words: str) -> str:
        if opened.kind != "HYPERLINK":
            return ""
        return self._checked(read_link_field("".join(opened.instruction)), words)

    def _report_field(self, opened: OpenField, words: str = "") -> None:
        kind = opened.kind
        if kind in CONTENTS_FIELDS:
            hint = "use the block contents in the layout"
            self.lose("contents", "a table of contents or an index is not taken", words, hint)
        elif kind and kind not in WITHOUT_WORDS:
            self.lose("field", f"the field {kind[:20]} is fixed text", words)

    def _read_control(self, node: Any, place: _Place) -> None:
        content = child(node, "sdtContent")
        if content is None:
            return
        if is_on(child(node, "sdtPr"), "showingPlcHdr"):
            words = "".join(words_of(content))
            self.lose("text", "the placeholder of an empty content control is not taken", words)
            return
        self._walk(content, place)

    def _read_alternate(self, node: Any, place: _Place) -> None:
        """Read the first choice that has words or objects, else the fallback."""
        choices = [*node]
        if choices:
            self._read_choice(choices[0], place)

    def _read_choice(self, choice: Any, place: _Place) -> None:
        for part in choice:
            if local(part) in OBJECTS:
                self._read_object(part)
            else:
                self._read_part(part, place)

    # Runs

    def _read_run(self, run: Any, place: _Place) -> None:
        properties = self._run_properties(run)
        if self._is_hidden(properties):
            words = "".join(words_of(run))
            if words.strip():
                self.lose("hidden", "hidden text is not taken", words)
            return
        marks = self.context.styles.marks(self.style, properties)
        has_own_mark = False
        for part in run:
            name = local(part)
            if part.tag == ALTERNATE:
                self._read_alternate(part, place)
            elif name in ("footnoteReference", "endnoteReference"):
                has_own_mark = value(part, "customMarkFollows") not in ("", *OFF)
                self._add_note(name, value(part, "id"))
            elif name in ("t", "delText") and has_own_mark:
                has_own_mark = False
            else:
                self._read_content(part, name, marks, place)
        self._report_formatting(properties, run, place)

    def _run_properties(self, run: Any) -> Any | None:
        """Return the properties of a run; those before a tracked change of formatting if changes are rejected."""
        properties = child(run, "rPr")
        change = child(properties, "rPrChange")
        if change is None:
            return properties
        self.lose(
            "changes",
            "tracked formatting is " + ("accepted" if self.context.accept else "rejected"),
        )
        return properties if self.context.accept else child(change, "rPr")

    def _is_hidden(self, properties: Any | None) -> bool:
        direct = is_on(properties, "vanish")
        if direct is not None:
            return direct
        styles = self.context.styles
        character = value(child(properties, "rStyle"))
        return bool(styles.toggle(character, "vanish") or styles.toggle(self.style, "vanish"))

    def _read_content(self, part: Any, name: str, marks: tuple[str, ...], place: _Place) -> None:
        if name in CHARACTERS:
            self._add(CHARACTERS[name], marks, place)
            return
        match name:
            case "t" | "delText":
                self._add(part.text or "", marks, place)
            case "br":
                self._read_break(value(part, "type"), marks, place)
            case "sym":
                self._read_symbol(part, marks, place)
            case "fldChar" | "instrText" | "delInstrText":
                self._read_field_part(part, name, place)
            case "commentReference":
                self._add_comment(value(part, "id"))
            case "ruby":
                words = "".join(words_of(child(part, "rt")))
                self.lose("text", "phonetic guides are not taken", words)
                self._walk(part, place)
            case _ if name in OBJECTS:
                self._read_object(part)

    def _read_break(self, kind: str, marks: tuple[str, ...], place: _Place) -> None:
        if kind in ("page", "column"):
            self._lose_break(kind)
            self._add(" ", marks, place)
        else:
            self._add(LINE_BREAK, marks, place)

    def _lose_break(self, kind: str) -> None:
        self.objects.append("break")
        self.lose("break", f"a {kind} break is not taken", hint="pages are in the layout")

    def _read_symbol(self, part: Any, marks: tuple[str, ...], place: _Place) -> None:
        font, code = value(part, "font"), value(part, "char")
        found = read_symbol(font, code)
        if found is None:
            what = f"the character {code[:8]} of the font '{font[:30]}' is not taken"
            self.lose("symbol", what, hint="type the character itself")
            return
        self._add(found, marks, place)

    def _read_field_part(self, part: Any, name: str, place: _Place) -> None:
        fields = self.context.fields
        kind = value(part, "fldCharType")
        if name != "fldChar":
            if fields and not fields[-1].results:
                fields[-1].instruction.append(part.text or "")
        elif kind == "begin":
            fields.append(OpenField())
        elif kind == "separate" and fields and not fields[-1].results:
            fields[-1].results.append(True)
            self._report_field(fields[-1])
            if fields[-1].kind in PAGE_FIELDS:
                self._add(PAGE_FIELDS[fields[-1].kind], (), place, of_field=True)
        elif kind == "end" and fields:
            fields.pop()

    def _add(
        self, text: str, marks: tuple[str, ...], place: _Place, *, of_field: bool = False
    ) -> None:
        """Add text, unless it is the instruction of a field or the result of a page number."""
        fields = self.context.fields
        is_instruction = any(not one.results for one in fields)
        is_page = any(one.kind in PAGE_FIELDS for one in fields)
        if not text or is_instruction or (is_page and not of_field):
            return
        link = place.link or self._open_link()
        self.pieces.append(MarkedText(text, marks, link))
        for words in self.ranges.values():
            words.append(text)

    def _open_link(self) -> str:
        """Return the address of the innermost link field around the text."""
        for one in reversed(self.context.fields):
            if one.kind == "HYPERLINK":
                address = read_link_field("".join(one.instruction))
                if len(one.results) == 1:  # the first words of the link
                    one.results.append(True)
                    return self._checked(address, "")
                return check_link(address)
        return ""

    def _add_note(self, name: str, identifier: str) -> None:
        if not any(not one.results for one in self.context.fields):
            self.pieces.append(MarkedText("", note=f"{name[0]}{identifier}"))

    def _add_comment(self, identifier: str) -> None:
        text = self.context.comments.get(identifier)
        if not text:
            return
        words = " ".join("".join(self.ranges.pop(identifier, ())).split())
        is_short = 0 < len(words) <= MAX_MARKED
        self.comments.append(f"on '{words}': {text}" if is_short else text)

    # Objects and formatting

    def _read_object(self, part: Any) -> None:
        self.objects.append("object")
        boxes = [*part.iter(f"{W}txbxContent")]
        if boxes:
            paragraphs = ("".join(words_of(one)) for box in boxes for one in box.iter(f"{W}p"))
            hint = "move its words into the text, or add them to the copy"
            self.lose("text-box", "a text box is not taken", " ".join(paragraphs), hint)
            return
        described = next(
            (
                str(one.get("descr") or one.get("name") or "")
                for one in part.iter()
                if local(one) == "docPr"
            ),
            "",
        )
        what = next((word for key, word in GRAPHICS.items() if has_graphic(part, key)), "a picture")
        hint = "put the file into assets and place it in the layout"
        self.lose("picture", f"{what} is not taken", described, hint)

    def _report_formatting(self, properties: Any | None, run: Any, place: _Place) -> None:
        if properties is None:
            return
        words = "".join(words_of(run))
        if not words.strip():
            return
        style = value(child(properties, "rStyle"))
        styles = self.context.styles
        if style and not styles.is_link_style(style):
            self.context.characters[styles.name(style)] = styles.character_mark(style)
        is_link = bool(place.link or self._is_in_link_field() or styles.is_link_style(style))
        for what in dict.fromkeys(
            filter(None, (describe_formatting(one, is_link=is_link) for one in properties))
        ):
            self.lose("formatting", f"{what} is not taken", words)

    def _is_in_link_field(self) -> bool:
        return any(one.kind == "HYPERLINK" for one in self.context.fields)


CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "cr": LINE_BREAK,
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "pgNum": PAGE_FIELDS["PAGE"],
}
"""Elements of runs that are one character."""

MAX_MARKED = 60
"""Characters of the words that a comment is about which its note repeats."""

OBJECTS = ("drawing", "pict", "object")
