"""Footnotes: their position, their marks, and findings about them."""

from __future__ import annotations

import pytest
import yaml

from brochure.api import lay_out, lay_out_edition, open_job, resolve_edition
from brochure.build_values import LaidOut
from brochure.errors import InputError
from brochure.model.display_list import GlyphRun, Link, Page, Path, bounds
from brochure.model.page_dump import dump
from brochure.project import MemoryProject
from tests.layout.pages import RED, Row, fields, made, pages, rows

STYLES = (
    "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no},"
    " footnote: {size: 5 pt, leading: 7 pt}, small: {size: 5 pt, leading: 7 pt}}"
)
PLAIN = "{space: 6 pt, gap: 0 pt, rule: no}"
WORD = "abcdef "
"""A line of a column 60 pt wide: two of these words need more."""


def lines(*marks: str) -> str:
    """Return a text of one line for each mark; an empty mark is none."""
    return " \\\n".join(f"line{mark}" for mark in marks)


def frame(height: float, *, keys: str = "", text: str = "text", columns: int = 1) -> str:
    return (
        f"{{t: {{at: 'x 20 pt, y 20 pt, width 160 pt, height {height} pt', columns: {columns},"
        f" gutter: 20 pt, content: [{{text: {text}}}]{keys}}}}}"
    )


def lay_out_notes(text: str, frames: str, notes: str = PLAIN, **more: str) -> LaidOut:
    copy = {"text": text, "notes.a": "Note a.", "notes.b": "Note b.", "notes.c": "Note c.", **more}
    marked = {key: one for key, one in copy.items() if not key.startswith("notes.")}
    used = {key for key in copy if any(f"[^{key[6:]}]" in one for one in marked.values())}
    copy = {key: one for key, one in copy.items() if key in marked or key in used}
    return made(copy, pages=f"[{{frames: {frames}}}]", paragraph_styles=STYLES, notes=notes)


def is_note(row: Row) -> bool:
    return any(role == "Note" for role, _ in row.element)


def note_rows(page: Page) -> list[Row]:
    return [row for row in rows(page) if is_note(row)]


def text_rows(page: Page) -> list[Row]:
    return [row for row in rows(page) if not is_note(row)]


# Places


def test_the_last_line_of_a_note_is_at_the_foot_of_the_column() -> None:
    result = lay_out_notes(lines("", "[^a]"), frame(100))
    assert not result.findings
    assert [(row.text, row.y) for row in note_rows(result.pages[0])] == [
        ("1", 180.0),
        ("Note a.", 180.0),
    ]


def test_the_marks_are_superscripts_in_the_text() -> None:
    result = lay_out_notes("A fact.[^a]", frame(100))
    runs = [run for run in result.pages[0].items if isinstance(run, GlyphRun)]
    mark, label = [run.glyphs for run in runs if run.glyphs.text == "1"]
    assert (mark.size, label.size) == (10.0, 5.0)
    assert mark.ids != label.ids  # the superior figure of the font


def test_a_line_moves_to_the_next_column_with_its_note() -> None:
    # Each column holds four lines (6.7 + 3 × 12 = 42.7); three with a note (3.35 + 6 + 30.7 = 40.05 of 45).
    for marks, wanted in (
        (("", "", "", "[^a]", ""), [3, 2]),
        (("", "", "[^a]", "", ""), [3, 2]),
        (("", "", "", "", "", "[^a]"), [4, 2]),
    ):
        result = lay_out_notes(
            lines(*marks),
            frame(45, columns=2),
        )
        assert not result.findings
        right = [row for row in text_rows(result.pages[0]) if row.left > 100]
        left = [row for row in text_rows(result.pages[0]) if row.left < 100]
        assert [len(left), len(right)] == wanted
        (note,) = [row for row in note_rows(result.pages[0]) if row.text == "Note a."]
        assert (note.left > 100) == ("[^a]" in marks[wanted[0] :])


def test_notes_are_in_the_order_of_their_marks() -> None:
    result = lay_out_notes(lines("[^c]", "[^a][^b]"), frame(100))
    found = [(row.text, row.y) for row in note_rows(result.pages[0]) if row.text.startswith("Note")]
    assert found == [("Note c.", 194.0), ("Note a.", 187.0), ("Note b.", 180.0)]
    (line,) = [row for row in text_rows(result.pages[0]) if "2" in row.text]
    assert line.text == "line2,3"


