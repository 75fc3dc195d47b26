"""A file for each record: file names from the table, contents and codes, and errors of single records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from brochure.api import lay_out_record, open_job
from brochure.errors import ExitCode
from brochure.findings import Span
from brochure.l10n.personalization import Record
from brochure.project import DiskProject
from tests.blocks.test_qr import expected
from tests.cli.calling import call
from tests.mailmerge.thanks import COPY, LAYOUT, painted, people, table, thanks

HEAD = "name,gift,code,file"


def test_files_and_their_names(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "t.csv", ["Ada,1,a,ada.pdf", "Grace,2,b,", "Zoë,3,c,Ζωή-1"], HEAD)
    result = call("build", card, "--records", rows, "-o", out)
    assert (result.status, result.err) == (0, "")
    names = {"ada": "Ada", "thanks_en_press_000002": "Grace", "Ζωή-1": "Zoë"}
    assert {path.stem for path in out.glob("[!.]*")} == set(names)
    for stem, name in names.items():
        text = PdfReader(out / f"{stem}.pdf").pages[0].extract_text()
        assert text.startswith(f"Dear {name},")


def test_as_data(tmp_path: Path) -> None:
    rows = table(tmp_path / "t.csv", ["Ada,1,a,", "นก,2,b,"], HEAD)
    result = call(
        "build", thanks(tmp_path / "card"), "--records", rows, "-o", tmp_path / "out", "--json"
    )
    assert result.status == 1
    one, other = result.data["records"]
    assert (one["record"], one["built"]["pages"], one["failure"]) == (1, 3, None)
    assert Path(one["built"]["path"]).stat().st_size == one["built"]["bytes"]
    assert (other["record"], other["built"]) == (2, None)
    last = other["findings"][-1]
    assert (last["code"], last["file"], last["line"]) == ("record-not-built", str(rows), 3)


def test_an_invalid_record_does_not_stop_the_others(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = ["Ada,1,a,", f"{'Wolfeschlegelstein ' * 60},2,b,", "Grace,3,c,"]
    result = call("build", card, "--records", table(tmp_path / "t.csv", rows, HEAD), "-o", out)
    assert result.status == 1
    assert sorted(path.stem[-1] for path in out.glob("[!.]*")) == ["1", "3"]
    assert "2 of 3 records built" in result.out
    (told,) = (line for line in result.lines if "record 2 cannot be built: " in line)
    assert told.startswith(f"{tmp_path}/t.csv:3:1: ")


def test_the_same_error_of_many_records_is_one_finding(tmp_path: Path) -> None:
    """The text is too long by a different amount in each record."""
    card = thanks(tmp_path / "card", LAYOUT.replace("height 40 mm", "height 5 mm", 1))
    people = [f"{'Wolfeschlegelstein ' * (5 + at % 7)},{at},a" for at in range(23)]
    rows = table(tmp_path / "t.csv", people)
    words = ("build", card, "--records", rows, "-o", tmp_path / "out", "--jobs", "2")
    result = call(*words)
    assert result.status == 1
    fault, named = result.err.splitlines()
    assert re.fullmatch(
        r".*en\.yaml:2:10: frame 'words' on page 1 overflows: message 'front\.words' is \d lines \(\d+ %\)"
        r" too long \(23 records: 1, 2, 3, …\) \(\d+ of its \d+ characters fit\) \[overflow\]",
        fault,
    )
    assert named.startswith(
        f"{rows}:2:1: 23 records cannot be built: frame 'words' on page 1 overfl"
    )
    assert named.endswith(" (23 records: 1, 2, 3, …) [record-not-built]")
    assert "0 of 23 records built" in result.out
    data = call(*words, "--json").data
    assert [(one["code"], one["count"]) for one in data["findings"]] == [
        ("overflow", 23),
        ("record-not-built", 23),
    ]
    assert [one["record"] for one in data["records"]] == list(range(1, 24))


def test_different_errors_are_different_findings(tmp_path: Path) -> None:
    """An error in a record keeps its figures; an error in a record's own value has its own message."""
    card = thanks(tmp_path / "card")
    people = ["Ada,1,a", "นก,2,b", f"{'Wolfeschlegelstein ' * 60},3,c", "Grace,4,d", "ខ,5,e"]
    result = call("build", card, "--records", table(tmp_path / "t.csv", people), "-o", tmp_path)
    assert result.codes.count("record-not-built") == 3
    assert result.codes.count("overflow") == 1
    assert result.codes.count("glyph-missing") == 2
    assert "records:" not in result.err


def test_a_file_that_cannot_be_written_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    rows = table(tmp_path / "t.csv", people(8))
    result = call("build", thanks(tmp_path / "card"), "--records", rows, "-o", tmp_path / "out")
    assert result.status == ExitCode.CANNOT_WRITE
    (line,) = result.lines
    assert line.startswith(
        f"{rows}:2:1: 8 records cannot be built: {tmp_path}/out/thanks_en_press_"
    )
    assert "cannot be written" in line


def test_findings_common_to_all_are_reported_once(tmp_path: Path) -> None:
    layout = LAYOUT.replace("binding: none", "binding: saddle-stitch")  # of three pages
    card = thanks(tmp_path / "card", layout)
    rows = table(tmp_path / "t.csv", ["Ada,1,a", "Grace,2,b", "Zoë,3,c"])
    result = call("build", card, "--records", rows, "-o", tmp_path / "out", "--jobs", "1")
    assert result.status == 0
    assert len(result.lines) == 1
    assert "saddle-stitched" in result.lines[0]


