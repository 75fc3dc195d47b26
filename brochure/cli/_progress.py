"""Progress bar on standard error: `brochure build --all` and `--records` show how many tasks are done.

It is shown only on a terminal, for more than one task, and without `--json`. It is removed at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

MIN_INTERVAL = 0.1
"""Time between two redraws, in seconds: 10,000 short tasks are not slowed down."""


class Progress:
    """Draw the progress bar, without a thread: workers are forked while it is shown."""

    def __init__(self, total: int, screen: TextIO, *, wanted: bool = True) -> None:
        is_shown = wanted and total > 1 and screen.isatty()
        self._bar = _start(total, screen) if is_shown else None
        self._total = total
        self._drawn = 0.0

    def show(self, done: int) -> None:
        """Redraw the bar, or remove it if all tasks are done."""
        if self._bar is None:
            return
        task = self._bar.tasks[0]
        self._bar.update(task.id, completed=done)
        if done == self._total:
            self.end()
        elif task.get_time() - self._drawn >= MIN_INTERVAL:
            self._bar.refresh()
            self._drawn = task.get_time()

    def skip(self, count: int = 1) -> None:
        """Leave out tasks that take no time, which would make the time left too short."""
        self._total -= count
        if self._bar:
            self._bar.update(self._bar.tasks[0].id, total=self._total)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Remove the bar while something else is printed, then redraw it below."""
        if self._bar:
            self._bar.stop()
        yield
        if self._bar:
            self._bar.start()

    def end(self) -> None:
        """Remove the bar."""
        if self._bar:
            self._bar.stop()
            self._bar = None


def _start(total: int, screen: TextIO) -> Bar:
    """Return a bar that is drawn on request and removed when it is stopped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        BarColumn(24),
        MofNCompleteColumn(" of "),
        TimeRemainingColumn(compact=True),
        console=Console(file=screen, force_terminal=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,  # standard output may be a file
        redirect_stderr=False,
    )
    bar.add_task("", total=total)
    bar.start()
    return bar