def test_a_mark_that_is_repeated_has_one_note() -> None:
    result = lay_out_notes(lines("[^a]", "[^b]", "[^a]"), frame(100))
    assert [row.text for row in text_rows(result.pages[0])] == ["line1", "line2", "line1"]
    assert [row.text for row in note_rows(result.pages[0])] == ["1", "Note a.", "2", "Note b."]


def test_notes_of_a_frame_are_below_all_its_columns() -> None:
    result = lay_out_notes(
        lines("", "", "[^a]", "", "[^b]"), frame(60, columns=2, keys=", notes: frame")
    )
    assert not result.findings
    found = [(row.text, row.left < 100) for row in note_rows(result.pages[0])]
    assert found == [("1", True), ("Note a.", True), ("2", True), ("Note b.", True)]
    lowest = min(row.y for row in text_rows(result.pages[0]))
    assert lowest >= 220 + 7 + 3.35 + 6 - 0.01


def test_notes_of_text_with_a_heading_across_its_columns_are_below_all_of_them() -> None:
    spec = (
        "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 150 pt', columns: 2, gutter: 20 pt,"
        " content: [{text: text}, {heading: head, level: 2, span: all}, {text: more}]}}"
    )
    result = lay_out_notes(lines("", "[^a]"), spec, head="Across[^b]", more=lines("[^c]", ""))
    assert not result.findings
    found = [(row.text, row.y) for row in note_rows(result.pages[0]) if row.text.startswith("Note")]
    assert found == [("Note a.", 144.0), ("Note b.", 137.0), ("Note c.", 130.0)]
    assert min(row.y for row in text_rows(result.pages[0])) > 144 + 9


def test_balanced_columns_end_above_their_notes() -> None:
    result = lay_out_notes(
        lines("[^a]", "", "", "", ""), frame(200, columns=2, keys=", balance: yes")
    )
    page = result.pages[0]
    left = [row for row in text_rows(page) if row.left < 100]
    assert [len(left), len(text_rows(page)) - len(left)] in ([2, 3], [3, 2])
    (note,) = [row for row in note_rows(page) if row.text == "Note a."]
    assert note.y <= min(row.y for row in left) - 6 - 3.3
    # Both columns end within a line of each other, the left one with its note.
    assert abs(note.y - min(row.y for row in text_rows(page) if row.left > 100)) < 12


def test_text_with_notes_is_not_moved_down_onto_them() -> None:
    result = lay_out_notes(lines("[^a]", ""), frame(200, keys=", valign: bottom"))
    page = result.pages[0]
    assert [row.y for row in text_rows(page)] == [
        pytest.approx(273.3, abs=0.1),
        pytest.approx(261.3, abs=0.1),
    ]
    assert note_rows(page)[0].y == 80.0


def test_notes_do_not_overlap_wrapped_frames() -> None:
    hole = (
        "h: {at: 'x 20 pt, y 60 pt, width 80 pt, height 60 pt', background: red, text-wrap: 4 pt}"
    )
    result = lay_out_notes(lines("[^a]"), frame(100).removesuffix("}") + f", {hole}}}")
    note = note_rows(result.pages[0])[1]
    assert note.left > 104
    assert note.y == pytest.approx(180, abs=3.6)


def test_a_table_row_stays_with_its_note() -> None:
    cells = "[" + ", ".join(["[cell]"] * 5 + ["[marked]"]) + "]"
    spec = (
        "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 95 pt', columns: 2, gutter: 20 pt,"
        f" content: [{{table: {cells}}}, {{text: text}}]}}}}"
    )
    result = lay_out_notes("Tail.", spec, cell="Cell", marked="Marked[^a]")
    (row,) = [one for one in rows(result.pages[0]) if one.text.startswith("Marked")]
    (note,) = [one for one in rows(result.pages[0]) if one.text == "Note a."]
    assert (row.left > 100) == (note.left > 100)
    assert row.y > note.y + 6


