"""`brochure check` on the command line: projects and files, reports and approved pictures."""

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
    """The clean brochure on disk; the current folder is its parent."""
    for name, data in project().files.items():
        path = tmp_path / "clean" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "clean"


def test_a_clean_project(folder: Path) -> None:
    before = tree(folder)
    result = call("check", folder)
    assert (result.out, result.err, result.status) == ("no findings\n", "", 0)
    assert tree(folder) == before


def test_warnings_do_not_change_the_exit_status(folder: Path) -> None:
    (folder / "brochure.yaml").write_bytes(project(THIN).files["brochure.yaml"])
    result = call("check", "clean")
    assert (result.out, result.status) == ("1 finding\n", 0)
    (line,) = result.lines
    assert line.startswith("clean/brochure.yaml:")
    assert line.endswith(": warning: a line is 0.10 pt thick (use 0.25 pt or more)")


def test_a_file_with_an_error(folder: Path) -> None:
    defective = f.edited(finished(), f.drawn("1 0 0 rg 100 100 50 50 re f"))
    (folder / "defective.pdf").write_bytes(defective)
    result = call("check", "clean/defective.pdf")
    assert result.status == 1
    # 100 points are 35.3 mm.
    assert result.lines == [
        "page 1 at 35, 35 mm: a filled area or line is in RGB without an ICC profile (convert it to the CMYK of the press)"
    ]
    data = call("check", "clean/defective.pdf", "--json").data
    assert [(one["code"], one["page"], one["at"]) for one in data["findings"]] == [
        ("colour-space", 1, [100.0, 100.0])
    ]


@pytest.mark.usefixtures("checked_here")
def test_many_findings_of_a_kind_are_counted(folder: Path) -> None:
    lines = " ".join(f"0 w {x} 100 m {x} 150 l S" for x in range(20, 220, 20))
    (folder / "lines.pdf").write_bytes(f.edited(finished(), f.drawn(lines)))
    result = call("check", "clean/lines.pdf", "--report", "lines.html")
    # 20 points are 7.06 mm.
    fault = (
        "a line is 0.00 pt thick, and 9 more like it on this page"
        ", at 14, 35 mm; 21, 35 mm; 28, 35 mm, …"
    )
    assert result.lines == [f"page 1 at 7, 35 mm: warning: {fault} (use 0.25 pt or more)"]
    assert result.out == "1 finding\n"
    (finding,) = call("check", "clean/lines.pdf", "--json").data["findings"]
    assert (finding["message"], finding["count"]) == (fault, 10)
    assert finding["places"] == [[20.0, 100.0], [40.0, 100.0], [60.0, 100.0], [80.0, 100.0]]
    report = Path("lines.html").read_text(encoding="utf-8")
    assert report.count("<tr>") == 1
    assert fault in report


def test_the_report_is_one_file_and_escapes_quoted_text(folder: Path) -> None:
    copy = Change(copy={"story": "Lorem ipsum <b>&"}).copy
    (folder / "content" / "en.yaml").write_bytes(
        project(Change(copy=copy)).files["content/en.yaml"]
    )
    result = call("check", "clean", "--report", "report.html")
    text = Path("report.html").read_text(encoding="utf-8")
    assert result.status == 1
    assert "<h1>clean</h1>" in text
    assert "Errors: fix before printing · 1 finding" in text
    assert "the text contains the placeholder &#x27;Lorem ipsum&#x27;" in text
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text


def test_approved_pictures_are_compared(folder: Path) -> None:
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
def test_input_that_cannot_be_checked(folder: Path, words: list[str], said: str) -> None:
    (folder / "words.pdf").write_text("no PDF")
    (folder / "whole.pdf").write_bytes(finished())
    done = call(*words)
    assert done.status == (ExitCode.INVALID_INPUT if "not a PDF" in said else ExitCode.USAGE)
    assert said in done.err


def test_a_profile_in_a_file(folder: Path) -> None:
    Path("own.yaml").write_text("checks: {hairline: {width: 0.6, severity: error}}\n")
    result = call("check", "clean", "--profile", "own.yaml")
    # An error only because of the profile: the severity of the check itself is a warning.
    assert (result.status, result.out) == (1, "1 finding\n")


# Several files, and all editions


