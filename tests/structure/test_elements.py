"""Structure trees beyond single blocks: order, languages, links over several lines, notes, figures, artifacts."""

from __future__ import annotations

import io
import json
from typing import Any

import pypdf
import pytest

from brochure.api import build
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.structure.brochures import tagged
from tests.structure.tagged import Node, faults, tree_of


def pages(frames: list[str], copy: dict[str, str], more: str = "binding: none") -> bytes:
    """Build a brochure with these frames, as JSON in YAML; any finding fails the test."""
    layout = f"""
brochure: pages
title: title
size: 200 x 300 pt
bleed: 9 pt
{more}
source-language: {copy.get("language", "en")}
fonts: {{fallback: {{any: Noto Sans}}}}
swatches: {{red: cmyk 0 100 100 0}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 12 pt}}
  narrow: {{align: justify, hyphenation: yes}}
  loud: {{case: upper}}
pages:
""" + "".join(f"  - {{frames: {{{one}}}}}\n" for one in frames)
    files = {
        "brochure.yaml": layout.encode(),
        f"content/{copy.get('language', 'en')}.yaml": json.dumps(
            {"title": "Pages", **copy}
        ).encode(),
    }
    built = build(MemoryProject(files), SCREEN)
    assert built.findings == (), "\n".join(map(str, built.findings))
    return built.pdf


def sections(pdf: bytes) -> list[list[str]]:
    """Return the text of each section's elements."""
    found = []
    for section in tree_of(pdf).kids:
        assert isinstance(section, Node)
        found.append([kid.text for kid in section.kids if isinstance(kid, Node)])
    return found


# Reading order

UPPER = "at: 'x 20 pt, y 160 pt, width 160 pt, height 100 pt'"
LOWER = "at: 'x 20 pt, y 20 pt, width 160 pt, height 100 pt'"
ABC = {"a": "First", "b": "Second", "c": "Third"}


def test_frames_are_read_in_layout_order() -> None:
    frames = (
        f"one: {{{UPPER}, layer: 5, content: {{text: a}}}}, two: {{{LOWER}, content: {{text: b}}}}"
    )
    pdf = pages([frames], ABC)
    assert sections(pdf) == [["First", "Second"]]
    # The first one drawn is the lowest.
    content: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert content.extract_text().split() == ["Second", "First"]
    assert faults(pdf) == []


def test_reading_order_of_a_frame() -> None:
    frames = f"one: {{{UPPER}, reading-order: 1, content: {{text: a}}}}, two: {{{LOWER}, content: {{text: b}}}}"
    assert sections(pages([frames], ABC)) == [["Second", "First"]]


def test_story_is_read_to_its_end() -> None:
    words = " ".join(["word"] * 30)
    copy = {"a": words, "b": "Beside"}
    # 30 words of 5 letters need 5 lines in 140 pt; the first frame has space for 3 of them.
    small = "at: 'x 20 pt, y 200 pt, width 140 pt, height 32 pt'"
    layout = [
        f"one: {{{small}, story: s}}, two: {{{LOWER}, content: {{text: b}}}}",
        f"one: {{{UPPER}, story: s}}",
    ]
    pdf = pages(layout, copy, "binding: none\nstories: {s: {content: {text: a}}}")
    assert sections(pdf) == [[words, "Beside"]]
    assert faults(pdf) == []


@pytest.mark.parametrize("language", ["en", "he"])
def test_facing_pages_are_one_section(language: str) -> None:
    copy = {"a": "12", "language": language}
    one = f"one: {{{UPPER}, content: {{text: a}}}}"
    # A booklet of four: the cover alone, pages 2 and 3, the back alone.
    assert list(map(len, sections(pages([one] * 4, copy, "binding: saddle-stitch")))) == [1, 2, 1]


def test_single_pages_are_separate_sections() -> None:
    one = f"one: {{{UPPER}, content: {{text: a}}}}"
    assert list(map(len, sections(pages([one] * 3, ABC)))) == [1, 1, 1]


# Text


def test_line_ends_are_spaces_and_hyphenated_words_are_rejoined() -> None:
    words = "The official office said that international organisations hyphenate extraordinary vocabulary."
    frame = f"one: {{{UPPER}, content: {{text: a, style: narrow}}}}"
    (paragraph,) = tree_of(pages([frame], {"a": words})).all("P")
    assert "\u00ad" in paragraph.text
    assert paragraph.text.replace("\u00ad", "") == words


def test_line_break_in_the_copy_is_a_space() -> None:
    frame = f"one: {{{UPPER}, content: {{title: a}}}}"
    (heading,) = tree_of(pages([frame], {"a": "Come and\\\nsee"})).all("H1")
    assert heading.text == "Come and see"