def test_the_height_of_a_frame_includes_its_notes() -> None:
    result = lay_out_notes(lines("", "", "[^a]"), frame(32, keys=", auto-size: 30 pt"))
    assert not result.findings
    note = note_rows(result.pages[0])[1]
    assert note.y < text_rows(result.pages[0])[-1].y - 9


def test_type_is_reduced_until_the_notes_fit() -> None:
    styles = STYLES.replace(
        "hyphenation: no}", "hyphenation: no, copyfit: {size: 7..10 pt, leading: 9..12 pt}}", 1
    )
    copy = {"text": lines(*["[^a]"], *[""] * 7), "notes.a": "Note a."}
    result = made(copy, pages=f"[{{frames: {frame(95)}}}]", paragraph_styles=styles, notes=PLAIN)
    assert not result.findings
    assert len(text_rows(result.pages[0])) == 8
    assert note_rows(result.pages[0])


def test_notes_are_set_from_right_to_left() -> None:
    copy = {"text": "حقيقة.[^a]", "notes": {"a": "ملاحظة"}}
    layout = (
        "brochure: rtl\nsize: 200 x 300 pt\nbinding: none\nsource-language: ar-EG\n"
        "fonts: {fallback: {Arab: Noto Sans Arabic}}\n"
        f"paragraph-styles: {STYLES}\npages: [{{frames: {frame(100)}}}]\n"
    )
    words = yaml.safe_dump(copy, allow_unicode=True)
    page = lay_out(
        MemoryProject({"brochure.yaml": layout.encode(), "content/ar-EG.yaml": words.encode()})
    ).pages[0]
    label, note = note_rows(page)
    assert label.text == "١"
    assert label.right == pytest.approx(180, abs=0.5)
    assert note.right < label.left
    (rule,) = [bounds(item.outlines) for item in page.items if isinstance(item, Path)]
    assert rule.right == pytest.approx(180)
    shown = text_rows(page)
    assert max(row.right for row in shown) == pytest.approx(180, abs=0.5)
    assert min(shown, key=lambda row: row.left).text.endswith("١")


def test_a_mark_is_left_of_a_number_in_right_to_left_text() -> None:
    copy = "text: 'عام ٢٠١٩[^a]'\nnotes: {a: ملاحظة}\n"
    layout = (
        "brochure: rtl\nsize: 200 x 300 pt\nbinding: none\nsource-language: ar-EG\n"
        "fonts: {fallback: {Arab: Noto Sans Arabic}}\n"
        f"paragraph-styles: {STYLES}\npages: [{{frames: {frame(100)}}}]\n"
    )
    files = {"brochure.yaml": layout.encode(), "content/ar-EG.yaml": copy.encode()}
    runs = [
        item for item in lay_out(MemoryProject(files)).pages[0].items if isinstance(item, GlyphRun)
    ]
    (year,) = [run for run in runs if "٢٠١٩" in run.glyphs.text]
    (mark,) = [run for run in runs if run.glyphs.text.endswith("١") and run.y > 200]
    assert mark.x < year.x


# The rule above the notes


def test_the_line_above_the_notes() -> None:
    result = lay_out_notes(
        "A fact.[^a]", frame(100), "{rule: {colour: red, width: 1 pt, length: 40 pt}}"
    )
    (rect,) = fields(result.pages[0], RED)
    # The capitals of the note reach 3.35 pt above 180; the gap is 0.7 of 5 pt.
    assert (rect.x, rect.width) == (20, 40)
    assert rect.y == pytest.approx(180 + 3.35 + 3.5, abs=0.05)
    assert rect.height == pytest.approx(1.0)


def test_the_line_is_an_artifact() -> None:
    result = lay_out_notes("A fact.[^a]", frame(100), "{}")
    (path,) = [item for item in result.pages[0].items if isinstance(item, Path)]
    assert not path.tag.path


# Marks


def marks_of(result: LaidOut) -> list[list[str]]:
    return [
        [row.text for row in note_rows(page) if not row.text.startswith("Note")]
        for page in result.pages
    ]


THREE = {
    "one": "A[^a] B[^b]",
    "two": "C[^c]",
    "notes.a": "Note a.",
    "notes.b": "Note b.",
    "notes.c": "Note c.",
}
TWO_PAGES = (
    "[{frames: {t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 60 pt', content: [{text: one}]},"
    " u: {at: 'x 20 pt, y 90 pt, width 160 pt, height 60 pt', content: [{text: two}]}}},"
    " {frames: {t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 60 pt', content: [{text: two}]}}}]"
)


