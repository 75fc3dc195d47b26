"""Printed lines and tables: names cannot control the terminal; files get whole lines without styles."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from brochure.cli._output import echo, escape_controls, line_of
from brochure.cli._tables import print_table
from brochure.findings import Finding, Severity, Span
from tests.cli.calling import call, project
from tests.cli.test_progress import Terminal

HOSTILE = "a\x1b[31m\x07\r\nb\u202e\u2066\u200f\u061c\x9b2J\u2028\udcff"
ESCAPED = r"a\x1b[31m\x07\r\nb\u202e\u2066\u200f\u061c\x9b2J\u2028\udcff"
ROWS = [("kenya", "8", "ready"), ("ខ្មែរ 日本", "12", "not ready: " + "a word " * 40)]


def test_a_printed_name_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert escape_controls(HOSTILE) == ESCAPED
    echo(HOSTILE)
    echo(HOSTILE, err=True)
    print_table([(HOSTILE, "1")])
    out, err = capsys.readouterr()
    assert (out, err) == (f"{ESCAPED}\n{ESCAPED}  1\n", f"{ESCAPED}\n")


@pytest.mark.parametrize("variable", ["FORCE_COLOR", "TTY_COMPATIBLE", "CLICOLOR_FORCE"])
def test_a_table_in_a_file_has_whole_lines_without_styles(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")
    monkeypatch.setenv("COLUMNS", "20")
    print_table(ROWS, head=("office", "messages", "to print"), numbers={1})
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split("  ")[-2:] == ["messages", "to print"]
    assert first.split() == ["kenya", "8", "ready"]
    assert len(first) == len(head) - len("to print") + len("ready")
    assert second.endswith("  12  " + ROWS[1][2].rstrip())


def test_a_table_on_a_terminal_is_folded_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    print_table(ROWS, head=("office", "messages", "to print"), numbers={1})
    lines = screen.shown()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 40
    assert "\x1b[1m" in screen.getvalue()


def test_names_with_markup_are_printed_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([("[bold]x[/bold]", ":smile:")])
    assert capsys.readouterr().out == "[bold]x[/bold]  :smile:\n"


def test_a_finding_ends_with_its_code() -> None:
    finding = Finding("hairline", "too thin", Span("a.yaml", 3, 4), "0.25 pt", Severity.WARNING)
    assert line_of(finding) == "a.yaml:3:4: warning: too thin (0.25 pt) [hairline]"
    on_page = Finding("hairline", "too thin", page=2, at=(72.0, 144.0))
    assert line_of(on_page) == "page 2 at 25, 51 mm: too thin [hairline]"


def test_every_finding_that_is_printed_has_its_code(tmp_path: Path) -> None:
    """All commands that print findings, with an error in the layout."""
    folder = project(tmp_path / "trial")
    (folder / "brochure.yaml").write_text("- a\n")
    commands: list[list[str | Path]] = [
        ["build", folder],
        ["check", folder],
        ["impose", folder],
        ["text", "status", folder],
    ]
    for words in commands:
        result = call(*words)
        assert result.codes == ["layout-form"], words


def test_printing_has_one_place() -> None:
    """Only `_output` and the help of the two groups call the terminal's functions."""
    root = Path(__file__).parents[2] / "brochure/cli"
    sources = {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.py")}
    found = {
        name
        for name, text in sources.items()
        if "typer.echo(" in text or "print(" in text.replace("_print(", "")
    }
    assert found == {"_output.py", "__init__.py", "_tables.py"}
