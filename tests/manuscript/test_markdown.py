"""Conversion of Markdown to paragraphs, marks, notes and tables."""

from __future__ import annotations

import pytest

from brochure.l10n.message_text import write_marked
from brochure.manuscript.losses import count_losses
from brochure.manuscript.markdown_document import read_markdown
from brochure.manuscript.model import Manuscript, ManuscriptParagraph, ManuscriptTable
from brochure.manuscript.style_map import StyleMap, read_style_map


def read(text: str, styles: StyleMap | None = None) -> Manuscript:
    return read_markdown(text.encode(), "story.md", styles or StyleMap())


def said(made: Manuscript) -> list[str]:
    return [
        f"{one.role.kind}{one.role.level or ''}{'>' * one.level if one.role.kind in ('bullet', 'number') else ''}"
        f" {write_marked(one.pieces)}"
        for one in made.blocks
        if isinstance(one, ManuscriptParagraph)
    ]


CASES = {
    "headings": (
        "# One\n\nTwo\n===\n\n### Three *x*\n",
        ["heading1 One", "heading1 Two", "heading3 Three *x*"],
    ),
    "marks": ("so **strong _both_** and *it*\n", ["text so **strong *both*** and *it*"]),
    "lines": ("one\ntwo  \nthree\\\nfour\n", ["text one two\\\nthree\\\nfour"]),
    "escapes": ("2 \\* 3 {x} &amp; [a]\n", ["text 2 \\* 3 '{'x'}' & \\[a\\]"]),
    "links": (
        "[a](https://example.org 'title') <https://b.org> [c](page.md)\n",
        ["text [a](https://example.org) [https://b.org](https://b.org) c"],
    ),
    "lists": (
        "- a\n- b\n  - c\n\n3. d\n4. e\n",
        ["bullet a", "bullet b", "bullet> c", "number d", "number e"],
    ),
    "quotation": ("> one\n> two\n>\n> three\n", ["quote one two", "quote three"]),
    "break tag": ("a<br>b <b>c</b>\n", ["text a\\\nb c"]),
    "code": ("use `x*y`\n\n```\na\nb\n```\n", ["text use x\\*y", "text a\\\nb"]),
    "title": ("---\ntitle: The *ferry*\n---\n\nText\n", ["title The \\*ferry\\*", "text Text"]),
    "right to left": (
        "# העיר\n\nמילים **חזקות** כאן\n",
        ["heading1 העיר", "text מילים **חזקות** כאן"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_paragraphs(name: str) -> None:
    text, expected = CASES[name]
    assert said(read(text)) == expected


def test_notes_tables_and_comments() -> None:
    made = read(
        "<!-- check -->\n\nText[^a].\n\n| a | b |\n|---|---|\n| **1** | |\n\n[^a]: Words *here*\n\n    and more\n"
    )
    first, table = made.blocks
    assert isinstance(first, ManuscriptParagraph)
    assert isinstance(table, ManuscriptTable)
    assert first.comments == ("check",)
    assert write_marked(first.pieces) == "Text[^f0]."
    assert {name: [*map(write_marked, note)] for name, note in made.notes.items()} == {
        "f0": ["Words *here*", "and more"]
    }
    assert (table.head, [[cell.text for cell in row] for row in table.rows]) == (
        1,
        [["a", "b"], ["1", ""]],
    )


def test_the_number_of_a_list_and_a_mapping_file() -> None:
    styles = read_style_map(
        b"paragraphs: {heading 1: title, quote: {as: text, style: lead}}", "styles.yaml"
    )
    made = read("# One\n\n> Two\n\n7. Three\n", styles)
    blocks = [one for one in made.blocks if isinstance(one, ManuscriptParagraph)]
    assert [(one.role.kind.value, one.role.style, one.number) for one in blocks] == [
        ("title", "", 1),
        ("text", "lead", 1),
        ("number", "", 7),
    ]


def test_content_that_is_not_imported_is_reported() -> None:
    made = read(
        "---\nauthor: me\n---\n\n![boat](boat.jpg) `x` [a](#b) <i>c</i>\n\n<div>d</div>\n\n***\n"
    )
    assert count_losses(made.findings) == {
        "picture": 1,
        "link": 1,
        "break": 1,
        "html": 3,
        "code": 1,
        "text": 1,
    }