@pytest.mark.parametrize(
    ("notes", "wanted"),
    [
        ("{}", [["1", "2", "3"], ["4"]]),
        ("{numbering: story}", [["1", "2", "1"], ["1"]]),
        ("{numbering: page}", [["1", "2", "3"], ["1"]]),
        ("{marks: symbols}", [["*", "†", "‡"], ["*"]]),
        ("{marks: letters}", [["a", "b", "c"], ["d"]]),
        ("{marks: symbols, numbering: brochure}", [["*", "†", "‡"], ["§"]]),
    ],
)
def test_marks(notes: str, wanted: list[list[str]]) -> None:
    result = made(THREE, pages=TWO_PAGES, paragraph_styles=STYLES, notes=notes)
    assert not result.findings
    assert marks_of(result) == wanted
    shown = "".join(row.text for row in text_rows(result.pages[0]))
    assert shown == f"A{wanted[0][0]} B{wanted[0][1]}C{wanted[0][2]}"


def test_symbols_are_doubled_after_the_last() -> None:
    notes = {f"notes.n{at}": f"Note {at}." for at in range(8)}
    copy = {"text": "A" + " ".join(f"b[^n{at}]" for at in range(8)), **notes}
    result = made(
        copy, pages=f"[{{frames: {frame(200)}}}]", paragraph_styles=STYLES, notes="{marks: symbols}"
    )
    assert marks_of(result) == [["*", "†", "‡", "§", "‖", "¶", "**", "††"]]


@pytest.mark.parametrize(
    ("language", "digit"),
    [("ar-EG", "١"), ("km-u-nu-khmr", "១"), ("hi", "1"), ("hi-u-nu-deva", "१"), ("th", "1")],
)
def test_numbers_are_in_the_digits_of_the_language(language: str, digit: str) -> None:
    files = {
        "brochure.yaml": (
            "brochure: digits\nsize: 200 x 300 pt\nbinding: none\n"
            "fonts: {fallback: {any: Noto Sans, Arab: Noto Sans Arabic, Khmr: Noto Sans Khmer, Deva: Noto Sans Devanagari,"
            " Thai: Noto Sans Thai}}\n"
            f"paragraph-styles: {STYLES}\npages: [{{frames: {frame(100)}}}]\n"
        ).encode(),
        "content/en.yaml": b"text: A fact.[^a]\nnotes: {a: Words.}\n",
        f"content/{language.partition('-')[0]}.yaml": b"text: A fact.[^a]\nnotes: {a: Words.}\n",
    }
    page = lay_out(MemoryProject(files), language).pages[0]
    assert note_rows(page)[0].text == digit


def test_marks_can_have_a_character_style() -> None:
    result = made(
        {"text": "A fact.[^a]", "notes.a": "Note."},
        pages=f"[{{frames: {frame(100)}}}]",
        character_styles="{mark: {colour: red, size: 4 pt, position: superscript}}",
        paragraph_styles=STYLES,
        notes="{mark-style: mark}",
    )
    (mark,) = [
        run
        for run in result.pages[0].items
        if isinstance(run, GlyphRun) and run.glyphs.paint.colour == RED
    ]
    assert mark.glyphs.text == "1"


def test_links_lead_to_the_note_and_back() -> None:
    result = lay_out_notes("A fact.[^a]", frame(100))
    to_note, to_mark = [item for item in result.pages[0].items if isinstance(item, Link)]
    assert to_note.destination
    assert to_mark.destination
    assert to_note.destination.y == to_mark.rect.top
    assert to_mark.destination.y == to_note.rect.top


def test_notes_can_refer_to_pages_and_have_markup() -> None:
    result = lay_out_notes("A fact.[^a]", frame(100), **{"notes.a": "See *the* page {page:text}."})
    assert "".join(row.text for row in note_rows(result.pages[0])) == "1See the page 1."


def test_alternative_text_and_contents_have_no_marks() -> None:
    spec = "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 150 pt', content: [{contents: [1]}, {heading: head, level: 1}]}}"
    result = lay_out_notes("x", spec, head="The head[^a]")
    texts = [row.text for row in rows(result.pages[0])]
    assert texts[0].startswith("The head\t")
    assert "The head1" in texts


