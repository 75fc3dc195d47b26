"""Progress bar: one line on a terminal, redrawn in place and removed at the end.

It is shown only on a terminal, for more than one task, and without `--json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

CELLS = 12


def bar(done: int, whole: int, elapsed: float) -> str:
    """Return the line `[#######.....] 7 of 12  about 3 s left`, without the time until a task is done."""
    full = CELLS * done // whole
    line = f"[{'#' * full}{'.' * (CELLS - full)}] {done} of {whole}"
    if not done:
        return line
    return f"{line}  about {_time(elapsed * (whole - done) / done)} left"


def _time(seconds: float) -> str:
    """Format a duration, rounded up."""
    if seconds > 90:
        return f"{int(seconds // 60) + 1} min"
    return f"{max(1, int(-(-seconds // 1)))} s"


class Progress:
    """Draw the progress bar without escape sequences: spaces overwrite the line on any terminal."""

    def __init__(self, whole: int, screen: TextIO, *, wanted: bool = True) -> None:
        self._whole = whole
        self._screen = screen
        self._drawn = ""
        self._shown = wanted and whole > 1 and screen.isatty()

    def show(self, done: int, elapsed: float) -> None:
        """Redraw the bar, or remove it if all tasks are done."""
        self._draw(bar(done, self._whole, elapsed) if done < self._whole else "")

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Remove the bar while something else is printed, then redraw it below."""
        line = self._drawn
        self._draw("")
        yield
        self._draw(line)

    def end(self) -> None:
        """Remove the bar."""
        self._draw("")

    def _draw(self, line: str) -> None:
        if self._shown and line != self._drawn:
            gap = " " * (len(self._drawn) - len(line))
            back = "\r" if not line else ""
            self._screen.write(f"\r{line}{gap}{back}")
            self._screen.flush()
            self._drawn = line