def test_capitals_of_a_style_keep_the_original_text() -> None:
    frame = f"one: {{{UPPER}, content: {{text: a, style: loud}}}}"
    (paragraph,) = tree_of(pages([frame], {"a": "The straße"})).all("P")
    assert paragraph.text == "The straße"


def test_text_in_another_language_has_its_language() -> None:
    pdf = tagged("- text: mixed", 'mixed: "The word [liberté]{lang=fr} means freedom."')
    (paragraph,) = tree_of(pdf).all("P")
    (span,) = tree_of(pdf).all("Span")
    assert paragraph.text == "The word liberté means freedom."
    assert (span.text, span.language) == ("liberté", "fr")


def test_link_over_two_lines_has_two_clickable_areas() -> None:
    words = "Write at any time of the day or of the night to [our whole office in the old town of London](mailto:a@b.org)."
    pdf = tagged("- text: linked", f'linked: "{words}"')
    (link,) = tree_of(pdf).all("Link")
    assert link.text == "our whole office in the old town of London"
    assert link.links == ["mailto:a@b.org"] * 2
    assert set(link.contents) == {"our whole office in the old town of London"}
    assert faults(pdf) == []


def test_notes_have_unique_ids() -> None:
    pdf = tagged("- {quote: words, footnote: credit}\n- {quote: words, footnote: caption}")
    names = [note.name for note in tree_of(pdf).all("Note")]
    assert names == ["note00001", "note00002"]
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    listed = root["/StructTreeRoot"]["/IDTree"]["/Names"]
    assert [str(name) for name in listed[::2]] == names
    assert [one.get_object()["/ID"] for one in listed[1::2]] == names


# Figures


def test_figure_has_a_bounding_box() -> None:
    pdf = tagged("- {image: a.jpg, alt: alt, height: 60 pt}")
    (figure,) = tree_of(pdf).all("Figure")
    # The frame is 200 pt wide; its upper left corner is at 50, 450.
    assert [float(edge) for edge in figure.traits["BBox"]] == pytest.approx([50, 390, 250, 450])


def test_figure_bounding_box_is_within_the_page() -> None:
    copy = {"alt": "Seen"}
    files = "one: {at: bleed, content: {qr: alt, alt: alt, size: 250 pt}}"
    pdf = pages([files], copy)
    (figure,) = tree_of(pdf).all("Figure")
    left, low, right, high = (float(edge) for edge in figure.traits["BBox"])
    assert (left >= 0, low >= 0, right <= 200, high <= 300) == (True, True, True, True)


# Artifacts


def marks(pdf: bytes, page: int = 0) -> list[str]:
    """Return the tag of each marked-content sequence of a page."""
    content: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[page]["/Contents"]
    lines = content.get_object().get_data().decode("ascii").splitlines()
    return [line for line in lines if line.endswith(("BDC", "BMC"))]


def test_backgrounds_and_rules_are_artifacts() -> None:
    pdf = tagged("- {rule: 100%}\n- {box: {text: words}, background: sand}")
    assert marks(pdf) == ["/Artifact BMC", "/P <</MCID 0>> BDC"]


def test_folios_are_artifacts_of_the_page() -> None:
    assert marks(tagged("- folio:")) == ["/Artifact <</Type /Pagination>> BDC"]


def test_item_across_the_fold_is_read_once() -> None:
    wide = "wide: {at: spread-bleed, content: {qr: a, alt: a, size: 250 pt}}"
    frames = [wide, *[f"one: {{{UPPER}, content: {{text: a}}}}"] * 3]
    pdf = pages(frames, {"a": "Seen"}, "binding: saddle-stitch\nfirst-page: left")
    assert [node.alt for node in tree_of(pdf).all("Figure")] == ["Seen"]
    assert marks(pdf, 1) == ["/Artifact BMC", "/P <</MCID 0>> BDC"]
    assert faults(pdf) == []


def test_table_header_is_read_once() -> None:
    cells = ", ".join(["[head, head]", *["[words, words]"] * 20])
    tall = "at: 'x 20 pt, y 20 pt, width 160 pt, height 260 pt', columns: 2"
    frame = f"one: {{{tall}, content: {{table: [{cells}], head: 1}}}}"
    pdf = pages([frame], {"words": "Words", "head": "Head"})
    # On paper both columns begin with the header row, which has two cells.
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert text.count("Head") == 4
    assert [node.text for node in tree_of(pdf).all("TH")] == ["Head", "Head"]