# Findings


def test_a_note_that_is_too_long_for_any_column_is_reported_at_its_place() -> None:
    result = lay_out_notes("A fact.[^a]", frame(60), **{"notes.a": "Note. " * 300})
    codes = {one.code: one for one in result.findings}
    assert set(codes) == {"overflow", "note-tall"}
    assert (
        codes["note-tall"].message
        == "frame 't' on page 1: the note 'notes.a' is too long for the foot of a column"
    )
    assert str(codes["note-tall"].span).startswith("content/en.yaml:1")


def test_a_mark_without_words_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        lay_out_notes("A fact.[^aa] See.[^a]", frame(60))
    (finding,) = caught.value.findings
    assert finding.code == "note-unknown"
    assert "did you mean 'a'?" in finding.hint
    assert str(finding.span) == "content/en.yaml:2:7"


def test_a_note_without_words_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        lay_out_notes("A fact.[^a]", frame(60), **{"notes.a": " "})
    (finding,) = caught.value.findings
    assert (finding.code, str(finding.span)) == ("note-unknown", "content/en.yaml:1:10")


def test_words_without_a_mark_are_a_warning() -> None:
    result = made(
        {"text": "A fact.", "notes.a": "Note."},
        pages=f"[{{frames: {frame(60)}}}]",
        paragraph_styles=STYLES,
    )
    (finding,) = result.findings
    assert (finding.code, str(finding.span)) == ("note-unmarked", "content/en.yaml:1:10")


def test_a_mark_in_alternative_text_is_a_warning() -> None:
    spec = (
        "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 150 pt',"
        " content: [{donut: [{label: cell, value: 1}], alt: alt, height: 60 pt}]}}"
    )
    result = lay_out_notes("x", spec, cell="Cell[^b]", alt="What[^a]")
    (finding,) = result.findings
    assert (finding.code, finding.message[:13]) == ("note-unprinted", "message 'alt'")
    assert [row.text for row in note_rows(result.pages[0])] == ["1", "Note b."]


def test_repeated_blocks_have_notes_with_the_values_of_their_rows() -> None:
    spec = (
        "{t: {at: 'x 20 pt, y 20 pt, width 160 pt, height 150 pt', content:"
        " [{repeat: {from: people.csv}, content: [{text: who}]}]}}"
    )
    copy = {"who": "{name}[^since][^all]", "notes.since": "Since {when}.", "notes.all": "The same."}
    assets = {"assets/people.csv": b"name,when\nAna,2019\nBo,2020\n"}
    result = made(copy, assets, pages=f"[{{frames: {spec}}}]", paragraph_styles=STYLES)
    assert [row.text for row in text_rows(result.pages[0])] == ["Ana1,2", "Bo3,2"]
    assert [row.text for row in note_rows(result.pages[0])] == [
        "1",
        "Since 2019.",
        "2",
        "The same.",
        "3",
        "Since 2020.",
    ]


def test_an_escaped_mark_is_printed() -> None:
    assert [
        row.text
        for row in rows(
            pages({"text": "A\\[^a]"}, pages=f"[{{frames: {frame(60)}}}]", paragraph_styles=STYLES)[
                0
            ]
        )
    ] == ["A[^a]"]


# Rebuilding


def test_a_changed_note_is_set_again() -> None:
    def project(words: str) -> MemoryProject:
        layout = f"brochure: again\nsize: 200 x 300 pt\nbinding: none\nparagraph-styles: {STYLES}\npages: {TWO_PAGES}\n"
        copy = {**THREE, "notes.c": words}
        return MemoryProject(
            {"brochure.yaml": layout.encode(), "content/en.yaml": yaml.safe_dump(copy).encode()}
        )

    last = open_job(project("Note c."))
    lay_out_edition(last, resolve_edition(last, None, None))
    job = open_job(project("Other words."), last)
    again = lay_out_edition(job, resolve_edition(job, None, None))
    dumps = [
        [dump(page) for page in one.pages]
        for one in (again, lay_out(project("Other words.")), lay_out(project("Note c.")))
    ]
    assert dumps[0] == dumps[1] != dumps[2]
