"""The progress bar: what it says, and that a terminal shows it and nothing else ever sees it."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from brochure.cli._progress import Progress, bar
from tests.batch.leaves import leaves
from tests.cli.calling import call


@pytest.mark.parametrize(
    ("done", "whole", "elapsed", "line"),
    [
        (0, 12, 0.0, "[............] 0 of 12"),
        (7, 12, 4.2, "[#######.....] 7 of 12  about 3 s left"),  # 5 x 0.6 s
        (7, 12, 4.3, "[#######.....] 7 of 12  about 4 s left"),  # 3.07 s, rounded up
        (1, 1000, 0.01, "[............] 1 of 1000  about 10 s left"),  # 9.99 s
        (999, 1000, 9.0, "[###########.] 999 of 1000  about 1 s left"),
        (1, 3, 45.0, "[####........] 1 of 3  about 90 s left"),
        (1, 3, 46.0, "[####........] 1 of 3  about 2 min left"),  # 92 s
        (12, 12, 7.0, "[############] 12 of 12  about 1 s left"),
    ],
)
def test_the_line(done: int, whole: int, elapsed: float, line: str) -> None:
    assert bar(done, whole, elapsed) == line


class Terminal(io.StringIO):
    """What a terminal shows: a carriage return goes back to the line's head."""

    def isatty(self) -> bool:
        return True

    def shown(self) -> list[str]:
        lines = []
        for line in self.getvalue().split("\n"):
            cells: list[str] = []
            for part in line.split("\r"):
                cells[: len(part)] = part
            lines.append("".join(cells).rstrip())
        return lines


def test_a_terminal_shows_one_line_below_what_is_printed() -> None:
    screen = Terminal()
    progress = Progress(3, screen)
    progress.show(1, 100.0)
    with progress.aside():
        screen.write("a.pdf\n")
    progress.show(2, 2.0)  # shorter than before: nothing of the longer line may be left
    assert screen.shown() == ["a.pdf", "[########....] 2 of 3  about 1 s left"]
    progress.show(3, 3.0)
    assert screen.shown() == ["a.pdf", ""]
    progress.end()
    assert screen.shown() == ["a.pdf", ""]
    assert "\x1b" not in screen.getvalue()


@pytest.mark.parametrize(
    ("screen", "whole", "wanted"),
    [(io.StringIO(), 3, True), (Terminal(), 1, True), (Terminal(), 3, False)],
    ids=["no terminal", "one task", "data"],
)
def test_nothing_is_drawn_where_it_would_not_be_seen(
    screen: io.StringIO, whole: int, wanted: bool
) -> None:
    progress = Progress(whole, screen, wanted=wanted)
    progress.show(0, 0.0)
    with progress.aside():
        progress.show(1, 1.0)
    progress.end()
    assert screen.getvalue() == ""


def test_a_build_in_a_terminal(tmp_path: Path) -> None:
    """Both outputs are the terminal: the bar was drawn, and at the end only the lines are there."""
    project = leaves(tmp_path / "leaves", 4).root
    ours, theirs = pty.openpty()
    program = "from brochure.cli import main; main()"
    words = [sys.executable, "-c", program, "build", str(project), "--all"]
    with subprocess.Popen(
        [*words, "-o", str(tmp_path / "out")], stdout=theirs, stderr=theirs, stdin=theirs
    ) as work:
        os.close(theirs)
        said = _read(ours)
        assert work.wait(30) == 0
    assert "[............] 0 of 4" in said
    assert "[#########...] 3 of 4  about " in said
    screen = Terminal()
    screen.write(said.replace("\r\n", "\n"))
    *lines, last, end = screen.shown()
    names = [line.partition("  ")[0].rpartition("/")[2] for line in lines]
    assert names == [f"leaf_o00{at}_en_press.pdf" for at in range(4)]
    assert (last, end) == ("4 of 4 editions built", "")


def _read(terminal: int) -> str:
    """All that is shown; Linux ends a terminal that nobody has open any more with an error."""
    parts = []
    try:
        while part := os.read(terminal, 4096):
            parts.append(part)
    except OSError:
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_into_a_file_there_is_no_bar(tmp_path: Path) -> None:
    said = call("build", leaves(tmp_path / "leaves", 3).root, "--all", "-o", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
