"""`brochure check` as people call it: of a project and of a file, with a report and with approved pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.errors import ExitCode
from tests.cli.calling import call, tree
from tests.preflight import files as f
from tests.preflight.brochures import Change, finished, photograph, project

THIN = Change((("thickness: 0.5 pt", "thickness: 0.1 pt"),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clean brochure on disk, and the way there."""
    for name, data in project().files.items():
        path = tmp_path / "clean" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clean"


def test_a_clean_project(folder: Path) -> None:
    before = tree(folder)
    said = call("check", folder)
    assert (said.out, said.err, said.status) == ("no findings\n", "", 0)
    assert tree(folder) == before


def test_warnings_alone_do_not_stop_a_job(folder: Path) -> None:
    (folder / "brochure.yaml").write_bytes(project(THIN).files["brochure.yaml"])
    said = call("check", "clean")
    assert (said.out, said.status) == ("1 finding\n", 0)
    (line,) = said.lines
    assert line.startswith("clean/brochure.yaml:")
    assert line.endswith(": warning: a line is 0.10 pt thick (use 0.25 pt or more)")


def test_a_file_with_an_error(folder: Path) -> None:
    spoilt = f.edited(finished(), f.drawn("1 0 0 rg 100 100 50 50 re f"))
    (folder / "spoilt.pdf").write_bytes(spoilt)
    said = call("check", "clean/spoilt.pdf")
    assert said.status == 1
    # 100 points are 35.3 mm.
    assert said.lines == [
        "page 1 at 35, 35 mm: a filled area or line is in RGB without an ICC profile (convert it to the CMYK of the press)"
    ]
    data = call("check", "clean/spoilt.pdf", "--json").data
    assert [(one["code"], one["page"], one["at"]) for one in data["findings"]] == [
        ("colour-space", 1, [100.0, 100.0])
    ]


def test_many_of_a_kind_are_counted(folder: Path) -> None:
    lines = " ".join(f"0 w {x} 100 m {x} 150 l S" for x in range(20, 220, 20))
    (folder / "lines.pdf").write_bytes(f.edited(finished(), f.drawn(lines)))
    said = call("check", "clean/lines.pdf", "--report", "lines.html")
    # 20 points are 7.06 mm.
    fault = (
        "a line is 0.00 pt thick, and 9 more like it on this page"
        ", at 14, 35 mm; 21, 35 mm; 28, 35 mm, …"
    )
    assert said.lines == [f"page 1 at 7, 35 mm: warning: {fault} (use 0.25 pt or more)"]
    assert said.out == "1 finding\n"
    (finding,) = call("check", "clean/lines.pdf", "--json").data["findings"]
    assert (finding["message"], finding["count"]) == (fault, 10)
    assert finding["places"] == [[20.0, 100.0], [40.0, 100.0], [60.0, 100.0], [80.0, 100.0]]
    report = Path("lines.html").read_text(encoding="utf-8")
    assert report.count("<tr>") == 1
    assert fault in report


def test_the_report_stands_alone_and_escapes_what_it_quotes(folder: Path) -> None:
    copy = Change(copy={"story": "Lorem ipsum <b>&"}).copy
    (folder / "content" / "en.yaml").write_bytes(
        project(Change(copy=copy)).files["content/en.yaml"]
    )
    said = call("check", "clean", "--report", "report.html")
    text = Path("report.html").read_text(encoding="utf-8")
    assert said.status == 1
    assert "<h1>clean</h1>" in text
    assert "Errors: fix before printing · 1 finding" in text
    assert "the text contains the placeholder &#x27;Lorem ipsum&#x27;" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text


def test_pictures_are_approved_and_then_watched(folder: Path) -> None:
    assert call("check", "clean", "--approve-images").status == 0
    assert call("check", "clean").out == "no findings\n"
    (folder / "assets/photos/field.jpg").write_bytes(photograph(1321, 1821))
    (line,) = call("check", "clean").lines
    assert "photos/field.jpg has changed since the images were last approved" in line
    assert call("check", "clean", "--approve-images").out == "no findings\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "nowhere.pdf"], "nowhere.pdf: cannot be read"),
        (["check", "clean/brochure.yaml"], "expected a project folder, not a file"),
        (["check", "clean", "--profile", "newspaper"], "did you mean 'newsprint'?"),
        (["check", "clean", "--profile", "own.yaml"], "own.yaml: cannot be read"),
        (["check", "clean/words.pdf"], "words.pdf: is not a PDF; expected"),
        (
            ["check", "clean/whole.pdf", "--approve-images"],
            "--approve-images: expected a project folder",
        ),
    ],
)
def test_what_cannot_be_checked(folder: Path, words: list[str], said: str) -> None:
    (folder / "words.pdf").write_text("no PDF")
    (folder / "whole.pdf").write_bytes(finished())
    done = call(*words)
    assert done.status == (ExitCode.INVALID_INPUT if "not a PDF" in said else ExitCode.USAGE)
    assert said in done.err


def test_a_profile_in_a_file(folder: Path) -> None:
    Path("own.yaml").write_text("checks: {hairline: {width: 0.6, severity: error}}\n")
    said = call("check", "clean", "--profile", "own.yaml")
    # An error in the profile's eyes: the check itself says no more than a warning of it.
    assert (said.status, said.out) == (1, "1 finding\n")
