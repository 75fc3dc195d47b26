"""Terminal escape sequences and bidirectional controls in names and texts are shown escaped in all output."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from brochure.errors import ExitCode
from tests.cli.calling import LAYOUT, call, project

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]")
"""Characters that must not be printed; a line end may be."""

PLANTED = {
    "colour": "\x1b[31mred",
    "title": "\x1b]0;owned\x07",
    "c1": "\x9b2J",
    "override": "\u202egnp.exe",
    "isolate": "\u2067x",
    "backspace": "a\x08\x08b",
}

QUICK = [
    text if name in ("colour", "override") else pytest.param(text, marks=pytest.mark.soak)
    for name, text in PLANTED.items()
]
"""One control of each kind in every place: all are escaped by the same function, which the tests of reports cover."""

Place = Callable[[Path, str], tuple[str | Path, ...]]
"""Write a text into a new project or file; return the command that prints it."""


def quoted(text: str) -> str:
    """Return a text in YAML with escapes, so that the file itself has no control characters."""
    return json.dumps(text)


def layout_key(folder: Path, text: str) -> tuple[str | Path, ...]:
    return "build", project(folder, LAYOUT + f"{quoted(text)}: 1\n"), "-o", folder / "out"


def layout_value(folder: Path, text: str) -> tuple[str | Path, ...]:
    layout = LAYOUT.replace("9 pt", quoted(text))
    return "build", project(folder, layout), "-o", folder / "out"


def message_key(folder: Path, text: str) -> tuple[str | Path, ...]:
    layout = LAYOUT.replace("text: a.words", f"text: {quoted(text)}")
    return "build", project(folder, layout), "-o", folder / "out"


def font_family(folder: Path, text: str) -> tuple[str | Path, ...]:
    layout = LAYOUT.replace("Source Serif 4", quoted(text))
    return "build", project(folder, layout), "-o", folder / "out"


def asset_name(folder: Path, text: str) -> tuple[str | Path, ...]:
    layout = LAYOUT.replace("text: a.words", f"image: {quoted(text)}, alt: a.words")
    return "build", project(folder, layout), "-o", folder / "out"


def copy_text(folder: Path, text: str) -> tuple[str | Path, ...]:
    made = project(folder, copy=f"a:\n  words: {quoted(text + '{')}\n")
    return "build", made, "-o", folder / "out"


def office_file(folder: Path, text: str) -> tuple[str | Path, ...]:
    made = project(folder)
    (made / "offices").mkdir()
    (made / "offices" / f"{text}.yaml").write_text("office: x\nlanguages: [en]\n")
    return "build", made, "--all", "-o", folder / "out"


def office_option(folder: Path, text: str) -> tuple[str | Path, ...]:
    return "build", project(folder), "--office", text, "-o", folder / "out"


def catalogue(folder: Path, text: str) -> tuple[str | Path, ...]:
    file = folder.parent / "back.po"
    entry = f'msgctxt "{text}"\nmsgid "x"\nmsgstr "y"\n\n'
    file.write_text(f'msgid ""\nmsgstr ""\n\n{entry}{entry}')
    return "text", "import", file, project(folder), "--lang", "fr"


def column_name(folder: Path, text: str) -> tuple[str | Path, ...]:
    file = folder.parent / "people.csv"
    file.write_text(f'"{text}","{text}"\n1,2\n')
    made = project(folder, LAYOUT + "merge-fields: {name: Ada}\n")
    return "build", made, "--records", file, "-o", folder / "out"


def font_file(folder: Path, text: str) -> tuple[str | Path, ...]:
    made = project(folder)
    (made / "assets" / "fonts").mkdir(parents=True)
    (made / "assets" / "fonts" / f"{text}.ttf").write_bytes(b"not a font")
    return "fonts", made


def project_folder(folder: Path, text: str) -> tuple[str | Path, ...]:
    return "build", folder / text, "-o", folder / "out"


def command_name(folder: Path, text: str) -> tuple[str | Path, ...]:
    return (text, folder)


def option(folder: Path, text: str) -> tuple[str | Path, ...]:
    return "build", project(folder), "--target", text


def foreign_pdf(folder: Path, text: str) -> tuple[str | Path, ...]:
    folder.mkdir()
    file = folder / "in.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text, "/Trapped": text, "/GTS_PDFXVersion": text})
    writer.write(file)
    return "check", file


PLACES: tuple[Place, ...] = (
    layout_key,
    layout_value,
    message_key,
    font_family,
    asset_name,
    copy_text,
    office_file,
    office_option,
    catalogue,
    column_name,
    font_file,
    project_folder,
    command_name,
    option,
    foreign_pdf,
)
AS_JSON = {"build", "check", "fonts"}


@pytest.mark.parametrize("text", QUICK, ids=PLANTED)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_no_text_controls_the_terminal(tmp_path: Path, place: Place, text: str) -> None:
    words = place(tmp_path / "project", text)
    result = call(*words)
    assert result.out + result.err
    assert not CONTROL.search(result.out + result.err)
    if words[0] in AS_JSON:
        as_json = call(*words, "--json")
        assert not CONTROL.search(as_json.out + as_json.err)
        json.loads(as_json.out)


SHOWN = tuple(
    place for place in PLACES if place not in (copy_text, catalogue, office_file, foreign_pdf)
)
"""Places whose text is part of an error. Errors of the others have the place of the text, and what is wrong."""


@pytest.mark.parametrize("place", SHOWN, ids=lambda place: place.__name__)
def test_the_text_is_shown_escaped(tmp_path: Path, place: Place) -> None:
    result = call(*place(tmp_path / "project", "a\u200fb"))
    assert "a\\u200fb" in result.out + result.err


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_reports_show_controls_escaped(tmp_path: Path, text: str) -> None:
    layout = LAYOUT.replace("text: a.words", f"image: {quoted(text)}, alt: a.words")
    report = tmp_path / "report.html"
    call("check", project(tmp_path / text, layout), "--report", report)
    page = report.read_text(encoding="utf-8")
    assert not CONTROL.search(page)
    assert text[0] not in page or text[0].isalnum()


def test_a_file_name_that_is_not_utf_8_can_be_reported(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff"))
    layout = LAYOUT.replace("text: a.words", "text: missing")
    report = tmp_path / "report.html"
    result = call("check", project(folder, layout), "--report", report)
    assert result.status in (ExitCode.FINDINGS, ExitCode.INVALID_INPUT)
    assert "a\\udcff" in report.read_text(encoding="utf-8")
