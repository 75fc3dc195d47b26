"""Bad input: the message, its place in a file, the exit status, and that no file is changed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from brochure.errors import ExitCode
from tests.cli.calling import COPY, LAYOUT, PICTURE_LAYOUT, ROOT, call, project, tree


def jpeg(size: int = 64) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((size, size)).save(out, "JPEG")
    return out.getvalue()


@dataclass(frozen=True)
class Bad:
    """A bad input: the project's files other than its copy, the expected message, the exit status."""

    files: dict[str, bytes]
    said: str
    status: int = 2


LONG = "a:\n  words: " + "A word or two. " * 400 + "\n"
PICTURE = PICTURE_LAYOUT.encode()
BAD = {
    "missing picture": Bad(
        {"brochure.yaml": PICTURE},
        "brochure.yaml:9:45: file 'assets/square.jpg' not found (add it to the project's assets folder)",
    ),
    "misspelt picture": Bad(
        {"brochure.yaml": PICTURE, "assets/sqare.jpg": jpeg()},
        "brochure.yaml:9:45: file 'assets/square.jpg' not found (did you mean 'sqare.jpg'?)",
    ),
    "truncated JPEG": Bad(
        {"brochure.yaml": PICTURE, "assets/square.jpg": jpeg(2000)[:-5000]},
        "brochure.yaml:9:45: assets/square.jpg cannot be used: it is truncated: the end of the JPEG is missing",
    ),
    "zero-byte JPEG": Bad(
        {"brochure.yaml": PICTURE, "assets/square.jpg": b""},
        "brochure.yaml:9:45: assets/square.jpg cannot be used: the file is empty",
    ),
    "text for a JPEG": Bad(
        {"brochure.yaml": PICTURE, "assets/square.jpg": b"<html>not found</html>"},
        "brochure.yaml:9:45: assets/square.jpg cannot be used: it is not a JPEG, PNG, TIFF or WebP picture "
        "or an SVG drawing",
    ),
    "PDF for a JPEG": Bad(
        {"brochure.yaml": PICTURE, "assets/square.jpg": b"%PDF-1.7\n"},
        "brochure.yaml:9:45: assets/square.jpg cannot be used: it is a PDF, "
        "which cannot be placed; export the page as SVG, or as TIFF or PNG",
    ),
    "zero-byte font": Bad(
        {"assets/fonts/SourceSerif4.ttf": b""},
        "assets/fonts/SourceSerif4.ttf:1:1: assets/fonts/SourceSerif4.ttf cannot be used as a font: "
        "the file is empty (replace it, or remove it from assets/fonts)",
    ),
    "a list": Bad(
        {"brochure.yaml": b"- brochure: trial\n"},
        "brochure.yaml:1:1: the file contains a list "
        "(a layout consists of keys with values, the first of them 'brochure: its-name')",
    ),
    "no layout": Bad(
        {"brochure.yml": LAYOUT.encode()},
        "brochure.yaml:1:1: brochure.yaml not found in this folder "
        "(start a project with 'brochure new DIR', or name the project's folder)",
    ),
    "a folder for a layout": Bad(
        {"brochure.yaml/x": b""}, "brochure.yaml:1:1: cannot be read: Is a directory"
    ),
    "unknown key": Bad(
        {"brochure.yaml": LAYOUT.replace("bleed:", "bled:").encode()},
        "brochure.yaml:4:1: unknown key 'bled' in the layout (did you mean 'bleed'?)",
    ),
    "wrong unit": Bad(
        {"brochure.yaml": LAYOUT.replace("3 mm", "3 px").encode()},
        "brochure.yaml:4:8: 'px' is not a unit of length "
        "(expected a number with mm, cm, in, pt or pc, or lines, col, row or em, e.g. '3 mm')",
    ),
    "no copy": Bad(
        {"content/en.yaml": b""},
        "content/en.yaml:1:1: the file contains no messages "
        "(write keys with texts, e.g. 'title: Welcome')",
    ),
    "a missing message": Bad(
        {"content/en.yaml": b"a:\n  word: One.\n"},
        "brochure.yaml:9:44: message 'a.words' is not in content/en.yaml (did you mean 'a.word'?)",
    ),
    "a missing fact": Bad(
        {"content/en.yaml": b"a:\n  words: More than {rescued} people.\n"},
        "content/en.yaml:2:10: message 'a.words': unknown variable 'rescued' (one of: pages)",
    ),
    "an unknown font": Bad(
        {"brochure.yaml": LAYOUT.replace("Source Serif 4", "Source Serf 4").encode()},
        "brochure.yaml:6:9: font family 'Source Serf 4' not found (did you mean 'Source Serif 4'?)",
    ),
    "text that does not fit": Bad({"content/en.yaml": LONG.encode()}, "content/en.yaml:2:10: ", 1),
}


def bad_project(folder: Path, bad: Bad) -> Path:
    project(folder)
    if "brochure.yaml" not in bad.files:
        (folder / "brochure.yaml").unlink()
        if not any(name.startswith("brochure.y") for name in bad.files):
            (folder / "brochure.yaml").write_text(LAYOUT)
    for name, data in bad.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.mark.parametrize("name", BAD)
