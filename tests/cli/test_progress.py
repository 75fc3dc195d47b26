"""The progress bar: its text, and that it is shown on terminals only."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from brochure.cli._progress import Progress
from tests.batch.leaves import leaves
from tests.cli.calling import call

SEQUENCE = re.compile(r"\x1b\[(\??[\d;]*)([A-Za-z])|[\r\n]|[^\x1b\r\n]+")


class Terminal(io.StringIO):
    """A terminal: carriage return, cursor up, erase line, colours, and whether the cursor is visible."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        lines, row, column = [""], 0, 0
        self.has_cursor = True
        for match in SEQUENCE.finditer(self.getvalue()):
            text, code, end = match.group(), match[1], match[2]
            if text == "\r":
                column = 0
            elif text == "\n":
                row, column = row + 1, 0
                lines += [""] * (row == len(lines))
            elif end == "A":
                row -= int(code or 1)
            elif end == "K":
                lines[row] = ""
            elif code == "?25":
                self.has_cursor = end == "h"
            elif end is None:
                lines[row] = (
                    lines[row][:column].ljust(column) + text + lines[row][column + len(text) :]
                )
                column += len(text)
            else:
                assert end == "m"
        assert not any(lines[row + 1 :])
        return [line.rstrip() for line in lines[: row + 1]]


def test_a_terminal_shows_one_line_below_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brochure.cli._progress.MIN_INTERVAL", 0)
    screen = Terminal()
    progress = Progress(3, screen)
    progress.show(1)
    with progress.aside():
        screen.write("a.pdf\n")
    progress.show(2)
    first, bar = screen.shown()
    assert (first, "2 of 3" in bar, screen.has_cursor) == ("a.pdf", True, False)
    progress.show(3)
    assert screen.shown() == ["a.pdf", ""]
    progress.end()
    assert screen.shown() == ["a.pdf", ""]
    assert screen.has_cursor


def test_many_short_tasks_are_not_drawn_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brochure.cli._progress.MIN_INTERVAL", 1e6)
    screen = Terminal()
    progress = Progress(10_000, screen)
    progress.show(0)
    size = len(screen.getvalue())
    for done in range(1, 9_999):
        progress.show(done)
    assert len(screen.getvalue()) == size
    progress.end()
    assert screen.shown() == [""]


@pytest.mark.parametrize(
    ("screen", "whole", "wanted"),
    [(io.StringIO(), 3, True), (Terminal(), 1, True), (Terminal(), 3, False)],
    ids=["no terminal", "one task", "data"],
)
def test_nothing_is_drawn_without_a_terminal(screen: io.StringIO, whole: int, wanted: bool) -> None:
    progress = Progress(whole, screen, wanted=wanted)
    progress.show(0)
    with progress.aside():
        progress.show(1)
    progress.end()
    assert screen.getvalue() == ""


def test_a_build_in_a_terminal(tmp_path: Path) -> None:
    """Both outputs are the terminal: the bar was drawn, and only the lines remain at the end."""
    project = leaves(tmp_path / "leaves", 4).root
    ours, theirs = pty.openpty()
    program = "from brochure.cli import main; main()"
    words = [sys.executable, "-c", program, "build", str(project), "--all"]
    with subprocess.Popen(
        [*words, "-o", str(tmp_path / "out")], stdout=theirs, stderr=theirs, stdin=theirs
    ) as work:
        os.close(theirs)
        result = _read(ours)
        assert work.wait(30) == 0
    assert "0 of 4" in result
    assert "\x1b[?25l" in result
    screen = Terminal()
    screen.write(result)
    *lines, last, end = screen.shown()
    names = [line.partition("  ")[0].rpartition("/")[2] for line in lines]
    assert names == [f"leaf_o00{at}_en_press.pdf" for at in range(4)]
    assert (last, end) == ("4 of 4 editions built", "")
    assert screen.has_cursor


def _read(terminal: int) -> str:
    """Read until the end; Linux signals the end of a terminal without open files by an error."""
    parts = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_file_has_no_bar(tmp_path: Path) -> None:
    result = call("build", leaves(tmp_path / "leaves", 3).root, "--all", "-o", tmp_path / "out")
    assert (result.status, result.err) == (0, "")
