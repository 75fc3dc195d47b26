"""All records in one file: pages for each, shared objects stored once, and every invalid record reported."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from brochure.errors import ExitCode
from brochure.pdf import streaming
from tests.cli.calling import call
from tests.mailmerge.thanks import COPY, LAYOUT, people, table, thanks
from tests.programs import run

COUNT = 14
PAGES = 3


def bound(folder: Path, rows: list[str], *words: str, layout: str = LAYOUT) -> Path:
    """Write the file of these records; fail on any finding."""
    card = thanks(folder / "card", layout)
    result = call(
        "build",
        card,
        "--records",
        table(folder / "people.csv", rows),
        "--one-file",
        "-o",
        folder,
        *words,
    )
    assert (result.status, result.err) == (0, "")
    return Path(result.out.split("  ")[0])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return PdfReader(bound(tmp_path_factory.mktemp("whole"), people(COUNT)))


def test_each_record_has_its_own_pages(whole: PdfReader) -> None:
    assert len(whole.pages) == PAGES * COUNT
    for at in range(COUNT):
        front, picture, back = (whole.pages[PAGES * at + page].extract_text() for page in range(3))
        assert "".join(front.split("\n")) == (
            f"Dear Person {at + 1} Núñez, thank you for {at + 1} dollars."
        )
        assert (picture, back) == ("", "The same for everybody.")


def raw(page: DictionaryObject, key: str) -> int:
    """Return the object number that an entry refers to."""
    reference = page.raw_get(key)
    assert isinstance(reference, IndirectObject)
    return reference.idnum


def test_shared_objects_are_stored_once(whole: PdfReader) -> None:
    contents = [raw(page, "/Contents") for page in whole.pages]
    assert len(set(contents)) == COUNT + 2  # a front for each; the picture's page and the back
    # The resources of each page: the front, the picture's page, the back.
    assert len({raw(page, "/Resources") for page in whole.pages}) == PAGES
    kinds = [one.get("/Subtype") for one in objects(whole)]
    assert kinds.count("/Image") == 1
    assert kinds.count("/CIDFontType2") + kinds.count("/CIDFontType0") == 1


def objects(reader: PdfReader) -> list[DictionaryObject]:
    """Return every dictionary and stream of the file."""
    found = (reader.get_object(number) for number in sorted(reader.xref[0]))
    return [one for one in found if isinstance(one, DictionaryObject)]


def test_outline_and_labels(whole: PdfReader) -> None:
    titles = [str(mark.title) for mark in whole.outline]  # type: ignore[union-attr]
    assert titles == [f"{at} Person {at} Núñez" for at in range(1, COUNT + 1)]
    pages = [whole.get_destination_page_number(mark) for mark in whole.outline]  # type: ignore[arg-type]
    assert pages == [PAGES * at for at in range(COUNT)]
    assert whole.page_labels[:4] == ["1-1", "1-2", "1-3", "2-1"]
    assert whole.page_labels[-1] == f"{COUNT}-3"


def test_more_records_than_a_node_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page tree has nodes, which are small in this test."""
    monkeypatch.setattr(streaming, "KIDS", 8)
    path = bound(tmp_path, people(13))
    run("qpdf", "--check", path)
    reader = PdfReader(path)
    assert reader.page_labels[13:17] == ["5-2", "5-3", "6-1", "6-2"]
    assert reader.page_labels[-1] == "13-3"
    root = reader.trailer["/Root"]["/Pages"]  # type: ignore[index]
    assert [node.get_object()["/Count"] for node in root["/Kids"]] == [8, 8, 8, 8, 7]