def test_several_files_have_one_status_and_findings_each(folder: Path) -> None:
    (folder / "good.pdf").write_bytes(finished())
    (folder / "words.pdf").write_text("no PDF")
    defective = f.edited(finished(), f.drawn("1 0 0 rg 100 100 50 50 re f"))
    (folder / "defective.pdf").write_bytes(defective)
    names = [f"clean/{name}.pdf" for name in ("defective", "words", "good")]
    result = call("check", *names, "clean")
    assert result.status == ExitCode.INVALID_INPUT
    assert result.out.splitlines() == [
        "clean/defective.pdf: 1 finding",
        "clean/words.pdf: not checked",
        "clean/good.pdf: no findings",
        "clean: no findings",
        "2 of 4 without errors",
    ]
    first, second = result.lines
    assert first.startswith(
        "clean/defective.pdf: page 1 at 35, 35 mm: a filled area or line is in RGB"
    )
    assert second.startswith("clean/words.pdf: is not a PDF")
    data = call("check", *names, "--json").data
    assert [one["code"] for one in data["findings"]] == ["colour-space"]
    files = [(one["path"], one["status"], len(one["findings"])) for one in data["files"]]
    assert files == list(zip(names, (1, 2, 0), (1, 0, 0), strict=True))
    assert "is not a PDF" in data["files"][1]["failure"]


def test_a_file_that_does_not_exist_stops_all(folder: Path) -> None:
    (folder / "good.pdf").write_bytes(finished())
    result = call("check", "clean/good.pdf", "nowhere.pdf")
    assert (result.status, result.out) == (ExitCode.USAGE, "")
    assert "nowhere.pdf: cannot be read" in result.err


@pytest.mark.usefixtures("checked_here")
def test_a_standard_is_required_whatever_the_file_declares(folder: Path) -> None:
    (folder / "good.pdf").write_bytes(finished())
    assert call("check", "clean/good.pdf", "--standard", "x-4").status == 0
    result = call("check", "clean/good.pdf", "--standard", "x-1a")
    assert result.status == 1
    assert "the file declares PDF/X-4; PDF/X-1a is required" in result.err
    Path("own.yaml").write_text("standard: x-1a\n")
    assert call("check", "clean/good.pdf", "--profile", "own.yaml").status == 1
    assert "--standard applies to PDFs" in call("check", "clean", "--standard", "x-4").err
    Path("own.yaml").write_text("standard: x-9\n")
    assert (
        "unknown PDF/X standard 'x-9'"
        in call("check", "clean/good.pdf", "--profile", "own.yaml").err
    )


@pytest.mark.usefixtures("checked_here")
def test_the_finished_files_of_all_editions_are_checked(folder: Path) -> None:
    (folder / "content/de.yaml").write_bytes((folder / "content/en.yaml").read_bytes())
    assert call("build", "clean", "--all", "-o", "pdfs").status == 0
    result = call("check", "clean", "--all", "-o", "pdfs")
    assert (result.status, result.out.splitlines()) == (
        0,
        [
            "pdfs/clean_en_press.pdf: no findings",
            "pdfs/clean_de_press.pdf: no findings",
            "2 of 2 without errors",
        ],
    )
    Path("pdfs/clean_de_press.pdf").unlink()
    result = call("check", "clean", "--all", "-o", "pdfs", "--report", "all.html")
    assert result.status == 1
    assert (
        "clean_de_press.pdf: the PDF does not exist (build it: brochure build --all)" in result.err
    )
    report = Path("all.html").read_text(encoding="utf-8")
    assert "<h2>clean_en_press.pdf</h2>" in report


@pytest.mark.usefixtures("checked_here")
def test_the_same_finding_of_several_files_is_printed_once(folder: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        Path(name).write_bytes(finished())
    alone = call("check", "a.pdf", "--standard", "x-1a").err.splitlines()
    result = call("check", "a.pdf", "b.pdf", "c.pdf", "--standard", "x-1a")
    assert result.out.splitlines() == [
        f"a.pdf: {len(alone)} finding{'s' if len(alone) > 1 else ''}",
        *(
            f"{name}: {len(alone)} finding{'s' if len(alone) > 1 else ''} (see above)"
            for name in ("b.pdf", "c.pdf")
        ),
        "0 of 3 without errors",
    ]
    printed = result.err.splitlines()
    assert printed[: len(alone)] == [f"a.pdf: {line}" for line in alone]
    assert all("the same in 2 more files [" in line for line in printed[len(alone) :])
    assert len(printed) == 2 * len(alone)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "clean", "-o", "pdfs"], "add --all"),
        (["check", "clean/good.pdf", "--all"], "--all: expected a project folder"),
        (["check", "clean", "clean/good.pdf", "--all"], "are for one project"),
        (["check", "clean", "clean/good.pdf", "--lang", "en"], "check projects one by one"),
    ],
)
def test_options_that_do_not_fit(folder: Path, words: list[str], said: str) -> None:
    (folder / "good.pdf").write_bytes(finished())
    done = call(*words)
    assert done.status == ExitCode.USAGE
    assert said in done.err
