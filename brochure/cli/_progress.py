"""The progress bar: one line on a terminal, redrawn in place and gone at the end.

Takes how many of how many are done, and for how long that took; gives the line, or draws it on standard error. Nothing is
drawn where nobody would see it grow: into a file, for one task, beside `--json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

CELLS = 12


def bar(done: int, whole: int, elapsed: float) -> str:
    """The line: `[#######.....] 7 of 12  about 3 s left`; without the time as long as there is nothing to tell it by."""
    full = CELLS * done // whole
    line = f"[{'#' * full}{'.' * (CELLS - full)}] {done} of {whole}"
    if not done:
        return line
    return f"{line}  about {_time(elapsed * (whole - done) / done)} left"


def _time(seconds: float) -> str:
    """Rounded up, as promises should be."""
    if seconds > 90:
        return f"{int(seconds // 60) + 1} min"
    return f"{max(1, int(-(-seconds // 1)))} s"


class Progress:
    """Draws the bar. Without escape codes: a line is taken away by writing spaces over it, as any terminal can."""

    def __init__(self, whole: int, screen: TextIO, *, wanted: bool = True) -> None:
        self._whole = whole
        self._screen = screen
        self._drawn = ""
        self._shown = wanted and whole > 1 and screen.isatty()

    def show(self, done: int, elapsed: float) -> None:
        """Draws it anew; nothing where all is done."""
        self._draw(bar(done, self._whole, elapsed) if done < self._whole else "")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The bar is gone while something else is printed, and stands below it afterwards."""
        line = self._drawn
        self._draw("")
        yield
        self._draw(line)

    def end(self) -> None:
        """Takes it away."""
        self._draw("")

    def _draw(self, line: str) -> None:
        if self._shown and line != self._drawn:
            gap = " " * (len(self._drawn) - len(line))
            back = "\r" if not line else ""
            self._screen.write(f"\r{line}{gap}{back}")
            self._screen.flush()
            self._drawn = line