CONDITIONS = {
    "x-4": LAYOUT,
    "x-1a": LAYOUT + "press: {condition: coated-fogra39, standard: x-1a}\n",
    "marks": LAYOUT + "marks: yes\n",
    "leaflet": LAYOUT.replace("binding: none", "binding: z-fold").replace(
        "pages:\n", "pages:\n  - frames: {}\n"
    ),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_it_is_equal_to_separate_files(tmp_path: Path, name: str) -> None:
    """The pages are equal to the last pixel, and a check of the finished file has the same findings."""
    rows = ["Ada,1000,x", "نور (2),5,y", ",1,z"]
    path = bound(tmp_path, rows, layout=CONDITIONS[name])
    call("build", tmp_path / "card", "--records", tmp_path / "people.csv", "-o", tmp_path / "files")
    files = sorted((tmp_path / "files").glob("*.pdf"))
    assert len(files) == 3
    assert pictures(path) == [picture for file in files for picture in pictures(file)]
    run("qpdf", "--check", path)
    assert codes(path) == codes(files[0])


def codes(path: Path) -> set[str]:
    """Return the findings of a check of the finished file: its picture has a low resolution, and its pages are three."""
    found = call("check", path, "--json").data["findings"]
    return {one["code"] for one in found}


def pictures(path: Path) -> list[bytes]:
    """Render each page with its inks."""
    folder = path.with_suffix("")
    folder.mkdir()
    run("pdftoppm", "-r", "40", path, folder / "page")
    return [page.read_bytes() for page in sorted(folder.iterdir())]


def test_booklets_of_all_records(tmp_path: Path) -> None:
    path = bound(tmp_path, people(3), "--target", "booklet", layout=CONDITIONS["leaflet"])
    assert path.name == "thanks_records_booklet.pdf"
    run("qpdf", "--check", path)
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert [text.count(f"Person {at}") for at in (1, 2, 3)] == [1, 1, 1]


def test_same_inputs_same_bytes(tmp_path: Path) -> None:
    one, other = bound(tmp_path / "a", people(5)), bound(tmp_path / "b", people(5))
    assert one.read_bytes() == other.read_bytes()
    assert one.read_bytes() != bound(tmp_path / "c", people(4)).read_bytes()


def test_part_of_a_table(tmp_path: Path) -> None:
    path = bound(tmp_path, people(9), "--rows", "3-4,8")
    assert path.name == "thanks_records_3-4,8_press.pdf"
    assert [str(mark.title)[0] for mark in PdfReader(path).outline] == ["3", "4", "8"]  # type: ignore[union-attr]


# Errors

WRONG = ["Ada,1,a", "นก,2,b", f"{'Wolfeschlegelstein ' * 60},3,c", "Grace,4,d"]
"""The second record has missing glyphs, the third does not fit."""


def test_an_invalid_record_prevents_the_file(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "people.csv", WRONG)
    out.mkdir()
    before = out / "thanks_records_press.pdf"
    before.write_bytes(b"before")
    result = call("build", card, "--records", rows, "--one-file", "-o", out)
    assert result.status == 1
    assert [path.name for path in out.iterdir()] == [before.name]
    assert before.read_bytes() == b"before"
    told = [line for line in result.lines if "cannot be built: " in line]
    assert [line.partition(":1: ")[0] for line in told] == [f"{rows}:3", f"{rows}:4"]
    assert result.lines[-1] == (
        f"{before}: not written: 2 records cannot be built; --skip-invalid skips them"
    )


def test_as_data(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "people.csv", [f"{row},x" for row in WRONG], "name,gift,code,more")
    words = ("build", card, "--records", rows, "--one-file", "-o", out, "--json")
    refused, skipped = call(*words).data, call(*words, "--skip-invalid").data
    assert refused["built"] is None
    path = out / "thanks_records_press.pdf"
    assert skipped["built"] == {"path": str(path), "pages": 6, "bytes": path.stat().st_size}
    for result in (refused, skipped):
        codes = [one["code"] for one in result["findings"]]
        assert codes[0] == "records-column-unused"
        assert codes.count("record-not-built") == 2
        assert [one["record"] for one in result["records"]] == [2, 3]
        assert {one["findings"][-1]["code"] for one in result["records"]} == {"record-not-built"}


def test_an_interrupted_build_leaves_no_file(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "people.csv", people(5000))
    program = [sys.executable, "-c", "from brochure.cli import main; main()"]
    words = map(str, ["build", card, "--records", rows, "--one-file", "-o", out])
    with subprocess.Popen([*program, *words], stderr=subprocess.PIPE, text=True) as running:
        while not (out.is_dir() and any(part.stat().st_size for part in out.iterdir())):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, result = running.communicate(timeout=60)
    assert running.returncode == 130
    assert re.fullmatch(r"interrupted: 0 of 5,000 records built\n", result)
    assert not list(out.iterdir())


def test_invalid_records_are_skipped_on_request(tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "people.csv", WRONG)
    result = call("build", card, "--records", rows, "--one-file", "--skip-invalid", "-o", out)
    assert result.status == 1
    reader = PdfReader(out / "thanks_records_press.pdf")
    assert [str(mark.title) for mark in reader.outline] == ["1 Ada", "4 Grace"]  # type: ignore[union-attr]
    assert "2 of 4 records built" in result.out


def test_one_file_is_refused_for_the_screen(tmp_path: Path) -> None:
    rows = table(tmp_path / "people.csv", people(2))
    result = call(
        "build", thanks(tmp_path / "card"), "--records", rows, "--one-file", "--target", "screen"
    )
    assert result.status == ExitCode.USAGE
    assert result.err.startswith("brochure: --one-file cannot be combined with a tagged target")


def test_one_process_writes_it(tmp_path: Path) -> None:
    rows = table(tmp_path / "people.csv", people(2))
    result = call("build", thanks(tmp_path / "c"), "--records", rows, "--one-file", "--jobs", "2")
    assert (result.status, result.err[:41]) == (
        ExitCode.USAGE,
        "brochure: --one-file uses one process: re",
    )


def test_one_file_has_one_output_condition(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card")
    (card / "offices").mkdir()
    for name, press in (("here", ""), ("there", "press: uncoated-fogra29\n")):
        text = f"office: {name}\nlanguages: [en]\n{press}"
        (card / "offices" / f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = table(tmp_path / "t.csv", ["a,1,x,here", "b,2,y,there"], "name,gift,code,office")
    result = call("build", card, "--records", rows, "--one-file", "-o", tmp_path / "out")
    assert result.status == ExitCode.USAGE
    assert f"{rows}:3:1: record 2 has another printing condition than record 1" in result.err
    assert not list((tmp_path / "out").iterdir())


def test_the_metadata_have_no_personal_data(tmp_path: Path) -> None:
    card = thanks(tmp_path / "card", LAYOUT + "title: front.words\n", COPY)
    rows = table(tmp_path / "people.csv", people(2))
    call("build", card, "--records", rows, "--one-file", "-o", tmp_path)
    reader = PdfReader(tmp_path / "thanks_records_press.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "thanks"
    assert b"Lovelace" not in (tmp_path / "thanks_records_press.pdf").read_bytes()
