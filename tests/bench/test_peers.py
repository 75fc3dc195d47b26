"""The programs make equal brochures; goals are computed correctly; `brochure` does not import the other programs."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from bench import compare, equal_work
from bench.peers import ours, source_files
from bench.peers.messages import CHARTS, MESSAGES
from bench.peers.source_files import IMAGE_SIZE, SourceFiles
from bench.processes import ENVIRONMENT, Cost
from bench.programs import PROGRAMS, Measurements, Program
from brochure.project import MemoryProject
from tests.house.modules import PACKAGE, ROOT
from tests.programs import lacking
from tests.structure.conformance import problems

PEERS = ("typst", "weasyprint", "fpdf")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> SourceFiles:
    """The source files, with plain images of the same size in pixels."""
    files = SourceFiles(tmp_path_factory.mktemp("bench") / "sources")
    serif = next(name for name in MemoryProject().font_files() if "SourceSerif4[" in name)
    source_files.write_font_and_messages(files, Path(serif))
    for n in range(3):
        Image.new("RGB", IMAGE_SIZE, (30 + 40 * n, 60, 90)).save(files.get_image_path(n))
    ours.write_projects(files)
    return files


def extract_words(pdf: Path) -> list[str]:
    """Return the words of a PDF in alphabetical order, without hyphens at line ends."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    text = re.sub(r"[-\u2010\u00ad]\n", "", done.stdout).replace("\ufb01", "fi")
    return sorted(re.findall(r"\w+", text))


def test_tagged_file_of_typst_is_equal(sources: SourceFiles, tmp_path: Path) -> None:
    """typst's tagged file has the same words, and conforms to PDF/UA-1."""
    if PROGRAMS[1].explain_absence():
        lacking("typst is not installed; `make peers` installs it")
    path = tmp_path / "tagged.pdf"
    import_module("bench.peers.typst").make_builder(sources.folder, "tagged")(
        sources.get_edition_path("offices", 7), path
    )
    assert problems(path.read_bytes(), "ua1", tmp_path) == []
    assert extract_words(path) == expected_words()


