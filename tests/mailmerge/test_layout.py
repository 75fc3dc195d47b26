"""Merge fields in the layout: examples and their kinds, reserved names, and findings for translators."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from brochure.api import lay_out_record, open_job, read_layout
from brochure.findings import Span
from brochure.l10n.number_format import Fact
from brochure.l10n.personalization import Record
from brochure.model.display_list import GlyphRun
from brochure.pdf import merged_document
from brochure.project import DiskProject, MemoryProject
from tests.blocks.test_qr import expected
from tests.cli.calling import call
from tests.mailmerge.thanks import COPY, LAYOUT, painted, people, table, thanks

BARE = "brochure: b\nsize: A6\nbinding: none\npages: [{frames: {}}]\n"


@pytest.mark.parametrize(
    ("example", "value"),
    [
        ("250", 250),
        ("-2.5", -2.5),
        ("'250'", "250"),
        ("007", "007"),
        ("1e3", "1e3"),
        ("yes", "yes"),
        ('""', ""),
        ("1,5", "1,5"),
    ],
)
def test_an_example_has_a_kind(example: str, value: object) -> None:
    files = {"brochure.yaml": f"{BARE}merge-fields: {{x: {example!s}}}\n".encode()}
    if example == "1,5":
        files = {"brochure.yaml": f"{BARE}merge-fields:\n  x: {example}\n".encode()}
    found = read_layout(MemoryProject(files))[0].stated["record_x"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            "merge-fields: {file: a}",
            "5:22: 'file' is reserved: that column of a table holds the name of its file (rename the merge field)",
        ),
        (
            "merge-fields: {Office: a}",
            "5:24: 'Office' is reserved: that column of a table holds the record's office (rename the merge field)",
        ),
        (
            "merge-fields: {name: a, Name: b}",
            "5:31: the merge fields 'name' and 'Name' differ only in case (rename one of them)",
        ),
        (
            "merge-fields: {x: a}\nvariables: {record_x: 1}",
            "5:19: the variable 'record_x' has the name that the merge field 'x' has in the copy (rename one of them)",
        ),
        (
            "merge-fields: {first-name: a}",
            "5:16: 'first-name' is not a valid merge field name (expected at most 60 letters, digits and _)",
        ),
        (
            "merge-fields: {x: }",
            "5:19: the value is missing; expected an example (text or a number)",
        ),
    ],
)
def test_reserved_names(tmp_path: Path, lines: str, said: str) -> None:
    (tmp_path / "brochure.yaml").write_text(f"{BARE}{lines}\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "en.yaml").write_text("a: b\n", encoding="utf-8")
    label = DiskProject(tmp_path).label("brochure.yaml")
    assert call("build", tmp_path, "-o", tmp_path / "out").lines[0] == f"{label}:{said}"


def test_an_undeclared_field(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card", copy=COPY.replace("record_name,", "record_nmae,"))
    result = call("build", card, "-o", tmp_path / "out")
    assert result.status == 2
    assert "unknown variable 'record_nmae' (did you mean 'record_name'?)" in result.err


def test_translators_see_the_examples_and_unknown_names_are_reported(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card")
    call("text", "extract", card, "--lang", "fr")
    catalogue = card / "content" / "fr.po"
    text = catalogue.read_text(encoding="utf-8")
    assert "#. variables: {record_name} = Ada Lovelace, {record_gift} = 250\n" in text
    source = 'msgctxt "front.address"\n'
    at = text.index('msgstr ""', text.index(source))
    wrong = 'msgstr "https://example.org/{record_nom}"'
    catalogue.write_text(text[:at] + wrong + text[at + 9 :], encoding="utf-8")
    result = call("text", "status", card)
    assert "unknown variable 'record_nom'" in result.out + result.err


def test_charts_and_codes_use_the_value_of_a_field(tmp_path: Path) -> None:
    layout = LAYOUT + (
        '      more:\n        at: "y 50 mm, x 10 mm, width 85 mm, height 95 mm"\n        content:\n'
        "          - bar-chart: [{label: back.words, value: record_gift}, {label: back.words, value: 100}]\n"
        "            alt: back.alt\n"
        "          - {qr: , value: record_code, size: 40 mm}\n"
    )
    job = open_job(DiskProject(thanks(tmp_path, layout)))
    fields: dict[str, Fact] = {"name": "Ada", "gift": 400, "code": "A: *1*?"}
    page = lay_out_record(job, Record(1, Span("t.csv"), fields)).pages[2]
    shown = [item.glyphs.text for item in page.items if isinstance(item, GlyphRun)]
    assert "400" in shown
    assert "250" not in shown
    assert painted(page, 21) == expected("A: *1*?")


def test_the_number_of_glyphs_in_a_font_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Glyphs have two-byte codes, up to 65,536 in a font; if a merged file needs more, the message says what to do."""
    monkeypatch.setattr(merged_document, "MAX_CODES", 50)
    names = ["Ada,1,a", "Xerxes Quigley,2,b", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ ÐÑÒÓÔÕÖØÙÚÛÜÝ,3,c"]
    rows = table(tmp_path / "t.csv", names)
    result = call("build", thanks(tmp_path / "c"), "--records", rows, "--one-file", "-o", tmp_path)
    assert result.status == 2
    assert result.err.startswith(
        "brochure: record 3: the records so far show more than 50 different"
    )
    assert not list(tmp_path.glob("*.pdf"))


def test_a_screen_file_for_each_record(tmp_path: Path) -> None:
    """The file is tagged, and its title names only its reader."""
    card = thanks(tmp_path / "card", LAYOUT + "title: front.words\n")
    rows = table(tmp_path / "t.csv", people(2))
    assert call("build", card, "--records", rows, "--target", "screen", "-o", tmp_path).status == 0
    readers = [PdfReader(path) for path in sorted(tmp_path.glob("*screen*.pdf"))]
    titles = [reader.metadata.title for reader in readers if reader.metadata]
    assert titles == [f"Dear Person {at} Núñez, thank you for {at} dollars." for at in (1, 2)]
    assert all("/StructTreeRoot" in reader.trailer["/Root"] for reader in readers)  # type: ignore[operator]
