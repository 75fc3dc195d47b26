"""The bell: how a long work hears that it is to end.

Takes Ctrl-C and the system's SIGTERM while it is hung up; gives `rung`, for loops to look at, and ends at once what stands
under `may_interrupt`. Everything else, such as the writing of a file, comes to its own end first: so nothing is ever
found half done.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

ENDING = (signal.SIGINT, signal.SIGTERM)


class Shutdown:
    """Hung up with `with`. Signals that the caller ignores, as under `nohup`, or handles outside of Python are left alone."""

    def __init__(self, signals: tuple[signal.Signals, ...] = ENDING) -> None:
        self.rung = 0
        self.heard: Callable[[], None] = lambda: None
        self._signals = signals
        self._earlier: dict[signal.Signals, Any] = {}
        self._open = False

    @property
    def exit_status(self) -> int:
        """What a program ends with that a signal has ended: 130 for Ctrl-C, 143 for SIGTERM."""
        return 128 + self.rung

    def __enter__(self) -> Shutdown:
        if (
            threading.current_thread() is threading.main_thread()
        ):  # Python gives signals to no other
            for one in self._signals:
                # A handler that is not Python's (None) cannot be restored: it is left in place.
                if signal.getsignal(one) not in (signal.SIG_IGN, None):
                    self._earlier[one] = signal.signal(one, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        for one, handler in self._earlier.items():
            signal.signal(one, handler)

    def _ring(self, number: int, _: FrameType | None) -> None:
        self.rung = number
        if self._open:
            self._open = False  # once: what puts things in order after the first is not disturbed by a second
            raise KeyboardInterrupt
        self.heard()

    @contextmanager
    def may_interrupt(self) -> Iterator[None]:
        """What stands under this is left with KeyboardInterrupt as soon as the bell rings, or if it has rung before."""
        self._open = True
        try:
            if self.rung:
                raise KeyboardInterrupt
            yield
            if (
                self.rung
            ):  # it rang where Python lets no exception through, as in a callback of the collector
                raise KeyboardInterrupt
        finally:
            self._open = False


@contextmanager
def defer_signals() -> Iterator[None]:
    """Signals wait until this is over, where the system can make them wait."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def allow_signals() -> None:
    """Ends what a parent process held back when it made this one."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)


def ignore_keyboard_interrupt() -> None:
    """Ctrl-C goes to every process of a terminal; a worker waits for its parent's word instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