@pytest.mark.soak
def test_equal_work_is_equal(
    sources: SourceFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programs' files have the same words; our files and typst's tagged file have no faults; RGB images are reported.

    Ghostscript 10.00 makes the ligatures of typst's file unreadable, and pictures of WeasyPrint's pages.
    """
    if absent := [one.name for one in PROGRAMS if one.explain_absence()]:
        lacking(f"{', '.join(absent)}: `make peers` installs them")
    monkeypatch.setitem(ENVIRONMENT, "BROCHURE_CACHE", str(tmp_path / "cache"))
    text = equal_work.measure_section(sources, tmp_path / "files", runs=1).text
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if re.match(r"\| (ours|typst|weasyprint|platypus)", line)
    ]
    faults = [(row[0].split()[0].rstrip(","), row[-1]) for row in rows]
    assert [name for name, codes in faults if codes == "none"] == ["ours", "ours", "ours", "typst"]
    assert [name for name, codes in faults if "colour-space" in codes] == ["weasyprint"]
    files = [path for path in (tmp_path / "files").glob("*/*.pdf") if path.stem != "converted"]
    words = {path: extract_words(path) for path in files}
    assert len(words) == 7
    assert len(set(map(tuple, words.values()))) == 1


def expected_words() -> list[str]:
    """Return the words of edition 7; the name of the office is on the cover and on the last page."""
    values = [str(value) for bars in CHARTS.values() for bar in bars for value in bar]
    messages = source_files.make_messages("offices", 7)
    return sorted(
        re.findall(r"\w+", " ".join([*messages.values(), *values, messages["office.name"]]))
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_every_program_makes_the_same_brochure(
    program: Program, sources: SourceFiles, tmp_path: Path
) -> None:
    if absence := program.explain_absence():
        lacking(f"{program.name}: {absence}; `make peers` installs it")
    path = tmp_path / f"{program.name}.pdf"
    import_module(f"bench.peers.{program.name}").make_builder(sources.folder)(
        sources.get_edition_path("offices", 7), path
    )
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +8$", info, re.M)
    assert re.search(
        r"^Page size: +436.5\d* x 612.2\d* pts", info, re.M
    )  # A5 with 3 mm of bleed around it
    assert extract_words(path) == expected_words()


def test_the_brochure_has_about_700_words() -> None:
    assert 680 <= sum(len(text.split()) for text in MESSAGES.values()) <= 720


def test_offices_differ_in_the_office_and_texts_in_every_paragraph() -> None:
    def list_differences(kind: str) -> set[str]:
        one, two = source_files.make_messages(kind, 1), source_files.make_messages(kind, 2)
        return {key for key in one if one[key] != two[key]}

    office = {f"office.{key}" for key in ("name", "street", "city", "phone")}
    assert list_differences("offices") == office
    assert list_differences("texts") == office | set(source_files.PARAGRAPHS)
    assert (
        len(source_files.PARAGRAPHS) == 11
    )  # three pages of three paragraphs, the text above the charts, the last page


def test_an_edit_changes_one_message() -> None:
    before = source_files.make_messages("offices", 1)
    after = source_files.edit_message(before, 3)
    assert [key for key in before if before[key] != after[key]] == ["second.b"]


# Goals and tables


def make_measurements(cold: float, first: float, rebuild: float, batch: float) -> Measurements:
    """Return measurements from seconds: a cold build, a first build, a rebuild, and 40 editions."""
    cold_cost, batch_cost = (Cost(s, s, s, 50_000_000) for s in (cold, batch))
    return Measurements(cold_cost, 4_700_000, first, rebuild, (batch_cost, batch_cost))


def test_goals_are_computed_from_the_run() -> None:
    one_process = (Cost(2.0, 2.0, 2.0, 0),) * 2
    typst = make_measurements(0.2, 0.2, 0.02, 1.0)
    good = {"ours": make_measurements(0.3, 0.3, 0.099, 1.9), "typst": typst}
    bad = {"ours": make_measurements(0.31, 0.3, 0.101, 2.1), "typst": typst}
    assert [goal.is_met for goal in compare.compute_goals(good, one_process, 0.2)] == [True] * 4
    assert [goal.is_met for goal in compare.compute_goals(bad, one_process, 0.2)] == [False] * 4
    assert [goal.is_met for goal in compare.compute_goals({"ours": good["ours"]}, (), 0.2)] == [
        None,
        None,
        True,
    ]


def test_absent_program_has_a_row() -> None:
    program = Program("quoin", "no_such_module_anywhere", "no-such-package")
    assert program.explain_absence() == "not installed"
    rows = compare.format_cold_builds(
        {}, {one.name: "not installed" for one in PROGRAMS}
    ).splitlines()
    assert len(rows) == 2 + len(PROGRAMS)
    assert all("**not installed**" in row for row in rows[2:])


# Isolation of the other programs


def test_the_program_does_not_import_the_others() -> None:
    pattern = re.compile(rf"^\s*(?:from|import)\s+({'|'.join((*PEERS, 'bench'))})\b", re.M)
    imports = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in pattern.findall(path.read_text("utf-8"))
    ]
    assert imports == []
    builder = ROOT / "bench/peers/typst.py"
    assert pattern.findall(builder.read_text("utf-8")) == ["typst"]


def test_the_others_have_their_own_lock_file() -> None:
    own, theirs = ((ROOT / f"requirements{n}.lock").read_text("utf-8") for n in ("", "-bench"))
    for name in ("typst", "weasyprint", "fpdf2"):
        assert re.search(rf"^{name}==\S+ \\$", theirs, re.M)
        assert not re.search(rf"^{name}==", own, re.M)
    assert "://" not in theirs


def test_process_of_a_program_imports_only_that_program() -> None:
    """`bench.peers.run` adds only modules of the standard library to what it measures."""
    code = "import sys, bench.peers.run, bench.peers.typst; print([n for n in sys.modules if n in sys.argv[1:]])"
    names = ["yaml", "PIL", "numpy", "fontTools", "reportlab", "brochure", "uharfbuzz"]
    done = subprocess.run(
        [sys.executable, "-c", code, *names], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout == b"[]\n"