def test_it_is_reported_with_its_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run inside the project, so that messages have file names relative to it; the old PDF is unchanged."""
    bad = BAD[name]
    folder = bad_project(tmp_path / "a folder with spaces", bad)
    monkeypatch.chdir(folder)
    for file in ("trial_en_press.pdf", "other.pdf"):
        (folder / "out").mkdir(exist_ok=True)
        (folder / "out" / file).write_bytes(b"%PDF the last good one")
    before = tree(tmp_path)
    result = call("build")
    assert result.status == bad.status
    assert result.out == ""
    told, *_, last = result.lines
    assert told.startswith(bad.said) if bad.status == 1 else told == bad.said
    assert last == ("1 error" if bad.status == 2 else "out/trial_en_press.pdf: not built: 1 error")
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", BAD)
def test_it_is_reported_as_json(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = BAD[name]
    monkeypatch.chdir(bad_project(tmp_path / "trial", bad))
    result = call("build", "--json")
    assert result.status == bad.status
    (finding,) = result.data["findings"]
    place = f"{finding['file']}:{finding['line']}:{finding['column']}: " if finding["file"] else ""
    hint = f" ({finding['hint']})" if finding["hint"] else ""
    assert f"{place}{finding['message']}{hint}".startswith(bad.said)
    assert finding["severity"] == "error"
    assert result.data["built"] is None if bad.status == 1 else result.data["error"] == "1 error"
    assert not (tmp_path / "trial" / "out").exists()


@pytest.mark.parametrize("name", BAD)
def test_check_reports_the_same(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = BAD[name]
    monkeypatch.chdir(bad_project(tmp_path / "trial", bad))
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", "1764000000"
    )  # a finding about the default date would be added
    result = call("check")
    assert result.status == bad.status
    assert result.err.startswith(bad.said)
    assert result.out == "1 finding\n"


def test_several_findings_are_printed_in_order_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = (ROOT / "tests" / "spec" / "wrong" / "ten.yaml").read_text(encoding="utf-8")
    monkeypatch.chdir(project(tmp_path / "trial", wrong))
    result = call("build")
    assert result.status == 2
    assert result.lines[-1] == "10 errors"
    places = [tuple(map(int, line.split(":")[1:3])) for line in result.lines[:-1]]
    assert len(places) == 10
    assert places == sorted(places)


def test_warnings_do_not_stop_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "trial", LAYOUT.replace("binding: none\n", "")))
    result = call("build")
    assert result.status == 0
    assert result.lines == [
        "brochure.yaml:1:1: warning: a saddle-stitched brochure of 1 page ends with 3 blank "
        "(make the number of pages a multiple of four)"
    ]
    assert result.out.startswith("out/trial_en_press.pdf  1 page  ")


# Symbolic links to files outside of the project


@pytest.mark.parametrize("name", ["assets/square.jpg", "content/en.yaml", "brochure.yaml"])
def test_a_link_out_of_the_project_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "trial", PICTURE_LAYOUT)
    (folder / "assets").mkdir()
    (folder / "assets" / "square.jpg").write_bytes(jpeg())
    secret = tmp_path / "secret"
    secret.write_bytes((folder / name).read_bytes())
    (folder / name).unlink()
    (folder / name).symlink_to(secret)
    monkeypatch.chdir(folder)
    result = call("build")
    assert result.status == 2
    assert result.lines == [
        f"{name}:1:1: is outside the project (copy the file into the project)",
        "1 error",
    ]


def test_links_inside_the_project_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "trial", PICTURE_LAYOUT)
    (folder / "assets").mkdir()
    (folder / "assets" / "one.jpg").write_bytes(jpeg())
    (folder / "assets" / "square.jpg").symlink_to("one.jpg")
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    assert call("build", "link").status == 0


def test_a_circular_link_is_not_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project(tmp_path / "trial", PICTURE_LAYOUT)
    (folder / "assets").mkdir()
    (folder / "assets" / "square.jpg").symlink_to("square.jpg")
    monkeypatch.chdir(folder)
    result = call("build")
    assert result.status == 2
    assert result.lines[0].startswith("brochure.yaml:9:45: file 'assets/square.jpg' not found")


def test_a_name_that_is_too_long_is_not_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "a" * 280 + ".jpg"
    monkeypatch.chdir(project(tmp_path / "trial", PICTURE_LAYOUT.replace("square.jpg", long)))
    result = call("build")
    assert result.status == 2
    assert f"file 'assets/{long}' not found" in result.err


# Output paths


def test_a_file_for_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "trial")
    monkeypatch.chdir(tmp_path)
    result = call("build", "trial/brochure.yaml")
    assert result.status == ExitCode.USAGE
    assert result.lines == [
        "brochure: trial/brochure.yaml: expected a project folder, not a file; try trial"
    ]


def test_a_file_for_the_output_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path / "trial"))
    Path("out").write_text("mine")
    before = tree(tmp_path)
    result = call("build")
    assert result.status == ExitCode.CANNOT_WRITE
    assert result.lines == [
        "brochure: out/trial_en_press.pdf: cannot be written: out is not a folder; an existing file is unchanged"
    ]
    assert tree(tmp_path) == before


@pytest.mark.parametrize("out", ["/proc/nowhere/out", "/dev/null/out"])
def test_a_folder_that_cannot_be_written(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "trial"))
    result = call("build", "-o", out)
    assert result.status == ExitCode.CANNOT_WRITE
    assert result.lines[0].startswith(f"brochure: {out}/trial_en_press.pdf: cannot be written: ")


def test_spaces_and_letters_of_every_kind_in_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path / "Ma brochure à moi" / "ភាសា 日本")
    monkeypatch.chdir(tmp_path)
    result = call("build", folder, "-o", "le résultat")
    assert result.status == 0
    assert [path.name for path in (tmp_path / "le résultat").iterdir()] == ["trial_en_press.pdf"]


def test_a_second_build_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "trial", copy=COPY))
    assert call("build").status == 0
    first = tree(tmp_path / "trial" / "out")
    assert call("build").status == 0
    assert tree(tmp_path / "trial" / "out") == first
    assert list(first) == ["trial_en_press.pdf"]
