"""Usage errors, as text and as JSON; and internal errors, which are never tracebacks."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from brochure import api, templates
from brochure.errors import ExitCode, OutputError
from brochure.fonts.catalog import FontCatalog
from brochure.spec import schema
from brochure.system import output_files
from tests.cli.calling import SAMPLE, call, project

MISTAKES: list[tuple[list[str | Path], str | None]] = [
    (["bild"], "unknown command 'bild' (did you mean 'build'?)"),
    (["build", "--offic", "canada"], None),
    (["build", "--lang"], None),
    (["build", "a", "b"], None),
    (
        ["build", SAMPLE, "--target", "prss"],
        "Invalid value for '--target': 'prss' is not one of 'press', 'screen', 'booklet'"
        " (try 'brochure build --help')",
    ),
    (
        ["build", SAMPLE, "--target", "screen", "--date", "now"],
        "--date applies to press PDFs only: remove it, or --target screen",
    ),
    (
        ["watch", SAMPLE, "--target", "booklet", "--date", "2026-11-24"],
        "--date applies to press PDFs only: remove it, or --target booklet",
    ),
    (
        ["impose", "card.pdf", "--date", "now"],
        "--date applies to projects only: remove it to impose a PDF",
    ),
    (
        ["build", SAMPLE, "--lang", "../../x"],
        "--lang ../../x: not a language tag (e.g. en, fr-CA or km)",
    ),
    (["build", SAMPLE, "--lang", ""], None),
    (
        ["build", SAMPLE, "--lang", "english"],
        "--lang english: not a language tag (e.g. en, fr-CA or km)",
    ),
    (["build", SAMPLE, "--office", "../canada"], None),
    (
        ["build", SAMPLE, "--office", "canda"],
        "--office canda: unknown office (did you mean 'canada'?)",
    ),
    (
        ["build", "nowhere"],
        "nowhere: folder not found (start a project with 'brochure new nowhere')",
    ),
    (
        ["check", "nowhere"],
        "nowhere: folder not found (start a project with 'brochure new nowhere')",
    ),
    (
        ["fonts", "nowhere"],
        "nowhere: folder not found (start a project with 'brochure new nowhere')",
    ),
    (
        ["check", SAMPLE, "--lang", "x/../y"],
        "--lang x/../y: not a language tag (e.g. en, fr-CA or km)",
    ),
    (["new"], "no folder given; expected the folder to create, e.g. brochure new my-brochure"),
    (
        ["new", "x", "--layout", "proven"],
        "--layout proven: unknown layout (did you mean 'proven-model'?)",
    ),
]
MISTAKES += [
    (
        [command, SAMPLE, "--date", date],
        f"--date: '{date}' is not a date; expected 'now' or a day as YYYY-MM-DD, such as 2026-11-24",
    )
    for command, date in (
        *(("build", "tomorrow"), ("watch", "tomorrow"), ("impose", "tomorrow")),
        *(("build", ""), ("build", "2026-1-4"), ("build", "20261124"), ("build", "2026-02-29")),
        *(
            ("build", "2026-11-24T10:00"),
            ("build", "2026-11-24T24:00:00Z"),
            ("build", "0026-11-24"),
            ("build", "20२६-११-२४"),
        ),
    )
]
IDS = [
    " ".join(str(word) for word in words).replace(str(SAMPLE), "SAMPLE") for words, _ in MISTAKES
]


@pytest.mark.parametrize(("words", "message"), MISTAKES, ids=IDS)
def test_a_usage_error_as_text(
    words: list[str | Path], message: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert result.status == ExitCode.USAGE
    assert result.out == ""
    assert len(result.lines) == 1
    assert message is None or result.lines == [f"brochure: {message}"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("words", "message"), MISTAKES, ids=IDS)
def test_a_usage_error_as_json(
    words: list[str | Path], message: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(words[0], "--json", *words[1:])
    assert result.status == ExitCode.USAGE
    assert result.data["error"] == message or message is None
    assert result.data["findings"] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("build", "nowhere", "-o", "--json"),
        ("build", "nowhere", "--lang", "--json"),
        ("build", "--target", "--json", "nowhere"),
        ("text", "export", "nowhere", "-o", "--json"),
        ("build", "nowhere", "--previews-dir", "--json"),
        ("build", "nowhere", "--", "--json"),
        ("build", "--", "--json"),
        ("check", "-", "--", "--json"),
        ("build", "nowhere", "-o--json"),
        ("build", "nowhere", "--out=--json"),
    ],
    ids=" ".join,
)
def test_json_as_a_value_or_an_argument_is_not_an_option(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert (result.status, result.out) == (ExitCode.USAGE, "")
    assert result.err.startswith("brochure: ")


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--json", "nowhere"),
        ("build", "--json", "--", "nowhere"),
        ("build", "nowhere", "--previews", "--json"),
        ("build", "nowhere", "--previews-dir", "x", "--json"),
        ("build", "nowhere", "--lang", "fr", "--json"),
        ("build", "nowhere", "--out=x", "--json"),
        ("build", "nowhere", "--ot", "--json"),
        ("build", "nowhere", "-ox", "--json", "--lang"),
        ("--json", "build", "nowhere"),
        ("text", "status", "nowhere", "--json"),
        ("text", "stats", "--json"),
    ],
    ids=" ".join,
)
def test_json_among_the_options_has_an_effect(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call(*words)
    assert result.status == ExitCode.USAGE
    assert set(result.data) == {"error", "findings"}


def test_an_option_without_a_value_does_not_use_the_next_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path / "trial"))
    assert call("build", "-o", "--previews").status == 0
    assert Path("--previews/trial_en_press.pdf").is_file()
    assert call("build", "--", "--previews").err.startswith("--previews/brochure.yaml:1:1: ")


def test_errors_of_typer_are_one_line_that_names_the_help() -> None:
    for words, fragment in (
        (["build", "--offic", "canada"], "--office"),
        (["build", "--lang"], "--lang"),
        (["build", "a", "b"], "extra argument"),
    ):
        (line,) = call(*words).lines
        assert line.startswith("brochure: ")
        assert fragment in line
        assert line.endswith(" --help')")


@pytest.mark.parametrize(
    ("words", "target", "name"),
    [
        (["build", SAMPLE, "-o", "x"], api, "compose_pages"),
        (["check", SAMPLE], api, "compose_pages"),
        (["fonts"], FontCatalog, "families"),
        (["new", "x"], templates, "write_folder"),
        (["schema"], schema, "schema"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
@pytest.mark.parametrize("json", [(), ("--json",)])
def test_an_internal_error_is_reported_as_one(
    words: list[str],
    target: object,
    name: str,
    json: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise KeyError("leg")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(target, name, fault)
    result = call(*words, *json)
    assert result.status == ExitCode.INTERNAL_ERROR
    message = result.data["error"] if json else result.err
    assert "internal error: KeyError: 'leg' (test_mistakes.py:" in message
    assert "please report it" in message


@pytest.mark.parametrize("json", [(), ("--json",)])
def test_a_full_disk_is_reported(
    json: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out"
    out.mkdir()
    old = out / "proven-model_en_press.pdf"
    old.write_bytes(b"the last good one")
    monkeypatch.setattr("os.fsync", full)
    result = call("build", SAMPLE, "-o", out, *json)
    assert result.status == ExitCode.CANNOT_WRITE
    text = f"{old}: cannot be written: No space left on device; an existing file is unchanged"
    assert (result.data["error"] if json else result.err.strip()) == (
        text if json else f"brochure: {text}"
    )
    assert list(out.iterdir()) == [old]
    assert old.read_bytes() == b"the last good one"


def test_write_whole_removes_its_partial_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        output_files.write_atomically(tmp_path / "a.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_an_output_error_names_the_finished_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(OutputError, match="an existing file is unchanged"):
        output_files.write_atomically(tmp_path / "a.pdf", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
