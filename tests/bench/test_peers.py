"""The brochures that are compared are equal, the figures say what they should, and nothing of it reaches the program."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from PIL import Image

from bench import compare, equal_work
from bench.measured import PROGRAMS, Measured, Program
from bench.peers import matter, ours
from bench.peers.matter import PICTURE, Matter
from bench.peers.words import CHARTS, WORDS
from bench.processes import ENVIRONMENT, Cost
from brochure.project import MemoryProject
from tests.house.modules import ROOT, modules
from tests.programs import lacking
from tests.structure.conformance import problems

PEERS = ("typst", "weasyprint", "fpdf")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Matter:
    """The matter, with plain pictures of the size in pixels."""
    common = Matter(tmp_path_factory.mktemp("bench") / "matter")
    serif = next(name for name in MemoryProject().font_files() if "SourceSerif4[" in name)
    matter.make_words(common, Path(serif))
    for at in range(3):
        Image.new("RGB", PICTURE, (30 + 40 * at, 60, 90)).save(common.picture(at))
    ours.projects(common)
    return common


def words_in(pdf: Path) -> list[str]:
    """The words of a PDF in alphabetical order, hyphens at line ends taken out."""
    done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    whole = re.sub(r"[-\u2010\u00ad]\n", "", done.stdout).replace("\ufb01", "fi")
    return sorted(re.findall(r"\w+", whole))


def test_tagged_file_of_typst_is_equal(made: Matter, tmp_path: Path) -> None:
    """The file that ours is compared with has the same words, and breaks no rule of PDF/UA-1."""
    if PROGRAMS[1].missing():
        lacking("typst is not installed; `make peers` installs it")
    path = tmp_path / "tagged.pdf"
    import_module("bench.peers.typst").opened(made.folder, "tagged")(
        made.edition("offices", 7), path
    )
    assert problems(path.read_bytes(), "ua1", tmp_path) == []
    assert words_in(path) == words_wanted()


@pytest.mark.soak
def test_equal_work_is_equal(made: Matter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files of a kind have the same words; ours and typst's tagged file break no rule, and RGB pictures are found."""
    if missing := [one.name for one in PROGRAMS if one.missing()]:
        lacking(f"{', '.join(missing)}: `make peers` installs them")
    monkeypatch.setitem(ENVIRONMENT, "BROCHURE_CACHE", str(tmp_path / "cache"))
    text = equal_work.section(made, tmp_path / "files", runs=1).text
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if re.match(r"\| (ours|typst|weasyprint|platypus)", line)
    ]
    faults = [(row[0].split()[0].rstrip(","), row[-1]) for row in rows]
    assert [name for name, said in faults if said == "none"] == ["ours", "ours", "ours", "typst"]
    assert [name for name, said in faults if "colour-space" in said] == ["weasyprint"]
    found = {path: words_in(path) for path in (tmp_path / "files").glob("*/*.pdf")}
    assert len(found) == 10
    assert len(set(map(tuple, found.values()))) == 1


def words_wanted() -> list[str]:
    """Return the words of the seventh edition; the office is on the cover and the back."""
    figures = [str(value) for bars in CHARTS.values() for bar in bars for value in bar]
    words = matter.words_of("offices", 7)
    return sorted(re.findall(r"\w+", " ".join([*words.values(), *figures, words["office.name"]])))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda one: one.name)
def test_every_program_makes_the_same_brochure(
    program: Program, made: Matter, tmp_path: Path
) -> None:
    if program.missing():
        lacking(f"{program.name} is {program.missing()}; `make peers` installs it")
    path = tmp_path / f"{program.name}.pdf"
    import_module(f"bench.peers.{program.name}").opened(made.folder)(
        made.edition("offices", 7), path
    )
    said = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +8$", said, re.M)
    assert re.search(
        r"^Page size: +436.5\d* x 612.2\d* pts", said, re.M
    )  # A5 with 3 mm of bleed around it
    assert words_in(path) == words_wanted()


def test_the_brochure_has_about_700_words() -> None:
    assert 680 <= sum(len(text.split()) for text in WORDS.values()) <= 720


def test_offices_differ_in_the_office_and_texts_in_every_paragraph() -> None:
    def differing(kind: str) -> set[str]:
        one, two = matter.words_of(kind, 1), matter.words_of(kind, 2)
        return {key for key in one if one[key] != two[key]}

    office = {f"office.{key}" for key in ("name", "street", "city", "phone")}
    assert differing("offices") == office
    assert differing("texts") == office | set(matter.SHUFFLED)
    assert (
        len(matter.SHUFFLED) == 11
    )  # three pages of three paragraphs, the charts' lead, the last page


def test_an_edit_changes_one_message() -> None:
    words = matter.words_of("offices", 1)
    after = matter.edited(words, 3)
    assert [key for key in words if words[key] != after[key]] == ["second.b"]


# What is told


def took(cold: float, first: float, again: float, many: float) -> Measured:
    """A program that took this many seconds for a cold build, a first one, one after an edit, and 40."""
    one, all_of_them = (Cost(s, s, s, 50_000_000) for s in (cold, many))
    return Measured(one, 4_700_000, first, again, (all_of_them, all_of_them))


def test_goals_are_computed_from_the_run() -> None:
    one_process = (Cost(2.0, 2.0, 2.0, 0),) * 2
    typst = took(0.2, 0.2, 0.02, 1.0)
    good = {"ours": took(0.3, 0.3, 0.099, 1.9), "typst": typst}
    bad = {"ours": took(0.31, 0.3, 0.101, 2.1), "typst": typst}
    assert [goal.held for goal in compare.goals(good, one_process, 0.2)] == [True] * 4
    assert [goal.held for goal in compare.goals(bad, one_process, 0.2)] == [False] * 4
    assert [goal.held for goal in compare.goals({"ours": good["ours"]}, (), 0.2)] == [
        None,
        None,
        True,
    ]


def test_a_program_that_is_not_there_is_said_to_be_missing() -> None:
    absent = Program("quoin", "no_such_module_anywhere", "no-such-package")
    assert absent.missing() == "not installed"
    rows = compare.cold_table({}, {one.name: "not installed" for one in PROGRAMS}).splitlines()
    assert len(rows) == 2 + len(PROGRAMS)
    assert all("**not installed**" in row for row in rows[2:])


# What must not reach the program


def test_the_program_loads_no_other() -> None:
    named = [
        f"{module}: {one.name}"
        for module in modules()
        for one in module.imports()
        if one.name.split(".")[0] in {*PEERS, "bench"}
    ]
    assert named == []


def test_the_others_are_locked_apart() -> None:
    own, theirs = ((ROOT / f"requirements{n}.lock").read_text("utf-8") for n in ("", "-bench"))
    for name in ("typst", "weasyprint", "fpdf2"):
        assert re.search(rf"^{name}==\S+ \\$", theirs, re.M)
        assert not re.search(rf"^{name}==", own, re.M)
    assert "://" not in theirs


def test_a_process_of_a_peer_loads_that_one_alone() -> None:
    """bench.peers.run adds nothing to what it measures but json, pathlib and the like."""
    code = "import sys, bench.peers.run, bench.peers.typst; print([n for n in sys.modules if n in sys.argv[1:]])"
    named = ["yaml", "PIL", "numpy", "fontTools", "reportlab", "brochure", "uharfbuzz"]
    done = subprocess.run(
        [sys.executable, "-c", code, *named], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout == b"[]\n"