def test_the_code_contains_the_values(tmp_path: Path) -> None:
    """Without a decoder, its modules are compared with those that segno makes of the address."""
    job = open_job(DiskProject(thanks(tmp_path)))
    record = Record(1, Span("t.csv", 2), {"name": "نور & Co?", "gift": 5, "code": "A/1"})
    page = lay_out_record(job, record).pages[0]
    address = "https://example.org/give?to=%D9%86%D9%88%D8%B1%20%26%20Co%3F&code=A%2F1"
    modules = expected(address)
    assert painted(page, len(modules)) == modules


def test_only_content_of_the_record_is_set_again(tmp_path: Path) -> None:
    job = open_job(DiskProject(thanks(tmp_path)))
    for number in (1, 2, 3):
        lay_out_record(
            job, Record(number, Span("t.csv"), {"name": f"N{number}", "gift": 5, "code": "A"})
        )
    # Four threads at first, then the front's text and its code, whose address has the record's value.
    assert job.thread_cache.misses == 4 + 2 + 2


def test_the_language_and_office_of_a_record(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card")
    (card / "content" / "fr.yaml").write_text(
        COPY.replace("Dear", "Cher").replace("thank you for", "merci pour"), encoding="utf-8"
    )
    (card / "offices").mkdir()
    office = "office: canada\nlanguages: [en, fr]\ncopy: {fr: {back: {words: Au Canada}}}\n"
    (card / "offices" / "canada.yaml").write_text(office, encoding="utf-8")
    rows = ["Ada,1234,a,fr,canada", "Grace,5,b,,canada", "Zoë,5,c,fr,"]
    path = table(tmp_path / "t.csv", rows, "name,gift,code,language,office")
    result = call("build", card, "--records", path, "-o", tmp_path / "out")
    assert (result.status, result.err) == (0, "")
    texts = {
        file.stem: [page.extract_text() for page in PdfReader(file).pages]
        for file in (tmp_path / "out").glob("[!.]*")
    }
    assert texts["thanks_canada_fr_press_000001"][0].startswith("Cher Ada, merci pour 1\u202f234")
    assert texts["thanks_canada_fr_press_000001"][2] == "Au Canada"
    assert texts["thanks_canada_en_press_000002"][0].startswith("Dear Grace, thank you")
    assert texts["thanks_fr_press_000003"][2] == "The same for everybody."


def test_without_a_table_the_examples_are_shown(tmp_path: Path) -> None:
    result = call("build", thanks(tmp_path / "card"), "-o", tmp_path / "out")
    assert result.status == 0
    assert result.lines == [
        "note: the merge fields show their example values: name 'Ada Lovelace', gift '250', code '0001' "
        "(build one brochure per row of a table with '--records FILE')"
    ]
    (file,) = (tmp_path / "out").glob("[!.]*")
    assert file.name == "thanks_en_press_example.pdf"
    words = PdfReader(file).pages[0].extract_text()
    assert words.replace("\n", "") == "Dear Ada Lovelace, thank you for 250 dollars."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--all",),
            "--all cannot be combined with --records, whose rows name their editions: remove --all",
        ),
        *(
            (words, "--previews and --previews-dir cannot be combined with --records: remove them")
            for words in (("--previews",), ("--previews-dir", "shown"))
        ),
        (("--rows", "7-9"), "--rows 7-9: the table has only 1 record"),
        (("--lang", "x-1"), "--lang x-1: not a language tag (e.g. en, fr-CA or km)"),
    ],
)
def test_contradictory_options(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    rows = table(tmp_path / "t.csv", ["Ada,1,a"])
    told = call("build", thanks(tmp_path / "card"), "--records", rows, *words)
    assert (told.status, told.err) == (ExitCode.USAGE, f"brochure: {said}\n")


def test_options_without_a_table(tmp_path: Path) -> None:
    told = call("build", thanks(tmp_path / "card"), "--one-file")
    assert told.status == ExitCode.USAGE
    assert "need --records FILE" in told.err


def test_a_layout_without_fields(tmp_path: Path) -> None:
    bare = LAYOUT.replace('merge-fields:\n  name: Ada Lovelace\n  gift: 250\n  code: "0001"\n', "")
    card = thanks(
        tmp_path / "card", bare, "front: {words: a, address: b}\nback: {alt: c, words: d}\n"
    )
    told = call("build", card, "--records", table(tmp_path / "t.csv", ["Ada,1,a"]))
    assert told.status == 2
    assert (
        "the layout has no merge fields (declare them with examples, e.g. 'merge-fields: {name: Ada Lovelace}'"
        in told.err
    )


def test_errors_before_the_end_of_a_truncated_table_are_reported(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card")
    rows = tmp_path / "t.csv"
    rows.write_text(
        'name,gift,code,language,office\nAda,twelve,1,xx-,nowhere\nBob,2,2,,\n"Eve,3,3,,\n'
    )
    result = call("build", card, "--records", rows, "-o", tmp_path / "out")
    assert result.status == 2
    told = [line.removeprefix(f"{rows}:").partition(" (")[0] for line in result.lines]
    assert told == [
        "2:2: 'gift' is 'twelve'; expected a number",
        "2:4: 'xx-' is not a language tag",
        "2:5: unknown office 'nowhere'",
        "4:1: unclosed quotation mark in this row",
        "4 errors",
    ]
    assert not (tmp_path / "out").exists()
